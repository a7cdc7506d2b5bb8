import * as cdk from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A finding of a validation plugin, such as cdk-nag, and why it is accepted. */
export interface AcceptedFinding {
  readonly id: string;
  readonly reason: string;
}

interface ValidationsType {
  of(scope: IConstruct): { acknowledge(...findings: AcceptedFinding[]): void };
}

/** Accepts findings of validation plugins. Older releases of CDK have no `Validations`, nor a version of cdk-nag that reads them. */
export function acknowledge(scope: IConstruct, ...findings: AcceptedFinding[]): void {
  const { Validations } = cdk as unknown as { readonly Validations?: ValidationsType };
  Validations?.of(scope).acknowledge(...findings);
}
