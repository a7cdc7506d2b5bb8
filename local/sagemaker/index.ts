import { EventEmitter } from 'node:events';
import type { Service } from '../api/service';
import { validate } from '../api/validate';
import type { Clock } from '../clock';
import type { JsonObject } from '../json';
import { type LogSink, NO_LOG_SINK } from '../logs';
import type { NetworkInterface, SageMakerApi } from '../services';
import type { Capacity } from './capacity';
import type { CompilationBehaviors } from './compilation/compilation-behavior';
import { COMPILATION } from './compilation/compilation-kind';
import { ANY_ROLE, type Denial, type ExecutionRoles, JobRoles } from './execution-role';
import type { Hosting } from './hosting/hosting';
import { describeEndpoint, hostingOperations } from './hosting/hosting-operations';
import { RecordedHosting } from './hosting/recorded-hosting';
import { interfacesOf, type NetworkedJob, networkOf } from './job-interfaces';
import { checkPlaces, type NamedPlaces } from './local-place-rules';
import { SAGEMAKER_MODEL } from './model';
import { describeNotebook, NotebookInstances } from './notebook/notebook-instances';
import type { NotebookBehaviors } from './notebook/notebook-types';
import type { OptimizationBehaviors } from './optimization/optimization-behavior';
import { OPTIMIZATION } from './optimization/optimization-kind';
import { PlainJobs } from './plain-job/plain-jobs';
import type { PlainKind } from './plain-job/plain-kind';
import type { PlainRequest } from './plain-job/plain-request';
import type { ProcessingBehaviors } from './processing/processing-behavior';
import { PROCESSING } from './processing/processing-kind';
import { NO_RECORD, recorded, type SageMakerRecord } from './record';
import { Tags } from './resource-tags';
import { search } from './search/search';
import type { TrainingJobBehaviors } from './training/training-behavior';
import { describeTrainingJob } from './training/training-description';
import { TrainingJobs } from './training/training-jobs';
import type { SecondaryStatus } from './training/training-types';
import type { TransformBehaviors } from './transform/transform-behavior';
import { transformKind } from './transform/transform-kind';
import { smoothObjective, type TuningObjective } from './tuning/objective';
import { describeTuningJob } from './tuning/tuning-description';
import { TuningJobs } from './tuning/tuning-jobs';

export type { ExecutionRoles } from './execution-role';
export type { SageMakerRecord } from './record';
export type { TuningObjective } from './tuning/objective';
export type { TrainingJobBehavior } from './training/training-behavior';

export interface SageMakerOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly account: string;
  /** Decides on the results of training jobs. Default: jobs complete after four minutes. */
  readonly behavior?: TrainingJobBehaviors;
  /** Returns the objective values of the training jobs of tuning jobs. Default: a smooth function with values from 0 to 1. */
  readonly objective?: TuningObjective;
  /** Decides on the results of compilation jobs. Default: jobs complete after two and a half minutes. */
  readonly compilation?: CompilationBehaviors;
  /** Decides on the results of processing jobs. Default: jobs complete after two and a half minutes. */
  readonly processing?: ProcessingBehaviors;
  /** Decides on the results of transform jobs. Default: jobs complete after two and a half minutes. */
  readonly transform?: TransformBehaviors;
  /** Decides on the results of optimization jobs. Default: jobs complete after two and a half minutes. */
  readonly optimization?: OptimizationBehaviors;
  /** Decides on the results of notebook instances. Default: an instance starts within two minutes, and its scripts run. */
  readonly notebook?: NotebookBehaviors;
  /** The timeout of a lifecycle script, in seconds of real time. Default: 300. */
  readonly lifecycleScriptLimit?: number;
  /** The maximum number of running instances of a type. Default: unlimited. */
  readonly instanceLimits?: { readonly [instanceType: string]: number };
  /** Whether instances of a type are available for a request. Default: always. */
  readonly hasCapacity?: Capacity;
  /** Whether a created resource is not found yet. Default: resources are found immediately. */
  readonly isHidden?: (name: string) => boolean;
  /** The default page size of ListTags. Default: 50. */
  readonly listTagsPage?: number;
  /** The execution roles. Default: every role exists and allows everything. */
  readonly executionRoles?: ExecutionRoles;
  /** The destination of the logs of jobs. Default: none. */
  readonly logs?: LogSink;
  /** Returns the delay until lists show a job, and its end, in milliseconds. Default: none. */
  readonly listLag?: (arn: string) => number;
  /** The resources that requests can name. Default: they are not checked. */
  readonly places?: NamedPlaces;
  /** Records requests and decisions. Default: none. */
  readonly record?: SageMakerRecord;
}

