import type { Json } from '../services';

/** An event that was accepted for an asynchronous invocation. */
export interface AsyncEvent {
  readonly functionArn: string;
  readonly payload: Json;
}

/** Keeps an event until it is delivered. */
export interface EventLog {
  /** An attempt has failed. */
  failed(): void;
  /** No attempt follows. */
  done(): void;
}

/** Opens the log of an event that is accepted. */
export type EventLogs = (event: AsyncEvent) => EventLog;

/** Keeps nothing. */
export const NO_LOGS: EventLogs = () => ({ failed: () => undefined, done: () => undefined });
