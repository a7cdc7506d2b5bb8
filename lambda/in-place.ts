import type { HandledKind } from './handled-kinds';
import { read, write } from './paths';
import { differs, type KnownProperties } from './reduce-event';
import { restore } from './restore-request';
import { toJobError } from './to-job-error';

/**
 * Returns the update request that changes a job from previous properties to a create request, as far as possible in place, or undefined
 * without changes. Values that the job already has are omitted: after a rejected update, the rollback has nothing to change, and
 * must not be rejected, too.
 */
export function inPlaceChanges(kind: HandledKind, from: KnownProperties, to: unknown, description: unknown): Record<string, unknown> | undefined {
  const changes = (kind.inPlace ?? [])
    .filter(({ path }) => differs(from, to, path))
    .map(({ path, off }) => ({ path, value: typed(kind, path, read(to, path) ?? off), off }))
    .filter(({ path, value, off }) => !contains(read(description, path) ?? off, value));
  return changes.length === 0 ? undefined : changes.reduce<Record<string, unknown>>((request, { path, value }) => write(request, path, value), {});
}

/** Converts a value to the type in the update operation. */
function typed(kind: HandledKind, path: readonly string[], value: unknown): unknown {
  const request = write({}, path, value);
  try {
    return read(restore(kind.requestShapes.update!, request), path);
  } catch (error) {
    throw toJobError(kind.operations.update!, request, error);
  }
}

/** Whether the described value contains the desired one. */
function contains(described: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return described === wanted;
  if (typeof described !== 'object' || described === null) return false;
  if (Array.isArray(wanted) && wanted.length !== (described as unknown[]).length) return false;
  return Object.entries(wanted).every(([member, value]) => contains((described as Record<string, unknown>)[member], value));
}
