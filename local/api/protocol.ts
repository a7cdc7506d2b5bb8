import type { IncomingHttpHeaders } from 'node:http';
import type { Json } from '../services';
import type { ServiceError } from './service-error';
import type { JsonObject } from '../json';

/** The signer of a request and the scope of the credential, as the signature states them. */
export interface Signer {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

/** An HTTP request as received. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query. The host has no meaning. */
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The signer. Signatures are not verified. */
  readonly signer?: Signer;
}

/** An HTTP response. */
export interface HttpReply {
  readonly status: number;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string | Buffer;
}

/** A requested operation. */
export interface Invocation {
  /** The service as in the credential scope and in IAM actions, such as `sagemaker`. */
  readonly service: string;
  readonly operation: string;
  /** The members of the request that other parts read, without the contents of objects. */
  readonly input: JsonObject;
  /** Carries out the operation. Throws a `ServiceError` when it rejects the request. */
  carryOut(): Json | Promise<Json>;
  /** Renders the response for an output. */
  reply(output: Json): HttpReply;
}

/** The wire format of requests and responses of some services. */
export interface Protocol {
  /** The names of the emulated operations, by service. */
  readonly emulated: { readonly [service: string]: readonly string[] };
  /** Whether a request uses this protocol. */
  speaks(request: HttpRequest): boolean;
  /** Reads a request. Throws a `ServiceError` for a request that is not for these services. */
  read(request: HttpRequest): Invocation;
  /** Renders the response for an error. */
  refuse(error: ServiceError, request: HttpRequest): HttpReply;
}
