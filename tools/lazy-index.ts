import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const LIBRARY = join(__dirname, '..', 'lib');

/**
 * Rewrites the compiled index so that it loads a module when one of its exports is first used, like aws-cdk-lib: an app loads
 * only the modules that it uses.
 */
export function writeLazyIndex(directory: string): void {
  const load = createRequire(__filename);
  const index = join(directory, 'index.js');
  const names = new Set(Object.keys(load(index)));
  const modules = new Set([...readFileSync(index, 'utf8').matchAll(/require\("(\.\/[^"]+)"\)/g)].map(([, module]) => module));
  const exported = [...modules].flatMap((module) => (
    Object.keys(load(join(directory, module))).filter((name) => names.has(name)).map((name) => ({ module, name }))));
  // An ES module cannot import an export that Node.js recognizes as a getter, so the names are separate from the getters.
  writeFileSync(index, `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
const modules = {
${exported.map(({ module, name }) => `  ${name}: () => require("${module}"),`).join('\n')}
};
for (const name of Object.keys(modules)) {
  Object.defineProperty(exports, name, { enumerable: true, get: () => modules[name]()[name] });
}
// Never runs: Node.js finds here the names that an ES module can import.
0 && (module.exports = { ${exported.map(({ name }) => name).join(', ')} });
`);
}

if (require.main === module) writeLazyIndex(LIBRARY);
