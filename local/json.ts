import type { Json } from './services';

/** An object of a JSON document. */
export type JsonObject = { [member: string]: Json };

/** Whether a value of a JSON document is an object, not a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
