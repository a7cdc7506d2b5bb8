import { described, event, identity, notFound, owned, play, Script, SENT, signedAt } from './script';
import { accept, advance } from '../../lambda/advance';
import type { CloudFormationEvent } from '../../lambda/events';
import { executionNames, FIRST_TRY, jobName } from '../../lambda/naming';

test('the hour of CloudFormation begins when it sends an event, not when the event arrives', async () => {
  const script: Script = new Script(() => { throw Object.assign(new Error('try later'), { name: 'ServiceUnavailable' }); });
  script.time = Date.parse('2026-01-01T00:04:00Z');
  const late = event({ ResponseURL: signedAt(Date.parse('2026-01-01T00:00:00Z')) });
  await accept(late, script);
  await play(script, script.steps[0]);
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'FAILED' })]);
  expect(script.time).toBeLessThan(Date.parse('2026-01-01T01:00:00Z'));
});

type RequestType = CloudFormationEvent['RequestType'];

describe('an event that arrives late', () => {
  /** Delivers a creation, or an update, of the first minute so many seconds later; others were delivered before. */
  async function deliver(seconds: number, others: { [requestId: string]: number } = {}, changes: Partial<CloudFormationEvent> = {}): Promise<Script> {
    let name: string | undefined;
    const script = new Script((operation, input) => {
      if (operation === 'CreateTrainingJob') name = input.TrainingJobName;
      if (operation === 'DescribeTrainingJob') return name === input.TrainingJobName ? described('Completed') : notFound();
      return operation === 'ListTags' ? owned({ 'request-id': 'request-1' }) : {};
    });
    script.time = SENT + seconds * 1000;
    for (const [requestId, sent] of Object.entries(others)) script.ended.push(executionNames(identity('Train', requestId), SENT + sent * 1000).name);
    await accept(event({ ResponseURL: signedAt(SENT), ...changes }), script);
    await play(script, script.steps[0]);
    return script;
  }

  test.each<[string, Partial<CloudFormationEvent>]>([
    ['creation', {}],
    ['update', { RequestType: 'Update', PhysicalResourceId: 's-train-1', OldResourceProperties: event().ResourceProperties }],
    ['continuation', { ResourceType: 'Custom::SageMakerJobContinuation', ResourceProperties: { Kind: 'trainingJob', JobName: 's-train-1', Wait: { Seconds: '60' } } }],
  ])('is neither handled nor answered when CloudFormation has sent another one since: a %s', async (_what, changes) => {
    const script = await deliver(90, { 'request-of-the-rollback': 60 }, changes);
    expect(script.calls).toEqual([]);
    expect(script.responses).toEqual([]);
  });

  test('waits until the later one would be listed before it believes that there is none', async () => {
    const script = await deliver(90);
    expect(script.time).toBeGreaterThanOrEqual(SENT + 100_000);
  });

  test('is handled when nothing was sent since, however late it is', async () => {
    const script = await deliver(1200, { 'request-before': -600 });
    expect(script.responses).toEqual([expect.objectContaining({ Status: 'SUCCESS' })]);
  });

  test('is handled when what was sent since is for another resource', async () => {
    const script = new Script(() => described('Completed'));
    script.ended.push(executionNames(identity('Other', 'request-2'), SENT + 60_000).name);
    script.time = SENT + 90_000;
    await accept(event({ ResponseURL: signedAt(SENT) }), script);
    expect(await advance(await advance(script.steps[0], script), script)).not.toMatchObject({ done: true });
  });

  test('is answered with a failure, and starts nothing, when CloudFormation is about to stop listening', async () => {
    const script = await deliver(3590);
    expect(script.operations()).not.toContain('CreateTrainingJob');
    expect(script.responses).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: expect.stringMatching(/was not started: CloudFormation's time limit was reached\.$/) })]);
  });

  test('is looked behind for from a minute before it was sent, because the clocks of the services differ', async () => {
    const script = await deliver(31);
    expect(script.askedSince).toEqual([SENT - 60_000]);
  });

  test('is on time until half a minute after it was sent, and then nothing is looked for', async () => {
    const script = await deliver(30, { 'request-later': 20 });
    expect([script.askedSince, script.responses.length]).toEqual([[], 1]);
  });

  test('is handled when a deletion was sent before it', async () => {
    expect((await overtake('Create', 'Delete', -60)).responses).toHaveLength(1);
  });

  test('is handled when the other one was sent in the same second, unless that deletes what a Create without an answer has made', async () => {
    expect((await deliver(90, { 'request-of-the-same-second': 0 })).responses).toHaveLength(1);
    expect((await overtake('Create', 'Delete', 0)).responses).toEqual([]);
  });

  test.each([
    ['the job of the failed resource that a retry replaces', { PhysicalResourceId: jobName({ NamePrefix: 's-train' }, event().StackId, 'identity', FIRST_TRY) }],
    ['a job with an exact name', { PhysicalResourceId: 'churn', ResourceProperties: { Name: 'churn' } }],
    ['a creation that had failed before it had a job', { PhysicalResourceId: 'Train' }],
  ])('is handled when a deletion in the same second was of %s', async (_what, changes) => {
    expect((await overtake('Create', 'Delete', 0, changes)).responses).toHaveLength(1);
  });

  test('is handled as a deletion whatever deletion was sent since, for CloudFormation waits for all of them', async () => {
    expect((await overtake('Delete', 'Delete', 60)).responses).toEqual([expect.objectContaining({ Status: 'SUCCESS' })]);
    expect((await overtake('Delete', 'Create', 60)).responses).toEqual([]);
  });
});

/** Delivers an event a minute and a half late, when another one was sent so many seconds after it. */
async function overtake(type: RequestType, otherType: RequestType, seconds: number, other: Partial<CloudFormationEvent> = {}): Promise<Script> {
  const script = new Script(notFound);
  script.time = SENT + 90_000;
  script.ended.push(executionNames({ ...identity('Train', 'request-2', otherType), ...other }, SENT + seconds * 1000).name);
  await accept(event({ RequestType: type, ResponseURL: signedAt(SENT) }), script);
  await play(script, script.steps[0]);
  return script;
}
