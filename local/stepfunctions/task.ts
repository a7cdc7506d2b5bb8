import type { Json } from '../services';

/** The task of a state. */
export interface Task {
  /** The resource in the definition. */
  readonly resource: string;
  /** The EventBridge rule that Step Functions creates for the task. */
  readonly rule?: string;
  /** Runs the task with the result of the state's Parameters. Returns the input of its ResultSelector. */
  run(input: Json, run: TaskRun): Promise<Json>;
}

/** The run of a task in an execution. */
export interface TaskRun {
  readonly executionArn: string;
  /** Aborted when the execution ends. */
  readonly signal: AbortSignal;
  /** Records that a job was started, and returns the response. */
  submitted(response: Json): Json;
}

/** An error that the Retry and Catch fields of a state receive. */
export class TaskError extends Error {
  constructor(name: string, cause: string) {
    super(cause);
    this.name = name;
  }
}
