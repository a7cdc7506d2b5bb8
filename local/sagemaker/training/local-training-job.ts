import { channelsOf } from './channels';
import { logStreamsOf } from './log-streams';
import { findInstances, pendingTimeOf } from './provisioning';
import { MESSAGES, type SecondaryStatusTransition } from './secondary-status';
import { type TrainingJobBehavior, withDefaults } from './training-behavior';
import type { CreateTrainingJobRequest, SecondaryStatus, TrainingJobStatus, UpdateTrainingJobRequest } from './training-types';
import { WarmPool } from './warm-pool';
import { ServiceError, validationError } from '../../api/service-error';
import type { Clock } from '../../clock';
import type { JsonObject } from '../../json';
import { Timer } from '../../timer';
import type { Capacity } from '../capacity';
import type { JobRole, Phase } from '../execution-role';
import type { JobLog } from '../job-log';

/** The results of a job that is stopped early. */
type EarlyEnd = 'Stopped' | 'MaxRuntimeExceeded' | 'MaxWaitTimeExceeded';

const TERMINAL: readonly TrainingJobStatus[] = ['Completed', 'Failed', 'Stopped'];
const DEFAULT_MAX_RUNTIME = 24 * 60 * 60;
const MAX_FAILURE_REASON = 1024;
/** The interval at which a job searches for unavailable instances again, and the default limit of the search, in seconds. */
const CAPACITY_RETRY = 60;
const ON_DEMAND_PATIENCE = 600;
const INSUFFICIENT_CAPACITY = 'Insufficient capacity error from EC2 while launching instances, retrying!';
const NO_CAPACITY = 'CapacityError: Unable to provision requested ML compute capacity. Please retry using a different ML instance type.';
/** The time for stopping a job without a running algorithm, which has nothing to save. */
const STOPPING_WITHOUT_ALGORITHM = 5;

/** A training job and its lifecycle on the clock. */
export class LocalTrainingJob {
  status: TrainingJobStatus = 'InProgress';
  readonly transitions: SecondaryStatusTransition[] = [];
  readonly creationTime: number;
  trainingStartTime?: number;
  trainingEndTime?: number;
  lastModifiedTime: number;
  failureReason?: string;
  hasArtifacts = false;
  readonly warmPool?: WarmPool;
  /** The members that SageMaker selected or UpdateTrainingJob changed. */
  readonly updates: JsonObject = {};

  private readonly behavior: ReturnType<typeof withDefaults>;
  private readonly interruption = new AbortController();

  constructor(
    readonly request: CreateTrainingJobRequest,
    readonly arn: string,
    behavior: TrainingJobBehavior,
    private readonly role: Pick<JobRole<CreateTrainingJobRequest>, 'failure'>,
    private readonly log: JobLog,
    private readonly clock: Clock,
    private readonly hasCapacity: Capacity,
    private readonly onTransition: (job: LocalTrainingJob) => void,
    /** The ARN of the tuning job that launched this job. */
    readonly tuningJobArn?: string,
  ) {
    this.behavior = withDefaults(behavior);
    this.creationTime = this.lastModifiedTime = clock.now();
    const keepAlive = request.ResourceConfig?.KeepAlivePeriodInSeconds ?? 0;
    if (keepAlive > 0) this.warmPool = new WarmPool(clock, keepAlive);
    this.enter('Starting');
    void this.live();
  }

  get name(): string {
    return this.request.TrainingJobName;
  }

  get secondaryStatus(): SecondaryStatus {
    return this.transitions.at(-1)!.Status;
  }

  get running(): boolean {
    return this.status === 'InProgress' || this.status === 'Stopping';
  }

  /** The metrics that SageMaker finds in the log by the job's definitions. */
  get finalMetrics(): { readonly MetricName: string; readonly Value: number; readonly Timestamp: number }[] {
    if (!this.hasArtifacts) return [];
    const defined = this.request.AlgorithmSpecification?.MetricDefinitions?.map(({ Name }) => Name) ?? [];
    return Object.entries(this.behavior.metrics)
      .filter(([name]) => defined.includes(name))
      .map(([name, value]) => ({ MetricName: name, Value: value, Timestamp: this.trainingEndTime! }));
  }

