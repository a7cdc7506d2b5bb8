import { event, first, play } from './script';
import { JobScript, nameOf } from './scripted-training-jobs';

/*
 * The rollback of an update: CloudFormation goes back to the properties before it, and to the job that it knows.
 */

const properties = { ...event().ResourceProperties, Wait: { Seconds: '0' } };
const KNOWN = { ...properties, Request: { RoleArn: 'known' } };
const GIVEN_UP = { ...properties, Request: { RoleArn: 'given up' } };

/** Rolls an update back that has left jobs with these statuses, in the order of attempts. */
async function rollBack(statuses: string[], { script = new JobScript(), seconds = '0' } = {}) {
  if (!script.jobs.records.has(nameOf(KNOWN))) script.jobs.add(nameOf(KNOWN), 'Completed', KNOWN);
  statuses.forEach((status, index) => script.jobs.add(nameOf(GIVEN_UP, index + 1), status, GIVEN_UP));
  await play(script, first({
    RequestType: 'Update', PhysicalResourceId: nameOf(KNOWN), ResourceProperties: { ...KNOWN, Wait: { Seconds: seconds } }, OldResourceProperties: GIVEN_UP,
  }));
  return { script, left: Object.keys(script.jobs.statuses), response: script.responses[0] };
}

const attempts = (...numbers: number[]) => numbers.map((attempt) => nameOf(GIVEN_UP, attempt));

test.each(['InProgress', 'AStatusOfTomorrow', 'Stopping', 'Failed', 'Stopped'])('clears away a job of the update that is %s, before it answers', async (status) => {
  const script = new JobScript();
  const { answer } = script.jobs;
  script.sageMaker.call = async (operation, input) => {
    script.calls.push([operation, input]);
    const job = script.jobs.records.get(input.TrainingJobName);
    if (operation === 'StopTrainingJob' && job?.status === 'AStatusOfTomorrow') job.status = 'InProgress';
    return answer(operation, input);
  };
  const { left, response } = await rollBack([status], { script });
  expect(response).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: nameOf(KNOWN) });
  expect(left).toEqual([nameOf(KNOWN)]);
  expect(script.operations().includes('StopTrainingJob')).toBe(['InProgress', 'AStatusOfTomorrow'].includes(status));
});

test('leaves a job of the update that has completed, for it may yet be wanted, and the attempts before that', async () => {
  const { script, left } = await rollBack(['Failed', 'Completed', 'Failed', 'InProgress']);
  expect(left).toEqual([nameOf(KNOWN), ...attempts(1, 2)]);
  expect(script.changes()).toEqual(['StopTrainingJob', 'DeleteTrainingJob', 'DeleteTrainingJob']);
});

test('clears away the last attempt first', async () => {
  const { script } = await rollBack(['Failed', 'Stopped', 'Failed']);
  expect(script.calls.filter(([operation]) => operation === 'DeleteTrainingJob').map(([, { TrainingJobName }]) => TrainingJobName)).toEqual(attempts(3, 2, 1));
});

test('leaves jobs that belong to another principal', async () => {
  const script = new JobScript();
  script.jobs.add(nameOf(GIVEN_UP), 'InProgress', GIVEN_UP, { tags: { 'cdk-sagemaker-jobs:logical-id': 'Other' } });
  const { left, response } = await rollBack([], { script });
  expect([response.Status, script.changes()]).toEqual(['SUCCESS', []]);
  expect(left).toContain(nameOf(GIVEN_UP));
});

test('fails with the reason where a job of the update does not stop in time', async () => {
  const script = new JobScript();
  const { answer } = script.jobs;
  script.sageMaker.call = async (operation, input) => {
    script.calls.push([operation, input]);
    if (operation === 'DescribeTrainingJob' && input.TrainingJobName === nameOf(GIVEN_UP)) {
      return { TrainingJobArn: `arn:${nameOf(GIVEN_UP)}`, TrainingJobStatus: 'Stopping' };
    }
    return answer(operation, input);
  };
  const { response } = await rollBack(['Stopping'], { script });
  expect(response).toMatchObject({ Status: 'FAILED', PhysicalResourceId: nameOf(KNOWN), Reason: 'Jobs of an update that was given up are still stopping.' });
  expect(script.time / 1000).toBeGreaterThanOrEqual(3480);
});

test('an update that repeats the request of a failed one keeps the job that CloudFormation knows, also as an attempt of it', async () => {
  const script = new JobScript();
  for (const [index, status] of ['Failed', 'Completed', 'InProgress'].entries()) script.jobs.add(nameOf(KNOWN, index + 1), status, KNOWN);
  await play(script, first({
    RequestType: 'Update', PhysicalResourceId: nameOf(KNOWN, 2), ResourceProperties: GIVEN_UP, OldResourceProperties: KNOWN,
  }));
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'SUCCESS', PhysicalResourceId: nameOf(GIVEN_UP) })]);
  expect(Object.keys(script.jobs.statuses)).toEqual([nameOf(KNOWN), nameOf(KNOWN, 2), nameOf(GIVEN_UP)]);
});

test('a change that is no new request keeps a job that runs', async () => {
  const script = new JobScript();
  script.jobs.add(nameOf(KNOWN), 'Failed', KNOWN);
  script.jobs.add(nameOf(KNOWN, 2), 'InProgress', KNOWN);
  await play(script, first({ RequestType: 'Update', PhysicalResourceId: 's-train-0123456789', ResourceProperties: KNOWN, OldResourceProperties: { ...KNOWN, Wait: { Seconds: '60' } } }));
  expect(script.changes()).toEqual([]);
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'SUCCESS', PhysicalResourceId: nameOf(KNOWN, 2) })]);
});
