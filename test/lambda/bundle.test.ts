import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../../tools/bundle';

const MAX_BYTES = 190_000;

test('the bundle is the same however often it is built', async () => {
  const [first, second] = await Promise.all([bundle(), bundle()]);
  expect(Object.keys(first)).toEqual(Object.keys(second));
  for (const [file, contents] of Object.entries(first)) expect(Buffer.compare(contents, second[file])).toBe(0);
});

test('the bundle stays small enough to be loaded in a moment', async () => {
  expect((await bundle())['index.js'].length).toBeLessThanOrEqual(MAX_BYTES);
});

test('the bundle holds no path of the machine that it was built on', async () => {
  expect(Buffer.from((await bundle())['index.js']).toString()).not.toContain(join(__dirname, '..', '..'));
});

test('every package in the bundle has its licence beside it, and each allows to pass it on', async () => {
  const licenses = Buffer.from((await bundle())['THIRD-PARTY-LICENSES']).toString();
  const titles = licenses.match(/^@?[\w/.-]+ \d+\.\d+\.\d+ \(.*\)$/gm)!;
  expect(titles.map((title) => title.split(' ')[0])).toEqual(expect.arrayContaining(['@aws-sdk/client-sagemaker', '@aws-sdk/core', '@smithy/core']));
  expect(titles.filter((title) => !/\((Apache-2\.0|MIT|BSD-\d-Clause|ISC|0BSD)\)$/.test(title))).toEqual([]);
  expect(licenses).toContain('Apache License');
});

test('the bundle needs nothing beside it', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'bundle-'));
  try {
    for (const [file, contents] of Object.entries(await bundle())) writeFileSync(join(directory, file), contents);
    expect(execFileSync(process.execPath, ['-p', 'Object.keys(require("./index.js"))'], { cwd: directory, encoding: 'utf8' })).toContain('handler');
  } finally {
    rmSync(directory, { recursive: true });
  }
});
