import { attributesOf, fitting, type Reads, unreadable } from './attributes';
import { EventHandler } from './event-handler';
import type { Answer, CloudFormationEvent, Memo, Outcome } from './events';
import { isAtWork, isFinal, type Job, Jobs } from './handled-job';
import { HANDLED_KINDS, type HandledKind } from './handled-kinds';
import type { Services } from './handler-services';
import { failureReason, logs } from './reason';
import { ResourceJobs } from './resource-jobs';
import { spaceForAttributes } from './respond';
import { pollDelay } from './waits';
import { type JobKind, MAX_WINDOW_SECONDS, type WaitProperties } from '../src/contract';

/** The maximum number of seconds until all operations of SageMaker find a new job. */
const NEW_JOB_SECONDS = 60;

/** The base of the handlers of all job events. */
export abstract class JobEvent extends EventHandler {
  protected readonly kind: HandledKind;
  protected readonly jobs: Jobs;
  protected readonly own: ResourceJobs;

  constructor(services: Services, event: CloudFormationEvent, memo: Memo, protected readonly kindName: JobKind) {
    super(services, event, memo);
    this.kind = HANDLED_KINDS[kindName];
    this.jobs = new Jobs(services.sageMaker, this.kind, event.StackId);
    this.own = new ResourceJobs(this.jobs, kindName, event, memo);
  }

  override fail(reason: string): Answer {
    return super.fail(reason, this.event.RequestType === 'Create' ? this.memo.jobName : undefined);
  }

  /** Whether the event may stop the job when it fails. */
  protected async mayStop(_job: Job): Promise<boolean> {
    return false;
  }

  /** Whether a job that ended without success counts as a result. */
  protected async acceptsEnd(_job: Job): Promise<boolean> {
    return false;
  }

  /** The physical ID of a successful response. */
  protected physicalIdFor(_job: Job): string {
    return this.givenId;
  }

  /** Whether the job was started so recently that some operations of SageMaker may not find it. */
  protected get isNew(): boolean {
    return this.services.now() < (this.memo.trackedSince ?? 0) + NEW_JOB_SECONDS * 1000;
  }

  /** Responds with the values of a job. Once it has ended, it must have all values that the template reads. */
  protected succeed(job?: Job): Answer {
    if (!job) return { status: 'SUCCESS', physicalId: this.givenId };
    const physicalId = this.physicalIdFor(job);
    const { Fallbacks = {}, Reads = [] } = this.event.ResourceProperties as Reads;
    const attributes = { ...Fallbacks, ...attributesOf(job.description, this.kind.attributes) };
    const space = spaceForAttributes(this.event, physicalId);
    const reason = isFinal(job) ? unreadable(`${this.kind.label.toLowerCase()} '${job.name}'`, attributes, Reads, space) : undefined;
    if (reason !== undefined) return this.fail([reason, ...this.adviceFor(Reads.filter((attribute) => !(attribute in attributes)))].join(' '));
    return { status: 'SUCCESS', physicalId, attributes: fitting(attributes, Reads, space) };
  }

  private adviceFor(missing: readonly string[]): string[] {
    return Object.entries(this.kind.optional ?? {})
      .filter(([member]) => missing.some((attribute) => attribute.startsWith(`${member}.`)))
      .map(([member, advice]) => `${member}: ${advice}.`);
  }

  /**
   * Responds for a job without a record, if the template reads only attributes that can be derived: its name, its ARN, and the
   * locations of its outputs if its request determines them.
   */
  protected succeedWithoutRecord(name: string, { Reads = [] }: Reads, request: unknown): Answer | undefined {
    const { arnMember, arnResource, modelLocation, nameMember, outputLocations } = this.kind;
    const [, partition, , region, account] = this.event.StackId.split(':');
    const location = modelLocation?.(name, request);
    const attributes = {
      [nameMember]: name,
      [arnMember]: `arn:${partition}:sagemaker:${region}:${account}:${arnResource}/${name.toLowerCase()}`,
      ...location !== undefined && { 'ModelArtifacts.S3ModelArtifacts': location },
      ...outputLocations?.(request),
    };
    return Reads.every((attribute) => attribute in attributes) ? { status: 'SUCCESS', physicalId: this.givenId, attributes } : undefined;
  }

  protected missing(): Outcome {
    return this.fail(`${this.kind.label} '${this.memo.jobName}' no longer exists: another principal deleted it.`);
  }

  protected track(jobName: string): void {
    if (this.memo.jobName === jobName) return;
    this.memo.jobName = jobName;
    this.memo.trackedSince = this.services.now();
  }

