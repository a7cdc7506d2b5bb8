import { type Attempts, findAttempts, isAttempt } from './attempts';
import { attributesOf } from './attributes';
import { checkRequest } from './checks';
import { isAccessDenied, isAnswerLost, isNameInUse, isThrottled, isTransientForCreate, JobError } from './errors';
import type { Answer, CloudFormationEvent, Memo, Outcome } from './events';
import { inPlaceChanges } from './in-place';
import { type Job, Jobs } from './job';
import type { Kind } from './kinds';
import type { Owner } from './naming';
import { read, write } from './paths';
import type { Progress } from './progress';
import { failureReason, logs, notStarted } from './reason';
import { restore } from './request';
import type { Services } from './services';
import { supersede } from './supersede';
import { isEarly, isLate, pollDelay, tryAgain } from './waits';
import { type ContinuationProperties, type JobProperties, MAX_WINDOW_SECONDS, NAME_SUFFIX_LENGTH, OWNER_TAG, type WaitProperties } from '../src/contract';

/** What CloudFormation takes at most from the end of one window to the beginning of the next. */
const BETWEEN_WINDOWS_SECONDS = 120;

/** What the service has just created may be unknown to its other operations for so long. */
const NEW_JOB_SECONDS = 60;

/**
 * What happens to a job between an event of CloudFormation and its answer. Every method looks at what is there and does
 * the next thing, so that a step can be repeated, and started anew, at any point.
 */
export class Lifecycle {
  private readonly jobs: Jobs;
  private readonly owner: Owner;

  constructor(
    private readonly services: Services,
    private readonly kind: Kind,
    private readonly event: CloudFormationEvent,
    private readonly memo: Memo,
  ) {
    this.owner = { stackId: event.StackId, logicalId: event.LogicalResourceId };
    this.jobs = new Jobs(services.sageMaker, kind, this.owner);
  }

  /** Create and Update: the job of the request is there and has ended as it should, or the reason is known. */
  async converge(properties: JobProperties): Promise<Outcome> {
    if (this.memo.failure !== undefined) return this.giveUp(this.memo.failure, await this.startedJob(properties), properties.Wait);
    if (this.event.RequestType === 'Update' && this.memo.jobName === undefined) {
      const wait = await supersede(this.services, this.event, this.memo, this.isRollback(properties));
      if (wait > 0) return { wait };
      if (await this.clearStrays(properties)) return this.waitOr('Jobs of an update that was given up are still stopping.');
    }
    const job = this.memo.jobName ? await this.jobs.describe(this.memo.jobName) : await this.findOrCreate(properties);
    if (!job) return this.isNew ? this.nextLook() : this.lost();
    if (!('phase' in job)) return job;
    await this.changeInPlace(job, properties);
    return this.judge(job, properties.Wait);
  }

  /** A continuation: waits on for a job that another resource started. */
  async waitOn(jobName: string, wait: WaitProperties): Promise<Outcome> {
    this.lookAfter(jobName);
    if (this.memo.failure !== undefined) return this.giveUp(this.memo.failure, await this.jobs.describe(jobName), wait);
    if (this.event.RequestType === 'Update') {
      const quietIn = await supersede(this.services, this.event, this.memo);
      if (quietIn > 0) return { wait: quietIn };
    }
    const job = await this.jobs.describe(jobName);
    return job ? this.judge(job, wait) : this.lost();
  }

  /** Delete of a continuation: the job belongs to another resource, only the waiting ends. */
  async stopWaiting(): Promise<Outcome> {
    const wait = await supersede(this.services, this.event, this.memo);
    return wait > 0 ? { wait } : this.succeed();
  }

  /** Delete: no job that was started for the resource is running, and their records are gone. */
  async remove(properties: JobProperties): Promise<Outcome> {
    const quietIn = await supersede(this.services, this.event, this.memo, !this.isAnswered(properties));
    const left = await this.ownJobs(properties);
    // As long as an earlier event may be at work, a record stays: without it, that event would start the job once more.
    await this.clearAway(left, quietIn === 0);
    if (left.length > 0) {
      const [{ name, status }] = left;
      if (quietIn > 0 && left.every(isFinal)) return { wait: quietIn };
      return this.waitOr(`${this.kind.label} '${name}' has been asked to stop and is still ${status}. Delete the resource again later.`);
    }
    return quietIn > 0 ? { wait: quietIn } : this.succeed();
  }

