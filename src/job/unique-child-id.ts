import type { Construct } from 'constructs';

/** The id, or the first of `id2`, `id3` … that no child of the scope has. */
export function freeId(scope: Construct, id: string): string {
  for (let suffix = 1; ; suffix++) {
    const candidate = suffix === 1 ? id : `${id}${suffix}`;
    if (!scope.node.tryFindChild(candidate)) return candidate;
  }
}
