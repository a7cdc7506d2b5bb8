import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
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
  Object.defineProperty(exports, name, {
    configurable: true,
    enumerable: true,
    get() {
      const value = modules[name]()[name];
      // Compiled apps read the export for each construct, and \`require\` takes as long as a large part of a construct.
      Object.defineProperty(exports, name, { value });
      return value;
    },
  });
}
// Never runs: Node.js finds here the names that an ES module can import.
0 && (module.exports = { ${exported.map(({ name }) => name).join(', ')} });
`);
}

/** The modules that classes load when they first use them, because they load large parts of aws-cdk-lib, with the class of each. */
const LATE = { 'job-task-state': 'JobTaskState' } as const;

/** Rewrites the imports of modules that most apps do not use. */
export function loadLate(directory: string): void {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js')).map((name) => join(directory, name));
  for (const [module, name] of Object.entries(LATE)) {
    const imported = new RegExp(`^const (\\w+) = (require\\("[./\\w-]+/${module}"\\));$`, 'm');
    const importing = files.filter((file) => imported.test(readFileSync(file, 'utf8')));
    if (importing.length === 0) throw new Error(`${directory}: no file imports ${module} in the form that is rewritten`);
    for (const file of importing) {
      writeFileSync(file, readFileSync(file, 'utf8').replace(imported, `const $1 = { get ${name}() { return $2.${name}; } };`));
    }
  }
}

if (require.main === module) {
  writeLazyIndex(LIBRARY);
  loadLate(LIBRARY);
}
