import { instancesOf } from './instances';
import { LocalTrainingJob } from './local-training-job';
import { checkTrainingJobRules } from './local-training-rules';
import type { TrainingJobBehavior, TrainingJobBehaviors } from './training-behavior';
import { describeTrainingJob, summarizeTrainingJob } from './training-description';
import type { CreateTrainingJobRequest, UpdateTrainingJobRequest } from './training-types';
import type { Operation } from '../../api/service';
import { validationError } from '../../api/service-error';
import type { LogSink } from '../../logs';
import type { Capacity } from '../capacity';
import { type JobRole, type JobRoles, TRAINING_USES } from '../execution-role';
import { JobLog } from '../job-log';
import { type Account, NamedResources } from '../named-resources';
import { accountLimitExceeded } from '../refusals';
import { type ListRequest, type Lists, listedJobs, listResources } from '../resource-lists';
import type { Tags } from '../resource-tags';

interface ListTrainingJobsRequest extends ListRequest {
  readonly WarmPoolStatusEquals?: string;
  readonly TrainingPlanArnEquals?: string;
}

interface Named {
  readonly TrainingJobName: string;
}

export interface TrainingJobsContext extends Account, Lists {
  readonly tags: Tags;
  readonly roles: JobRoles;
  readonly hasCapacity: Capacity;
  /** The maximum number of running instances of a type. Default: unlimited. */
  readonly instanceLimits: { readonly [instanceType: string]: number };
  readonly logs: LogSink;
  readonly behaviors: () => TrainingJobBehaviors;
  readonly onTransition: (job: LocalTrainingJob) => void;
}

/** The additions of a tuning job to a training job that it launches. */
export interface Launch {
  readonly tuningJobArn: string;
  readonly behavior: (behavior: TrainingJobBehavior) => TrainingJobBehavior;
  readonly onTransition: (job: LocalTrainingJob) => void;
}

/** The training jobs of an account and Region. */
export class TrainingJobs {
  readonly operations: { readonly [operation: string]: Operation } = {
    CreateTrainingJob: (request: CreateTrainingJobRequest) => ({ TrainingJobArn: this.create(request).arn }),
    DescribeTrainingJob: ({ TrainingJobName: name }: Named) => describeTrainingJob(this.jobs.get(name)),
    ListTrainingJobs: (request: ListTrainingJobsRequest) => this.list(request),
    UpdateTrainingJob: (request: UpdateTrainingJobRequest) => this.update(request),
    StopTrainingJob: ({ TrainingJobName: name }: Named) => this.jobs.get(name).stop(),
    DeleteTrainingJob: ({ TrainingJobName: name }: Named) => this.delete(name),
  };

  private readonly jobs: NamedResources<LocalTrainingJob>;

  constructor(private readonly context: TrainingJobsContext) {
    const kind = { label: 'Training job', arnSegment: 'training-job', notFound: () => validationError('Requested resource not found.') };
    this.jobs = new NamedResources(kind, context);
  }

  all(): LocalTrainingJob[] {
    return this.jobs.all();
  }

  create(request: CreateTrainingJobRequest, launch?: Launch): LocalTrainingJob {
    checkTrainingJobRules(request);
    const { clock, tags, behaviors, hasCapacity, logs, onTransition } = this.context;
    const arn = this.jobs.reserve(request.TrainingJobName);
    const role = this.roleOf(request, arn);
    // A training job that a tuning job launches fails instead of being rejected.
    if (!launch) role.check();
    this.checkLimits(request);
    tags.create(arn, request.Tags);
    const behavior = behaviors()(request);
    const log = new JobLog('/aws/sagemaker/TrainingJobs', clock, logs, () => role.logPermission());
    const job = new LocalTrainingJob(request, arn, launch?.behavior(behavior) ?? behavior, role, log, clock, hasCapacity, (changed) => {
      onTransition(changed);
      launch?.onTransition(changed);
    }, launch?.tuningJobArn);
    this.jobs.set(request.TrainingJobName, job);
    return job;
  }

  /** Returns the role of a training job. */
  roleOf(request: CreateTrainingJobRequest, resourceArn: string): JobRole<CreateTrainingJobRequest> {
    return this.context.roles.of(resourceArn, request.RoleArn, request, TRAINING_USES);
  }

  /** Rejects a request whose simultaneous jobs would exceed the account's limits. */
  checkLimits(request: CreateTrainingJobRequest, count = 1): void {
    for (const [type, instances] of instancesOf(request.ResourceConfig)) {
      const limit = this.context.instanceLimits[type];
      const wanted = instances * count;
      const used = this.all().filter((job) => job.running).reduce((sum, job) => sum + (instancesOf(job.request.ResourceConfig).get(type) ?? 0), 0);
      if (limit !== undefined && used + wanted > limit) {
        throw accountLimitExceeded(`${type} for training job usage`, limit, used, wanted);
      }
    }
  }

  private update(request: UpdateTrainingJobRequest) {
    const job = this.jobs.get(request.TrainingJobName);
    job.update(request);
    return { TrainingJobArn: job.arn };
  }

  private delete(name: string): void {
    const job = this.jobs.get(name);
    void job.delete().then(() => {
      this.jobs.delete(name);
      this.context.tags.forget(job.arn);
    });
  }

  private list(request: ListTrainingJobsRequest) {
    const jobs = listedJobs(this.all(), this.context, 'InProgress').filter(({ job }) => isWanted(job, request));
    return listResources(jobs, request, { sortBy: 'CreationTime', sortOrder: 'Ascending' }, 'TrainingJobSummaries', ({ job, endedLater }) => (
      summarizeTrainingJob(job, endedLater)
    ));
  }
}

function isWanted({ request, warmPool }: LocalTrainingJob, filters: ListTrainingJobsRequest): boolean {
  const { TrainingPlanArnEquals: plan, WarmPoolStatusEquals: status } = filters;
  return (plan === undefined || request.ResourceConfig?.TrainingPlanArn === plan) && (status === undefined || warmPool?.describe().Status === status);
}
