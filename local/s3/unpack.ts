import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { unzipSync } from 'fflate';
import type { S3 } from './s3';
import { ServiceError } from '../api/service-error';

/** Unpacks an uploaded zip file and returns its directory. Lambda reads only buckets of its own Region. */
export function unpacked(s3: S3, bucket: string, key: string): string {
  const { region = s3.region } = s3.store.bucket(bucket) ?? {};
  if (region !== s3.region) {
    throw new ServiceError('InvalidParameterValueException', 'Error occurred while GetObject. S3 Error Code: PermanentRedirect. S3 Error Message: ' +
      `The bucket is in this region: ${region}. Please use this region to retry the request`);
  }
  return directoryOf(s3, s3.object(bucket, key).sha256, () => unzip(s3.get(bucket, key)));
}

/** Unpacks an uploaded zip file and returns its directory. */
export function unpackedZip(s3: S3, zip: Buffer): string {
  return directoryOf(s3, createHash('sha256').update(zip).digest('hex'), () => unzip(zip));
}

/** Returns a directory with the inline code of a function in the file that Lambda writes it to. */
export function unpackedSource(s3: S3, source: string): string {
  const content = Buffer.from(source);
  return directoryOf(s3, createHash('sha256').update(content).digest('hex'), () => ({ 'index.js': content }));
}

/** Returns the directory with the files of a hash, which identifies their content. */
function directoryOf(s3: S3, sha256: string, files: () => { readonly [name: string]: Uint8Array }): string {
  const directory = join(s3.store.directory, 'unpacked', sha256);
  if (existsSync(directory)) return directory;
  const fresh = `${directory}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  for (const [name, content] of Object.entries(files())) {
    const path = join(fresh, name);
    if (relative(fresh, path).startsWith('..')) throw notUnpackable();
    mkdirSync(name.endsWith('/') ? path : dirname(path), { recursive: true });
    if (!name.endsWith('/')) writeFileSync(path, content);
  }
  renameSync(fresh, directory);
  return directory;
}

function unzip(content: Buffer): { readonly [name: string]: Uint8Array } {
  try {
    return unzipSync(content);
  } catch {
    throw notUnpackable();
  }
}

function notUnpackable(): ServiceError {
  return new ServiceError('InvalidParameterValueException', 'Could not unzip uploaded file. Please check your file, then try to upload again.');
}
