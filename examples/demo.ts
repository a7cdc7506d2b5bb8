import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Display } from './demo/display';
import { ChurnStack } from './training-job/stack';
import { LocalCloud } from '../local/cloud';

/** Virtual seconds for each real one. */
const SPEED = 60;
const STACK = 'Churn';

/** Takes the training example through its life in the local cloud, and fails when it does not go as told. */
async function main(): Promise<void> {
  const began = performance.now();
  const cloud = await LocalCloud.start({ region: 'eu-west-1', speed: SPEED, behaviour: xgboost });
  const display = new Display(cloud, process.stdout);
  const outputs = mkdtempSync(join(tmpdir(), 'demo-'));
  const started = () => cloud.endpoint.calls.filter(({ operation, outcome }) => operation === 'CreateTrainingJob' && 'output' in outcome).length;

  const deploy = async (title: string, maxDepth: number, expected: { readonly status: string; readonly jobs: number }) => {
    display.title(title);
    const app = new App({ outdir: mkdtempSync(join(outputs, 'cdk.out-')) });
    new ChurnStack(app, STACK, { env: { region: cloud.region }, maxDepth });
    const before = started();
    const { status, changed } = await cloud.deploy(app.synth(), STACK);
    const jobs = started() - before;
    display.line(`  => ${changed ? status : `${status}, no changes`}, ${jobs} job${jobs === 1 ? '' : 's'} started`);
    assert.deepEqual({ status, jobs }, expected);
  };

  try {
    display.line(`One second here is ${SPEED} seconds there.`);
    await deploy('First deployment: a model is trained', 5, { status: 'CREATE_COMPLETE', jobs: 1 });
    await deploy('The same again: nothing runs', 5, { status: 'CREATE_COMPLETE', jobs: 0 });
    await deploy('Another hyperparameter: another job, and the old one is cleaned up', 6, { status: 'UPDATE_COMPLETE', jobs: 1 });
    await deploy('A hyperparameter that XGBoost refuses: the old job is taken up again, not trained again', -1, { status: 'UPDATE_ROLLBACK_COMPLETE', jobs: 1 });
    display.title('The end of the stack');
    assert.equal((await cloud.destroy(STACK))?.status, 'DELETE_COMPLETE');
    assert.deepEqual(cloud.sagemaker.running(), []);

    display.title('Summary');
    display.line(`  jobs started:      ${started()}`);
    display.line(`  jobs left running: ${cloud.sagemaker.running().length}`);
    display.line(`  time:              ${((performance.now() - began) / 1000).toFixed(0)} s`);
  } finally {
    await cloud.stop();
    rmSync(outputs, { recursive: true });
  }
}

/** The one thing about the algorithm that the local cloud cannot know. */
function xgboost({ HyperParameters = {} }: { HyperParameters?: { [name: string]: string } }) {
  const depth = Number(HyperParameters.max_depth);
  return depth < 0 ? { failure: `AlgorithmError: framework error: value ${depth} for Parameter max_depth exceed bound [0,inf], exit code: 1` } : {};
}

void main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
