import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { World } from './world';
import { PipelineStack, type PipelineStackProps } from '../../examples/pipeline/stack';

let world: World;
beforeEach(async () => { world = await World.start(); });
afterEach(() => world.stop());

const deploy = (props: Omit<PipelineStackProps, 'env'>) =>
  world.deployApp((app) => new PipelineStack(app, 'Pipeline', { env: { region: 'eu-west-1' }, ...props }));
const ALL_JOBS = ['CreateCompilationJob', 'CreateHyperParameterTuningJob', 'CreateProcessingJob', 'CreateTrainingJob', 'CreateTransformJob'];

/** The jobs that the stack itself started, since a number of calls. */
const started = (since = 0, until?: number) => world.cloud.endpoint.calls.slice(since, until)
  .filter(({ operation, outcome }) => /^Create(Training|HyperParameterTuning|Compilation|Processing|Transform)Job$/.test(operation) && 'output' in outcome)
  .map(({ operation }) => operation);

test('a stack prepares data, trains, tunes, predicts with the best model, compiles it and serves it', async () => {
  const { status, outputs } = await deploy({ dataVersion: '1' });

  expect(status).toBe('CREATE_COMPLETE');
  const [baseline] = world.requests('CreateTrainingJob');
  expect(baseline.InputDataConfig[0].DataSource.S3DataSource.S3Uri).toBe(outputs.TrainingData);
  const [compilation] = world.requests('CreateCompilationJob');
  expect(compilation.InputConfig.S3Uri).toBe(outputs.BestModel);
  const [transform] = world.requests('CreateTransformJob');
  expect(outputs.PredictionsUri).toMatch(new RegExp(`/predictions/${transform.TransformJobName}/$`));
  expect(transform.TransformInput.DataSource.S3DataSource.S3Uri).toBe(baseline.InputDataConfig[1].DataSource.S3DataSource.S3Uri);
  const served = world.cloud.sagemaker.hosting.model(transform.ModelName).request;
  expect(served).toMatchObject({ PrimaryContainer: { ModelDataUrl: outputs.BestModel } });
  const { resources } = world.cloud.cloudFormation.describe('Pipeline');
  expect(resources.Model.properties).toMatchObject({ PrimaryContainer: { ModelDataUrl: outputs.CompiledModel } });
  expect(outputs.EndpointName).toMatch(/^endpoint-/i);
});

test('the best model is that of the training job with the best objective', async () => {
  world.cloud.sagemaker.objective = (_request, tuned) => 1 - Math.abs(Number(tuned.max_depth) - 5) / 10;
  const { outputs } = await deploy({ dataVersion: '1' });

  const [{ HyperParameterTuningJobName }] = world.requests('CreateHyperParameterTuningJob');
  const { TrainingJobSummaries } = await world.call('ListTrainingJobsForHyperParameterTuningJob', { HyperParameterTuningJobName });
  const values = TrainingJobSummaries.map((summary: any) => summary.FinalHyperParameterTuningJobObjectiveMetric.Value);
  expect(values).toHaveLength(6);
  const best = TrainingJobSummaries[values.indexOf(Math.max(...values))];
  expect(outputs.BestModel).toContain(`/${best.TrainingJobName}/output/model.tar.gz`);
  expect(outputs.BestDepth).toBe(best.TunedHyperParameters.max_depth);
  expect(Number(outputs.BestAuc)).toBeCloseTo(Math.max(...values));
});

test('the baseline is trained while the tuning goes on', async () => {
  const { events } = await deploy({ dataVersion: '1' });
  const at = (id: string, status: string) => events.findIndex((event) => event.logicalResourceId.startsWith(id) && event.resourceStatus === status
    && event.resourceType.startsWith('Custom::'));
  expect(at('Tuning', 'CREATE_IN_PROGRESS')).toBeLessThan(at('Baseline', 'CREATE_COMPLETE'));
  expect(at('Baseline', 'CREATE_IN_PROGRESS')).toBeLessThan(at('Tuning', 'CREATE_COMPLETE'));
});

test('new data is prepared, and trains, tunes and compiles again, and the endpoint serves what comes of it', async () => {
  const first = await deploy({ dataVersion: '1' });
  const before = world.cloud.endpoint.calls.length;
  const { status, outputs, events } = await deploy({ dataVersion: '2' });

  expect(status).toBe('UPDATE_COMPLETE');
  expect(outputs.CompiledModel).not.toBe(first.outputs.CompiledModel);
  expect(events.find(({ logicalResourceId, resourceStatus }) => logicalResourceId === 'Endpoint' && resourceStatus === 'UPDATE_COMPLETE')).toBeDefined();
  expect(started(before).sort()).toEqual(ALL_JOBS);
});

test('a changed script that prepares the data runs exactly what depends on it', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'pipeline-'));
  const script = join(directory, 'preprocess.py');
  try {
    writeFileSync(script, 'print(1)');
    const first = await deploy({ dataVersion: '1', script });
    const [between, jobs] = [world.cloud.endpoint.calls.length, started().sort()];
    writeFileSync(script, 'print(2)');
    const second = await deploy({ dataVersion: '1', script });
    const after = world.cloud.endpoint.calls.length;
    writeFileSync(script, 'print(2)');
    const third = await deploy({ dataVersion: '1', script });

    expect([first.status, second.status, third.changed]).toEqual(['CREATE_COMPLETE', 'UPDATE_COMPLETE', false]);
    expect([jobs, started(between, after).sort(), started(after)]).toEqual([ALL_JOBS, ALL_JOBS, []]);
    expect(second.outputs.PredictionsUri).not.toBe(first.outputs.PredictionsUri);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('another tuning runs what depends on it, and does not train the baseline again', async () => {
  await deploy({ dataVersion: '1' });
  const before = world.cloud.endpoint.calls.length;
  const { status } = await deploy({ dataVersion: '1', maxNumberOfTrainingJobs: 9 });

  expect(status).toBe('UPDATE_COMPLETE');
  expect(started(before).sort()).toEqual(['CreateCompilationJob', 'CreateHyperParameterTuningJob', 'CreateTransformJob']);
});

test('the end of the stack leaves nothing that costs', async () => {
  await deploy({ dataVersion: '1' });
  expect((await world.destroy('Pipeline'))!.status).toBe('DELETE_COMPLETE');
  expect(world.running).toEqual([]);
});
