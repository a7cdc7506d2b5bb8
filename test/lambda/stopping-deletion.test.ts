import { event, first, play } from './script';
import { JobScript, nameOf } from './scripted-training-jobs';
import { OWNER_TAG } from '../../src/contract';

/*
 * The Delete of a job: which jobs it stops. It deletes no record.
 */

const properties = event().ResourceProperties;
const NO_WAIT = { ...properties, Wait: { Seconds: '0' } };

/** Deletes the resource of a job by its physical id, where there are tries with these statuses. */
async function remove(statuses: string[], options: {
  physicalId?: string; script?: JobScript; given?: Record<string, unknown>; tags?: Record<string, string>; members?: Record<string, unknown>;
} = {}) {
  const { physicalId = nameOf(properties), script = new JobScript(), given = properties, tags = {}, members = {} } = options;
  statuses.forEach((status, index) => script.jobs.add(nameOf(given, index + 1), status, given, { tags, members }));
  await play(script, first({ RequestType: 'Delete', PhysicalResourceId: physicalId, ResourceProperties: given }));
  expect(script.responses).toHaveLength(1);
  return { script, answer: script.responses[0], left: script.jobs.statuses };
}

test.each([
  ['InProgress', ['AddTags', 'StopTrainingJob'], 'Stopped'],
  ['Stopping', [], 'Stopped'],
  ['Completed', [], 'Completed'],
  ['Failed', [], 'Failed'],
  ['Stopped', [], 'Stopped'],
])('a job that is %s has ended when its deletion is answered, and its record stays', async (status, changes, end) => {
  const { answer, left, script } = await remove([status]);
  expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: nameOf(properties) });
  expect([left, script.changes()]).toEqual([{ [nameOf(properties)]: end }, changes]);
});

test('a resource without a job is deleted without a call that changes something', async () => {
  const { answer, script } = await remove([]);
  expect([answer.Status, script.changes()]).toEqual(['SUCCESS', []]);
});

test('a deletion stops every job of a resource that waits', async () => {
  const { left } = await remove(['Completed', 'InProgress', 'InProgress']);
  expect(Object.values(left)).toEqual(['Completed', 'Stopped', 'Stopped']);
});

test('a deletion leaves what was handed over, but for the job that it names', async () => {
  const { left } = await remove(['InProgress', 'InProgress'], { given: NO_WAIT });
  expect(Object.values(left)).toEqual(['Stopped', 'InProgress']);
});

test('a deletion stops what was handed over where CloudFormation made the physical id up', async () => {
  const { answer, left } = await remove(['InProgress'], { given: NO_WAIT, physicalId: 'Stack-Train-1ABCDEFGHIJK' });
  expect([answer.Status, Object.values(left)]).toEqual(['SUCCESS', ['Stopped']]);
});

test('a deletion stops the jobs of an update that never was answered with the job that it names', async () => {
  const script = new JobScript();
  const former = { ...NO_WAIT, Request: { HyperParameters: { variant: 'former' } } };
  script.jobs.add(nameOf(former), 'InProgress', former);
  const { left } = await remove(['InProgress'], { given: NO_WAIT, physicalId: nameOf(former), script });
  expect(Object.values(left)).toEqual(['Stopped', 'Stopped']);
});

test.each([
  ['another resource', { [OWNER_TAG.resource]: 'Other' }],
  ['another stack', { [OWNER_TAG.stack]: 'other' }],
])('a deletion without a job of its own leaves the job of %s', async (_whose, tags) => {
  const { answer, script } = await remove(['InProgress'], { tags, physicalId: 'Stack-Train-1ABCDEFGHIJK' });
  expect([answer.Status, script.changes()]).toEqual(['SUCCESS', []]);
});

test('a job whose logical id was renamed is known by the physical id', async () => {
  const { left } = await remove(['InProgress'], { tags: { [OWNER_TAG.resource]: 'Renamed' } });
  expect(Object.values(left)).toEqual(['Stopped']);
});

test('a warm pool is released', async () => {
  const { script } = await remove(['Completed'], { members: { WarmPoolStatus: { Status: 'Available' } } });
  expect(script.changes()).toEqual(['UpdateTrainingJob']);
});

test('a job that was retained is no longer', async () => {
  const { script } = await remove(['Completed'], { tags: { [OWNER_TAG.retained]: 'true' } });
  expect(script.calls.filter(([operation]) => operation === 'DeleteTags').map(([, { TagKeys }]) => TagKeys)).toEqual([[OWNER_TAG.retained]]);
});

test('the record of a job with an exact name goes with it, for no list would find it by the stack', async () => {
  const exact = { ...properties, NamePrefix: undefined, Name: 'exactly-this' };
  const { left, script } = await remove(['Completed'], { given: exact, physicalId: 'exactly-this' });
  expect([left, script.changes()]).toEqual([{}, ['DeleteTrainingJob']]);
});
