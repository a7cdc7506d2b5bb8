import { trainingProgress } from '../../lambda/job-progress';
import { isEarly, isLate, pollDelay, tryAgain } from '../../lambda/waits';

const AT = Date.parse('2026-01-01T00:00:00Z');

test('a job is looked at less and less often, within bounds', () => {
  expect([0, 60, 150, 300, 3600].map((seconds) => pollDelay(seconds * 1000))).toEqual([5, 5, 10, 20, 30]);
});

test.each([
  ['starting', 30],
  ['working', 45],
  ['ending', 15],
  ['untold', 30],
] as const)('a job that has been %s for long is looked at every %i seconds', (stage, seconds) => {
  expect(pollDelay(3 * 3600_000, stage)).toBe(seconds);
});

test.each(['starting', 'working', 'ending'] as const)('a job is looked at when its stage has become a tenth older: %s', (stage) => {
  expect([60, 100, 140].map((seconds) => pollDelay(seconds * 1000, stage))).toEqual([6, 10, 14]);
});

test('a stage begins with frequent looks, however long the one before it was', () => {
  expect(pollDelay(0, 'ending')).toBe(5);
});

test.each([
  ['Starting', 'starting'],
  ['Pending', 'starting'],
  ['LaunchingMLInstances', 'starting'],
  ['PreparingTrainingStack', 'starting'],
  ['DownloadingTrainingImage', 'starting'],
  ['Downloading', 'starting'],
  ['Training', 'working'],
  ['Uploading', 'ending'],
  ['Stopping', 'ending'],
  ['Interrupted', 'untold'],
  ['AStatusOfTomorrow', 'untold'],
])('a training job that is %s is in the stage "%s"', (SecondaryStatus, stage) => {
  const earlier = [120_000, 60_000].map((ms) => ({ Status: 'Before', StartTime: new Date(AT - ms) }));
  const transitions = [...earlier, { Status: SecondaryStatus, StartTime: new Date(AT) }];
  expect(trainingProgress({ SecondaryStatus, SecondaryStatusTransitions: transitions })).toEqual({ stage, since: AT });
});

test('a training job that does not tell its transitions has no beginning of its stage', () => {
  expect(trainingProgress({ SecondaryStatus: 'Training' })).toEqual({ stage: 'working', since: undefined });
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
