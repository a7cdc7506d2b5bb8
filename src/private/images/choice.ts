import type { NoImage } from './service-image';

/** What was given, or the only thing that there is. */
export function choose(what: string, given: string | undefined, there: readonly string[]): { readonly chosen: string } | NoImage {
  if (given === undefined && there.length === 1) return { chosen: there[0] };
  if (given !== undefined && there.includes(given)) return { chosen: given };
  const rule = there.length > 0 ? `must have a ${what} that there is (${there.join(', ')})` : `cannot have a ${what}`;
  return { problem: `${rule}, got ${given ?? 'none'}` };
}
