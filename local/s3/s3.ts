import { createHash } from 'node:crypto';
import { ServiceError } from '../api/service-error';
import type { Clock } from '../clock';
import { ObjectStore, type ObjectInfo } from './object-store';

const BUCKET_NAME = /^(?!xn--|.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** The buckets of an account in a region. */
export class S3 {
  readonly store: ObjectStore;

  constructor(private readonly clock: Clock, readonly region: string, directory?: string) {
    this.store = new ObjectStore(directory);
  }

  createBucket(bucket: string): void {
    if (!BUCKET_NAME.test(bucket)) throw new ServiceError('InvalidBucketName', 'The specified bucket is not valid.');
    if (this.store.has(bucket)) {
      throw new ServiceError('BucketAlreadyOwnedByYou', 'Your previous request to create the named bucket succeeded and you already own it.', 409);
    }
    this.store.create(bucket, this.now());
  }

  deleteBucket(bucket: string): void {
    this.existing(bucket);
    if (this.store.objects(bucket).length > 0) throw new ServiceError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409);
    this.store.remove(bucket);
  }

  /** The name of a bucket that exists. */
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

  put(bucket: string, key: string, content: Buffer, headers: ObjectInfo['headers'], eTag = `"${md5(content)}"`): ObjectInfo {
    if (Buffer.byteLength(key) > 1024) throw new ServiceError('KeyTooLongError', 'Your key is too long');
    return this.store.put(this.existing(bucket), { key, eTag, headers, lastModified: this.now().toISOString() }, content);
  }

  delete(bucket: string, key: string): void {
    this.store.delete(this.existing(bucket), key);
  }

  private now(): Date {
    return new Date(this.clock.now());
  }
}

export function md5(content: Buffer): string {
  return createHash('md5').update(content).digest('hex');
}
