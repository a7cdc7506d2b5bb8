import type { CloudFormation } from '../cloudformation';
import { type Iam, refusalText } from '../iam';
import { type AccessRequest, asPolicy } from '../iam/policy';
import type { Session } from '../iam/principal';
import { bucketPoliciesOf } from '../s3';

export interface ResourcePoliciesContext {
  readonly iam: Iam;
  readonly account: string;
  /** Returns the account and the stacks that a bucket belongs to. */
  ownerOf(bucket: string): { readonly account: string; readonly cloudFormation: CloudFormation };
  /** Returns the stacks with the keys of the Region. */
  keys(): CloudFormation;
}

/**
 * Returns the reason why a role session is not allowed a request, by its identity policies and by the policy of the bucket or key: IAM
 * User Guide, Policy evaluation logic; AWS KMS Developer Guide, Key policies.
 *
 * @param identityRefusal The reason why the policies of the role do not allow the request
 */
export function resourceRefusal(
  context: ResourcePoliciesContext, session: Session, request: AccessRequest, identityRefusal: string | undefined,
): string | undefined {
  const [, bucket] = /^arn:aws:s3:::([^/]+)/.exec(request.resource) ?? [];
  if (bucket !== undefined) return bucketRefusal(bucket, context, session, request, identityRefusal);
  const [, key] = /^arn:aws:kms:[^:]+:\d+:key\/(.+)$/.exec(request.resource) ?? [];
  return key === undefined ? identityRefusal : keyRefusal(key, context, session, request, identityRefusal);
}

function bucketRefusal(
  bucket: string, { account, iam, ownerOf }: ResourcePoliciesContext, session: Session, request: AccessRequest, identityRefusal: string | undefined,
): string | undefined {
  const owner = ownerOf(bucket);
  const isOwn = owner.account === account;
  const decision = iam.decisionOf(session, request, bucketPoliciesOf(owner.cloudFormation, bucket), isOwn ? 'itself' : 'either');
  if (decision === 'denied') return refusalText(session, request, 'with an explicit deny in a resource-based policy');
  if (isOwn) return decision === 'allowed' && !isExplicit(identityRefusal) ? undefined : identityRefusal;
  return identityRefusal ?? (decision === 'allowed' ? undefined : notAllowed(session, request));
}

/** A key policy decides alone, unless it leaves the decision to the policies of its account. */
function keyRefusal(
  keyId: string, { iam, keys }: ResourcePoliciesContext, session: Session, request: AccessRequest, identityRefusal: string | undefined,
): string | undefined {
  const key = keys().propertiesOf('AWS::KMS::Key', keyId);
  if (key === undefined) return identityRefusal;
  if (String(key.Enabled) === 'false') return `${request.resource} is disabled.`;
  // The default key policy leaves the decision to the account.
  if (key.KeyPolicy === undefined) return identityRefusal;
  const policies = [asPolicy(key.KeyPolicy)];
  const decision = iam.decisionOf(session, request, policies, 'either');
  if (decision === 'denied') return refusalText(session, request, 'with an explicit deny in a resource-based policy');
  if (decision === 'not allowed') return notAllowed(session, request);
  const isNamed = iam.decisionOf(session, request, policies, 'itself') === 'allowed';
  return isNamed && !isExplicit(identityRefusal) ? undefined : identityRefusal;
}

function isExplicit(refusal: string | undefined): boolean {
  return refusal?.includes('explicit deny') ?? false;
}

function notAllowed(session: Session, request: AccessRequest): string {
  return refusalText(session, request, `because no resource-based policy allows the ${request.action} action`);
}
