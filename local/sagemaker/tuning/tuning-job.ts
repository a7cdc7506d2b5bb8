import { best, type Child, trainingRequest } from './child';
import { combinations, gridPoint, sample, type Trial, trialsOf } from './search-space';
import { failureOf, meetsCriteria } from './tuning-progress';
import type { CreateTuningJobRequest, HyperParameters, TuningJobStatus } from './tuning-types';
import { ServiceError, validationError } from '../../api/service-error';
import type { Clock } from '../../clock';
import { fraction } from '../../fraction';
import { Timer } from '../../timer';
import type { LocalTrainingJob } from '../training/local-training-job';
import type { CreateTrainingJobRequest } from '../training/training-types';

/** The time until a tuning job launches its first training jobs. */
const STARTING = 10;
/** The delay of a launch that exceeds an account limit. */
const RETRY = 60;
const DELETING = 5;
const MAX_RUNTIME = 30 * 24 * 60 * 60;
/** The service's quota, if the request specifies no number. */
const MAX_JOBS = 750;
/** The maximum number of attempts to find a new combination, because the space may be small. */
const SEARCHES = 1000;

export interface TuningJobContext {
  readonly clock: Clock;
  /** The parent jobs of a warm start. */
  readonly parents: readonly TuningJob[];
  launch(
    job: TuningJob, request: CreateTrainingJobRequest, child: Pick<Child, 'trial' | 'tuned'>, onTransition: (child: LocalTrainingJob) => void,
  ): LocalTrainingJob;
  onTransition(job: TuningJob): void;
}

/** A tuning job. It launches training jobs until it meets its limits or criteria. */
export class TuningJob {
  status: TuningJobStatus = 'InProgress';
  failureReason?: string;
  readonly creationTime: number;
  lastModifiedTime: number;
  endTime?: number;
  /** The training jobs in order of their launch. */
  readonly children: Child[] = [];
  /** The training jobs in order of their end. */
  readonly ended: Child[] = [];

  private readonly trials: readonly Trial[];
  private readonly total: number;
  private readonly limit: Timer;
  private next: Timer;
  /** The final status, once the training jobs have ended. */
  private outcome?: { readonly status: TuningJobStatus; readonly failureReason?: string };

  constructor(readonly request: CreateTuningJobRequest, readonly arn: string, private readonly context: TuningJobContext) {
    const { clock } = context;
    const { MaxNumberOfTrainingJobs: max, MaxRuntimeInSeconds: seconds = MAX_RUNTIME } = request.HyperParameterTuningJobConfig.ResourceLimits;
    this.trials = trialsOf(request);
    this.total = max ?? Math.min(MAX_JOBS, this.trials.reduce((sum, { ranges }) => sum + combinations(ranges), 0));
    this.creationTime = this.lastModifiedTime = clock.now();
    this.limit = new Timer(clock, seconds * 1000, () => this.windDown({ status: 'Stopped' }));
    this.next = new Timer(clock, STARTING * 1000, () => this.advance());
    context.onTransition(this);
  }

  get name(): string {
    return this.request.HyperParameterTuningJobName;
  }

  get running(): boolean {
    return this.status === 'InProgress' || this.status === 'Stopping';
  }

  get best(): Child | undefined {
    return best(this.children);
  }

  /** The best of its own and its parents' training jobs, if they are comparable. */
  get overallBest(): Child | undefined {
    if (this.request.WarmStartConfig?.WarmStartType !== 'IdenticalDataAndAlgorithm') return undefined;
    return best([...this.context.parents.flatMap(({ children }) => children), ...this.children]);
  }

  stop(): void {
    if (this.status !== 'InProgress') throw validationError(`The request was rejected because the tuning job is in status ${this.status}.`);
    this.windDown({ status: 'Stopped' });
  }

  /** Deletes the record, but not the training jobs. The promise settles when the name is available again. */
  async delete(): Promise<void> {
    this.enter('Deleting');
    await this.context.clock.sleep(DELETING * 1000);
  }

  private get active(): Child[] {
    return this.children.filter(({ job }) => job.running);
  }

