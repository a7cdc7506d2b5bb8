import { Duration, Token } from 'aws-cdk-lib';
import { MAX_WINDOW_SECONDS, type WaitProperties } from '../contract';
import type { Violation } from '../validation/violation';

/** How a deployment waits for a job, as the constructs know it from their props. */
export interface WaitSettings {
  /** `false`: the deployment goes on as soon as the job was started. */
  readonly waitForCompletion: boolean;
  /** How long the deployment waits. Default: as long as the job may run, and some time to start. */
  readonly timeout?: Duration;
  /** How long the job may run by its own limits, in seconds. */
  readonly jobLimitSeconds: number;
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

/** The windows that the wait is cut into, one for each resource, in order. */
export function windowsOf(settings: WaitSettings): WaitProperties[] {
  const acceptStopped = settings.acceptStopped ? { AcceptStopped: 'true' } : {};
  if (!settings.waitForCompletion) return [{ Seconds: '0', ...acceptStopped }];
  const total = waitSeconds(settings);
  const windows = Math.max(1, Math.ceil(total / MAX_WINDOW_SECONDS));
  const seconds = String(Math.ceil(total / windows));
  return Array.from({ length: windows }, (_, index) => ({
    Seconds: seconds,
    ...(index === 0 && windows > 1 ? { Total: String(total) } : {}),
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
  const windows = Math.ceil(waitSeconds(settings) / MAX_WINDOW_SECONDS);
  if (windows <= MAX_WINDOWS) return [];
  return [{
    property,
    rule: `a deployment can wait ${Math.floor((MAX_WINDOWS * MAX_WINDOW_SECONDS) / 3600)} hours at most`,
    value: `${Math.ceil(waitSeconds(settings) / 3600)} hours${timeout ? '' : ' from the limits of the job'}`,
    advice: 'give a shorter waitTimeout, or waitForCompletion: false',
  }];
}

function waitSeconds({ timeout, jobLimitSeconds }: WaitSettings): number {
  if (timeout) return timeout.isUnresolved() ? 0 : timeout.toSeconds();
  return Token.isUnresolved(jobLimitSeconds) ? 0 : jobLimitSeconds + START_ALLOWANCE_SECONDS;
}
