import {
  DeleteTrainingJobCommand,
  ResourceInUse,
  SageMakerServiceException,
  StopTrainingJobCommand,
  UpdateTrainingJobCommand,
  waitUntilTrainingJobCompletedOrStopped,
} from '@aws-sdk/client-sagemaker';
import { ACCOUNT, Fixture, REGION } from './setup';

let cloud: Fixture;
beforeEach(async () => { cloud = await Fixture.start(); });
afterEach(async () => cloud.stop());

const stop = async (name: string) => cloud.client.send(new StopTrainingJobCommand({ TrainingJobName: name }));
const remove = async (name: string) => cloud.client.send(new DeleteTrainingJobCommand({ TrainingJobName: name }));
const keepAlive = async (name: string, seconds: number) => cloud.client.send(
  new UpdateTrainingJobCommand({ TrainingJobName: name, ResourceConfig: { KeepAlivePeriodInSeconds: seconds } }),
);
const warm = { ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 10, KeepAlivePeriodInSeconds: 600 } };
const validation = (message: RegExp) => expect.objectContaining({ name: 'ValidationException', message: expect.stringMatching(message) });

test('a job goes through its secondary statuses and completes with artifacts and times', async () => {
  // given
  const statuses: string[] = [];
  cloud.sagemaker.on('transition', ({ status, secondaryStatus }) => statuses.push(`${status}/${secondaryStatus}`));
  // when
  const created = await cloud.create('My-Job');
  const running = await cloud.describe('my-job');
  await cloud.seconds(240);
  const ended = await cloud.describe('My-Job');
  // then
  expect(created.TrainingJobArn).toBe(`arn:aws:sagemaker:${REGION}:${ACCOUNT}:training-job/my-job`);
  expect(running).toMatchObject({ TrainingJobName: 'My-Job', TrainingJobStatus: 'InProgress', SecondaryStatus: 'Starting' });
  expect(running).not.toHaveProperty('ModelArtifacts');
  expect(running).not.toHaveProperty('TrainingEndTime');
  expect(statuses).toEqual([
    'InProgress/Starting', 'InProgress/Downloading', 'InProgress/Training', 'InProgress/Uploading', 'Completed/Completed',
  ]);
  expect(ended).toMatchObject({
    TrainingJobStatus: 'Completed',
    SecondaryStatus: 'Completed',
    ModelArtifacts: { S3ModelArtifacts: 's3://bucket/models/My-Job/output/model.tar.gz' },
    CreationTime: new Date('2026-01-01T00:00:00Z'),
    TrainingStartTime: new Date('2026-01-01T00:01:00Z'),
    TrainingEndTime: new Date('2026-01-01T00:04:00Z'),
    TrainingTimeInSeconds: 180,
    BillableTimeInSeconds: 180,
  });
  expect(ended.SecondaryStatusTransitions?.map(({ Status }) => Status)).toEqual(['Starting', 'Downloading', 'Training', 'Uploading', 'Completed']);
  expect(ended.SecondaryStatusTransitions?.every(({ StartTime, EndTime }) => StartTime && EndTime)).toBe(true);
});

test("the SDK's waiter sees the job complete", async () => {
  await cloud.create('job');
  await cloud.seconds(240);
  const { state } = await waitUntilTrainingJobCompletedOrStopped({ client: cloud.client, minDelay: 1, maxWaitTime: 5 }, { TrainingJobName: 'job' });
  expect(state).toBe('SUCCESS');
});

test('a failed job tells its reason, at most 1024 characters of it', async () => {
  cloud.sagemaker.behavior = () => ({ failure: 'AlgorithmError: '.padEnd(3000, 'x') });
  await cloud.create('job');
  await cloud.seconds(240);
  const job = await cloud.describe('job');
  expect(job).toMatchObject({ TrainingJobStatus: 'Failed', SecondaryStatus: 'Failed' });
  expect(job.FailureReason).toMatch(/^AlgorithmError: x+$/);
  expect(job.FailureReason).toHaveLength(1024);
  expect(job).not.toHaveProperty('ModelArtifacts');
});

