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
 * Acknowledges findings of validation plugins. Older CDK releases have no `Validations`, and no version of cdk-nag that reads
 * them.
 */
export function acknowledge(scope: IConstruct, ...findings: AcceptedFinding[]): void {
  const { Validations } = cdk as unknown as { readonly Validations?: ValidationsType };
  Validations?.of(scope).acknowledge(...findings);
}