  /** Returns the outcome for the state of a job. */
  protected async outcomeFor(job: Job, wait: WaitProperties): Promise<Outcome> {
    switch (job.phase) {
      case 'completed':
      case 'failed':
      case 'stopped':
        return this.outcomeForEnded(job);
      case 'deleting':
        return this.fail(`${this.kind.label} '${job.name}' is being deleted by another principal.`);
      case 'unknown':
        return this.abandon(`${this.kind.label} '${job.name}' has the status '${job.status}', which this handler version does not support.`, job);
      case 'running':
        if (wait.Seconds === '0') return this.succeed(job);
    }
    const left = this.timeLeft(wait);
    if (left > 0) return this.nextPoll(left, job);
    if (wait.HandOver === 'true') return this.succeed(job);
    return this.abandon(`${this.kind.label} '${job.name}' was still ${job.description.SecondaryStatus ?? job.status} when the wait timeout was reached`
      + `${await this.mayStop(job) ? ', and was stopped' : ''}. ${logs(this.kind, job.name, this.services.region)}`, job);
  }

  /**
   * Waits until the next poll. The last poll takes place when the time is up. A further window continues at the pace of the one
   * before it.
   */
  protected nextPoll(msLeft: number = Infinity, job?: Job): { readonly wait: number } {
    const endingSince = job && this.kind.endingSince?.(job.description);
    const created = job?.description.CreationTime && new Date(job.description.CreationTime).getTime();
    const age = this.services.now() - (endingSince ?? created ?? this.memo.trackedSince ?? this.memo.sentAt);
    return { wait: Math.max(1, Math.min(pollDelay(age, endingSince !== undefined), Math.ceil(msLeft / 1000))) };
  }

  protected pollUntilLate(reason: string): Outcome {
    return this.late ? this.fail(reason) : this.nextPoll();
  }

  /**
   * Gives up after the event, or its steps, failed repeatedly. A job that has succeeded still counts, because a step that failed
   * afterwards may have reported it to CloudFormation.
   */
  protected async giveUp(reason: string, job: Job | undefined, wait: WaitProperties, canBeResult: boolean): Promise<Outcome> {
    if (!job) return this.isNew && !this.late ? this.nextPoll() : this.fail(reason);
    const counts = this.jobs.hasResult(job) || (job.phase === 'running' && this.isLeftRunning(wait));
    return counts && canBeResult ? this.outcomeFor(job, wait) : this.abandon(reason, job);
  }

  /** Ends jobs, and returns the wait for them as an outcome, or undefined if none is active. */
  protected async endAll(jobs: readonly Job[]): Promise<Outcome | undefined> {
    const active = jobs.filter((job) => this.jobs.isActive(job));
    for (const job of active) await this.jobs.end(job);
    if (active.length === 0) return undefined;
    const [{ name, status }] = active;
    return this.pollUntilLate(`${this.kind.label} '${name}' is still ${status} after it was asked to stop. Try again later.`);
  }

  /** Deletes the record of a job with an exact name. No list finds it by the stack, so the history cannot delete it later. */
  protected async deleteExact(jobs: readonly Job[], properties: { readonly Name?: string }): Promise<void> {
    for (const job of jobs) if (job.name === properties.Name) await this.jobs.delete(job);
  }

  /** Responds with a failure once the job has stopped, or at the last moment that CloudFormation waits. */
  private async abandon(reason: string, job: Job): Promise<Outcome> {
    this.memo.failure = reason;
    if (isFinal(job) || !await this.mayStop(job)) return this.fail(reason);
    if (isAtWork(job)) await this.jobs.end(job);
    return this.pollUntilLate(`${reason} The job is still stopping.`);
  }

  private async outcomeForEnded(job: Job): Promise<Outcome> {
    const { description, missingResult } = await this.kind.complete?.(job.description, this.services.sageMaker) ?? { description: job.description };
    const complete = { ...job, description };
    const accepted = (job.phase === 'completed' && missingResult === undefined) || await this.acceptsEnd(job);
    if (accepted) return this.succeed(complete);
    return this.fail(await failureReason(this.services, this.kind, complete, missingResult) + this.advice);
  }

  /** The advice after the reason of a job's failure. */
  protected get advice(): string {
    return '';
  }

  /** The remaining time of the event, in milliseconds. For a job without a wait, the time to start it. */
  private timeLeft({ Seconds }: WaitProperties): number {
    const seconds = Seconds === '0' ? MAX_WINDOW_SECONDS : Number(Seconds);
    return this.memo.sentAt + seconds * 1000 - this.services.now();
  }

  /** Whether the response is a success although the job runs. */
  private isLeftRunning(wait: WaitProperties): boolean {
    return wait.Seconds === '0' || (wait.HandOver === 'true' && this.timeLeft(wait) <= 0);
  }
}
