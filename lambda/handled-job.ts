import { type HandledKind, type Phase, phaseOf } from './handled-kinds';
import type { Api } from './handler-services';
import { read } from './paths';
import { ifFound, isTransient } from './service-errors';
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

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

const PAGE_SIZE = 100;

/** A job that was just described no longer exists. The step is repeated. */
export class JobVanished extends Error {
  readonly name = 'JobVanished';
  readonly $retryable = {};
}

/** The jobs of one kind. The handler changes only the jobs of one stack. */
export class Jobs {
  constructor(private readonly sageMaker: Api, private readonly kind: HandledKind, private readonly stackId: string) {}

  /** Returns the job with a name, or undefined if it does not exist. */
  async describe(name: string): Promise<Job | undefined> {
    const description = await ifFound(this.sageMaker.call(this.kind.operations.describe, { [this.kind.nameMember]: name }));
    return description && this.jobOf(name, description);
  }

  /** Returns a page of the jobs whose names contain a string, newest first. */
  async page(NameContains: string, NextToken?: string, MaxResults: number = PAGE_SIZE): Promise<{ jobs: Job[]; nextToken?: string }> {
    const page = await this.sageMaker.call(this.kind.operations.list, {
      NameContains, SortBy: 'CreationTime', SortOrder: 'Descending', MaxResults, ...NextToken && { NextToken },
    });
    const items = (page[this.kind.summariesMember] ?? []) as Record<string, any>[];
    return { jobs: items.map((summary) => this.jobOf(String(summary[this.kind.nameMember]), summary)), nextToken: page.NextToken };
  }

  /** Returns all jobs whose names contain a string, newest first. */
  async list(text: string, token?: string): Promise<readonly Job[]> {
    const { jobs, nextToken } = await this.page(text, token);
    return nextToken ? [...jobs, ...await this.list(text, nextToken)] : jobs;
  }

  async tagsOf(job: Job, token?: string): Promise<ReadonlyMap<string, string>> {
    const { NextToken, Tags = [] } = await this.callOfTags('ListTags', job.arn, { ...token && { NextToken: token } });
    const tags = (Tags as Tag[]).map(({ Key, Value }) => [Key, Value] as const);
    return new Map(NextToken ? [...tags, ...await this.tagsOf(job, NextToken)] : tags);
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

  /** Deletes the record of a job that has ended and retains no capacity. Returns whether records of this kind can be deleted. */
  async delete(job: Job): Promise<boolean> {
    if (this.kind.operations.delete) await this.unlessMovedOn(job, this.kind.operations.delete);
    return this.kind.operations.delete !== undefined;
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
    return { name, arn: String(description[this.kind.arnMember]), phase: phaseOf(status), status, description };
  }

  private async callOfTags(operation: string, ResourceArn: string, input: Record<string, unknown>): Promise<Record<string, any>> {
    const output = await ifFound(this.sageMaker.call(operation, { ResourceArn, ...input }));
    if (!output) throw new JobVanished(`${ResourceArn} has just been deleted`);
    return output;
  }

  /** Calls an operation that SageMaker rejects once the job has moved on. The rejection is then not an error. */
  private async unlessMovedOn(job: Job, operation: string, changes: Record<string, unknown> = {}): Promise<void> {
    try {
      await this.sageMaker.call(operation, { [this.kind.nameMember]: job.name, ...changes });
    } catch (error) {
      if (isTransient(error)) throw error;
      const now = await this.describe(job.name);
      if (now?.status === job.status) throw toJobError(operation, changes, error);
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
