import type { JsonObject } from '../json';
import type { Json } from '../services';
import { SAGEMAKER_MODEL } from './model';

/** Timestamps of the protocol are seconds since the epoch. */
export function seconds(time: number | undefined): number | undefined {
  return time === undefined ? undefined : time / 1000;
}

/** Returns the members that have a value. */
export function defined(members: { readonly [member: string]: unknown }): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as { [member: string]: Json };
}

/** Returns the members of a request that the output of an operation repeats. */
export function repeated(operation: string, request: { readonly [member: string]: unknown }): { readonly [member: string]: unknown } {
  const { members = {} } = SAGEMAKER_MODEL.shapes[SAGEMAKER_MODEL.operations[operation].output!];
  return Object.fromEntries(Object.entries(request).filter(([member]) => Object.hasOwn(members, member)));
}
