import type { Clock } from '../clock';
import type { Json } from '../services';
import type { ExecutionEnd, ExecutionLog, ExecutionStart, Redrive } from '../stepfunctions';
import type { Journal } from './journal';

/** The first line of a journal, what the tasks came to, and how it ended. */
export type ExecutionEntry = Beginning | Outcome | Ending;

interface Beginning {
  readonly start: ExecutionStart;
  readonly startDate: number;
  /** The last one. */
  readonly redrive?: Redrive;
}

interface Outcome {
  readonly state: string;
  /** Counts how often the state's work was done, from 0. */
  readonly visit: number;
  readonly time: number;
  readonly result?: Json;
  readonly error?: TaskFailure;
}

/** Of an error what Retry and Catch see. */
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
 * An execution and what its tasks came to. One that had not ended is executed again: it is told what is known already, at
 * the time at which it was known, so that its waits and timeouts are where they were.
 */
export class ExecutionHistory implements ExecutionLog {
  /** Journals it from its beginning. */
  static begin(beginning: Beginning, journal: Journal<ExecutionEntry>, clock: Clock): ExecutionHistory {
    journal.rewrite([beginning]);
    return new ExecutionHistory(beginning, undefined, new Map(), journal, clock);
  }

  /** As it is in the journal; work that is not there is done again once everything is restored. */
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
    const known = this.outcomes.get(key({ state, visit }));
    if (!known) {
      await this.restored;
      return this.note(state, visit, work);
    }
    if (known.time > this.clock.now()) await this.clock.sleep(known.time - this.clock.now());
    if (known.error) throw Object.assign(new Error(known.error.message), known.error);
    return known.result!;
  }

  ended(end: ExecutionEnd): void {
    // What its tasks came to, or still come to, is of no interest any more.
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
