import type { Executions } from './executions';
import type { History, RecordedCloud } from './history';
import type { Platform } from './platform';

/** A broken invariant: its number, and the event that broke it. */
export type Breach = readonly [invariant: 1 | 2 | 3 | 4 | 5 | 6, what: string];

/** The parts of the cloud that the invariants check. */
export interface WatchedCloud extends RecordedCloud {
  readonly history: History;
  readonly executions: Executions;
  readonly platform: Platform;
  readonly log: readonly string[];
}