  succeed(job?: Job): Answer {
    return {
      status: 'SUCCESS',
      physicalId: job && !this.isContinuation ? job.name : this.givenId,
      attributes: job && attributesOf(job.description, this.kind.attributes),
    };
  }

  fail(reason: string): Answer {
    return { status: 'FAILED', physicalId: this.event.RequestType === 'Create' ? this.memo.jobName ?? this.givenId : this.givenId, reason };
  }

  get late(): boolean {
    return isLate(this.memo, this.services.now());
  }

  /** The job was started so recently that the service may not know it everywhere yet. */
  private get isNew(): boolean {
    return this.services.now() < (this.memo.jobSince ?? 0) + NEW_JOB_SECONDS * 1000;
  }

  private get isContinuation(): boolean {
    return this.event.ResourceProperties.JobName !== undefined;
  }

  private get givenId(): string {
    return this.event.PhysicalResourceId ?? this.event.LogicalResourceId;
  }

  /**
   * Clears away the jobs of the properties that the update comes from and that CloudFormation does not know: an update
   * that failed, or was given up before it had answered, is rolled back this way. One that has completed stays, for it may
   * yet be wanted. So do all attempts before one that stays: without them a later event would not find it. Returns whether
   * it has to wait for them.
   */
  private async clearStrays(properties: JobProperties): Promise<boolean> {
    const before = await this.attempts(this.event.OldResourceProperties as unknown as JobProperties);
    const wanted = await this.take(await this.attempts(properties), properties);
    const lastToStay = before.jobs.findLastIndex((job) => {
      return job.name === this.event.PhysicalResourceId || job.name === wanted?.name || this.hasResult(job);
    });
    const strays = await this.owned(before.jobs.slice(lastToStay + 1));
    await this.clearAway(strays);
    return strays.length > 0;
  }

  /** Stops jobs and deletes their records, the last attempt first: without it, a later step would not see those behind it. */
  private async clearAway(jobs: readonly Job[], withRecords = true): Promise<void> {
    for (const job of [...jobs].reverse()) {
      if (isAtWork(job)) await this.jobs.stop(job);
      if (!isFinal(job)) return;
      if (withRecords) await this.jobs.delete(job);
    }
  }

  private async findOrCreate(properties: JobProperties): Promise<Job | Outcome> {
    const attempts = await this.attempts(properties);
    const job = await this.take(attempts, properties);
    if (job) {
      this.lookAfter(job.name);
      return job;
    }
    if (attempts.next === undefined) return this.makeRoom(attempts.jobs[0], attempts.hash);
    return this.create(attempts.next, attempts.hash, properties);
  }

  /** The job that is, or will be, the result of the event; undefined: another attempt is needed. */
  private async take({ jobs, hash }: Attempts, properties: JobProperties): Promise<Job | undefined> {
    const known = this.event.RequestType === 'Update' ? await this.jobOfPhysicalId(properties) : undefined;
    // The one that CloudFormation knows comes first: attempts before it may have been deleted by hand.
    if (known && this.isResult(known, properties) && await this.jobs.owns(known) && await this.isFor(known, hash)) return known;
    for (const job of jobs) {
      if (!await this.jobs.owns(job)) {
        throw new JobError(`The name '${job.name}' is taken by a ${this.kind.label.toLowerCase()} that this resource did not start.`);
      }
      if (await this.isOurs(job) || (this.isResult(job, properties) && await this.isFor(job, hash))) return job;
    }
    return undefined;
  }

  private isResult(job: Job, { Wait }: JobProperties): boolean {
    if (job.phase === 'stopped') return Wait.AcceptStopped === 'true';
    return this.hasResult(job) || isAtWork(job);
  }

  private hasResult(job: Job): boolean {
    return job.phase === 'completed' && !this.kind.isWorthless?.(job.description);
  }

  /** The update goes back to the request of the job that CloudFormation knows; the update before it may have been given up. */
  private isRollback(properties: JobProperties): boolean {
    const old = this.event.OldResourceProperties as unknown as JobProperties;
    return isAttempt(this.kind, this.owner, properties, this.givenId) && !isAttempt(this.kind, this.owner, old, this.givenId);
  }

