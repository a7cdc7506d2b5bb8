import type { IncomingHttpHeaders } from 'node:http';
import type { Body } from './body';
import type { MultipartUploads } from './multipart-uploads';
import type { S3 } from './s3';
import type { HttpReply } from '../api/protocol';
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

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

export function xml(root: string, content: object | string, status = 200): HttpReply {
  const element = typeof content === 'string' ? { '#text': content } : content;
  return { status, headers: { 'Content-Type': 'application/xml' }, body: writeXml({ [root]: { '@xmlns': NAMESPACE, ...element } }) };
}
