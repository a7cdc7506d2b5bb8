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
  ['a timeout for a job that is not waited for', { waitForCompletion: false, timeout: hours(1) }, 'waitTimeout: cannot be specified together with'],
  ['a timeout that is a token', { timeout: Duration.seconds(Lazy.number({ produce: () => 1 })) }, 'waitTimeout: must be known at synthesis'],
  ['a limit that is a token', { jobLimitSeconds: Lazy.number({ produce: () => 1 }) }, 'waitTimeout: is required if the runtime of the job is a token'],
  ['a wait of more windows than a stack can hold', { timeout: Duration.days(10) }, 'waitTimeout: must be at most 183 hours; got 240 hours. Specify a shorter'],
])('%s is refused', (_what, given, message) => {
  expect(waitViolations({ ...settings, ...given }).map(messageOf)).toEqual([expect.stringContaining(message)]);
});

test.each([
  ['a job without limits of its own is waited for 24 hours', { jobLimitSeconds: undefined }, 24 * 3600, 'waitTimeout: should be specified for a job without limits of its own: the deployment waits 24 hours by default, then stops the job'],
  ['a job that can run longer than a deployment can wait is waited for as long as possible', { jobLimitSeconds: 28 * 86400 }, 183 * 3600, 'waitTimeout: should be specified for a job that can run longer than a deployment can wait: the deployment waits 183 hours by default, then stops the job; got 672 hours from the limits of the job'],
])('%s, with a warning that names waitTimeout', (_what, given, seconds, message) => {
  const windows = windowsOf({ ...settings, ...given });

  expect(Math.floor(windows.reduce((sum, window) => sum + Number(window.Seconds), 0) / 3600)).toBe(seconds / 3600);
  expect(waitViolations({ ...settings, ...given }).map((violation) => [violation.warning, messageOf(violation)])).toEqual([
    ['default-wait-timeout', expect.stringContaining(message)],
  ]);
});

test('what can be waited for is not refused', () => {
  expect(waitViolations(settings)).toEqual([]);
  expect(waitViolations({ waitForCompletion: false, jobLimitSeconds: 28 * 86400 })).toEqual([]);
  expect(waitViolations({ waitForCompletion: true, timeout: hours(2), jobLimitSeconds: Lazy.number({ produce: () => 1 }) })).toEqual([]);
});
