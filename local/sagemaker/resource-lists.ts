import { sorted, type SortOrder } from './sort';
import { page } from '../api/page';
import type { Clock } from '../clock';
import type { JsonObject } from '../json';

/** The members that the list operations of all kinds of resources share. */
export interface ListRequest {
  readonly NameContains?: string;
  readonly StatusEquals?: string;
  readonly CreationTimeAfter?: number;
  readonly CreationTimeBefore?: number;
  readonly LastModifiedTimeAfter?: number;
  readonly LastModifiedTimeBefore?: number;
  readonly SortBy?: 'Name' | 'Status' | 'CreationTime' | 'LastModifiedTime';
  readonly SortOrder?: SortOrder;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/** The properties of a resource that lists filter and sort by. */
export interface Listable {
  readonly name: string;
  readonly creationTime: number;
  /** Default: the time of the creation, for resources that cannot be changed. */
  readonly lastModifiedTime?: number;
  /** Default: none, for resources that have no status. */
  readonly status?: string;
}

/** The properties of a job on which its appearance in a list depends. */
export interface ListableJob extends Required<Listable> {
  readonly arn: string;
  readonly running: boolean;
}

/** The documented defaults of a list operation. */
export interface ListDefaults {
  readonly sortBy: NonNullable<ListRequest['SortBy']>;
  readonly sortOrder: SortOrder;
  /** Default: 10. */
  readonly pageSize?: number;
}

/** The clock and the lag of lists. */
export interface Lists {
  readonly clock: Clock;
  /** Returns the delay until lists show a job, and its end, in milliseconds. */
  readonly listLag: (arn: string) => number;
}

/** A job as a list shows it. */
export interface ListedJob<T> extends Required<Listable> {
  readonly job: T;
  /** Whether the job has ended, but the list does not show it yet. */
  readonly endedLater: boolean;
}

export const DEFAULT_PAGE = 10;

/** Returns the jobs that lists show now. `runningStatus` is the status of a job whose end they do not show yet. */
export function listedJobs<T extends ListableJob>(jobs: readonly T[], { clock, listLag }: Lists, runningStatus: string): ListedJob<T>[] {
  return jobs.flatMap((job) => {
    const { name, creationTime, lastModifiedTime } = job;
    const seenAt = clock.now() - listLag(job.arn);
    const endedLater = !job.running && job.status !== 'Deleting' && lastModifiedTime > seenAt;
    const status = endedLater ? runningStatus : job.status;
    return creationTime <= seenAt ? [{ job, name, creationTime, lastModifiedTime, status, endedLater }] : [];
  });
}

/** Renders the response of a list operation, with the resources as the specified member. */
export function listResources<T extends Listable>(
  resources: readonly T[],
  request: ListRequest,
  { pageSize = DEFAULT_PAGE, sortBy, sortOrder }: ListDefaults,
  member: string,
  summarize: (resource: T) => JsonObject,
): JsonObject {
  const keys = {
    Name: ({ name }: T) => name,
    CreationTime: ({ creationTime }: T) => creationTime,
    LastModifiedTime: lastModified,
    Status: ({ status = '' }: T) => status,
  };
  const { SortBy: by = sortBy, SortOrder: order = sortOrder } = request;
  const found = sorted(resources.filter((resource) => matches(resource, request)), keys[by], order);
  const { items, nextToken } = page(found, request.MaxResults ?? pageSize, request.NextToken);
  return { [member]: items.map(summarize), ...nextToken ? { NextToken: nextToken } : {} };
}

function lastModified({ creationTime, lastModifiedTime = creationTime }: Listable): number {
  return lastModifiedTime;
}

function matches(resource: Listable, request: ListRequest): boolean {
  const between = (time: number, after = -Infinity, before = Infinity) => time / 1000 > after && time / 1000 < before;
  return resource.name.includes(request.NameContains ?? '')
    && (request.StatusEquals === undefined || resource.status === request.StatusEquals)
    && between(resource.creationTime, request.CreationTimeAfter, request.CreationTimeBefore)
    && between(lastModified(resource), request.LastModifiedTimeAfter, request.LastModifiedTimeBefore);
}
