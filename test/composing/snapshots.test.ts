import { appendFileSync, chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { template } from './snapshot-app';
import { outputOf } from '../child-process';

const ROOT = join(__dirname, '../..');
const HANDLER = 'assets/handler/index.js';

let directory: string;
beforeAll(() => { directory = mkdtempSync(join(tmpdir(), 'snapshots-')); });
afterAll(() => rmSync(directory, { recursive: true }));

/** A directory with the package, the app and what that uploads. */
function machine(name: string): string {
  const path = join(directory, name);
  for (const each of ['src', 'assets', 'scripts', 'package.json', 'tsconfig.json', 'test/composing/snapshot-app.ts']) {
    cpSync(join(ROOT, each), join(path, each), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(path, 'node_modules'));
  mkdirSync(join(path, 'given'));
  writeFileSync(join(path, 'given/data.csv'), '1,2\n');
  writeFileSync(join(path, 'given/start.sh'), 'echo ready\n');
  return path;
}

/** What the app prints when it runs on a machine. */
function templateOf(path: string, cwd: string, env: { readonly [name: string]: string } = {}): string {
  const program = [join(ROOT, 'node_modules/tsx/dist/cli.mjs'), '--tsconfig', join(path, 'tsconfig.json'), join(path, 'test/composing/snapshot-app.ts')];
  return outputOf(process.execPath, [...program, join(path, 'given')], { cwd, env: { CDK_VALIDATION: 'false', ...env } });
}

test('an app gives the same template whenever it is synthesized', () => {
  const path = machine('twice');
  expect(template(join(path, 'given'))).toEqual(template(join(path, 'given')));
});

describe('on another machine', () => {
  let here: string;
  let path: string;
  beforeAll(() => {
    const first = machine('first');
    here = templateOf(first, first, { HOME: '/home/first', TZ: 'UTC', LANG: 'C', USER: 'first' });
    path = machine('somewhere/quite/else');
  });
  const there = () => templateOf(path, tmpdir(), {
    HOME: '/root', TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', USER: 'second', CDK_OUTDIR: join(path, 'out'), CDK_DEFAULT_REGION: 'eu-west-1',
  });

  test('the template is the same, and no file of the package but the handler has a say in it', () => {
    writeFileSync(join(path, 'README.md'), 'Read me');
    appendFileSync(join(path, 'src/index.ts'), '\n// Another line.\n');
    utimesSync(join(path, HANDLER), new Date(0), new Date(0));
    chmodSync(join(path, HANDLER), 0o600);

    expect(there()).toBe(here);
  });

  test('another handler changes the hash of the function, and nothing where hashes are masked', () => {
    appendFileSync(join(path, HANDLER), '\n// Another release.\n');

    const changed = there();
    expect(different(here, changed)).toEqual([expect.stringMatching(/^\s*"S3Key": "[0-9a-f]{64}\.zip"$/)]);
    expect(masked(changed)).toBe(masked(here));
  });
});

/** The lines of the second text that the first has otherwise. */
function different(first: string, second: string): string[] {
  const lines = first.split('\n');
  return second.split('\n').filter((line, index) => line !== lines[index]);
}

/** As docs/snapshot-testing.md does it. */
function masked(text: string): string {
  return text.replace(new RegExp('[0-9a-f]{64}', 'g'), 'HASH');
}
