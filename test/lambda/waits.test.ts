import { endingSince } from '../../lambda/job-ending';
import { isEarly, isLate, pollDelay, tryAgain } from '../../lambda/waits';

const AT = Date.parse('2026-01-01T00:00:00Z');

test('a job is polled less often as it gets older, within bounds', () => {
  expect([0, 25, 50, 100, 150, 3600].map((seconds) => pollDelay(seconds * 1000))).toEqual([8, 8, 10, 20, 28, 28]);
});

test('a job that is ending is polled more often', () => {
  expect([0, 25, 50, 100, 3600].map((seconds) => pollDelay(seconds * 1000, true))).toEqual([5, 5, 10, 15, 15]);
});

test.each([
  ['Starting', undefined],
  ['Downloading', undefined],
  ['Training', undefined],
  ['Interrupted', undefined],
  ['AStatusOfTomorrow', undefined],
  ['Uploading', AT],
  ['Stopping', AT],
])('a training job with the secondary status %s has been ending since %s', (SecondaryStatus, since) => {
  const earlier = [120_000, 60_000].map((ms) => ({ Status: 'Before', StartTime: new Date(AT - ms) }));
  const transitions = [...earlier, { Status: SecondaryStatus, StartTime: new Date(AT) }];
  expect(endingSince({ SecondaryStatus, SecondaryStatusTransitions: transitions })).toBe(since);
});

test('a training job without transitions does not report when its end began', () => {
  expect(endingSince({ SecondaryStatus: 'Uploading' })).toBeUndefined();
});

test('jobs that could not be started in the same moment do not try again in the same moment', () => {
  const memos = Array.from({ length: 400 }, () => ({ sentAt: AT }));
  for (const longest of [10, 20, 30, 30]) {
    const waits = memos.map((memo) => tryAgain(memo, AT, false).wait);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(5);
    expect(Math.max(...waits)).toBe(longest);
    expect(new Set(waits).size).toBeGreaterThan(longest - 10);
    expect(waits.every(Number.isInteger)).toBe(true);
  }
});

test('a call that was throttled is repeated at any moment of a period that doubles, and is a minute at most', () => {
  const memos = Array.from({ length: 400 }, () => ({ sentAt: AT }));
  for (const longest of [2, 4, 8, 16, 32, 60, 60]) {
    const waits = memos.map((memo) => tryAgain(memo, AT, true).wait);
    expect([Math.min(...waits), Math.max(...waits)]).toEqual([1, longest]);
  }
});

test('the last try comes while CloudFormation still waits for an answer', () => {
  expect(tryAgain({ sentAt: AT, consecutiveFailures: 9 }, AT + 3_478_000, true).wait).toBe(2);
});

test('what goes wrong in the first two minutes may go wrong because a policy is new', () => {
  expect([0, 119_999, 120_000].map((ms) => isEarly({ sentAt: AT }, AT + ms))).toEqual([true, true, false]);
});

test('an answer goes out two minutes before CloudFormation gives up', () => {
  expect([0, 3_479_999, 3_480_000].map((ms) => isLate({ sentAt: AT }, AT + ms))).toEqual([false, false, true]);
});
