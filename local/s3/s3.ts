import { createHash } from 'node:crypto';
import type { BucketInfo, ObjectStore, ObjectInfo } from './object-store';
import { permanentRedirect } from './s3-error';
import { ServiceError } from '../api/service-error';
import type { Clock } from '../clock';
import type { Principal } from '../iam';

const BUCKET_NAME = /^(?!xn--|.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** Whether the policies of a bucket and of a principal allow an action. */
export type BucketAccess = (principal: Principal, action: string, resource: string) => boolean;

export interface S3Options {
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
  /** The buckets of all accounts and regions. */
  readonly store: ObjectStore;
  /** The time for callers from outside, in milliseconds since the epoch. Default: the time of the clock. */
  readonly outsideNow?: () => number;
  /** Default: everything is allowed. */
  readonly access?: BucketAccess;
}

/** S3 as an account sees it at the endpoint of a Region. */
export class S3 {
  readonly region: string;
  readonly store: ObjectStore;

  constructor(private readonly options: S3Options) {
    this.region = options.region;
    this.store = options.store;
  }

  get account(): string {
    return this.options.account;
  }

  /** The buckets of the account in all Regions. */
  buckets(): BucketInfo[] {
    return this.store.list().filter(({ account }) => account === this.options.account);
  }

  /** Creates a bucket in the Region of the endpoint. */
  createBucket(name: string): void {
    if (!BUCKET_NAME.test(name)) throw new ServiceError('InvalidBucketName', 'The specified bucket is not valid.');
    const { account, region } = this.options;
    const existing = this.store.bucket(name);
    if (existing && existing.account !== account) {
      throw new ServiceError('BucketAlreadyExists', 'The requested bucket name is not available. The bucket namespace is shared by all users of the system. ' +
        'Please select a different name and try again.', 409);
    }
    if (existing) throw new ServiceError('BucketAlreadyOwnedByYou', 'Your previous request to create the named bucket succeeded and you already own it.', 409);
    this.store.set({ name, account, region, creationDate: this.now().toISOString() });
  }

  tagBucket(bucket: string, tags: BucketInfo['tags']): void {
    this.store.set({ ...this.store.bucket(this.existing(bucket))!, tags });
  }

  deleteBucket(bucket: string): void {
    this.existing(bucket);
    if (this.store.objects(bucket).length > 0) throw new ServiceError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409);
    this.store.remove(bucket);
  }

  /** Rejects a request for a bucket in another Region, and one that the policies do not allow. */
  admit(bucket: string, principal: Principal, operation: string, key: string): void {
    const info = this.store.bucket(bucket);
    if (!info) return;
    if (info.region !== this.region) throw permanentRedirect(bucket, info.region);
    this.authorize(info, principal, operation, key);
  }

  /** Rejects a request that also needs another operation on an object: a copy reads its source, and tags are written and copied. */
  admitAlso(bucket: string, principal: Principal, operation: string, key: string): void {
    const info = this.store.bucket(bucket);
    if (info) this.authorize(info, principal, operation, key);
  }

  /** The content of an object, for another service of the account. The object may be in another Region. */
  getForService(bucket: string, key: string): Buffer {
    const { account } = this.options;
    const info = this.store.bucket(bucket);
    if (info) this.authorize(info, { account, arn: `arn:aws:iam::${account}:root`, isOpenedByAdministrator: true }, 'GetObject', key);
    return this.get(bucket, key);
  }

  /** Returns the name of a bucket, or throws an error if it does not exist. */
  existing(bucket: string): string {
    if (!this.store.has(bucket)) throw new ServiceError('NoSuchBucket', 'The specified bucket does not exist', 404);
    return bucket;
  }

  objects(bucket: string): ObjectInfo[] {
    return this.store.objects(this.existing(bucket));
  }

  object(bucket: string, key: string): ObjectInfo {
    const object = this.store.object(this.existing(bucket), key);
    if (!object) throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
    return object;
  }

  /** The content of an object. */
  get(bucket: string, key: string): Buffer {
    return this.store.content(this.object(bucket, key));
  }

  put(
    bucket: string, key: string, content: Buffer, headers: ObjectInfo['headers'], eTag = `"${md5(content)}"`, tags?: ObjectInfo['tags'],
  ): ObjectInfo {
    if (Buffer.byteLength(key) > 1024) throw new ServiceError('KeyTooLongError', 'Your key is too long');
    return this.store.put(this.existing(bucket), { key, eTag, headers, lastModified: this.now().toISOString(), ...tags && { tags } }, content);
  }

  tagObject(bucket: string, key: string, tags: ObjectInfo['tags']): void {
    this.store.tag(bucket, this.object(bucket, key), tags);
  }

  delete(bucket: string, key: string): void {
    this.store.delete(this.existing(bucket), key);
  }

  /** The time of S3 for its callers. */
  now(): Date {
    return new Date(this.options.outsideNow?.() ?? this.options.clock.now());
  }

  private authorize(info: BucketInfo, principal: Principal, operation: string, key: string): void {
    const resource = `arn:aws:s3:::${info.name}${operation === 'DeleteObjects' ? '/*' : key && `/${key}`}`;
    if (this.options.access?.(principal, `s3:${ACTIONS[operation] ?? operation}`, resource) ?? true) return;
    throw new ServiceError('AccessDenied', 'Access Denied', 403);
  }
}

/** Operations whose IAM action has another name: Service Authorization Reference, Amazon S3. */
const ACTIONS: { readonly [operation: string]: string } = {
  HeadBucket: 'ListBucket',
  CopyObject: 'PutObject',
  DeleteBucketTagging: 'PutBucketTagging',
  ListObjects: 'ListBucket',
  ListObjectsV2: 'ListBucket',
  ListObjectVersions: 'ListBucketVersions',
  HeadObject: 'GetObject',
  DeleteObjects: 'DeleteObject',
  CreateMultipartUpload: 'PutObject',
  UploadPart: 'PutObject',
  CompleteMultipartUpload: 'PutObject',
  GetBucketEncryption: 'GetEncryptionConfiguration',
};

export function md5(content: Buffer): string {
  return createHash('md5').update(content).digest('hex');
}
