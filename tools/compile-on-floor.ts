import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const PROJECT = resolve(__dirname, '..');
/** The files that jsii reads of the package that it compiles. */
const SOURCES = ['src', 'package.json', 'tsconfig.json', 'README.md', 'LICENSE'];
/** The files that jsii reads of an imported package. The others have 100 MB. */
const TYPES = /(\.(d\.ts|json|jsii|jsii\.gz)|[/\\]index\.js)$/;

/**
 * Compiles the constructs against the oldest supported releases of the peers, in a copy of the package. Fails if jsii rejects a
 * type, or if the types of the package differ from the ones built against the newest releases.
 */
function compileOnFloor(): void {
  const copy = mkdtempSync(join(tmpdir(), 'floor-'));
  try {
    for (const name of SOURCES) cpSync(join(PROJECT, name), join(copy, name), { recursive: true });
    linkPackages(join(PROJECT, 'node_modules'), join(copy, 'node_modules'));
    const { status } = spawnSync(process.execPath, [require.resolve('jsii/bin/jsii'), '--silence-warnings=reserved-word'], { cwd: copy, stdio: 'inherit' });
    if (status !== 0) throw new Error(`jsii ended with exit status ${status}`);
    if (offeredTypes(copy) !== offeredTypes(PROJECT)) {
      throw new Error('The types of the package differ when compiled against the oldest releases of its peers. Check that .jsii is up to date.');
    }
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/** Copies the oldest peers: from the target of a link, they would import the newest ones. */
function linkPackages(from: string, to: string): void {
  mkdirSync(to);
  const packages = readdirSync(from).filter((name) => !name.startsWith('.'));
  const peers = packages.filter((name) => name.endsWith('-floor')).map((name) => name.replace(/-floor$/, ''));
  for (const peer of peers) {
    cpSync(join(from, `${peer}-floor`), join(to, peer), { recursive: true, filter: (file) => !/\.[^/\\]+$/.test(file) || TYPES.test(file) });
  }
  for (const name of packages.filter((each) => !peers.includes(each))) symlinkSync(join(from, name), join(to, name), 'junction');
}

function offeredTypes(directory: string): string {
  const { types } = JSON.parse(readFileSync(join(directory, '.jsii'), 'utf8')) as { readonly types: object };
  return JSON.stringify(types);
}

compileOnFloor();
