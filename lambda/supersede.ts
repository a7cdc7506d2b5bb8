import type { CloudFormationEvent, Memo } from './events';
import type { Services } from './handler-services';
import { eventIn, executionNames } from './naming';
import { sentAt } from './sent-at';
import { LISTED_SECONDS, ON_TIME_SECONDS } from './waits';

/** The maximum difference of the clocks of CloudFormation and Step Functions. */
const CLOCK_SKEW_MS = 60_000;

/**
 * Returns whether CloudFormation has sent a later event for the resource. This event is then late, and nothing would stop a job
 * that it starts. Returns a number of seconds if the answer is not known yet.
 *
 * A late event searches for the later event, and the later event searches for earlier ones (`supersede`). Both run before they
 * search, and search when the other one would be listed, so at least one finds the other.
 */
export async function isOvertaken({ executions, now }: Services, event: CloudFormationEvent, memo: Memo): Promise<boolean | number> {
  if (memo.contested === undefined && now() <= memo.sentAt + ON_TIME_SECONDS * 1000) return false;
  const listedIn = secondsUntil(memo.begunAt! + LISTED_SECONDS * 1000, now());
  if (listedIn > 0) return listedIn;
  const { resource, time } = executionNames(event, sentAt(event));
  return (await executions.since(memo.sentAt - CLOCK_SKEW_MS)).some((name) => {
    const other = eventIn(name, resource);
    // The deletions of an old and a new job of the same resource are sent together, and CloudFormation waits for both.
    if (!other || (other.isDelete && event.RequestType === 'Delete')) return false;
    // CloudFormation may replace a failed resource: it sends a Create in the second in which the Delete was answered.
    return other.time > time || (other.time === time && other.isUndo);
  });
}

/** Facts about the previous event. */
export interface Before {
  /** Whether it may have no response, so that its execution may not be listed yet. Default: false. */
  readonly isUnanswered?: boolean;
  /** Whether it was sent earlier although both events are of the same second. Default: for a Delete, true; otherwise, the order of the list decides. */
  readonly isEarlier?: boolean;
}

/**
 * Ends the executions that still run for the event's resource, for which CloudFormation no longer waits. Returns the number of
 * seconds for which one of their invocations may still be running.
 */
export async function supersede(services: Services, event: CloudFormationEvent, memo: Memo, before: Before = {}): Promise<number> {
  const { isUnanswered = false, isEarlier } = before;
  const { executions, functionTimeout, now } = services;
  const settledAt = isUnanswered ? memo.begunAt! + (ON_TIME_SECONDS + LISTED_SECONDS) * 1000 : 0;
  const isDrained = now() >= (memo.drainedAt ?? 0);
  if (!memo.settled || !isDrained || memo.ending) {
    const { name: own, resource, time } = executionNames(event, sentAt(event));
    // Events that arrive together share a list: one that is not older than the execution shows what ran before.
    const searchedFrom = now() >= settledAt ? Math.max(memo.begunAt!, settledAt) : memo.begunAt!;
    const running = await executions.running(memo.ending ? now() : searchedFrom);
    const others = running.filter((name, at) => {
      const other = eventIn(name, resource);
      // A late event must not end the work for a later one. CloudFormation always waits for a deletion.
      if (!other || name === own || other.isDelete) return false;
      // The newest execution is listed first.
      return other.time < time || (other.time === time && (isEarlier ?? (event.RequestType === 'Delete' || at > running.indexOf(own))));
    });
    memo.settled = now() >= settledAt;
    if (memo.ending) {
      for (const name of others) await executions.stop(name);
      delete memo.ending;
      memo.drainedAt = now() + functionTimeout * 1000;
    } else if (others.length > 0) {
      // The next step ends them. A step that was repeated after ending them would not find them.
      memo.ending = true;
      memo.ended = [...new Set([...memo.ended ?? [], ...others.map((name) => eventIn(name, resource)!.request)])];
      return 1;
    }
  }
  return secondsUntil(Math.max(memo.drainedAt ?? 0, settledAt), now());
}

function secondsUntil(time: number, now: number): number {
  return Math.max(0, Math.ceil((time - now) / 1000));
}
