import { event, first, identity, play } from './script';
import { JobScript, nameOf, serviceError } from './scripted-training-jobs';
import { executionNames } from '../../lambda/naming';

/*
 * A deletion: which jobs it stops, and which records it takes with it.
 */

const properties = event().ResourceProperties;
const attempt = (number: number) => nameOf(properties, number);

/** Deletes the resource of a job by its physical id, where there are attempts with these statuses. */
async function remove(statuses: string[], { physicalId = attempt(1), script = new JobScript(), given = properties, members = {} }: {
  physicalId?: string; script?: JobScript; given?: Record<string, unknown>; members?: Record<string, unknown>;
} = {}) {
  statuses.forEach((status, index) => script.jobs.add(nameOf(given, index + 1), status, given, { members }));
  await play(script, first({ RequestType: 'Delete', PhysicalResourceId: physicalId, ResourceProperties: given }));
  expect(script.responses).toHaveLength(1);
  return { script, answer: script.responses[0], left: script.jobs.statuses };
}

test.each([
  ['InProgress', ['StopTrainingJob', 'DeleteTrainingJob']],
  ['Stopping', ['DeleteTrainingJob']],
  ['Completed', ['DeleteTrainingJob']],
  ['Failed', ['DeleteTrainingJob']],
  ['Stopped', ['DeleteTrainingJob']],
])('a job that is %s is gone when the deletion is answered', async (status, changes) => {
  const { script, answer, left } = await remove([status]);
  expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: attempt(1) });
  expect([left, script.changes()]).toEqual([{}, changes]);
});

test('a resource without a job is deleted without a call that changes something', async () => {
  const { script, answer } = await remove([]);
  expect([answer.Status, script.changes(), script.time]).toEqual(['SUCCESS', [], 0]);
});

test('a job of which CloudFormation knows a later attempt leaves with the failed ones before it; those that had ended well or were stopped stay', async () => {
  expect((await remove(['Failed', 'Failed', 'Completed'], { physicalId: attempt(3) })).left).toEqual({});
  expect((await remove(['Completed', 'Failed', 'Completed'], { physicalId: attempt(3) })).left).toEqual({ [attempt(1)]: 'Completed' });
  expect((await remove(['Failed', 'Stopped', 'Failed', 'Completed'], { physicalId: attempt(4) })).left).toEqual({ [attempt(1)]: 'Failed', [attempt(2)]: 'Stopped' });
});

test('records stay where a later attempt has taken the place of the job, for no event would find that without them', async () => {
  const { script, left } = await remove(['Failed', 'Completed', 'Completed'], { physicalId: attempt(2) });
  expect([left, script.changes()]).toEqual([{ [attempt(1)]: 'Failed', [attempt(2)]: 'Completed', [attempt(3)]: 'Completed' }, []]);
});

test('a job whose place a later attempt has taken is stopped all the same', async () => {
  const { script, left } = await remove(['InProgress', 'InProgress']);
  expect([left, script.changes()]).toEqual([{ [attempt(1)]: 'Stopped', [attempt(2)]: 'InProgress' }, ['StopTrainingJob']]);
});

test('a later attempt that has failed takes no place', async () => {
  expect((await remove(['Completed', 'Failed'])).left).toEqual({ [attempt(2)]: 'Failed' });
});

test('a job that is gone already takes no other with it', async () => {
  const { left } = await remove(['Completed'], { physicalId: attempt(2) });
  expect(left).toEqual({ [attempt(1)]: 'Completed' });
});

test('a job of earlier properties is deleted by the physical id', async () => {
  const script = new JobScript();
  const former = { ...properties, Request: { RoleArn: 'former' } };
  script.jobs.add(nameOf(former), 'Completed', former);
  expect((await remove(['Completed'], { physicalId: nameOf(former), script })).left).toEqual({ [attempt(1)]: 'Completed' });
});

