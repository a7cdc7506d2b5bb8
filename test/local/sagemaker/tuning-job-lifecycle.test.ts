import { DeleteTrainingJobCommand, ListTagsCommand, ListTrainingJobsForHyperParameterTuningJobCommand, ResourceInUse, ResourceNotFound, StopTrainingJobCommand } from '@aws-sdk/client-sagemaker';
import { ACCOUNT, Fixture, REGION } from './setup';
import { definition, objective, ranges, TuningJobs } from './tuning-setup';

let cloud: Fixture;
let tuning: TuningJobs;
beforeEach(async () => {
  cloud = await Fixture.start();
  tuning = new TuningJobs(cloud);
});
afterEach(async () => cloud.stop());

const HOURS = 3600;
/** From the launch of a training job to its end. */
const JOB = 240;
/** From the creation of a tuning job to its first training job. */
const START = 10;
const statuses = (items: { TrainingJobStatus?: string }[]) => items.map(({ TrainingJobStatus }) => TrainingJobStatus);
const rateOf = (summary: { TunedHyperParameters?: Record<string, string> }) => Number(summary.TunedHyperParameters!.rate);

describe('a tuning job', () => {
  test('launches training jobs, so many at a time, until there are enough of them', async () => {
    // given
    await tuning.create('Tune');
    const created = await tuning.describe('tune');
    const before = await tuning.children('Tune');
    // when
    await cloud.seconds(START);
    const first = await tuning.children('Tune');
    await cloud.seconds(JOB);
    const second = await tuning.describe('Tune');
    await cloud.seconds(JOB);
    const ended = await tuning.describe('Tune');
    // then
    expect(created).toMatchObject({
      HyperParameterTuningJobName: 'Tune',
      HyperParameterTuningJobArn: `arn:aws:sagemaker:${REGION}:${ACCOUNT}:hyper-parameter-tuning-job/tune`,
      HyperParameterTuningJobStatus: 'InProgress',
      TrainingJobStatusCounters: { Completed: 0, InProgress: 0 },
    });
    expect(created).not.toHaveProperty('BestTrainingJob');
    expect(created).not.toHaveProperty('HyperParameterTuningEndTime');
    expect(before).toEqual([]);
    expect(statuses(first)).toEqual(['InProgress', 'InProgress']);
    expect(second).toMatchObject({
      HyperParameterTuningJobStatus: 'InProgress',
      TrainingJobStatusCounters: { Completed: 2, InProgress: 2 },
      ObjectiveStatusCounters: { Succeeded: 2, Pending: 2, Failed: 0 },
    });
    expect(ended).toMatchObject({
      HyperParameterTuningJobStatus: 'Completed',
      TrainingJobStatusCounters: { Completed: 4, InProgress: 0, RetryableError: 0, NonRetryableError: 0, Stopped: 0 },
      ObjectiveStatusCounters: { Succeeded: 4, Pending: 0, Failed: 0 },
      CreationTime: new Date('2026-01-01T00:00:00Z'),
      HyperParameterTuningEndTime: expect.any(Date),
      ConsumedResources: { RuntimeInSeconds: START + 2 * JOB },
    });
  });

  test('launches training jobs like any other, that know what they are tuned for', async () => {
    await tuning.create('tune', {}, { Tags: [{ Key: 'team', Value: 'ml' }] });
    await cloud.seconds(START);
    const [child] = await tuning.children('tune');
    const job = await cloud.describe(child.TrainingJobName!);
    const { Tags } = await cloud.client.send(new ListTagsCommand({ ResourceArn: child.TrainingJobArn }));
    expect(child.TrainingJobName).toMatch(/^tune-001-[0-9a-f]{8}$/);
    expect(job).toMatchObject({
      TuningJobArn: `arn:aws:sagemaker:${REGION}:${ACCOUNT}:hyper-parameter-tuning-job/tune`,
      HyperParameters: { epochs: '3', rate: child.TunedHyperParameters!.rate, _tuning_objective_metric: 'loss' },
      ResourceConfig: definition.ResourceConfig,
      OutputDataConfig: definition.OutputDataConfig,
    });
    expect(Tags).toEqual([{ Key: 'team', Value: 'ml' }]);
    expect((await tuning.describe('tune')).TrainingJobDefinition!.StaticHyperParameters).toEqual({ epochs: '3', _tuning_objective_metric: 'loss' });
  });

  test('announces its statuses, and counts among what is running', async () => {
    const seen: string[] = [];
    cloud.sagemaker.on('transition', ({ kind, jobName, status }) => kind === 'HyperParameterTuningJob' && seen.push(`${jobName} ${status}`));
    await tuning.create('tune', { ResourceLimits: { MaxNumberOfTrainingJobs: 1, MaxParallelTrainingJobs: 1 } });
    await cloud.seconds(START);
    expect(cloud.sagemaker.running()).toEqual(['tune', expect.stringMatching(/^tune-001-/)]);
    await cloud.seconds(JOB);
    expect(cloud.sagemaker.running()).toEqual([]);
    expect(seen).toEqual(['tune InProgress', 'tune Completed']);
  });

  test('waits while the account has no room for another training job', async () => {
    await cloud.stop();
    cloud = await Fixture.start({ instanceLimits: { 'ml.m5.large': 2 } });
    tuning = new TuningJobs(cloud);
    await tuning.create('tune');
    await cloud.create('other');
    await cloud.seconds(START);
    expect(await tuning.children('tune')).toHaveLength(1);
    await cloud.seconds(JOB + 60);
    expect((await tuning.describe('tune')).TrainingJobStatusCounters).toMatchObject({ Completed: 1, InProgress: 2 });
  });

  test('that could not run so many training jobs at once is refused', async () => {
    await cloud.stop();
    cloud = await Fixture.start({ instanceLimits: { 'ml.m5.large': 1 } });
    await expect(new TuningJobs(cloud).create('tune')).rejects.toMatchObject({
      name: 'ResourceLimitExceeded', message: expect.stringContaining('a request delta of 2 Instances'),
    });
  });
});