  /**
   * The event before a deletion has been answered: where a creation never was, CloudFormation makes up the physical id, and
   * where an update never was, the physical id is a job's of the properties before.
   */
  private isAnswered(properties: JobProperties): boolean {
    return this.givenId === this.event.LogicalResourceId || isAttempt(this.kind, this.owner, properties, this.givenId);
  }

  /** The job was started for this event. */
  private async isOurs(job: Job): Promise<boolean> {
    return (await this.jobs.tagsOf(job)).get(OWNER_TAG.request) === this.event.RequestId;
  }

  /** The job was started for the request with the hash; its name tells that as well, but for an exact one. */
  private async isFor(job: Job, hash: string): Promise<boolean> {
    return (await this.jobs.tagsOf(job)).get(OWNER_TAG.hash) === hash;
  }

  /** An exact name can have one job only: the record of one that ended without a result makes room, any other stays. */
  private async makeRoom(job: Job, hash: string): Promise<Outcome> {
    if (!await this.isFor(job, hash)) {
      throw new JobError(`The change needs a new job, but the name '${job.name}' is exact and belongs to the job that there is. `
        + 'Give another name, or a name prefix in its place.');
    }
    if (isFinal(job)) await this.jobs.delete(job);
    return this.waitOr(`The name '${job.name}' is exact, and the job that had it before is still ${job.status}.`);
  }

  private async create(name: string, hash: string, properties: JobProperties): Promise<{ readonly wait: number }> {
    if (this.late) throw new JobError(`${this.kind.label} '${name}' was not started: CloudFormation's time for it is up.`);
    const owner = {
      [OWNER_TAG.stack]: this.owner.stackId,
      [OWNER_TAG.resource]: this.owner.logicalId,
      [OWNER_TAG.hash]: hash,
      [OWNER_TAG.request]: this.event.RequestId,
    };
    try {
      const request = withOwnOutput(restore(this.kind.createSchema, properties.Request) as Record<string, unknown>, properties.OutputMember, name);
      checkRequest(request);
      const tags = [...(request.Tags as object[] ?? []), ...Object.entries(owner).map(([Key, Value]) => ({ Key, Value }))];
      await this.services.sageMaker.call(this.kind.operations.create, { ...request, [this.kind.nameMember]: name, Tags: tags });
      this.lookAfter(name);
      return this.nextLook();
    } catch (error) {
      const mayPass = isTransientForCreate(error) || isNameInUse(error) || (isAccessDenied(error) && isEarly(this.memo, this.services.now()));
      if (!mayPass || this.services.now() >= this.memo.sentAt + this.startSeconds(properties.Wait) * 1000) {
        // The service may have started it all the same: the steps to come look for it, and stop it.
        if (isAnswerLost(error) || isNameInUse(error)) this.lookAfter(name);
        throw new JobError(notStarted(this.kind, name, properties.Request, error));
      }
      return this.tryAgain(error);
    }
  }

  /** How long a job is tried to be started: where nothing waits on, half of the time to wait is kept for the job itself. */
  private startSeconds({ HandOver, Seconds }: WaitProperties): number {
    return HandOver === 'true' || Seconds === '0' ? MAX_WINDOW_SECONDS : Math.min(MAX_WINDOW_SECONDS, Number(Seconds)) / 2;
  }

  private lookAfter(jobName: string): void {
    if (this.memo.jobName === jobName) return;
    this.memo.jobName = jobName;
    this.memo.jobSince = this.services.now();
  }

  tryAgain(error: unknown): { readonly wait: number } {
    return tryAgain(this.memo, this.services.now(), isThrottled(error));
  }

  /** Brings the tags of a job that was there before, and what else can change in place, to what the event wants. */
  private async changeInPlace(job: Job, properties: JobProperties): Promise<void> {
    if (this.memo.inPlace || this.event.RequestType !== 'Update' || await this.isOurs(job)) return;
    const wanted = (properties.Request.Tags ?? []) as { Key: string; Value: string }[];
    await this.jobs.retag(job, new Map(wanted.map(({ Key, Value }) => [Key, Value])));
    const changes = inPlaceChanges(this.kind, this.event.OldResourceProperties!.Request, properties.Request, job.description);
    if (changes && (job.phase === 'running' || this.jobs.holds(job))) await this.jobs.update(job, changes);
    this.memo.inPlace = true;
  }

