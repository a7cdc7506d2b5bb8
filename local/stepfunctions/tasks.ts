import type { Clock } from '../clock';
import { FunctionError, type Functions, type Json } from '../services';
import { jobTask, type SageMakerCall } from './sagemaker-integration';
import { type Task, TaskError } from './task';

/** The maximum size of the input or output of a state, in bytes. */
export const MAX_DATA = 256 * 1024;

/** The services that the tasks of a state machine use with its role. */
export interface TaskServices {
  readonly clock: Clock;
  readonly functions: Pick<Functions, 'invoke'>;
  readonly callSageMaker: SageMakerCall;
}

/** Too much data ends an execution. Retry and Catch do not receive this error, even with `States.ALL`. */
export class DataLimitExceeded extends Error {
  readonly isRetryable = false;
  readonly isCatchable = false;

  constructor(source: string) {
    super(`'${source}' returned a result with a size exceeding the maximum number of bytes service limit.`);
    this.name = 'States.DataLimitExceeded';
  }
}

/** An execution ends when it reaches the maximum number of events. */
export class EventLimitExceeded extends Error {
  constructor(maximum: number) {
    super(`The execution reached the maximum number of history events (${maximum}).`);
    this.name = 'States.Runtime';
  }
}

interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly TimeoutSeconds?: number;
  readonly Branches?: Machine[];
  readonly Iterator?: Machine;
  readonly ItemProcessor?: Machine;
}

interface Machine {
  readonly States: { readonly [name: string]: State };
}

/** Returns the tasks of a definition by state name, which is unique within a definition. */
export function tasksOf(definition: Machine, services: TaskServices): { [state: string]: Task } {
  const tasks: { [state: string]: Task } = {};
  for (const [name, state] of Object.entries(definition.States)) {
    if (state.Type === 'Task') tasks[name] = taskOf(name, state, services);
    for (const nested of [...state.Branches ?? [], state.Iterator, state.ItemProcessor]) {
      if (nested) Object.assign(tasks, tasksOf(nested, services));
    }
  }
  return tasks;
}

function taskOf(name: string, { Resource: resource = '', TimeoutSeconds: timeout }: State, { callSageMaker, clock, functions }: TaskServices): Task {
  return jobTask(resource, timeout, clock, callSageMaker) ?? { resource, run: workOf(name, resource, functions) };
}

function workOf(state: string, resource: string, functions: Pick<Functions, 'invoke'>): Task['run'] {
  const invoke = async (functionArn: string, payload: Json) => {
    const result = await invokeFunction(functions, functionArn, payload);
    if (Buffer.byteLength(JSON.stringify(result)) > MAX_DATA) throw new DataLimitExceeded(state);
    return result;
  };
  if (/^arn:aws[a-z-]*:states:::lambda:invoke$/.test(resource)) {
    return async (input) => {
      const { FunctionName: name, Payload: payload = {} } = input as { readonly FunctionName: string; readonly Payload?: Json };
      return { ExecutedVersion: '$LATEST', Payload: await invoke(name, payload), SdkHttpMetadata: { HttpStatusCode: 200 }, StatusCode: 200 };
    };
  }
  if (/^arn:aws[a-z-]*:lambda:/.test(resource)) return async (input) => invoke(resource, input);
  throw new Error(`The state '${state}' uses ${resource}, which is not emulated.`);
}

async function invokeFunction(functions: Pick<Functions, 'invoke'>, functionArn: string, payload: Json): Promise<Json> {
  try {
    return await functions.invoke(functionArn.replace(/:\$LATEST$/, ''), payload);
  } catch (error) {
    if (error instanceof FunctionError) {
      const { errorType, errorMessage } = error;
      const trace = 'trace' in error ? { trace: error.trace } : {};
      throw new TaskError(errorType || 'Lambda.Unknown', JSON.stringify({ errorType, errorMessage, ...trace }));
    }
    if (error instanceof Error && 'code' in error) throw new TaskError(`Lambda.${String(error.code)}`, error.message);
    throw error;
  }
}
