import { ServiceError } from './service-error';

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

/** Returns a page of a list. The token encodes the position where the page starts. */
export function page<T>(items: readonly T[], size: number, token: string | undefined, errorCode = 'ValidationException'): Page<T> {
  const start = token === undefined ? 0 : Number(Buffer.from(token, 'base64').toString());
  if (token !== undefined && !(Number.isInteger(start) && start > 0)) throw new ServiceError(errorCode, 'Invalid pagination token.');
  const end = start + size;
  return { items: items.slice(start, end), ...end < items.length ? { nextToken: Buffer.from(String(end)).toString('base64') } : {} };
}
