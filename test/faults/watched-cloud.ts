import type { Executions } from './executions';
import type { History, RecordedCloud } from './history';
import type { Platform } from './platform';

/** What did not hold: the number of the invariant, and what happened. */
export type Breach = readonly [invariant: 1 | 2 | 3 | 4 | 5 | 6, what: string];

/** What the invariants look at. */
export interface WatchedCloud extends RecordedCloud {
  readonly history: History;
  readonly executions: Executions;
  readonly platform: Platform;
  readonly log: readonly string[];
}
