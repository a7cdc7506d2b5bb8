import { event, first, identity, play } from './script';
import { JobScript, serviceError } from './scripted-training-jobs';
import type { CloudFormationEvent } from '../../lambda/events';
import { executionNames, jobName } from '../../lambda/naming';
import type { JobProperties } from '../../src/contract';

const NAME = 's-train-0123456789';
const WAIT = { Seconds: '600' };
const created = (secondsBefore: number) => ({ CreationTime: new Date(-secondsBefore * 1000) });

interface Window {
  readonly status: string;
  readonly wait?: object;
  readonly members?: Record<string, unknown>;
  readonly tags?: Record<string, string>;
  readonly changes?: Partial<CloudFormationEvent>;
  readonly executing?: string[];
  /** When the job completes, in seconds after the event. */
  readonly completesAt?: number;
}

/** Plays a window of waiting for a job that another resource has started. */
async function wait({ status, wait: Wait = WAIT, members = created(3000), tags = {}, changes, executing = [], completesAt = Infinity }: Window) {
  const script = new JobScript();
  script.executing = executing;
  const job = script.jobs.add(NAME, status, event().ResourceProperties, { members, tags: { 'cdk-sagemaker-jobs:logical-id': 'TheJob', ...tags } });
  const { call } = script.sageMaker;
  script.sageMaker.call = async (operation, input) => {
    if (script.time >= completesAt * 1000) job.status = 'Completed';
    return call(operation, input);
  };
  await play(script, first({
    ResourceType: 'Custom::SageMakerJobContinuation',
    LogicalResourceId: 'Window',
    ResourceProperties: { Kind: 'trainingJob', JobName: NAME, Wait },
    ...changes,
  }));
  expect(script.responses).toHaveLength(1);
  return { script, answer: script.responses[0] };
}

test('a window waits on until the job has completed, and answers under its own id with what the job is described by', async () => {
  const { script, answer } = await wait({ status: 'InProgress', completesAt: 60, members: { ...created(3000), SecondaryStatus: 'Completed' } });
  expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'Window', Data: { TrainingJobName: NAME, TrainingJobStatus: 'Completed' } });
  expect(script.time / 1000).toBeGreaterThanOrEqual(60);
  expect(script.changes()).toEqual([]);
});

test('a window that ends is followed by the next one, and leaves the job running', async () => {
  const { script, answer } = await wait({ status: 'InProgress', wait: { ...WAIT, HandOver: 'true' } });
  expect([answer.Status, script.changes(), script.time]).toEqual(['SUCCESS', [], 600_000]);
  expect(script.calls.length).toBeLessThan(60);
});

test('a job that has failed fails the window', async () => {
  const { answer } = await wait({ status: 'Failed', members: { FailureReason: 'it broke' } });
  expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(`Training job '${NAME}' ended as Failed: it broke.`) });
});

test.each([
  ['Stopped', 'true', 'SUCCESS'],
  ['Stopped', undefined, 'FAILED'],
  ['Failed', 'true', 'FAILED'],
])('a job that is %s, where to accept a stopped one is %s, answers with %s', async (status, AcceptStopped, expected) => {
  expect((await wait({ status, wait: { ...WAIT, AcceptStopped } })).answer.Status).toBe(expected);
});

test('a job that is gone fails the window', async () => {
  const { answer } = await wait({ status: 'InProgress', changes: { ResourceProperties: { Kind: 'trainingJob', JobName: 'gone', Wait: WAIT } } });
  expect(answer.Reason).toBe("Training job 'gone' no longer exists: another principal deleted it.");
});

test('a window whose job another event has waited for already needs no record, as long as nothing is read of it', async () => {
  const changes = (Reads?: string[]) => ({
    RequestType: 'Update' as const,
    PhysicalResourceId: 'Window',
    OldResourceProperties: { Kind: 'trainingJob', JobName: 'gone', Wait: WAIT },
    ResourceProperties: { Kind: 'trainingJob', JobName: 'gone', Wait: { Seconds: '60' }, Reads },
  });
  expect((await wait({ status: 'InProgress', changes: changes() })).answer.Status).toBe('SUCCESS');
  expect((await wait({ status: 'InProgress', changes: changes(['TrainingJobArn']) })).answer.Data).toMatchObject({ TrainingJobArn: expect.stringContaining('training-job/gone') });
  expect((await wait({ status: 'InProgress', changes: changes(['BillableTimeInSeconds']) })).answer.Reason).toContain('no longer exists');
});

test('a window needs no record for the location of a model, also if it is created when the record was deleted before', async () => {
  const JobName = jobName({ NamePrefix: 's-train' } as JobProperties, event().StackId, '1:abcdefghij', '000');
  const ResourceProperties = {
    Kind: 'trainingJob', JobName, Wait: WAIT, Reads: ['ModelArtifacts.S3ModelArtifacts'], Output: { OutputDataConfig: { S3OutputPath: 's3://models/' } },
  };
  const Data = { 'ModelArtifacts.S3ModelArtifacts': `s3://models/${JobName}/output/model.tar.gz` };
  const update = { RequestType: 'Update' as const, PhysicalResourceId: 'Window', OldResourceProperties: { ...ResourceProperties, Wait: { Seconds: '60' } } };
  expect((await wait({ status: 'InProgress', changes: { ...update, ResourceProperties } })).answer).toMatchObject({ Status: 'SUCCESS', Data });
  expect((await wait({ status: 'InProgress', changes: { ResourceProperties } })).answer).toMatchObject({ Status: 'SUCCESS', Data });
});

