import type { CloudFormationEvent, Memo } from './events';
import { isAtWork, type Job, type Jobs } from './handled-job';
import { commonPart, FIRST_TRY, isJobName, jobName, laterTries } from './naming';
import { read } from './paths';
import { identitiesIn, type KnownProperties } from './reduce-event';
import { type JobKind, OWNER_TAG } from '../src/contract';

/** A job of a resource, with its tags. */
export interface OwnJob extends Job {
  readonly tags: ReadonlyMap<string, string>;
}

/** The jobs that were started for the resource of an event, with any result. */
export class ResourceJobs {
  constructor(
    private readonly jobs: Jobs,
    private readonly kind: JobKind,
    private readonly event: CloudFormationEvent,
    private readonly memo: Memo,
  ) {}

  /** Returns the job of the physical ID. Its tag, or its identity after a rename of the logical ID, identifies the resource. */
  async named(properties: readonly KnownProperties[]): Promise<OwnJob | undefined> {
    const name = this.event.PhysicalResourceId;
    if (name === undefined || !(isJobName(name, this.event.StackId) || properties.some(({ Name }) => Name === name))) return undefined;
    const job = await this.describe(name);
    if (job?.tags.get(OWNER_TAG.stack) !== this.event.StackId) return undefined;
    const isOfResource = job.tags.get(OWNER_TAG.resource) === this.event.LogicalResourceId;
    return isOfResource || this.isOwn(job, properties.flatMap((each) => identitiesIn(this.kind, each))) ? job : undefined;
  }

  /**
   * Returns all jobs of the requests that the caller needs: the listed ones, and the ones that may not be listed yet but have
   * known names.
   */
  async all(properties: readonly KnownProperties[], isOfUse: (job: Job) => boolean): Promise<OwnJob[]> {
    const identities = properties.flatMap((each) => identitiesIn(this.kind, each));
    const parts = new Set(identities.map((identity) => commonPart(this.event.StackId, identity)));
    const found = new Map<string, OwnJob>();
    for (const each of properties) await this.addUnlisted(found, each);
    for (const part of parts) {
      for (const listed of await this.jobs.list(part)) if (isOfUse(listed)) await this.add(found, listed.name);
    }
    const named = await this.named(properties);
    if (named) found.set(named.name, named);
    return [...found.values()].filter((job) => this.isOwn(job, identities));
  }

  /** Whether the job was started for the event, or adopted by it. */
  isOfThisEvent({ tags }: OwnJob): boolean {
    return tags.get(OWNER_TAG.request) === this.event.RequestId;
  }

  /** Whether the job is a result for the properties, may become one, or was handed over, so that its end does not affect them. */
  counts({ Request, Wait }: KnownProperties, job: OwnJob): boolean {
    if (this.jobs.hasResult(job)) return true;
    if (job.phase === 'deleting' || job.tags.get(OWNER_TAG.ended) === 'true') return false;
    if (isAtWork(job)) return true;
    if (Wait.Seconds === '0') return job.tags.get(OWNER_TAG.waits) === 'false';
    return job.phase === 'stopped' && Wait.AcceptStopped === 'true' && isWithinLimits(Request.StoppingCondition, job.description.StoppingCondition);
  }

  async describe(name: string): Promise<OwnJob | undefined> {
    const job = await this.jobs.describe(name);
    return job && this.withTags(job);
  }

  async withTags(job: Job): Promise<OwnJob> {
    return { ...job, tags: await this.jobs.tagsOf(job) };
  }

  /** Adds jobs that may not be listed yet: the first try, and the tries of the executions that the event has ended. */
  private async addUnlisted(found: Map<string, OwnJob>, properties: KnownProperties): Promise<void> {
    const [identity] = identitiesIn(this.kind, properties);
    const nameOf = (tried: string) => jobName(properties, this.event.StackId, identity, tried);
    await this.add(found, nameOf(FIRST_TRY));
    if (properties.Name) return;
    for (const ended of this.memo.ended ?? []) {
      for (const tried of laterTries(ended)) if (!await this.add(found, nameOf(tried))) break;
    }
  }

  private async add(found: Map<string, OwnJob>, name: string): Promise<boolean> {
    const job = found.get(name) ?? await this.describe(name);
    if (job) found.set(name, job);
    return job !== undefined;
  }

  /** Whether the job belongs to this stack and one of the identities, and its tag or the physical ID identifies the resource. */
  isOwn({ name, tags }: OwnJob, identities: readonly string[]): boolean {
    return tags.get(OWNER_TAG.stack) === this.event.StackId
      && identities.includes(tags.get(OWNER_TAG.identity) ?? '')
      && (tags.get(OWNER_TAG.resource) === this.event.LogicalResourceId || name === this.event.PhysicalResourceId);
  }
}

/** Whether no limit of a request is longer than the limit of the job, which may have stopped because of it. */
function isWithinLimits(wanted: unknown, described: unknown): boolean {
  return Object.entries(wanted ?? {}).every(([limit, seconds]) => Number(seconds) <= Number(read(described, [limit]) ?? seconds));
}
