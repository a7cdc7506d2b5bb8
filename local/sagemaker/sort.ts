export type SortOrder = 'Ascending' | 'Descending';

/** Sorts items by a key. Items with equal keys keep their order. */
export function sorted<T>(items: readonly T[], key: (item: T) => string | number, order: SortOrder): T[] {
  const sign = order === 'Ascending' ? 1 : -1;
  return items.toSorted((one, other) => (key(one) < key(other) ? -sign : key(one) > key(other) ? sign : 0));
}
