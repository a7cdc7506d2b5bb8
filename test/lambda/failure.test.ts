import { event, first, play, Script } from './script';
import { JobScript, nameOf, serviceError } from './scripted-training-jobs';
import { advance } from '../../lambda/advance';
import type { Memo, Step } from '../../lambda/events';

describe('a step that crashed again and again', () => {
  const properties = event().ResourceProperties;
  const NAME = nameOf(properties);
  const REASON = 'The handler failed: Sandbox.Timedout. See its log for details.';

  interface Crash {
    readonly status?: string;
    readonly wait?: object;
    /** Whose event has started the job. */
    readonly requestId?: string;
    readonly memo?: Partial<Memo>;
    readonly seconds?: number;
  }

  /** Goes on after the crash, where there is a job with the status. */
  async function goOn({ status, wait = { Seconds: '600' }, requestId = 'request-1', memo = { jobName: NAME, trackedSince: 0 }, seconds = 0 }: Crash) {
    const script = new JobScript();
    script.time = seconds * 1000;
    const given = { ...properties, Wait: wait };
    if (status) script.jobs.add(NAME, status, properties, { tags: { 'cdk-sagemaker-jobs:request-id': requestId } });
    await play(script, { ...first({ ResourceProperties: given }), memo: { sentAt: 0, ...memo }, error: { Error: 'Sandbox.Timedout' } });
    expect(script.responses).toHaveLength(1);
    return { script, answer: script.responses[0], changes: script.changes() };
  }

  test('stops the job, and answers with a failure once it has stopped', async () => {
    const { script, answer, changes } = await goOn({ status: 'InProgress' });
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: NAME, Reason: REASON });
    expect([changes, script.jobs.statuses]).toEqual([['AddTags', 'StopTrainingJob'], { [NAME]: 'Stopped' }]);
  });

  test('finds the job also where it could not tell of it any more', async () => {
    const { answer, changes } = await goOn({ status: 'InProgress', memo: {} });
    expect([answer.Reason, changes]).toEqual([REASON, ['AddTags', 'StopTrainingJob']]);
  });

  test('leaves a job that another event has started', async () => {
    const { answer, changes } = await goOn({ status: 'InProgress', memo: {}, requestId: 'another' });
    expect([answer.Reason, changes]).toEqual([REASON, []]);
  });

  test.each([
    ['has completed', { status: 'Completed' }],
    ['runs, and nobody waits for it', { status: 'InProgress', wait: { Seconds: '0' } }],
    ['runs, and another resource waits on', { status: 'InProgress', wait: { Seconds: '600', HandOver: 'true' }, seconds: 600 }],
  ])('answers with a job that is as it was wanted, for CloudFormation may have been told of it: one that %s', async (_what, crash) => {
    const { answer, changes } = await goOn(crash);
    expect([answer.Status, answer.PhysicalResourceId, changes]).toEqual(['SUCCESS', NAME, []]);
  });

  test.each([
    ['runs, and is still to be waited for', { status: 'InProgress', wait: { Seconds: '600', HandOver: 'true' }, seconds: 500 }, ['AddTags', 'StopTrainingJob']],
    ['has failed', { status: 'Failed' }, []],
    ['was stopped', { status: 'Stopped' }, []],
    ['another event has started', { status: 'Completed', requestId: 'another' }, []],
  ])('fails with a job that %s', async (_what, crash, expected) => {
    const { answer, changes } = await goOn(crash);
    expect([answer.Status, answer.Reason, changes]).toEqual(['FAILED', REASON, expected]);
  });

  test('looks for a job that is not to be seen yet for a minute', async () => {
    const { script, answer } = await goOn({});
    expect([answer.Status, answer.Reason]).toEqual(['FAILED', REASON]);
    expect(script.time / 1000).toBeGreaterThanOrEqual(60);
    expect(script.time / 1000).toBeLessThan(90);
  });
});

test('a step that crashed without a name for it says that', async () => {
  const script = new JobScript();
  await play(script, { ...first(), error: {} });
  expect(script.responses[0].Reason).toBe('The handler failed: unknown error. See its log for details.');
});

describe('an error that nobody expected', () => {
  const name = nameOf(event().ResourceProperties);
  const odd = serviceError('OddException', 'an odd answer');

  /** Plays a creation whose job is there, where looks at it meet errors. */
  async function meet(...errors: Error[]) {
    const script = new JobScript();
    script.jobs.add(name, 'InProgress', event().ResourceProperties, { tags: { 'cdk-sagemaker-jobs:request-id': 'request-1' } });
    script.jobs.errors.DescribeTrainingJob = errors;
    await play(script, { ...first(), memo: { sentAt: 0, jobName: name, trackedSince: 0 } });
    return script;
  }

  test('stops the job before it is told', async () => {
    const script = await meet(odd);
    expect(script.responses).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: 'OddException: an odd answer' })]);
    expect(script.jobs.statuses).toEqual({ [name]: 'Stopped' });
  });

  test('is told although another one follows', async () => {
    const script = await meet(odd, serviceError('OtherException', 'another one'));
    expect(script.responses).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: 'OddException: an odd answer' })]);
    expect(script.operations()).toHaveLength(2);
  });
});

test.each(['TimeoutError', 'ResourceInUse'])('a job that the service may have started although it said %s is looked for and stopped', async (name) => {
  const properties = event().ResourceProperties;
  const script = new JobScript();
  const { answer } = script.jobs;
  script.sageMaker.call = async (operation, input) => {
    script.calls.push([operation, input]);
    if (operation !== 'CreateTrainingJob') return answer(operation, input);
    if (script.time >= 300_000) answer(operation, input);
    throw serviceError(name, 'nobody knows');
  };
  await play(script, first());
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'FAILED', PhysicalResourceId: nameOf(properties), Reason: expect.stringContaining(`could not be started: ${name}`) })]);
  expect(script.jobs.statuses).toEqual({ [nameOf(properties)]: 'Stopped' });
});

test('a step that crashes even while it gives up answers without looking at the job', async () => {
  const script = new Script(() => { throw new Error('never called'); });
  const crashed: Step = { ...first(), memo: { sentAt: 0, jobName: 's-train-1', failure: 'The handler failed: A.', crashed: true }, error: { Error: 'B' } };
  expect((await advance(crashed, script)).done).toBe(true);
  expect(script.calls).toEqual([]);
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: 'The handler failed: A.' })]);
});

test('a step that crashes while the job of a failed event is being stopped goes on to stop it', async () => {
  const script = new JobScript();
  script.jobs.add('s-train-1', 'InProgress', event().ResourceProperties, { tags: { 'cdk-sagemaker-jobs:request-id': 'request-1' } });
  await play(script, { ...first(), memo: { sentAt: 0, jobName: 's-train-1', failure: 'The time was up.' }, error: { Error: 'B' } });
  expect(script.jobs.statuses).toEqual({ 's-train-1': 'Stopped' });
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: 'The time was up.' })]);
});

test('a step after the response does nothing, and takes no time', async () => {
  const script = new JobScript();
  const { done: _, ...last } = await play(script, first());
  const [calls, responses] = [script.calls.length, script.responses.length];
  expect(await advance(last, script)).toEqual({ ...last, wait: 0, done: true });
  expect(script.calls).toHaveLength(calls);
  expect(script.responses).toHaveLength(responses);
});
