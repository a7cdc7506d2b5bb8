import { trainingProgress } from '../../lambda/progress';
import { pollDelay } from '../../lambda/waits';

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

test('a stage begins with frequent looks, however long the one before it was', () => {
  expect(pollDelay(0, 'ending')).toBe(5);
});

test.each([
  ['Starting', 'starting'],
  ['Downloading', 'starting'],
  ['Training', 'working'],
  ['Uploading', 'ending'],
  ['Stopping', 'ending'],
  ['Interrupted', 'untold'],
  ['AStatusOfTomorrow', 'untold'],
])('a training job that is %s is in the stage "%s"', (SecondaryStatus, stage) => {
  const transitions = [{ Status: 'Before', StartTime: new Date(AT - 60_000) }, { Status: SecondaryStatus, StartTime: new Date(AT) }];
  expect(trainingProgress({ SecondaryStatus, SecondaryStatusTransitions: transitions })).toEqual({ stage, since: AT });
});

test('a training job that does not tell its transitions has no beginning of its stage', () => {
  expect(trainingProgress({ SecondaryStatus: 'Training' })).toEqual({ stage: 'working', since: undefined });
});
