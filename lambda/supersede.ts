import type { CloudFormationEvent, Memo } from './events';
import type { Services } from './handler-services';
import { eventIn, executionNames } from './naming';
import { sentAt } from './sent-at';
import { LISTED_SECONDS, ON_TIME_SECONDS } from './waits';

/** The clocks of CloudFormation and Step Functions differ by less. */
const CLOCK_SKEW_MS = 60_000;

/**
 * Finds out whether CloudFormation has sent another event for the resource since it sent this one. Then this one came
 * late, and what it would start nobody would ever stop. Returns for how many seconds that cannot be told yet.
 *
 * Whoever is late looks for the later event, and the later event looks for those that were on time (`supersede`). Both
 * have begun to run before they look, and look when the other one would be listed: so at least one sees the other.
 */
export async function isOvertaken({ executions, now }: Services, event: CloudFormationEvent, memo: Memo): Promise<boolean | number> {
  if (memo.contested === undefined && now() <= memo.sentAt + ON_TIME_SECONDS * 1000) return false;
  const listedIn = secondsUntil(memo.begunAt! + LISTED_SECONDS * 1000, now());
  if (listedIn > 0) return listedIn;
  const { resource, time } = executionNames(event, sentAt(event));
  return (await executions.since(memo.sentAt - CLOCK_SKEW_MS)).some((name) => {
    const other = eventIn(name, resource);
    // The deletions of an old and a new job of the same resource are sent together, and both are waited for.
    if (!other || (other.isDelete && event.RequestType === 'Delete')) return false;
    return other.time > time || (other.time === time && other.isDelete);
  });
}

/** What an event knows of the one before it. */
export interface Before {
  /** It may not have been answered, so its execution may not be listed yet. Default: no. */
  readonly isUnanswered?: boolean;
  /** Of an event of the same second, this one is known to be the later. Default: yes. */
  readonly isEarlier?: boolean;
}

/**
 * Ends the executions that still work for the event's resource: CloudFormation no longer waits for them. Returns for how
 * many seconds an invocation of theirs may yet be under way.
 */
export async function supersede(services: Services, event: CloudFormationEvent, memo: Memo, before: Before = {}): Promise<number> {
  const { isUnanswered = false, isEarlier = true } = before;
  const { executions, functionTimeout, now } = services;
  const settledAt = isUnanswered ? memo.begunAt! + (ON_TIME_SECONDS + LISTED_SECONDS) * 1000 : 0;
  const isDrained = now() >= (memo.drainedAt ?? 0);
  if (!memo.settled || !isDrained || memo.ending) {
    const { name: own, resource, time } = executionNames(event, sentAt(event));
    const others = (await executions.running()).filter((name) => {
      const other = eventIn(name, resource);
      // An event that arrives late must not end the work for one that was sent after it. A deletion is always waited for.
      return other && name !== own && !other.isDelete && (other.time < time || (other.time === time && isEarlier));
    });
    memo.settled = now() >= settledAt;
    if (memo.ending) {
      for (const name of others) await executions.stop(name);
      delete memo.ending;
      memo.drainedAt = now() + functionTimeout * 1000;
    } else if (others.length > 0) {
      // They are ended by the next step: one that was repeated after it had ended them would not know that they were there.
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
