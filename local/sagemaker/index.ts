import { EventEmitter } from 'node:events';
import type { Service } from '../api/service';
import { validate } from '../api/validate';
import type { Clock } from '../clock';
import type { JsonObject } from '../json';
import { type LogSink, NO_LOG_SINK } from '../logs';
import type { SageMakerApi } from '../services';
import type { Capacity } from './capacity';
import type { CompilationBehaviours } from './compilation/compilation-behaviour';
import { describeCompilationJob } from './compilation/compilation-description';
import { CompilationJobs } from './compilation/compilation-jobs';
import { ANY_ROLE, type Denial, type ExecutionRoles, JobRoles } from './execution-role';
import type { Hosting } from './hosting/hosting';
import { RecordedHosting } from './hosting/recorded-hosting';
import { SAGEMAKER_MODEL } from './model';
import { describeNotebook, NotebookInstances } from './notebook/notebook-instances';
import type { NotebookBehaviours } from './notebook/notebook-types';
import { NO_RECORD, recorded, type SageMakerRecord } from './record';
import { checkRegions } from './region-rules';
import { Tags } from './resource-tags';
import type { TrainingJobBehaviours } from './training/training-behaviour';
import { describeTrainingJob } from './training/training-description';
import { TrainingJobs } from './training/training-jobs';
import type { SecondaryStatus } from './training/training-types';
import { smoothObjective, type TuningObjective } from './tuning/objective';
import { describeTuningJob } from './tuning/tuning-description';
import { TuningJobs } from './tuning/tuning-jobs';

export type { ExecutionRoles } from './execution-role';
export type { SageMakerRecord } from './record';
export type { TuningObjective } from './tuning/objective';
export type { TrainingJobBehaviour } from './training/training-behaviour';

export interface SageMakerOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly account: string;
  /** What becomes of each training job. Default: it completes after four minutes. */
  readonly behaviour?: TrainingJobBehaviours;
  /** What the training jobs of a tuning job achieve. Default: something smooth between 0 and 1. */
  readonly objective?: TuningObjective;
  /** What becomes of each compilation job. Default: it completes after two and a half minutes. */
  readonly compilation?: CompilationBehaviours;
  /** What becomes of each notebook instance. Default: it starts in two minutes, and its scripts run. */
  readonly notebook?: NotebookBehaviours;
  /** How many seconds a lifecycle script may run, in real time. Default: 300. */
  readonly lifecycleScriptLimit?: number;
  /** How many instances of a type may run at once. Default: any number. */
  readonly instanceLimits?: { readonly [instanceType: string]: number };
  /** Whether there are instances of a type for what a request creates or starts. Default: there are. */
  readonly hasCapacity?: Capacity;
  /** Whether a resource that was created is not found yet. Default: everything is found at once. */
  readonly isHidden?: (name: string) => boolean;
  /** How many tags a page of ListTags holds where the caller sets no maximum. Default: 50. */
  readonly listTagsPage?: number;
  /** What the roles of jobs allow. Default: there is every role, and it allows everything. */
  readonly executionRoles?: ExecutionRoles;
  /** Where jobs write their logs. Default: nowhere. */
  readonly logs?: LogSink;
  /** How late lists show a job, and its end, in milliseconds. Default: not at all. */
  readonly listLag?: (arn: string) => number;
  /** Where a bucket is, as far as that is known. Default: nobody knows. */
  readonly regionOfBucket?: (bucket: string) => string | undefined;
  /** Keeps what was asked for and decided. Default: nobody does. */
  readonly record?: SageMakerRecord;
}

export type JobKind = 'TrainingJob' | 'HyperParameterTuningJob' | 'CompilationJob' | 'NotebookInstance';

/** A job, or a notebook instance, that has entered a status. */
export interface JobTransition {
  readonly kind: JobKind;
  readonly jobName: string;
  readonly jobArn: string;
  readonly status: string;
  /** Of training jobs only. */
  readonly secondaryStatus?: SecondaryStatus;
  /** What it says about the status: empty at times. */
  readonly message: string;
  readonly time: Date;
  /** What its description says now. */
  readonly describe: () => JsonObject;
}

/** A lifecycle configuration that was created or updated. */
export interface LifecycleConfigChange {
  readonly arn: string;
  readonly time: Date;
  readonly description: JsonObject;
}

