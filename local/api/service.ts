import type { Json } from '../services';
import type { Model } from './api-model';
import type { ServiceError } from './service-error';
import type { JsonObject } from '../json';

/** A service that speaks the AWS JSON protocol. */
export interface Service {
  /** The name as in the credential scope and in IAM actions, such as `sagemaker`. */
  readonly name: string;
  /** The prefix of the operation in `X-Amz-Target`. */
  readonly targetPrefix: string;
  readonly contentType: 'application/x-amz-json-1.0' | 'application/x-amz-json-1.1';
  readonly model: Model;
  /** The error code for an input that the model does not allow. Default: ValidationException. */
  readonly invalidInput?: string;
  /** The emulated operations. Their input has been checked against the model. */
  readonly operations: { readonly [operation: string]: Operation };
}

// The model, not TypeScript, defines the input: each operation names the type that it reads.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Operation = (input: any) => Json | JsonObject | void;

/** One call of a service. */
export interface Call {
  readonly service: string;
  readonly operation: string;
  /** The body as it was received. */
  readonly input: JsonObject;
  /** The result of the operation, or the fault that kept it from being carried out. */
  readonly outcome: { readonly output: Json } | { readonly error: { readonly code: string; readonly message: string } };
  /** The fault that was injected. */
  readonly fault?: Fault;
  readonly time: Date;
  /** The access key ID. */
  readonly caller: string;
  /** The environment where the operation was carried out, at an endpoint that has several. */
  readonly account?: string;
  readonly region?: string;
}

/** A fault that is injected into a call: the call breaks, is delayed, or returns an altered output. */
export interface Fault {
  /** Whether the operation is carried out although the call breaks. Default: false. */
  readonly afterDeed?: boolean;
  /** The error response. Default: none; the connection breaks. */
  readonly answer?: ServiceError;
  /** Whether to kill the process of the calling function before or after the operation is carried out. */
  readonly kill?: boolean;
  /** The delay of the call, in seconds of virtual time. The call does not break. */
  readonly delaySeconds?: number;
  /** Returns the altered output. The call does not break. */
  readonly alter?: (output: JsonObject) => JsonObject;
}

/** Decides on a fault. `n` counts the calls of this operation, from 1. */
export type FaultHook = (service: string, operation: string, input: JsonObject, n: number, caller: string) => Fault | undefined;

/** Decides whether a caller is allowed to make a call in a Region. A returned error is the response. */
export type AuthorizeHook = (caller: string, service: string, operation: string, input: JsonObject, region: string) => ServiceError | undefined;
