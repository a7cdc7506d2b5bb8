import type { Clock } from '../clock';
import type { Json } from '../services';
import type { ExecutionEnd, ExecutionLog, ExecutionStart, Redrive } from '../stepfunctions';
import type { Journal } from './journal';

/** The first line of a journal, the results of tasks, or the end of the execution. */
export type ExecutionEntry = Beginning | Outcome | Ending;

interface Beginning {
  readonly start: ExecutionStart;
  readonly startDate: number;
  /** The last redrive. */
  readonly redrive?: Redrive;
}

interface Outcome {
  readonly state: string;
  /** Counts the runs of the state's task, from 0. */
  readonly visit: number;
  readonly time: number;
  readonly result?: Json;
  readonly error?: TaskFailure;
}

/** The members of an error that Retry and Catch see. */
interface TaskFailure {
  readonly name: string;
  readonly message: string;
  readonly isRetryable?: boolean;
  readonly isCatchable?: boolean;
}

interface Ending {
  readonly end: ExecutionEnd;
}

/**
 * An execution and the results of its tasks. An execution that has not ended is executed again: it receives the recorded results
 * at their recorded times, so that its waits and timeouts do not change.
 */
export class ExecutionHistory implements ExecutionLog {
  /** Starts the journal of a new execution. */
  static begin(beginning: Beginning, journal: Journal<ExecutionEntry>, clock: Clock): ExecutionHistory {
    journal.rewrite([beginning]);
    return new ExecutionHistory(beginning, undefined, new Map(), journal, clock);
  }

  /** Reads an execution from the journal. Tasks without a result run again once the state is restored. */
  static read(journal: Journal<ExecutionEntry>, clock: Clock, restored: Promise<void>): ExecutionHistory {
    const [beginning, ...rest] = journal.read() as [Beginning, ...(Outcome | Ending)[]];
    const end = rest.find((entry): entry is Ending => 'end' in entry)?.end;
    const outcomes = new Map(rest.filter((entry): entry is Outcome => 'state' in entry).map((outcome) => [key(outcome), outcome]));
    return new ExecutionHistory(beginning, end, outcomes, journal, clock, restored);
  }

  private readonly visits = new Map<string, number>();
  private isOpen = true;

  private constructor(
    public beginning: Beginning,
    readonly end: ExecutionEnd | undefined,
    private readonly outcomes: ReadonlyMap<string, Outcome>,
    private readonly journal: Journal<ExecutionEntry>,
    private readonly clock: Clock,
    private readonly restored?: Promise<void>,
  ) {}

  async task(state: string, work: () => Promise<Json>): Promise<Json> {
    const visit = this.visits.get(state) ?? 0;
    this.visits.set(state, visit + 1);
    const recorded = this.outcomes.get(key({ state, visit }));
    if (!recorded) {
      await this.restored;
      return this.note(state, visit, work);
    }
    if (recorded.time > this.clock.now()) await this.clock.sleep(recorded.time - this.clock.now());
    if (recorded.error) throw Object.assign(new Error(recorded.error.message), recorded.error);
    return recorded.result!;
  }

  ended(end: ExecutionEnd): void {
    // Results of its tasks are no longer recorded.
    this.isOpen = false;
    this.journal.rewrite([this.beginning, { end }]);
  }

  redriven(redrive: Redrive): void {
    this.beginning = { ...this.beginning, redrive };
    this.visits.clear();
    this.isOpen = true;
    this.journal.rewrite([this.beginning]);
  }

  remove(): void {
    this.isOpen = false;
    this.journal.remove();
  }

  private async note(state: string, visit: number, work: () => Promise<Json>): Promise<Json> {
    try {
      const result = await work();
      this.append({ state, visit, time: this.clock.now(), result });
      return result;
    } catch (error) {
      const { name, message, isRetryable, isCatchable } = error as TaskFailure;
      this.append({ state, visit, time: this.clock.now(), error: { name, message, isRetryable, isCatchable } });
      throw error;
    }
  }

  private append(outcome: Outcome): void {
    if (this.isOpen) this.journal.append(outcome);
  }
}

function key({ state, visit }: Pick<Outcome, 'state' | 'visit'>): string {
  return `${visit}/${state}`;
}
