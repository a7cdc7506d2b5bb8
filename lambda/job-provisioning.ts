import { checkRequest } from './checks';
import type { Answer, Outcome } from './events';
import { isAtWork, type Job } from './handled-job';
import { inPlaceChanges } from './in-place';
import { JobEvent } from './job-event';
import { digestOfRequest, FIRST_TRY, isJobName, jobName, laterTries, matchesIdentity } from './naming';
import { withOwnOutputs } from './output-locations';
import { notStarted } from './reason';
import { differs, identitiesIn, type KnownProperties } from './reduce-event';
import type { OwnJob } from './resource-jobs';
import { RequestError, restore } from './restore-request';
import { isAnswerLost, isNameInUse, JobError } from './service-errors';
import { supersede } from './supersede';
import { toJobError } from './to-job-error';
import { mayStartLater } from './waits';
import { MAX_WINDOW_SECONDS, OWNER_TAG, RESERVED_TAG_PREFIX, type WaitProperties } from '../src/contract';

type Tags = ReadonlyArray<{ readonly Key: string; readonly Value: string }>;

/**
 * Handles the Create and Update events of a job. Afterwards, the request has a job that counts, or the reason for the failure is
 * known.
 */
export class JobProvisioning extends JobEvent {
  private readonly properties = this.event.ResourceProperties as unknown as KnownProperties;
  /** The properties before an update. */
  private readonly before = this.event.OldResourceProperties as unknown as KnownProperties | undefined;
  private readonly identities = identitiesIn(this.kindName, this.properties);

  async next(): Promise<Outcome> {
    if (this.memo.failure !== undefined) {
      const started = await this.startedJob();
      return this.giveUp(this.memo.failure, started, this.properties.Wait, started !== undefined && this.own.isOfThisEvent(started));
    }
    const outcome = this.memo.jobName === undefined ? await this.findOrCreate() : undefined;
    return outcome ?? this.follow(this.memo.jobName!);
  }

  protected override physicalIdFor(job: Job): string {
    return job.name;
  }

  /** Whether the job was started for this event, or adopted by it, and is not the job that CloudFormation returns to. */
  protected override async mayStop(job: Job): Promise<boolean> {
    return job.name !== this.event.PhysicalResourceId && this.own.isOfThisEvent(await this.own.withTags(job));
  }

  protected override async acceptsEnd(job: Job): Promise<boolean> {
    const own = await this.own.withTags(job);
    if (!this.own.isOfThisEvent(own)) return this.own.counts(this.properties, own);
    return job.phase === 'stopped' && this.properties.Wait.AcceptStopped === 'true';
  }

  /** Tracks the job of the event. Returns an outcome if no job exists yet, or none is needed. */
  private async findOrCreate(): Promise<Outcome | undefined> {
    if (this.event.RequestType === 'Create') {
      const first = await this.own.describe(this.nameOf(FIRST_TRY));
      if (!first) return this.create(FIRST_TRY);
      // The event's own job, or a result, takes precedence: no other event can be working on it.
      if ((this.own.isOfThisEvent(first) || this.jobs.hasResult(first)) && await this.isTaken(first)) return undefined;
    }
    const waiting = await this.takeOver();
    if (waiting) return waiting;
    const jobs = await this.own.all([this.properties, ...this.before ? [this.before] : []], (job) => this.isOfUse(job));
    const chosen = this.choose(jobs);
    const others = jobs.filter(({ name }) => name !== chosen?.name && name !== this.event.PhysicalResourceId);
    const ending = await this.endAll(others);
    if (ending) return ending;
    // CloudFormation does not know the job of an update without a response.
    if (this.before) await this.deleteExact(others, this.before);
    if (chosen && await this.isTaken(chosen)) return undefined;
    return await this.answerWithoutRecord() ?? this.createNext();
  }

  /** Waits until no earlier event works on the resource. For a Create, waits until the event is confirmed to be the current one. */
  private async takeOver(): Promise<Outcome | undefined> {
    if (this.event.RequestType === 'Create' && !this.memo.contested) {
      this.memo.contested = true;
      delete this.memo.confirmedCurrent;
      return { wait: 1 };
    }
    // If the job that CloudFormation knows did not count before, the previous event may have started another one. Later steps do not
    // ask again, so that a service that rejects one of two calls does not prevent the end of other executions.
    this.memo.unanswered ??= !(this.before && await this.countedBefore(this.before));
    const wait = await supersede(this.services, this.event, this.memo, {
      isUnanswered: this.memo.unanswered,
      isEarlier: this.event.RequestType === 'Create' || this.isRollback(),
    });
    return wait > 0 ? { wait } : undefined;
  }

