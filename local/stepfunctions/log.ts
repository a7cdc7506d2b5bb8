import type { Json, StateMachineConfiguration } from '../services';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** How an execution began. */
export interface ExecutionStart {
  readonly machine: StateMachineConfiguration;
  readonly name: string;
  readonly arn: string;
  /** JSON, as it was given. */
  readonly input: string;
}

/** A state that an execution has entered, and what it was given. */
export interface StateEntry {
  readonly name: string;
  readonly type: string;
  readonly input: Json;
}

/** An execution that goes on after it has failed. */
export interface Redrive {
  /** Counts the redrives of the execution, from 1. */
  readonly count: number;
  readonly date: number;
  /** The state that was not successful. */
  readonly from: StateEntry;
}

/** How an execution ended. */
export interface ExecutionEnd {
  readonly status: Exclude<ExecutionStatus, 'RUNNING'>;
  readonly stopDate: number;
  readonly transitions: number;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  /** The state that was not successful, unless all were. */
  readonly at?: StateEntry;
}

/** Keeps what an execution cannot work out again. */
export interface ExecutionLog {
  /** Does the work of a state and notes what came of it, or gives what is noted. */
  task(state: string, work: () => Promise<Json>): Promise<Json>;
  ended(end: ExecutionEnd): void;
  /** The execution goes on after its end. */
  redriven(redrive: Redrive): void;
  /** The execution is forgotten, or its name is used again. */
  remove(): void;
}

/** Opens the log of an execution that begins. */
export type ExecutionLogs = (start: ExecutionStart) => ExecutionLog;

/** Keeps nothing. */
export const NO_LOGS: ExecutionLogs = () => ({
  task: (_state, work) => work(),
  ended: () => undefined,
  redriven: () => undefined,
  remove: () => undefined,
});
