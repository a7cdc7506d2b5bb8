import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { allow } from './grantee';

type Conditions = Record<string, Record<string, unknown>>;

/** Grants permission to use a key, optionally with conditions, which `grant` of the CDK does not support. */
export function grantKey(key: kms.IKey, grantee: iam.IGrantable, actions: string[], conditions?: Conditions): iam.Grant {
  return allow(grantee, { actions, conditions, resourceArns: [key.keyArn] }, { resource: key, resourceSelfArns: ['*'] });
}

/** Grants permission to decrypt objects in S3 with a key. */
export function grantKeyToRead(key: kms.IKey, grantee: iam.IGrantable): iam.Grant {
  return grantKey(key, grantee, ['kms:Decrypt'], throughS3(key));
}

/** Grants permission to encrypt objects in S3 with a key. S3 decrypts the parts of a multipart upload to combine them. */
export function grantKeyToWrite(key: kms.IKey, grantee: iam.IGrantable): iam.Grant {
  return grantKey(key, grantee, ['kms:Decrypt', 'kms:GenerateDataKey'], throughS3(key));
}

/**
 * Grants permission to encrypt outputs with the key in a request. SageMaker documents `kms:Encrypt`, but not the calling service.
 */
export function grantOutputKey(key: kms.IKey, grantee: iam.IGrantable): iam.Grant {
  return grantKeyToWrite(key, grantee).combine(grantKey(key, grantee, ['kms:DescribeKey', 'kms:Encrypt']));
}

/** Grants permission to encrypt the volumes of SageMaker instances with a key. */
export function grantVolumeKey(key: kms.IKey, grantee: iam.IGrantable): iam.Grant {
  return grantKey(key, grantee, ['kms:CreateGrant'], { Bool: { 'kms:GrantIsForAWSResource': 'true' } })
    .combine(grantKey(key, grantee, ['kms:DescribeKey']));
}

function throughS3({ env: { region } }: kms.IKey): Conditions {
  // The DNS suffix differs in China.
  return { StringLike: { 'kms:ViaService': `s3.${region}.amazonaws.com*` } };
}
