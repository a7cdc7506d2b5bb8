export type SortOrder = 'Ascending' | 'Descending';

/** The items in the order of a key; those with equal keys keep the order that they have. */
export function sorted<T>(items: readonly T[], key: (item: T) => string | number, order: SortOrder): T[] {
  const sign = order === 'Ascending' ? 1 : -1;
  return items.toSorted((one, other) => (key(one) < key(other) ? -sign : key(one) > key(other) ? sign : 0));
}
