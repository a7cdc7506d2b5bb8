import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as ts from 'typescript';
import { ROOT } from './packed';
import { outputOf } from '../child-process';

const NAME = 'cdk-sagemaker-jobs';
const FILES = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.js')).map((file) => `${NAME}/lib/${file.replace(/\.js$/, '')}`);

let directory: string;
let app: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'exports-'));
  app = join(directory, 'app.ts');
  mkdirSync(join(directory, 'node_modules'));
  symlinkSync(ROOT, join(directory, 'node_modules', NAME));
});

afterAll(() => rmSync(directory, { recursive: true }));

/** The specifiers that Node.js resolves from the app. */
function resolved(specifiers: readonly string[]): string[] {
  const code = `console.log(JSON.stringify(${JSON.stringify(specifiers)}.filter((name) => { try { return require.resolve(name); } catch { return false; } })))`;
  return JSON.parse(outputOf(process.execPath, ['-e', code], { cwd: directory }));
}

test('the package, its package.json and its assembly can be imported, and nothing else', () => {
  const exported = [NAME, `${NAME}/package.json`, `${NAME}/.jsii`];
  expect(resolved([...exported, ...FILES])).toEqual(exported);
});

test.each(['Node10', 'Node16', 'Bundler'] as const)('with the module resolution %s nothing has types that cannot be imported', (resolution) => {
  const options = { moduleResolution: ts.ModuleResolutionKind[resolution] };
  const hasTypes = (specifier: string) => ts.resolveModuleName(specifier, app, options, ts.sys).resolvedModule !== undefined;

  expect(hasTypes(NAME)).toBe(true);
  expect(FILES.length).toBeGreaterThan(50);
  expect(FILES.filter(hasTypes)).toEqual([]);
});