  get trainingSeconds(): number | undefined {
    if (this.trainingStartTime === undefined || this.trainingEndTime === undefined) return undefined;
    return Math.round((this.trainingEndTime - this.trainingStartTime) / 1000);
  }

  get billableSeconds(): number | undefined {
    const paid = this.request.EnableManagedSpotTraining ? 1 - this.behavior.spotSavings : 1;
    return this.trainingSeconds === undefined ? undefined : Math.round(this.trainingSeconds * paid);
  }

  stop(): void {
    if (this.status !== 'InProgress') {
      throw validationError(`The request was rejected because the training job is in status ${this.status}.`);
    }
    this.interrupt('Stopped');
  }

  update({ TrainingJobName: _, ResourceConfig: resources, ...rest }: UpdateTrainingJobRequest): void {
    if (Object.keys(rest).length > 0 && this.status !== 'InProgress') {
      throw validationError(`The request was rejected because the training job is in status ${this.status}.`);
    }
    if (resources) {
      if (!this.warmPool?.updatable) throw validationError('The training job has no warm pool whose retention can be updated.');
      this.warmPool.keepAlive(resources.KeepAlivePeriodInSeconds);
      this.updates.ResourceConfig = { ...this.request.ResourceConfig as JsonObject, ...this.updates.ResourceConfig as JsonObject, ...resources };
    }
    Object.assign(this.updates, rest);
    this.lastModifiedTime = this.clock.now();
  }

  /** Deletes the record. The promise settles when the name is available again. */
  delete(): Promise<void> {
    if (!TERMINAL.includes(this.status) || this.warmPool?.available) {
      const state = this.warmPool?.available ? 'retains a warm pool' : `is in status ${this.status}`;
      throw new ServiceError('ResourceInUse', `The training job cannot be deleted because it ${state}.`);
    }
    this.status = 'Deleting';
    this.lastModifiedTime = this.clock.now();
    return this.clock.sleep(this.behavior.deletingSeconds * 1000);
  }

  private async live(): Promise<void> {
    const { behavior, interruption: { signal } } = this;
    const limits: Timer[] = [];
    const { MaxRuntimeInSeconds: maxRuntime = DEFAULT_MAX_RUNTIME, MaxWaitTimeInSeconds: maxWait } = this.request.StoppingCondition ?? {};
    if (maxWait !== undefined) limits.push(new Timer(this.clock, maxWait * 1000, () => this.interrupt('MaxWaitTimeExceeded')));
    try {
      await this.clock.sleep(behavior.startingSeconds * 1000, signal);
      if (!await this.provision(signal)) return;
      this.trainingStartTime = this.clock.now();
      if (this.fails('Starting')) return;
      limits.push(new Timer(this.clock, maxRuntime * 1000, () => this.interrupt('MaxRuntimeExceeded')));
      if (this.downloads) {
        this.enter('Downloading');
        await this.clock.sleep(behavior.downloadingSeconds * 1000, signal);
        if (this.fails('Downloading')) return;
      }
      this.enter('Training');
      this.log.open(...logStreamsOf(this));
      void this.log.print(behavior.logs.Training, behavior.trainingSeconds, signal);
      await this.clock.sleep(behavior.trainingSeconds * 1000, signal);
      if (this.fails('Training')) return;
      limits.forEach((limit) => limit.cancel());
      this.enter('Uploading');
      await this.clock.sleep(behavior.uploadingSeconds * 1000, signal);
      if (this.fails('Uploading')) return;
      this.hasArtifacts = true;
      this.end('Completed', 'Completed');
    } catch {
      await this.windDown(signal.reason as EarlyEnd);
    } finally {
      limits.forEach((limit) => limit.cancel());
    }
  }

