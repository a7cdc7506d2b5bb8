import type { Outcome } from './events';
import type { Job } from './job';
import { JobEvent } from './job-event';
import { supersede } from './supersede';
import type { ContinuationProperties } from '../src/contract';

/** Handles the events of a continuation: it waits for a job that another resource has started. */
export class JobContinuation extends JobEvent {
  private isFirstStep = false;
  private readonly properties = this.event.ResourceProperties as unknown as ContinuationProperties;

  async next(): Promise<Outcome> {
    const { JobName, Wait } = this.properties;
    if (this.event.RequestType !== 'Create' && this.memo.failure === undefined) {
      const drainedIn = await supersede(this.services, this.event, this.memo);
      if (drainedIn > 0) return { wait: drainedIn };
    }
    // The job belongs to another resource: only the waiting ends.
    if (this.event.RequestType === 'Delete') return this.succeed();
    this.isFirstStep = this.memo.jobName === undefined;
    this.track(JobName);
    const job = await this.jobs.describe(JobName);
    if (this.memo.failure !== undefined) return this.giveUp(this.memo.failure, job, Wait, true);
    if (!job) return (this.isFirstStep && this.isSameJob ? this.succeedWithoutRecord(JobName, this.properties, {}) : undefined) ?? this.missing();
    return this.outcomeFor(job, Wait);
  }

  /**
   * The job was started by a resource that waits, and not before this deployment: CloudFormation goes back to the job of
   * the properties before, and what was handed over is not for a window to stop.
   */
  protected async mayStop(job: Job): Promise<boolean> {
    return !this.isSameJob && await this.jobs.isOfStack(job) && await this.tagOf(job, 'waits') === 'true';
  }

  /** The job is the one that this resource has waited for before. */
  private get isSameJob(): boolean {
    return this.event.OldResourceProperties?.JobName === this.properties.JobName;
  }

  protected async acceptsEnd({ phase }: Job): Promise<boolean> {
    return phase === 'stopped' && this.properties.Wait.AcceptStopped === 'true';
  }

  /** A job that had ended before this event does not run again by it. */
  protected override get advice(): string {
    return this.isFirstStep ? ' To run it again, change `rerunTrigger`.' : '';
  }
}
