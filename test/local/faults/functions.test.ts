import { FaultyCloud } from './setup';
import type { FaultRule } from '../../../local/faults';
import { FunctionError } from '../../../local/services';

let world: FaultyCloud;
afterEach(() => world.stop());

const begin = async (...rules: FaultRule[]) => { world = await FaultyCloud.start(rules); };
const invoke = async (arn: string) => world.clock.run(world.functions.invoke(arn, {}));
const failureOf = async (arn: string) => invoke(arn).then(() => { throw new Error('no failure'); }, (error: FunctionError) => error);

/** Lists the training jobs, and tells when it has them, and for how many milliseconds it may go on. */
const LISTING = `exports.handler = async (_, context) => {
  console.log('called');
  await call('ListTrainingJobs', {});
  console.log('answered');
  return { now: new Date().toISOString(), remaining: context.getRemainingTimeInMillis() };
};`;
const logs = (arn: string) => world.functions.logs(arn);
const calls = () => world.endpoint.calls.filter(({ outcome }) => 'output' in outcome).map(({ operation }) => operation);

describe.each([
  ['kill-before', []],
  ['kill-after', ['ListTrainingJobs']],
] as const)('%s', (fault, done) => {
  test('ends the process of the function that calls', async () => {
    await begin({ fault, match: { operation: 'ListTrainingJobs' }, when: { nth: 1 } });
    const arn = world.put('listing', LISTING);
    const error = await failureOf(arn);
    expect(error.errorType).toBe('Runtime.ExitError');
    expect(error.errorMessage).toMatch(/^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: signal: killed$/);
    expect(logs(arn)).toEqual(['called']);
    expect(calls()).toEqual(done);
    await expect(invoke(arn)).resolves.toBeDefined();
  });

  test('leaves other processes of the function alone', async () => {
    await begin({ fault, match: { operation: 'ListTrainingJobs' }, when: { nth: 2 } });
    const arn = world.put('listing', LISTING);
    const outcomes = await Promise.allSettled([invoke(arn), invoke(arn), invoke(arn)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  });
});

test('an event whose function is killed is delivered again after one and two minutes', async () => {
  await begin({ fault: 'kill-after', match: { operation: 'ListTrainingJobs' }, when: { first: 2 } });
  const arn = world.put('listing', LISTING);
  world.functions.invokeAsync(arn, {});
  await world.advance(59);
  expect(logs(arn)).toEqual(['called']);
  await world.advance(1);
  expect(logs(arn)).toEqual(['called', 'called']);
  await world.advance(120);
  expect(logs(arn)).toEqual(['called', 'called', 'called', 'answered']);
});

describe('delay', () => {
  test('is time that passes for the function as well', async () => {
    await begin({ fault: 'delay', seconds: 7, match: { service: 'sagemaker' } });
    const { now, remaining } = await invoke(world.put('listing', LISTING)) as { now: string; remaining: number };
    expect(world.seconds).toBe(7);
    expect(now).toMatch(/^2026-01-01T00:00:0[789]/);
    expect(remaining).toBeLessThanOrEqual(3000);
  });

  test('of parallel calls is the same time', async () => {
    await begin({ fault: 'delay', seconds: 7, match: { service: 'sagemaker' } });
    await invoke(world.put('listing', 'exports.handler = async () => { await Promise.all([1, 2, 3].map(() => call("ListTrainingJobs", {}))); };'));
    expect(world.seconds).toBe(7);
  });

  test('lets a function run into its timeout, and the deed is done all the same', async () => {
    await begin({ fault: 'delay', seconds: 60, match: { service: 'sagemaker' } });
    const arn = world.put('listing', LISTING);
    expect(await failureOf(arn)).toMatchObject({ errorType: 'Sandbox.Timedout', errorMessage: expect.stringContaining('Task timed out after 10.00 seconds') });
    expect(world.seconds).toBe(10);
    expect(calls()).toEqual([]);
    await world.advance(50);
    expect(calls()).toEqual(['ListTrainingJobs']);
  });
});

describe('an invocation', () => {
  const invocation = { operation: 'Invoke', resource: 'listing' };

  test('is killed before the function has its event', async () => {
    await begin({ fault: 'kill-before', match: invocation, when: { nth: 1 } });
    const arn = world.put('listing', LISTING);
    expect(await failureOf(arn)).toMatchObject({ errorType: 'Runtime.ExitError' });
    expect(logs(arn)).toEqual([]);
    await expect(invoke(arn)).resolves.toBeDefined();
  });

  test('is killed after the function has done its work', async () => {
    await begin({ fault: 'kill-after', match: invocation, when: { nth: 1 } });
    const arn = world.put('listing', LISTING);
    expect(await failureOf(arn)).toMatchObject({ errorType: 'Runtime.ExitError' });
    expect(logs(arn)).toEqual(['called', 'answered']);
  });

  test('is throttled', async () => {
    await begin({ fault: 'throttle', match: invocation });
    await expect(invoke(world.put('listing', LISTING))).rejects.toMatchObject({ code: 'TooManyRequestsException', statusCode: 429 });
  });

  test('is delayed', async () => {
    await begin({ fault: 'delay', seconds: 30, match: invocation });
    await invoke(world.put('listing', LISTING));
    expect(world.seconds).toBe(30);
  });

  test('of a function that no rule names goes well', async () => {
    await begin({ fault: 'throttle', match: invocation }, { fault: 'throttle', when: { from: 1 } });
    await world.advance(2);
    await expect(invoke(world.put('other', 'exports.handler = async () => 1'))).resolves.toBe(1);
  });

  test('that Lambda cannot take goes back into the queue, at growing intervals', async () => {
    await begin({ fault: 'throttle', match: invocation, when: { first: 3 } });
    const arn = world.put('listing', LISTING);
    world.functions.invokeAsync(arn, {});
    await world.advance(6);
    expect(logs(arn)).toEqual([]);
    await world.advance(1);
    expect(logs(arn)).toEqual(['called', 'answered']);
  });

  test('that Lambda cannot take for six hours is given up', async () => {
    await begin({ fault: 'error', match: invocation });
    const arn = world.put('listing', LISTING);
    world.functions.invokeAsync(arn, {});
    await world.advance(6 * 3600);
    expect(world.functions.dropped(arn)).toBe(1);
    expect(logs(arn)).toEqual([]);
  });
});
