import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';

const ROOT = join(__dirname, '..');
const HANDLER = join(ROOT, 'lambda');
const DIRECTORY = join(ROOT, 'assets', 'handler');

/** What the SDK brings for other places than a function, and what takes its place (each file says why). */
const REPLACED = {
  '@aws-sdk/credential-provider-node': './lambda/sdk/credentials.ts',
  '@aws/lambda-invoke-store': './lambda/sdk/no-invoke-store.ts',
  '@smithy/core/event-streams': './lambda/sdk/no-event-streams.ts',
  '@smithy/core/retry': './lambda/sdk/no-retries.ts',
};

/** The client tells its version to the service, and brings all of its package.json along for that. */
const VERSION_ONLY: Plugin = {
  name: 'version-only',
  setup({ onLoad }) {
    onLoad({ filter: /client-sagemaker[\\/]package\.json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/** What the handler requires only where it needs it stays a file beside it, which a function that starts does not read. */
const APART: Plugin = {
  name: 'apart',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\// }, ({ kind, resolveDir }) => (kind === 'require-call' && resolveDir === HANDLER ? { external: true } : undefined));
  },
};

/** How the handler is bundled. The SDK's ES modules are taken, because only they lose what is not used. */
const BUNDLING = {
  absWorkingDir: ROOT,
  entryPoints: ['lambda/index.ts', 'lambda/refusal.ts'],
  outdir: '.',
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  mainFields: ['module', 'main'],
  alias: REPLACED,
  plugins: [VERSION_ONLY, APART],
  legalComments: 'none',
  metafile: true,
  write: false,
} as const satisfies BuildOptions;

/** The files of the function by name: the handler, what it reads only where it is needed, and the licences of what is in them. */
export async function bundle(): Promise<{ readonly [file: string]: Uint8Array }> {
  const { metafile, outputFiles } = await build(BUNDLING);
  const files = outputFiles.map(({ contents, path }) => [basename(path), contents]);
  return { ...Object.fromEntries(files), 'THIRD-PARTY-LICENSES': Buffer.from(licenses(metafile)) };
}

/** The licences of all packages of which something is in the files; a text that several have stands once. */
function licenses(metafile: Metafile): string {
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs));
  const directories = new Set(inputs.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []));
  const packages = [...directories].sort().map((directory) => license(join(ROOT, directory)));
  return [...Map.groupBy(packages, ({ text }) => text)]
    .map(([text, sharing]) => [...sharing.map(({ title }) => title), '', text, ''].join('\n'))
    .join(`\n${'-'.repeat(80)}\n\n`);
}

function license(directory: string): { readonly title: string; readonly text: string } {
  const { name, version, license: spdx } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  const files = readdirSync(directory).filter((file) => /^(licen[cs]e|notice)/i.test(file)).sort();
  if (files.length === 0) throw new Error(`${name} has no licence file`);
  return { title: `${name} ${version} (${spdx})`, text: files.map((file) => readFileSync(join(directory, file), 'utf8').trim()).join('\n\n') };
}

async function main(): Promise<void> {
  const files = await bundle();
  if (existsSync(DIRECTORY)) rmSync(DIRECTORY, { recursive: true });
  for (const [file, contents] of Object.entries(files)) {
    const path = join(DIRECTORY, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents);
  }
}

if (require.main === module) void main();
