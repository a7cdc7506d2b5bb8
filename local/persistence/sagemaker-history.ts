import type { Clock } from '../clock';
import type { SageMaker, SageMakerRecord } from '../sagemaker';
import { Timer } from '../timer';
import type { Journal } from './journal';

/** An operation that was not refused. */
interface Accepted {
  readonly time: number;
  /** How many transitions of jobs came before it. */
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
 * What SageMaker was asked for, and what was decided about its jobs. To do the same again at the same times brings it to
 * where it was: all else that happens in it follows from that.
 */
export class SageMakerHistory implements SageMakerRecord {
  private readonly accepted: Accepted[] = [];
  private readonly decided = new Map<string, Decided[]>();
  /** What is to be done again now, oldest first. */
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
    const known = this.decided.get(keyOf({ kind, name }))?.shift();
    if (known) return known.decision as T;
    const decision = decide();
    this.journal.append({ kind, name, decision });
    return decision;
  }

  /** Makes ready to do all again, on a clock that stands at its beginning. */
  prepare(sageMaker: SageMaker): void {
    sageMaker.on('transition', () => { this.transitions++; });
    for (const entry of this.accepted) new Timer(this.clock, entry.time - this.clock.now(), () => this.due.push(entry));
  }

  /** Does again what is due and has not to wait for something else that happened at the same time. */
  repeat(sageMaker: SageMaker): void {
    this.isRepeating = true;
    try {
      while (this.due.length > 0 && this.isAccepted(sageMaker, this.due[0])) this.due.shift();
    } finally {
      this.isRepeating = false;
    }
  }

  /** The time of the last entry is over: what has not been done again is an error. */
  end(): void {
    const [left] = this.due;
    if (left) throw misfit(left, 'something else has to come first');
  }

  private isAccepted(sageMaker: SageMaker, entry: Accepted): boolean {
    const isLate = entry.time < this.clock.now();
    if (entry.transitions > this.transitions && !isLate) return false;
    try {
      sageMaker.repeat(entry.operation, entry.input);
      return true;
    } catch (error) {
      // It was accepted, so what it needs is due in the same moment.
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
