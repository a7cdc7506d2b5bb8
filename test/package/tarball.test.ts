import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import * as ts from 'typescript';
import { pack, ROOT } from './packed';

/** The task `examples` creates the translations of the examples, which only a release needs. */
const TRANSLATIONS = '.jsii.tabl.json';
const files = pack().files.map(({ path }) => path).filter((file) => file !== TRANSLATIONS).sort();

test('the package holds the constructs, the handler, the scripts and what is to be read first', () => {
  const rooms = new Set(files.map((file) => (file.includes('/') ? `${file.split('/')[0]}/` : file)));
  expect([...rooms].sort()).toEqual(['.jsii', 'CHANGELOG.md', 'LICENSE', 'NOTICE', 'README.md', 'SECURITY.md', 'assets/', 'lib/', 'package.json', 'scripts/']);
});

test('the handler comes with the licences of what is bundled in it', () => {
  expect(files.filter((file) => file.startsWith('assets/'))).toEqual(['THIRD-PARTY-LICENSES', 'failure-log.js', 'index.js', 'refusal.js'].map((file) => `assets/handler/${file}`));
});

test('every construct file ships as JavaScript', () => {
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const compiled = sources.map((file) => `lib/${file.replace(/\.ts$/, '.js')}`);
  expect(files.filter((file) => /^lib\/.*\.js$/.test(file))).toEqual(compiled.sort());
});

test('the types ship that the index mentions, and no others', () => {
  const types = files.filter((file) => file.endsWith('.d.ts'));
  const mentioned = types.flatMap((file) => ts.preProcessFile(readFileSync(join(ROOT, file), 'utf8')).importedFiles
    .filter(({ fileName }) => fileName.startsWith('.')).map(({ fileName }) => `${posix.join(posix.dirname(file), fileName)}.d.ts`));
  expect([...new Set(['lib/index.d.ts', ...mentioned])].sort()).toEqual(types);
});

test('no file contains a source map', () => {
  expect(files.filter((file) => file.endsWith('.map') || readFileSync(join(ROOT, file), 'utf8').includes('sourceMappingURL='))).toEqual([]);
});

test('every script that the constructs read ships', () => {
  expect(files.filter((file) => file.startsWith('scripts/'))).toEqual(readdirSync(join(ROOT, 'scripts')).map((file) => `scripts/${file}`).sort());
});

test('nothing is installed with it but its peers', () => {
  const { dependencies, bundledDependencies, peerDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect({ dependencies, bundledDependencies }).toEqual({});
  expect(Object.keys(peerDependencies)).toEqual(['aws-cdk-lib', 'constructs']);
});

test('there is a package for every language of jsii', () => {
  expect(Object.keys(JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8')).targets).sort()).toEqual(['dotnet', 'go', 'java', 'js', 'python']);
});
