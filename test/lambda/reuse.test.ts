import { event, first, play } from './script';
import { type Given, JobScript, nameOf } from './scripted-training-jobs';
import { OWNER_TAG } from '../../src/contract';

/*
 * The choice among several jobs for a request, and the changes to the job that counts.
 */

const given = event().ResourceProperties;
const requestOf = (Request: object, more: object = {}) => ({ ...given, Request: { RoleArn: 'role', ...Request }, ...more });
const createdAt = (second: number): Given => ({ members: { CreationTime: new Date(second * 1000) } });

type Records = readonly (readonly [name: string, status: string, properties: Record<string, unknown>, given?: Given])[];

/** Plays an update among jobs, of which CloudFormation knows the one with the physical ID. A job that it starts completes at once. */
async function update(records: Records, before: Record<string, unknown>, after: Record<string, unknown>, physicalId = nameOf(before)) {
  const script = new JobScript();
  for (const [name, status, properties, more] of records) script.jobs.add(name, status, properties, more);
  const { call } = script.sageMaker;
  script.sageMaker.call = async (operation, input) => {
    const output = await call(operation, input);
    if (operation === 'CreateTrainingJob') script.jobs.records.get(input.TrainingJobName)!.status = 'Completed';
    return output;
  };
  await play(script, first({ RequestType: 'Update', PhysicalResourceId: physicalId, ResourceProperties: after, OldResourceProperties: before }));
  expect(script.responses).toHaveLength(1);
  return { script, answer: script.responses[0], described: script.calls.map(([, { TrainingJobName }]) => TrainingJobName) };
}

const FORMER = requestOf({ HyperParameters: { depth: '5' } });
const LATTER = requestOf({ HyperParameters: { depth: '6' } });
const LONGER = { Wait: { Seconds: '900' } };

describe('of several jobs for a request', () => {
  const latter = [nameOf(LATTER), 'Completed', LATTER, createdAt(30)] as const;

  test('a result counts before a later one that still runs, which is ended', async () => {
    const { answer, script } = await update([
      latter, [nameOf(FORMER), 'InProgress', FORMER, createdAt(20)], [nameOf(FORMER, 2), 'Completed', FORMER, createdAt(10)],
    ], LATTER, FORMER);
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: nameOf(FORMER, 2) });
    expect(script.jobs.statuses[nameOf(FORMER)]).toBe('Stopped');
  });

  test.each([1, 2])('the result that CloudFormation knows counts before others: attempt %i', async (attempt) => {
    const { answer, script } = await update([
      [nameOf(FORMER), 'Completed', FORMER, createdAt(10)], [nameOf(FORMER, 2), 'Completed', FORMER, createdAt(10)],
    ], FORMER, { ...FORMER, ...LONGER }, nameOf(FORMER, attempt));
    expect([answer.PhysicalResourceId, script.changes()]).toEqual([nameOf(FORMER, attempt), []]);
  });

  test.each([[10, 20, 2], [20, 10, 1]])('the newest result counts otherwise: of %i and %i attempt %i', async (one, two, attempt) => {
    const { answer } = await update([
      latter, [nameOf(FORMER), 'Completed', FORMER, createdAt(one)], [nameOf(FORMER, 2), 'Completed', FORMER, createdAt(two)],
    ], LATTER, FORMER);
    expect(answer.PhysicalResourceId).toBe(nameOf(FORMER, attempt));
  });
});

describe('of the jobs that are listed', () => {
  test('those that have failed, and those of the former request, are not looked at', async () => {
    const { answer, described } = await update([
      [nameOf(LATTER), 'Completed', LATTER], [nameOf(LATTER, 2), 'Completed', LATTER], [nameOf(FORMER, 2), 'Failed', FORMER],
    ], LATTER, FORMER);
    expect(answer.PhysicalResourceId).toBe(nameOf(FORMER));
    expect(described).not.toContain(nameOf(LATTER, 2));
    expect(described).not.toContain(nameOf(FORMER, 2));
  });

  test('one that runs for the former request is ended', async () => {
    const { script } = await update([[nameOf(LATTER), 'Completed', LATTER], [nameOf(LATTER, 2), 'InProgress', LATTER]], LATTER, FORMER);
    expect(script.jobs.statuses[nameOf(LATTER, 2)]).toBe('Stopped');
  });

  test('one that has failed counts if nobody has waited for it', async () => {
    const [former, latter] = [FORMER, LATTER].map((properties) => ({ ...properties, Wait: { Seconds: '0' } }));
    const { answer, script } = await update([[nameOf(latter), 'Completed', latter], [nameOf(former, 2), 'Failed', former]], latter, former);
    expect([answer.Status, answer.PhysicalResourceId, script.changes()]).toEqual(['SUCCESS', nameOf(former, 2), []]);
  });
});

