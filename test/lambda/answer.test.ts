import { event, first, play, SENT } from './script';
import { JobScript, nameOf } from './scripted-training-jobs';
import type { CloudFormationEvent } from '../../lambda/events';

const properties = event().ResourceProperties;
const NAME = nameOf(properties);
const LOGS = 'Logs: https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/'
  + `$252Faws$252Fsagemaker$252FTrainingJobs$3FlogStreamNameFilter$3D${NAME}`;

interface Course {
  readonly reads?: object;
  readonly wait?: object;
  /** The status of the job before the event, where there is one, and then so many seconds after the event. */
  readonly statuses: { readonly [second: number]: string };
  readonly members?: Record<string, unknown>;
  readonly changes?: Partial<CloudFormationEvent>;
}

/** Plays a creation, or another event, of which the job takes this course. */
async function take({ reads, wait = { Seconds: '600' }, statuses, members, changes }: Course) {
  const script = new JobScript();
  const job = script.jobs.add(NAME, statuses[0], properties, { members, tags: { 'cdk-sagemaker-jobs:request-id': 'request-1' } });
  const { call } = script.sageMaker;
  let passed = 0;
  script.sageMaker.call = async (operation, input) => {
    for (const second of Object.keys(statuses).map(Number)) {
      if (second <= passed || script.time < second * 1000) continue;
      [passed, job.status] = [second, statuses[second]];
    }
    return call(operation, input);
  };
  await play(script, first({ ...changes, ResourceProperties: { ...properties, ...reads, Wait: wait } }));
  expect(script.responses).toHaveLength(1);
  return { script, answer: script.responses[0] };
}

test('a job that has completed is answered with its name and what it is described by', async () => {
  const { script, answer } = await take({ statuses: { 0: 'InProgress', 100: 'Completed' }, members: { ModelArtifacts: { S3ModelArtifacts: 's3://b/model' } } });
  expect(answer).toMatchObject({
    Status: 'SUCCESS', PhysicalResourceId: NAME, Data: { 'TrainingJobName': NAME, 'TrainingJobStatus': 'Completed', 'ModelArtifacts.S3ModelArtifacts': 's3://b/model' },
  });
  expect(answer).not.toHaveProperty('Reason');
  expect(script.time / 1000).toBeGreaterThanOrEqual(100);
  expect(script.time / 1000).toBeLessThanOrEqual(110);
});

test.each([
  ['MlflowDetails.MlflowRunId', 'MlflowDetails: available only for jobs that ran with `mlflowConfig`. Change `rerunTrigger` to run a new job.'],
  ['WarmPoolStatus.Status', 'WarmPoolStatus: available only for jobs that ran with `keepAlivePeriod`. Change `rerunTrigger` to run a new job.'],
  ['FinalMetricDataList.loss', 'FinalMetricDataList: specify a `fallback` for a metric that the job may not report.'],
])('a job that has completed without %s, which the template reads, is a failure with advice', async (attribute, advice) => {
  const { answer } = await take({ reads: { Reads: ['TrainingJobStatus', attribute] }, statuses: { 0: 'InProgress', 100: 'Completed' } });
  expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: NAME });
  expect(answer.Reason).toBe(`The template reads ${attribute}, but training job '${NAME}' has no such value. `
    + `Available: TrainingJobName, TrainingJobArn, TrainingJobStatus. ${advice}`);
});

test('a fallback is the value of an attribute that a job lacks, and of no other', async () => {
  const reads = { Reads: ['FinalMetricDataList.auc', 'FinalMetricDataList.loss'], Fallbacks: { 'FinalMetricDataList.auc': '0', 'FinalMetricDataList.loss': '1' } };
  const { answer } = await take({
    reads, statuses: { 0: 'InProgress', 100: 'Completed' }, members: { FinalMetricDataList: [{ MetricName: 'auc', Value: 0.75 }] },
  });
  expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { 'FinalMetricDataList.auc': 0.75, 'FinalMetricDataList.loss': '1' } });
});

test('a job that runs on when its window ends is answered without the values that it does not have yet', async () => {
  const { answer } = await take({ reads: { Reads: ['TrainingEndTime'] }, wait: { Seconds: '60', HandOver: 'true' }, statuses: { 0: 'InProgress' } });
  expect(answer).toMatchObject({ Status: 'SUCCESS' });
});

test('a job that ends soon is answered soon', async () => {
  const script = new JobScript();
  script.time = SENT;
  const job = script.jobs.add(NAME, 'InProgress', properties, { tags: { 'cdk-sagemaker-jobs:request-id': 'request-1' } });
  const { call } = script.sageMaker;
  script.sageMaker.call = async (operation, input) => {
    if (script.time >= SENT + 11_000) job.status = 'Completed';
    return call(operation, input);
  };
  await play(script, { ...first(), memo: { sentAt: SENT } });
  expect([script.responses[0].Status, script.time - SENT]).toEqual(['SUCCESS', 16_000]);
});

test('a job that has failed is answered with its reason and the way to its logs', async () => {
  const { script, answer } = await take({ statuses: { 0: 'InProgress', 50: 'Failed' }, members: { FailureReason: 'AlgorithmError: exit code 1' } });
  expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: NAME, Reason: `Training job '${NAME}' ended as Failed: AlgorithmError: exit code 1. ${LOGS}` });
  expect(script.changes()).toEqual([]);
});

