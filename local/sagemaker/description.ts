import type { JsonObject } from '../json';
import type { Json } from '../services';
import { SAGEMAKER_MODEL } from './model';

/** The protocol's timestamps are seconds since the epoch. */
export function seconds(time: number | undefined): number | undefined {
  return time === undefined ? undefined : time / 1000;
}

/** An answer without the members that have no value. */
export function defined(members: { readonly [member: string]: unknown }): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as { [member: string]: Json };
}

/** What of a request is described again by an operation. */
export function repeated(operation: string, request: { readonly [member: string]: unknown }): { readonly [member: string]: unknown } {
  const { members = {} } = SAGEMAKER_MODEL.shapes[SAGEMAKER_MODEL.operations[operation].output!];
  return Object.fromEntries(Object.entries(request).filter(([member]) => Object.hasOwn(members, member)));
}
