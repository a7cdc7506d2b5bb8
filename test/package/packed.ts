import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../..');

interface Packed {
  readonly filename: string;
  readonly files: ReadonlyArray<{ readonly path: string }>;
}

/** Packs the package as it is compiled now; without a directory it only says what would be packed. */
export function pack(directory?: string): Packed {
  const options = directory === undefined ? ['--dry-run'] : ['--pack-destination', directory];
  const [packed] = JSON.parse(execFileSync('npm', ['pack', '--json', '--ignore-scripts', ...options], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  return packed;
}
