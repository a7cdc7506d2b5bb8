import type { Outcome } from './events';
import { isAtWork, type Job } from './handled-job';
import { JobEvent } from './job-event';
import { matchesIdentity } from './naming';
import { identitiesIn, type KnownProperties } from './reduce-event';
import type { OwnJob } from './resource-jobs';
import { isThrottled } from './service-errors';
import { supersede } from './supersede';
import { OWNER_TAG } from '../src/contract';
import { stackKey } from '../src/identity';

/** The maximum time of the wait for network interfaces, and its interval, in seconds. */
const INTERFACE_SECONDS = 600;
const INTERFACE_POLL_SECONDS = 20;

/**
 * Handles the Delete event of a job. Afterwards, the job and all jobs that were started for the same properties without a
 * response have ended. Their records are kept: they are the history of the stack.
 */
export class JobDeletion extends JobEvent {
  private readonly properties = this.event.ResourceProperties as unknown as KnownProperties;

  async next(): Promise<Outcome> {
    const named = await this.own.named([this.properties]);
    // If a creation fails before it has a job, the response contains the logical ID.
    const isAnswered = this.givenId === this.event.LogicalResourceId || (named !== undefined && this.own.counts(this.properties, named));
    const drainedIn = await supersede(this.services, this.event, this.memo, { isUnanswered: !isAnswered });
    // The next step ends executions, and lists jobs afterwards.
    if (this.memo.ending) return { wait: drainedIn };
    const active = await this.own.all([this.properties], (job) => this.jobs.isActive(job));
    const others = active.filter((job) => job.name !== named?.name && this.isOrphan(job));
    if (named) await this.jobs.tag(named, {}, [OWNER_TAG.retained]);
    const jobs = [...named ? [named] : [], ...others];
    const ending = await this.endAll(jobs);
    if (ending) return ending;
    if (drainedIn > 0) return { wait: drainedIn };
    await this.deleteExact(jobs, this.properties);
    return await this.untilInterfacesAreDeleted(named) ?? this.succeed();
  }

  /**
   * SageMaker deletes the network interfaces of a job after its end, and CloudFormation cannot delete the security group that was
   * created for the job before. Waits for this, unless another job has replaced the deleted one: the group then stays.
   */
  private async untilInterfacesAreDeleted(deleted: OwnJob | undefined): Promise<Outcome | undefined> {
    const { now } = this.services;
    const interfaces = await this.interfaces();
    if (interfaces.length === 0 || await this.isReplaced(deleted)) return undefined;
    this.memo.endedAt ??= now();
    if (now() < this.memo.endedAt + INTERFACE_SECONDS * 1000 && !this.late) return { wait: INTERFACE_POLL_SECONDS };
    return this.fail(`Network interfaces still use the security group of the job: ${interfaces.join(', ')}. `
      + 'SageMaker deletes them after the end of a job. Try again later, or delete them.');
  }

  private async interfaces(): Promise<string[]> {
    const found: string[] = [];
    for (const group of this.properties.SecurityGroups ?? []) {
      try {
        found.push(...await this.services.networkInterfacesOf(group));
      } catch (error) {
        // Without a connection or a permission, CloudFormation finds out by itself whether the group can be deleted.
        if (isThrottled(error)) throw error;
      }
    }
    return found;
  }

  /** Whether another job of the resource is active, or has a result that is newer than the deleted job. */
  private async isReplaced(deleted: OwnJob | undefined): Promise<boolean> {
    const created = ({ description }: Job) => new Date(description.CreationTime).getTime();
    const replaces = (job: Job) => this.jobs.isActive(job) || (deleted !== undefined && this.jobs.hasResult(job) && created(job) > created(deleted));
    for (const listed of await this.jobs.list(stackKey(this.event.StackId))) {
      // Lists can be late.
      const job = replaces(listed) ? await this.own.describe(listed.name) : undefined;
      if (job && replaces(job) && job.tags.get(OWNER_TAG.resource) === this.event.LogicalResourceId) return true;
    }
    return false;
  }

  /**
   * Whether the job was started for an event without a response. A resource that waits hands nothing over. For one that does not
   * wait, this is known if the physical ID does not represent these properties.
   */
  private isOrphan(job: OwnJob): boolean {
    if (!isAtWork(job)) return true;
    const identities = identitiesIn(this.kindName, this.properties);
    const isOfTheseProperties = this.givenId === this.properties.Name || matchesIdentity(this.givenId, this.event.StackId, identities);
    return !isOfTheseProperties || job.tags.get(OWNER_TAG.waits) === 'true';
  }
}
