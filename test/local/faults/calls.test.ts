import {
  CreateHyperParameterTuningJobCommand,
  CreateTrainingJobCommand,
  DescribeHyperParameterTuningJobCommand,
  DescribeTrainingJobCommand,
  ResourceLimitExceeded,
  ResourceNotFound,
  type TrainingJobStatus,
} from '@aws-sdk/client-sagemaker';
import { FaultyCloud } from './setup';
import type { FaultRule } from '../../../local/faults';
import { request } from '../sagemaker/setup';
import { tuningRequest } from '../sagemaker/tuning-setup';

let world: FaultyCloud;
afterEach(() => world.stop());

const begin = async (...rules: FaultRule[]) => { world = await FaultyCloud.start(rules); };
const create = async (name: string, changes: object = {}) => world.client.send(new CreateTrainingJobCommand(request(name, changes)));
const describeJob = async (name: string) => world.client.send(new DescribeTrainingJobCommand({ TrainingJobName: name }));
/** The names of the errors that so many creations end with; `ok` where one does not. */
const creations = async (count: number, prefix = 'job') => {
  const names: string[] = [];
  for (let n = 1; n <= count; n++) names.push(await create(`${prefix}-${n}`).then(() => 'ok', ({ name }) => name));
  return names;
};

describe('throttle', () => {
  test('refuses every third call, and nothing is done', async () => {
    await begin({ fault: 'throttle', match: { operation: 'Create*Job' }, when: { every: 3 } });
    expect(await creations(6)).toEqual(['ok', 'ok', 'ThrottlingException', 'ok', 'ok', 'ThrottlingException']);
    await expect(describeJob('job-3')).rejects.toThrow('Requested resource not found');
    expect(world.injected).toEqual(['throttle CreateTrainingJob job-3', 'throttle CreateTrainingJob job-6']);
  });

  test('says what the service says', async () => {
    await begin({ fault: 'throttle' });
    await expect(describeJob('job')).rejects.toMatchObject({ name: 'ThrottlingException', message: 'Rate exceeded', $metadata: { httpStatusCode: 400 } });
  });
});

describe('rate-limit', () => {
  test('takes so many calls in a second of virtual time, and more after a pause', async () => {
    await begin({ fault: 'rate-limit', perSecond: 2, match: { operation: 'CreateTrainingJob' } });
    expect(await creations(3, 'a')).toEqual(['ok', 'ok', 'ThrottlingException']);
    await world.advance(1);
    expect(await creations(3, 'b')).toEqual(['ok', 'ok', 'ThrottlingException']);
    await world.advance(60);
    expect(await creations(3, 'c')).toEqual(['ok', 'ok', 'ThrottlingException']);
    await expect(describeJob('a-1')).resolves.toBeDefined();
  });

  test('takes a burst that is larger than its rate', async () => {
    await begin({ fault: 'rate-limit', perSecond: 1, burst: 3 });
    expect(await creations(4)).toEqual(['ok', 'ok', 'ok', 'ThrottlingException']);
  });
});

describe('error', () => {
  test('is an internal failure', async () => {
    await begin({ fault: 'error', when: { first: 1 } });
    await expect(create('job')).rejects.toMatchObject({ name: 'InternalFailure', $metadata: { httpStatusCode: 500 } });
    await expect(create('job')).resolves.toBeDefined();
  });

  test('has the code and the words of the rule', async () => {
    await begin({ fault: 'error', code: 'ServiceUnavailable', message: 'Try later.', status: 503 });
    await expect(create('job')).rejects.toMatchObject({ name: 'ServiceUnavailable', message: 'Try later.', $metadata: { httpStatusCode: 503 } });
  });

  test('comes after the deed', async () => {
    await begin({ fault: 'error', afterDeed: true, match: { operation: 'CreateTrainingJob' } });
    await expect(create('job')).rejects.toMatchObject({ name: 'InternalFailure' });
    await expect(describeJob('job')).resolves.toMatchObject({ TrainingJobStatus: 'InProgress' });
  });
});

test('lost-answer breaks the connection after the deed', async () => {
  await begin({ fault: 'lost-answer', match: { operation: 'CreateTrainingJob' } });
  await expect(create('job')).rejects.toThrow(/socket hang up/);
  await expect(describeJob('job')).resolves.toBeDefined();
});

