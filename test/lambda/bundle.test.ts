import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { bundle } from '../../tools/bundle';
import { outputOf } from '../child-process';

const MAX_BYTES = 110_000;

test('the bundle is the same however often it is built', async () => {
  const [first, second] = await Promise.all([bundle(), bundle()]);
  expect(Object.keys(first.files)).toEqual(Object.keys(second.files));
  for (const [file, contents] of Object.entries(first.files)) expect(Buffer.compare(contents, second.files[file])).toBe(0);
});

test('the bundle stays small enough to be loaded in a moment', async () => {
  expect((await bundle()).files['index.js'].length).toBeLessThanOrEqual(MAX_BYTES);
});

test('the bundle holds no path of the machine that it was built on', async () => {
  for (const contents of Object.values((await bundle()).files)) expect(Buffer.from(contents).toString()).not.toContain(join(__dirname, '..', '..'));
});

test('every package in the bundle has its licence beside it, and each allows to pass it on', async () => {
  const licenses = Buffer.from((await bundle()).files['THIRD-PARTY-LICENSES']).toString();
  const titles = licenses.match(/^@?[\w/.-]+ \d+\.\d+\.\d+ \(.*\)$/gm)!;
  expect(titles.map((title) => title.split(' ')[0])).toEqual(expect.arrayContaining(['@aws-sdk/core', 'aws4']));
  expect(titles.filter((title) => !/\((Apache-2\.0|MIT|BSD-\d-Clause|ISC|0BSD)\)$/.test(title))).toEqual([]);
  expect(licenses).toContain('Apache License');
});

test('NOTICE lists every package in the bundle', async () => {
  const { files, notice } = await bundle();
  const titles = Buffer.from(files['THIRD-PARTY-LICENSES']).toString().match(/^@?[\w/.-]+ \d+\.\d+\.\d+ \(.*\)$/gm)!;
  expect(notice.match(/^  .*$/gm)!.map((line) => line.trim())).toEqual(titles.sort());
  expect(readFileSync(join(__dirname, '../../NOTICE'), 'utf8')).toBe(notice);
});

/** What a program prints that finds the bundle in its directory, and nothing else. */
async function printed(program: string): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'bundle-'));
  try {
    for (const [file, contents] of Object.entries((await bundle()).files)) writeFileSync(join(directory, file), contents);
    return outputOf(process.execPath, ['-p', program], { cwd: directory }).trim();
  } finally {
    rmSync(directory, { recursive: true });
  }
}

test('the bundle needs nothing beside it', async () => {
  expect(await printed('Object.keys(require("./index.js"))')).toContain('handler');
});

test('the files of the function import only modules of Node.js and each other', async () => {
  const { files: { 'THIRD-PARTY-LICENSES': _, ...files } } = await bundle();
  const imports = Object.values(files).flatMap((contents) => [...Buffer.from(contents).toString().matchAll(/\b(?:require|import)\("([^"]+)"\)/g)]);
  const others = Object.keys(files).map((file) => `./${basename(file, '.js')}`);
  expect(imports.length).toBeGreaterThan(0);
  expect(imports.map(([, path]) => path).filter((path) => !isBuiltin(path) && !others.includes(path))).toEqual([]);
});

test('a function that starts reads the handler alone; what explains a refusal waits beside it', async () => {
  const loaded = 'Object.keys(require.cache).map((file) => require("path").basename(file)).join()';
  expect(await printed(`require("./index.js"); ${loaded}`)).toBe('index.js');
  expect(await printed('require("./refusal.js").explain("CreateTrainingJob", {}, "VpcConfig is missing.")')).toContain('Property: vpc.');
});
