import type { Json } from '../services';
import type { Model } from './api-model';
import type { ServiceError } from './service-error';
import type { JsonObject } from '../json';

/** A service that speaks the AWS JSON protocol. */
export interface Service {
  /** As in the credential scope and in IAM actions, such as `sagemaker`. */
  readonly name: string;
  /** What stands before the operation in `X-Amz-Target`. */
  readonly targetPrefix: string;
  readonly contentType: 'application/x-amz-json-1.0' | 'application/x-amz-json-1.1';
  readonly model: Model;
  /** What an input that the model does not allow is answered with. Default: ValidationException. */
  readonly invalidInput?: string;
  /** The operations that are emulated; their input has been checked against the model. */
  readonly operations: { readonly [operation: string]: Operation };
}

// The model, not TypeScript, says what an input holds: the operations name the type that they read.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Operation = (input: any) => Json | JsonObject | void;

/** One call of a service. */
export interface Call {
  readonly service: string;
  readonly operation: string;
  /** The body as it was received. */
  readonly input: JsonObject;
  /** What the operation came to; where a fault kept it from being carried out, the fault. */
  readonly outcome: { readonly output: Json } | { readonly error: { readonly code: string; readonly message: string } };
  /** The fault that was injected. */
  readonly fault?: Fault;
  readonly time: Date;
  /** The access key id. */
  readonly caller: string;
  /** Where it was carried out, at an endpoint that has several. */
  readonly account?: string;
  readonly region?: string;
}

/** A fault that is injected into a call: it breaks, it takes long, or its answer is not the truth. */
export interface Fault {
  /** Whether the operation is carried out although the call breaks. Default: it is not. */
  readonly afterDeed?: boolean;
  /** What is answered. Default: nothing, the connection breaks. */
  readonly answer?: ServiceError;
  /** Kills the process of the function that calls: before the operation is carried out, or after it. */
  readonly kill?: boolean;
  /** The call does not break, it takes so many seconds of virtual time. */
  readonly delaySeconds?: number;
  /** The call does not break, it answers what this makes of the output. */
  readonly alter?: (output: JsonObject) => JsonObject;
}

/** Decides about a fault; `n` counts the calls of this operation, from 1. */
export type FaultHook = (service: string, operation: string, input: JsonObject, n: number, caller: string) => Fault | undefined;

/** Decides whether a caller may do this, in a region: an error is the answer. */
export type AuthorizeHook = (caller: string, service: string, operation: string, input: JsonObject, region: string) => ServiceError | undefined;
