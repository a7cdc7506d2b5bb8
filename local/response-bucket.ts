import { randomBytes } from 'node:crypto';
import type { HttpReply, HttpRequest } from './api/protocol';
import type { Journal } from './persistence/journal';
import { expiryOf } from './presigned-url';

const PATH = '/custom-resource-responses/';

/** A URL, or the body that was PUT to it. */
export interface ResponseEntry {
  readonly path: string;
  readonly body?: string;
}

/** The pre-signed S3 URLs to which custom resources PUT their responses. */
export class ResponseBucket {
  private readonly responses = new Map<string, PromiseWithResolvers<string>>();

  /** @param journal Keeps the URLs and their responses. Default: none. */
  constructor(private readonly journal?: Journal<ResponseEntry>) {
    for (const { path, body } of journal?.read() ?? []) {
      if (body === undefined) void this.open(path);
      else this.responses.get(path)!.resolve(body);
    }
  }

  create(now: Date): { readonly path: string; readonly response: Promise<string> } {
    const date = now.toISOString().replace(/[-:]|\.\d+/g, '');
    const query = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=${date}&X-Amz-Expires=7200&X-Amz-Signature=${randomBytes(32).toString('hex')}`;
    const path = `${PATH}${randomBytes(16).toString('hex')}?${query}`;
    this.journal?.append({ path });
    return { path, response: this.open(path) };
  }

  /** Returns the response at a path that an earlier process created. */
  reopen(path: string): Promise<string> {
    return this.responses.get(path)?.promise ?? this.open(path);
  }

  /** Whether a request is the response of a custom resource. */
  accepts({ method, url }: HttpRequest): boolean {
    return method === 'PUT' && url.pathname.startsWith(PATH);
  }

  /** @param now The time in milliseconds since the epoch */
  put({ url, headers, body }: HttpRequest, now: number): HttpReply {
    const path = url.pathname + url.search;
    const response = this.responses.get(path);
    if (!response) return refusal(403, 'SignatureDoesNotMatch');
    if (expiryOf(url)! < now) return refusal(403, 'AccessDenied');
    // S3 rejects a body of unknown length.
    if (headers['transfer-encoding']) return refusal(501, 'NotImplemented');
    this.journal?.append({ path, body: body.toString() });
    response.resolve(body.toString());
    return { status: 200 };
  }

  private open(path: string): Promise<string> {
    const response = Promise.withResolvers<string>();
    this.responses.set(path, response);
    return response.promise;
  }
}

function refusal(status: number, code: string): HttpReply {
  return { status, headers: { 'Content-Type': 'application/xml' }, body: `<Error><Code>${code}</Code></Error>` };
}
