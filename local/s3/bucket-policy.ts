import type { CloudFormation } from '../cloudformation';
import { type Decision, decideFor, type Principal } from '../iam';
import { asPolicy, type RequestContext } from '../iam/policy';

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
  const policies = owner.list()
    .filter(({ status }) => status !== 'DELETE_COMPLETE')
    .flatMap(({ resources }) => Object.values(resources))
    .filter(({ type, physicalId, properties }) => type === 'AWS::S3::BucketPolicy' && physicalId !== undefined && properties.Bucket === bucket)
    .map(({ properties }) => asPolicy(properties.PolicyDocument));
  return decideFor(principal, request, policies, how);
}
