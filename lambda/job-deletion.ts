import { findAttempts, isAttempt } from './attempts';
import type { Outcome } from './events';
import { isFinal, type Job } from './job';
import { JobEvent } from './job-event';
import { isJobName } from './naming';
import { supersede } from './supersede';
import type { JobProperties } from '../src/contract';

/** Handles the Delete of a job: afterwards no job that was started for the resource runs, and their records are gone. */
export class JobDeletion extends JobEvent {
  private readonly properties = this.event.ResourceProperties as unknown as JobProperties;

  async next(): Promise<Outcome> {
    const drainedIn = await supersede(this.services, this.event, this.memo, !this.isAnswered());
    const left = await this.ownJobs();
    // While an earlier event may be at work, a record stays: without it, that event would start the job once more.
    await this.jobs.clearAway(left, drainedIn === 0);
    if (left.length > 0) {
      const [{ name, status }] = left;
      if (drainedIn > 0 && left.every(isFinal)) return { wait: drainedIn };
      return this.pollUntilLate(`${this.kind.label} '${name}' is still ${status} after it was asked to stop. Delete the resource again later.`);
    }
    return drainedIn > 0 ? { wait: drainedIn } : this.succeed();
  }

  protected async mayStop(): Promise<boolean> {
    return false;
  }

  protected async canBeResult(): Promise<boolean> {
    return false;
  }

  /**
   * The event before has been answered: where a creation never was, CloudFormation makes up the physical id, and where an
   * update never was, the physical id is that of a job of the properties before.
   */
  private isAnswered(): boolean {
    return this.givenId === this.event.LogicalResourceId || isAttempt(this.kind, this.owner, this.properties, this.givenId);
  }

  /**
   * The jobs to delete, in the order of attempts: all of the request, or where CloudFormation names one of them, that one
   * and the failed ones before it. One that was stopped may be the job that a rollback went back to.
   *
   * Where a later attempt has replaced the named one, all records stay, for without them no event would find the later
   * one: it takes them with it when it is deleted.
   */
  private async ownJobs(): Promise<Job[]> {
    const { jobs } = await findAttempts(this.jobs, this.kind, this.owner, this.properties);
    const named = jobs.findIndex((job) => job.name === this.event.PhysicalResourceId);
    if (named >= 0) {
      const lastToStay = jobs.slice(0, named).findLastIndex(({ phase }) => phase === 'completed' || phase === 'stopped');
      // A job that was started after the deletion had been sent belongs to an event that CloudFormation had given up.
      const isLater = ({ description }: Job) => new Date(description.CreationTime).getTime() > this.memo.sentAt;
      const later = jobs.slice(named + 1);
      const isReplaced = later.some((job) => !isLater(job) && this.jobs.isResult(job, this.properties));
      return this.jobs.owned([...jobs.slice(lastToStay + 1, named + 1).filter((job) => !isReplaced || !isFinal(job)), ...later.filter(isLater)]);
    }
    if (!isJobName(this.properties, this.givenId)) return this.jobs.owned(jobs);
    const other = await this.jobs.describe(this.givenId);
    // An earlier step may have deleted it; other jobs are not for this event to delete. But those of an update that never
    // was answered, of which CloudFormation has the properties only, nobody else would stop.
    const unanswered = this.isAnswered() ? [] : jobs.filter(({ phase }) => phase !== 'completed');
    return this.jobs.owned([...unanswered, ...other ? [other] : []]);
  }
}