  /** Whether the job that CloudFormation knows counts for the properties before the update. */
  private async countedBefore(before: KnownProperties): Promise<boolean> {
    const job = await this.own.named([before]);
    return job !== undefined && this.own.isOwn(job, identitiesIn(this.kindName, before)) && this.own.counts(before, job);
  }

  /** Whether the update returns to the request of the job that CloudFormation knows. */
  private isRollback(): boolean {
    const isFor = (properties: KnownProperties) => matchesIdentity(this.givenId, this.event.StackId, identitiesIn(this.kindName, properties));
    return isFor(this.properties) && !isFor(this.before!);
  }

  /** Whether the job may count or must end. Every job may have written to a shared location. */
  private isOfUse(job: Job): boolean {
    if (this.jobs.isActive(job) || this.properties.SharedOutput) return true;
    return matchesIdentity(job.name, this.event.StackId, this.identities) && (job.phase !== 'failed' || !this.waits);
  }

  /** Chooses the job that counts: a result, then the job that CloudFormation knows, then a running one. */
  private choose(jobs: readonly OwnJob[]): OwnJob | undefined {
    const candidates = jobs.filter(({ tags }) => this.identities.includes(tags.get(OWNER_TAG.identity)!));
    const started = candidates.find((job) => this.own.isOfThisEvent(job));
    if (started) return started;
    const created = ({ description }: Job) => new Date(description.CreationTime).getTime();
    const newest = Math.max(...jobs.map(created));
    // A shared location may contain the output of a later job.
    const inPlace = this.properties.SharedOutput
      ? candidates.filter((job) => job.name === this.event.PhysicalResourceId && created(job) === newest)
      : candidates;
    const rank = (job: OwnJob) => [this.jobs.hasResult(job), job.name === this.event.PhysicalResourceId, isAtWork(job)].map(Number).join('');
    return inPlace
      .filter((job) => this.own.counts(this.properties, job))
      .sort((a, b) => rank(b).localeCompare(rank(a)) || created(b) - created(a))
      .at(0);
  }

  /** Tracks a job that counts. A running job of another event is adopted, so that it has one owner. */
  private async isTaken(job: OwnJob): Promise<boolean> {
    if (!this.own.isOwn(job, this.identities)) return false;
    if (isAtWork(job) && job.name !== this.event.PhysicalResourceId) await this.jobs.tag(job, { [OWNER_TAG.request]: this.event.RequestId });
    this.track(job.name);
    return true;
  }

  /**
   * Responds if the record of the job that CloudFormation knows was deleted: no job runs if all attributes that the template
   * reads can be derived.
   */
  private async answerWithoutRecord(): Promise<Answer | undefined> {
    const id = this.event.PhysicalResourceId;
    if (id === undefined || this.properties.SharedOutput) return undefined;
    const isUnchanged = this.identities.some((identity) => identitiesIn(this.kindName, this.before!).includes(identity));
    const isIts = isJobName(id, this.event.StackId)
      ? matchesIdentity(id, this.event.StackId, this.identities)
      : id === this.properties.Name && isUnchanged;
    if (!isIts || await this.jobs.describe(id)) return undefined;
    return this.succeedWithoutRecord(id, this.properties, withOwnOutputs(this.properties.Request, this.properties.OutputMember, id));
  }

  private async createNext(): Promise<Outcome | undefined> {
    for (const tried of this.tries) {
      // Where the record of a job was deleted, its artifacts may still be in use.
      if (this.nameOf(tried) === this.event.PhysicalResourceId && !this.properties.Name) continue;
      const other = await this.own.describe(this.nameOf(tried));
      if (!other) return this.create(tried);
      if (this.own.isOfThisEvent(other) && await this.isTaken(other)) return undefined;
      if (this.properties.Name) {
        const owner = other.tags.get(OWNER_TAG.stack) === this.event.StackId ? 'an earlier job' : 'another job';
        throw new JobError(`The exact name '${other.name}' is in use by ${owner}. `
          + 'A new job needs another name. Specify one, or specify a name prefix instead.');
      }
    }
    throw new JobError(`${this.kind.label} '${this.nameOf(FIRST_TRY)}' was not started: all names for it are in use.`);
  }

