import { createHash } from 'node:crypto';
import { XMLParser } from 'fast-xml-parser';
import type { ObjectInfo } from './object-store';
import { documentIn, malformedXml, numberIn, type S3Operations, type S3Request, tagsIn, xml } from './s3-operation';
import { ServiceError } from '../api/service-error';

const MAX_KEYS = 1000;
const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'Object' });

export const BUCKET_OPERATIONS: S3Operations = {
  'GET service ': {
    name: 'ListBuckets',
    run: ({ s3, query }) => {
      const wanted = query.get('bucket-region');
      const buckets = s3.buckets().filter(({ region }) => wanted === null || region === wanted);
      return xml('ListAllMyBucketsResult', {
        Owner: { ID: ownerId(s3.account) },
        Buckets: { Bucket: buckets.map(({ name, creationDate, region }) => ({ Name: name, CreationDate: creationDate, BucketRegion: region })) },
      });
    },
  },
  'PUT bucket ': {
    name: 'CreateBucket',
    run: ({ s3, bucket, body }) => {
      checkLocation(s3.region, body().content.toString());
      s3.createBucket(bucket);
      return { status: 200, headers: { Location: `/${bucket}` } };
    },
  },
  'HEAD bucket ': {
    name: 'HeadBucket',
    run: ({ s3, bucket }) => {
      s3.existing(bucket);
      return { status: 200, headers: { 'x-amz-bucket-region': s3.region } };
    },
  },
  'DELETE bucket ': {
    name: 'DeleteBucket',
    run: ({ s3, bucket }) => {
      s3.deleteBucket(bucket);
      return { status: 204 };
    },
  },
  'GET bucket location': {
    name: 'GetBucketLocation',
    run: ({ s3, bucket }) => {
      s3.existing(bucket);
      // The only Region without a name in the response.
      return xml('LocationConstraint', s3.region === 'us-east-1' ? '' : s3.region);
    },
  },
  'GET bucket encryption': {
    name: 'GetBucketEncryption',
    run: ({ s3, bucket }) => {
      s3.existing(bucket);
      return xml('ServerSideEncryptionConfiguration', {
        Rule: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false },
      });
    },
  },
  'GET bucket versioning': {
    name: 'GetBucketVersioning',
    run: ({ s3, bucket }) => {
      s3.existing(bucket);
      return xml('VersioningConfiguration', '');
    },
  },
  'GET bucket tagging': {
    name: 'GetBucketTagging',
    run: ({ s3, bucket }) => {
      const tags = Object.entries(s3.store.bucket(s3.existing(bucket))!.tags ?? {});
      if (tags.length === 0) throw new ServiceError('NoSuchTagSet', 'The TagSet does not exist', 404);
      return xml('Tagging', { TagSet: { Tag: tags.map(([Key, Value]) => ({ Key, Value })) } });
    },
  },
  'PUT bucket tagging': {
    name: 'PutBucketTagging',
    run: ({ s3, bucket, body }) => {
      s3.tagBucket(bucket, tagsIn(body().content, 'bucket'));
      return { status: 204 };
    },
  },
  'DELETE bucket tagging': {
    name: 'DeleteBucketTagging',
    run: ({ s3, bucket }) => {
      s3.tagBucket(bucket, {});
      return { status: 204 };
    },
  },
  'GET bucket versions': { name: 'ListObjectVersions', run: listVersions },
  'GET bucket ': { name: 'ListObjectsV2', run: listObjects },
  'POST bucket delete': {
    name: 'DeleteObjects',
    run: ({ s3, bucket, body }) => {
      const { Object: objects = [], Quiet: quiet } = documentIn(body().content, 'Delete', parser) as unknown as DeleteRequest;
      if (objects.length === 0 || objects.length > MAX_KEYS || objects.some(({ Key }) => typeof Key !== 'string' || Key === '')) throw malformedXml();
      for (const { Key: key } of objects) s3.delete(bucket, key);
      return xml('DeleteResult', quiet === 'true' ? '' : { Deleted: objects.map(({ Key }) => ({ Key })) });
    },
  },
};

interface CreateRequest {
  readonly LocationConstraint?: string;
}

/** A bucket is created at the endpoint of its Region. The request must specify the Region, except in us-east-1. */
function checkLocation(region: string, body: string): void {
  const { LocationConstraint: location = '' } = body === '' ? {} : documentIn(Buffer.from(body), 'CreateBucketConfiguration') as CreateRequest;
  if (region === 'us-east-1' && location === region) throw new ServiceError('InvalidLocationConstraint', 'The specified location-constraint is not valid');
  if (location === region || (location === '' && region === 'us-east-1')) return;
  throw new ServiceError('IllegalLocationConstraintException', `The ${location || 'unspecified'} location constraint is incompatible for the region ` +
    'specific endpoint this request was sent to.');
}

interface DeleteRequest {
  readonly Object?: Array<{ readonly Key: string }>;
  readonly Quiet?: string;
}

const MAXIMUM_INTEGER = 2 ** 31 - 1;

