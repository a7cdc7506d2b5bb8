import { executionArn, FUNCTION, invoke, StateMachinesFixture } from './setup';
import { ServiceError } from '../../../local/api/service-error';
import { FunctionError } from '../../../local/services';

let cloud: StateMachinesFixture;
beforeEach(async () => { cloud = await StateMachinesFixture.start(); });
afterEach(async () => cloud.stop());

const fail = (errorType: string) => async () => { throw new FunctionError(errorType, 'reason'); };

test('a task invokes a function with its payload and gets the result as the service wraps it', async () => {
  cloud.work = async () => ({ done: true });
  cloud.put({ StartAt: 'Work', States: { Work: invoke({ ResultSelector: undefined, ResultPath: '$.invocation', End: true }) } });
  const { status, output } = await cloud.execute({ a: 1 });
  expect(status).toBe('SUCCEEDED');
  expect(cloud.payloads).toEqual([{ a: 1 }]);
  expect(JSON.parse(output!)).toMatchObject({ a: 1, invocation: { ExecutedVersion: '$LATEST', StatusCode: 200, Payload: { done: true } } });
});

test('a task that names the function itself gets the bare result', async () => {
  cloud.work = async () => 'bare';
  cloud.put({ StartAt: 'Work', States: { Work: { Type: 'Task', Resource: FUNCTION, End: true } } });
  expect((await cloud.execute()).output).toBe('"bare"');
});

test('a loop waits in virtual time for as long as the function says', async () => {
  // given
  const times: number[] = [];
  cloud.work = async () => ({ done: times.push(cloud.clock.now() - Date.parse('2026-01-01')) === 3, wait: 3600 });
  cloud.put({
    StartAt: 'Advance',
    States: {
      'Advance': invoke({ Next: 'Done?', Parameters: { FunctionName: FUNCTION, Payload: { 'name.$': '$$.Execution.Name', 'id.$': '$$.Execution.Id' } } }),
      'Done?': { Type: 'Choice', Choices: [{ Variable: '$.result.done', BooleanEquals: true, Next: 'End' }], Default: 'Wait' },
      'Wait': { Type: 'Wait', SecondsPath: '$.result.wait', Next: 'Advance' },
      'End': { Type: 'Succeed' },
    },
  });
  // when
  const { status, startDate, stopDate } = await cloud.execute({}, 7200);
  // then
  expect(status).toBe('SUCCEEDED');
  expect(times).toEqual([0, 3_600_000, 7_200_000]);
  expect(stopDate!.getTime() - startDate!.getTime()).toBe(7_200_000);
  expect(cloud.payloads[0]).toEqual({ name: 'execution', id: executionArn('execution') });
  expect(cloud.stateMachines.executions()[0].transitions).toBe(9);
});

describe('an error', () => {
  test('fails the execution with its name and what the function reported', async () => {
    cloud.work = fail('Mine');
    cloud.put({ StartAt: 'Work', States: { Work: invoke({ End: true }) } });
    const { status, error, cause } = await cloud.execute();
    expect({ status, error, cause: JSON.parse(cause!) as object }).toEqual({
      status: 'FAILED', error: 'Mine', cause: { errorType: 'Mine', errorMessage: 'reason' },
    });
  });

  test('of the service has the name of Lambda before it', async () => {
    cloud.work = async () => { throw new ServiceError('ResourceNotFoundException', 'gone', 404); };
    cloud.put({ StartAt: 'Work', States: { Work: invoke({ End: true }) } });
    expect((await cloud.execute()).error).toBe('Lambda.ResourceNotFoundException');
  });

  test('is retried in virtual time, with back-off', async () => {
    const times: number[] = [];
    cloud.work = async () => {
      if (times.push(cloud.clock.now() - Date.parse('2026-01-01')) < 3) throw new FunctionError('Mine', 'reason');
      return 'third';
    };
    cloud.put({ StartAt: 'Work', States: { Work: invoke({ End: true, Retry: [{ ErrorEquals: ['Mine'], IntervalSeconds: 10, BackoffRate: 3, MaxAttempts: 2 }] }) } });
    expect((await cloud.execute({}, 40)).status).toBe('SUCCEEDED');
    expect(times).toEqual([0, 10_000, 40_000]);
    expect(cloud.stateMachines.executions()[0].transitions).toBe(3);
  });

  test.each(['States.ALL', 'States.TaskFailed', 'Sandbox.Timedout'])('is caught by %s', async (name) => {
    cloud.work = fail('Sandbox.Timedout');
    cloud.put({
      StartAt: 'Work',
      States: { Work: invoke({ End: true, Catch: [{ ErrorEquals: [name], ResultPath: '$.error', Next: 'Caught' }] }), Caught: { Type: 'Pass', End: true } },
    });
    const { status, output } = await cloud.execute({ a: 1 });
    expect(status).toBe('SUCCEEDED');
    expect(JSON.parse(output!)).toMatchObject({ a: 1, error: { Error: 'Sandbox.Timedout', Cause: expect.stringContaining('reason') } });
  });
});

