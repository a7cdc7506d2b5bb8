import type { Services } from '../../lambda/handler-services';
import { repeatThrottled } from '../../lambda/throttling';

const throttled = () => Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });

/** A service that answers some calls with errors, in the step of a function. */
function step(...errors: (Error | undefined)[]) {
  const calls: [string, object][] = [];
  const pauses: number[] = [];
  const sageMaker = {
    async call(operation: string, input: object) {
      calls.push([operation, input]);
      const error = errors.shift();
      if (error) throw error;
      return { Tags: [] };
    },
  };
  return { calls, pauses, sageMaker: repeatThrottled({ sageMaker, pause: async (ms: number) => void pauses.push(ms) } as unknown as Services) };
}

test('a call that was throttled is made again after a moment', async () => {
  const { sageMaker, calls, pauses } = step(throttled());
  expect(await sageMaker.call('ListTags', { ResourceArn: 'arn' })).toEqual({ Tags: [] });
  expect(calls).toEqual([['ListTags', { ResourceArn: 'arn' }], ['ListTags', { ResourceArn: 'arn' }]]);
  expect(pauses).toEqual([expect.any(Number)]);
});

test('calls that were throttled at the same moment are not made again at the same moment', async () => {
  const { sageMaker, pauses } = step(...Array.from({ length: 10 }, () => [throttled(), undefined]).flat());
  for (let calls = 0; calls < 10; calls++) await sageMaker.call('ListTags', {});
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(20);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(100);
  expect(Math.max(...pauses) - Math.min(...pauses)).toBeGreaterThan(5);
  expect(new Set(pauses).size).toBe(10);
});

test('a call that is throttled twice is left to a later step', async () => {
  const { sageMaker, calls } = step(throttled(), throttled());
  await expect(sageMaker.call('ListTags', {})).rejects.toThrow('Rate exceeded');
  expect(calls).toHaveLength(2);
});

test('a call that fails otherwise is not made again', async () => {
  const { sageMaker, calls, pauses } = step(new Error('no such job'));
  await expect(sageMaker.call('DescribeTrainingJob', {})).rejects.toThrow('no such job');
  expect([calls.length, pauses]).toEqual([1, []]);
});

test('a step makes ten calls again and no more, because the function is paid for while it pauses', async () => {
  const { sageMaker, pauses } = step(...Array.from({ length: 10 }, () => [throttled(), undefined]).flat(), throttled());
  for (let calls = 0; calls < 10; calls++) await sageMaker.call('ListTags', {});
  await expect(sageMaker.call('ListTags', {})).rejects.toThrow('Rate exceeded');
  expect(pauses).toHaveLength(10);
});
