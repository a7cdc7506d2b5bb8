import type { Kind } from './kinds';
import { read, write } from './paths';
import { restore } from './request';

/**
 * The request to the kind's update operation that brings a job from one create request to another, as far as that can
 * be done in place; undefined: there is nothing to change.
 */
export function inPlaceChanges(kind: Kind, from: unknown, to: unknown): Record<string, unknown> | undefined {
  const changed = kind.inPlace.filter(({ path }) => JSON.stringify(read(from, path)) !== JSON.stringify(read(to, path)));
  if (changed.length === 0) return undefined;
  const request = changed.reduce<Record<string, unknown>>((changes, { path, off }) => write(changes, path, read(to, path) ?? off), {});
  return restore(kind.updateSchema, request) as Record<string, unknown>;
}
