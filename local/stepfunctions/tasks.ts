import { FunctionError, type Functions, type Json } from '../services';

/** The maximum size of the input or output of a state, in bytes. */
export const MAX_DATA = 256 * 1024;

/** The task of a state. */
export interface Task {
  /** The resource in the definition. */
  readonly resource: string;
  /** Runs the task with the result of the state's Parameters. Returns the input of its ResultSelector. */
  run(input: Json): Promise<Json>;
}

/** An error that the Retry and Catch fields of a state receive. */
export class TaskError extends Error {
  constructor(name: string, cause: string) {
    super(cause);
    this.name = name;
  }
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
  readonly Branches?: Machine[];
  readonly Iterator?: Machine;
  readonly ItemProcessor?: Machine;
}

interface Machine {
  readonly States: { readonly [name: string]: State };
}

/** Returns the tasks of a definition by state name, which is unique within a definition. */
export function tasksOf(definition: Machine, functions: Pick<Functions, 'invoke'>): { [state: string]: Task } {
  const tasks: { [state: string]: Task } = {};
  for (const [name, state] of Object.entries(definition.States)) {
    if (state.Type === 'Task') tasks[name] = { resource: state.Resource!, run: workOf(name, state.Resource!, functions) };
    for (const nested of [...state.Branches ?? [], state.Iterator, state.ItemProcessor]) {
      if (nested) Object.assign(tasks, tasksOf(nested, functions));
    }
  }
  return tasks;
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
