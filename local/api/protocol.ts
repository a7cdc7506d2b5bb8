import type { IncomingHttpHeaders } from 'node:http';
import type { Json } from '../services';
import type { ServiceError } from './service-error';
import type { JsonObject } from '../json';

/** What a signature says about who has signed, and for what: the scope of its credential. */
export interface Signer {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

/** A request as it came over HTTP. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query; the host says nothing. */
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Signatures are not verified. */
  readonly signer?: Signer;
}

/** What is answered over HTTP. */
export interface HttpReply {
  readonly status: number;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string | Buffer;
}

/** What a request asks for. */
export interface Invocation {
  /** As in the credential scope and in IAM actions, such as `sagemaker`. */
  readonly service: string;
  readonly operation: string;
  /** What the request says, as far as it is of interest to others: no contents of objects. */
  readonly input: JsonObject;
  /** Does it; what is refused is a `ServiceError`. */
  carryOut(): Json | Promise<Json>;
  /** The answer that this output makes. */
  reply(output: Json): HttpReply;
}

/** How requests and answers of some services are written. */
export interface Protocol {
  /** Whether a request is one of this protocol. */
  speaks(request: HttpRequest): boolean;
  /** Reads a request; what is no request of these services is a `ServiceError`. */
  read(request: HttpRequest): Invocation;
  /** The answer that an error makes. */
  refuse(error: ServiceError, request: HttpRequest): HttpReply;
}
