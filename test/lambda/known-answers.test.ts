import { first, identity, play } from './script';
import { JobScript, nameOf, serviceError } from './scripted-training-jobs';
import { advance } from '../../lambda/advance';
import type { Memo } from '../../lambda/events';
import { KnownAnswers } from '../../lambda/known-answers';
import { executionNames } from '../../lambda/naming';

const throttled = () => serviceError('ThrottlingException', 'Rate exceeded');

/** A service that answers some calls with errors, and the memo of an execution that calls it. */
function service(...errors: (Error | undefined)[]) {
  const calls: [string, object][] = [];
  const memo: Memo = { sentAt: 0 };
  const sageMaker = {
    async call(operation: string, input: object) {
      calls.push([operation, input]);
      const error = errors.shift();
      if (error) throw error;
      return { call: calls.length };
    },
  };
  /** The next step, which knows what the one before has passed on. */
  const step = (maxBytes = 1000) => {
    const answers = new KnownAnswers(sageMaker, memo);
    return { answers, passOn: () => { memo.answers = JSON.parse(JSON.stringify(answers.kept(maxBytes))) as Memo['answers']; } };
  };
  return { calls, memo, step };
}

const DESCRIBE = { TrainingJobName: 'job' };

test('a step makes the same call once', async () => {
  const { calls, step } = service();
  const { answers } = step();
  expect(await answers.call('DescribeTrainingJob', DESCRIBE)).toEqual({ call: 1 });
  expect(await answers.call('DescribeTrainingJob', { ...DESCRIBE })).toEqual({ call: 1 });
  expect(await answers.call('DescribeTrainingJob', { TrainingJobName: 'another' })).toEqual({ call: 2 });
  expect(calls).toHaveLength(2);
});

test('a step that was throttled resumes at the refused call', async () => {
  const { calls, step } = service(undefined, serviceError('ValidationException', 'Requested resource not found.'), throttled());
  for (const isLast of [false, true]) {
    const { answers, passOn } = step();
    await answers.call('DescribeTrainingJob', DESCRIBE);
    await expect(answers.call('DescribeTrainingJob', { TrainingJobName: 'none' })).rejects.toMatchObject({ name: 'ValidationException', message: 'Requested resource not found.' });
    const list = answers.call('ListTags', { ResourceArn: 'arn' });
    await (isLast ? expect(list).resolves.toEqual({ call: 4 }) : expect(list).rejects.toThrow('Rate exceeded'));
    expect([answers.isResumed, answers.isInterrupted]).toEqual([isLast, !isLast]);
    passOn();
  }
  expect(calls.map(([operation]) => operation)).toEqual(['DescribeTrainingJob', 'DescribeTrainingJob', 'ListTags', 'ListTags']);
});

test.each([
  ['StopTrainingJob', { TrainingJobName: 'job' }, 1],
  ['AddTags', { ResourceArn: 'arn:job', Tags: [] }, 0],
])('after %s, only what it may have changed is read again', async (operation, input, again) => {
  const { calls, step } = service();
  const { answers } = step();
  const reads: [string, Record<string, unknown>][] = [['ListTags', { ResourceArn: 'arn:job' }], ['DescribeTrainingJob', DESCRIBE], ['DescribeTrainingJob', { TrainingJobName: 'job-2' }]];
  for (const [read, of] of reads) await answers.call(read, of);
  await answers.call(operation, input);
  const before = calls.length;
  for (const [read, of] of reads) await answers.call(read, of);
  expect(calls.slice(before)).toEqual([reads[again]]);
});

