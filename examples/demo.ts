import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { App } from 'aws-cdk-lib';
import { type Act, EXAMPLES } from './demo/acts';
import { LocalCloud } from '../local/cloud';
import { Watch } from '../local/watch';

/**
 * Deploys, changes and destroys an example in the local cloud. Fails if a result is not the expected one.
 *
 * @param speed virtual seconds for each real second; undefined: all waits are skipped
 */
async function main(name: string, speed: number | undefined): Promise<void> {
  const example = EXAMPLES[name];
  if (!example) throw new Error(`unknown example '${name}'; available: ${Object.keys(EXAMPLES).join(', ')}`);
  const began = performance.now();
  const cloud = await LocalCloud.start({ given: { buckets: ['churn-data'] }, region: 'eu-west-1', speed, behavior: example.behavior });
  const watch = new Watch(cloud, process.stdout);
  const outputs = mkdtempSync(join(tmpdir(), 'demo-'));
  /** The number of jobs that the stack started, without the training jobs of tuning jobs. */
  const started = () => cloud.endpoint.calls
    .filter(({ operation, outcome }) => /^Create(Training|HyperParameterTuning|Compilation|Processing|Transform)Job$/.test(operation) && 'output' in outcome).length;

  const play = async ({ title, contents, status, jobs }: Act) => {
    watch.title(title);
    const app = new App({ outdir: mkdtempSync(join(outputs, 'cdk.out-')) });
    const stack = contents(app, { env: { region: cloud.region } });
    const before = started();
    const result = await cloud.deploy(app.synth(), stack.stackName);
    for (const [key, value] of Object.entries(result.changed ? result.outputs : {})) watch.line(`  ${key} = ${value}`);
    watch.line(`  => ${result.status}${result.changed ? '' : ', no changes'}, jobs started: ${started() - before}`);
    assert.deepEqual({ status: result.status, jobs: started() - before }, { status, jobs });
    return stack.stackName;
  };

  try {
    watch.line(speed === undefined ? 'All waits are skipped.' : `The clock runs ${speed} times as fast as real time.`);
    let stackName = '';
    for (const act of example.acts) stackName = await play(act);
    watch.title('The stack is destroyed');
    assert.equal((await cloud.destroy(stackName))?.status, 'DELETE_COMPLETE');
    assert.deepEqual(cloud.sagemaker.running(), []);

    watch.title('Summary');
    watch.line(`  jobs started:      ${started()}`);
    watch.line(`  jobs left running: ${cloud.sagemaker.running().length}`);
    watch.line(`  time:              ${((performance.now() - began) / 1000).toFixed(0)} s`);
  } finally {
    watch.close();
    await cloud.stop();
    rmSync(outputs, { recursive: true });
  }
}

const { positionals: [example = 'training-job'], values: { speed } } = parseArgs({
  allowPositionals: true,
  options: { speed: { type: 'string', default: '60' } },
});

void main(example, speed === 'max' ? undefined : Number(speed)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