test('a spot job is billed less than it trains', async () => {
  await cloud.create('job', { EnableManagedSpotTraining: true, StoppingCondition: { MaxRuntimeInSeconds: 3600, MaxWaitTimeInSeconds: 7200 } });
  await cloud.seconds(240);
  expect(await cloud.describe('job')).toMatchObject({ TrainingTimeInSeconds: 180, BillableTimeInSeconds: 54 });
});

test('the final metrics are those that the job defines', async () => {
  cloud.sagemaker.behavior = () => ({ metrics: { loss: 0.25, other: 1 } });
  await cloud.create('job', {
    AlgorithmSpecification: { TrainingImage: 'image', TrainingInputMode: 'File', MetricDefinitions: [{ Name: 'loss', Regex: 'loss=(.*)' }] },
  });
  await cloud.seconds(240);
  expect((await cloud.describe('job')).FinalMetricDataList).toEqual([
    { MetricName: 'loss', Value: 0.25, Timestamp: new Date('2026-01-01T00:04:00Z') },
  ]);
});

test('stopping takes time, in which the algorithm may save its model', async () => {
  // given
  await cloud.create('job');
  await cloud.seconds(100);
  // when
  await stop('job');
  const stopping = await cloud.describe('job');
  await cloud.seconds(31);
  const uploading = await cloud.describe('job');
  await cloud.seconds(30);
  const stopped = await cloud.describe('job');
  // then
  expect(stopping).toMatchObject({ TrainingJobStatus: 'Stopping', SecondaryStatus: 'Stopping' });
  expect(uploading).toMatchObject({ TrainingJobStatus: 'Stopping', SecondaryStatus: 'Uploading' });
  expect(stopped).toMatchObject({ TrainingJobStatus: 'Stopped', SecondaryStatus: 'Stopped', ModelArtifacts: {} });
});

test('an algorithm has at most 120 seconds after SIGTERM', async () => {
  cloud.sagemaker.behavior = () => ({ stoppingSeconds: 1000, uploadingSeconds: 0 });
  await cloud.create('job');
  await cloud.seconds(100);
  await stop('job');
  await cloud.seconds(120);
  expect((await cloud.describe('job')).TrainingJobStatus).toBe('Stopped');
});

test.each(['Completed', 'Stopping', 'Stopped'])('a job that is %s cannot be stopped', async (status) => {
  await cloud.create('job');
  if (status !== 'Completed') await stop('job');
  if (status !== 'Stopping') await cloud.seconds(240);
  await expect(stop('job')).rejects.toEqual(validation(new RegExp(`in status ${status}`)));
});

test('a job that runs longer than it may is stopped, and says so in its secondary status', async () => {
  cloud.sagemaker.behavior = () => ({ trainingSeconds: 10_000 });
  await cloud.create('job', { StoppingCondition: { MaxRuntimeInSeconds: 600 } });
  await cloud.seconds(60 + 600);
  const late = await cloud.describe('job');
  await cloud.seconds(60);
  expect(late.TrainingJobStatus).toBe('Stopping');
  expect(await cloud.describe('job')).toMatchObject({ TrainingJobStatus: 'Stopped', SecondaryStatus: 'MaxRuntimeExceeded' });
});

test('a spot job that waits longer than it may is stopped', async () => {
  cloud.sagemaker.behavior = () => ({ startingSeconds: 10_000 });
  await cloud.create('job', { EnableManagedSpotTraining: true, StoppingCondition: { MaxRuntimeInSeconds: 600, MaxWaitTimeInSeconds: 900 } });
  await cloud.seconds(910);
  const job = await cloud.describe('job');
  expect(job).toMatchObject({ TrainingJobStatus: 'Stopped', SecondaryStatus: 'MaxWaitTimeExceeded' });
  expect(job).not.toHaveProperty('TrainingStartTime');
});

