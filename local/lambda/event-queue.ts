import type { AsyncEvent, EventLog } from './event-log';
import { ServiceError } from '../api/service-error';
import type { Clock } from '../clock';
import { FunctionError, type Json } from '../services';

/** The delays before the retries of an event, in milliseconds. */
const RETRY_DELAYS = [60_000, 120_000];
/** The first and the longest delay of an event that Lambda itself could not process, in milliseconds. */
const REQUEUE_DELAYS = { first: 1000, longest: 300_000 };
/** The maximum age of an event in the queue, in milliseconds. */
const MAX_EVENT_AGE = 6 * 3600_000;

/** The function that receives events. */
export interface Recipient {
  handle(event: Json): Promise<unknown>;
  /** Reports that an event was dropped after all retries. */
  dropped(): void;
}

/** The queue of asynchronous invocations. */
export class EventQueue {
  private closed = false;

  /** @param recipient Returns the function, if it exists */
  constructor(private readonly clock: Clock, private readonly recipient: (functionArn: string) => Recipient | undefined) {}

  /** Delivers an event until the function succeeds, at most three times. */
  async deliver({ functionArn, payload }: AsyncEvent, log: EventLog, failures = 0): Promise<void> {
    for (const delay of [...RETRY_DELAYS, undefined].slice(failures)) {
      const recipient = this.recipient(functionArn);
      if (this.closed) return;
      if (!recipient) break;
      try {
        await this.handleWhenPossible(recipient, payload);
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

  /** Delivers an event that failed at these times. */
  async redeliver(event: AsyncEvent, log: EventLog, failures: readonly number[]): Promise<void> {
    if (failures.length > 0) await this.clock.sleep(Math.max(0, failures.at(-1)! + RETRY_DELAYS[failures.length - 1] - this.clock.now()));
    await this.deliver(event, log, failures.length);
  }

  /** Stops all deliveries. */
  close(): void {
    this.closed = true;
  }

  /** Returns an event that Lambda itself cannot process to the queue, at growing intervals for at most six hours. */
  private async handleWhenPossible(recipient: Recipient, event: Json): Promise<void> {
    const queuedAt = this.clock.now();
    for (let delay = REQUEUE_DELAYS.first; ; delay = Math.min(delay * 2, REQUEUE_DELAYS.longest)) {
      try {
        await recipient.handle(event);
        return;
      } catch (error) {
        const requeued = error instanceof ServiceError && (error.statusCode === 429 || error.statusCode >= 500);
        if (!requeued || this.clock.now() + delay - queuedAt > MAX_EVENT_AGE) throw error;
        await this.clock.sleep(delay);
      }
    }
  }
}
