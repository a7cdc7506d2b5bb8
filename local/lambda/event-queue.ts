import type { AsyncEvent, EventLog } from './event-log';
import { ServiceError } from '../api/service-error';
import type { Clock } from '../clock';
import { FunctionError, type Json } from '../services';

/** How long an event waits before it is delivered again, for each retry. */
const RETRY_DELAYS = [60_000, 120_000];
/** How long an event waits that Lambda itself could not take, at first and at most. */
const REQUEUE_DELAYS = { first: 1000, longest: 300_000 };
/** How old an event gets in the queue. */
const MAX_EVENT_AGE = 6 * 3600_000;

/** A function as the queue sees it. */
export interface Recipient {
  take(event: Json): Promise<unknown>;
  /** An event was given up after all retries. */
  dropped(): void;
}

/** The queue of asynchronous invocations. */
export class EventQueue {
  private closed = false;

  /** @param recipient The function, as long as there is one */
  constructor(private readonly clock: Clock, private readonly recipient: (functionArn: string) => Recipient | undefined) {}

  /** Delivers an event until the function takes it, three times at most. */
  async deliver({ functionArn, payload }: AsyncEvent, log: EventLog, failures = 0): Promise<void> {
    for (const delay of [...RETRY_DELAYS, undefined].slice(failures)) {
      const recipient = this.recipient(functionArn);
      if (this.closed) return;
      if (!recipient) break;
      try {
        await this.takeWhenPossible(recipient, payload);
        break;
      } catch (error) {
        const failed = error instanceof FunctionError;
        if (!failed && !(error instanceof ServiceError)) throw error;
        if (!failed || delay === undefined) {
          recipient.dropped();
          break;
        }
        log.failed();
        await this.clock.sleep(delay);
      }
    }
    log.done();
  }

  /** Delivers an event that was tried in vain at these times. */
  async redeliver(event: AsyncEvent, log: EventLog, failures: readonly number[]): Promise<void> {
    if (failures.length > 0) await this.clock.sleep(Math.max(0, failures.at(-1)! + RETRY_DELAYS[failures.length - 1] - this.clock.now()));
    await this.deliver(event, log, failures.length);
  }

  /** Delivers nothing any more. */
  close(): void {
    this.closed = true;
  }

  /** An event that Lambda itself cannot take goes back into the queue, at growing intervals and for six hours at most. */
  private async takeWhenPossible(recipient: Recipient, event: Json): Promise<void> {
    const queuedAt = this.clock.now();
    for (let delay = REQUEUE_DELAYS.first; ; delay = Math.min(delay * 2, REQUEUE_DELAYS.longest)) {
      try {
        await recipient.take(event);
        return;
      } catch (error) {
        const requeued = error instanceof ServiceError && (error.statusCode === 429 || error.statusCode >= 500);
        if (!requeued || this.clock.now() + delay - queuedAt > MAX_EVENT_AGE) throw error;
        await this.clock.sleep(delay);
      }
    }
  }
}