test('lost-request breaks the connection, and nothing is done', async () => {
  await begin({ fault: 'lost-request', match: { operation: 'CreateTrainingJob' } });
  await expect(create('job')).rejects.toThrow(/socket hang up/);
  await expect(describeJob('job')).rejects.toThrow(/not found/);
});

test('delay lets virtual time pass before the call is carried out', async () => {
  await begin({ fault: 'delay', seconds: 91, match: { operation: 'DescribeTrainingJob' } });
  await create('job');
  const { SecondaryStatus } = await world.clock.run(describeJob('job'));
  expect(world.seconds).toBe(91);
  expect(SecondaryStatus).toBe('Training');
});

test('access-denied names the action', async () => {
  await begin({ fault: 'access-denied', match: { operation: 'Describe*' } });
  await expect(describeJob('job')).rejects.toMatchObject({ name: 'AccessDeniedException', message: expect.stringContaining('sagemaker:DescribeTrainingJob') });
});

describe('account-limit', () => {
  test("is the SDK's ResourceLimitExceeded, and names the quota", async () => {
    await begin({ fault: 'account-limit' });
    const error = await create('job').catch((refusal) => refusal);
    expect(error).toBeInstanceOf(ResourceLimitExceeded);
    expect(error.message).toMatch(/^The account-level service limit 'ml.m5.large for training job usage' is 0 Instances/);
    await expect(describeJob('job')).rejects.toThrow(/not found/);
  });
});

test('role-not-spread names the role until it is over', async () => {
  await begin({ fault: 'role-not-spread', when: { until: 10 } });
  await expect(create('job')).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringMatching(/^Could not assume role arn:aws:iam::111122223333:role\/training\. /) });
  await world.advance(10);
  await expect(create('job')).resolves.toBeDefined();
});

describe('stale', () => {
  test('hides what was created for some seconds, whatever is asked about it', async () => {
    await begin({ fault: 'stale', seconds: 5 });
    await create('job');
    await expect(describeJob('job')).rejects.toMatchObject({ name: 'ValidationException', message: 'Requested resource not found.' });
    await expect(create('job')).rejects.toMatchObject({ name: 'ResourceInUse' });
    await world.advance(5);
    await expect(describeJob('job')).resolves.toMatchObject({ TrainingJobStatus: 'InProgress' });
  });

  test('is in the words of each kind', async () => {
    await begin({ fault: 'stale', seconds: 5 });
    await world.client.send(new CreateHyperParameterTuningJobCommand(tuningRequest('job')));
    const describeTuning = async () => world.client.send(new DescribeHyperParameterTuningJobCommand({ HyperParameterTuningJobName: 'job' }));
    await expect(describeTuning()).rejects.toBeInstanceOf(ResourceNotFound);
    await world.advance(5);
    await expect(describeTuning()).resolves.toBeDefined();
  });
});

test('unknown-status is a word that nobody knows', async () => {
  await begin({ fault: 'unknown-status', status: 'Hibernating', when: { nth: 2 } });
  await create('job');
  const statuses: (TrainingJobStatus | undefined)[] = [];
  for (let n = 0; n < 3; n++) statuses.push((await describeJob('job')).TrainingJobStatus);
  expect(statuses).toEqual(['InProgress', 'Hibernating', 'InProgress']);
});

test('a fault is told to whoever listens, and stands in the log of the calls', async () => {
  await begin({ fault: 'throttle', name: 'busy', match: { operation: 'CreateTrainingJob' } });
  const heard: string[] = [];
  world.faults.on('fault', ({ name, n, occasion: { service, operation, resource, caller } }) => heard.push([name, n, service, operation, resource, caller].join(' ')));
  await creations(2);
  expect(heard).toEqual(['busy 1 sagemaker CreateTrainingJob job-1 AKIDTEST', 'busy 2 sagemaker CreateTrainingJob job-2 AKIDTEST']);
  expect(world.endpoint.calls.map(({ fault }) => fault?.answer?.code)).toEqual(['ThrottlingException', 'ThrottlingException']);
});
