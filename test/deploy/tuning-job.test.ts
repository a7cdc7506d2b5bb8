import { CfnOutput, Duration } from 'aws-cdk-lib';
import { eventsOf, type Contents, World } from './world';
import * as jobs from '../../src';

/** What only tuning jobs have. */
let world: World;
beforeEach(async () => { world = await World.start(); });
afterEach(() => world.stop());

type Outputs = (job: jobs.HyperParameterTuningJob) => { [key: string]: string };

const BASE: jobs.HyperParameterTuningJobProps = {
  hyperParameterTuningJobObjective: jobs.HyperParameterTuningJobObjective.maximize('accuracy'),
  parameterRanges: [jobs.ParameterRange.integer('depth', 2, 8)],
  maxNumberOfTrainingJobs: 4,
  maxParallelTrainingJobs: 2,
  maxRuntime: Duration.minutes(40),
  trainingJobDefinition: {
    trainingImage: jobs.ContainerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/train:v1'),
    metricDefinitions: [{ name: 'accuracy', regex: 'accuracy: (.*)' }],
    outputLocation: jobs.S3Location.fromUri('s3://results/models'),
  },
};

const tune = (props: Partial<jobs.HyperParameterTuningJobProps> = {}, outputs: Outputs = () => ({})): Contents => (stack) => {
  const job = new jobs.HyperParameterTuningJob(stack, 'Job', { ...BASE, ...props });
  for (const [key, value] of Object.entries(outputs(job))) new CfnOutput(stack, key, { value });
};

test('the counters of its training jobs can be read', async () => {
  let children = 0;
  world.cloud.sagemaker.behavior = () => (++children === 2 ? { failure: 'AlgorithmError: unlucky' } : {});
  const { outputs } = await world.deploy(tune({}, (job) => ({
    Completed: job.completedTrainingJobCount, Failed: job.nonRetryableErrorTrainingJobCount, Succeeded: job.succeededObjectiveCount,
  })));
  expect(outputs).toEqual({ Completed: '3', Failed: '1', Succeeded: '3' });
});

test('a tuning job without a training job that succeeded is a failure that says why, from the training jobs', async () => {
  world.cloud.sagemaker.behavior = () => ({ failure: 'AlgorithmError: ValueError: no column y, exit code: 1' });
  const result = await world.deploy(tune());

  expect(result.status).toBe('ROLLBACK_COMPLETE');
  const failure = eventsOf(result, 'Job').find((event) => event.startsWith('CREATE_FAILED'));
  expect(failure).toContain('No training job succeeded. 4 failed: AlgorithmError: ValueError: no column y, exit code: 1');
  expect(failure).toContain('TrainingJobs$3FlogStreamNameFilter$3Dstack-job-');
});

test('a tuning job without a result is tried again by the next update', async () => {
  await world.deploy(tune({ rerunTrigger: 'one' }));
  world.cloud.sagemaker.behavior = () => ({ failure: 'AlgorithmError: out of luck' });
  expect((await world.deploy(tune({ rerunTrigger: 'two' }))).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  world.cloud.sagemaker.behavior = () => ({});
  expect((await world.deploy(tune({ rerunTrigger: 'two' }))).status).toBe('UPDATE_COMPLETE');
});

test('its training jobs are stopped with it when the stack is deleted', async () => {
  world.cloud.sagemaker.behavior = () => ({ trainingSeconds: 7200 });
  await world.deploy(tune({ waitForCompletion: false }));
  await world.cloud.clock.advance(300_000);
  expect(world.running).toHaveLength(3);
  expect((await world.destroy())!.status).toBe('DELETE_COMPLETE');
  expect(world.running).toEqual([]);
});

test('a warm start begins from the tuning job of the same app', async () => {
  const result = await world.deploy((stack) => {
    tune()(stack);
    const parent = stack.node.findChild('Job') as jobs.HyperParameterTuningJob;
    new jobs.HyperParameterTuningJob(stack, 'Again', {
      ...BASE,
      warmStartConfig: {
        parentHyperParameterTuningJobs: [parent],
        warmStartType: jobs.HyperParameterTuningJobWarmStartType.IDENTICAL_DATA_AND_ALGORITHM,
      },
    });
  });

  expect(result.status).toBe('CREATE_COMPLETE');
  const [first, second] = world.requests('CreateHyperParameterTuningJob');
  expect(second.WarmStartConfig.ParentHyperParameterTuningJobs).toEqual([{ HyperParameterTuningJobName: first.HyperParameterTuningJobName }]);
});
