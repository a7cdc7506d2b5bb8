import * as cdk from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A finding of a validation plugin, such as cdk-nag, with the reason for accepting it. */
export interface AcceptedFinding {
  readonly id: string;
  readonly reason: string;
}

interface ValidationsType {
  of(scope: IConstruct): { acknowledge(...findings: AcceptedFinding[]): void };
}

/**
 * Acknowledges findings of validation plugins at synthesis, if a plugin reads them: CDK records a stack trace with each one, which
 * takes long for many roles. Older CDK releases have no `Validations`, and no version of cdk-nag that reads them.
 */
export function acknowledge(scope: IConstruct, findings: () => readonly AcceptedFinding[]): void {
  scope.node.addValidation({
    validate: () => {
      if (isReviewed(scope)) (cdk as unknown as { readonly Validations?: ValidationsType }).Validations?.of(scope).acknowledge(...findings());
      return [];
    },
  });
}

/**
 * Whether a validation plugin may read the acknowledgments of a construct. CDK has no public property for this. Without its internal
 * one, a plugin may exist.
 */
function isReviewed(scope: IConstruct): boolean {
  return scope.node.scopes.some((outer) => {
    const { _validationPlugins: plugins } = outer as { readonly _validationPlugins?: readonly unknown[] };
    return cdk.Stage.isStage(outer) && plugins?.length !== 0;
  });
}