describe('the best training job', () => {
  test.each(['Minimize', 'Maximize'] as const)('is the completed one whose objective is best: %s', async (Type) => {
    cloud.sagemaker.objective = (_, { rate }) => (Number(rate) - 0.5) ** 2;
    await tuning.create('tune', { HyperParameterTuningJobObjective: { ...objective, Type } });
    await cloud.seconds(HOURS);
    const values = (await tuning.children('tune')).map((child) => (rateOf(child) - 0.5) ** 2);
    const { BestTrainingJob: best, OverallBestTrainingJob: overall } = await tuning.describe('tune');
    const wanted = Type === 'Minimize' ? Math.min(...values) : Math.max(...values);
    expect(best).toMatchObject({
      TrainingJobStatus: 'Completed',
      ObjectiveStatus: 'Succeeded',
      FinalHyperParameterTuningJobObjectiveMetric: { Type, MetricName: 'loss', Value: wanted },
    });
    expect((await cloud.describe(best!.TrainingJobName!)).FinalMetricDataList).toMatchObject([{ MetricName: 'loss', Value: wanted }]);
    expect(overall).toBeUndefined();
  });

  test('is known while others run, and failed ones are none', async () => {
    cloud.sagemaker.behavior = ({ TrainingJobName }) => TrainingJobName.startsWith('tune-001') ? { failure: 'AlgorithmError: no luck' } : {};
    await tuning.create('tune');
    await cloud.seconds(START + JOB);
    const [failed, succeeded] = await tuning.children('tune');
    expect(failed).toMatchObject({ TrainingJobStatus: 'Failed', FailureReason: 'AlgorithmError: no luck', ObjectiveStatus: 'Failed' });
    expect(await tuning.describe('tune')).toMatchObject({
      HyperParameterTuningJobStatus: 'InProgress',
      TrainingJobStatusCounters: { Completed: 1, InProgress: 2, NonRetryableError: 1 },
      BestTrainingJob: { TrainingJobName: succeeded.TrainingJobName },
    });
  });

  test('is none that was stopped, although that may have an objective', async () => {
    cloud.sagemaker.behavior = ({ TrainingJobName }) => ({ metrics: { loss: TrainingJobName.startsWith('tune-001') ? 0 : 1 } });
    await tuning.create('tune');
    await cloud.seconds(START + 100);
    const [{ TrainingJobName }] = await tuning.children('tune');
    await cloud.client.send(new StopTrainingJobCommand({ TrainingJobName }));
    await cloud.seconds(HOURS);
    expect((await tuning.children('tune'))[0]).toMatchObject({ ObjectiveStatus: 'Succeeded', FinalHyperParameterTuningJobObjectiveMetric: { Value: 0 } });
    expect((await tuning.describe('tune')).BestTrainingJob).toMatchObject({ FinalHyperParameterTuningJobObjectiveMetric: { Value: 1 } });
  });

  test('can be told by the metrics of a behavior', async () => {
    cloud.sagemaker.behavior = ({ TrainingJobName }) => ({ metrics: { loss: TrainingJobName.startsWith('tune-003') ? 1 : 2 } });
    await tuning.create('tune');
    await cloud.seconds(HOURS);
    expect((await tuning.describe('tune')).BestTrainingJob).toMatchObject({ TrainingJobName: expect.stringMatching(/^tune-003-/) });
  });
});

