import type { Again, Memo } from './events';

const SHORTEST = 5;
const LONGEST = 30;
const LONGEST_THROTTLED = 60;

/** CloudFormation waits no longer for one custom resource, in seconds. */
const SERVICE_TIMEOUT_SECONDS = 3600;

/** What is left of CloudFormation's hour when an answer must go out, in seconds. */
const ANSWER_MARGIN_SECONDS = 120;

const POLICY_SPREADS_SECONDS = 120;

/** An event that was taken so many seconds after it was sent, or earlier, is on time. */
export const ON_TIME_SECONDS = 30;

/** Step Functions lists an execution after so many seconds at the latest. */
export const LISTED_SECONDS = 10;

/** How far a job is, where the service says so: `working` only where it also says that the end is near. */
export type Stage = 'starting' | 'working' | 'ending' | 'untold';

/** The part of a stage's age after which a job is looked at again, and the bounds of that in seconds. */
const PACE: { readonly [stage in Stage]: { readonly part: number; readonly longest: number } } = {
  starting: { part: 1 / 10, longest: LONGEST },
  working: { part: 1 / 10, longest: 45 },
  ending: { part: 1 / 10, longest: 15 },
  untold: { part: 1 / 15, longest: LONGEST },
};

/** Seconds until a job is looked at again: the longer it has been in its stage, the longer. */
export function pollDelay(ageMs: number, stage: Stage = 'untold'): number {
  const { part, longest } = PACE[stage];
  return clamp(Math.round(ageMs / 1000 * part), longest);
}

/**
 * The next step waits longer each time that one fails. For how long exactly is left to chance, because hundreds of jobs that
 * try again at the same moment fail again. A call that was throttled is repeated as AWS recommends: at any moment of a period
 * that doubles.
 */
export function tryAgain(memo: Memo, now: number, throttled: boolean): Again {
  memo.consecutiveFailures = (memo.consecutiveFailures ?? 0) + 1;
  const doubled = 2 ** memo.consecutiveFailures;
  const wait = throttled ? between(1, Math.min(LONGEST_THROTTLED, doubled)) : between(SHORTEST, clamp(SHORTEST * doubled, LONGEST));
  return { wait: Math.max(1, Math.min(wait, Math.ceil((lastMoment(memo) - now) / 1000))), again: true };
}

/** Time is up for the event: an answer must go out while CloudFormation still waits for one. */
export function isLate(memo: Memo, now: number): boolean {
  return now >= lastMoment(memo);
}

/** The event was sent so recently that IAM may not have spread the policies that were made just before it. */
export function isEarly(memo: Memo, now: number): boolean {
  return now < memo.sentAt + POLICY_SPREADS_SECONDS * 1000;
}

function lastMoment({ sentAt }: Memo): number {
  return sentAt + (SERVICE_TIMEOUT_SECONDS - ANSWER_MARGIN_SECONDS) * 1000;
}

function between(shortest: number, longest: number): number {
  return shortest + Math.floor(Math.random() * (longest - shortest + 1));
}

function clamp(seconds: number, longest: number = LONGEST): number {
  return Math.min(longest, Math.max(SHORTEST, seconds));
}
