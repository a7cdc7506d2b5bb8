import {
  CreateNotebookInstanceCommand,
  CreateTrainingJobCommand,
  DescribeNotebookInstanceCommand,
  DescribeTrainingJobCommand,
} from '@aws-sdk/client-sagemaker';
import { ACCOUNT, FaultyCloud } from './setup';
import type { FaultRule } from '../../../local/faults';
import { request } from '../sagemaker/setup';

let world: FaultyCloud;
afterEach(() => world.stop());

const begin = async (...rules: FaultRule[]) => { world = await FaultyCloud.start(rules); };
const resources = (resourceConfig: object) => ({ ResourceConfig: { VolumeSizeInGB: 10, ...resourceConfig } });
const create = async (changes: object) => world.client.send(new CreateTrainingJobCommand(request('job', changes)));
const describeJob = async () => world.client.send(new DescribeTrainingJobCommand({ TrainingJobName: 'job' }));
const HOUR = 3600;
const ACCELERATED = resources({ InstanceType: 'ml.p4d.24xlarge', InstanceCount: 1 });

test('a job fails when there are no instances', async () => {
  await begin({ fault: 'capacity', match: { instanceType: 'ml.m5.*' } });
  await create({});
  await world.advance(5 * 60);
  expect(await describeJob()).toMatchObject({
    TrainingJobStatus: 'InProgress',
    SecondaryStatus: 'Starting',
    SecondaryStatusTransitions: [{}, { StatusMessage: 'Insufficient capacity error from EC2 while launching instances, retrying!' }],
  });
  await world.advance(HOUR);
  expect(await describeJob()).toMatchObject({
    TrainingJobStatus: 'Failed',
    FailureReason: 'CapacityError: Unable to provision requested ML compute capacity. Please retry using a different ML instance type.',
  });
  expect(await describeJob()).not.toHaveProperty('TrainingStartTime');
});

test('a job of another type is not concerned', async () => {
  await begin({ fault: 'capacity', match: { instanceType: 'ml.p4d.*' } });
  await create({});
  await world.advance(HOUR);
  expect((await describeJob()).TrainingJobStatus).toBe('Completed');
});

test('a job goes on when there are instances again', async () => {
  await begin({ fault: 'capacity', when: { until: 300 } });
  await create({});
  await world.advance(HOUR);
  expect((await describeJob()).TrainingJobStatus).toBe('Completed');
  expect((await describeJob()).TrainingStartTime!.getTime()).toBeGreaterThanOrEqual(Date.parse('2026-01-01T00:05:00Z'));
});

test('a job on accelerators is pending for as long as it may, and is stopped then', async () => {
  await begin({ fault: 'capacity' });
  await create({ ...ACCELERATED, StoppingCondition: { MaxRuntimeInSeconds: HOUR, MaxPendingTimeInSeconds: 2 * HOUR } });
  await world.advance(1.9 * HOUR);
  expect(await describeJob()).toMatchObject({ TrainingJobStatus: 'InProgress', SecondaryStatus: 'Pending' });
  await world.advance(0.2 * HOUR);
  expect(await describeJob()).toMatchObject({ TrainingJobStatus: 'Stopped' });
  expect(await describeJob()).not.toHaveProperty('ModelArtifacts');
});

test('a job on other instances has no pending time', async () => {
  await begin({ fault: 'capacity' });
  await create({ StoppingCondition: { MaxRuntimeInSeconds: HOUR, MaxPendingTimeInSeconds: 2 * HOUR } });
  await world.advance(HOUR);
  expect((await describeJob()).TrainingJobStatus).toBe('Failed');
});

test('a spot job waits until its time is over', async () => {
  await begin({ fault: 'capacity' });
  await create({ EnableManagedSpotTraining: true, StoppingCondition: { MaxRuntimeInSeconds: HOUR, MaxWaitTimeInSeconds: 5 * HOUR } });
  await world.advance(4.9 * HOUR);
  expect(await describeJob()).toMatchObject({ TrainingJobStatus: 'InProgress', SecondaryStatus: 'Starting' });
  await world.advance(0.2 * HOUR);
  expect(await describeJob()).toMatchObject({ TrainingJobStatus: 'Stopped', SecondaryStatus: 'MaxWaitTimeExceeded' });
});

test('a job that waits for instances can be stopped', async () => {
  await begin({ fault: 'capacity' });
  await create({ ...ACCELERATED, StoppingCondition: { MaxRuntimeInSeconds: HOUR, MaxPendingTimeInSeconds: 2 * HOUR } });
  await world.advance(HOUR);
  world.sagemaker.call('StopTrainingJob', { TrainingJobName: 'job' });
  await world.advance(60);
  expect(await describeJob()).toMatchObject({ TrainingJobStatus: 'Stopped', SecondaryStatus: 'Stopped' });
});

describe('preferences', () => {
  const preferences = resources({ InstancePreferences: [{ InstanceType: 'ml.p4d.24xlarge', InstanceCount: 1 }, { InstanceType: 'ml.g5.xlarge', InstanceCount: 2 }] });

  test('are tried in their order, and the one that was selected is described', async () => {
    await begin({ fault: 'capacity', match: { instanceType: 'ml.p4d.*' } });
    await create(preferences);
    await world.advance(HOUR);
    expect(await describeJob()).toMatchObject({
      TrainingJobStatus: 'Completed',
      ResourceConfig: { InstancePreferences: [{}, {}], SelectedInstanceType: 'ml.g5.xlarge', SelectedInstanceCount: 2 },
    });
  });

  test('are of no use when none has capacity', async () => {
    await begin({ fault: 'capacity', match: { instanceType: '*' } });
    await create(preferences);
    await world.advance(HOUR);
    expect(await describeJob()).toMatchObject({ TrainingJobStatus: 'Failed', FailureReason: expect.stringMatching(/^CapacityError/) });
  });
});

test('a notebook instance without an instance fails', async () => {
  await begin({ fault: 'capacity', match: { operation: 'CreateNotebookInstance' } });
  await world.client.send(new CreateNotebookInstanceCommand({
    NotebookInstanceName: 'book', InstanceType: 'ml.t3.medium', RoleArn: `arn:aws:iam::${ACCOUNT}:role/notebook`,
  }));
  await world.advance(HOUR);
  expect(await world.client.send(new DescribeNotebookInstanceCommand({ NotebookInstanceName: 'book' }))).toMatchObject({
    NotebookInstanceStatus: 'Failed', FailureReason: expect.stringContaining('InsufficientInstanceCapacity'),
  });
});
