import type { Outcome } from './events';
import type { Job } from './job';
import { JobEvent } from './job-event';
import { supersede } from './supersede';
import type { ContinuationProperties } from '../src/contract';

/** The longest time from the end of one window to the beginning of the next. */
const BETWEEN_WINDOWS_SECONDS = 120;

/** Handles the events of a continuation: it waits for a job that another resource has started. */
export class JobContinuation extends JobEvent {
  private readonly properties = this.event.ResourceProperties as unknown as ContinuationProperties;

  async next(): Promise<Outcome> {
    if (this.event.RequestType === 'Delete') return this.stopWaiting();
    const { JobName, Wait } = this.properties;
    this.track(JobName);
    if (this.memo.failure !== undefined) return this.giveUp(this.memo.failure, await this.jobs.describe(JobName), Wait);
    if (this.event.RequestType === 'Update') {
      const drainedIn = await supersede(this.services, this.event, this.memo);
      if (drainedIn > 0) return { wait: drainedIn };
    }
    const job = await this.jobs.describe(JobName);
    return job ? this.outcomeFor(job, Wait) : this.missing();
  }

  /** The job is the one that CloudFormation goes back to, or was started before this wait: then it goes on. */
  protected async mayStop(job: Job): Promise<boolean> {
    return job.name !== this.event.OldResourceProperties?.JobName && this.isOfThisWait(job) && this.jobs.isOfStack(job);
  }

  protected async canBeResult(): Promise<boolean> {
    return true;
  }

  /** The job belongs to another resource: only the waiting ends. */
  private async stopWaiting(): Promise<Outcome> {
    const drainedIn = await supersede(this.services, this.event, this.memo);
    return drainedIn > 0 ? { wait: drainedIn } : this.succeed();
  }

  /** The job was started when this wait began, in the first of its windows. */
  private isOfThisWait({ description }: Job): boolean {
    const { Seconds, Before = '0' } = this.properties.Wait;
    const windows = Number(Before) / Number(Seconds) + 1;
    const age = (this.services.now() - new Date(description.CreationTime).getTime()) / 1000;
    return age <= Number(Before) + Number(Seconds) + windows * BETWEEN_WINDOWS_SECONDS;
  }
}