/** Returns the number of keys on a page, which is at most 1,000. */
function maxKeysOf(query: URLSearchParams): number {
  const encoding = query.get('encoding-type');
  if (encoding !== null && encoding !== 'url') throw new ServiceError('InvalidArgument', 'Invalid Encoding Method specified in Request');
  const message = `Argument maxKeys must be an integer between 0 and ${MAXIMUM_INTEGER}`;
  return Math.min(numberIn(query, 'max-keys', MAX_KEYS, 0, MAXIMUM_INTEGER, message), MAX_KEYS);
}

function listObjects({ s3, bucket, query }: S3Request) {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const maxKeys = maxKeysOf(query);
  const token = query.get('continuation-token');
  const after = token === null ? query.get('start-after') ?? '' : Buffer.from(token, 'base64').toString();

  const entries = entriesOf(s3.objects(bucket).filter(({ key }) => key.startsWith(prefix)), prefix, delimiter)
    .filter(({ name }) => Buffer.compare(Buffer.from(name), Buffer.from(after)) > 0);
  const page = entries.slice(0, maxKeys);
  const truncated = page.length < entries.length && page.length > 0;
  const name = (text: string) => named(text, query);
  return xml('ListBucketResult', {
    Name: bucket,
    Prefix: name(prefix),
    ...delimiter && { Delimiter: name(delimiter) },
    ...query.has('encoding-type') && { EncodingType: 'url' },
    MaxKeys: maxKeys,
    KeyCount: page.length,
    IsTruncated: truncated,
    ...truncated && { NextContinuationToken: Buffer.from(page.at(-1)!.name).toString('base64') },
    ...contentsOf(page, name),
  });
}

/** The first version of the list of objects. */
export function listFirst({ s3, bucket, query }: S3Request) {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const marker = query.get('marker') ?? '';
  const maxKeys = maxKeysOf(query);
  const entries = entriesOf(s3.objects(bucket).filter(({ key }) => key.startsWith(prefix)), prefix, delimiter)
    .filter(({ name }) => Buffer.compare(Buffer.from(name), Buffer.from(marker)) > 0);
  const page = entries.slice(0, maxKeys);
  const truncated = page.length < entries.length && page.length > 0;
  const name = (text: string) => named(text, query);
  return xml('ListBucketResult', {
    Name: bucket,
    Prefix: name(prefix),
    Marker: name(marker),
    ...delimiter && { Delimiter: name(delimiter) },
    ...query.has('encoding-type') && { EncodingType: 'url' },
    MaxKeys: maxKeys,
    IsTruncated: truncated,
    // Without a delimiter, the next page starts after the last key.
    ...truncated && delimiter && { NextMarker: name(page.at(-1)!.name) },
    ...contentsOf(page, name),
  });
}

function contentsOf(page: ReadonlyArray<{ readonly name: string; readonly object?: ObjectInfo }>, name: (text: string) => string) {
  return {
    Contents: page.flatMap(({ object }) => object
      ? [{ Key: name(object.key), LastModified: object.lastModified, ETag: object.eTag, Size: object.size, StorageClass: 'STANDARD' }]
      : []),
    CommonPrefixes: page.flatMap((entry) => entry.object ? [] : [{ Prefix: name(entry.name) }]),
  };
}

/** Lists the objects of a bucket without versioning, where each has the version `null`. */
function listVersions({ s3, bucket, query }: S3Request) {
  if (query.has('delimiter')) throw new ServiceError('NotImplemented', 'ListObjectVersions with a delimiter is not emulated.', 501);
  const prefix = query.get('prefix') ?? '';
  const maxKeys = maxKeysOf(query);
  const marker = Buffer.from(query.get('key-marker') ?? '');
  const objects = s3.objects(bucket).filter(({ key }) => key.startsWith(prefix) && Buffer.compare(Buffer.from(key), marker) > 0);
  const page = objects.slice(0, maxKeys);
  const truncated = page.length < objects.length && page.length > 0;
  const name = (text: string) => named(text, query);
  return xml('ListVersionsResult', {
    Name: bucket,
    Prefix: name(prefix),
    ...query.has('encoding-type') && { EncodingType: 'url' },
    MaxKeys: maxKeys,
    IsTruncated: truncated,
    ...truncated && { NextKeyMarker: name(page.at(-1)!.key), NextVersionIdMarker: 'null' },
    Version: page.map(({ key, lastModified, eTag, size }) => ({
      Key: name(key), VersionId: 'null', IsLatest: true, LastModified: lastModified, ETag: eTag, Size: size, StorageClass: 'STANDARD',
    })),
  });
}

/** A key as a list returns it. */
function named(text: string, query: URLSearchParams): string {
  return query.get('encoding-type') === 'url' ? encodeURIComponent(text).replaceAll('%2F', '/') : text;
}

/** Groups the objects whose keys contain the delimiter after the prefix. */
function entriesOf(objects: ObjectInfo[], prefix: string, delimiter: string): Array<{ readonly name: string; readonly object?: ObjectInfo }> {
  const entries = new Map<string, { readonly name: string; readonly object?: ObjectInfo }>();
  for (const object of objects) {
    const end = delimiter ? object.key.indexOf(delimiter, prefix.length) : -1;
    const name = end < 0 ? object.key : object.key.slice(0, end + delimiter.length);
    if (!entries.has(name)) entries.set(name, end < 0 ? { name, object } : { name });
  }
  return [...entries.values()];
}

/** The canonical user ID of an account. */
function ownerId(account: string): string {
  return createHash('sha256').update(account).digest('hex');
}
