import { hash } from 'node:crypto';

/** Returns a number from 0 to 1 that depends only on the string. */
export function fraction(text: string): number {
  return hash('sha256', text, 'buffer').readUInt32BE() / 2 ** 32;
}
