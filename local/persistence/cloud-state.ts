import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Clock, type ClockOptions } from '../clock';
import type { Begun, NotRestored } from '../cloudformation';
import type { Endpoint } from '../endpoint';
import { EnvironmentState, type Restorable } from './environment-state';
import type { Journal } from './journal';
import { StateDirectory } from './state-directory';
import type { AccountRegion } from '../environments/account-region';
import { ResponseBucket } from '../response-bucket';
import { TimeFile } from './time-file';
import type { OpenedSession } from '../sts/principals';

/** The result of restoring the state of an earlier process. */
export interface Restoration {
  /** Functions and state machines that could not be recreated. */
  readonly lost: readonly NotRestored[];
  /** Operations on stacks that were in progress. They continue as time passes. */
  readonly resumed: readonly Begun[];
}

interface RestorableCloud {
  readonly endpoint: Pick<Endpoint, 'port'>;
  readonly environments: { all(): ReadonlyArray<Restorable & AccountRegion> };
}

const ENVIRONMENTS = 'environments';

/** The state of a local cloud in a directory. */
export class CloudState {
  /** The clock, at the beginning of the history until the history is replayed. */
  readonly clock: Clock;
  readonly responses: ResponseBucket;

  private readonly directory: StateDirectory;
  private readonly time: TimeFile;
  private readonly environments = new Map<string, EnvironmentState>();
  private readonly opening = Promise.withResolvers<void>();
  private isOpen = false;
  private isClosed = false;

  constructor(private readonly path: string, options: ClockOptions) {
    this.directory = this.directoryAt(path);
    this.time = new TimeFile(join(path, 'time'));
    const { directory, time: { beginning } } = this;
    const clock = this.clock = new Clock({ ...options, ...beginning !== undefined && { startAt: new Date(beginning) } });
    this.time.tell(clock.now());
    this.responses = new ResponseBucket(directory.journal('responses'));
  }

  /** Settles when the state is restored. */
  get restored(): Promise<void> {
    return this.opening.promise;
  }

  /** The port of the earlier endpoint, so that its URLs remain valid. */
  get port(): number | undefined {
    return this.directory.journal<number>('port').read()[0];
  }

  /** The sessions of assumed roles. */
  get sessions(): Journal<OpenedSession> {
    return this.directory.journal('sessions');
  }

  /** The environments in use. */
  get places(): AccountRegion[] {
    return readdirSync(this.folder(ENVIRONMENTS)).map((name) => {
      const [account, region] = name.split('_');
      return { account, region };
    });
  }

  /** Returns a directory for files of another kind. */
  folder(kind: string): string {
    return this.directory.folder(kind);
  }

  environment({ account, region }: AccountRegion): EnvironmentState {
    const name = `${account}_${region}`;
    const existing = this.environments.get(name);
    if (existing) return existing;
    const state = new EnvironmentState(this.directoryAt(join(this.path, ENVIRONMENTS, name)), this.clock, this.restored);
    this.environments.set(name, state);
    return state;
  }

  /** Tracks a new environment. */
  added(environment: Restorable & AccountRegion): void {
    if (!this.isOpen) return;
    const state = this.environment(environment);
    state.prepare(environment);
    state.follow(environment);
  }

  /** Restores a cloud to its last recorded time, then resumes the operations in progress. */
  async restore({ environments, endpoint }: RestorableCloud): Promise<Restoration> {
    this.directory.journal('port').rewrite([endpoint.port]);
    const all = environments.all().map((environment) => ({ environment, state: this.environment(environment) }));
    for (const { environment, state } of all) state.prepare(environment);
    await this.clock.moveTo(this.time.end, () => all.forEach(({ environment, state }) => state.sageMaker.repeat(environment.sagemaker)));
    for (const { state } of all) state.sageMaker.end();
    this.clock.onMove = (now) => this.tell(now);
    for (const { environment, state } of all) state.follow(environment);
    this.isOpen = true;
    const restored = [];
    for (const { environment, state } of all) restored.push(await state.goOn(environment));
    this.opening.resolve();
    return { lost: restored.flatMap(({ lost }) => lost), resumed: restored.flatMap(({ resumed }) => resumed) };
  }

  /** Stops writing: when a process ends, the effects on its parts must not be recorded. */
  close(): void {
    this.isClosed = true;
    this.time.close();
  }

  private directoryAt(path: string): StateDirectory {
    return new StateDirectory(path, () => this.isWritten());
  }

  private isWritten(): boolean {
    this.tell(this.clock.now());
    return !this.isClosed;
  }

  private tell(time: number): void {
    if (!this.isClosed) this.time.tell(time);
  }
}
