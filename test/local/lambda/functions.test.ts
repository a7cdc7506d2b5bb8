import { setTimeout as realSleep } from 'node:timers/promises';
import { functionArn, FunctionsFixture } from './setup';
import { FunctionError, type Json } from '../../../local/services';

let cloud: FunctionsFixture;
beforeEach(() => { cloud = new FunctionsFixture({ maxProcesses: 2 }); });
afterEach(async () => cloud.stop());

const invoke = async (arn: string, payload: Json = {}) => cloud.functions.invoke(arn, payload) as Promise<Record<string, Json>>;
/** The error of a handler with this body. */
async function failure(code: string, changes = {}): Promise<FunctionError> {
  return invoke(cloud.put('failing', code, changes)).then(() => { throw new Error('no failure'); }, (error: FunctionError) => error);
}

describe('the environment of a function', () => {
  test('is what Lambda sets and what is configured, and nothing of its parent', async () => {
    process.env.SECRET_OF_PARENT = 'secret';
    const environment = await invoke(cloud.put('env', 'exports.handler = async () => process.env', { environment: { MINE: '1' } }));
    delete process.env.SECRET_OF_PARENT;
    expect(environment).toMatchObject({
      MINE: '1',
      AWS_REGION: 'eu-central-1',
      AWS_DEFAULT_REGION: 'eu-central-1',
      AWS_LAMBDA_FUNCTION_NAME: 'env',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_ACCESS_KEY_ID: expect.stringMatching(/^ASIA[0-9A-F]{16}$/),
    });
    expect(Object.keys(environment).filter((name) => /JEST|NODE_(?!PATH$)|SECRET_OF|HOME/.test(name))).toEqual([]);
  });

  test.each(['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_LAMBDA_FUNCTION_NAME'])('cannot be configured where Lambda sets it: %s', (name) => {
    expect(() => cloud.put('env', '', { environment: { [name]: 'x' } })).toThrow(name);
  });

  test('has an access key of its own', async () => {
    const code = 'exports.handler = async () => process.env.AWS_ACCESS_KEY_ID';
    const [one, other] = [await invoke(cloud.put('one', code)), await invoke(cloud.put('other', code))] as unknown as string[];
    expect(one).not.toBe(other);
    expect(cloud.functions.callerOf(one)?.functionName).toBe('one');
    expect(cloud.functions.callerOf('unknown')).toBeUndefined();
  });
});

describe('an invocation', () => {
  test('hands over the event and a context, and gives the result', async () => {
    const arn = cloud.put('echo', `exports.handler = async (event, { getRemainingTimeInMillis, ...context }) =>
      ({ event, context, remaining: getRemainingTimeInMillis() })`);
    const { event, context, remaining } = await invoke(arn, { a: [1, null, 'x'] });
    expect(event).toEqual({ a: [1, null, 'x'] });
    expect(context).toMatchObject({ awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/), invokedFunctionArn: arn, functionName: 'echo', memoryLimitInMB: '128' });
    expect(remaining).toBeGreaterThan(9_000);
    expect(remaining).toBeLessThanOrEqual(10_000);
  });

  test('gives null for nothing', async () => {
    expect(await invoke(cloud.put('nothing', 'exports.handler = async () => {}'))).toBeNull();
  });

  test("tells the clock's time", async () => {
    const arn = cloud.put('time', 'exports.handler = async () => [Date.now(), new Date().getTime(), new Date(0).getTime(), new Date() instanceof Date]');
    await invoke(arn);
    await cloud.clock.advance(3_600_000);
    const [now, date, epoch, instance] = await invoke(arn) as unknown as [number, number, number, boolean];
    expect(now - Date.parse('2026-01-01T01:00:00Z')).toBeLessThan(5_000);
    expect(now).toBeGreaterThanOrEqual(Date.parse('2026-01-01T01:00:00Z'));
    expect(date - now).toBeLessThan(1_000);
    expect([epoch, instance]).toEqual([0, true]);
  });

  test('loads a module, too', async () => {
    const arn = cloud.put('module', 'export const handler = async () => "module";');
    expect(await invoke(arn)).toBe('module');
  });

  test('a module imports the AWS SDK of the runtime', async () => {
    const arn = cloud.put('module', 'import { SageMakerClient } from "@aws-sdk/client-sagemaker"; export const handler = async () => typeof SageMakerClient;');
    expect(await invoke(arn)).toBe('function');
  });

  test('a module that imports a package that is not installed reports its name', async () => {
    const error = await failure('import "@aws-sdk/client-none"; export const handler = async () => "module";');
    expect(error.errorMessage).toMatch(/Cannot find package '@aws-sdk\/client-none'/);
  });
});

describe('processes', () => {
  const counting = 'let count = 0; exports.handler = async ({ ms = 0 }) => { await new Promise((done) => setTimeout(done, ms)); return { pid: process.pid, count: ++count }; }';

  test('are kept warm', async () => {
    const arn = cloud.put('warm', counting);
    const first = await invoke(arn);
    expect(await invoke(arn)).toEqual({ pid: first.pid, count: 2 });
  });

  test('serve one invocation at a time, and further ones wait for them', async () => {
    const arn = cloud.put('busy', counting);
    const results = await Promise.all([1, 2, 3, 4].map(async () => invoke(arn, { ms: 300 })));
    const counts = [...Map.groupBy(results, ({ pid }) => pid).values()].map((served) => served.map(({ count }) => count).sort());
    expect(counts).toHaveLength(2);
    expect(counts).toEqual(counts.map(({ length }) => Array.from({ length }, (_, index) => index + 1)));
    expect(cloud.functions.invocations(arn)).toBe(4);
  });

  test('serve an invocation that comes while another one ends', async () => {
    const arn = cloud.put('ending', counting);
    await invoke(arn);
    const results = await Promise.all([invoke(arn, { ms: 10 }), invoke(arn)]);
    expect(results.map(({ count }) => count)).toEqual([2, 3]);
  });

  test('are started anew when the function changes', async () => {
    const arn = cloud.put('changed', counting);
    const before = await invoke(arn);
    cloud.put('changed', counting);
    const after = await invoke(arn);
    expect(after.pid).not.toBe(before.pid);
    expect(after.count).toBe(1);
  });

  test('stop the clock while they work', async () => {
    const arn = cloud.put('slow', counting);
    const invocation = invoke(arn, { ms: 300 });
    await cloud.clock.run(Promise.race([invocation, cloud.clock.sleep(1)]));
    await invocation;
    expect(cloud.clock.now() - Date.parse('2026-01-01T00:00:00Z')).toBeLessThanOrEqual(1);
  });
});

