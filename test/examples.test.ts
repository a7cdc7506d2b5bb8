import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputOf } from './child-process';
import { testWithScripts } from './with-scripts';
import { shownOf } from '../tools/record-demo';

const EXAMPLES = join(__dirname, '..', 'examples');
const CDK = join(__dirname, '..', 'node_modules/aws-cdk/bin/cdk');
const TSX = join(__dirname, '..', 'node_modules/tsx/dist/cli.mjs');

/** The examples that are apps of their own. */
const apps = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(join(EXAMPLES, entry.name)).includes('cdk.json'))
  .map(({ name }) => name);

function synth(app: string): { [file: string]: string } {
  const output = mkdtempSync(join(tmpdir(), 'synth-'));
  outputOf(process.execPath, [CDK, 'synth', '--quiet', '--no-notices', '--output', output], {
    cwd: join(EXAMPLES, app), env: { CI: 'true' },
  });
  const templates = readdirSync(output).filter((file) => file.endsWith('.template.json')).map((file) => [file, readFileSync(join(output, file), 'utf8')]);
  rmSync(output, { recursive: true });
  return Object.fromEntries(templates);
}

test('there are examples', () => {
  expect(apps).toEqual(expect.arrayContaining(['pipeline', 'training-job']));
});

test.each(apps)('the CDK CLI synthesizes the example %s, the same at every time', (app) => {
  const templates = synth(app);
  expect(Object.keys(templates)).toHaveLength(1);
  expect(Object.values(templates)[0]).toContain('Custom::SageMaker');
  expect(synth(app)).toEqual(templates);
});

/** What the demos of examples print into a pipe. */
const printed = new Map<string, string>();
function demo(app: string): string {
  const known = printed.get(app) ?? outputOf(process.execPath, [TSX, '--tsconfig', join(EXAMPLES, 'tsconfig.json'), join(EXAMPLES, 'demo.ts'), app, '--speed', 'max']);
  printed.set(app, known);
  return known;
}

/** The lines of the demo that the image shows, in alphabetical order, without values that differ between runs. */
function comparable(lines: readonly string[]): string[] {
  return lines.flatMap((line) => shownOf(line) ?? []).map((line) => line
    .replace(/\d{2}:\d{2}:\d{2}/, 'TIME').replace(/(churn-training-)\w{14}/, '$1NAME').replace(/((?:model|results\w{8})-)\w{12}/, '$1NAME').replace(/\d+ s$/, 'SECONDS'))
    .filter((line) => !/^(\$ |All waits|The clock)/.test(line)).sort();
}

test('the image in the README shows what the demo prints', () => {
  const image = readFileSync(join(__dirname, '../docs/images/demo.svg'), 'utf8');
  const text = [...image.matchAll(/<text[^>]*>(.*)<\/text>/g)].map(([, line]) => line.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code)));
  expect(comparable(text)).toEqual(comparable(demo('training-job').trimEnd().split('\n')));
});

test.each(['training-job', 'pipeline'])('the demo of %s goes as it tells, and leaves no job running', (app) => {
  const output = demo(app);
  expect(output).toContain('=> CREATE_COMPLETE, no changes, jobs started: 0');
  expect(output).toMatch(/jobs left running: 0\n/);
  // Nothing but plain lines in a pipe.
  // eslint-disable-next-line no-control-regex
  expect(output).not.toMatch(/\x1b|\r/);
});

testWithScripts('the demo of notebook goes as it tells', () => {
  expect(demo('notebook')).toContain('jobs left running: 0');
});
