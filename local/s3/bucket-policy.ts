import type { CloudFormation } from '../cloudformation';
import { type Decision, decideFor, type Principal } from '../iam';
import { asPolicy, type RequestContext } from '../iam/policy';

/** The decision of the policy that a stack gives a bucket. */
export function bucketPolicyDecision(
  owner: CloudFormation, bucket: string, principal: Principal,
  request: { readonly action: string; readonly resource: string; readonly context: RequestContext },
): Decision {
  const policies = owner.list()
    .filter(({ status }) => status !== 'DELETE_COMPLETE')
    .flatMap(({ resources }) => Object.values(resources))
    .filter(({ type, physicalId, properties }) => type === 'AWS::S3::BucketPolicy' && physicalId !== undefined && properties.Bucket === bucket)
    .map(({ properties }) => asPolicy(properties.PolicyDocument));
  return decideFor(principal, request, policies, 'either');
}
