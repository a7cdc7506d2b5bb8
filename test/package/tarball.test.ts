import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pack, ROOT } from './packed';

const files = pack().files.map(({ path }) => path).sort();

test('the package holds the constructs, the handler, the scripts and what is to be read first', () => {
  const rooms = new Set(files.map((file) => (file.includes('/') ? `${file.split('/')[0]}/` : file)));
  expect([...rooms].sort()).toEqual(['.jsii', 'CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md', 'assets/', 'lib/', 'package.json', 'scripts/']);
});

test('the handler comes with the licences of what is bundled in it', () => {
  expect(files.filter((file) => file.startsWith('assets/'))).toEqual(['THIRD-PARTY-LICENSES', 'failure-log.js', 'index.js', 'refusal.js'].map((file) => `assets/handler/${file}`));
});

test('every construct file ships as JavaScript with its types', () => {
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const compiled = sources.flatMap((file) => ['.d.ts', '.js'].map((ending) => `lib/${file.replace(/\.ts$/, ending)}`));
  expect(files.filter((file) => file.startsWith('lib/'))).toEqual(compiled.sort());
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
