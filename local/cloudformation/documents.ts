import { isObject } from '../json';
import type { Json } from '../services';

/** Whether two documents are equal, regardless of the order of their members. */
export function same(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

export function clone<T>(document: T): T {
  return JSON.parse(JSON.stringify(document));
}

function canonical(document: unknown): string | undefined {
  return JSON.stringify(document, (_, value: Json) => isObject(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1))
    : value);
}
