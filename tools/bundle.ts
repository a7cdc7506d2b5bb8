import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';

const ROOT = join(__dirname, '..');
const DIRECTORY = join(ROOT, 'assets', 'handler');

/** What the SDK brings for other places than a function, and what takes its place (each file says why). */
const REPLACED = {
  '@aws-sdk/credential-provider-node': './lambda/sdk/credentials.ts',
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

/** How the handler is bundled. The SDK's ES modules are taken, because only they lose what is not used. */
export const BUNDLING = {
  absWorkingDir: ROOT,
  entryPoints: ['lambda/index.ts'],
  outfile: 'index.js',
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  mainFields: ['module', 'main'],
  alias: REPLACED,
  plugins: [VERSION_ONLY],
  legalComments: 'none',
  metafile: true,
  write: false,
} as const satisfies BuildOptions;

/** The files of the function by name: the bundle, and the licences of what is in it. */
export async function bundle(): Promise<{ readonly [file: string]: Uint8Array }> {
  const { metafile, outputFiles } = await build(BUNDLING);
  return { 'index.js': outputFiles[0].contents, 'THIRD-PARTY-LICENSES': Buffer.from(licenses(metafile)) };
}

/** The licences of all packages of which something is in the bundle; a text that several have stands once. */
function licenses(metafile: Metafile): string {
  const [{ inputs }] = Object.values(metafile.outputs);
  const directories = new Set(Object.keys(inputs).flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []));
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
