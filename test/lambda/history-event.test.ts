import { event, play, Script } from './script';
import { JobScript } from './scripted-training-jobs';
import type { CloudFormationEvent, Step } from '../../lambda/events';
import { HANDLED_KINDS } from '../../lambda/handled-kinds';
import { OWNER_TAG, RESOURCE_TYPE } from '../../src/contract';
import { stackKey } from '../../src/identity';

/*
 * The history of a stack: its deletion leaves nothing that can be deleted.
 */

const KEY = stackKey(event().StackId);
const step = (changes: Partial<CloudFormationEvent> = {}): Step => ({
  event: event({ ResourceType: RESOURCE_TYPE.jobHistory, LogicalResourceId: 'History', ResourceProperties: {}, ...changes }), memo: { sentAt: 0 },
});

/** A script with so many training jobs of the stack, and lists of the other kinds that are empty. */
function historyOf(count: number, status = 'Completed', tags: Record<string, string> = {}): JobScript {
  const script = new JobScript();
  for (let index = 0; index < count; index++) script.jobs.add(`s-train-${KEY}${String(index).padStart(9, '0')}`, status, { Request: {} }, { tags });
  const { answer } = script.jobs;
  script.sageMaker.call = async (operation, input: Record<string, any>) => {
    script.calls.push([operation, input]);
    if (/^List.*Jobs$/.test(operation) && operation !== 'ListTrainingJobs') return {};
    if (operation !== 'ListTrainingJobs') return answer(operation, input);
    const from = Number(input.NextToken ?? 0);
    const { TrainingJobSummaries } = answer(operation, input) as { TrainingJobSummaries: object[] };
    const isLast = from + 100 >= TrainingJobSummaries.length;
    return { TrainingJobSummaries: TrainingJobSummaries.slice(from, from + 100), ...!isLast && { NextToken: String(from + 100) } };
  };
  return script;
}

test.each(['Create', 'Update'] as const)('the %s of a history answers with the stack key, which never changes', async (RequestType) => {
  const script = new Script(() => ({}));
  await play(script, step({ RequestType, PhysicalResourceId: RequestType === 'Update' ? KEY : undefined }));
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'SUCCESS', PhysicalResourceId: KEY })]);
  expect(script.calls).toEqual([]);
});

test('the deletion of a history ends and deletes every job of the stack', async () => {
  const script = historyOf(3, 'InProgress');
  await play(script, step({ RequestType: 'Delete', PhysicalResourceId: KEY }));
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'SUCCESS' })]);
  expect(script.jobs.records.size).toBe(0);
});

test('the deletion of a history deletes two thousand records', async () => {
  const script = historyOf(2000);
  await play(script, step({ RequestType: 'Delete', PhysicalResourceId: KEY }));
  expect([script.responses[0].Status, script.jobs.records.size]).toEqual(['SUCCESS', 0]);
});

test.each([
  ['of another stack', { [OWNER_TAG.stack]: 'other' }],
  ['that is retained', { [OWNER_TAG.retained]: 'true' }],
])('the deletion of a history leaves a job %s', async (_which, tags) => {
  const script = historyOf(1, 'InProgress', tags);
  await play(script, step({ RequestType: 'Delete', PhysicalResourceId: KEY }));
  expect([script.responses[0].Status, script.changes(), script.jobs.records.size]).toEqual(['SUCCESS', [], 1]);
});

test('the deletion of a history leaves the training jobs that a tuning job has launched', async () => {
  const script = historyOf(0);
  script.jobs.add(`s-tune-${KEY}000000000-001-0123abcd`, 'Completed', { Request: {} });
  await play(script, step({ RequestType: 'Delete', PhysicalResourceId: KEY }));
  expect([script.responses[0].Status, script.jobs.records.size]).toEqual(['SUCCESS', 1]);
});

test('the deletion of a history passes over a record that is deleted at the same moment', async () => {
  const script = historyOf(3);
  const { call } = script.sageMaker;
  script.sageMaker.call = async (operation, input) => {
    if (operation === 'ListTags') script.jobs.records.delete(String(input.ResourceArn).replace('arn:', ''));
    return call(operation, input);
  };
  await play(script, step({ RequestType: 'Delete', PhysicalResourceId: KEY }));
  expect(script.responses[0].Status).toBe('SUCCESS');
});

test('the deletion of a history fails where jobs are left after an hour, and can be repeated', async () => {
  const script = historyOf(1, 'InProgress');
  const { call } = script.sageMaker;
  script.sageMaker.call = async (operation, input) => (operation === 'StopTrainingJob' ? {} : call(operation, input));
  await play(script, step({ RequestType: 'Delete', PhysicalResourceId: KEY }));
  expect(script.responses).toEqual([
    expect.objectContaining({ Status: 'FAILED', PhysicalResourceId: KEY, Reason: expect.stringContaining('Delete the stack again') }),
  ]);
});

test('the deletion of a history ends jobs whose records cannot be deleted, and leaves the records', async () => {
  const { operations } = HANDLED_KINDS.trainingJob;
  const restore = jest.replaceProperty(HANDLED_KINDS.trainingJob as { operations: object }, 'operations', { ...operations, delete: undefined });
  const script = historyOf(2, 'InProgress');
  await play(script, step({ RequestType: 'Delete', PhysicalResourceId: KEY }));
  restore.restore();
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'SUCCESS' })]);
  expect([...script.jobs.records.values()].map(({ status }: any) => status)).toEqual(['Stopped', 'Stopped']);
  expect(script.calls.filter(([operation]) => /^Delete\w+Job$/.test(operation))).toEqual([]);
});

test('the deletion of a history waits until lists show every job', async () => {
  const script = historyOf(0);
  await play(script, step({ RequestType: 'Delete', PhysicalResourceId: KEY }));
  expect(script.time).toBeGreaterThanOrEqual(60_000);
});

test.each([
  ['until they have ended, where some are active', 'InProgress', 40],
  ['once, where all have ended', 'Completed', 75],
])('the deletion of a history looks at its jobs again %s', async (_which, status, seconds) => {
  const script = historyOf(2, status);
  const { call } = script.sageMaker;
  const times: number[] = [];
  script.sageMaker.call = async (operation, input) => {
    if (operation === 'ListTrainingJobs') times.push(script.time / 1000);
    return call(operation, input);
  };
  await play(script, step({ RequestType: 'Delete', PhysicalResourceId: KEY }));
  expect([script.responses[0].Status, times[1] <= seconds, times[1] >= (status === 'Completed' ? 60 : 10)]).toEqual(['SUCCESS', true, true]);
});

test('the deletion of a history says what else went wrong', async () => {
  const script = historyOf(1);
  script.jobs.errors.ListTags = [Object.assign(new Error('an odd answer'), { name: 'OddException' })];
  await play(script, step({ RequestType: 'Delete', PhysicalResourceId: KEY }));
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: 'OddException: an odd answer' })]);
});
