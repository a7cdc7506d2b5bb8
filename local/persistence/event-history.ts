import type { Clock } from '../clock';
import type { AsyncEvent, EventLog, LocalFunctions } from '../lambda';
import type { Journal } from './journal';

interface Failure {
  readonly failedAt: number;
}

/** The first line of a journal, followed by the failed attempts. */
export type EventEntry = AsyncEvent | Failure;

/** An event that Lambda accepted. Its journal exists until the event is delivered. */
export class EventHistory implements EventLog {
  /** Starts the journal of an accepted event. */
  static begin(event: AsyncEvent, journal: Journal<EventEntry>, clock: Clock): EventHistory {
    journal.rewrite([event]);
    return new EventHistory(journal, clock);
  }

  constructor(private readonly journal: Journal<EventEntry>, private readonly clock: Clock) {}

  failed(): void {
    this.journal.append({ failedAt: this.clock.now() });
  }

  done(): void {
    this.journal.remove();
  }

  /** Delivers an event that an earlier process accepted. */
  redeliver(functions: LocalFunctions): void {
    const [event, ...failures] = this.journal.read() as [AsyncEvent, ...Failure[]];
    void functions.redeliver(event, this, failures.map(({ failedAt }) => failedAt));
  }
}
