import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const ROOT = join(__dirname, '../..');
const FILES = ['src', 'lambda', 'local', 'cli', 'tools', 'bench']
  .flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
  // Without what is installed, and what the companion packages are compiled to.
  .filter((file) => !/^\w+\/(lib|node_modules)\//.test(file) && /\.(ts|cjs)$/.test(file) && basename(file) !== 'index.ts');

const repeated = (names: readonly string[]) => names.filter((name, index) => names.indexOf(name) !== index);

test('every file has a name of its own, which tells whose it is', () => {
  expect(FILES.length).toBeGreaterThan(300);
  expect(repeated(FILES.map((file) => basename(file)))).toEqual([]);
});

test('every class has a name of its own', () => {
  const classes = FILES.flatMap((file) => [...readFileSync(join(ROOT, file), 'utf8').matchAll(/^export (?:abstract )?class (\w+)/gm)].map(([, name]) => name));
  // tools/ contains the text of the generated class.
  expect(repeated(classes)).toEqual(['MlInstanceType']);
});
