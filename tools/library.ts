import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const LIBRARY = join(__dirname, '..', 'lib');

/**
 * Makes one file of the JavaScript that the compiler has written for the constructs: to read and compile a file for each
 * source file takes longer than what is in them. A module runs when something that it exports is first used, and so loads
 * what it needs of aws-cdk-lib, whose own modules do the same.
 */
export function bundleLibrary(directory: string): void {
  const load = createRequire(__filename);
  const index = join(directory, 'index.js');
  const modules = [...readFileSync(index, 'utf8').matchAll(/require\("(\.\/[^"]+)"\)/g)].map(([, module]) => module);
  const names = new Set(Object.keys(load(index)));
  const exported = modules.flatMap((module) => (
    Object.keys(load(join(directory, module))).filter((name) => names.has(name)).map((name) => ({ module, name }))));
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
  buildSync({
    stdin: { contents: exportsOnDemand(exported), resolveDir: directory, sourcefile: index },
    outfile: index,
    allowOverwrite: true,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'linked',
    external: ['aws-cdk-lib', 'constructs'],
    // The files that look for what ships beside lib/ do so from a folder of lib/.
    define: { __dirname: 'directory' },
    banner: { js: 'const directory = require("path").join(__dirname, "provider");' },
    // Never runs: it is how Node.js finds the names that an ES module can import.
    footer: { js: `0 && (module.exports = { ${exported.map(({ name }) => name).join(', ')} });` },
  });
  files.filter((file) => file !== 'index.js').forEach((file) => rmSync(join(directory, file)));
}

/** Node.js does not let an ES module import what it sees to be a getter of an export, so the names stand apart from the getters. */
function exportsOnDemand(exported: readonly { readonly module: string; readonly name: string }[]): string {
  return `
    Object.defineProperty(exports, "__esModule", { value: true });
    const modules = { ${exported.map(({ module, name }) => `${name}: () => require("${module}")`).join(', ')} };
    for (const name of Object.keys(modules)) Object.defineProperty(exports, name, { enumerable: true, get: () => modules[name]()[name] });
  `;
}

if (require.main === module) bundleLibrary(LIBRARY);
