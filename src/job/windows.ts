import { Duration, Token } from 'aws-cdk-lib';
import { MAX_WINDOW_SECONDS, type WaitProperties } from '../contract';
import type { Violation } from '../validation/violation';

/** The settings of the wait for a job. */
export interface WaitSettings {
  /** `false`: the deployment continues once the job is created. */
  readonly waitForCompletion: boolean;
  /** The maximum time that the deployment waits. Default: the limits of the job, and some time to start. */
  readonly timeout?: Duration;
  /** The maximum runtime of the job by its own limits, in seconds. Default: unlimited. */
  readonly jobLimitSeconds?: number;
  /** Whether a stopped job counts as successful. */
  readonly acceptStopped?: boolean;
}

/** The time that a job may take to start its instances, to load its data and to save its results, in seconds. */
const START_ALLOWANCE_SECONDS = 2700;

/** Each window is a resource, and a stack can have 500. A deployment should not wait longer than this (more than a week). */
const MAX_WINDOWS = 200;

/** The maximum wait for a job without limits, in seconds. */
const UNLIMITED_WAIT_SECONDS = Duration.hours(24).toSeconds();

/** The maximum wait of a deployment. */
const MAX_WAIT_SECONDS = MAX_WINDOWS * MAX_WINDOW_SECONDS;
const MAX_WAIT = `${Math.floor(MAX_WAIT_SECONDS / 3600)} hours`;

/** The windows of the wait in order, one for each resource. */
export function windowsOf(settings: WaitSettings): WaitProperties[] {
  const acceptStopped = settings.acceptStopped ? { AcceptStopped: 'true' } : {};
  if (!settings.waitForCompletion) return [{ Seconds: '0', ...acceptStopped }];
  // Checks report limits that are not numbers.
  const total = waitSeconds(settings) || 0;
  const windows = Math.max(1, Math.ceil(total / MAX_WINDOW_SECONDS));
  const seconds = String(Math.ceil(total / windows));
  return Array.from({ length: windows }, (_, index) => ({
    Seconds: seconds,
    ...(index === 0 && windows > 1 ? { Total: String(total) } : {}),
    ...(index < windows - 1 ? { HandOver: 'true' } : {}),
    ...acceptStopped,
  }));
}

/** Checks the settings. */
export function waitViolations(settings: WaitSettings): Violation[] {
  const { timeout, waitForCompletion } = settings;
  const property = 'waitTimeout';
  if (!waitForCompletion) return timeout ? [{ property, rule: 'cannot be specified together with `waitForCompletion: false`' }] : [];
  if (timeout?.isUnresolved()) {
    return [{ property, rule: 'must be known at synthesis, because the resources of the stack depend on it', value: 'a token' }];
  }
  if (!timeout && Token.isUnresolved(settings.jobLimitSeconds)) {
    return [{ property, rule: 'is required if the runtime of the job is a token, because the resources of the stack depend on it' }];
  }
  if (!timeout) return defaultWarnings(settings);
  const seconds = timeout.toSeconds({ integral: false });
  if (seconds <= MAX_WAIT_SECONDS) return [];
  return [{
    property, rule: `must be at most ${MAX_WAIT}`, value: inHours(seconds), advice: 'specify a shorter time, or waitForCompletion: false',
  }];
}

/** A default never causes an error: it is the longest possible wait, and a warning reports it. */
function defaultWarnings({ jobLimitSeconds }: WaitSettings): Violation[] {
  const property = 'waitTimeout';
  const warning = 'default-wait-timeout';
  const advice = 'specify a time, or waitForCompletion: false';
  if (jobLimitSeconds === undefined) {
    return [{
      property,
      rule: `should be specified for a job without limits of its own: the deployment waits ${UNLIMITED_WAIT_SECONDS / 3600} hours by default, then stops the job`,
      advice,
      warning,
    }];
  }
  if (!(jobLimitSeconds + START_ALLOWANCE_SECONDS > MAX_WAIT_SECONDS)) return [];
  return [{
    property,
    rule: `should be specified for a job that can run longer than a deployment can wait: the deployment waits ${MAX_WAIT} by default, then stops the job`,
    value: `${inHours(jobLimitSeconds)} from the limits of the job`,
    advice,
    warning,
  }];
}

function inHours(seconds: number): string {
  return `${Math.ceil(seconds / 3600)} hours`;
}

function waitSeconds({ timeout, jobLimitSeconds }: WaitSettings): number {
  if (timeout) return timeout.isUnresolved() ? 0 : timeout.toSeconds({ integral: false });
  if (jobLimitSeconds === undefined) return UNLIMITED_WAIT_SECONDS;
  return Token.isUnresolved(jobLimitSeconds) ? 0 : Math.min(jobLimitSeconds + START_ALLOWANCE_SECONDS, MAX_WAIT_SECONDS);
}
