import type { Json, StateMachineConfiguration } from '../services';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** The start of an execution. */
export interface ExecutionStart {
  readonly machine: StateMachineConfiguration;
  readonly name: string;
  readonly arn: string;
  /** The input as JSON, unchanged. */
  readonly input: string;
}

/** An entered state and its input. */
export interface StateEntry {
  readonly name: string;
  readonly type: string;
  readonly input: Json;
}

/** A redrive of a failed execution. */
export interface Redrive {
  /** The number of redrives of the execution, from 1. */
  readonly count: number;
  readonly date: number;
  /** The unsuccessful state. */
  readonly from: StateEntry;
}

/** The end of an execution. */
export interface ExecutionEnd {
  readonly status: Exclude<ExecutionStatus, 'RUNNING'>;
  readonly stopDate: number;
  readonly transitions: number;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  /** The unsuccessful state, if any. */
  readonly at?: StateEntry;
}

/** Records the results that an execution cannot derive again. */
export interface ExecutionLog {
  /** Runs the task of a state and records its result, or returns the recorded result. */
  task(state: string, work: () => Promise<Json>): Promise<Json>;
  ended(end: ExecutionEnd): void;
  /** Records a redrive. */
  redriven(redrive: Redrive): void;
  /** Removes the log when the execution is deleted or its name is reused. */
  remove(): void;
}

/** Opens the log of a new execution. */
export type ExecutionLogs = (start: ExecutionStart) => ExecutionLog;

/** A log that keeps nothing. */
export const NO_LOGS: ExecutionLogs = () => ({
  task: (_state, work) => work(),
  ended: () => undefined,
  redriven: () => undefined,
  remove: () => undefined,
});
