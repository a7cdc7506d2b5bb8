import { isAtWork } from './handled-job';
import { read } from './paths';
import type { KnownProperties } from './reduce-event';
import type { OwnJob } from './resource-jobs';
import { OWNER_TAG } from '../src/contract';

/** Whether the job is a result for the properties, may become one, or was handed over, so that its end does not affect them. */
export function counts({ Request, Wait }: KnownProperties, job: OwnJob, hasResult: boolean): boolean {
  if (hasResult) return true;
  if (job.phase === 'deleting' || job.tags.get(OWNER_TAG.ended) === 'true') return false;
  if (isAtWork(job)) return true;
  if (Wait.Seconds === '0') return job.tags.get(OWNER_TAG.waits) === 'false';
  return job.phase === 'stopped' && Wait.AcceptStopped === 'true' && isWithinLimits(Request.StoppingCondition, job.description.StoppingCondition);
}

/** Whether no limit of a request is longer than the limit of the job, which may have stopped because of it. */
function isWithinLimits(wanted: unknown, described: unknown): boolean {
  return Object.entries(wanted ?? {}).every(([limit, seconds]) => Number(seconds) <= Number(read(described, [limit]) ?? seconds));
}
