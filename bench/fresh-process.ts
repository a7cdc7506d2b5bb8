import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import * as ts from 'typescript';
import type { Measured } from './measure';
import { outputOf } from '../test/child-process';
import { writeLazyIndex } from '../tools/lazy-index';

const ROOT = join(__dirname, '..');
/** Inside node_modules, so that its files can import aws-cdk-lib. */
const DIRECTORY = join(ROOT, 'node_modules', '.cache', 'bench');

let built = false;

/** Returns the path of a file as in the published package. */
export function packageFile(...path: string[]): string {
  if (!built) build();
  built = true;
  return join(DIRECTORY, ...path);
}

/** A function has no further certificate authorities, and the first connection with TLS would spend 10 ms on those of the caller. */
const ENVIRONMENT = { NODE_NO_WARNINGS: '1', NODE_EXTRA_CA_CERTS: undefined };

export interface ProcessOptions {
  readonly env?: { readonly [name: string]: string };
  readonly nodeOptions?: readonly string[];
}

/**
 * Runs a piece of code in its own process and returns the JSON that it prints. Nothing is warm there, as in a user's synthesis. The code
 * is in a file, because `--eval` adds 2 ms to the start of Node.js, which neither a synthesis nor a function has.
 */
export function printed<T>(code: string, { env, nodeOptions = [] }: ProcessOptions = {}): T {
  const file = packageFile('program.js');
  writeFileSync(file, code);
  return JSON.parse(outputOf(process.execPath, [...nodeOptions, file], { cwd: ROOT, env: { ...ENVIRONMENT, ...env } }));
}

/** The processor time of a Node.js process that starts, runs a piece of code and ends, in milliseconds. */
export function processTime(code: string): () => number {
  return () => printed(`
    ${code};
    const { system, user } = process.cpuUsage();
    console.log((system + user) / 1000);
  `);
}

export const EMPTY_PROCESS: Measured = { name: 'an empty process', once: processTime('') };

function build(): void {
  rmSync(DIRECTORY, { recursive: true, force: true });
  mkdirSync(DIRECTORY, { recursive: true });
  compile(join(DIRECTORY, 'lib'));
  writeLazyIndex(join(DIRECTORY, 'lib'));
  buildSync({
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    entryPoints: ['stacks', 'synthesis-run'].map((name) => join(__dirname, `${name}.ts`)),
    outdir: join(DIRECTORY, 'bench'),
    bundle: true,
    alias: { 'cdk-sagemaker-jobs': '../lib' },
    external: ['../lib', 'aws-cdk-lib', 'constructs'],
  });
  for (const folder of ['assets', 'scripts']) symlinkSync(join(ROOT, folder), join(DIRECTORY, folder));
}

/** Compiles as jsii does, without type checks. */
function compile(directory: string): void {
  const { compilerOptions } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (file) => readFileSync(file, 'utf8')).config;
  const options = { ...ts.convertCompilerOptionsFromJson(compilerOptions, ROOT).options, module: ts.ModuleKind.CommonJS };
  for (const fileName of readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))) {
    const { outputText } = ts.transpileModule(readFileSync(join(ROOT, 'src', fileName), 'utf8'), { compilerOptions: options, fileName });
    const file = join(directory, fileName.replace(/ts$/, 'js'));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, outputText);
  }
}