describe('the limits', () => {
  const large = { text: 'x'.repeat(256 * 1024) };
  const catching = { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] };
  const Caught = { Type: 'Pass', End: true };

  test("fail the execution when a function's result is too large, whatever it catches", async () => {
    cloud.work = async () => large;
    cloud.put({ StartAt: 'Work', States: { Work: invoke({ ...catching, End: true }), Caught } });
    expect(await cloud.execute()).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  test("fail the execution when a state's output is too large, before the next state works", async () => {
    const half = 'x'.repeat(140 * 1024);
    cloud.put({ StartAt: 'Grow', States: { Grow: { Type: 'Pass', Result: half, ResultPath: '$.b', Next: 'Work' }, Work: invoke({ End: true }) } });
    expect(await cloud.execute({ a: half })).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
    expect(cloud.payloads).toEqual([]);
  });

  test('end an execution that takes longer than its TimeoutSeconds', async () => {
    cloud.put({ TimeoutSeconds: 60, StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 61, Next: 'Work' }, Work: invoke({ End: true }) } });
    const { status, stopDate } = await cloud.execute({}, 120);
    expect(status).toBe('TIMED_OUT');
    expect(stopDate).toEqual(new Date('2026-01-01T00:01:00Z'));
    expect(cloud.payloads).toEqual([]);
  });

  test('of time may be longer than timers of JavaScript', async () => {
    const days = 30 * 24 * 60 * 60;
    cloud.put({ TimeoutSeconds: 365 * 24 * 60 * 60, StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: days, End: true } } });
    await cloud.startExecution('execution');
    await cloud.clock.advance(20 * 24 * 60 * 60 * 1000);
    expect((await cloud.describe('execution')).status).toBe('RUNNING');
    await cloud.clock.advance(11 * 24 * 60 * 60 * 1000);
    expect((await cloud.describe('execution')).status).toBe('SUCCEEDED');
  });
});

test('branches run in parallel', async () => {
  const branch = (name: string, seconds: number) => ({ StartAt: name, States: { [name]: { Type: 'Wait', Seconds: seconds, Next: `${name}2` }, [`${name}2`]: invoke({ End: true }) } });
  cloud.put({ StartAt: 'Both', States: { Both: { Type: 'Parallel', Branches: [branch('A', 60), branch('B', 100)], End: true } } });
  const { status, stopDate } = await cloud.execute({}, 100);
  expect(status).toBe('SUCCEEDED');
  expect(stopDate).toEqual(new Date('2026-01-01T00:01:40Z'));
  expect(cloud.payloads).toHaveLength(2);
});

test.each([
  ['a state that does not exist', { StartAt: 'None', States: { Work: invoke({ End: true }) } }],
  ['a resource that is not emulated', { StartAt: 'Work', States: { Work: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', End: true } } }],
])('%s is refused', (_, definition) => {
  expect(() => cloud.put(definition)).toThrow();
});

test('a definition that is not valid is refused each time, whatever others like it were taken before', () => {
  const task = (resource: string) => ({ StartAt: 'Work', States: { Work: { Type: 'Task', Resource: resource, End: true } } });
  cloud.put(task(FUNCTION));
  cloud.put(task(`${FUNCTION}-2`));
  for (let attempt = 1; attempt <= 2; attempt++) {
    expect(() => cloud.put(task('arn:aws:lambda'))).toThrow('Resource is invalid');
    expect(() => cloud.put({ ...task(FUNCTION), StartAt: 'Nowhere' })).toThrow("Missing 'StartAt'|'Next'|'Default' target: Nowhere");
  }
});