  private async create(tried: string): Promise<Outcome> {
    const name = this.nameOf(tried);
    if (this.late) throw new JobError(`${this.kind.label} '${name}' was not started: CloudFormation's time limit was reached.`);
    const { OutputMember, Request, Wait } = this.properties;
    try {
      const request = withOwnOutputs(restore(this.kind.requestShapes.create, Request) as Record<string, unknown>, OutputMember, name);
      checkRequest(request);
      const tags = {
        ...userTags(this.properties),
        [OWNER_TAG.stack]: this.event.StackId,
        [OWNER_TAG.resource]: this.event.LogicalResourceId,
        [OWNER_TAG.identity]: this.identities[0],
        [OWNER_TAG.request]: this.event.RequestId,
        [OWNER_TAG.waits]: `${this.waits}`,
      };
      const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      await this.services.sageMaker.call(this.kind.operations.create, { ...request, [this.kind.nameMember]: name, Tags });
      this.track(name);
      this.memo.inPlace = true;
      return this.nextPoll();
    } catch (error) {
      const now = this.services.now();
      const mayPass = isNameInUse(error) || mayStartLater(error, this.memo, now);
      if (!mayPass || now >= this.memo.sentAt + startSeconds(Wait) * 1000) {
        // SageMaker may have started it anyway. The next steps search for it and stop it.
        if (isAnswerLost(error) || isNameInUse(error)) this.track(name);
        throw new JobError(notStarted(this.kind, name, Request, error));
      }
      return this.tryAgain(error);
    }
  }

  private async follow(name: string): Promise<Outcome> {
    const job = await this.jobs.describe(name);
    if (!job) return this.isNew ? this.nextPoll() : this.missing();
    if (!this.memo.inPlace) await this.changeInPlace(await this.own.withTags(job));
    const outcome = await this.outcomeFor(job, this.properties.Wait);
    // A failed event does not retain its job.
    if ('status' in outcome && outcome.status === 'SUCCESS') await this.retain(job);
    return outcome;
  }

  /** Updates the tags of an existing job, and the other members that can change in place. */
  private async changeInPlace(job: OwnJob): Promise<void> {
    if (!this.own.isOwn(job, this.identities)) return;
    const { Request } = this.properties;
    if (this.before && job.phase === 'running') this.refuseConditions(this.before, Request, job);
    const wanted = userTags(this.properties);
    const unwanted = this.before ? Object.keys(userTags(this.before)).filter((key) => !(key in wanted)) : [];
    await this.jobs.tag(job, { ...wanted, [OWNER_TAG.resource]: this.event.LogicalResourceId }, unwanted);
    const changes = this.before && inPlaceChanges(this.kind, this.before, Request, job.description);
    if (changes && (job.phase === 'running' || this.jobs.retainsCapacity(job))) await this.jobs.update(job, changes);
    this.memo.inPlace = true;
  }

  /**
   * Rejects new conditions for a running job: it keeps the role, the network and the keys that it was started with, and is not
   * replaced for others.
   */
  private refuseConditions(before: KnownProperties, after: object, { name, description }: Job): void {
    const changed = this.kind.fixedWhileRunning.filter((path) => differs(before, after, path) && !differs(before, description, path));
    if (changed.length === 0) return;
    const rule = `cannot change while ${this.kind.label.toLowerCase()} '${name}' runs. `
      + 'Wait until it has ended, stop it, or change `rerunTrigger` to run a new one';
    throw toJobError(this.kind.operations.create, after, new RequestError(changed, rule));
  }

  private async retain(job: Job): Promise<void> {
    if (this.properties.Retain) await this.jobs.tag(job, { [OWNER_TAG.retained]: 'true' });
    else if (this.before?.Retain) await this.jobs.tag(job, {}, [OWNER_TAG.retained]);
  }

  /** Returns the job that was started for the event, even if the step that started it could not record this. */
  private async startedJob(): Promise<OwnJob | undefined> {
    const names = this.memo.jobName !== undefined ? [this.memo.jobName] : this.tries.map((tried) => this.nameOf(tried));
    for (const name of names) {
      const job = await this.own.describe(name);
      if (job && (name === this.memo.jobName || this.own.isOfThisEvent(job))) return job;
    }
    return undefined;
  }

  /** The suffixes of the names of this event's tries, in order of use. */
  private get tries(): string[] {
    return [FIRST_TRY, ...laterTries(digestOfRequest(this.event.RequestId))];
  }

  private nameOf(tried: string): string {
    return jobName(this.properties, this.event.StackId, this.identities[0], tried);
  }

  private get waits(): boolean {
    return this.properties.Wait.Seconds !== '0';
  }
}

/** Returns the tags of the template, without the tags of this library. */
function userTags({ Request }: KnownProperties): Record<string, string> {
  const tags = (Request.Tags ?? []) as Tags;
  return Object.fromEntries(tags.filter(({ Key }) => !Key.startsWith(RESERVED_TAG_PREFIX)).map(({ Key, Value }) => [Key, Value]));
}

/**
 * The number of seconds for starting a job. If no other resource continues to wait, half of the time is reserved for the job
 * itself.
 */
function startSeconds({ HandOver, Seconds }: WaitProperties): number {
  return HandOver === 'true' || Seconds === '0' ? MAX_WINDOW_SECONDS : Math.min(MAX_WINDOW_SECONDS, Number(Seconds)) / 2;
}