/** SageMaker, of an account in a region. */
export class SageMaker extends EventEmitter<{ transition: [JobTransition]; lifecycleConfig: [LifecycleConfigChange]; denied: [Denial] }>
  implements Service, SageMakerApi {
  readonly name = 'sagemaker';
  readonly targetPrefix = 'SageMaker';
  readonly contentType = 'application/x-amz-json-1.1';
  readonly model = SAGEMAKER_MODEL;
  readonly operations: Service['operations'];
  /** What becomes of the training jobs that are created from now on. */
  behaviour: TrainingJobBehaviours;

  /** What the training jobs achieve that tuning jobs launch from now on. */
  objective: TuningObjective;
  /** What becomes of the compilation jobs that are created from now on. */
  compilation: CompilationBehaviours;

  /** What becomes of the notebook instances that start, stop or go from now on. */
  notebook: NotebookBehaviours;
  /** Models and endpoints. */
  readonly hosting: Hosting;
  /** Notebook instances, and the machines on which their scripts have run. */
  readonly notebooks: NotebookInstances;

  private readonly tags: Tags;
  private readonly roles: JobRoles;
  private readonly trainingJobs: TrainingJobs;
  private readonly tuningJobs: TuningJobs;
  private readonly compilationJobs: CompilationJobs;
  /** What was accepted before is not checked again. */
  private isRepeating = false;

  constructor({ clock, region, account, instanceLimits = {}, listTagsPage, lifecycleScriptLimit = 300, ...options }: SageMakerOptions) {
    super();
    const { record = NO_RECORD } = options;
    this.behaviour = options.behaviour ?? (() => ({}));
    this.objective = options.objective ?? smoothObjective;
    this.compilation = options.compilation ?? (() => ({}));
    this.notebook = options.notebook ?? (() => ({}));
    const tags = this.tags = new Tags(listTagsPage);
    const roles = this.roles = new JobRoles({ roles: options.executionRoles ?? ANY_ROLE, record, onDenied: (denial) => this.emit('denied', denial) });
    const { hasCapacity = () => true, isHidden = () => false, logs = NO_LOG_SINK } = options;
    const shared = {
      clock,
      tags,
      roles,
      isHidden,
      listLag: options.listLag ?? (() => 0),
      logs,
      arnPrefix: `arn:aws:sagemaker:${region}:${account}`,
      hasCapacity: ((operation, instanceType, input) => record.decide(
        'capacity', `${JSON.stringify(input)} ${instanceType} ${clock.now()}`, () => hasCapacity(operation, instanceType, input),
      )) satisfies Capacity,
    };
    const announce = (kind: JobKind, job: { readonly name: string; readonly arn: string; readonly status: string }, rest: Partial<JobTransition> & Pick<JobTransition, 'describe'>) =>
      this.emit('transition', { kind, jobName: job.name, jobArn: job.arn, status: job.status, message: '', time: new Date(clock.now()), ...rest });
    const { regionOfBucket = () => undefined } = options;
    const checkPlaces = (request: JsonObject) => {
      if (!this.isRepeating) checkRegions(request, { region, regionOfBucket });
    };
    this.hosting = new RecordedHosting(clock, shared.arnPrefix, roles, record, checkPlaces);
    this.trainingJobs = new TrainingJobs({
      ...shared,
      instanceLimits,
      behaviours: () => (request) => record.decide('TrainingJob', request.TrainingJobName, () => this.behaviour(request)),
      onTransition: (job) => announce('TrainingJob', job, { secondaryStatus: job.secondaryStatus, message: job.transitions.at(-1)!.StatusMessage, describe: () => describeTrainingJob(job) }),
    });
    this.tuningJobs = new TuningJobs({
      ...shared,
      trainingJobs: this.trainingJobs,
      objective: () => (request, tuned) => record.decide('objective', request.TrainingJobName, () => this.objective(request, tuned)),
      onTransition: (job) => announce('HyperParameterTuningJob', job, { message: job.failureReason ?? '', describe: () => describeTuningJob(job) }),
    });
    this.compilationJobs = new CompilationJobs({
      ...shared,
      behaviours: () => (request) => record.decide('CompilationJob', request.CompilationJobName, () => this.compilation(request)),
      onTransition: (job) => announce('CompilationJob', job, { message: job.failureReason, describe: () => describeCompilationJob(job) }),
    });
    this.notebooks = new NotebookInstances({
      ...shared,
      scriptLimit: lifecycleScriptLimit,
      behaviour: (name) => record.decide('NotebookInstance', name, () => this.notebook(name)),
      onTransition: (notebook) => announce('NotebookInstance', notebook, { message: notebook.failureReason ?? '', describe: () => describeNotebook(notebook) }),
      onConfigChange: (arn, description) => this.emit('lifecycleConfig', { arn, description, time: new Date(clock.now()) }),
    });
    this.operations = recorded({
      ...this.notebooks.operations,
      ...this.trainingJobs.operations,
      ...this.tuningJobs.operations,
      ...this.compilationJobs.operations,
      AddTags: (request) => tags.add(request),
      ListTags: (request) => tags.list(request),
      DeleteTags: (request) => tags.delete(request),
    }, record, checkPlaces);
  }

  /** Calls an operation as a client with all rights would. */
  call(operation: string, input: JsonObject): JsonObject {
    const request = structuredClone(validate(this.model, operation, structuredClone(input)));
    return (this.operations[operation](request) ?? {}) as JsonObject;
  }

  /** Carries out what the record tells of again. */
  repeat(operation: string, input: readonly unknown[]): void {
    this.isRepeating = true;
    try {
      this.roles.repeat(() => {
        if (Object.hasOwn(this.operations, operation)) this.operations[operation](input[0]);
        else (this.hosting[operation as keyof Hosting] as (...input: readonly unknown[]) => void)(...input);
      });
    } finally {
      this.isRepeating = false;
    }
  }

  /** The tags of a resource; none when there is no such resource. */
  tagsOf(resourceArn: string): ReadonlyMap<string, string> {
    return this.tags.known(resourceArn);
  }

  /** The names of the jobs that cost money now. */
  running(): string[] {
    return [this.tuningJobs, this.trainingJobs, this.compilationJobs]
      .flatMap((jobs): { readonly name: string; readonly running: boolean }[] => jobs.all())
      .filter(({ running }) => running)
      .map(({ name }) => name);
  }

  /** Ends what scripts have left running, and removes their files. */
  stop(): void {
    this.notebooks.all().forEach(({ machine }) => machine.remove());
  }
}
