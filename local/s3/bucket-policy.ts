import type { CloudFormation } from '../cloudformation';
import { decideFor, type Principal } from '../iam';
import { asPolicy, type RequestContext } from '../iam/policy';

/** Whether a bucket policy in a stack allows a request of a principal of another account. */
export function bucketPolicyAllows(
  owner: CloudFormation, bucket: string, principal: Principal,
  request: { readonly action: string; readonly resource: string; readonly context: RequestContext },
): boolean {
  const policies = owner.list()
    .filter(({ status }) => status !== 'DELETE_COMPLETE')
    .flatMap(({ resources }) => Object.values(resources))
    .filter(({ type, physicalId, properties }) => type === 'AWS::S3::BucketPolicy' && physicalId !== undefined && properties.Bucket === bucket)
    .map(({ properties }) => asPolicy(properties.PolicyDocument));
  return decideFor(principal, request, policies, 'either') === 'allowed';
}
