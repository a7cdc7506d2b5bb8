import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The part of S3 behind the pre-signed URLs to which custom resources PUT their responses. */
export class ResponseBucket {
  private readonly settlers = new Map<string, (body: string) => void>();

  create(now: Date): { readonly path: string; readonly response: Promise<string> } {
    const date = `${now.toISOString().replace(/[-:]|\.\d+/g, '')}`;
    const query = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=${date}&X-Amz-Expires=7200&X-Amz-Signature=${randomBytes(32).toString('hex')}`;
    const path = `/custom-resource-responses/${randomBytes(16).toString('hex')}?${query}`;
    return { path, response: new Promise((resolve) => this.settlers.set(path, resolve)) };
  }

  put(request: IncomingMessage, body: string): { readonly status: number; readonly content: string } {
    const settle = this.settlers.get(request.url!);
    if (!settle) return refusal(403, 'SignatureDoesNotMatch');
    // S3 takes no body of unknown length.
    if (request.headers['transfer-encoding']) return refusal(501, 'NotImplemented');
    settle(body);
    return { status: 200, content: '' };
  }
}

function refusal(status: number, code: string) {
  return { status, content: `<Error><Code>${code}</Code></Error>` };
}
