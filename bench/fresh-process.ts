import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = join(__dirname, '..');
/** Below node_modules, so that aws-cdk-lib is found from there. */
const DIRECTORY = join(ROOT, 'node_modules', '.cache', 'bench');

let built = false;

/** A file of the package as users have it: JavaScript, one file for each source file. */
export function packageFile(...path: string[]): string {
  if (!built) build();
  built = true;
  return join(DIRECTORY, ...path);
}

/** What a piece of code prints in a process of its own, as JSON. Nothing is warm there, as it is when a user synthesizes. */
export function printed<T>(code: string): T {
  const options = { encoding: 'utf8', cwd: ROOT, env: { ...process.env, NODE_NO_WARNINGS: '1' } } as const;
  return JSON.parse(execFileSync(process.execPath, ['--expose-gc', '-e', code], options));
}

function build(): void {
  rmSync(DIRECTORY, { recursive: true, force: true });
  mkdirSync(DIRECTORY, { recursive: true });
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const options = { format: 'cjs', platform: 'node', target: 'node20' } as const;
  buildSync({ ...options, entryPoints: sources.map((file) => join(ROOT, 'src', file)), outbase: join(ROOT, 'src'), outdir: join(DIRECTORY, 'lib') });
  buildSync({
    ...options,
    entryPoints: ['stacks', 'synthesis-run'].map((name) => join(__dirname, `${name}.ts`)),
    outdir: join(DIRECTORY, 'bench'),
    bundle: true,
    alias: { 'cdk-sagemaker-jobs': '../lib' },
    external: ['../lib', 'aws-cdk-lib', 'constructs'],
  });
  for (const folder of ['assets', 'scripts']) symlinkSync(join(ROOT, folder), join(DIRECTORY, folder));
}
