const SHORTEST_BEGINNING = 3;

/** Returns the probably intended name: the nearest one if it is near, or one that begins with the name. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const [nearest] = names
    .map((other) => ({ other, distance: distance(name.toLowerCase(), other.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  if (nearest && nearest.distance <= Math.max(1, Math.floor(name.length / 3))) return nearest.other;
  return name.length < SHORTEST_BEGINNING ? undefined : names.find((other) => other.toLowerCase().startsWith(name.toLowerCase()));
}

/** Returns a question with the probably intended name. */
export function didYouMean(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names);
  return nearest === undefined ? '' : `; did you mean ${nearest}?`;
}

/** The number of characters to insert, delete or replace. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      next.push(Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[to.length];
}
