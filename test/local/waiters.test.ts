import {
  CreateHyperParameterTuningJobCommand,
  DeleteNotebookInstanceCommand,
  DeleteTrainingJobCommand,
  DescribeCompilationJobCommand,
  ResourceInUse,
  ResourceLimitExceeded,
  ResourceNotFound,
  SageMakerServiceException,
  StopNotebookInstanceCommand,
  StopTrainingJobCommand,
  waitUntilNotebookInstanceDeleted,
  waitUntilNotebookInstanceInService,
  waitUntilNotebookInstanceStopped,
  waitUntilTrainingJobCompletedOrStopped,
} from '@aws-sdk/client-sagemaker';
import { Notebooks } from './sagemaker/notebook-setup';
import { Fixture } from './sagemaker/setup';
import { tuningRequest } from './sagemaker/tuning-setup';
import { Clock } from '../../local/clock';

let cloud: Fixture;
let notebooks: Notebooks;
beforeEach(async () => {
  // A quarter of an hour in a second: the waiters sleep in real time.
  const clock = new Clock({ startAt: new Date('2026-01-01T00:00:00Z'), speed: 900 });
  cloud = await Fixture.start({
    clock,
    instanceLimits: { 'ml.p4d.24xlarge': 0 },
    behavior: ({ TrainingJobName: name }) => (name === 'failing' ? { failure: 'AlgorithmError: no data' } : {}),
  });
  notebooks = new Notebooks(cloud);
  clock.start();
});
afterEach(async () => {
  await cloud.clock.stop();
  await cloud.stop();
});

const waiter = () => ({ client: cloud.client, minDelay: 0.02, maxDelay: 0.05, maxWaitTime: 10 });

describe("the SDK's waiters", () => {
  test('see a training job complete', async () => {
    await cloud.create('job');
    const { state } = await waitUntilTrainingJobCompletedOrStopped(waiter(), { TrainingJobName: 'job' });
    expect(state).toBe('SUCCESS');
    expect((await cloud.describe('job')).TrainingJobStatus).toBe('Completed');
  });

  test('see a training job stop', async () => {
    await cloud.create('job');
    await cloud.client.send(new StopTrainingJobCommand({ TrainingJobName: 'job' }));
    await waitUntilTrainingJobCompletedOrStopped(waiter(), { TrainingJobName: 'job' });
    expect((await cloud.describe('job')).TrainingJobStatus).toBe('Stopped');
  });

  test('see a training job fail', async () => {
    await cloud.create('failing');
    await expect(waitUntilTrainingJobCompletedOrStopped(waiter(), { TrainingJobName: 'failing' })).rejects.toThrow(/"state":"FAILURE"/);
  });

  test('take a training job that is not there for a failure', async () => {
    await expect(waitUntilTrainingJobCompletedOrStopped(waiter(), { TrainingJobName: 'nothing' })).rejects.toThrow(/FAILURE/);
  });

  test('see a notebook instance come, stop and go', async () => {
    const book = { NotebookInstanceName: 'book' };
    await notebooks.create('book');
    await waitUntilNotebookInstanceInService(waiter(), book);
    expect(await notebooks.status('book')).toBe('InService');
    await cloud.client.send(new StopNotebookInstanceCommand(book));
    await waitUntilNotebookInstanceStopped(waiter(), book);
    expect(await notebooks.status('book')).toBe('Stopped');
    await cloud.client.send(new DeleteNotebookInstanceCommand(book));
    await waitUntilNotebookInstanceDeleted(waiter(), book);
    await expect(notebooks.describe('book')).rejects.toThrow('RecordNotFound');
  });
});

describe("an error is one of the SDK's own classes", () => {
  const errorOf = async (call: Promise<unknown>) => call.then(() => { throw new Error('no error'); }, (error: unknown) => error);

  test('ResourceInUse', async () => {
    await cloud.create('job');
    expect(await errorOf(cloud.create('job'))).toBeInstanceOf(ResourceInUse);
    expect(await errorOf(cloud.client.send(new DeleteTrainingJobCommand({ TrainingJobName: 'job' })))).toBeInstanceOf(ResourceInUse);
    await cloud.client.send(new CreateHyperParameterTuningJobCommand(tuningRequest('tune')));
    expect(await errorOf(cloud.client.send(new CreateHyperParameterTuningJobCommand(tuningRequest('tune'))))).toBeInstanceOf(ResourceInUse);
  });

  test('ResourceNotFound', async () => {
    expect(await errorOf(cloud.client.send(new DescribeCompilationJobCommand({ CompilationJobName: 'nothing' })))).toBeInstanceOf(ResourceNotFound);
  });

  test('ResourceLimitExceeded', async () => {
    const resources = { InstanceType: 'ml.p4d.24xlarge', InstanceCount: 1, VolumeSizeInGB: 10 };
    expect(await errorOf(cloud.create('job', { ResourceConfig: resources }))).toBeInstanceOf(ResourceLimitExceeded);
  });

  test('or one of the service by its name, where the model has none', async () => {
    const error = await errorOf(cloud.describe('nothing'));
    expect(error).toBeInstanceOf(SageMakerServiceException);
    expect(error).toMatchObject({ name: 'ValidationException', $fault: 'client', $metadata: { httpStatusCode: 400, requestId: expect.any(String) } });
  });
});
