import { sorted, type SortOrder } from './sort';
import { page } from '../api/page';
import type { Clock } from '../clock';
import type { JsonObject } from '../json';

/** The members that the list operations of all kinds of jobs share. */
export interface ListJobsRequest {
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

/** The properties of a job that lists filter and sort by. */
export interface ListableJob {
  readonly name: string;
  readonly arn: string;
  readonly status: string;
  readonly running: boolean;
  readonly creationTime: number;
  readonly lastModifiedTime: number;
}

/** The documented defaults of a list operation. */
export interface ListDefaults {
  readonly sortBy: NonNullable<ListJobsRequest['SortBy']>;
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
export interface ListedJob<T> {
  readonly job: T;
  readonly status: string;
  /** Whether the job has ended, but the list does not show it yet. */
  readonly endedLater: boolean;
}

const DEFAULT_PAGE = 10;

/** Returns the jobs that lists show now. `runningStatus` is the status of a job whose end they do not show yet. */
export function listed<T extends ListableJob>(jobs: readonly T[], { clock, listLag }: Lists, runningStatus: string): ListedJob<T>[] {
  return jobs.flatMap((job) => {
    const seenAt = clock.now() - listLag(job.arn);
    const endedLater = !job.running && job.status !== 'Deleting' && job.lastModifiedTime > seenAt;
    return job.creationTime <= seenAt ? [{ job, endedLater, status: endedLater ? runningStatus : job.status }] : [];
  });
}

/** Renders the response of a list operation, with the jobs as the specified member. */
export function listJobs<T extends ListableJob>(
  jobs: ReadonlyArray<ListedJob<T>>,
  request: ListJobsRequest,
  { pageSize = DEFAULT_PAGE, sortBy, sortOrder }: ListDefaults,
  member: string,
  summarize: (job: ListedJob<T>) => JsonObject,
): JsonObject {
  const keys = {
    Name: ({ job }: ListedJob<T>) => job.name,
    CreationTime: ({ job }: ListedJob<T>) => job.creationTime,
    LastModifiedTime: ({ job }: ListedJob<T>) => job.lastModifiedTime,
    Status: ({ status }: ListedJob<T>) => status,
  };
  const { SortBy: by = sortBy, SortOrder: order = sortOrder } = request;
  const found = sorted(jobs.filter((job) => matches(job, request)), keys[by], order);
  const { items, nextToken } = page(found, request.MaxResults ?? pageSize, request.NextToken);
  return { [member]: items.map(summarize), ...nextToken ? { NextToken: nextToken } : {} };
}

function matches({ job, status }: ListedJob<ListableJob>, request: ListJobsRequest): boolean {
  const between = (time: number, after = -Infinity, before = Infinity) => time / 1000 > after && time / 1000 < before;
  return job.name.includes(request.NameContains ?? '')
    && (request.StatusEquals === undefined || status === request.StatusEquals)
    && between(job.creationTime, request.CreationTimeAfter, request.CreationTimeBefore)
    && between(job.lastModifiedTime, request.LastModifiedTimeAfter, request.LastModifiedTimeBefore);
}