test('a change that was throttled changes nothing, one whose answer is lost may have', async () => {
  const { calls, step } = service(undefined, throttled(), Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
  const { answers } = step();
  await answers.call('DescribeTrainingJob', DESCRIBE);
  for (const expected of [2, 4]) {
    await expect(answers.call('StopTrainingJob', DESCRIBE)).rejects.toThrow();
    await answers.call('DescribeTrainingJob', DESCRIBE);
    expect(calls).toHaveLength(expected);
  }
});

test('a change that was made is not made again when the next step resumes', async () => {
  const { calls, step } = service(undefined, serviceError('ValidationException', 'the job has ended'), throttled());
  for (const isLast of [false, true]) {
    const { answers, passOn } = step();
    await answers.call('DeleteTrainingJob', DESCRIBE);
    await expect(answers.call('DeleteTrainingJob', { TrainingJobName: 'second' })).rejects.toThrow('the job has ended');
    const third = answers.call('DeleteTrainingJob', { TrainingJobName: 'third' });
    await (isLast ? third : expect(third).rejects.toThrow('Rate exceeded'));
    passOn();
  }
  expect(calls).toHaveLength(4);
});

test('a failure that may pass is no answer, nor is a missing permission', async () => {
  const { calls, step } = service(serviceError('AccessDeniedException', 'not yet'), serviceError('InternalFailure', 'oops'));
  const { answers } = step();
  for (let failures = 0; failures < 2; failures++) await expect(answers.call('DescribeTrainingJob', DESCRIBE)).rejects.toThrow();
  await answers.call('DescribeTrainingJob', DESCRIBE);
  expect(calls).toHaveLength(3);
});

test('as many answers are passed on as an execution can carry', async () => {
  const { calls, step } = service();
  const { answers, passOn } = step(150);
  await answers.call('DescribeTrainingJob', { TrainingJobName: 'x'.repeat(100) });
  await answers.call('DescribeTrainingJob', DESCRIBE);
  passOn();
  const next = step().answers;
  await next.call('DescribeTrainingJob', DESCRIBE);
  expect(calls).toHaveLength(2);
  await next.call('DescribeTrainingJob', { TrainingJobName: 'x'.repeat(100) });
  expect(calls).toHaveLength(3);
});

/** A service that carries out one call of each operation a second, and refuses the others. */
class SlowService extends JobScript {
  readonly refused: string[] = [];
  private readonly usedAt = new Map<string, number>();

  override readonly sageMaker = {
    call: async (operation: string, input: any) => {
      if (this.usedAt.get(operation) === this.time) {
        this.refused.push(operation);
        throw throttled();
      }
      this.usedAt.set(operation, this.time);
      this.calls.push([operation, input]);
      return this.jobs.answer(operation, input);
    },
  };
}

const A = { Request: { RoleArn: 'role', HyperParameters: { variant: 'a' } }, NamePrefix: 's-train', Wait: { Seconds: '600' } };
const B = { ...A, Request: { ...A.Request, HyperParameters: { variant: 'b' } } };
const update = (properties: object, before: object) => ({
  RequestType: 'Update' as const, ResourceProperties: { ...properties }, OldResourceProperties: { ...before }, PhysicalResourceId: nameOf(before),
});

test('an update is carried out within minutes where a service takes one call of each operation a second', async () => {
  const script = new SlowService();
  script.jobs.add(nameOf(A), 'Completed', A);
  for (const name of [nameOf(B), nameOf(B, 2), nameOf(B, 3)]) script.jobs.add(name, 'Stopped', B);
  let step = first(update(B, A));
  for (let steps = 0; !script.jobs.statuses[nameOf(B, 4)] && steps < 100; steps++) {
    step = await advance(JSON.parse(JSON.stringify(step)), script);
    script.time += (step.wait ?? 0) * 1000;
  }
  expect(script.jobs.statuses[nameOf(B, 4)]).toBe('InProgress');
  expect(script.refused.length).toBeGreaterThan(3);
  expect(script.time).toBeLessThan(180_000);
});

test('a step whose answers are out of date begins anew, and tells what is true now', async () => {
  const script = new JobScript();
  script.jobs.add(nameOf(A), 'Completed', A);
  script.jobs.errors.AddTags = [throttled()];
  const tagged = { ...A, Request: { ...A.Request, Tags: [{ Key: 'team', Value: 'a' }] } };
  let step = first(update(tagged, A));
  do step = await advance(step, script); while (!step.memo.answers);
  // Another principal deletes the record while the step waits.
  script.jobs.records.clear();
  await play(script, step);
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: expect.stringContaining('no longer exists: another principal deleted it') })]);
});

test('what is read before earlier executions have ended is read again', async () => {
  const script = new JobScript();
  script.jobs.add(nameOf(A), 'InProgress', A);
  script.executing = [executionNames(identity('Train', 'an earlier request'), 0).name];
  script.jobs.errors.ListTrainingJobs = Array.from({ length: 2 }, throttled);
  let step = first({ RequestType: 'Delete', ResourceProperties: A, PhysicalResourceId: nameOf(A) });
  for (let steps = 0; steps < 2; steps++) {
    step = await advance(step, script);
    expect(step.memo.answers).toBeUndefined();
  }
  expect(script.ended).toHaveLength(1);
  await play(script, step);
  expect(script.jobs.statuses[nameOf(A)]).toBe('Stopped');
});
