import { type Attempts, findAttempts, isAttempt } from './attempts';
import { checkRequest } from './checks';
import type { Outcome } from './events';
import { inPlaceChanges } from './in-place';
import { isFinal, type Job } from './job';
import { JobEvent } from './job-event';
import { isJobName } from './naming';
import { read, write } from './paths';
import { notStarted } from './reason';
import { restore } from './restore-request';
import { isAccessDenied, isAnswerLost, isNameInUse, isTransientForCreate, JobError } from './service-errors';
import { supersede } from './supersede';
import { isEarly } from './waits';
import { type JobProperties, MAX_WINDOW_SECONDS, OWNER_TAG, type WaitProperties } from '../src/contract';

/** Handles the Create and the Update of a job: afterwards the job of the request has ended well, or the reason is known. */
export class JobProvisioning extends JobEvent {
  private readonly properties = this.event.ResourceProperties as unknown as JobProperties;

  async next(): Promise<Outcome> {
    const { Wait } = this.properties;
    if (this.memo.failure !== undefined) return this.giveUp(this.memo.failure, await this.startedJob(), Wait);
    if (this.event.RequestType === 'Update' && this.memo.jobName === undefined) {
      const drainedIn = await supersede(this.services, this.event, this.memo, this.isRollback());
      if (drainedIn > 0) return { wait: drainedIn };
      if (await this.clearOrphans()) return this.pollUntilLate('Jobs of an update that was given up are still stopping.');
    }
    const job = this.memo.jobName ? await this.jobs.describe(this.memo.jobName) : await this.findOrCreate();
    if (!job) return this.isNew ? this.nextPoll() : this.missing();
    if (!('phase' in job)) return job;
    await this.changeInPlace(job);
    return this.outcomeFor(job, Wait);
  }

  protected override physicalIdFor(job: Job): string {
    return job.name;
  }

  /** The job belongs to this resource, and is not the one that CloudFormation goes back to. */
  protected async mayStop(job: Job): Promise<boolean> {
    return job.name !== this.event.PhysicalResourceId && this.jobs.owns(job);
  }

  protected canBeResult(job: Job): Promise<boolean> {
    return this.isOfThisEvent(job);
  }

  private attempts(properties: JobProperties = this.properties): Promise<Attempts> {
    return findAttempts(this.jobs, this.kind, this.owner, properties);
  }

  /** The job that was started for the event, even where the step that started it could not tell later steps. */
  private async startedJob(): Promise<Job | undefined> {
    if (this.memo.jobName !== undefined) return this.jobs.describe(this.memo.jobName);
    const { jobs } = await this.attempts();
    for (const job of jobs) if (await this.isOfThisEvent(job)) return job;
    return undefined;
  }

  /** The update goes back to the request of the job that CloudFormation knows; the update before it may have been given up. */
  private isRollback(): boolean {
    const old = this.event.OldResourceProperties as unknown as JobProperties;
    return isAttempt(this.kind, this.owner, this.properties, this.givenId) && !isAttempt(this.kind, this.owner, old, this.givenId);
  }

  /**
   * Clears away orphaned attempts: the jobs of the properties that the update comes from and that CloudFormation does not
   * know. An update that failed, or was given up before it had answered, is rolled back this way. One that has completed
   * stays, for it may yet be wanted. So do all attempts before one that stays: without them a later event would not find
   * it. Returns whether the event must wait for them.
   */
  private async clearOrphans(): Promise<boolean> {
    const before = await this.attempts(this.event.OldResourceProperties as unknown as JobProperties);
    const wanted = await this.findReusable(await this.attempts());
    const lastToStay = before.jobs.findLastIndex((job) => {
      return job.name === this.event.PhysicalResourceId || job.name === wanted?.name || this.jobs.hasResult(job);
    });
    const orphans = await this.jobs.owned(before.jobs.slice(lastToStay + 1));
    await this.jobs.clearAway(orphans);
    return orphans.length > 0;
  }

  private async findOrCreate(): Promise<Job | Outcome> {
    const attempts = await this.attempts();
    const job = await this.findReusable(attempts);
    if (job) {
      this.track(job.name);
      return job;
    }
    if (attempts.next === undefined) return this.freeExactName(attempts.jobs[0], attempts.hash);
    return this.create(attempts.next, attempts.hash);
  }

