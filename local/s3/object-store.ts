import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { replaceFile } from '../persistence/replace-file';

/** The metadata of an object. */
export interface ObjectInfo {
  readonly key: string;
  readonly size: number;
  /** The ETag, including its quotes. */
  readonly eTag: string;
  readonly lastModified: string;
  /** The headers that are stored with the object: its content type and its metadata. */
  readonly headers: { readonly [name: string]: string };
  readonly tags?: { readonly [key: string]: string };
  /** The SHA-256 hash of the content, which names its file. */
  readonly sha256: string;
}

/** The metadata of a bucket. */
export interface BucketInfo {
  readonly name: string;
  /** The owner of the bucket. */
  readonly account: string;
  readonly region: string;
  readonly creationDate: string;
  readonly tags?: { readonly [key: string]: string };
}

/**
 * The buckets and objects of all accounts and Regions in a directory: bucket names are global. Changes are on the disk when a
 * method returns, and a killed process leaves no partial change.
 */
export class ObjectStore {
  readonly directory: string;
  private readonly temporary: boolean;
  private readonly buckets = new Map<string, { readonly info: BucketInfo; readonly objects: Map<string, ObjectInfo> }>();

  /** @param directory The directory of the buckets. Default: a temporary one, which `close` removes */
  constructor(directory?: string) {
    this.temporary = directory === undefined;
    this.directory = directory ?? mkdtempSync(join(tmpdir(), 's3-'));
    for (const name of list(join(this.directory, 'buckets'))) this.load(join(this.directory, 'buckets', name));
  }

  close(): void {
    if (this.temporary) rmSync(this.directory, { recursive: true, force: true });
  }

  /** All buckets, by name. */
  list(): BucketInfo[] {
    return [...this.buckets.values()].map(({ info }) => info).sort((a, b) => compare(a.name, b.name));
  }

  bucket(bucket: string): BucketInfo | undefined {
    return this.buckets.get(bucket)?.info;
  }

  has(bucket: string): boolean {
    return this.buckets.has(bucket);
  }

  /** Creates a bucket, or changes its metadata. */
  set(info: BucketInfo): void {
    this.write(join(this.bucketDirectory(info.name), 'bucket.json'), JSON.stringify(info));
    this.buckets.set(info.name, { info, objects: this.buckets.get(info.name)?.objects ?? new Map() });
  }

  remove(bucket: string): void {
    rmSync(this.bucketDirectory(bucket), { recursive: true, force: true });
    this.buckets.delete(bucket);
  }

  /** The objects of a bucket, sorted by the bytes of their keys. */
  objects(bucket: string): ObjectInfo[] {
    return [...this.buckets.get(bucket)!.objects.values()].sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
  }

  object(bucket: string, key: string): ObjectInfo | undefined {
    return this.buckets.get(bucket)!.objects.get(key);
  }

  content(object: ObjectInfo): Buffer {
    return readFileSync(this.contentFile(object.sha256));
  }

  put(bucket: string, object: Omit<ObjectInfo, 'sha256' | 'size'>, content: Buffer): ObjectInfo {
    const info: ObjectInfo = { ...object, size: content.length, sha256: sha256(content) };
    if (!existsSync(this.contentFile(info.sha256))) this.write(this.contentFile(info.sha256), content);
    this.write(this.objectFile(bucket, info.key), JSON.stringify(info));
    this.buckets.get(bucket)!.objects.set(info.key, info);
    return info;
  }

  tag(bucket: string, object: ObjectInfo, tags: ObjectInfo['tags']): void {
    const info = { ...object, tags };
    this.write(this.objectFile(bucket, info.key), JSON.stringify(info));
    this.buckets.get(bucket)!.objects.set(info.key, info);
  }

  /** Deleting an object that does not exist has no effect. */
  delete(bucket: string, key: string): void {
    rmSync(this.objectFile(bucket, key), { force: true });
    this.buckets.get(bucket)!.objects.delete(key);
  }

  private load(directory: string): void {
    const infoFile = join(directory, 'bucket.json');
    if (!existsSync(infoFile)) return;
    const info = readJson<BucketInfo>(infoFile);
    const objects = list(join(directory, 'objects')).filter((file) => file.endsWith('.json')).map((file) => readJson<ObjectInfo>(join(directory, 'objects', file)));
    this.buckets.set(info.name, { info, objects: new Map(objects.map((object) => [object.key, object])) });
  }

  private bucketDirectory(bucket: string): string {
    return join(this.directory, 'buckets', bucket);
  }

  private objectFile(bucket: string, key: string): string {
    return join(this.bucketDirectory(bucket), 'objects', `${sha256(key)}.json`);
  }

  private contentFile(hash: string): string {
    return join(this.directory, 'contents', hash);
  }

  private write(file: string, content: string | Buffer): void {
    mkdirSync(dirname(file), { recursive: true });
    replaceFile(file, content);
  }
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function list(directory: string): string[] {
  return existsSync(directory) ? readdirSync(directory) : [];
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