describe('a failure', () => {
  test('of all training jobs is one of the tuning job', async () => {
    cloud.sagemaker.behavior = () => ({ failure: 'AlgorithmError: no luck' });
    await tuning.create('tune');
    await cloud.seconds(HOURS);
    expect(await tuning.describe('tune')).toMatchObject({
      HyperParameterTuningJobStatus: 'Failed',
      FailureReason: 'All training jobs failed. Please take a look at the training jobs failures to get more details.',
      TrainingJobStatusCounters: { NonRetryableError: 4 },
    });
  });

  test('of five training jobs without a success ends the tuning job', async () => {
    cloud.sagemaker.behavior = ({ TrainingJobName }) => TrainingJobName.includes('-006-') ? { trainingSeconds: 9000 } : { failure: 'AlgorithmError: no luck' };
    await tuning.create('tune', { ResourceLimits: { MaxNumberOfTrainingJobs: 20, MaxParallelTrainingJobs: 3 } });
    await cloud.seconds(HOURS);
    expect(await tuning.describe('tune')).toMatchObject({
      HyperParameterTuningJobStatus: 'Failed',
      FailureReason: 'No training job succeeded after 5 attempts. Please take a look at the training job failures to get more details.',
      TrainingJobStatusCounters: { NonRetryableError: 5, Stopped: 2 },
    });
    expect(cloud.sagemaker.running()).toEqual([]);
  });

  test('is also that no training job logs the objective metric', async () => {
    cloud.sagemaker.objective = () => undefined;
    await tuning.create('tune');
    await cloud.seconds(HOURS);
    expect(await tuning.describe('tune')).toMatchObject({
      HyperParameterTuningJobStatus: 'Failed',
      FailureReason: expect.stringContaining('No objective metrics found after running 4 training jobs.'),
      ObjectiveStatusCounters: { Failed: 4 },
    });
  });

  test('of the service is one that could be tried again', async () => {
    cloud.sagemaker.behavior = () => ({ failure: 'InternalServerError: try again' });
    await tuning.create('tune');
    await cloud.seconds(HOURS);
    expect((await tuning.describe('tune')).TrainingJobStatusCounters).toMatchObject({ RetryableError: 4, NonRetryableError: 0 });
  });
});

