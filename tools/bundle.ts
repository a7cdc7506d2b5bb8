import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';

const ROOT = join(__dirname, '..');
const HANDLER = join(ROOT, 'lambda');
const DIRECTORY = join(ROOT, 'assets', 'handler');

/** The SDK registers its functions for rules of endpoints when it is loaded. The handler uses only the table of partitions. */
const WITHOUT_ENDPOINT_RULES: Plugin = {
  name: 'without-endpoint-rules',
  setup({ onResolve }) {
    onResolve({ filter: /\/util-endpoints\/aws$/ }, ({ path, resolveDir }) => ({ path: join(resolveDir, `${path}.js`), sideEffects: false }));
  },
};

/** Modules that the handler requires only on demand stay in a file beside it, which a starting function does not read. */
const APART: Plugin = {
  name: 'apart',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\// }, ({ kind, resolveDir }) => (kind === 'require-call' && resolveDir === HANDLER ? { external: true } : undefined));
  },
};

/** The options of the bundle. It uses the SDK's ES modules, because only they permit the removal of unused code. */
const BUNDLING = {
  absWorkingDir: ROOT,
  entryPoints: ['lambda/index.ts', 'lambda/failure-log.ts', 'lambda/refusal.ts'],
  outdir: '.',
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  mainFields: ['module', 'main'],
  plugins: [WITHOUT_ENDPOINT_RULES, APART],
  legalComments: 'none',
  metafile: true,
  write: false,
} as const satisfies BuildOptions;

interface Bundle {
  /** The files of the function by name: the handler, the modules that it loads on demand, and the licenses of their packages. */
  readonly files: { readonly [file: string]: Uint8Array };
  /** The notice of the package, which lists the packages in the files. */
  readonly notice: string;
}

interface License {
  /** The name, version and license of a package. */
  readonly title: string;
  readonly text: string;
}

export async function bundle(): Promise<Bundle> {
  const { metafile, outputFiles } = await build(BUNDLING);
  const licenses = bundledLicenses(metafile);
  return {
    files: {
      ...Object.fromEntries(outputFiles.map(({ contents, path }) => [basename(path), contents])),
      'THIRD-PARTY-LICENSES': Buffer.from(licenseTexts(licenses)),
    },
    notice: notice(licenses),
  };
}

function bundledLicenses(metafile: Metafile): License[] {
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs));
  const directories = new Set(inputs.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []));
  return [...directories].sort().map((directory) => license(join(ROOT, directory)));
}

/** A license that several packages share appears once. */
function licenseTexts(licenses: readonly License[]): string {
  return [...Map.groupBy(licenses, ({ text }) => text)]
    .map(([text, sharing]) => [...sharing.map(({ title }) => title), '', text, ''].join('\n'))
    .join(`\n${'-'.repeat(80)}\n\n`);
}

function notice(licenses: readonly License[]): string {
  return [
    'cdk-sagemaker-jobs',
    'Copyright cdk-sagemaker-jobs contributors',
    '',
    'The code of the function (assets/handler) contains parts of these packages.',
    'assets/handler/THIRD-PARTY-LICENSES contains their licenses and notices.',
    '',
    ...licenses.map(({ title }) => `  ${title}`),
    '',
  ].join('\n');
}

function license(directory: string): License {
  const { name, version, license: spdx } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  const files = readdirSync(directory).filter((file) => /^(licen[cs]e|notice)/i.test(file)).sort();
  if (files.length === 0) throw new Error(`${name} has no license file`);
  return { title: `${name} ${version} (${spdx})`, text: files.map((file) => readFileSync(join(directory, file), 'utf8').trim()).join('\n\n') };
}

async function main(): Promise<void> {
  const { files, notice: text } = await bundle();
  writeFileSync(join(ROOT, 'NOTICE'), text);
  if (existsSync(DIRECTORY)) rmSync(DIRECTORY, { recursive: true });
  for (const [file, contents] of Object.entries(files)) {
    const path = join(DIRECTORY, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents);
  }
}

if (require.main === module) void main();
