import type { JobOwners } from './job-owners';
import type { WindowView } from './view-model';
import type { StackState } from '../cloudformation';

/** A job, and the period in which it runs. */
export interface AwaitedJob {
  readonly name: string;
  readonly logicalId?: string;
  readonly period: { readonly from: number; readonly to: number };
}

/** A period in which an operation on a custom resource is in progress. */
export type ResourcePeriod = Omit<WindowView, 'name'> & { readonly stackId: string; readonly physicalId: string };

/** Returns the periods of a stack in which its custom resources wait for a job while it runs. */
export function waitingPeriods(periods: readonly ResourcePeriod[], job: AwaitedJob, owners: JobOwners): WindowView[] {
  return periods
    .filter(({ stackId, logicalId, physicalId }) => (
      logicalId === job.logicalId || physicalId === job.name || owners.hasProperty(stackId, logicalId, job.name)))
    .filter(({ from, to = Infinity }) => from <= job.period.to && to >= job.period.from)
    .map(({ stackId, physicalId: _, ...period }) => ({ ...period, name: owners.constructName(stackId, period.logicalId) }));
}

/** Each period from an event IN_PROGRESS of a custom resource to its next status. */
export function resourcePeriods({ stackId, events }: StackState): ResourcePeriod[] {
  const begun = new Map<string, number>();
  const ended: ResourcePeriod[] = [];
  for (const { logicalResourceId: logicalId, physicalResourceId: physicalId, resourceType, resourceStatus: status, timestamp } of events) {
    if (!resourceType.startsWith('Custom::')) continue;
    const time = Date.parse(timestamp);
    const from = begun.get(logicalId);
    if (status.endsWith('_IN_PROGRESS')) {
      if (from === undefined) begun.set(logicalId, time);
    } else if (from !== undefined) {
      begun.delete(logicalId);
      ended.push({ stackId, logicalId, physicalId, from, to: time, status });
    }
  }
  return [...ended, ...[...begun].map(([logicalId, from]) => ({ stackId, logicalId, physicalId: '', from, status: 'IN_PROGRESS' }))];
}
