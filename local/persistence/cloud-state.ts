import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Clock, type ClockOptions } from '../clock';
import type { Begun, CloudFormation, NotRestored, StackState } from '../cloudformation';
import type { Endpoint } from '../endpoint';
import type { AsyncEvent, EventLog, LocalFunctions } from '../lambda';
import { ResponseBucket } from '../response-bucket';
import type { SageMaker } from '../sagemaker';
import type { ExecutionLog, ExecutionStart, LocalStateMachines } from '../stepfunctions';
import { Timer } from '../timer';
import { type EventEntry, EventHistory } from './event-history';
import { type ExecutionEntry, ExecutionHistory } from './execution-history';
import { SageMakerHistory } from './sagemaker-history';
import { readStack, type StackChange, StackHistory } from './stack-history';
import { StateDirectory } from './state-directory';
import { TimeFile } from './time-file';

/** The parts of a local cloud that have a state. */
interface Restorable {
  readonly sagemaker: SageMaker;
  readonly functions: LocalFunctions;
  readonly stateMachines: LocalStateMachines;
  readonly endpoint: Pick<Endpoint, 'port'>;
  readonly cloudFormation: Pick<CloudFormation, 'on' | 'restore' | 'resume'>;
}

/** What came of the state that an earlier process has left. */
export interface Restoration {
  /** Functions and state machines that could not be made again. */
  readonly lost: readonly NotRestored[];
  /** Operations on stacks that were under way, and go on as time passes. */
  readonly resumed: readonly Begun[];
}

/** The state of a local cloud, in a directory. */
export class CloudState {
  /** Stands at the beginning of the history, until that is repeated. */
  readonly clock: Clock;
  readonly sageMaker: SageMakerHistory;
  readonly responses: ResponseBucket;
  /** The stacks as they were. */
  readonly stacks: StackState[];

  private readonly directory: StateDirectory;
  private readonly time: TimeFile;
  private readonly stackHistories = new Map<string, StackHistory>();
  private readonly executions: readonly ExecutionHistory[];
  private readonly events: readonly EventHistory[];
  private readonly opening = Promise.withResolvers<void>();
  private isClosed = false;

  constructor(path: string, options: ClockOptions) {
    this.directory = new StateDirectory(path, () => this.isWritten());
    this.time = new TimeFile(join(path, 'time'));
    const { directory, time: { beginning } } = this;
    const clock = this.clock = new Clock({ ...options, ...beginning !== undefined && { startAt: new Date(beginning) } });
    this.time.tell(clock.now());
    this.sageMaker = new SageMakerHistory(directory.journal('sagemaker'), clock);
    this.responses = new ResponseBucket(directory.journal('responses'));
    this.stacks = directory.journals<StackChange>('stacks').map((journal) => readStack(journal));
    this.executions = directory.journals<ExecutionEntry>('executions').map((journal) => ExecutionHistory.read(journal, clock, this.restored));
    this.events = directory.journals<EventEntry>('events').map((journal) => new EventHistory(journal, clock));
  }

  /** Settled when everything is where it was. */
  get restored(): Promise<void> {
    return this.opening.promise;
  }

  /** Where the endpoint was, so that URLs which were given out are answered. */
  get port(): number | undefined {
    return this.directory.journal<number>('port').read()[0];
  }

  readonly executionLogs = (start: ExecutionStart): ExecutionLog =>
    ExecutionHistory.begin({ start, startDate: this.clock.now() }, this.directory.journalOf('executions', start.arn), this.clock);

  readonly eventLogs = (event: AsyncEvent): EventLog =>
    EventHistory.begin(event, this.directory.journalOf('events', randomUUID()), this.clock);

  /** A folder for files of another kind. */
  folder(kind: string): string {
    return this.directory.folder(kind);
  }

  /** Brings a cloud to where it was at the last time that was told; then what was under way goes on. */
  async restore({ sagemaker, stateMachines, functions, endpoint, cloudFormation }: Restorable): Promise<Restoration> {
    this.directory.journal('port').rewrite([endpoint.port]);
    this.repeatExecutions(stateMachines);
    this.sageMaker.prepare(sagemaker);
    await this.clock.moveTo(this.time.end, () => this.sageMaker.repeat(sagemaker));
    this.sageMaker.end();
    this.clock.onMove = (now) => this.tell(now);
    for (const stack of this.stacks) this.saveStack(stack);
    cloudFormation.on('change', (stack) => this.saveStack(stack));
    const lost = await cloudFormation.restore();
    const resumed = cloudFormation.resume();
    for (const event of this.events) event.redeliver(functions);
    this.opening.resolve();
    return { lost, resumed };
  }

  /** From now on nothing is written: what the end of a process does to its parts is no news. */
  close(): void {
    this.isClosed = true;
    this.time.close();
  }

  private saveStack(stack: StackState): void {
    const known = this.stackHistories.get(stack.stackId);
    const history = known ?? new StackHistory(this.directory.journalOf('stacks', stack.stackId));
    this.stackHistories.set(stack.stackId, history);
    history.save(stack);
  }

  private repeatExecutions(stateMachines: LocalStateMachines): void {
    for (const history of this.executions) {
      const { beginning: { start, startDate, redrive }, end } = history;
      if (end) stateMachines.restore({ start, startDate, redrive, end }, history);
      else new Timer(this.clock, (redrive?.date ?? startDate) - this.clock.now(), () => stateMachines.resume({ start, startDate, redrive }, history));
    }
  }

  private isWritten(): boolean {
    this.tell(this.clock.now());
    return !this.isClosed;
  }

  private tell(time: number): void {
    if (!this.isClosed) this.time.tell(time);
  }
}
