import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';

type Conditions = Record<string, Record<string, unknown>>;

/** Allows to use a key, as far as conditions hold. CDK's own `grant` knows no conditions. */
export function grantKey(key: kms.IKey, grantee: iam.IGrantable, actions: string[], conditions?: Conditions): iam.Grant {
  return iam.Grant.addToPrincipalOrResource({ grantee, actions, conditions, resource: key, resourceArns: [key.keyArn], resourceSelfArns: ['*'] });
}

/** Allows to read what a key encrypts in S3, and nothing else with the key. */
export function grantKeyToRead(key: kms.IKey, grantee: iam.IGrantable): iam.Grant {
  return grantKey(key, grantee, ['kms:Decrypt'], throughS3(key));
}

/** Allows to write to S3 with a key. Large objects are uploaded in parts, and S3 decrypts the parts to put them together. */
export function grantKeyToWrite(key: kms.IKey, grantee: iam.IGrantable): iam.Grant {
  return grantKey(key, grantee, ['kms:Decrypt', 'kms:GenerateDataKey'], throughS3(key));
}

/** Allows what an output needs whose request names the key: the service documents `kms:Encrypt`, and not by whom it is called. */
export function grantOutputKey(key: kms.IKey, grantee: iam.IGrantable): iam.Grant {
  return grantKeyToWrite(key, grantee).combine(grantKey(key, grantee, ['kms:Encrypt']));
}

/** Allows to hand a key to the volumes of the service's machines. */
export function grantVolumeKey(key: kms.IKey, grantee: iam.IGrantable): iam.Grant {
  return grantKey(key, grantee, ['kms:CreateGrant'], { Bool: { 'kms:GrantIsForAWSResource': 'true' } });
}

function throughS3({ env: { region } }: kms.IKey): Conditions {
  // The end is another one in China.
  return { StringLike: { 'kms:ViaService': `s3.${region}.amazonaws.com*` } };
}
