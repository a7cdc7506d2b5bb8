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

/** Reports at synthesis, together with all other errors, that the ARN of an imported resource is no ARN of its kind. */
export function checkImportedArn(scope: Construct, property: string, arn: string | undefined, resource: string): void {
  if (arn === undefined || isArnOf(resource, arn)) return;
  new Validation(scope).add(() => [{ property, rule: `must be an ARN that ends in ${resource}/<name>`, value: arn }]);
}

function isArnOf(resource: string, arn: string): boolean {
  return Token.isUnresolved(arn) || new RegExp(`^arn:[^:]+:sagemaker:[^:]*:[^:]*:${resource}/[^/]+$`).test(arn);
}