describe('stopping', () => {
  test('takes until the running training jobs have stopped', async () => {
    // given
    await tuning.create('tune');
    await cloud.seconds(START + 100);
    // when
    await tuning.stop('tune');
    const stopping = await tuning.describe('tune');
    const children = await tuning.children('tune');
    await cloud.seconds(60);
    const stopped = await tuning.describe('tune');
    // then
    expect(stopping.HyperParameterTuningJobStatus).toBe('Stopping');
    expect(statuses(children)).toEqual(['Stopping', 'Stopping']);
    expect(stopped).toMatchObject({ HyperParameterTuningJobStatus: 'Stopped', TrainingJobStatusCounters: { Stopped: 2, InProgress: 0 } });
  });

  test('before the first training job needs no time', async () => {
    await tuning.create('tune');
    await tuning.stop('tune');
    await cloud.seconds(0);
    expect((await tuning.describe('tune')).HyperParameterTuningJobStatus).toBe('Stopped');
    await cloud.seconds(HOURS);
    expect(await tuning.children('tune')).toEqual([]);
  });

  test.each(['Stopping', 'Stopped', 'Completed'])('is refused in status %s', async (status) => {
    await tuning.create('tune');
    await cloud.seconds(START);
    if (status !== 'Completed') await tuning.stop('tune');
    if (status !== 'Stopping') await cloud.seconds(HOURS);
    await expect(tuning.stop('tune')).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining(`in status ${status}`) });
  });

  test('a training job by hand lets the tuning job go on', async () => {
    await tuning.create('tune');
    await cloud.seconds(START);
    const [{ TrainingJobName }] = await tuning.children('tune');
    await cloud.client.send(new StopTrainingJobCommand({ TrainingJobName }));
    await cloud.seconds(HOURS);
    expect(await tuning.describe('tune')).toMatchObject({ HyperParameterTuningJobStatus: 'Completed', TrainingJobStatusCounters: { Completed: 3, Stopped: 1 } });
  });
});

describe('a limit', () => {
  test('of the runtime stops the tuning job', async () => {
    await tuning.create('tune', { ResourceLimits: { MaxNumberOfTrainingJobs: 4, MaxParallelTrainingJobs: 1, MaxRuntimeInSeconds: 400 } });
    await cloud.seconds(400);
    expect((await tuning.describe('tune')).HyperParameterTuningJobStatus).toBe('Stopping');
    await cloud.seconds(60);
    expect(await tuning.describe('tune')).toMatchObject({ HyperParameterTuningJobStatus: 'Stopped', TrainingJobStatusCounters: { Completed: 1, Stopped: 1 } });
  });

  test('that the objective reaches completes the tuning job', async () => {
    cloud.sagemaker.behavior = ({ TrainingJobName }) => ({ metrics: { loss: TrainingJobName.includes('-002-') ? 0.1 : 1 } });
    await tuning.create('tune', {
      ResourceLimits: { MaxParallelTrainingJobs: 1 }, TuningJobCompletionCriteria: { TargetObjectiveMetricValue: 0.2 },
    });
    await cloud.seconds(HOURS);
    expect(await tuning.describe('tune')).toMatchObject({ HyperParameterTuningJobStatus: 'Completed', TrainingJobStatusCounters: { Completed: 2 } });
  });

  test('of jobs that do not improve by a hundredth completes the tuning job', async () => {
    cloud.sagemaker.behavior = ({ TrainingJobName }) => ({ metrics: { loss: TrainingJobName.includes('-001-') ? 1 : 0.995 } });
    await tuning.create('tune', {
      ResourceLimits: { MaxNumberOfTrainingJobs: 20, MaxParallelTrainingJobs: 1 },
      TuningJobCompletionCriteria: { BestObjectiveNotImproving: { MaxNumberOfTrainingJobsNotImproving: 3 } },
    });
    await cloud.seconds(2 * HOURS);
    expect(await tuning.describe('tune')).toMatchObject({
      HyperParameterTuningJobStatus: 'Completed',
      TrainingJobStatusCounters: { Completed: 4 },
      TuningJobCompletionDetails: { NumberOfTrainingJobsObjectiveNotImproving: 3 },
    });
  });
});

