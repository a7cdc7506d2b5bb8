import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const DIRECTORY = join(ROOT, 'node_modules', '.cache', 'docs');

/**
 * Compiles the examples in docs/ and translates them. jsii-rosetta reads only the README of a package, so it receives an assembly
 * whose README contains all of docs/.
 */
function main(): void {
  const documents = readdirSync(join(ROOT, 'docs')).filter((file) => file.endsWith('.md')).sort();
  const markdown = documents.map((file) => readFileSync(join(ROOT, 'docs', file), 'utf8')).join('\n\n');
  const assembly = JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8'));

  rmSync(DIRECTORY, { recursive: true, force: true });
  mkdirSync(DIRECTORY, { recursive: true });
  writeFileSync(join(DIRECTORY, '.jsii'), JSON.stringify({ ...assembly, readme: { markdown }, types: {} }));
  copyFileSync(join(ROOT, 'package.json'), join(DIRECTORY, 'package.json'));
  mkdirSync(join(DIRECTORY, 'node_modules'));
  symlinkSync(ROOT, join(DIRECTORY, 'node_modules', assembly.name));
  const { status } = spawnSync('jsii-rosetta', ['extract', '--strict', '--compile', '--directory', DIRECTORY, DIRECTORY], { cwd: ROOT, stdio: 'inherit' });
  process.exitCode = status ?? 1;
}

main();
