import type { CloudFormationEvent, Memo } from './events';
import { executionNames } from './naming';
import { sentAt } from './sent-at';
import type { Services } from './services';

/**
 * Ends the executions that still work for the event's resource: CloudFormation no longer waits for them. Returns for how
 * many seconds an invocation of theirs may yet be under way.
 */
export async function supersede({ executions, functionTimeout, now }: Services, event: CloudFormationEvent, memo: Memo): Promise<number> {
  if (memo.quietFrom === undefined || memo.quietFrom > now()) {
    const { name: own, resource, time } = executionNames(event.LogicalResourceId, event.RequestId, sentAt(event));
    // An event that arrives late must not end the work for one that was sent after it.
    const others = (await executions.running())
      .filter((name) => name.startsWith(resource) && name !== own && name.slice(resource.length, resource.length + time.length) <= time);
    const seenBefore = memo.quietFrom !== undefined;
    if (others.length > 0) memo.quietFrom = now() + functionTimeout * 1000;
    else memo.quietFrom ??= 0;
    // They are ended by the next step, when this one's memory of them is safe.
    if (!seenBefore && others.length > 0) return 1;
    for (const name of others) await executions.stop(name);
  }
  return Math.max(0, Math.ceil((memo.quietFrom - now()) / 1000));
}
