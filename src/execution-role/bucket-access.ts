import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { allow } from './grantee';
import { grantKeyToRead, grantKeyToWrite } from './key-access';
import { acknowledgeWildcards } from './wildcards';

/** The objects of a bucket that somebody gets access to. */
export interface Objects {
  readonly bucketArn: string;
  /** The pattern of their ARNs. */
  readonly objectArns: string;
  /** The bucket, where it is known: its own policy and its key follow. */
  readonly bucket?: s3.IBucket;
}

const READING_REASON = 'What is read is named by the prefix of its keys';
const WRITING_REASON = 'The service makes the names of what is written below the prefix';

/**
 * Allows to read objects and to list them.
 *
 * CDK's own `grantRead` would allow every action that begins with `s3:GetObject`, `s3:GetBucket` and `s3:List`, and to list
 * the whole bucket.
 *
 * @param listable the pattern of the keys that may be listed; default: all
 */
export function grantRead(grantee: iam.IGrantable, objects: Objects, listable?: string): iam.Grant {
  const grant = grantOn(objects, grantee, ['s3:GetObject'], [objects.objectArns])
    .combine(grantOn(objects, grantee, ['s3:ListBucket'], [objects.bucketArn], listable === undefined ? undefined : { StringLike: { 's3:prefix': listable } }));
  acknowledgeWildcards(grantee, [objects.objectArns], READING_REASON);
  return objects.bucket?.encryptionKey ? grant.combine(grantKeyToRead(objects.bucket.encryptionKey, grantee)) : grant;
}

/** Allows to read one object. */
export function grantReadObject(grantee: iam.IGrantable, bucket: s3.IBucket, key: string): iam.Grant {
  const object = { bucket, bucketArn: bucket.bucketArn, objectArns: bucket.arnForObjects(key) };
  const grant = grantOn(object, grantee, ['s3:GetObject'], [object.objectArns]);
  return bucket.encryptionKey ? grant.combine(grantKeyToRead(bucket.encryptionKey, grantee)) : grant;
}

/** Allows to write objects. */
export function grantWrite(grantee: iam.IGrantable, objects: Objects): iam.Grant {
  const grant = grantOn(objects, grantee, ['s3:PutObject', 's3:AbortMultipartUpload'], [objects.objectArns]);
  acknowledgeWildcards(grantee, [objects.objectArns], WRITING_REASON);
  return objects.bucket?.encryptionKey ? grant.combine(grantKeyToWrite(objects.bucket.encryptionKey, grantee)) : grant;
}

function grantOn(
  { bucket: resource }: Objects, grantee: iam.IGrantable, actions: string[], resourceArns: string[],
  conditions?: Record<string, Record<string, unknown>>,
): iam.Grant {
  const permission = { actions, resourceArns, conditions };
  return resource ? iam.Grant.addToPrincipalOrResource({ grantee, ...permission, resource }) : allow(grantee, permission);
}
