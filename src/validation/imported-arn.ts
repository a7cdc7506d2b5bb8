import { Arn, ArnFormat, type ResourceProps, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Validation } from './construct-validation';

/** The name in the ARN of a resource to import, or the whole string if it is no such ARN. `checkImportedArn` reports that. */
export function nameInArn(arn: string, resource: string): string {
  return isArnOf(resource, arn) ? Arn.split(arn, ArnFormat.SLASH_RESOURCE_NAME).resourceName! : arn;
}

/** The account and Region of a resource to import, from its ARN. CDK throws an error without a path for a string that is no ARN. */
export function environmentFrom(arn: string | undefined, resource: string): ResourceProps {
  return { environmentFromArn: arn !== undefined && isArnOf(resource, arn) ? arn : undefined };
}

/** The attributes of a resource to import. */
export interface ImportedArn {
  readonly arn?: string;
  /** The exact name, if it was specified in addition to the ARN. */
  readonly name?: string;
  /** The type of the resource in its ARN. */
  readonly resource: string;
}

/**
 * Reports at synthesis, together with all other errors, that the ARN of an imported resource is no ARN of its kind, or has
 * another name. The properties begin with the kind, as in `trainingJobArn`.
 */
export function checkImportedArn(scope: Construct, kind: string, { arn, name, resource }: ImportedArn): void {
  if (arn === undefined) return;
  if (!isArnOf(resource, arn)) {
    new Validation(scope).add(() => [{ property: `${kind}Arn`, rule: `must be an ARN that ends in ${resource}/<name>`, value: arn }]);
  } else if (name !== undefined && ![arn, name].some((value) => Token.isUnresolved(value)) && name.toLowerCase() !== nameInArn(arn, resource)) {
    const rule = `must be the name in \`${kind}Arn\` (${nameInArn(arn, resource)}), except for uppercase letters`;
    new Validation(scope).add(() => [{ property: `${kind}Name`, rule, value: name }]);
  }
}

function isArnOf(resource: string, arn: string): boolean {
  return Token.isUnresolved(arn) || new RegExp(`^arn:[^:]+:sagemaker:[^:]*:[^:]*:${resource}/[^/]+$`).test(arn);
}
