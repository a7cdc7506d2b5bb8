import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../../tools/bundle';
import { outputOf } from '../child-process';

const MAX_BYTES = 122_000;

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
  expect(titles.map((title) => title.split(' ')[0])).toEqual(expect.arrayContaining(['@aws-sdk/client-sagemaker', '@aws-sdk/core', '@smithy/core']));
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

test('a function that starts reads the handler alone; what explains a refusal waits beside it', async () => {
  const loaded = 'Object.keys(require.cache).map((file) => require("path").basename(file)).join()';
  expect(await printed(`require("./index.js"); ${loaded}`)).toBe('index.js');
  expect(await printed('require("./refusal.js").explain("CreateTrainingJob", {}, "VpcConfig is missing.")')).toContain('Property: vpc.');
});
