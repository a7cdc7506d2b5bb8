import type { Clock } from '../clock';
import type { SageMaker, SageMakerRecord } from '../sagemaker';
import { Timer } from '../timer';
import type { Journal } from './journal';

/** An operation that was accepted. */
interface Accepted {
  readonly time: number;
  /** The number of job transitions before it. */
  readonly transitions: number;
  readonly operation: string;
  readonly input: readonly unknown[];
}

interface Decided {
  readonly kind: string;
  readonly name: string;
  readonly decision?: unknown;
}

export type SageMakerEntry = Accepted | Decided;

/**
 * The accepted operations of SageMaker, and the decisions about its jobs. Replaying them at the same times restores the state:
 * all other changes follow from them.
 */
export class SageMakerHistory implements SageMakerRecord {
  private readonly accepted: Accepted[] = [];
  private readonly decided = new Map<string, Decided[]>();
  /** The operations to replay now, oldest first. */
  private readonly due: Accepted[] = [];
  private transitions = 0;
  private isRepeating = false;

  constructor(private readonly journal: Journal<SageMakerEntry>, private readonly clock: Clock) {
    for (const entry of journal.read()) {
      if ('operation' in entry) this.accepted.push(entry);
      else this.decided.set(keyOf(entry), [...this.decided.get(keyOf(entry)) ?? [], entry]);
    }
  }

  carryOut<T>(operation: string, input: readonly unknown[], doing: () => T): T {
    const { transitions } = this;
    const output = doing();
    if (!this.isRepeating) this.journal.append({ time: this.clock.now(), transitions, operation, input });
    return output;
  }

  decide<T>(kind: string, name: string, decide: () => T): T {
    const recorded = this.decided.get(keyOf({ kind, name }))?.shift();
    if (recorded) return recorded.decision as T;
    const decision = decide();
    this.journal.append({ kind, name, decision });
    return decision;
  }

  /** Prepares to replay the history, on a clock that stands at its beginning. */
  prepare(sageMaker: SageMaker): void {
    sageMaker.on('transition', () => { this.transitions++; });
    for (const entry of this.accepted) new Timer(this.clock, entry.time - this.clock.now(), () => this.due.push(entry));
  }

  /** Replays the operations that are due and do not depend on other changes at the same time. */
  repeat(sageMaker: SageMaker): void {
    this.isRepeating = true;
    try {
      while (this.due.length > 0 && this.isAccepted(sageMaker, this.due[0])) this.due.shift();
    } finally {
      this.isRepeating = false;
    }
  }

  /** Ends the replay of the last time. Throws an error for operations that were not replayed. */
  end(): void {
    const [left] = this.due;
    if (left) throw misfit(left, 'its precondition is missing');
  }

  private isAccepted(sageMaker: SageMaker, entry: Accepted): boolean {
    const isLate = entry.time < this.clock.now();
    if (entry.transitions > this.transitions && !isLate) return false;
    try {
      sageMaker.repeat(entry.operation, entry.input);
      return true;
    } catch (error) {
      // The operation was accepted, so its precondition is due at the same time.
      if (!isLate) return false;
      throw misfit(entry, (error as Error).message);
    }
  }
}

function misfit({ time, operation }: Accepted, reason: string): Error {
  return new Error(`SageMaker accepted ${operation} at ${new Date(time).toISOString()}, and refuses it now: ${reason}`);
}

function keyOf({ kind, name }: Pick<Decided, 'kind' | 'name'>): string {
  return `${kind}/${name}`;
}