  /** The job that is, or will be, the result of the event; undefined: another attempt is needed. */
  private async findReusable({ jobs, hash }: Attempts): Promise<Job | undefined> {
    const known = this.event.RequestType === 'Update' ? await this.jobOfPhysicalId() : undefined;
    // The one that CloudFormation knows takes precedence: attempts before it may have been deleted by hand.
    if (known && this.jobs.isResult(known, this.properties) && await this.jobs.owns(known) && await this.isFor(known, hash)) return known;
    for (const job of jobs) {
      if (!await this.jobs.owns(job)) {
        throw new JobError(`The name '${job.name}' is in use by a ${this.kind.label.toLowerCase()} that this resource did not start.`);
      }
      if (await this.isOfThisEvent(job) || (this.jobs.isResult(job, this.properties) && await this.isFor(job, hash))) return job;
    }
    return undefined;
  }

  private async jobOfPhysicalId(): Promise<Job | undefined> {
    return isJobName(this.properties, this.givenId) ? this.jobs.describe(this.givenId) : undefined;
  }

  /** The job was started for the request with the hash; its name tells that as well, but for an exact one. */
  private async isFor(job: Job, hash: string): Promise<boolean> {
    return (await this.jobs.tagsOf(job)).get(OWNER_TAG.hash) === hash;
  }

  /** An exact name allows one job only: the record of one that ended without a result makes room, any other stays. */
  private async freeExactName(job: Job, hash: string): Promise<Outcome> {
    if (!await this.isFor(job, hash)) {
      throw new JobError(`The change needs a new job, but the exact name '${job.name}' is in use by the current job. `
        + 'Specify another name, or a name prefix instead.');
    }
    if (isFinal(job)) await this.jobs.delete(job);
    return this.pollUntilLate(`The exact name '${job.name}' is still in use by a job that is ${job.status}.`);
  }

  private async create(name: string, hash: string): Promise<{ readonly wait: number }> {
    if (this.late) throw new JobError(`${this.kind.label} '${name}' was not started: CloudFormation's time limit was reached.`);
    const { OutputMember, Request, Wait } = this.properties;
    const owner = {
      [OWNER_TAG.stack]: this.owner.stackId,
      [OWNER_TAG.resource]: this.owner.logicalId,
      [OWNER_TAG.hash]: hash,
      [OWNER_TAG.request]: this.event.RequestId,
    };
    try {
      const request = withOwnOutput(restore(this.kind.createSchema, Request) as Record<string, unknown>, OutputMember, name);
      checkRequest(request);
      const tags = [...(request.Tags as object[] ?? []), ...Object.entries(owner).map(([Key, Value]) => ({ Key, Value }))];
      await this.services.sageMaker.call(this.kind.operations.create, { ...request, [this.kind.nameMember]: name, Tags: tags });
      this.track(name);
      return this.nextPoll();
    } catch (error) {
      const mayPass = isTransientForCreate(error) || isNameInUse(error) || (isAccessDenied(error) && isEarly(this.memo, this.services.now()));
      if (!mayPass || this.services.now() >= this.memo.sentAt + startSeconds(Wait) * 1000) {
        // The service may have started it all the same: the steps to come look for it, and stop it.
        if (isAnswerLost(error) || isNameInUse(error)) this.track(name);
        throw new JobError(notStarted(this.kind, name, Request, error));
      }
      return this.tryAgain(error);
    }
  }

  /** Updates the tags of an existing job, and whatever else can change in place. */
  private async changeInPlace(job: Job): Promise<void> {
    if (this.memo.inPlace || this.event.RequestType !== 'Update' || await this.isOfThisEvent(job)) return;
    const { Request } = this.properties;
    const wanted = (Request.Tags ?? []) as { Key: string; Value: string }[];
    await this.jobs.retag(job, new Map(wanted.map(({ Key, Value }) => [Key, Value])));
    const changes = inPlaceChanges(this.kind, this.event.OldResourceProperties!.Request, Request, job.description);
    if (changes && (job.phase === 'running' || this.jobs.retainsCapacity(job))) await this.jobs.update(job, changes);
    this.memo.inPlace = true;
  }
}

/** How long the start of a job is tried: where no other resource continues to wait, half of the time is kept for the job itself. */
function startSeconds({ HandOver, Seconds }: WaitProperties): number {
  return HandOver === 'true' || Seconds === '0' ? MAX_WINDOW_SECONDS : Math.min(MAX_WINDOW_SECONDS, Number(Seconds)) / 2;
}

/** The request with the job's name as the last part of the S3 URI that it writes to. */
function withOwnOutput(request: Record<string, unknown>, member: string | undefined, name: string): Record<string, unknown> {
  if (!member) return request;
  const path = member.split('.');
  return write(request, path, `${String(read(request, path)).replace(/\/+$/, '')}/${name}/`);
}