describe('deleting', () => {
  test.each(['InProgress', 'Stopping'])('is refused in status %s', async (status) => {
    await tuning.create('tune');
    await cloud.seconds(START);
    if (status === 'Stopping') await tuning.stop('tune');
    await expect(tuning.delete('tune')).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining(`in status ${status}`) });
  });

  test('removes the entry only, and frees the name', async () => {
    // given
    await tuning.create('tune');
    await cloud.seconds(HOURS);
    const children = await tuning.children('tune');
    // when
    await tuning.delete('tune');
    const deleting = await tuning.describe('tune');
    const collision = tuning.create('tune');
    await expect(collision).rejects.toBeInstanceOf(ResourceInUse);
    await cloud.seconds(5);
    // then
    expect(deleting.HyperParameterTuningJobStatus).toBe('Deleting');
    await expect(tuning.describe('tune')).rejects.toBeInstanceOf(ResourceNotFound);
    expect(await cloud.describe(children[0].TrainingJobName!)).toMatchObject({ TrainingJobStatus: 'Completed' });
    await tuning.create('tune');
    await cloud.seconds(HOURS);
    expect((await tuning.describe('tune')).HyperParameterTuningJobStatus).toBe('Completed');
  });
});

test('names are unique whatever their case', async () => {
  await tuning.create('tune');
  await expect(tuning.create('TUNE')).rejects.toBeInstanceOf(ResourceInUse);
});

test.each(['describe', 'stop', 'delete', 'children'] as const)('%s of a tuning job that is not there finds nothing', async (operation) => {
  await expect(tuning[operation]('nothing')).rejects.toBeInstanceOf(ResourceNotFound);
});

describe('the list of the training jobs', () => {
  test('is sorted, filtered and in pages', async () => {
    cloud.sagemaker.behavior = ({ TrainingJobName }) => ({
      metrics: { loss: Number(/-00(\d)-/.exec(TrainingJobName)![1]) === 2 ? 9 : 1 },
      failure: TrainingJobName.includes('-003-') ? 'AlgorithmError: no luck' : undefined,
    });
    await tuning.create('tune');
    await cloud.seconds(HOURS);
    const numbers = async (options: object) => (await tuning.children('tune', options)).map(({ TrainingJobName }) => TrainingJobName!.slice(5, 8));
    expect(await numbers({})).toEqual(['001', '002', '003', '004']);
    expect(await numbers({ SortOrder: 'Descending' })).toEqual(['004', '003', '002', '001']);
    expect(await numbers({ SortBy: 'FinalObjectiveMetricValue', SortOrder: 'Descending' })).toEqual(['002', '001', '004']);
    expect(await numbers({ StatusEquals: 'Failed' })).toEqual(['003']);
    const page = (NextToken?: string) => cloud.client.send(
      new ListTrainingJobsForHyperParameterTuningJobCommand({ HyperParameterTuningJobName: 'tune', MaxResults: 3, NextToken }));
    const { NextToken, TrainingJobSummaries: first } = await page();
    expect([first?.length, (await page(NextToken)).TrainingJobSummaries?.length]).toEqual([3, 1]);
  });

  test('holds jobs that were deleted since', async () => {
    await tuning.create('tune');
    await cloud.seconds(HOURS);
    const [{ TrainingJobName }] = await tuning.children('tune');
    await cloud.client.send(new DeleteTrainingJobCommand({ TrainingJobName }));
    await cloud.seconds(5);
    expect(await tuning.children('tune')).toHaveLength(4);
  });
});

