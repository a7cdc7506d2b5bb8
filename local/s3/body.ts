import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { crc32 } from 'node:zlib';
import type { HttpRequest } from '../api/protocol';
import { ServiceError } from '../api/service-error';

/** The checksums that are verified, by header. Other checksums are not returned. */
const CHECKSUMS: { readonly [header: string]: (content: Buffer) => string } = {
  'content-md5': (content) => hash('md5', content),
  'x-amz-checksum-sha1': (content) => hash('sha1', content),
  'x-amz-checksum-sha256': (content) => hash('sha256', content),
  'x-amz-checksum-crc32': (content) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(crc32(content));
    return bytes.toString('base64');
  },
};

export interface Body {
  readonly content: Buffer;
  /** The verified checksums, by their headers. */
  readonly checksums: { readonly [header: string]: string };
}

/** Returns the content of a request, verified by its checksums. */
export function readBody({ headers, body }: HttpRequest): Body {
  const chunked = String(headers['x-amz-content-sha256']).startsWith('STREAMING-');
  const { content, trailers } = chunked ? unchunk(body) : { content: body, trailers: {} };
  const checksums: { [header: string]: string } = {};
  for (const [header, compute] of Object.entries(CHECKSUMS)) {
    const said = trailers[header] ?? headers[header];
    if (said === undefined) continue;
    if (said !== compute(content)) throw new ServiceError('BadDigest', `The ${header} you specified did not match what we received.`);
    if (header !== 'content-md5') checksums[header] = said;
  }
  return { content, checksums };
}

/** Decodes the `aws-chunked` encoding: the sizes and signatures of chunks, and the trailers. */
function unchunk(body: Buffer): { readonly content: Buffer; readonly trailers: IncomingHttpHeaders } {
  const chunks: Buffer[] = [];
  let at = 0;
  const line = () => {
    const end = body.indexOf('\r\n', at);
    if (end < 0) throw new ServiceError('IncompleteBody', 'The request body terminated unexpectedly');
    const text = body.toString('latin1', at, end);
    at = end + 2;
    return text;
  };
  for (let size = sizeOf(line()); size > 0; size = sizeOf(line())) {
    chunks.push(body.subarray(at, at + size));
    at += size;
    line();
  }
  const trailers: IncomingHttpHeaders = {};
  while (at < body.length) {
    const [, name, value] = /^([^:]+):\s*(.*)$/.exec(line()) ?? [];
    if (name !== undefined) trailers[name.toLowerCase()] = value;
  }
  return { content: Buffer.concat(chunks), trailers };
}

function sizeOf(chunkHeader: string): number {
  const size = parseInt(chunkHeader, 16);
  if (Number.isNaN(size)) throw new ServiceError('IncompleteBody', 'The request body is not encoded in chunks.');
  return size;
}

function hash(algorithm: string, content: Buffer): string {
  return createHash(algorithm).update(content).digest('base64');
}
