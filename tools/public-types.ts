import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

const LIBRARY = join(__dirname, '..', 'lib');

/** Returns a file of types and all files that it imports, directly or indirectly. */
function typesFrom(file: string, found: Set<string> = new Set()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, module] of readFileSync(file, 'utf8').matchAll(/(?:from |import\()["'](\.[^"']+)["']/g)) {
    typesFrom(join(dirname(file), `${module}.d.ts`), found);
  }
  return found;
}

/** Deletes the types that no export of the package mentions. */
export function deletePrivateTypes(directory: string): void {
  const index = join(directory, 'index.d.ts');
  const types = typesFrom(index);
  for (const file of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.d.ts') && !types.has(join(directory, file))) rmSync(join(directory, file));
  }
}

if (require.main === module) deletePrivateTypes(LIBRARY);
