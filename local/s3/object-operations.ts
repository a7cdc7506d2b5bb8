import type { IncomingHttpHeaders } from 'node:http';
import type { ObjectInfo } from './object-store';
import type { S3Operations, S3Request } from './s3-operation';
import { ServiceError } from '../api/service-error';

/** The headers of a request that are stored with the object. */
const STORED_HEADERS = /^(content-type|content-disposition|content-language|content-encoding|cache-control|expires|x-amz-meta-.+)$/;

export const OBJECT_OPERATIONS: S3Operations = {
  'PUT object ': { name: 'PutObject', run: putObject },
  'GET object ': {
    name: 'GetObject',
    run: ({ s3, bucket, key, headers }) => {
      const object = s3.object(bucket, key);
      return { status: 200, headers: headersOf(object, headers), body: s3.get(bucket, key) };
    },
  },
  'HEAD object ': {
    name: 'HeadObject',
    run: ({ s3, bucket, key, headers }) => {
      const object = s3.object(bucket, key);
      return { status: 200, headers: { ...headersOf(object, headers), 'Content-Length': String(object.size) } };
    },
  },
  'DELETE object ': {
    name: 'DeleteObject',
    run: ({ s3, bucket, key }) => {
      s3.delete(bucket, key);
      return { status: 204 };
    },
  },
};

/** Returns the headers to store with an object. */
export function storedHeaders(headers: IncomingHttpHeaders): ObjectInfo['headers'] {
  const kept = Object.entries(headers)
    .map(([name, value]) => [name, name === 'content-encoding' ? String(value).replace(/,?\s*aws-chunked/, '') : String(value)])
    .filter(([name, value]) => STORED_HEADERS.test(name) && value !== '');
  return { 'content-type': 'binary/octet-stream', ...Object.fromEntries(kept) };
}

function putObject({ s3, bucket, key, headers, body }: S3Request) {
  if (headers['x-amz-copy-source']) throw new ServiceError('NotImplemented', 'CopyObject is not emulated.', 501);
  if (headers['if-none-match'] === '*' && s3.store.has(bucket) && s3.store.object(bucket, key)) {
    throw new ServiceError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
  }
  const { content, checksums } = body();
  const { eTag } = s3.put(bucket, key, content, { ...storedHeaders(headers), ...checksums });
  return { status: 200, headers: { ETag: eTag, ...checksums } };
}

function headersOf({ eTag, lastModified, headers }: ObjectInfo, asked: IncomingHttpHeaders): { [name: string]: string } {
  const checksums = asked['x-amz-checksum-mode'] === 'ENABLED';
  const told = Object.entries(headers).filter(([name]) => checksums || !name.startsWith('x-amz-checksum-'));
  return { ...Object.fromEntries(told), 'ETag': eTag, 'Last-Modified': new Date(lastModified).toUTCString(), 'Accept-Ranges': 'bytes' };
}
