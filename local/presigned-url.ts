/** The longest validity of a pre-signed URL, in seconds. */
export const MAXIMUM_VALIDITY = 604_800;

/** Returns when a pre-signed URL expires, in milliseconds since the epoch, or nothing for another URL. */
export function expiryOf({ searchParams }: URL): number | undefined {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(searchParams.get('X-Amz-Date') ?? '') ?? [];
  if (year === undefined) return undefined;
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second) + Number(searchParams.get('X-Amz-Expires')));
}
