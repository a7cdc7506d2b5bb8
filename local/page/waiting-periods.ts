import type { JobOwners } from './job-owners';
import type { WindowView } from './view-model';
import type { StackState } from '../cloudformation';

/** A job, and the period in which it runs. */
export interface AwaitedJob {
  readonly name: string;
  readonly logicalId?: string;
  readonly period: { readonly from: number; readonly to: number };
}

type Period = Omit<WindowView, 'name'> & { readonly physicalId: string };

/** Returns the periods in which the custom resources of a stack wait for a job while it runs. */
export function waitingPeriods(stack: StackState, job: AwaitedJob, owners: JobOwners): WindowView[] {
  const { stackId } = stack;
  return periodsOf(stack)
    .filter(({ logicalId, physicalId }) => logicalId === job.logicalId || physicalId === job.name || owners.hasProperty(stackId, logicalId, job.name))
    .filter(({ from, to = Infinity }) => from <= job.period.to && to >= job.period.from)
    .map(({ physicalId: _, ...period }) => ({ ...period, name: owners.constructName(stackId, period.logicalId) }));
}

/** Each period from an event IN_PROGRESS of a custom resource to its next status. */
function periodsOf({ events }: StackState): Period[] {
  const begun = new Map<string, number>();
  const ended: Period[] = [];
  for (const { logicalResourceId: logicalId, physicalResourceId: physicalId, resourceType, resourceStatus: status, timestamp } of events) {
    if (!resourceType.startsWith('Custom::')) continue;
    const time = Date.parse(timestamp);
    const from = begun.get(logicalId);
    if (status.endsWith('_IN_PROGRESS')) {
      if (from === undefined) begun.set(logicalId, time);
    } else if (from !== undefined) {
      begun.delete(logicalId);
      ended.push({ logicalId, physicalId, from, to: time, status });
    }
  }
  return [...ended, ...[...begun].map(([logicalId, from]) => ({ logicalId, physicalId: '', from, status: 'IN_PROGRESS' }))];
}
