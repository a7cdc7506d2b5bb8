import type { Json } from '../services';

/** An event that an asynchronous invocation accepted. */
export interface AsyncEvent {
  readonly functionArn: string;
  readonly payload: Json;
}

/** Keeps an event until it is delivered. */
export interface EventLog {
  /** Records a failed attempt. */
  failed(): void;
  /** Records that no attempt follows. */
  done(): void;
}

/** Opens the log of an accepted event. */
export type EventLogs = (event: AsyncEvent) => EventLog;

/** A log that keeps nothing. */
export const NO_LOGS: EventLogs = () => ({ failed: () => undefined, done: () => undefined });
