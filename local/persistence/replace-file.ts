import { renameSync, writeFileSync } from 'node:fs';

/** Writes a file. A killed process leaves either the old or the new file. */
export function replaceFile(file: string, content: string | Buffer): void {
  writeFileSync(`${file}.new`, content);
  renameSync(`${file}.new`, file);
}
