import { Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { allow } from './grantee';
import { grantKeyToRead, grantKeyToWrite } from './key-access';
import { acknowledgeWildcards } from './wildcards';

/** Objects of a bucket. */
export interface Objects {
  readonly bucketArn: string;
  /** The ARN pattern of the objects. */
  readonly objectArns: string;
  /** The bucket, if known. Its policy and its key are extended, too. */
  readonly bucket?: s3.IBucket;
}

const READING_REASON = 'The permission to read covers all keys with the prefix';
const WRITING_REASON = 'SageMaker chooses the names of the objects below the prefix';

/**
 * Grants permission to read and list objects.
 *
 * `grantRead` of the CDK would grant all actions that begin with `s3:GetObject`, `s3:GetBucket` and `s3:List`, and permission to
 * list the whole bucket.
 *
 * @param listable the pattern of the keys to list, or several patterns (default: all keys)
 */
export function grantRead(grantee: iam.IGrantable, objects: Objects, listable?: string | readonly string[]): iam.Grant {
  const grant = grantOn(objects, grantee, ['s3:GetObject'], [objects.objectArns])
    .combine(grantOn(objects, grantee, ['s3:ListBucket'], [objects.bucketArn], listable === undefined ? undefined : { StringLike: { 's3:prefix': listable } }));
  acknowledgeWildcards(grantee, [objects.objectArns], READING_REASON);
  return objects.bucket?.encryptionKey ? grant.combine(grantKeyToRead(objects.bucket.encryptionKey, grantee)) : grant;
}

/** Grants permission to read one object. */
export function grantReadObject(grantee: iam.IGrantable, bucket: s3.IBucket, key: string): iam.Grant {
  const object = { bucket, bucketArn: bucket.bucketArn, objectArns: bucket.arnForObjects(key) };
  const grant = grantOn(object, grantee, ['s3:GetObject'], [object.objectArns]);
  return bucket.encryptionKey ? grant.combine(grantKeyToRead(bucket.encryptionKey, grantee)) : grant;
}

/**
 * Grants permission to create sessions for a directory bucket of S3 Express One Zone. A session authorizes all access to its
 * objects.
 */
export function grantSession(scope: Construct, grantee: iam.IGrantable, bucketName: string): iam.Grant {
  return allow(grantee, {
    actions: ['s3express:CreateSession'],
    resourceArns: [Stack.of(scope).formatArn({ service: 's3express', resource: 'bucket', resourceName: bucketName })],
  });
}

/** Grants permission to write objects. */
export function grantWrite(grantee: iam.IGrantable, objects: Objects): iam.Grant {
  const grant = grantOn(objects, grantee, ['s3:PutObject', 's3:AbortMultipartUpload'], [objects.objectArns]);
  acknowledgeWildcards(grantee, [objects.objectArns], WRITING_REASON);
  return objects.bucket?.encryptionKey ? grant.combine(grantKeyToWrite(objects.bucket.encryptionKey, grantee)) : grant;
}

function grantOn(
  { bucket: resource }: Objects, grantee: iam.IGrantable, actions: string[], resourceArns: string[],
  conditions?: Record<string, Record<string, unknown>>,
): iam.Grant {
  return allow(grantee, { actions, resourceArns, conditions }, resource && { resource });
}