describe('several definitions', () => {
  const several = {
    TrainingJobDefinition: undefined,
    TrainingJobDefinitions: [
      { ...definition, DefinitionName: 'small', TuningObjective: objective, HyperParameterRanges: ranges },
      {
        ...definition,
        DefinitionName: 'large',
        AlgorithmSpecification: { ...definition.AlgorithmSpecification, MetricDefinitions: [{ Name: 'error', Regex: 'e=(.*)' }] },
        TuningObjective: { ...objective, MetricName: 'error' },
        HyperParameterRanges: { CategoricalParameterRanges: [{ Name: 'depth', Values: ['1', '2'] }] },
      },
    ],
  };
  const config = { HyperParameterTuningJobObjective: undefined, ParameterRanges: undefined };

  test('are tried in turn, each with its own objective and ranges', async () => {
    cloud.sagemaker.behavior = ({ HyperParameters }) => ({ metrics: { loss: 2, error: (HyperParameters as any).depth === '2' ? 1 : 3 } });
    await tuning.create('tune', config, several);
    await cloud.seconds(HOURS);
    const children = await tuning.children('tune');
    expect(children.map(({ TrainingJobDefinitionName }) => TrainingJobDefinitionName)).toEqual(['small', 'large', 'small', 'large']);
    expect(children.map(({ TunedHyperParameters }) => Object.keys(TunedHyperParameters!))).toEqual([['rate'], ['depth'], ['rate'], ['depth']]);
    expect((await tuning.describe('tune')).BestTrainingJob).toMatchObject({
      TrainingJobDefinitionName: 'large', TunedHyperParameters: { depth: '2' }, FinalHyperParameterTuningJobObjectiveMetric: { MetricName: 'error', Value: 1 },
    });
  });
});

describe('a warm start', () => {
  const from = (WarmStartType: string, ...names: string[]) => ({
    WarmStartConfig: { WarmStartType, ParentHyperParameterTuningJobs: names.map((HyperParameterTuningJobName) => ({ HyperParameterTuningJobName })) },
  });

  test('with identical data and algorithm compares with the training jobs of its parents', async () => {
    cloud.sagemaker.behavior = ({ TrainingJobName }) => ({ metrics: { loss: TrainingJobName.startsWith('parent-002') ? 0 : 1 } });
    await tuning.create('parent');
    await cloud.seconds(HOURS);
    await tuning.create('child', {}, from('IdenticalDataAndAlgorithm', 'parent'));
    await cloud.seconds(HOURS);
    expect(await tuning.describe('child')).toMatchObject({
      BestTrainingJob: { TrainingJobName: expect.stringMatching(/^child-/) },
      OverallBestTrainingJob: { TrainingJobName: expect.stringMatching(/^parent-002-/), TuningJobName: 'parent' },
    });
  });

  test('that transfers learning compares with its own training jobs only', async () => {
    await tuning.create('parent');
    await cloud.seconds(HOURS);
    await tuning.create('child', {}, from('TransferLearning', 'parent'));
    await cloud.seconds(HOURS);
    expect(await tuning.describe('child')).not.toHaveProperty('OverallBestTrainingJob');
  });

  test.each<[string, string, object, object, string]>([
    ['parents that are there', 'TransferLearning', {}, { names: ['other'] }, "can't find a tuning job called other"],
    ['different parents', 'TransferLearning', {}, { names: ['parent', 'parent'] }, 'must be different'],
    ['the objective of its parents', 'TransferLearning', { HyperParameterTuningJobObjective: { ...objective, Type: 'Maximize' } }, {}, 'objective metric'],
    ['as many hyperparameters as its parents', 'TransferLearning', {}, { StaticHyperParameters: {} }, 'number of hyperparameters'],
    ['the input data of its parents', 'IdenticalDataAndAlgorithm', {}, { InputDataConfig: undefined }, 'input data and the algorithm'],
  ])('needs %s', async (_, type, config, { names = ['parent'], ...changes }: any, message) => {
    await tuning.create('parent');
    await cloud.seconds(HOURS);
    await expect(tuning.create('child', config, { ...from(type, ...names), TrainingJobDefinition: { ...definition, ...changes } }))
      .rejects.toMatchObject({ message: expect.stringContaining(message) });
  });

  test('needs parents that have ended', async () => {
    await tuning.create('parent');
    await expect(tuning.create('child', {}, from('TransferLearning', 'parent'))).rejects.toMatchObject({
      name: 'ValidationException', message: expect.stringContaining('must be Completed, Stopped or Failed; got InProgress'),
    });
  });
});
