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

/** How an execution ended. */
export interface ExecutionEnd {
  readonly status: Exclude<ExecutionStatus, 'RUNNING'>;
  readonly stopDate: number;
  readonly transitions: number;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
}

/** Keeps what an execution cannot work out again. */
export interface ExecutionLog {
  /** Does the work of a state and notes what came of it, or gives what is noted. */
  task(state: string, work: () => Promise<Json>): Promise<Json>;
  ended(end: ExecutionEnd): void;
  /** The execution is forgotten, or its name is used again. */
  remove(): void;
}

/** Opens the log of an execution that begins. */
export type ExecutionLogs = (start: ExecutionStart) => ExecutionLog;

/** Keeps nothing. */
export const NO_LOGS: ExecutionLogs = () => ({ task: (_state, work) => work(), ended: () => undefined, remove: () => undefined });