test('the reason of a failure contains no secrets, for SageMaker reports the command with the hyperparameters', async () => {
  const members = { FailureReason: 'AlgorithmError: Command "train.py --api_key hunter22 --depth 3"', HyperParameters: { api_key: '"hunter22"', depth: '3' } };
  const { answer } = await take({ statuses: { 0: 'InProgress', 50: 'Failed' }, members });
  expect(answer.Reason).toBe(`Training job '${NAME}' ended as Failed: AlgorithmError: Command "train.py --api_key *** --depth 3". ${LOGS}`);
});

test.each([
  [{ Seconds: '600' }, 'FAILED'],
  [{ Seconds: '600', AcceptStopped: 'true' }, 'SUCCESS'],
])('a job that was stopped is a result where that is accepted: %j', async (wait, Status) => {
  const { answer } = await take({ wait, statuses: { 0: 'InProgress', 50: 'Stopped' } });
  expect(answer.Status).toBe(Status);
});

test('a job that has failed is no result, also where one that was stopped is', async () => {
  const { answer } = await take({ wait: { Seconds: '600', AcceptStopped: 'true' }, statuses: { 0: 'InProgress', 50: 'Failed' } });
  expect(answer.Status).toBe('FAILED');
});

test('a job that another principal deletes is not waited for', async () => {
  const { script, answer } = await take({ statuses: { 0: 'InProgress', 50: 'Deleting' } });
  expect(answer).toMatchObject({ Status: 'FAILED', Reason: `Training job '${NAME}' is being deleted by another principal.` });
  expect(script.changes()).toEqual([]);
});

describe('without waiting', () => {
  test('a job is answered as soon as it runs', async () => {
    const { script, answer } = await take({ wait: { Seconds: '0' }, statuses: { 0: 'InProgress' } });
    expect([answer.Status, answer.Data.TrainingJobStatus, script.time]).toEqual(['SUCCESS', 'InProgress', 0]);
  });

  test('a job that is stopping is answered when it is known what it comes to', async () => {
    const { script, answer } = await take({ wait: { Seconds: '0' }, statuses: { 0: 'InProgress', 1: 'Stopping' }, changes: { RequestType: 'Create' } });
    expect([answer.Status, script.changes()]).toEqual(['SUCCESS', []]);
    expect((await take({ wait: { Seconds: '0' }, statuses: { 0: 'Stopping' } })).answer.Reason).toContain('ended as Stopped.');
  });
});

describe('when the time to wait is up', () => {
  test('a job is stopped, and answered once it has', async () => {
    const { script, answer } = await take({ statuses: { 0: 'InProgress' }, members: { SecondaryStatus: 'Training' } });
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: NAME, Reason: `Training job '${NAME}' was still Training when the wait timeout was reached, and was stopped. ${LOGS}` });
    expect(script.changes()).toEqual(['AddTags', 'StopTrainingJob']);
    expect(script.jobs.statuses).toEqual({ [NAME]: 'Stopped' });
  });

  test('it is looked at once more at that moment', async () => {
    const { script, answer } = await take({ statuses: { 0: 'InProgress', 599: 'Completed' } });
    expect([answer.Status, script.time]).toEqual(['SUCCESS', 600_000]);
  });

  test('a job goes on where another resource waits on for it', async () => {
    const { script, answer } = await take({ wait: { Seconds: '600', HandOver: 'true' }, statuses: { 0: 'InProgress' } });
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: NAME, Data: { TrainingJobStatus: 'InProgress' } });
    expect([script.changes(), script.time]).toEqual([[], 600_000]);
  });

  test('a job to which CloudFormation goes back is not stopped', async () => {
    const { script, answer } = await take({ statuses: { 0: 'InProgress' }, changes: { RequestType: 'Update', PhysicalResourceId: NAME, OldResourceProperties: properties } });
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: NAME, Reason: `Training job '${NAME}' was still InProgress when the wait timeout was reached. ${LOGS}` });
    expect(script.changes()).toEqual([]);
  });

  test('a job that has another owner by now is not stopped', async () => {
    const script = new JobScript();
    script.jobs.add(NAME, 'InProgress', properties, { tags: { 'cdk-sagemaker-jobs:logical-id': 'Other' } });
    await play(script, { ...first(), memo: { sentAt: 0, jobName: NAME, trackedSince: 0 } });
    expect(script.responses[0].Reason).toContain('when the wait timeout was reached. Logs:');
    expect(script.changes()).toEqual([]);
  });

  test('a job that does not stop while CloudFormation listens is told', async () => {
    const { script, answer } = await take({ wait: { Seconds: '3400' }, statuses: Object.fromEntries([[0, 'InProgress'], ...Array.from({ length: 400 }, (_, index) => [3401 + index, 'Stopping'])]) });
    expect(answer.Reason).toMatch(/, and was stopped\. Logs: \S+ The job is still stopping\.$/);
    expect(script.changes()).toEqual(['AddTags', 'StopTrainingJob']);
    expect(script.time / 1000).toBeGreaterThanOrEqual(3480);
    expect(script.time / 1000).toBeLessThan(3600);
  });
});

test.each<[string, Partial<CloudFormationEvent>, string]>([
  ['a creation that never had a job', { RequestType: 'Create' }, 'Train'],
  ['an update', { RequestType: 'Update', PhysicalResourceId: 's-train-former', OldResourceProperties: properties }, 's-train-former'],
])('%s fails under the physical id that CloudFormation knows', async (_what, changes, id) => {
  const script = new JobScript();
  await play(script, first({ ...changes, ResourceProperties: { ...properties, Request: { Colour: 'red' } } }));
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'FAILED', PhysicalResourceId: id })]);
});
