import { World } from './world';
import { PipelineStack, type PipelineStackProps } from '../../examples/pipeline/stack';

let world: World;
beforeEach(async () => { world = await World.start(); });
afterEach(() => world.stop());

const deploy = (props: Omit<PipelineStackProps, 'env'>) =>
  world.deployApp((app) => new PipelineStack(app, 'Pipeline', { env: { region: 'eu-west-1' }, ...props }));
/** The jobs that the stack itself started, since a number of calls. */
const started = (since = 0) => world.cloud.endpoint.calls.slice(since)
  .filter(({ operation, outcome }) => /^Create(Training|HyperParameterTuning|Compilation|Processing)Job$/.test(operation) && 'output' in outcome)
  .map(({ operation }) => operation);

test('a stack prepares data, trains, tunes, compiles the best model and serves it', async () => {
  const { status, outputs } = await deploy({ dataVersion: '1' });

  expect(status).toBe('CREATE_COMPLETE');
  const [baseline] = world.requests('CreateTrainingJob');
  expect(baseline.InputDataConfig[0].DataSource.S3DataSource.S3Uri).toBe(outputs.TrainingData);
  const [compilation] = world.requests('CreateCompilationJob');
  expect(compilation.InputConfig.S3Uri).toBe(outputs.BestModel);
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
  expect(started(before).sort()).toEqual(['CreateCompilationJob', 'CreateHyperParameterTuningJob', 'CreateProcessingJob', 'CreateTrainingJob']);
});

test('another tuning runs what depends on it, and does not train the baseline again', async () => {
  await deploy({ dataVersion: '1' });
  const before = world.cloud.endpoint.calls.length;
  const { status } = await deploy({ dataVersion: '1', maxNumberOfTrainingJobs: 9 });

  expect(status).toBe('UPDATE_COMPLETE');
  expect(started(before).sort()).toEqual(['CreateCompilationJob', 'CreateHyperParameterTuningJob']);
});

test('the end of the stack leaves nothing that costs', async () => {
  await deploy({ dataVersion: '1' });
  expect((await world.destroy('Pipeline'))!.status).toBe('DELETE_COMPLETE');
  expect(world.running).toEqual([]);
});
