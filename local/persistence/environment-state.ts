import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../clock';
import type { Begun, CloudFormation, NotRestored, StackState } from '../cloudformation';
import type { AsyncEvent, EventLog, LocalFunctions } from '../lambda';
import type { SageMaker } from '../sagemaker';
import type { ExecutionLog, ExecutionStart, LocalStateMachines } from '../stepfunctions';
import { Timer } from '../timer';
import { type EventEntry, EventHistory } from './event-history';
import { type ExecutionEntry, ExecutionHistory } from './execution-history';
import { SageMakerHistory } from './sagemaker-history';
import { readStack, type StackChange, StackHistory } from './stack-history';
import type { StateDirectory } from './state-directory';

/** The parts of an environment that have a state. */
export interface Restorable {
  readonly sagemaker: SageMaker;
  readonly functions: LocalFunctions;
  readonly stateMachines: LocalStateMachines;
  readonly cloudFormation: Pick<CloudFormation, 'on' | 'restore' | 'resume'>;
}

/** The state of an account and Region in a directory. */
export class EnvironmentState {
  readonly sageMaker: SageMakerHistory;
  /** The stacks of the earlier process. */
  readonly stacks: StackState[];

  private readonly stackHistories = new Map<string, StackHistory>();
  private readonly executions: readonly ExecutionHistory[];
  private readonly events: readonly EventHistory[];

  /** @param restored Settles when the state is restored */
  constructor(private readonly directory: StateDirectory, private readonly clock: Clock, restored: Promise<void>) {
    this.sageMaker = new SageMakerHistory(directory.journal('sagemaker'), clock);
    this.stacks = directory.journals<StackChange>('stacks').map((journal) => readStack(journal));
    this.executions = directory.journals<ExecutionEntry>('executions').map((journal) => ExecutionHistory.read(journal, clock, restored));
    this.events = directory.journals<EventEntry>('events').map((journal) => new EventHistory(journal, clock));
  }

  readonly executionLogs = (start: ExecutionStart): ExecutionLog =>
    ExecutionHistory.begin({ start, startDate: this.clock.now() }, this.directory.journalOf('executions', start.arn), this.clock);

  readonly eventLogs = (event: AsyncEvent): EventLog =>
    EventHistory.begin(event, this.directory.journalOf('events', randomUUID()), this.clock);

  /** The file of the Parameter Store. */
  get parametersFile(): string {
    return join(this.directory.folder('ssm'), 'parameters.json');
  }

  /** The file of Secrets Manager. */
  get secretsFile(): string {
    return join(this.directory.folder('secretsmanager'), 'secrets.json');
  }

  /** Prepares to replay the history, on a clock that stands at its beginning. */
  prepare({ sagemaker, stateMachines }: Restorable): void {
    for (const history of this.executions) {
      const { beginning: { start, startDate, redrive }, end } = history;
      if (end) stateMachines.restore({ start, startDate, redrive, end }, history);
      else new Timer(this.clock, (redrive?.date ?? startDate) - this.clock.now(), () => stateMachines.resume({ start, startDate, redrive }, history));
    }
    this.sageMaker.prepare(sagemaker);
  }

  /** Saves further changes. */
  follow({ cloudFormation }: Restorable): void {
    for (const stack of this.stacks) this.saveStack(stack);
    cloudFormation.on('change', (stack) => this.saveStack(stack));
  }

  /** Resumes the operations that were in progress. */
  async goOn({ cloudFormation, functions }: Restorable): Promise<{ readonly lost: NotRestored[]; readonly resumed: Begun[] }> {
    const lost = await cloudFormation.restore();
    const resumed = cloudFormation.resume();
    for (const event of this.events) event.redeliver(functions);
    return { lost, resumed };
  }

  private saveStack(stack: StackState): void {
    const existing = this.stackHistories.get(stack.stackId);
    const history = existing ?? new StackHistory(this.directory.journalOf('stacks', stack.stackId));
    this.stackHistories.set(stack.stackId, history);
    history.save(stack);
  }
}
