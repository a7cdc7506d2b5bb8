import type { CloudFormation } from '../cloudformation';

interface Encrypted {
  readonly BucketEncryption?: {
    readonly ServerSideEncryptionConfiguration?: readonly {
      readonly ServerSideEncryptionByDefault?: { readonly KMSMasterKeyID?: string };
    }[];
  };
}

/** Returns the key with which a bucket of a stack encrypts objects by default. */
export function keyOfBucket(cloudFormation: CloudFormation, bucketName: string): string | undefined {
  const { BucketEncryption: encryption } = (cloudFormation.propertiesOf('AWS::S3::Bucket', bucketName) ?? {}) as Encrypted;
  return encryption?.ServerSideEncryptionConfiguration?.[0]?.ServerSideEncryptionByDefault?.KMSMasterKeyID;
}