  /** What a job that is there means for the answer. */
  private async judge(job: Job, wait: WaitProperties): Promise<Outcome> {
    switch (job.phase) {
      case 'completed':
      case 'failed':
      case 'stopped':
        return this.judgeEnded(job, wait);
      case 'deleting':
        return this.fail(`${this.kind.label} '${job.name}' is being deleted by somebody else.`);
      case 'unknown':
        return this.abandon(`${this.kind.label} '${job.name}' has the status '${job.status}', which this version of the handler does not know.`, job);
      case 'running':
        if (wait.Seconds === '0') return this.succeed(job);
    }
    const left = this.timeLeft(wait);
    if (left > 0) return this.nextLook(left, this.kind.progress?.(job.description));
    if (wait.HandOver === 'true') return this.succeed(job);
    return this.abandon(`${this.kind.label} '${job.name}' was still ${job.description.SecondaryStatus ?? job.status} when the time to wait for it was up`
      + `${await this.mayStop(job) ? ', and was stopped' : ''}. ${logs(this.kind, job.name, this.services.region)}`, job);
  }

  /** For how long the job is still waited for, in milliseconds. Nobody waits for one that is only started, but for its start. */
  private timeLeft({ Seconds }: WaitProperties): number {
    const seconds = Seconds === '0' ? MAX_WINDOW_SECONDS : Number(Seconds);
    return this.memo.sentAt + seconds * 1000 - this.services.now();
  }

  private async judgeEnded(job: Job, wait: WaitProperties): Promise<Outcome> {
    const { description, shortfall } = await this.kind.complete?.(job.description, this.services.sageMaker) ?? { description: job.description };
    const complete = { ...job, description };
    const accepted = job.phase === 'completed' ? shortfall === undefined : job.phase === 'stopped' && wait.AcceptStopped === 'true';
    return accepted ? this.succeed(complete) : this.fail(failureReason(this.kind, complete, this.services.region, shortfall));
  }

  /** Waits until the job is worth another look, and looks once more right when the time is up. */
  private nextLook(msLeft: number = Infinity, { stage, since }: Progress = { stage: 'untold' }): { readonly wait: number } {
    const age = this.services.now() - (since ?? this.memo.jobSince ?? this.memo.sentAt);
    return { wait: Math.max(1, Math.min(pollDelay(age, stage), Math.ceil(msLeft / 1000))) };
  }

  /**
   * The event has failed, or its steps have, again and again. A job of it that is as it was wanted counts all the same:
   * CloudFormation may have been told of it by a step that failed afterwards.
   */
  private async giveUp(reason: string, job: Job | undefined, wait: WaitProperties): Promise<Outcome> {
    if (!job) return this.isNew && !this.late ? this.nextLook() : this.fail(reason);
    const isAsWanted = this.hasResult(job) || (job.phase === 'running' && this.isLeftRunning(wait));
    return isAsWanted && (this.isContinuation || await this.isOurs(job)) ? this.judge(job, wait) : this.abandon(reason, job);
  }

  /** The answer is a success although the job runs. */
  private isLeftRunning(wait: WaitProperties): boolean {
    return wait.Seconds === '0' || (wait.HandOver === 'true' && this.timeLeft(wait) <= 0);
  }

  /** The job that was started for the event, also where the step that did so could not tell those after it. */
  private async startedJob(properties: JobProperties): Promise<Job | undefined> {
    if (this.memo.jobName !== undefined) return this.jobs.describe(this.memo.jobName);
    const { jobs } = await this.attempts(properties);
    for (const job of jobs) if (await this.isOurs(job)) return job;
    return undefined;
  }

  /** Answers with a failure once the job has stopped, or at the last moment that CloudFormation still listens. */
  private async abandon(reason: string, job: Job): Promise<Outcome> {
    this.memo.failure = reason;
    if (isFinal(job) || !await this.mayStop(job)) return this.fail(reason);
    if (isAtWork(job)) await this.jobs.stop(job);
    return this.waitOr(`${reason} It is still stopping.`);
  }

  /**
   * The job may be stopped when the event fails: it belongs to this resource, for a continuation to its stack, and it is
   * not the one that CloudFormation goes back to.
   */
  private async mayStop(job: Job): Promise<boolean> {
    if (this.isContinuation) return job.name !== this.event.OldResourceProperties?.JobName && this.isOfThisWait(job) && this.jobs.isOfStack(job);
    return job.name !== this.event.PhysicalResourceId && this.jobs.owns(job);
  }