test('a job may run for 28 days', async () => {
  const days = 28 * 24 * 60 * 60;
  cloud.sagemaker.behavior = () => ({ trainingSeconds: days - 31 });
  await cloud.create('job', { StoppingCondition: { MaxRuntimeInSeconds: days } });
  await cloud.seconds(20 * 24 * 60 * 60);
  expect((await cloud.describe('job')).SecondaryStatus).toBe('Training');
  await cloud.seconds(9 * 24 * 60 * 60);
  expect((await cloud.describe('job')).TrainingJobStatus).toBe('Completed');
});

test('a running job cannot be deleted', async () => {
  await cloud.create('job');
  await expect(remove('job')).rejects.toBeInstanceOf(ResourceInUse);
  await stop('job');
  await expect(remove('job')).rejects.toBeInstanceOf(ResourceInUse);
});

test('a deleted job frees its name after a while', async () => {
  // given
  await cloud.create('job');
  await cloud.seconds(240);
  // when
  await remove('job');
  const deleting = await cloud.describe('job');
  await expect(cloud.create('job')).rejects.toBeInstanceOf(ResourceInUse);
  await cloud.seconds(5);
  // then
  expect(deleting.TrainingJobStatus).toBe('Deleting');
  await expect(cloud.describe('job')).rejects.toEqual(validation(/^Requested resource not found\.$/));
  await expect(remove('job')).rejects.toEqual(validation(/not found/));
  await expect(cloud.create('job')).resolves.toBeDefined();
});

test('a completed job keeps a warm pool for its period, and cannot be deleted before', async () => {
  await cloud.create('job', warm);
  expect((await cloud.describe('job')).WarmPoolStatus).toEqual({ Status: 'InUse' });
  await cloud.seconds(240);
  expect((await cloud.describe('job')).WarmPoolStatus).toEqual({ Status: 'Available' });
  await expect(remove('job')).rejects.toBeInstanceOf(ResourceInUse);
  await cloud.seconds(600);
  expect((await cloud.describe('job')).WarmPoolStatus).toEqual({ Status: 'Terminated', ResourceRetainedBillableTimeInSeconds: 600 });
  await expect(remove('job')).resolves.toBeDefined();
});

test('a warm pool is released by a period of nothing', async () => {
  await cloud.create('job', warm);
  await cloud.seconds(240);
  await keepAlive('job', 0);
  expect((await cloud.describe('job')).WarmPoolStatus?.Status).toBe('Terminated');
  await expect(keepAlive('job', 0)).rejects.toEqual(validation(/no warm pool/));
  await expect(remove('job')).resolves.toBeDefined();
});

test('a job without a warm pool has no period to change', async () => {
  await cloud.create('job');
  await expect(keepAlive('job', 0)).rejects.toEqual(validation(/no warm pool/));
});

test('profiling changes only while the job is in progress', async () => {
  const update = async () => cloud.client.send(new UpdateTrainingJobCommand({ TrainingJobName: 'job', ProfilerConfig: { DisableProfiler: true } }));
  await cloud.create('job');
  await update();
  expect((await cloud.describe('job')).ProfilerConfig).toEqual({ DisableProfiler: true });
  await cloud.seconds(240);
  await expect(update()).rejects.toEqual(validation(/in status Completed/));
});

test('names that differ in case only collide', async () => {
  await cloud.create('job');
  const error = await cloud.create('JOB').catch((reason: SageMakerServiceException) => reason);
  expect(error).toBeInstanceOf(ResourceInUse);
  expect((error as ResourceInUse).message).toContain(`(arn:aws:sagemaker:${REGION}:${ACCOUNT}:training-job/job)`);
});

test('an account runs only so many instances of a type', async () => {
  await cloud.stop();
  cloud = await Fixture.start({ instanceLimits: { 'ml.m5.large': 1 } });
  await cloud.create('one');
  await expect(cloud.create('two')).rejects.toMatchObject({
    name: 'ResourceLimitExceeded', message: expect.stringContaining("'ml.m5.large for training job usage' is 1 Instances"),
  });
  await cloud.seconds(240);
  await expect(cloud.create('two')).resolves.toBeDefined();
});
