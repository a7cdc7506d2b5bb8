import type { IncomingHttpHeaders } from 'node:http';
import { copySource } from './copy-source';
import type { ObjectInfo } from './object-store';
import { type S3Operations, type S3Request, tagsIn, tagsOf, xml } from './s3-operation';
import { ServiceError } from '../api/service-error';

/** The headers of a request that are stored with the object. */
const STORED_HEADERS = /^(content-type|content-disposition|content-language|content-encoding|cache-control|expires|x-amz-meta-.+)$/;

export const OBJECT_OPERATIONS: S3Operations = {
  'PUT object ': { name: 'PutObject', run: putObject },
  'GET object ': {
    name: 'GetObject',
    run: ({ s3, bucket, key, headers }) => {
      const object = s3.object(bucket, key);
      checkConditions(object, headers);
      const content = s3.get(bucket, key);
      const [from, to] = rangeOf(headers.range, content.length) ?? [];
      if (from === undefined) return { status: 200, headers: headersOf(object, headers), body: content };
      const range = { 'Content-Range': `bytes ${from}-${to! - 1}/${content.length}` };
      // The checksums are those of the whole object.
      return { status: 206, headers: { ...headersOf(object, {}), ...range }, body: content.subarray(from, to) };
    },
  },
  'HEAD object ': {
    name: 'HeadObject',
    run: ({ s3, bucket, key, headers }) => {
      const object = s3.object(bucket, key);
      checkConditions(object, headers);
      return { status: 200, headers: { ...headersOf(object, headers), 'Content-Length': String(object.size) } };
    },
  },
  'GET object tagging': {
    name: 'GetObjectTagging',
    run: ({ s3, bucket, key }) => xml('Tagging', { TagSet: { Tag: Object.entries(s3.object(bucket, key).tags ?? {}).map(([Key, Value]) => ({ Key, Value })) } }),
  },
  'PUT object tagging': {
    name: 'PutObjectTagging',
    run: ({ s3, bucket, key, body }) => {
      s3.tagObject(bucket, key, tagsIn(body().content));
      return { status: 200 };
    },
  },
  'DELETE object tagging': {
    name: 'DeleteObjectTagging',
    run: ({ s3, bucket, key }) => {
      s3.tagObject(bucket, key, {});
      return { status: 204 };
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

/** The maximum size of the metadata that a user defines, in bytes: Amazon S3 User Guide, Working with object metadata. */
const MAXIMUM_METADATA = 2048;

/** Returns the headers to store with an object. */
export function storedHeaders(headers: IncomingHttpHeaders): ObjectInfo['headers'] {
  const metadata = Object.entries(headers).filter(([name]) => name.startsWith('x-amz-meta-'));
  const size = Buffer.byteLength(metadata.map(([name, value]) => name.slice('x-amz-meta-'.length) + String(value)).join(''));
  if (size > MAXIMUM_METADATA) throw new ServiceError('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size');
  const kept = Object.entries(headers)
    .map(([name, value]) => [name, name === 'content-encoding' ? String(value).replace(/,?\s*aws-chunked/, '') : String(value)])
    .filter(([name, value]) => STORED_HEADERS.test(name) && value !== '');
  return { 'content-type': 'binary/octet-stream', ...Object.fromEntries(kept) };
}

/** Copies an object of this or another bucket, with its metadata and tags unless the request replaces them. */
export function copyObject({ s3, bucket, key, headers }: S3Request) {
  const { bucket: sourceBucket, key: sourceKey } = copySource(String(headers['x-amz-copy-source']));
  const source = s3.object(sourceBucket, sourceKey);
  const replacesMetadata = directiveOf(headers, 'metadata') === 'REPLACE';
  if (sourceBucket === bucket && source.key === key && !replacesMetadata) {
    throw new ServiceError('InvalidRequest', "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, " +
      'storage class, website redirect location or encryption attributes.');
  }
  const tags = directiveOf(headers, 'tagging') === 'REPLACE' ? tagsOf(headers) : source.tags;
  const stored = replacesMetadata ? storedHeaders(headers) : source.headers;
  const { eTag, lastModified } = s3.put(bucket, key, s3.get(sourceBucket, source.key), stored, undefined, tags);
  return xml('CopyObjectResult', { ETag: eTag, LastModified: lastModified });
}

/** Returns a directive of a copy: COPY or REPLACE. */
function directiveOf(headers: IncomingHttpHeaders, of: 'metadata' | 'tagging'): string {
  const directive = String(headers[`x-amz-${of}-directive`] ?? 'COPY');
  if (directive !== 'COPY' && directive !== 'REPLACE') throw new ServiceError('InvalidArgument', `Unknown ${of} directive.`);
  return directive;
}

/** Returns the first byte and the end of a requested range, or nothing without one. */
function rangeOf(range: string | undefined, size: number): readonly [from: number, to: number] | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? [];
  if (first === undefined || (first === '' && last === '')) return undefined;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  if (from >= size) throw new ServiceError('InvalidRange', 'The requested range is not satisfiable', 416);
  return [from, first === '' || last === '' ? size : Math.min(Number(last) + 1, size)];
}

function checkConditions({ eTag, lastModified }: ObjectInfo, headers: IncomingHttpHeaders): void {
  const matches = (tags: string) => tags.split(',').some((tag) => tag.trim() === '*' || tag.trim().replaceAll('"', '') === eTag.replaceAll('"', ''));
  const isNewer = (date: string) => Math.floor(Date.parse(lastModified) / 1000) > Date.parse(date) / 1000;
  const { 'if-match': match, 'if-none-match': noneMatch, 'if-modified-since': modified, 'if-unmodified-since': unmodified } = headers;
  if (match !== undefined ? !matches(match) : unmodified !== undefined && isNewer(unmodified)) {
    throw new ServiceError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
  }
  if (noneMatch !== undefined ? matches(noneMatch) : modified !== undefined && !isNewer(modified)) throw new ServiceError('NotModified', 'Not Modified', 304);
}

function putObject({ s3, bucket, key, headers, body }: S3Request) {
  if (headers['if-none-match'] === '*' && s3.store.has(bucket) && s3.store.object(bucket, key)) {
    throw new ServiceError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
  }
  const { content, checksums } = body();
  const { eTag } = s3.put(bucket, key, content, { ...storedHeaders(headers), ...checksums }, undefined, tagsOf(headers));
  return { status: 200, headers: { ETag: eTag, ...checksums } };
}

function headersOf({ eTag, lastModified, headers, tags }: ObjectInfo, asked: IncomingHttpHeaders): { [name: string]: string } {
  const checksums = asked['x-amz-checksum-mode'] === 'ENABLED';
  const told = Object.entries(headers).filter(([name]) => checksums || !name.startsWith('x-amz-checksum-'));
  const count = Object.keys(tags ?? {}).length;
  return { ...Object.fromEntries(told), ...count > 0 && { 'x-amz-tagging-count': String(count) }, 'ETag': eTag, 'Last-Modified': new Date(lastModified).toUTCString(), 'Accept-Ranges': 'bytes' };
}