  /** Waits for instances. Returns whether they are available in the end. */
  private async provision(signal: AbortSignal): Promise<boolean> {
    const pendingTime = pendingTimeOf(this.request);
    // A job waits for spot instances until MaxWaitTimeInSeconds, which a timer limits anyway.
    const patience = this.request.EnableManagedSpotTraining ? Infinity : pendingTime ?? ON_DEMAND_PATIENCE;
    const since = this.clock.now();
    for (;;) {
      const selection = findInstances(this.request, this.hasCapacity);
      if (selection) {
        const { ResourceConfig } = this.request;
        if (selection.SelectedInstanceType) this.updates.ResourceConfig = { ...ResourceConfig as JsonObject, ...selection as JsonObject };
        return true;
      }
      const left = since + patience * 1000 - this.clock.now();
      if (left <= 0) break;
      this.await(pendingTime === undefined ? 'Starting' : 'Pending');
      await this.clock.sleep(Math.min(left, CAPACITY_RETRY * 1000), signal);
    }
    if (pendingTime === undefined) this.fail(NO_CAPACITY);
    else this.interrupt('Stopped');
    signal.throwIfAborted();
    return false;
  }

  private await(secondary: 'Starting' | 'Pending'): void {
    if (this.transitions.at(-1)!.StatusMessage !== INSUFFICIENT_CAPACITY) this.enter(secondary, INSUFFICIENT_CAPACITY);
  }

  /** Only algorithms in File mode wait for a download. */
  private get downloads(): boolean {
    return channelsOf(this.request).some(({ mode }) => mode === 'File');
  }

  private fails(phase: Phase): boolean {
    const { failsIn } = this.behavior;
    const failure = this.role.failure(phase) ?? (failsIn === phase ? this.behavior.failure : undefined);
    if (failure === undefined) return false;
    if (phase === 'Training') this.log.write(...this.behavior.logs.Failed ?? []);
    this.fail(failure);
    return true;
  }

  private fail(reason: string): void {
    this.failureReason = reason.slice(0, MAX_FAILURE_REASON);
    this.end('Failed', 'Failed', this.failureReason);
  }

  private interrupt(end: EarlyEnd): void {
    if (this.status !== 'InProgress') return;
    this.status = 'Stopping';
    this.enter('Stopping');
    this.interruption.abort(end);
  }

  /** The algorithm may continue for a while after SIGTERM. The data that it saves is uploaded. */
  private async windDown(end: EarlyEnd): Promise<void> {
    const interrupted = this.transitions.at(-2)!.Status;
    if (interrupted === 'Training' || interrupted === 'Uploading') {
      if (interrupted === 'Training') {
        const { stoppingSeconds, logs } = this.behavior;
        void this.log.print(logs.Stopping, stoppingSeconds);
        await this.clock.sleep(stoppingSeconds * 1000);
      }
      this.enter('Uploading');
      await this.clock.sleep(this.behavior.uploadingSeconds * 1000);
      this.hasArtifacts = true;
    } else {
      await this.clock.sleep(STOPPING_WITHOUT_ALGORITHM * 1000);
    }
    this.end('Stopped', end);
  }

  private end(status: TrainingJobStatus, secondary: SecondaryStatus, message?: string): void {
    this.status = status;
    if (this.trainingStartTime !== undefined) this.trainingEndTime = this.clock.now();
    if (status === 'Completed') this.warmPool?.retain();
    else this.warmPool?.terminate();
    this.enter(secondary, message);
    this.transitions.at(-1)!.EndTime = this.clock.now();
  }

  private enter(secondary: SecondaryStatus, message = MESSAGES[secondary]): void {
    const now = this.clock.now();
    const previous = this.transitions.at(-1);
    if (previous) previous.EndTime = now;
    this.transitions.push({ Status: secondary, StartTime: now, StatusMessage: message });
    this.lastModifiedTime = now;
    this.onTransition(this);
  }
}
