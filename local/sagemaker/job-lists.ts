import { sorted, type SortOrder } from './sort';
import { page } from '../api/page';
import type { JsonObject } from '../json';

/** What the list operations of all kinds of job take. */
export interface ListJobsRequest {
  readonly NameContains?: string;
  readonly StatusEquals?: string;
  readonly CreationTimeAfter?: number;
  readonly CreationTimeBefore?: number;
  readonly LastModifiedTimeAfter?: number;
  readonly LastModifiedTimeBefore?: number;
  readonly SortBy?: 'Name' | 'Status' | 'CreationTime';
  readonly SortOrder?: SortOrder;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/** A job, as lists find and sort it. */
export interface ListableJob {
  readonly name: string;
  readonly status: string;
  readonly creationTime: number;
  readonly lastModifiedTime: number;
}

/** What the documentation of a list operation says that it does where the caller does not. */
export interface ListDefaults {
  readonly sortBy: NonNullable<ListJobsRequest['SortBy']>;
  readonly sortOrder: SortOrder;
}

const DEFAULT_PAGE = 10;

/** The answer of a list operation, with the jobs as a member of that name. */
export function listJobs<T extends ListableJob>(
  jobs: readonly T[], request: ListJobsRequest, { sortBy, sortOrder }: ListDefaults, member: string, summarize: (job: T) => JsonObject,
): JsonObject {
  const keys = { Name: (job: T) => job.name, CreationTime: (job: T) => job.creationTime, Status: (job: T) => job.status };
  const { SortBy: by = sortBy, SortOrder: order = sortOrder } = request;
  const { items, nextToken } = page(sorted(jobs.filter((job) => matches(job, request)), keys[by], order), request.MaxResults ?? DEFAULT_PAGE, request.NextToken);
  return { [member]: items.map(summarize), ...nextToken ? { NextToken: nextToken } : {} };
}

function matches(job: ListableJob, request: ListJobsRequest): boolean {
  const between = (time: number, after = -Infinity, before = Infinity) => time / 1000 > after && time / 1000 < before;
  return job.name.includes(request.NameContains ?? '')
    && (request.StatusEquals === undefined || job.status === request.StatusEquals)
    && between(job.creationTime, request.CreationTimeAfter, request.CreationTimeBefore)
    && between(job.lastModifiedTime, request.LastModifiedTimeAfter, request.LastModifiedTimeBefore);
}