  /**
   * The job was started when this wait began, in the first of its windows. One that ran before is not for a window to
   * stop: it was there before the deployment, and CloudFormation goes back to it.
   */
  private isOfThisWait({ description }: Job): boolean {
    const { Seconds, Before = '0' } = (this.event.ResourceProperties as unknown as ContinuationProperties).Wait;
    const windows = Number(Before) / Number(Seconds) + 1;
    const age = (this.services.now() - new Date(description.CreationTime).getTime()) / 1000;
    return age <= Number(Before) + Number(Seconds) + windows * BETWEEN_WINDOWS_SECONDS;
  }

  private waitOr(reason: string): Outcome {
    return this.late ? this.fail(reason) : this.nextLook();
  }

  private lost(): Outcome {
    return this.fail(`${this.kind.label} '${this.memo.jobName}' does not exist any more: somebody else deleted it.`);
  }

  private attempts(properties: JobProperties): Promise<Attempts> {
    return findAttempts(this.jobs, this.kind, this.owner, properties);
  }

  /**
   * The jobs to delete, in the order of attempts: all of the request, or where CloudFormation names one of them, that one
   * and the failed ones before it. One that was stopped may be the job that a rollback went back to.
   *
   * Where a later attempt has taken the place of the named one, all records stay, for without them no event would find the
   * later one: it takes them with it when it is deleted.
   */
  private async ownJobs(properties: JobProperties): Promise<Job[]> {
    const { jobs } = await this.attempts(properties);
    const known = jobs.findIndex((job) => job.name === this.event.PhysicalResourceId);
    if (known >= 0) {
      const lastToStay = jobs.slice(0, known).findLastIndex(({ phase }) => phase === 'completed' || phase === 'stopped');
      // What was started after the deletion had been sent, was for an event that CloudFormation did not wait for any more.
      const isLater = ({ description }: Job) => new Date(description.CreationTime).getTime() > this.memo.sentAt;
      const later = jobs.slice(known + 1);
      const isReplaced = later.some((job) => !isLater(job) && this.isResult(job, properties));
      return this.owned([...jobs.slice(lastToStay + 1, known + 1).filter((job) => !isReplaced || !isFinal(job)), ...later.filter(isLater)]);
    }
    if (!this.isNamed(properties)) return this.owned(jobs);
    const named = await this.jobs.describe(this.givenId);
    // The named one may have been deleted by an earlier step; the others are not for this event to delete. But those of an
    // update that never was answered, of which CloudFormation has the properties only, are for nobody else to stop.
    const others = this.isAnswered(properties) ? [] : jobs.filter(({ phase }) => phase !== 'completed');
    return this.owned([...others, ...named ? [named] : []]);
  }

  private async owned(jobs: readonly Job[]): Promise<Job[]> {
    const owns = await Promise.all(jobs.map((job) => this.jobs.owns(job)));
    return jobs.filter((_job, index) => owns[index]);
  }

  private async jobOfPhysicalId(properties: JobProperties): Promise<Job | undefined> {
    return this.isNamed(properties) ? this.jobs.describe(this.givenId) : undefined;
  }

  /** The physical id is the name of a job of these properties. CloudFormation makes one up where a Create never answered. */
  private isNamed({ Name, NamePrefix }: JobProperties): boolean {
    if (Name) return this.givenId === Name;
    const prefix = `${NamePrefix}-`;
    return this.givenId.startsWith(prefix) && new RegExp(`^[a-z0-9]{${NAME_SUFFIX_LENGTH - 1}}$`).test(this.givenId.slice(prefix.length));
  }
}

/** The request with the job's name as the last part of the S3 URI that it writes to. */
function withOwnOutput(request: Record<string, unknown>, member: string | undefined, name: string): Record<string, unknown> {
  if (!member) return request;
  const path = member.split('.');
  return write(request, path, `${String(read(request, path)).replace(/\/+$/, '')}/${name}/`);
}

/** The job has ended, and nothing of it runs. */
function isFinal(job: Job): boolean {
  return job.phase === 'completed' || job.phase === 'failed' || job.phase === 'stopped';
}

/** The job can be stopped; one with a status that nobody knows may be running. */
function isAtWork(job: Job): boolean {
  return job.phase === 'running' || job.phase === 'unknown';
}
