const SHORTEST_BEGINNING = 3;

/** The name that was probably meant: the nearest one, if it is near, or one that the name is the beginning of. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const [nearest] = names.map((other) => ({ other, distance: distance(name.toLowerCase(), other.toLowerCase()) })).sort((a, b) => a.distance - b.distance);
  if (nearest && nearest.distance <= Math.max(1, Math.floor(name.length / 3))) return nearest.other;
  return name.length < SHORTEST_BEGINNING ? undefined : names.find((other) => other.toLowerCase().startsWith(name.toLowerCase()));
}

/** A question that names what was probably meant. */
export function didYouMean(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names);
  return nearest === undefined ? '' : `; did you mean ${nearest}?`;
}

/** How many characters must be inserted, deleted or replaced. */
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
