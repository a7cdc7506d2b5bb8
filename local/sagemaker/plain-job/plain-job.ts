import type { PlainJobState, PlainKind, PlainScenario } from './plain-kind';
import type { PlainRequest } from './plain-request';
import { validationError } from '../../api/service-error';
import type { Clock } from '../../clock';
import { Timer } from '../../timer';
import type { JobRole, Phase } from '../execution-role';
import type { JobLog } from '../job-log';

const DEFAULTS = { startingSeconds: 30, runningSeconds: 120, stoppingSeconds: 10 };
const MAX_FAILURE_REASON = 1024;

/** A job of a kind without secondary statuses, and its lifecycle on the clock. */
export class PlainJob<Request extends PlainRequest> implements PlainJobState<Request> {
  status: string;
  readonly creationTime: number;
  startTime?: number;
  endTime?: number;
  lastModifiedTime: number;
  failureReason = '';

  readonly scenario: PlainScenario & typeof DEFAULTS;
  private readonly interruption = new AbortController();

  constructor(
    readonly name: string,
    readonly request: Request,
    readonly arn: string,
    private readonly kind: PlainKind<Request, any>,
    scenario: PlainScenario,
    private readonly role: Pick<JobRole<Request>, 'failure'>,
    private readonly log: JobLog,
    private readonly clock: Clock,
    private readonly onTransition: (job: PlainJob<Request>) => void,
  ) {
    this.scenario = { ...DEFAULTS, ...scenario };
    this.status = kind.statuses.starting;
    this.creationTime = this.lastModifiedTime = clock.now();
    this.onTransition(this);
    void this.live();
  }

  get running(): boolean {
    const { completed, failed, stopped } = this.kind.statuses;
    return ![completed, failed, stopped].includes(this.status);
  }

  stop(): void {
    const { starting, running, stopping } = this.kind.statuses;
    if (this.status !== starting && this.status !== running) {
      throw validationError(`The request was rejected because the ${this.kind.label.toLowerCase()} is in status ${this.status}.`);
    }
    this.enter(stopping);
    this.interruption.abort();
  }

  private stopAtLimit(): void {
    if (this.status === this.kind.statuses.running) this.stop();
  }

  private async live(): Promise<void> {
    const { clock, scenario, interruption: { signal }, kind: { statuses } } = this;
    let limit: Timer | undefined;
    try {
      await clock.sleep(scenario.startingSeconds * 1000, signal);
      if (this.fails('Starting', scenario.provisioningFailure)) return;
      this.startTime = clock.now();
      this.enter(statuses.running);
      const limitSeconds = this.kind.limitSeconds?.(this.request);
      if (limitSeconds !== undefined) limit = new Timer(clock, limitSeconds * 1000, () => this.stopAtLimit());
      if (this.fails('Downloading')) return;
      this.log.open(...this.kind.logStreams(this));
      void this.log.print(scenario.logs?.running, scenario.runningSeconds, signal);
      await clock.sleep(scenario.runningSeconds * 1000, signal);
      if (this.fails('Training', scenario.failure) || this.fails('Uploading')) return;
      this.end(statuses.completed);
    } catch (error) {
      if (!signal.aborted) throw error;
      void this.log.print(scenario.logs?.stopping, scenario.stoppingSeconds);
      await clock.sleep(scenario.stoppingSeconds * 1000);
      this.end(statuses.stopped);
    } finally {
      limit?.cancel();
    }
  }

  private fails(phase: Phase, failure?: string): boolean {
    const reason = this.role.failure(phase) ?? failure;
    if (reason === undefined) return false;
    if (phase === 'Training') this.log.write(...this.scenario.logs?.failed ?? []);
    this.failureReason = reason.slice(0, MAX_FAILURE_REASON);
    this.end(this.kind.statuses.failed);
    return true;
  }

  private end(status: string): void {
    if (this.startTime !== undefined) this.endTime = this.clock.now();
    this.enter(status);
  }

  private enter(status: string): void {
    const isSame = this.status === status;
    this.status = status;
    this.lastModifiedTime = this.clock.now();
    if (!isSame) this.onTransition(this);
  }
}
