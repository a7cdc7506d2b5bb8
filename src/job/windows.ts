import { Duration, Token } from 'aws-cdk-lib';
import { MAX_WINDOW_SECONDS, type WaitProperties } from '../contract';
import type { Violation } from '../validation/violation';

/** How a deployment waits for a job, as the constructs know it from their props. */
export interface WaitSettings {
  /** `false`: the deployment goes on as soon as the job was started. */
  readonly waitForCompletion: boolean;
  /** How long the deployment waits. Default: as long as the job may run, and some time to start. */
  readonly timeout?: Duration;
  /** How long the job may run by its own limits, in seconds. Default: it has none. */
  readonly jobLimitSeconds?: number;
  /** A job that was stopped counts as finished. */
  readonly acceptStopped?: boolean;
}

/** Time that a job is given to find its instances, to load its data and to save its results, in seconds. */
const START_ALLOWANCE_SECONDS = 2700;

/**
 * Each window is a resource of the stack, and a stack has 500. A deployment that would wait longer than this
 * (a little more than a week) should not wait.
 */
const MAX_WINDOWS = 200;

/** How long a deployment waits for a job without limits of its own, in seconds. */
const UNLIMITED_WAIT_SECONDS = Duration.hours(24).toSeconds();

/** The longest wait of a deployment. */
const MAX_WAIT_SECONDS = MAX_WINDOWS * MAX_WINDOW_SECONDS;

/** The windows that the wait is cut into, one for each resource, in order. */
export function windowsOf(settings: WaitSettings): WaitProperties[] {
  const acceptStopped = settings.acceptStopped ? { AcceptStopped: 'true' } : {};
  if (!settings.waitForCompletion) return [{ Seconds: '0', ...acceptStopped }];
  const total = waitSeconds(settings);
  const windows = Math.max(1, Math.ceil(total / MAX_WINDOW_SECONDS));
  const seconds = String(Math.ceil(total / windows));
  return Array.from({ length: windows }, (_, index) => ({
    Seconds: seconds,
    ...(index > 0 ? { Before: String(index * Number(seconds)) } : {}),
    ...(index < windows - 1 ? { HandOver: 'true' } : {}),
    ...acceptStopped,
  }));
}

/** What is wrong with the settings. */
export function waitViolations(settings: WaitSettings): Violation[] {
  const { timeout, waitForCompletion } = settings;
  const property = 'waitTimeout';
  if (!waitForCompletion) return timeout ? [{ property, rule: 'cannot be given together with `waitForCompletion: false`' }] : [];
  if (timeout?.isUnresolved()) {
    return [{ property, rule: 'must be known at synthesis, because it decides on the resources of the stack', value: 'a token' }];
  }
  if (!timeout && Token.isUnresolved(settings.jobLimitSeconds)) {
    return [{ property, rule: 'must be given when the runtime of the job is a token, because it decides on the resources of the stack' }];
  }
  if (!timeout) return defaultWarnings(settings);
  if (timeout.toSeconds() <= MAX_WAIT_SECONDS) return [];
  return [{
    property,
    rule: `a deployment can wait ${inHours(MAX_WAIT_SECONDS)} at most`,
    value: inHours(timeout.toSeconds()),
    advice: 'give a shorter waitTimeout, or waitForCompletion: false',
  }];
}

/** A default never refuses a request: it is the longest wait that is possible, and a warning says so. */
function defaultWarnings({ jobLimitSeconds }: WaitSettings): Violation[] {
  if (jobLimitSeconds !== undefined && jobLimitSeconds + START_ALLOWANCE_SECONDS <= MAX_WAIT_SECONDS) return [];
  const reason = jobLimitSeconds === undefined
    ? `the job has no limits of its own, so the deployment waits ${inHours(UNLIMITED_WAIT_SECONDS)} by default and then stops the job`
    : `the job can run for ${inHours(jobLimitSeconds)}, and a deployment can wait ${inHours(MAX_WAIT_SECONDS)} at most; then it stops the job`;
  return [{
    property: 'waitTimeout', rule: reason, advice: 'specify waitTimeout, or waitForCompletion: false', warning: 'default-wait-timeout',
  }];
}

function inHours(seconds: number): string {
  return `${Math.floor(seconds / 3600)} hours`;
}

function waitSeconds({ timeout, jobLimitSeconds }: WaitSettings): number {
  if (timeout) return timeout.isUnresolved() ? 0 : timeout.toSeconds();
  if (jobLimitSeconds === undefined) return UNLIMITED_WAIT_SECONDS;
  return Token.isUnresolved(jobLimitSeconds) ? 0 : Math.min(jobLimitSeconds + START_ALLOWANCE_SECONDS, MAX_WAIT_SECONDS);
}
