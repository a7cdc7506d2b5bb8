import type { HandledKind } from './handled-kinds';
import { read, write } from './paths';
import { restore } from './restore-request';
import { toJobError } from './to-job-error';

/**
 * The request to the kind's update operation that brings a job from one create request to another, as far as that can
 * be done in place; undefined: there is nothing to change. What the job is described with already is not asked for
 * again: where an update was refused, the rollback has nothing to take back, and must not be refused as well.
 */
export function inPlaceChanges(kind: HandledKind, from: unknown, to: unknown, description: unknown): Record<string, unknown> | undefined {
  const changes = kind.inPlace
    .filter(({ path }) => JSON.stringify(read(from, path)) !== JSON.stringify(read(to, path)))
    .map(({ path, off }) => ({ path, value: typed(kind, path, read(to, path) ?? off), off }))
    .filter(({ path, value, off }) => !holds(read(description, path) ?? off, value));
  return changes.length === 0 ? undefined : changes.reduce<Record<string, unknown>>((request, { path, value }) => write(request, path, value), {});
}

/** A value as the update operation takes it. */
function typed(kind: HandledKind, path: readonly string[], value: unknown): unknown {
  const request = write({}, path, value);
  try {
    return read(restore(kind.updateSchema, request), path);
  } catch (error) {
    throw toJobError(kind.operations.update!, request, error);
  }
}

/** The described value says everything that is wanted; it may say more. */
function holds(described: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return described === wanted;
  if (typeof described !== 'object' || described === null) return false;
  if (Array.isArray(wanted) && wanted.length !== (described as unknown[]).length) return false;
  return Object.entries(wanted).every(([member, value]) => holds((described as Record<string, unknown>)[member], value));
}
