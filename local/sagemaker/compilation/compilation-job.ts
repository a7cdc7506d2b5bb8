import { type CompilationBehavior, withDefaults } from './compilation-behavior';
import type { CompilationJobStatus, CreateCompilationJobRequest } from './compilation-types';
import { validationError } from '../../api/service-error';
import type { Clock } from '../../clock';
import { Timer } from '../../timer';
import type { JobRole, Phase } from '../execution-role';
import type { JobLog } from '../job-log';

const DEFAULT_MAX_RUNTIME = 24 * 60 * 60;
const MAX_FAILURE_REASON = 1024;

/** A compilation job and its lifecycle on the clock. */
export class CompilationJob {
  status: CompilationJobStatus = 'STARTING';
  readonly creationTime: number;
  startTime?: number;
  endTime?: number;
  lastModifiedTime: number;
  failureReason = '';

  private readonly behavior: ReturnType<typeof withDefaults>;
  private readonly interruption = new AbortController();

  constructor(
    readonly request: CreateCompilationJobRequest,
    readonly arn: string,
    behavior: CompilationBehavior,
    private readonly role: Pick<JobRole<CreateCompilationJobRequest>, 'failure'>,
    private readonly log: JobLog,
    private readonly clock: Clock,
    private readonly onTransition: (job: CompilationJob) => void,
  ) {
    this.behavior = withDefaults(behavior);
    this.creationTime = this.lastModifiedTime = clock.now();
    this.onTransition(this);
    void this.live();
  }

  get name(): string {
    return this.request.CompilationJobName;
  }

  get running(): boolean {
    return !['COMPLETED', 'FAILED', 'STOPPED'].includes(this.status);
  }

  stop(): void {
    if (this.status !== 'STARTING' && this.status !== 'INPROGRESS') {
      throw validationError(`The request was rejected because the compilation job is in status ${this.status}.`);
    }
    this.enter('STOPPING');
    this.interruption.abort();
  }

  private async live(): Promise<void> {
    const { clock, behavior, interruption: { signal } } = this;
    let limit: Timer | undefined;
    try {
      await clock.sleep(behavior.startingSeconds * 1000, signal);
      if (this.fails('Starting')) return;
      this.startTime = clock.now();
      this.enter('INPROGRESS');
      limit = new Timer(clock, (this.request.StoppingCondition.MaxRuntimeInSeconds ?? DEFAULT_MAX_RUNTIME) * 1000, () => {
        if (this.status === 'INPROGRESS') this.stop();
      });
      if (this.fails('Downloading')) return;
      this.log.open(this.name);
      void this.log.print(behavior.logs.INPROGRESS, behavior.compilingSeconds, signal);
      await clock.sleep(behavior.compilingSeconds * 1000, signal);
      if (this.fails('Training', behavior.failure) || this.fails('Uploading')) return;
      this.end('COMPLETED');
    } catch {
      void this.log.print(behavior.logs.STOPPING, behavior.stoppingSeconds);
      await clock.sleep(behavior.stoppingSeconds * 1000);
      this.end('STOPPED');
    } finally {
      limit?.cancel();
    }
  }

  private fails(phase: Phase, failure?: string): boolean {
    const reason = this.role.failure(phase) ?? failure;
    if (reason === undefined) return false;
    if (phase === 'Training') this.log.write(...this.behavior.logs.FAILED ?? []);
    this.failureReason = reason.slice(0, MAX_FAILURE_REASON);
    this.end('FAILED');
    return true;
  }

  private end(status: CompilationJobStatus): void {
    if (this.startTime !== undefined) this.endTime = this.clock.now();
    this.enter(status);
  }

  private enter(status: CompilationJobStatus): void {
    this.status = status;
    this.lastModifiedTime = this.clock.now();
    this.onTransition(this);
  }
}
