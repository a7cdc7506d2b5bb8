import { type Child, objectiveValue, trainingRequest } from './child';
import { checkTuningJobRules } from './local-tuning-rules';
import type { TuningObjective } from './objective';
import { trialsOf } from './search-space';
import { describeTuningJob, summarizeChild, summarizeTuningJob } from './tuning-description';
import { TuningJob, type TuningJobContext } from './tuning-job';
import type { CreateTuningJobRequest } from './tuning-types';
import { checkWarmStart } from './warm-start';
import { page } from '../../api/page';
import type { Operation } from '../../api/service';
import { ServiceError, validationError } from '../../api/service-error';
import { type Account, NamedResources } from '../named-resources';
import { DEFAULT_PAGE, type ListRequest, type Lists, listedJobs, listResources } from '../resource-lists';
import type { Tags } from '../resource-tags';
import { sorted, type SortOrder } from '../sort';
import { checkTrainingJobRules } from '../training/local-training-rules';
import type { TrainingJobs } from '../training/training-jobs';

interface Named {
  readonly HyperParameterTuningJobName: string;
}

interface ListTrainingJobsRequest extends Named {
  readonly StatusEquals?: string;
  readonly SortBy?: 'Name' | 'CreationTime' | 'Status' | 'FinalObjectiveMetricValue';
  readonly SortOrder?: SortOrder;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

export interface TuningJobsContext extends Account, Lists {
  readonly tags: Tags;
  readonly trainingJobs: TrainingJobs;
  readonly objective: () => TuningObjective;
  readonly onTransition: (job: TuningJob) => void;
}

/** The tuning jobs of an account and Region. */
export class TuningJobs {
  readonly operations: { readonly [operation: string]: Operation } = {
    CreateHyperParameterTuningJob: (request: CreateTuningJobRequest) => this.create(request),
    DescribeHyperParameterTuningJob: ({ HyperParameterTuningJobName: name }: Named) => describeTuningJob(this.jobs.get(name)),
    StopHyperParameterTuningJob: ({ HyperParameterTuningJobName: name }: Named) => this.jobs.get(name).stop(),
    DeleteHyperParameterTuningJob: ({ HyperParameterTuningJobName: name }: Named) => this.delete(name),
    ListHyperParameterTuningJobs: (request: ListRequest) => (
      listResources(listedJobs(this.all(), this.context, 'InProgress'), request, { sortBy: 'Name', sortOrder: 'Ascending' }, 'HyperParameterTuningJobSummaries', summarizeTuningJob)
    ),
    ListTrainingJobsForHyperParameterTuningJob: (request: ListTrainingJobsRequest) => this.listTrainingJobs(request),
  };

  private readonly jobs: NamedResources<TuningJob>;

  constructor(private readonly context: TuningJobsContext) {
    this.jobs = new NamedResources({
      label: 'Hyperparameter tuning job',
      arnSegment: 'hyper-parameter-tuning-job',
      notFound: (name) => new ServiceError('ResourceNotFound', `Amazon SageMaker can't find a tuning job called ${name}. Type another name.`),
    }, context);
  }

  all(): TuningJob[] {
    return this.jobs.all();
  }

  private create(request: CreateTuningJobRequest) {
    checkTuningJobRules(request);
    const { clock, tags, trainingJobs } = this.context;
    const { HyperParameterTuningJobName: name, WarmStartConfig: warmStart, Tags: given } = request;
    const parallel = request.HyperParameterTuningJobConfig.ResourceLimits.MaxParallelTrainingJobs;
    const examples = trialsOf(request).map((trial) => trainingRequest(trial, name, {}));
    examples.forEach(checkTrainingJobRules);
    const parents = (warmStart?.ParentHyperParameterTuningJobs ?? []).map((parent) => this.parent(parent.HyperParameterTuningJobName));
    checkWarmStart(request, parents);
    const arn = this.jobs.reserve(name);
    examples.forEach((example) => trainingJobs.roleOf(example, arn).check());
    examples.forEach((example) => trainingJobs.checkLimits(example, parallel));
    tags.create(arn, given);
    this.jobs.set(name, new TuningJob(request, arn, { clock, parents, launch: this.launch, onTransition: this.context.onTransition }));
    return { HyperParameterTuningJobArn: arn };
  }

  private readonly launch: TuningJobContext['launch'] = (job, request, { trial, tuned }, onTransition) => {
    const { MetricName } = trial.objective;
    const value = this.context.objective()(request, tuned);
    return this.context.trainingJobs.create(request, {
      tuningJobArn: job.arn,
      behavior: (behavior) => ({ ...behavior, metrics: { ...value !== undefined && { [MetricName]: value }, ...behavior.metrics } }),
      onTransition,
    });
  };

  private parent(name: string | undefined): TuningJob {
    if (name === undefined) throw validationError('HyperParameterTuningJobName must be specified for each parent of a warm start.');
    return this.jobs.get(name);
  }

  private delete(name: string): void {
    const job = this.jobs.get(name);
    // The operation documents no specific error for this.
    if (job.running || job.status === 'Deleting') {
      throw validationError(`The request was rejected because the tuning job is in status ${job.status}.`);
    }
    void job.delete().then(() => {
      this.jobs.delete(name);
      this.context.tags.forget(job.arn);
    });
  }

  private listTrainingJobs(request: ListTrainingJobsRequest) {
    const { SortBy: by = 'Name', SortOrder: order = 'Ascending', StatusEquals: status } = request;
    const keys = {
      Name: ({ job }: Child) => job.name,
      CreationTime: ({ job }: Child) => job.creationTime,
      Status: ({ job }: Child) => job.status,
      // A job without a value is not listed.
      FinalObjectiveMetricValue: (child: Child) => objectiveValue(child)!,
    };
    const key = keys[by];
    const children = this.jobs.get(request.HyperParameterTuningJobName).children
      .filter((child) => (status === undefined || child.job.status === status) && key(child) !== undefined);
    const { items, nextToken } = page(sorted(children, key, order), request.MaxResults ?? DEFAULT_PAGE, request.NextToken);
    return { TrainingJobSummaries: items.map(summarizeChild), ...nextToken ? { NextToken: nextToken } : {} };
  }
}
