import { EventHandler } from './event-handler';
import type { Memo, Outcome } from './events';
import { isFinal, type Job, Jobs, JobVanished } from './handled-job';
import { HANDLED_KINDS } from './handled-kinds';
import { isJobName } from './naming';
import { type JobKind, OWNER_TAG } from '../src/contract';
import { stackKey } from '../src/identity';

/** The number of jobs of a page: one step ends and deletes them, and has only a minute. */
const PAGE_SIZE = 20;

/** The maximum number of seconds until lists show a new job. */
const LISTED_JOBS_SECONDS = 60;

/** The additional state of the deletion of a history. */
interface HistoryMemo extends Memo {
  /** The position of this pass over all kinds, and its findings: the number of remaining jobs, and of active ones among them. */
  cursor?: { readonly kind: number; readonly token?: string; readonly left: number; readonly active: number; readonly since: number };
}

/**
 * Handles the events of a stack's history. The resource owns the records of all jobs of the stack: it is created before them and
 * deleted after them. Its deletion deletes all records that can be deleted.
 */
export class HistoryEvent extends EventHandler<HistoryMemo> {
  private readonly key = stackKey(this.event.StackId);

  async next(): Promise<Outcome> {
    if (this.event.RequestType !== 'Delete') return { status: 'SUCCESS', physicalId: this.key };
    if (this.late) return this.fail('Not all jobs of the stack could be deleted within the hour. Delete the stack again to continue.');
    const kinds = Object.keys(HANDLED_KINDS) as JobKind[];
    const { active, kind, left, since, token } = this.memo.cursor
      ?? { active: 0, kind: 0, left: 0, since: this.services.now(), token: undefined };
    if (kind === kinds.length) return this.endOfPass(left, active, since);
    const jobs = new Jobs(this.services.sageMaker, HANDLED_KINDS[kinds[kind]], this.event.StackId);
    const page = await jobs.page(this.key, token, PAGE_SIZE);
    const remaining: Job[] = [];
    for (const job of page.jobs) if (!await this.isGone(jobs, job)) remaining.push(job);
    this.memo.cursor = {
      kind: page.nextToken ? kind : kind + 1,
      token: page.nextToken,
      left: left + remaining.length,
      active: active + remaining.filter((job) => jobs.isActive(job)).length,
      since,
    };
    return { wait: 1 };
  }

  protected override get givenId(): string {
    return this.event.PhysicalResourceId ?? this.key;
  }

  /**
   * Another pass follows until one has found nothing and began when lists showed every job. Lists also show deleted jobs for a
   * while, so a pass that leaves nothing active is not followed by another one before that time.
   */
  private endOfPass(left: number, active: number, since: number): Outcome {
    const now = left === 0 ? since : this.services.now();
    const listedIn = Math.ceil((this.memo.sentAt + LISTED_JOBS_SECONDS * 1000 - now) / 1000);
    if (left === 0 && listedIn <= 0) return { status: 'SUCCESS', physicalId: this.key };
    delete this.memo.cursor;
    return { wait: Math.max(left > 0 ? 10 : 1, active > 0 ? 0 : listedIn) };
  }

  /** Ends or deletes a job of this stack. Returns whether nothing of it remains to be done. */
  private async isGone(jobs: Jobs, job: Job): Promise<boolean> {
    // The training jobs of a tuning job have its name and tags. They are kept, as when a tuning job is deleted.
    if (!isJobName(job.name, this.event.StackId)) return true;
    try {
      if (!await jobs.isOfStack(job) || (await jobs.tagsOf(job)).has(OWNER_TAG.retained)) return true;
      if (jobs.isActive(job)) await jobs.end(job);
      else if (isFinal(job) && !await jobs.delete(job)) return true;
      return false;
    } catch (error) {
      // Lists still show a job for a while after its deletion.
      if (error instanceof JobVanished) return true;
      throw error;
    }
  }
}
