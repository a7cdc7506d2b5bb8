import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ProcessOptions, runProcess } from '../child-process';
import { LocalServer } from '../local/server/local-server';
import { install } from '../npm';
import { pack, ROOT } from '../package/packed';

const { devDependencies, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

/** What a user of node's own test runner writes to be told when his template changes. */
const SNAPSHOT_TEST = `
const { readFileSync } = require('node:fs');
const { test } = require('node:test');
test('the stack', (t) => t.assert.snapshot(JSON.parse(readFileSync('cdk.out/Churn.template.json', 'utf8'))));
`;

/** A job with this number of rounds fails. */
const FAILING_ROUNDS = '40';
const BEHAVIOR = `
export const behavior = ({ HyperParameters }) => HyperParameters.num_round === '${FAILING_ROUNDS}' ? { failure: 'AlgorithmError: exit code: 1' } : {};
`;

let directory: string;
let server: LocalServer;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'new-user-'));
  writeFileSync(join(directory, 'behavior.mjs'), BEHAVIOR);
  server = await LocalServer.start({}, '--speed', '600', '--behavior', join(directory, 'behavior.mjs'));
});

afterAll(async () => {
  await server.stop();
  rmSync(directory, { recursive: true });
});

/** CDK validates the first template only: to start its engine takes seconds in each process. */
let validates = true;

/** Runs a command in the user's directory; gives what it has printed. */
async function run(command: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runProcess(command, args, here());
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${stdout}${stderr}`);
  return stdout + stderr;
}

function here(): ProcessOptions {
  return { cwd: join(directory, 'app'), env: { NO_COLOR: '1', CDK_VALIDATION: String(validates), ...server.environment } };
}

/** The first block of the README in a language. */
function block(language: string): string {
  return new RegExp(`^\`\`\`${language}\\b[^\n]*\n([^]*?)^\`\`\``, 'm').exec(README)![1];
}

test('somebody with an empty directory and the README has a model after a few minutes', async () => {
  const { filename } = pack(directory);
  mkdirSync(join(directory, 'app'));
  await run('npm', 'init', '--yes');
  await install([join('..', filename), `aws-cdk-lib@${devDependencies['aws-cdk-lib']}`, `constructs@${devDependencies.constructs}`], here());
  await install(['--save-dev', `aws-cdk@${devDependencies['aws-cdk']}`, `tsx@${devDependencies.tsx}`], here());
  const { version: installed } = JSON.parse(readFileSync(join(directory, 'app/node_modules/cdk-sagemaker-jobs/package.json'), 'utf8'));
  expect(installed).toBe(version);

  writeFileSync(join(directory, 'app/train.csv'), block('csv'));
  writeFileSync(join(directory, 'app/app.ts'), block('ts'));
  writeFileSync(join(directory, 'app/cdk.json'), block('json'));
  const cdk = async (command: string, ...options: string[]) => run('npx', 'cdk', command, '--no-notices', '--ci', ...options);
  expect(await cdk('synth')).toContain('Custom::SageMakerTrainingJob');
  validates = false;

  const lineOf = (app: string) => app.slice(0, app.indexOf('new TrainingJob(')).split('\n').length;
  const misspelled = block('ts').replace('num_round:', 'num_rounds:');
  writeFileSync(join(directory, 'app/app.ts'), misspelled);
  await expect(cdk('synth')).rejects.toThrow(new RegExp(`\\[Churn/Training\\] hyperParameters: must include \`num_round\`.* \\(app\\.ts:${lineOf(misspelled)}:\\d+\\)\n`));
  writeFileSync(join(directory, 'app/app.ts'), block('ts'));

  writeFileSync(join(directory, 'app/stack.test.js'), SNAPSHOT_TEST);
  // Snapshots of Node.js' test runner are newer than the oldest Node.js that is supported.
  await run(process.execPath, '--test', '--test-update-snapshots');
  await cdk('synth');
  expect(await run(process.execPath, '--test')).toMatch(/pass 1/);

  const deployed = await cdk('deploy', '--require-approval', 'never');
  expect(deployed).toMatch(/Churn\.Model = s3:\/\/\S+\/model\.tar\.gz/);
  expect(server.calls('sagemaker', 'CreateTrainingJob')).toHaveLength(1);

  // Hotswap skips jobs. A full deployment runs them, and names the line that defines a job that fails.
  const app = block('ts').replace("num_round: '20'", `num_round: '${FAILING_ROUNDS}'`);
  writeFileSync(join(directory, 'app/app.ts'), app);
  expect(await cdk('diff')).toMatch(/Custom::SageMakerTrainingJob Training [^]*\.num_round:\s[^]*\[-\] 20\s[^]*\[\+\] 40/);
  expect(await cdk('deploy', '--hotswap')).toContain('Churn (no changes)');
  expect(server.calls('sagemaker', 'CreateTrainingJob')).toHaveLength(1);
  await expect(cdk('deploy', '--require-approval', 'never')).rejects.toThrow(new RegExp(`AlgorithmError[^]*Source Location:[^]*app\\.ts:${lineOf(app)}:`));
  expect(server.calls('sagemaker', 'CreateTrainingJob')).toHaveLength(2);
  await cdk('destroy', '--force');
}, 600_000);
