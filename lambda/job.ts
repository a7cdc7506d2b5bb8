import type { HandledKind, Phase } from './handled-kinds';
import type { SageMakerApi } from './handler-services';
import type { Owner } from './naming';
import { read } from './paths';
import { isNotFound, isTransient } from './service-errors';
import { toJobError } from './to-job-error';
import { type JobProperties, OWNER_TAG } from '../src/contract';

/** A job as the service describes it. */
export interface Job {
  readonly name: string;
  readonly arn: string;
  readonly phase: Phase;
  /** The service's word for the phase. */
  readonly status: string;
  readonly description: Record<string, any>;
}

/** The jobs of one kind that belong to one resource. */
export class Jobs {
  private readonly tags = new Map<string, Promise<ReadonlyMap<string, string>>>();

  constructor(private readonly sageMaker: SageMakerApi, private readonly kind: HandledKind, private readonly owner: Owner) {}

  /** The job of that name; undefined: there is none. */
  async describe(name: string): Promise<Job | undefined> {
    const description = await this.find(name);
    if (!description) return undefined;
    const status = String(description[this.kind.statusMember]);
    const phase = this.kind.statuses[status] ?? 'unknown';
    const arn = String(description[this.kind.arnMember]);
    return { name, arn, phase, status, description };
  }

  /** The job's tags, asked for once in a step. */
  tagsOf({ arn }: Job): Promise<ReadonlyMap<string, string>> {
    const known = this.tags.get(arn) ?? this.listTags(arn);
    this.tags.set(arn, known);
    return known;
  }

  /** The job belongs to this resource of this stack. */
  async owns(job: Job): Promise<boolean> {
    return await this.isOfStack(job) && (await this.tagsOf(job)).get(OWNER_TAG.resource) === this.owner.logicalId;
  }

  /** The job belongs to some resource of this stack. */
  async isOfStack(job: Job): Promise<boolean> {
    return (await this.tagsOf(job)).get(OWNER_TAG.stack) === this.owner.stackId;
  }

  /** The jobs that belong to this resource of this stack. */
  async owned(jobs: readonly Job[]): Promise<Job[]> {
    const owns = await Promise.all(jobs.map((job) => this.owns(job)));
    return jobs.filter((_job, index) => owns[index]);
  }

  /** The job has succeeded, and what it was started for exists. */
  hasResult(job: Job): boolean {
    return job.phase === 'completed' && !this.kind.isWithoutResult?.(job.description);
  }

  /** The job is, or may become, the result of the properties. */
  isResult(job: Job, { Wait }: JobProperties): boolean {
    if (job.phase === 'stopped') return Wait.AcceptStopped === 'true';
    return this.hasResult(job) || isAtWork(job);
  }

  /** The job has ended and still retains instances. */
  retainsCapacity(job: Job): boolean {
    const { retainedCapacity } = this.kind;
    return retainedCapacity !== undefined && read(job.description, retainedCapacity.path) === retainedCapacity.status;
  }

  /** Asks a running job to stop. A job that has just ended by itself is as good as stopped. */
  async stop(job: Job): Promise<void> {
    await this.unlessMovedOn(job, this.kind.operations.stop);
  }

  /** Changes a running job, or the capacity that a finished one retains. */
  async update(job: Job, changes: Record<string, unknown>): Promise<void> {
    await this.unlessMovedOn(job, this.kind.operations.update!, changes);
  }

  /** Deletes the record of a job that has ended, after it has released its capacity. */
  async delete(job: Job): Promise<void> {
    if (this.retainsCapacity(job)) {
      await this.update(job, this.kind.retainedCapacity!.release);
      return;
    }
    await this.unlessMovedOn(job, this.kind.operations.delete);
  }

  /** Stops jobs and deletes their records, the last attempt first: without it, a later step would not see those behind it. */
  async clearAway(jobs: readonly Job[], withRecords = true): Promise<void> {
    for (const job of [...jobs].reverse()) {
      if (isAtWork(job)) await this.stop(job);
      if (!isFinal(job)) return;
      if (withRecords) await this.delete(job);
    }
  }

  /** Changes the user's tags to the given ones; the tags of the owner and of AWS stay. */
  async retag(job: Job, wanted: ReadonlyMap<string, string>): Promise<void> {
    const present = await this.tagsOf(job);
    const reserved = new Set<string>(Object.values(OWNER_TAG));
    const added = [...wanted].filter(([key, value]) => present.get(key) !== value);
    const removed = [...present.keys()].filter((key) => !wanted.has(key) && !reserved.has(key) && !key.startsWith('aws:'));
    if (removed.length > 0) await this.sageMaker.call('DeleteTags', { ResourceArn: job.arn, TagKeys: removed });
    if (added.length > 0) {
      await this.sageMaker.call('AddTags', { ResourceArn: job.arn, Tags: added.map(([Key, Value]) => ({ Key, Value })) });
    }
  }

  private async find(name: string): Promise<Record<string, any> | undefined> {
    try {
      return await this.sageMaker.call(this.kind.operations.describe, { [this.kind.nameMember]: name });
    } catch (error) {
      if (isNotFound(this.kind, error)) return undefined;
      throw error;
    }
  }

  private async listTags(arn: string): Promise<ReadonlyMap<string, string>> {
    try {
      return await this.listAllTags(arn);
    } catch (error) {
      if (!isNotFound(this.kind, error)) throw error;
      // The job was there a moment ago: the step is to look again.
      throw Object.assign(new Error(`${arn} has just been deleted`), { name: 'JobVanished', $retryable: {} });
    }
  }

  private async listAllTags(arn: string): Promise<ReadonlyMap<string, string>> {
    const tags = new Map<string, string>();
    let token: string | undefined;
    do {
      const page = await this.sageMaker.call('ListTags', { ResourceArn: arn, ...(token ? { NextToken: token } : {}) });
      for (const { Key, Value } of page.Tags ?? []) tags.set(Key, Value);
      token = page.NextToken;
    } while (token);
    return tags;
  }

  /** Makes a call that the service refuses once the job has moved on; then the refusal is no error. */
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

/** The job has ended, and nothing of it runs. */
export function isFinal({ phase }: Job): boolean {
  return phase === 'completed' || phase === 'failed' || phase === 'stopped';
}

/** The job can be stopped; one with a status that is not in the table may be running. */
export function isAtWork({ phase }: Job): boolean {
  return phase === 'running' || phase === 'unknown';
}
