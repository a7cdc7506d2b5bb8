import type { Again, Memo } from './events';
import { isAccessDenied, isRoleNotPropagated, isTransientForCreate } from './service-errors';

const SHORTEST = 8;
const LONGEST = 28;
const SHORTEST_AT_END = 5;
const LONGEST_AT_END = 15;
const SHORTEST_RETRY = 5;
const LONGEST_RETRY = 30;
const LONGEST_THROTTLED = 60;

/** The maximum time that CloudFormation waits for a custom resource, in seconds. */
const SERVICE_TIMEOUT_SECONDS = 3600;

/** The remaining time of CloudFormation's hour when a response must be sent, in seconds. */
const ANSWER_MARGIN_SECONDS = 120;

const POLICY_SPREADS_SECONDS = 120;
/** A role that cannot be assumed after this time is wrong. */
const ROLE_SPREADS_SECONDS = 300;

/** An event that is accepted within this number of seconds after it was sent is on time. */
export const ON_TIME_SECONDS = 30;

/** The maximum number of seconds until Step Functions lists an execution. */
export const LISTED_SECONDS = 10;

/**
 * Returns the number of seconds until the next poll of a job. It grows with the age of the job, or with the time for which the job
 * has been ending, because its end is then near.
 */
export function pollDelay(ageMs: number, isEnding = false): number {
  const seconds = Math.round(ageMs / 1000 / 5);
  return isEnding ? clamp(seconds, SHORTEST_AT_END, LONGEST_AT_END) : clamp(seconds, SHORTEST, LONGEST);
}

/**
 * The wait grows with each consecutive failure. It is random, because hundreds of jobs that try again at the same time fail
 * again. A throttled call is repeated as AWS recommends: at a random time of a period that doubles.
 */
export function tryAgain(memo: Memo, now: number, throttled: boolean): Again {
  memo.consecutiveFailures = (memo.consecutiveFailures ?? 0) + 1;
  const doubled = 2 ** memo.consecutiveFailures;
  const wait = throttled
    ? between(1, Math.min(LONGEST_THROTTLED, doubled))
    : between(SHORTEST_RETRY, Math.min(LONGEST_RETRY, SHORTEST_RETRY * doubled));
  return { wait: Math.max(1, Math.min(wait, Math.ceil((lastMoment(memo) - now) / 1000))), again: true };
}

/** Whether the time for the event is up: a response must be sent while CloudFormation still waits. */
export function isLate(memo: Memo, now: number): boolean {
  return now >= lastMoment(memo);
}

/** Whether the event was sent so recently that IAM may not have propagated policies that were created just before it. */
export function isEarly(memo: Memo, now: number, seconds: number = POLICY_SPREADS_SECONDS): boolean {
  return now < memo.sentAt + seconds * 1000;
}

/** Whether a job or an instance may start later: when another one has ended, or when IAM has propagated a new role or policy. */
export function mayStartLater(error: unknown, memo: Memo, now: number): boolean {
  return isTransientForCreate(error)
    || (isRoleNotPropagated(error) && isEarly(memo, now, ROLE_SPREADS_SECONDS))
    || (isAccessDenied(error) && isEarly(memo, now));
}

function lastMoment({ sentAt }: Memo): number {
  return sentAt + (SERVICE_TIMEOUT_SECONDS - ANSWER_MARGIN_SECONDS) * 1000;
}

function between(shortest: number, longest: number): number {
  return shortest + Math.floor(Math.random() * (longest - shortest + 1));
}

function clamp(seconds: number, shortest: number, longest: number): number {
  return Math.min(longest, Math.max(shortest, seconds));
}
