import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { runProcess } from '../child-process';
import { blocksOf } from '../fixtures/docs';
import { LocalServer } from '../local/server/local-server';
import { install } from '../npm';
import { pack, ROOT } from '../package/packed';

const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const versioned = (...names: string[]) => names.map((name) => `${name}@${devDependencies[name]}`);

const [EXAMPLE] = blocksOf('README.md').filter(({ language }) => language === 'ts');
const [DATA] = blocksOf('README.md').filter(({ language }) => language === 'csv');
const [TEST] = blocksOf('docs/run-locally.md').filter(({ text }) => text.includes('LocalCloud.start'));

/** A class with the stack of the first example, which the test in the documentation imports. */
function churnStack(): string {
  const [imports, body] = EXAMPLE.text.split(/const app = .*\nconst stack = .*\n/);
  const module = `${imports}export class ChurnStack extends Stack {
    constructor(scope: App, id: string) {
      super(scope, id);
      const stack = this;
      ${body}
    }
  }`;
  return transformSync(module, { loader: 'ts', format: 'cjs' }).code;
}

let directory: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'local-package-'));
  const packed = ['.', 'local'].map((workspace) => pack(directory, workspace).filename);
  await run('npm', 'init', '--yes');
  // The local cloud needs Node.js 22, which may be newer than the one of the user.
  await install([...packed.map((name) => `./${name}`), ...versioned('aws-cdk-lib', 'constructs', 'aws-cdk', 'tsx', 'jest', 'node')], { cwd: directory });
  writeFileSync(join(directory, 'app.ts'), EXAMPLE.text);
  writeFileSync(join(directory, DATA.info.file), DATA.text);
}, 300_000);
afterAll(() => rmSync(directory, { recursive: true }));

/** Runs a command in the directory; gives what it has printed. */
async function run(command: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runProcess(command, args, { cwd: directory, env: { NO_COLOR: '1', ...server?.environment } });
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${stdout}${stderr}`);
  return stdout + stderr;
}

let server: LocalServer | undefined;

test('the test of Jest in the documentation deploys into the installed local cloud', async () => {
  writeFileSync(join(directory, 'churn-stack.js'), churnStack());
  writeFileSync(join(directory, 'churn.test.js'), TEST.text);
  expect(await run('npx', 'jest')).toMatch(/✓ the stack trains a model[^]*1 passed/);
}, 180_000);

test('the installed local cloud serves the first example of the README', async () => {
  await install([`./${pack(directory, 'cli').filename}`], { cwd: directory });
  server = await LocalServer.startInstalled(directory, '--speed', 'max');
  try {
    const cdk = async (...args: string[]) => run('npx', 'cdk', ...args, '--app', 'npx tsx app.ts', '--no-notices', '--ci');
    expect(await cdk('deploy', '--require-approval', 'never')).toMatch(/Churn\.Model = s3:\/\/\S+\/model\.tar\.gz/);
    expect(await run('npx', 'sagemaker-jobs', 'follow', 'Churn')).toMatch(/The job succeeded\.\n$/);
    await cdk('destroy', '--force');
    const page = await fetch(server.environment.AWS_ENDPOINT_URL, { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('<title>Local cloud</title>');
    expect((await fetch(`${server.environment.AWS_ENDPOINT_URL}/_page/page.js`)).status).toBe(200);
  } finally {
    await server.stop();
    server = undefined;
  }
}, 180_000);
