import { EventEmitter } from 'node:events';
import type { Service } from '../api/service';
import type { Clock } from '../clock';
import type { TrainingJobBehaviours } from './behaviour';
import { SAGEMAKER_MODEL } from './model';
import { Tags } from './tags';
import { TrainingJobs } from './training-jobs';
import type { SecondaryStatus, TrainingJobStatus } from './types';

export type { TrainingJobBehaviour, TrainingJobBehaviours } from './behaviour';

export interface SageMakerOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly account: string;
  /** What becomes of each training job. Default: it completes after four minutes. */
  readonly behaviour?: TrainingJobBehaviours;
  /** How many instances of a type may run at once. Default: any number. */
  readonly instanceLimits?: { readonly [instanceType: string]: number };
  /** How many tags a page of ListTags holds where the caller sets no maximum. Default: 50. */
  readonly listTagsPage?: number;
}

/** A job that has entered a status. */
export interface JobTransition {
  readonly jobName: string;
  readonly jobArn: string;
  readonly status: TrainingJobStatus;
  readonly secondaryStatus: SecondaryStatus;
  readonly message: string;
  readonly time: Date;
}

/** SageMaker, of an account in a region. */
export class SageMaker extends EventEmitter<{ transition: [JobTransition] }> implements Service {
  readonly name = 'sagemaker';
  readonly targetPrefix = 'SageMaker';
  readonly contentType = 'application/x-amz-json-1.1';
  readonly model = SAGEMAKER_MODEL;
  readonly operations: Service['operations'];
  /** What becomes of the training jobs that are created from now on. */
  behaviour: TrainingJobBehaviours;

  private readonly trainingJobs: TrainingJobs;

  constructor({ clock, region, account, behaviour = () => ({}), instanceLimits = {}, listTagsPage }: SageMakerOptions) {
    super();
    this.behaviour = behaviour;
    const tags = new Tags(listTagsPage);
    this.trainingJobs = new TrainingJobs({
      clock,
      tags,
      instanceLimits,
      arnPrefix: `arn:aws:sagemaker:${region}:${account}`,
      behaviours: () => this.behaviour,
      onTransition: (job) => this.emit('transition', {
        jobName: job.name,
        jobArn: job.arn,
        status: job.status,
        secondaryStatus: job.secondaryStatus,
        message: job.transitions.at(-1)!.StatusMessage,
        time: new Date(clock.now()),
      }),
    });
    this.operations = {
      ...this.trainingJobs.operations,
      AddTags: (request) => tags.add(request),
      ListTags: (request) => tags.list(request),
      DeleteTags: (request) => tags.delete(request),
    };
  }

  /** The names of the jobs that cost money now. */
  running(): string[] {
    return this.trainingJobs.all().filter((job) => job.running).map((job) => job.name);
  }
}