describe('a result in a location that jobs share', () => {
  const [former, latter] = [FORMER, LATTER].map((properties) => ({ ...properties, SharedOutput: 'true' }));

  test('counts while no later job has written there', async () => {
    const { answer, script } = await update([[nameOf(former), 'Completed', former, createdAt(10)]], former, { ...former, ...LONGER });
    expect([answer.PhysicalResourceId, script.changes()]).toEqual([nameOf(former), []]);
  });

  test('does not count after a later job, also one that has failed', async () => {
    const { answer } = await update([
      [nameOf(former), 'Completed', former, createdAt(10)], [nameOf(latter), 'Failed', latter, createdAt(20)],
    ], latter, former, nameOf(former));
    expect([answer.Status, answer.PhysicalResourceId]).toEqual(['SUCCESS', nameOf(former, 2)]);
  });

  test('does not count if CloudFormation does not know it', async () => {
    const { answer } = await update([
      [nameOf(latter), 'Completed', latter, createdAt(10)], [nameOf(former), 'Completed', former, createdAt(20)],
    ], latter, former);
    expect([answer.Status, answer.PhysicalResourceId]).toEqual(['SUCCESS', nameOf(former, 2)]);
  });
});

describe('an exact name without a record', () => {
  const [former, latter] = [FORMER, LATTER].map((properties) => ({ ...properties, Name: 'exactly-this' }));

  test('needs no job for the same request', async () => {
    const { answer, script } = await update([], former, { ...former, ...LONGER }, 'exactly-this');
    expect([answer.Status, script.changes()]).toEqual(['SUCCESS', []]);
  });

  test.each([['another request', latter, 'exactly-this'], ['the same request, but another job', former, 'other']])('needs one for %s', async (_what, before, id) => {
    const { answer, script } = await update([], before, former, id);
    expect([answer.Status, script.changes()]).toEqual(['SUCCESS', ['CreateTrainingJob']]);
  });
});

describe('the role of a job', () => {
  const after = requestOf({ RoleArn: 'other', HyperParameters: { depth: '5' } }, { Wait: { Seconds: '0' } });
  const before = { ...FORMER, Wait: { Seconds: '0' } };
  const jobWith = (status: string, RoleArn = 'role') => [[nameOf(before), status, before, { members: { RoleArn } }]] as const;

  test('cannot change while it runs', async () => {
    const { answer, script } = await update(jobWith('InProgress'), before, after);
    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).toContain(`RoleArn: cannot change while training job '${nameOf(before)}' runs. Wait until it has ended, stop it, or change \`rerunTrigger\` to run a new one. Property: role.`);
    expect([script.changes(), script.jobs.statuses]).toEqual([[], { [nameOf(before)]: 'InProgress' }]);
  });

  test.each([
    ['has ended', 'Completed', 'role'],
    ['was started with another role than the former one', 'InProgress', 'other'],
  ])('can change if it %s', async (_what, status, role) => {
    const { answer, script } = await update(jobWith(status, role), before, after);
    expect([answer.Status, answer.PhysicalResourceId, script.changes()]).toEqual(['SUCCESS', nameOf(before), []]);
  });
});

describe('a job that is kept when its stack is deleted', () => {
  const kept = { ...FORMER, Retain: 'true' };
  const record = [nameOf(FORMER), 'Completed', FORMER] as const;

  test('has a tag for it', async () => {
    const { script } = await update([record], FORMER, kept);
    expect(script.jobs.records.get(nameOf(FORMER))!.tags.get(OWNER_TAG.retained)).toBe('true');
  });

  test('loses the tag when it is not to be kept any more', async () => {
    const { script } = await update([[...record, { tags: { [OWNER_TAG.retained]: 'true' } }]], kept, FORMER);
    expect(script.jobs.records.get(nameOf(FORMER))!.tags.has(OWNER_TAG.retained)).toBe(false);
  });

  test('keeps a tag that the template has never had', async () => {
    const { script } = await update([[...record, { tags: { [OWNER_TAG.retained]: 'true' } }]], FORMER, { ...FORMER, ...LONGER });
    expect(script.changes()).toEqual([]);
  });

  test('does not get the tag if it fails', async () => {
    const { answer, script } = await update([[nameOf(LATTER), 'Completed', LATTER], [nameOf(FORMER), 'Failed', FORMER, { tags: { [OWNER_TAG.request]: 'request-1' } }]], LATTER, kept);
    expect([answer.Status, script.jobs.records.get(nameOf(FORMER))!.tags.has(OWNER_TAG.retained)]).toEqual(['FAILED', false]);
  });
});

describe('a job that was stopped, and is accepted,', () => {
  const limited = (seconds: string) => requestOf({ StoppingCondition: { MaxRuntimeInSeconds: seconds } }, { Wait: { Seconds: '600', AcceptStopped: 'true' } });

  test.each([
    ['counts for its own limit', '100', { MaxRuntimeInSeconds: 100 }, 0],
    ['counts for a shorter limit', '60', { MaxRuntimeInSeconds: 100 }, 0],
    ['counts where no limit is described', '100', {}, 0],
    ['does not count for a longer limit, which it may have missed', '200', { MaxRuntimeInSeconds: 100 }, 1],
  ])('%s', async (_what, seconds, StoppingCondition, started) => {
    const before = limited('100');
    const { answer, script } = await update([[nameOf(before), 'Stopped', before, { members: { StoppingCondition } }]], before, limited(seconds));
    expect([answer.Status, script.changes()]).toEqual(['SUCCESS', Array(started).fill('CreateTrainingJob')]);
  });
});
