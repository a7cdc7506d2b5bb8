import { Clock } from '../../../local/clock';
import { type ExistingRole, Iam, type PolicyDocument, Roles, ServiceReference } from '../../../local/iam';
import type { Statement } from '../../../local/iam/policy';

export const ACCOUNT = '111122223333';
export const REGION = 'us-east-1';

/** IAM with roles that no stack makes. */
export async function iamWith(...existing: ExistingRole[]): Promise<Iam> {
  const clock = new Clock({ startAt: new Date('2026-01-01T00:00:00Z') });
  const roles = new Roles({ clock, existing, identities: () => ({}) });
  return new Iam({ clock, region: REGION, account: ACCOUNT, reference: await ServiceReference.load(), roles });
}

export const roleArn = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;

export const policy = (...statements: Partial<Statement>[]): PolicyDocument => ({
  Version: '2012-10-17', Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })),
});

export const arn = (resource: string) => `arn:aws:sagemaker:${REGION}:${ACCOUNT}:${resource}`;
