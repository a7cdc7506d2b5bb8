import { createHash } from 'node:crypto';
import { invoke, StateMachinesFixture } from './setup';
import type { Json } from '../../../local/services';

let fixture: StateMachinesFixture;
beforeEach(async () => { fixture = await StateMachinesFixture.start(); });
afterEach(async () => fixture.stop());

test('the context object contains the state, the time when it was entered and the number of its retries', async () => {
  fixture.work = async (payload) => {
    if (fixture.payloads.length < 3) throw Object.assign(new Error('busy'), { code: 'TooManyRequestsException' });
    return payload;
  };
  const Parameters = { 'FunctionName': invoke().Parameters.FunctionName, 'Payload.$': '$$.State' };
  fixture.put({
    StartAt: 'Before',
    States: {
      Before: { Type: 'Wait', Seconds: 60, Next: 'Work' },
      Work: { ...invoke({ Parameters }), Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 10, BackoffRate: 1 }], End: true },
    },
  });

  await fixture.execute({}, 120);

  expect(fixture.payloads).toEqual([0, 1, 2].map((RetryCount) => ({ Name: 'Work', EnteredTime: '2026-01-01T00:01:00.000Z', RetryCount })));
});

test('a hash is the one of all characters', async () => {
  const text = 'arn:aws:states:eu-west-1:111122223333:execution:machine:'.repeat(5);
  const algorithms = { 'MD5': 'md5', 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512' };
  fixture.put({
    StartAt: 'Hash',
    States: { Hash: { Type: 'Pass', Parameters: Object.fromEntries(Object.keys(algorithms).map((name) => [`${name}.$`, `States.Hash($.text, '${name}')`])), End: true } },
  });

  const { output } = await fixture.execute({ text });

  expect(JSON.parse(output!)).toEqual(Object.fromEntries(Object.entries(algorithms).map(([name, algorithm]) => [name, createHash(algorithm).update(text).digest('hex')])));
});

test('a task without a timeout can take days', async () => {
  fixture.work = async (): Promise<Json> => fixture.clock.sleep(3 * 24 * 3600 * 1000).then(() => 'done');
  fixture.put({ StartAt: 'Work', States: { Work: { ...invoke({ ResultSelector: { 'result.$': '$.Payload' } }), End: true } } });

  expect(await fixture.execute({}, 4 * 24 * 3600)).toMatchObject({ status: 'SUCCEEDED', output: '{"result":"done"}' });
});

test.each([
  ['a state machine', { QueryLanguage: 'JSONata', StartAt: 'Work', States: { Work: { Type: 'Pass', Output: '{% $states.input.day %}', End: true } } }],
  ['a state of an iteration', {
    StartAt: 'All',
    States: {
      All: {
        Type: 'Map',
        ItemProcessor: { StartAt: 'Work', States: { Work: { QueryLanguage: 'JSONata', Type: 'Pass', Output: '{% $states.input.day %}', End: true } } },
        End: true,
      },
    },
  }],
])('an execution of %s in JSONata fails, because it is not emulated', async (_part, definition) => {
  fixture.put(definition as any);

  expect(await fixture.execute([])).toMatchObject({ status: 'FAILED', error: 'States.Runtime', cause: expect.stringContaining('does not evaluate JSONata') });
});