test('a window needs no record either if SageMaker throttles its first call', async () => {
  const properties = { Kind: 'trainingJob', JobName: 'gone', Wait: WAIT };
  const script = new JobScript();
  script.jobs.errors.DescribeTrainingJob = [serviceError('ThrottlingException', 'Rate exceeded')];
  await play(script, first({
    RequestType: 'Update',
    ResourceType: 'Custom::SageMakerJobContinuation',
    PhysicalResourceId: 'Window',
    ResourceProperties: properties,
    OldResourceProperties: { ...properties, Wait: { Seconds: '60' } },
  }));
  expect(script.responses).toMatchObject([{ Status: 'SUCCESS' }]);
});

test('a window whose job had failed before it says what runs the job again', async () => {
  expect((await wait({ status: 'Failed' })).answer.Reason).toMatch(/ To run it again, change `rerunTrigger`\.$/);
});

describe('the end of the last window', () => {
  test('stops a job that was started when this wait began', async () => {
    const { script, answer } = await wait({ status: 'InProgress' });
    expect([answer.Status, script.changes(), script.jobs.statuses]).toEqual(['FAILED', ['AddTags', 'StopTrainingJob'], { [NAME]: 'Stopped' }]);
    expect(answer.Reason).toContain('was still InProgress when the wait timeout was reached, and was stopped.');
  });

  test('stops a job however long ago it was started', async () => {
    expect((await wait({ status: 'InProgress', members: created(100_000) })).script.changes()).toEqual(['AddTags', 'StopTrainingJob']);
  });

  test('does not stop a job that a resource without a wait has handed over', async () => {
    const { answer, script } = await wait({ status: 'InProgress', tags: { 'cdk-sagemaker-jobs:waits': 'false' } });
    expect([answer.Status, script.changes()]).toEqual(['FAILED', []]);
  });

  test('does not stop the job that CloudFormation goes back to', async () => {
    const { script } = await wait({
      status: 'InProgress', changes: { RequestType: 'Update', PhysicalResourceId: 'Window', OldResourceProperties: { Kind: 'trainingJob', JobName: NAME, Wait: WAIT } },
    });
    expect(script.changes()).toEqual([]);
  });

  test('stops the job that an update has started', async () => {
    const { script } = await wait({
      status: 'InProgress', changes: { RequestType: 'Update', PhysicalResourceId: 'Window', OldResourceProperties: { Kind: 'trainingJob', JobName: 'former', Wait: WAIT } },
    });
    expect(script.changes()).toEqual(['AddTags', 'StopTrainingJob']);
  });

  test('does not stop a job of another stack', async () => {
    const { script } = await wait({ status: 'InProgress', tags: { 'cdk-sagemaker-jobs:stack-id': 'other' } });
    expect(script.changes()).toEqual([]);
  });
});

describe('what still waits for the resource', () => {
  const creation = executionNames(identity('Window', 'creation')).name;

  test('is ended by an update', async () => {
    const { script, answer } = await wait({
      status: 'Completed', executing: [creation], changes: { RequestType: 'Update', PhysicalResourceId: 'Window', OldResourceProperties: { Kind: 'trainingJob', JobName: NAME, Wait: WAIT } },
    });
    expect([answer.Status, script.ended]).toEqual(['SUCCESS', [creation]]);
  });

  test('is ended by a deletion, which answers when that cannot do anything more, and leaves the job alone', async () => {
    const { script, answer } = await wait({ status: 'InProgress', executing: [creation], changes: { RequestType: 'Delete', PhysicalResourceId: 'Window' } });
    expect([answer.Status, answer.PhysicalResourceId, script.ended]).toEqual(['SUCCESS', 'Window', [creation]]);
    expect(script.time).toBeGreaterThanOrEqual(60_000);
    expect(script.calls).toEqual([]);
  });

  test('is nothing that a creation would end', async () => {
    expect((await wait({ status: 'Completed', executing: [creation] })).script.ended).toEqual([]);
  });
});

test('a step that crashed again and again fails the window, and stops the job first', async () => {
  const script = new JobScript();
  script.jobs.add(NAME, 'InProgress', event().ResourceProperties, { members: created(3000), tags: { 'cdk-sagemaker-jobs:logical-id': 'TheJob' } });
  const step = first({ ResourceType: 'Custom::SageMakerJobContinuation', ResourceProperties: { Kind: 'trainingJob', JobName: NAME, Wait: WAIT } });
  await play(script, { ...step, error: { Error: 'Sandbox.Timedout' } });
  expect(script.changes()).toEqual(['AddTags', 'StopTrainingJob']);
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: 'The handler failed: Sandbox.Timedout. See its log for details.' })]);
});
