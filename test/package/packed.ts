import { resolve } from 'node:path';
import { outputOf } from '../child-process';

export const ROOT = resolve(__dirname, '../..');

interface Packed {
  readonly filename: string;
  readonly files: ReadonlyArray<{ readonly path: string }>;
}

/** Packs a package as it is compiled now; without a directory it only says what would be packed. */
export function pack(directory?: string, workspace: string = '.'): Packed {
  const options = directory === undefined ? ['--dry-run'] : ['--pack-destination', directory];
  const [packed] = JSON.parse(outputOf('npm', ['pack', '--json', '--ignore-scripts', ...options], { cwd: resolve(ROOT, workspace) }));
  return packed;
}
