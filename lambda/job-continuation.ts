import type { Answer, Outcome } from './events';
import type { Job } from './handled-job';
import { JobEvent } from './job-event';
import { isJobName } from './naming';
import { withOwnOutputs } from './output-locations';
import { supersede } from './supersede';
import { type ContinuationProperties, OWNER_TAG } from '../src/contract';

/** Handles the events of a continuation, which waits for a job that another resource started. */
export class JobContinuation extends JobEvent {
  private isFirstStep = false;
  private readonly properties = this.event.ResourceProperties as unknown as ContinuationProperties;

  async next(): Promise<Outcome> {
    const { JobName, Wait } = this.properties;
    if (this.event.RequestType !== 'Create' && this.memo.failure === undefined) {
      const drainedIn = await supersede(this.services, this.event, this.memo);
      if (drainedIn > 0) return { wait: drainedIn };
    }
    // The job belongs to another resource. Only the wait ends.
    if (this.event.RequestType === 'Delete') return this.succeed();
    this.isFirstStep = this.memo.jobName === undefined;
    const job = await this.jobs.describe(JobName);
    this.track(JobName);
    if (this.memo.failure !== undefined) return this.giveUp(this.memo.failure, job, Wait, true);
    if (!job) return this.answerWithoutRecord() ?? this.missing();
    return this.outcomeFor(job, Wait);
  }

  /**
   * Whether the job was started in this deployment, by a resource that waits. Otherwise, CloudFormation may return to the job of
   * the previous properties, and a window must not stop a job that was handed over.
   */
  protected override async mayStop(job: Job): Promise<boolean> {
    return !this.isSameJob && await this.jobs.isOfStack(job) && (await this.jobs.tagsOf(job)).get(OWNER_TAG.waits) === 'true';
  }

  /** Whether the job is the one that this resource has waited for before. */
  private get isSameJob(): boolean {
    return this.event.OldResourceProperties?.JobName === this.properties.JobName;
  }

  /** Responds if the record of the job may have been deleted before this deployment: its resource has then responded without it. */
  private answerWithoutRecord(): Answer | undefined {
    const { JobName, Output = {}, OutputMember } = this.properties;
    const isNewWindow = this.event.RequestType === 'Create' && isJobName(JobName, this.event.StackId);
    if (!this.isFirstStep || !(this.isSameJob || isNewWindow)) return undefined;
    return this.succeedWithoutRecord(JobName, this.properties, withOwnOutputs(Output, OutputMember, JobName));
  }

  protected override async acceptsEnd({ phase }: Job): Promise<boolean> {
    return phase === 'stopped' && this.properties.Wait.AcceptStopped === 'true';
  }

  /** An event does not run a job again that had ended before it. */
  protected override get advice(): string {
    return this.isFirstStep ? ' To run it again, change `rerunTrigger`.' : '';
  }
}
