import type { IncomingHttpHeaders } from 'node:http';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Body } from './body';
import type { MultipartUploads } from './multipart-uploads';
import type { S3 } from './s3';
import type { HttpReply } from '../api/protocol';
import { ServiceError } from '../api/service-error';
import { isObject, type JsonObject } from '../json';
import { writeXml } from '../query/xml';
import type { Json } from '../services';

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

/** The error for a body that is not the document of the operation. */
export function malformedXml(): ServiceError {
  return new ServiceError('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');
}

/** Returns the content of the root element of a body. */
export function documentIn(body: Buffer, root: string, xmlParser: XMLParser = parser): JsonObject {
  if (XMLValidator.validate(body.toString()) !== true) throw malformedXml();
  const { [root]: content } = xmlParser.parse(body.toString()) as { readonly [element: string]: Json | undefined };
  if (content === undefined) throw malformedXml();
  return isObject(content) ? content : {};
}

/** Returns a number of a request, or rejects it. */
export function numberIn(query: URLSearchParams, name: string, otherwise: number, from: number, to: number, message: string): number {
  const value = query.get(name);
  if (value === null) return otherwise;
  if (!/^\d{1,10}$/.test(value) || Number(value) < from || Number(value) > to) throw new ServiceError('InvalidArgument', message);
  return Number(value);
}

/** Returns the tags in the body of a request. */
export function tagsIn(body: Buffer, level: keyof typeof MAXIMUM_TAGS = 'object'): { readonly [key: string]: string } {
  const { TagSet: set } = documentIn(body, 'Tagging');
  if (set === undefined) throw malformedXml();
  const tags = isObject(set) ? set.Tag as unknown as ReadonlyArray<{ readonly Key?: string; readonly Value?: string }> ?? [] : [];
  return checkedTags(tags.map(({ Key, Value = '' }) => {
    if (Key === undefined) throw malformedXml();
    return [String(Key), String(Value)];
  }), level);
}

/** Returns the tags in the header `x-amz-tagging`, or nothing without it. */
export function tagsOf({ 'x-amz-tagging': tagging }: IncomingHttpHeaders): { readonly [key: string]: string } | undefined {
  return tagging === undefined ? undefined : checkedTags([...new URLSearchParams(String(tagging))], 'object');
}

function checkedTags(
  tags: ReadonlyArray<readonly [key: string, value: string]>, level: keyof typeof MAXIMUM_TAGS,
): { readonly [key: string]: string } {
  const fits = (text: string, min: number, max: number) => text.length >= min && text.length <= max && /^[\p{L}\p{Z}\p{N}_.:/=+@-]*$/u.test(text);
  if (!tags.every(([key, value]) => fits(key, 1, 128) && fits(value, 0, 256) && !/^aws:/i.test(key))) {
    throw new ServiceError('InvalidTag', 'The TagKey or TagValue you have provided is invalid');
  }
  if (new Set(tags.map(([key]) => key)).size < tags.length) throw new ServiceError('InvalidTag', 'Cannot provide multiple Tags with the same key');
  if (tags.length > MAXIMUM_TAGS[level]) {
    throw new ServiceError('BadRequest', `${level === 'object' ? 'Object' : 'Bucket'} tags cannot be greater than ${MAXIMUM_TAGS[level]}`);
  }
  return Object.fromEntries(tags);
}

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

export function xml(root: string, content: object | string, status = 200): HttpReply {
  const element = typeof content === 'string' ? { '#text': content } : content;
  return { status, headers: { 'Content-Type': 'application/xml' }, body: writeXml({ [root]: { '@xmlns': NAMESPACE, ...element } }) };
}
