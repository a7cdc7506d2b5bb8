import { Duration, Lazy } from 'aws-cdk-lib';
import { waitViolations, windowsOf } from '../../src/job/windows';
import { messageOf } from '../../src/validation/violation';

const hours = (count: number) => Duration.hours(count);
const settings = { waitForCompletion: true, jobLimitSeconds: 3600 };

test('a wait that fits into CloudFormation\'s hour is one window', () => {
  expect(windowsOf({ ...settings, timeout: Duration.minutes(55) })).toEqual([{ Seconds: '3300' }]);
});

test('a longer wait is cut into windows of the same length, and all but the last hand over', () => {
  expect(windowsOf({ ...settings, timeout: hours(3) })).toEqual([
    { Seconds: '2700', Total: '10800', HandOver: 'true' },
    { Seconds: '2700', HandOver: 'true' },
    { Seconds: '2700', HandOver: 'true' },
    { Seconds: '2700' },
  ]);
});

test('without a timeout the deployment waits longer than the job may run', () => {
  const windows = windowsOf({ waitForCompletion: true, jobLimitSeconds: 24 * 3600 });
  expect(windows.reduce((sum, window) => sum + Number(window.Seconds), 0)).toBeGreaterThan(24 * 3600);
});

test('not to wait is a window of no length', () => {
  expect(windowsOf({ ...settings, waitForCompletion: false, acceptStopped: true })).toEqual([{ Seconds: '0', AcceptStopped: 'true' }]);
});

test.each([
  ['a timeout for a job that is not waited for', { waitForCompletion: false, timeout: hours(1) }, 'waitTimeout: cannot be given together with'],
  ['a timeout that is a token', { timeout: Duration.seconds(Lazy.number({ produce: () => 1 })) }, 'waitTimeout: must be known at synthesis'],
  ['a limit that is a token', { jobLimitSeconds: Lazy.number({ produce: () => 1 }) }, 'waitTimeout: must be given when the runtime of the job is a token'],
  ['a wait of more windows than a stack can hold', { timeout: Duration.days(10) }, 'waitTimeout: a deployment can wait 183 hours at most, got 240 hours. Give a shorter'],
  ['a job of more windows than a stack can hold', { jobLimitSeconds: 28 * 86400 }, 'got 673 hours from the limits of the job. Give a shorter'],
])('%s is refused', (_what, given, message) => {
  expect(waitViolations({ ...settings, ...given }).map(messageOf)).toEqual([expect.stringContaining(message)]);
});

test('what can be waited for is not refused', () => {
  expect(waitViolations(settings)).toEqual([]);
  expect(waitViolations({ waitForCompletion: false, jobLimitSeconds: 28 * 86400 })).toEqual([]);
  expect(waitViolations({ waitForCompletion: true, timeout: hours(2), jobLimitSeconds: Lazy.number({ produce: () => 1 }) })).toEqual([]);
});
