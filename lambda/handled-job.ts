import type { HandledKind, Phase } from './handled-kinds';
import type { SageMakerApi } from './handler-services';
import { read } from './paths';
import { isNotFound, isTransient } from './service-errors';
import { toJobError } from './to-job-error';
import { OWNER_TAG } from '../src/contract';

/** A job as SageMaker describes it, or as it lists it, with a shorter description. */
export interface Job {
  readonly name: string;
  readonly arn: string;
  readonly phase: Phase;
  /** The status in the API. */
  readonly status: string;
  readonly description: Record<string, any>;
}

export interface ListedPage {
  readonly jobs: readonly Job[];
  readonly nextToken?: string;
}

const PAGE_SIZE = 100;

/** A job that was just described no longer exists. The step is repeated. */
export class JobVanished extends Error {
  readonly name = 'JobVanished';
  readonly $retryable = {};
}

/** The jobs of one kind. The handler changes only the jobs of one stack. */
export class Jobs {
  constructor(private readonly sageMaker: SageMakerApi, private readonly kind: HandledKind, private readonly stackId: string) {}

  /** Returns the job with a name, or undefined if it does not exist. */
  async describe(name: string): Promise<Job | undefined> {
    const description = await this.find(name);
    return description && this.jobOf(name, description);
  }

  /** Returns a page of the jobs whose names contain a string, newest first. */
  async page(NameContains: string, NextToken?: string): Promise<ListedPage> {
    const page = await this.sageMaker.call(this.kind.operations.list, {
      NameContains, SortBy: 'CreationTime', SortOrder: 'Descending', MaxResults: PAGE_SIZE, ...NextToken && { NextToken },
    });
    const items = (page[this.kind.summariesMember] ?? []) as Record<string, any>[];
    return { jobs: items.map((summary) => this.jobOf(String(summary[this.kind.nameMember]), summary)), nextToken: page.NextToken };
  }

  /** Returns all jobs whose names contain a string, newest first. */
  async list(text: string): Promise<Job[]> {
    const all: Job[] = [];
    let token: string | undefined;
    do {
      const { jobs, nextToken } = await this.page(text, token);
      all.push(...jobs);
      token = nextToken;
    } while (token);
    return all;
  }

  async tagsOf({ arn }: Job): Promise<ReadonlyMap<string, string>> {
    const tags = new Map<string, string>();
    let NextToken: string | undefined;
    do {
      const page = await this.callOfTags('ListTags', arn, { ...NextToken && { NextToken } });
      for (const { Key, Value } of page.Tags ?? []) tags.set(Key, Value);
      NextToken = page.NextToken;
    } while (NextToken);
    return tags;
  }

  /** Whether the job belongs to a resource of this stack. */
  async isOfStack(job: Job): Promise<boolean> {
    return (await this.tagsOf(job)).get(OWNER_TAG.stack) === this.stackId;
  }

  /** Whether the job has succeeded, and its result exists. */
  hasResult(job: Job): boolean {
    return job.phase === 'completed' && !this.kind.isWithoutResult?.(job.description);
  }

  /** Whether the job has ended and still retains instances. */
  retainsCapacity(job: Job): boolean {
    const { retainedCapacity } = this.kind;
    return retainedCapacity !== undefined && read(job.description, retainedCapacity.path) === retainedCapacity.status;
  }

  /** Whether the job runs, is stopping, or retains instances. */
  isActive(job: Job): boolean {
    return !(isFinal(job) || job.phase === 'deleting') || this.retainsCapacity(job);
  }

  /** Ends a job: stops it, or releases its retained capacity. */
  async end(job: Job): Promise<void> {
    if (this.retainsCapacity(job)) await this.update(job, this.kind.retainedCapacity!.release);
    if (!isAtWork(job)) return;
    await this.tag(job, { [OWNER_TAG.ended]: 'true' });
    // A job that has just ended by itself counts as stopped.
    await this.unlessMovedOn(job, this.kind.operations.stop);
  }

  /** Changes a running job, or the retained capacity of a finished one. */
  async update(job: Job, changes: Record<string, unknown>): Promise<void> {
    await this.unlessMovedOn(job, this.kind.operations.update!, changes);
  }

  /** Whether the record of a job can be deleted, now or once it has ended. */
  canDelete(job: Job): boolean {
    return !isFinal(job) || this.kind.operations.delete !== undefined;
  }

  /** Deletes the record of a job that has ended and retains no capacity. Records of some kinds stay. */
  async delete(job: Job): Promise<void> {
    if (this.kind.operations.delete) await this.unlessMovedOn(job, this.kind.operations.delete);
  }

  /** Adds missing tags to the job, and removes unwanted ones. */
  async tag(job: Job, wanted: { readonly [key: string]: string }, unwanted: readonly string[] = []): Promise<void> {
    const present = await this.tagsOf(job);
    const added = Object.entries(wanted).filter(([key, value]) => present.get(key) !== value);
    const removed = unwanted.filter((key) => present.has(key));
    if (removed.length > 0) await this.callOfTags('DeleteTags', job.arn, { TagKeys: removed });
    if (added.length > 0) await this.callOfTags('AddTags', job.arn, { Tags: added.map(([Key, Value]) => ({ Key, Value })) });
  }

  private jobOf(name: string, description: Record<string, any>): Job {
    const status = String(description[this.kind.statusMember]);
    return { name, arn: String(description[this.kind.arnMember]), phase: this.kind.statuses[status] ?? 'unknown', status, description };
  }

  private async find(name: string): Promise<Record<string, any> | undefined> {
    try {
      return await this.sageMaker.call(this.kind.operations.describe, { [this.kind.nameMember]: name });
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  private async callOfTags(operation: string, ResourceArn: string, input: Record<string, unknown>): Promise<Record<string, any>> {
    try {
      return await this.sageMaker.call(operation, { ResourceArn, ...input });
    } catch (error) {
      throw isNotFound(error) ? new JobVanished(`${ResourceArn} has just been deleted`) : error;
    }
  }

  /** Calls an operation that SageMaker rejects once the job has moved on. The rejection is then not an error. */
  private async unlessMovedOn(job: Job, operation: string, changes: Record<string, unknown> = {}): Promise<void> {
    try {
      await this.sageMaker.call(operation, { [this.kind.nameMember]: job.name, ...changes });
    } catch (error) {
      if (isTransient(error)) throw error;
      const now = await this.find(job.name);
      if (now && String(now[this.kind.statusMember]) === job.status) throw toJobError(operation, changes, error);
    }
  }
}

/** Whether the job has ended and nothing of it runs. */
export function isFinal({ phase }: Job): boolean {
  return phase === 'completed' || phase === 'failed' || phase === 'stopped';
}

/** Whether the job can be stopped. A job with an unknown status may be running. */
export function isAtWork({ phase }: Job): boolean {
  return phase === 'running' || phase === 'unknown';
}
