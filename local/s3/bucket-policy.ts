import type { CloudFormation } from '../cloudformation';
import { type Decision, decideFor, type Principal } from '../iam';
import { asPolicy, type PolicyDocument, type RequestContext } from '../iam/policy';

/**
 * The decision of the policy that a stack gives a bucket.
 *
 * @param how Whether the policy must name the principal itself: in the account of the bucket, a policy that names the account leaves
 * the decision to the principal's own policies
 */
export function bucketPolicyDecision(
  owner: CloudFormation, bucket: string, principal: Principal,
  request: { readonly action: string; readonly resource: string; readonly context: RequestContext }, how: 'itself' | 'either',
): Decision {
  return decideFor(principal, request, bucketPoliciesOf(owner, bucket), how);
}

/** Returns the policies that stacks give a bucket. */
export function bucketPoliciesOf(owner: CloudFormation, bucket: string): PolicyDocument[] {
  return owner.resourcesOf('AWS::S3::BucketPolicy').filter(({ properties }) => properties.Bucket === bucket)
    .map(({ properties }) => asPolicy(properties.PolicyDocument));
}