test('jobs of an update that never was answered are stopped with the job that CloudFormation knows; one that has completed stays', async () => {
  const script = new JobScript();
  const former = { ...properties, Request: { RoleArn: 'former' } };
  script.jobs.add(nameOf(former), 'Completed', former);
  const { answer, left } = await remove(['Completed', 'Failed', 'InProgress'], { physicalId: nameOf(former), script });
  expect([answer.Status, left]).toEqual(['SUCCESS', { [attempt(1)]: 'Completed' }]);
});

test.each(['Train', 's-train-made-up', 's-train-0123456789a', 'S-train-0123456789', 'as-train-0123456789', 's-train0123456789'])(
  'all jobs of the request are deleted where CloudFormation has made up the physical id: %s', async (physicalId) => {
    const { answer, left } = await remove(['Failed', 'InProgress'], { physicalId });
    expect([answer.Status, left]).toEqual(['SUCCESS', {}]);
  });

test('a job with an exact name is deleted by it', async () => {
  const given = { ...properties, NamePrefix: undefined, Name: 'exactly-this' };
  const { left, script } = await remove(['Completed'], { physicalId: 'exactly-this', given });
  expect([left, script.time]).toEqual([{}, 5000]);
  expect((await remove(['InProgress'], { physicalId: 'made-up', given })).left).toEqual({});
});

test('a record stays as long as an earlier event may be at work, for that would start the job once more', async () => {
  const script = new JobScript();
  script.executing = [executionNames(identity('Train', 'request-of-the-creation')).name];
  const { call } = script.sageMaker;
  const deletedAt: number[] = [];
  script.sageMaker.call = async (operation, input) => {
    if (operation === 'DeleteTrainingJob') deletedAt.push(script.time);
    return call(operation, input);
  };
  const { answer, left } = await remove(['Completed'], { script });
  expect([answer.Status, left, deletedAt]).toEqual(['SUCCESS', {}, [61_000]]);
});

test('a job that still holds instances gives them up before its record is deleted', async () => {
  const { script, left } = await remove(['Completed'], { members: { WarmPoolStatus: { Status: 'Available' } } });
  expect(script.calls.filter(([operation]) => /^(Update|Delete)/.test(operation))).toEqual([
    ['UpdateTrainingJob', { TrainingJobName: attempt(1), ResourceConfig: { KeepAlivePeriodInSeconds: 0 } }],
    ['DeleteTrainingJob', { TrainingJobName: attempt(1) }],
  ]);
  expect(left).toEqual({});
});

test('a job that another principal deletes is waited for', async () => {
  const script = new JobScript();
  const { call } = script.sageMaker;
  script.sageMaker.call = async (operation, input) => {
    if (script.time >= 60_000) script.jobs.records.clear();
    return call(operation, input);
  };
  const { answer } = await remove(['Deleting'], { script });
  expect([answer.Status, script.changes()]).toEqual(['SUCCESS', []]);
  expect(script.time).toBeGreaterThanOrEqual(60_000);
});

test('a job that ends by itself right before it is stopped is no failure', async () => {
  const script = new JobScript();
  const { call } = script.sageMaker;
  script.sageMaker.call = async (operation, input) => {
    if (operation === 'StopTrainingJob') script.jobs.records.get(attempt(1))!.status = 'Completed';
    return call(operation, input);
  };
  const { answer, left } = await remove(['InProgress'], { script });
  expect([answer.Status, left]).toEqual(['SUCCESS', {}]);
});

test('a job whose stop is refused fails the deletion with what the service says', async () => {
  const script = new JobScript();
  script.jobs.errors.StopTrainingJob = [serviceError('ValidationException', 'The job cannot be stopped')];
  const { answer } = await remove(['InProgress'], { script });
  expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: attempt(1), Reason: expect.stringContaining('ValidationException: The job cannot be stopped.') });
});

test('a job that vanishes right before its record is deleted is no failure', async () => {
  const script = new JobScript();
  const { call } = script.sageMaker;
  script.sageMaker.call = async (operation, input) => {
    if (operation === 'DeleteTrainingJob') script.jobs.records.clear();
    return call(operation, input);
  };
  expect((await remove(['Completed'], { script })).answer.Status).toBe('SUCCESS');
});
