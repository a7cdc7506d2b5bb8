import { hash } from 'node:crypto';

/** A number from 0 to 1 that depends on the text only. */
export function fraction(text: string): number {
  return hash('sha256', text, 'buffer').readUInt32BE() / 2 ** 32;
}