describe('a failure', () => {
  test('has the type and message of what was thrown, and a trace', async () => {
    const error = await failure('class Mine extends Error { name = "Mine" } exports.handler = async () => { throw new Mine("reason"); }');
    expect(error).toBeInstanceOf(FunctionError);
    expect(error).toMatchObject({ errorType: 'Mine', errorMessage: 'reason', trace: expect.arrayContaining([expect.stringContaining('reason')]) });
  });

  test('is the timeout when the function takes too long, and the process is gone', async () => {
    const error = await failure('let n = 0; exports.handler = async () => new Promise((r) => setTimeout(r, 60000))', { timeoutSeconds: 1 });
    expect(error).toMatchObject({ errorType: 'Sandbox.Timedout', errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]+ Error: Task timed out after 1\.00 seconds$/) });
  });

  test('is the exit when the process ends', async () => {
    expect(await failure('exports.handler = async () => process.exit(3)'))
      .toMatchObject({ errorType: 'Runtime.ExitError', errorMessage: expect.stringMatching(/exit status 3$/) });
  });

  test.each([
    ['a syntax error', 'this is no JavaScript', 'Runtime.ImportModuleError'],
    ['an export that is missing', 'exports.other = 1', 'Runtime.HandlerNotFound'],
    ['an error outside of the promise', 'exports.handler = () => new Promise(() => setImmediate(() => { throw new Error("x"); }))', 'Runtime.UnhandledError'],
  ])('is %s', async (_, code, errorType) => {
    expect((await failure(code)).errorType).toBe(errorType);
  });

  test('leaves the function usable', async () => {
    const arn = cloud.put('fragile', 'exports.handler = async ({ exit }) => { if (exit) process.exit(1); return "fine"; }');
    await invoke(arn, { exit: true }).catch(() => undefined);
    expect(await invoke(arn)).toBe('fine');
  });

  test.each([
    ['a function that does not exist', async () => invoke(functionArn('nobody')), 'ResourceNotFoundException'],
    ['6 MB of payload', async () => invoke(cloud.put('big', ''), 'x'.repeat(6 * 1024 * 1024)), 'RequestTooLargeException'],
  ])('is an error of the service for %s', async (_, action, code) => {
    await expect(action()).rejects.toMatchObject({ code });
  });

  test('is a response of more than 6 MB', async () => {
    expect((await failure('exports.handler = async () => "x".repeat(6 * 1024 * 1024)')).errorType).toBe('Function.ResponseSizeTooLarge');
  });
});

describe('an event', () => {
  const failing = 'exports.handler = async ({ times }) => { console.log("at", new Date().toISOString().slice(11, 19)); throw new Error("x"); }';

  test('is accepted at once and retried after one minute and after two', async () => {
    // given
    const arn = cloud.put('event', failing);
    // when
    cloud.functions.invokeAsync(arn, {});
    await cloud.clock.advance(600_000);
    // then
    expect(cloud.functions.logs(arn)).toEqual(['at 00:00:00', 'at 00:01:00', 'at 00:03:00']);
    expect(cloud.functions.dropped(arn)).toBe(1);
  });

  test('is delivered once when that succeeds', async () => {
    const arn = cloud.put('event', 'exports.handler = async () => 1');
    cloud.functions.invokeAsync(arn, {});
    await cloud.clock.advance(600_000);
    expect(cloud.functions.invocations(arn)).toBe(1);
    expect(cloud.functions.dropped(arn)).toBe(0);
  });

  test('is not delivered to a function that is gone', async () => {
    const arn = cloud.put('event', failing);
    cloud.functions.invokeAsync(arn, {});
    await cloud.clock.advance(30_000);
    const logged = [...cloud.functions.logs(arn)];
    cloud.functions.remove(arn);
    await cloud.clock.advance(600_000);
    expect(() => cloud.functions.invocations(arn)).toThrow(/not found/);
    expect(cloud.functions.logs(arn)).toEqual(logged);
  });

  test('holds at most 1 MB', () => {
    expect(() => cloud.functions.invokeAsync(cloud.put('event', failing), 'x'.repeat(1024 * 1024))).toThrow(/too large/);
  });
});

test('the log of a function holds all that it prints', async () => {
  const arn = cloud.put('log', `exports.handler = async () => {
    console.log("one\\ntwo"); console.error("three"); process.stdout.write("four\\n"); return 1;
  }`);
  await invoke(arn);
  await realSleep(20);
  expect([...cloud.functions.logs(arn)].sort()).toEqual(['four', 'one', 'three', 'two']);
});

test('a runtime that is not emulated is refused', () => {
  expect(() => cloud.put('python', '', { runtime: 'python3.13' })).toThrow(/python3\.13/);
});
