import type { CloudFormation } from '../cloudformation';
import type { ResourcePolicies } from '../iam';
import { asPolicy } from '../iam/policy';

export interface ResourcePoliciesContext {
  /** Returns the account and the stacks that a bucket belongs to. */
  ownerOf(bucket: string): { readonly account: string; readonly cloudFormation: CloudFormation };
  /** Returns the stacks with the keys of the Region. */
  keys(): CloudFormation;
}

/** Returns the policies of a bucket or a key. */
export function policiesOf(resourceArn: string, { keys, ownerOf }: ResourcePoliciesContext): ResourcePolicies | undefined {
  const [, bucket] = /^arn:aws:s3:::([^/]+)/.exec(resourceArn) ?? [];
  if (bucket !== undefined) {
    const { account, cloudFormation } = ownerOf(bucket);
    return { account, documents: bucketPoliciesOf(cloudFormation, bucket) };
  }
  const [, account, keyId] = /^arn:aws:kms:[^:]+:(\d+):key\/(.+)$/.exec(resourceArn) ?? [];
  const key = keyId === undefined ? undefined : keys().propertiesOf('AWS::KMS::Key', keyId);
  if (key === undefined) return undefined;
  if (String(key.Enabled) === 'false') return { account, documents: [], unusable: `${resourceArn} is disabled.` };
  // The default key policy leaves the decision to the account.
  return key.KeyPolicy === undefined ? undefined : { account, documents: [asPolicy(key.KeyPolicy)], mustAllow: true };
}

function bucketPoliciesOf(owner: CloudFormation, bucket: string) {
  return owner.resourcesOf('AWS::S3::BucketPolicy').filter(({ properties }) => properties.Bucket === bucket)
    .map(({ properties }) => asPolicy(properties.PolicyDocument));
}
