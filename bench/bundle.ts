import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { Comparison } from './measure';

const BUNDLE = join(__dirname, '..', 'assets', 'handler', 'index.js');
const ENTRY = join(__dirname, '..', 'lambda', 'index.ts');

/** The whole time of a Node.js process that runs a piece of code, in milliseconds. */
function processTime(code: string): () => number {
  return () => {
    const began = performance.now();
    const { status, stderr } = spawnSync(process.execPath, ['-e', code]);
    if (status !== 0) throw new Error(String(stderr));
    return performance.now() - began;
  };
}

/** The bundle as esbuild makes it when it is told nothing. */
function defaultBundle(): number {
  const { outputFiles } = buildSync({ entryPoints: [ENTRY], bundle: true, minify: true, platform: 'node', target: 'node22', write: false });
  return outputFiles[0].contents.length;
}

export const BUNDLE_COMPARISONS: Comparison[] = [
  {
    measure: 'bytes of the function',
    subject: { name: 'the bundle that ships', once: () => statSync(BUNDLE).size },
    against: { name: "esbuild's default", once: defaultBundle },
  },
  {
    measure: 'cold load of the function (ms)',
    subject: { name: 'the bundle that ships', once: processTime(`require(${JSON.stringify(BUNDLE)})`) },
    against: { name: 'an empty process', once: processTime('') },
    reach: 1.3,
  },
];
