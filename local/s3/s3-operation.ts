import type { IncomingHttpHeaders } from 'node:http';
import { XMLParser } from 'fast-xml-parser';
import type { Body } from './body';
import type { MultipartUploads } from './multipart-uploads';
import type { S3 } from './s3';
import type { HttpReply } from '../api/protocol';
import { ServiceError } from '../api/service-error';
import { writeXml } from '../query/xml';

/** The context of an operation. */
export interface S3Request {
  readonly s3: S3;
  readonly uploads: MultipartUploads;
  /** Empty if the operation does not concern a bucket. */
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Reads and verifies the body of the request. */
  body(): Body;
}

export interface S3Operation {
  readonly name: string;
  run(request: S3Request): HttpReply;
}

/** Operations by method, level (`service`, `bucket`, `object`) and subresource: `GET bucket location`. */
export interface S3Operations { readonly [route: string]: S3Operation }

const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'Tag' });
const MAXIMUM_TAGS = { bucket: 50, object: 10 };

/** Returns the tags in the body of a request. */
export function tagsIn(body: Buffer, level: keyof typeof MAXIMUM_TAGS = 'object'): { readonly [key: string]: string } {
  const { Tagging } = parser.parse(body.toString()) as { Tagging?: { TagSet?: { Tag?: ReadonlyArray<{ Key: string; Value?: string }> } | '' } };
  return checkedTags((Tagging?.TagSet || {}).Tag ?? [], level);
}

/** Returns tags by their keys, unless S3 rejects them. */
export function checkedTags(
  tags: ReadonlyArray<{ readonly Key: string; readonly Value?: string }>, level: keyof typeof MAXIMUM_TAGS,
): { readonly [key: string]: string } {
  const isValid = tags.every(({ Key, Value = '' }) => Key.length > 0 && Key.length <= 128 && Value.length <= 256 && !/^aws:/i.test(Key));
  if (!isValid) throw new ServiceError('InvalidTag', 'The TagKey or TagValue you have provided is invalid');
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) throw new ServiceError('InvalidTag', 'Cannot provide multiple Tags with the same key');
  if (tags.length > MAXIMUM_TAGS[level]) throw new ServiceError('BadRequest', `${level === 'object' ? 'Object' : 'Bucket'} tags cannot be greater than ${MAXIMUM_TAGS[level]}`);
  return Object.fromEntries(tags.map(({ Key, Value = '' }) => [Key, Value]));
}

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

export function xml(root: string, content: object | string, status = 200): HttpReply {
  const element = typeof content === 'string' ? { '#text': content } : content;
  return { status, headers: { 'Content-Type': 'application/xml' }, body: writeXml({ [root]: { '@xmlns': NAMESPACE, ...element } }) };
}