export type JobKind = 'TrainingJob' | 'HyperParameterTuningJob' | PlainKind<any, any>['noun'] | 'NotebookInstance';

/** A status change of a job or a notebook instance. */
export interface JobTransition {
  readonly kind: JobKind;
  readonly jobName: string;
  readonly jobArn: string;
  readonly status: string;
  /** Only for training jobs. */
  readonly secondaryStatus?: SecondaryStatus;
  /** The status message. It may be empty. */
  readonly message: string;
  readonly time: Date;
  /** Returns the current description. */
  readonly describe: () => JsonObject;
}

/** The creation or update of a lifecycle configuration. */
export interface LifecycleConfigChange {
  readonly arn: string;
  readonly time: Date;
  readonly description: JsonObject;
}

/** SageMaker in an account and Region. */
export class SageMaker extends EventEmitter<{ transition: [JobTransition]; lifecycleConfig: [LifecycleConfigChange]; denied: [Denial] }>
  implements Service, SageMakerApi {
  readonly name = 'sagemaker';
  readonly targetPrefix = 'SageMaker';
  readonly contentType = 'application/x-amz-json-1.1';
  readonly model = SAGEMAKER_MODEL;
  readonly operations: Service['operations'];
  /** Decides on the results of further training jobs. */
  behavior: TrainingJobBehaviors;

  /** Returns the objective values of further training jobs of tuning jobs. */
  objective: TuningObjective;
  /** Decides on the results of further compilation jobs. */
  compilation: CompilationBehaviors;
  /** Decides on the results of further processing jobs. */
  processing: ProcessingBehaviors;
  /** Decides on the results of further transform jobs. */
  transform: TransformBehaviors;
  /** Decides on the results of further optimization jobs. */
  optimization: OptimizationBehaviors;

  /** Decides on the results of notebook instances that start, stop or are deleted from now on. */
  notebook: NotebookBehaviors;
  /** All transitions, oldest first, also of deleted jobs and of earlier processes. */
  readonly transitions: JobTransition[] = [];
  /** Models and endpoints. */
  readonly hosting: Hosting;
  /** The notebook instances, with the machines that run their scripts. */
  readonly notebooks: NotebookInstances;

  private readonly clock: Clock;
  private readonly tags: Tags;
  private readonly roles: JobRoles;
  private readonly trainingJobs: TrainingJobs;
  private readonly tuningJobs: TuningJobs;
  private readonly plainJobs: ReadonlyArray<PlainJobs<any, any>>;
  /** Accepted requests are not checked again. */
  private isRepeating = false;

  constructor({ clock, region, account, instanceLimits = {}, listTagsPage, lifecycleScriptLimit = 300, ...options }: SageMakerOptions) {
    super();
    this.clock = clock;
    const { record = NO_RECORD } = options;
    this.behavior = options.behavior ?? (() => ({}));
    this.objective = options.objective ?? smoothObjective;
    this.compilation = options.compilation ?? (() => ({}));
    this.processing = options.processing ?? (() => ({}));
    this.transform = options.transform ?? (() => ({}));
    this.optimization = options.optimization ?? (() => ({}));
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
    const announce = (kind: JobKind, job: { readonly name: string; readonly arn: string; readonly status: string }, rest: Partial<JobTransition> & Pick<JobTransition, 'describe'>) => {
      const transition: JobTransition = { kind, jobName: job.name, jobArn: job.arn, status: job.status, message: '', time: new Date(clock.now()), ...rest };
      this.transitions.push(transition);
      this.emit('transition', transition);
    };
    const { places } = options;
    const check = (request: JsonObject) => {
      if (places && !this.isRepeating) checkPlaces(request, { account, region, places });
    };
    const hosting = new RecordedHosting(clock, shared.arnPrefix, roles, tags, record, check);
    this.hosting = hosting;
    this.trainingJobs = new TrainingJobs({
      ...shared,
      instanceLimits,
      behaviors: () => (request) => record.decide('TrainingJob', request.TrainingJobName, () => this.behavior(request)),
      onTransition: (job) => announce('TrainingJob', job, { secondaryStatus: job.secondaryStatus, message: job.transitions.at(-1)!.StatusMessage, describe: () => describeTrainingJob(job) }),
    });
    this.tuningJobs = new TuningJobs({
      ...shared,
      trainingJobs: this.trainingJobs,
      objective: () => (request, tuned) => record.decide('objective', request.TrainingJobName, () => this.objective(request, tuned)),
      onTransition: (job) => announce('HyperParameterTuningJob', job, { message: job.failureReason ?? '', describe: () => describeTuningJob(job) }),
    });
    const plainJobs = <Request extends PlainRequest, Behavior>(kind: PlainKind<Request, Behavior>, behaviors: () => (request: Request) => Behavior) =>
      new PlainJobs(kind, {
        ...shared,
        behaviorOf: (name, request) => record.decide(kind.noun, name, () => behaviors()(request)),
        onTransition: (job) => announce(kind.noun, job, { message: job.failureReason, describe: () => kind.describe(job) }),
      });
    this.plainJobs = [
      plainJobs(COMPILATION, () => this.compilation),
      plainJobs(PROCESSING, () => this.processing),
      plainJobs(transformKind(this.hosting), () => this.transform),
      plainJobs(OPTIMIZATION, () => this.optimization),
    ];
    this.notebooks = new NotebookInstances({
      ...shared,
      scriptLimit: lifecycleScriptLimit,
      behavior: (name) => record.decide('NotebookInstance', name, () => this.notebook(name)),
      onTransition: (notebook) => announce('NotebookInstance', notebook, { message: notebook.failureReason ?? '', describe: () => describeNotebook(notebook) }),
      onConfigChange: (arn, description) => this.emit('lifecycleConfig', { arn, description, time: new Date(clock.now()) }),
    });
    this.operations = {
      ...hostingOperations(hosting),
      ...recorded({
        ...this.notebooks.operations,
        ...this.trainingJobs.operations,
        ...this.tuningJobs.operations,
        ...Object.assign({}, ...this.plainJobs.map(({ operations }) => operations)) as Service['operations'],
        AddTags: (request) => tags.add(request),
        ListTags: (request) => tags.list(request),
        DeleteTags: (request) => tags.delete(request),
        ...search({
          TrainingJob: { shape: 'TrainingJob', all: () => described(this.trainingJobs.all(), describeTrainingJob) },
          HyperParameterTuningJob: { shape: 'HyperParameterTuningJobSearchEntity', all: () => described(this.tuningJobs.all(), describeTuningJob) },
          Endpoint: { shape: 'Endpoint', all: () => described([...hosting.endpoints.values()], describeEndpoint) },
        }, (arn) => tags.ofResource(arn)),
      }, record, check),
    };
  }

  /** Calls an operation as a client with full access. */
  call(operation: string, input: JsonObject): JsonObject {
    const request = structuredClone(validate(this.model, operation, structuredClone(input)));
    return (this.operations[operation](request) ?? {}) as JsonObject;
  }

  /** Replays a recorded operation. */
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

  /** The tags of a resource. Empty if the resource does not exist. */
  tagsOf(resourceArn: string): ReadonlyMap<string, string> {
    return this.tags.ofResource(resourceArn);
  }

  /** The names of the jobs that incur costs now. */
  running(): string[] {
    return [this.tuningJobs, this.trainingJobs, ...this.plainJobs]
      .flatMap((jobs): { readonly name: string; readonly running: boolean }[] => jobs.all())
      .filter(({ running }) => running)
      .map(({ name }) => name);
  }

  networkInterfaces(): NetworkInterface[] {
    const jobs: NetworkedJob[] = [
      ...this.trainingJobs.all().map((job) => ({ ...networkOf(job), from: job.trainingStartTime, until: job.trainingEndTime })),
      ...this.plainJobs.flatMap((plain) => plain.all()).map((job) => ({ ...networkOf(job), from: job.startTime, until: job.endTime })),
    ];
    return jobs.flatMap((job) => interfacesOf(job, this.clock.now()));
  }

  /** Kills the processes that scripts started, and removes their files. */
  stop(): void {
    this.notebooks.all().forEach(({ machine }) => machine.remove());
  }
}

function described<T extends { readonly arn: string }>(resources: readonly T[], describe: (resource: T) => JsonObject) {
  return resources.map((resource) => ({ arn: resource.arn, description: describe(resource) }));
}