  /** Launches as many training jobs as its limits permit, or ends. */
  private advance(): void {
    this.next.cancel();
    const { HyperParameterTuningJobConfig: config } = this.request;
    const isLast = this.children.length >= this.total && this.active.length === 0;
    const failureReason = failureOf(this.ended, isLast);
    if (this.outcome) {
      if (this.active.length === 0) this.end();
    } else if (failureReason !== undefined) {
      this.windDown({ status: 'Failed', failureReason });
    } else if (isLast || meetsCriteria(config, this.ended)) {
      this.windDown({ status: 'Completed' });
    } else {
      this.fill(Math.min(config.ResourceLimits.MaxParallelTrainingJobs - this.active.length, this.total - this.children.length));
    }
  }

  private fill(count: number): void {
    try {
      for (let i = 0; i < count; i++) this.launch();
    } catch (error) {
      if (!(error instanceof ServiceError && error.code === 'ResourceLimitExceeded')) throw error;
      this.next = new Timer(this.context.clock, RETRY * 1000, () => this.advance());
    }
  }

  private launch(): void {
    const index = this.children.length;
    const { trial, tuned } = this.choose(index);
    const suffix = Math.floor(fraction(`${this.arn}/${this.creationTime}/${index}`) * 2 ** 32).toString(16).padStart(8, '0');
    const name = `${this.name}-${String(index + 1).padStart(3, '0')}-${suffix}`;
    const request = trainingRequest(trial, name, tuned, this.request.Tags);
    const job = this.context.launch(this, request, { trial, tuned }, (child) => {
      if (!child.running) this.childEnded(name);
    });
    this.children.push({ trial, tuned, job, tuningJobName: this.name });
  }

  /** Chooses a combination that was not tried before, if possible. */
  private choose(index: number): Pick<Child, 'trial' | 'tuned'> {
    const { Strategy, RandomSeed } = this.request.HyperParameterTuningJobConfig;
    if (Strategy === 'Grid') return this.onGrid(index);
    const open = this.trials.filter((candidate) => this.triedOf(candidate).size < combinations(candidate.ranges));
    const trial = open.length > 0 ? open[index % open.length] : this.trials[index % this.trials.length];
    const tried = this.triedOf(trial);
    let tuned: HyperParameters;
    let attempt = 0;
    do tuned = sample(trial.ranges, `${RandomSeed ?? this.name}/${index}/${attempt++}`);
    while (tried.has(JSON.stringify(tuned)) && attempt < SEARCHES);
    return { trial, tuned };
  }

  private onGrid(index: number): Pick<Child, 'trial' | 'tuned'> {
    let place = index;
    for (const trial of this.trials) {
      const size = combinations(trial.ranges);
      if (place < size) return { trial, tuned: gridPoint(trial.ranges, place) };
      place -= size;
    }
    throw new Error(`The grid of ${this.name} has no index ${index}.`);
  }

  private triedOf(trial: Trial): Set<string> {
    return new Set(this.children.filter((child) => child.trial === trial).map(({ tuned }) => JSON.stringify(tuned)));
  }

  private childEnded(name: string): void {
    const child = this.children.find(({ job }) => job.name === name)!;
    if (this.ended.includes(child)) return;
    this.ended.push(child);
    this.lastModifiedTime = this.context.clock.now();
    this.advance();
  }

  private windDown(outcome: NonNullable<TuningJob['outcome']>): void {
    if (this.outcome) return;
    this.outcome = outcome;
    if (outcome.status === 'Stopped') this.enter('Stopping');
    this.active.filter(({ job }) => job.status === 'InProgress').forEach(({ job }) => job.stop());
    if (this.active.length === 0) this.next = new Timer(this.context.clock, 0, () => this.advance());
  }

  private end(): void {
    this.limit.cancel();
    this.endTime = this.context.clock.now();
    this.failureReason = this.outcome!.failureReason;
    this.enter(this.outcome!.status);
  }

  private enter(status: TuningJobStatus): void {
    this.status = status;
    this.lastModifiedTime = this.context.clock.now();
    this.context.onTransition(this);
  }
}
