import type { EventLog, StateData } from './interpreter';
import type { JsonObject } from '../json';
import type { Json } from '../services';

/** An event in the history of an execution. */
interface HistoryEvent {
  readonly timestamp: number;
  readonly type: string;
  /** Returns the details of the event, with or without data. */
  readonly details?: (withData: boolean) => JsonObject;
}

/** The maximum number of events of an execution. */
export const MAX_EVENTS = 25_000;
/** A state that only leads a redriven execution to the state that failed. The history does not contain it. */
export const REDRIVE_STATE = 'Redrive from the unsuccessful step';
/** The types of states whose abortion is recorded in the history. */
const ABORTABLE = ['Map', 'Parallel', 'Task', 'Wait'];

/** The history of an execution, as in GetExecutionHistory. */
export class ExecutionEvents {
  private readonly events: HistoryEvent[] = [];

  get count(): number {
    return this.events.length;
  }

  started(timestamp: number, input: string, roleArn: string): void {
    this.add(timestamp, 'ExecutionStarted', (withData) => ({
      executionStartedEventDetails: { ...data('input', input, withData), roleArn },
    }));
  }

  redriven(timestamp: number, redriveCount: number): void {
    this.add(timestamp, 'ExecutionRedriven', () => ({ executionRedrivenEventDetails: { redriveCount } }));
  }

  /** Adds an event of the interpreter about states. The start and end of the execution are recorded separately. */
  happened(event: EventLog): void {
    switch (event.type) {
      case 'StateEntered': return this.entered(event.timestamp, event.state);
      case 'StateExited': return this.exited(event.timestamp, event.state);
      case 'StateFailed': return this.branching(event.timestamp, event.state, 'Failed');
      case 'MapIterationStarted': case 'MapIterationSucceeded': case 'MapIterationFailed': {
        const { type, timestamp, index, parentState: { name } } = event;
        return this.add(timestamp, type, () => ({ [`${lowerFirst(type)}EventDetails`]: { name, index } }));
      }
    }
  }

  taskScheduled(timestamp: number, resource: string, parameters: Json, executionArn: string): void {
    const [, service, action] = serviceOf(resource);
    if (service === undefined) {
      this.add(timestamp, 'LambdaFunctionScheduled', (withData) => ({
        lambdaFunctionScheduledEventDetails: { resource, ...data('input', text(parameters), withData) },
      }));
      this.add(timestamp, 'LambdaFunctionStarted');
      return;
    }
    const { FunctionName: name } = parameters as { readonly FunctionName?: string };
    const [, region = executionArn.split(':')[3]] = /^arn:[^:]*:lambda:([^:]*):/.exec(name ?? '') ?? [];
    this.add(timestamp, 'TaskScheduled', (withData) => ({
      taskScheduledEventDetails: { resourceType: service, resource: action, region, ...withData ? { parameters: text(parameters) } : { parameters: '' } },
    }));
    this.add(timestamp, 'TaskStarted', () => ({ taskStartedEventDetails: { resourceType: service, resource: action } }));
  }

  taskSubmitted(timestamp: number, resource: string, output: Json): void {
    const [, service, action] = serviceOf(resource);
    this.add(timestamp, 'TaskSubmitted', (withData) => ({
      taskSubmittedEventDetails: { resourceType: service!, resource: action!, ...data('output', text(output), withData) },
    }));
  }

  taskSucceeded(timestamp: number, resource: string, output: Json): void {
    const [, service, action] = serviceOf(resource);
    if (service === undefined) {
      this.add(timestamp, 'LambdaFunctionSucceeded', (withData) => ({ lambdaFunctionSucceededEventDetails: data('output', text(output), withData) }));
    } else {
      this.add(timestamp, 'TaskSucceeded', (withData) => ({
        taskSucceededEventDetails: { resourceType: service, resource: action, ...data('output', text(output), withData) },
      }));
    }
  }

  taskFailed(timestamp: number, resource: string, error: string, cause: string): void {
    const [, service, action] = serviceOf(resource);
    if (service === undefined) this.add(timestamp, 'LambdaFunctionFailed', () => ({ lambdaFunctionFailedEventDetails: { error, cause } }));
    else this.add(timestamp, 'TaskFailed', () => ({ taskFailedEventDetails: { resourceType: service, resource: action, error, cause } }));
  }

  succeeded(timestamp: number, output: Json): void {
    this.add(timestamp, 'ExecutionSucceeded', (withData) => ({ executionSucceededEventDetails: data('output', text(output), withData) }));
  }

  failed(timestamp: number, error?: string, cause?: string): void {
    this.add(timestamp, 'ExecutionFailed', () => ({ executionFailedEventDetails: told(error, cause) }));
  }

  timedOut(timestamp: number): void {
    this.add(timestamp, 'ExecutionTimedOut', () => ({ executionTimedOutEventDetails: {} }));
  }

  aborted(timestamp: number, stateType: string | undefined, error?: string, cause?: string): void {
    if (stateType !== undefined && ABORTABLE.includes(stateType)) this.add(timestamp, `${stateType}StateAborted`);
    this.add(timestamp, 'ExecutionAborted', () => ({ executionAbortedEventDetails: told(error, cause) }));
  }

  /** The events, oldest first, each with the ID of the previous one. */
  list(withData: boolean): JsonObject[] {
    return this.events.map(({ timestamp, type, details }, index) => ({
      timestamp: timestamp / 1000, type, id: index + 1, previousEventId: index, ...details?.(withData),
    }));
  }

  private entered(timestamp: number, { name, type, input }: StateData): void {
    if (name === REDRIVE_STATE) return;
    this.add(timestamp, `${type}StateEntered`, (withData) => ({ stateEnteredEventDetails: { name, ...data('input', text(input as Json), withData) } }));
    if (type === 'Parallel') this.add(timestamp, 'ParallelStateStarted');
    if (type === 'Map') {
      const details: JsonObject = Array.isArray(input) ? { length: input.length } : {};
      this.add(timestamp, 'MapStateStarted', () => ({ mapStateStartedEventDetails: details }));
    }
  }

  private exited(timestamp: number, state: StateData): void {
    const { name, type, output } = state;
    if (name === REDRIVE_STATE) return;
    this.branching(timestamp, state, 'Succeeded');
    this.add(timestamp, `${type}StateExited`, (withData) => ({ stateExitedEventDetails: { name, ...data('output', text((output ?? null) as Json), withData) } }));
  }

  private branching(timestamp: number, { type }: StateData, end: 'Succeeded' | 'Failed'): void {
    if (type === 'Parallel' || type === 'Map') this.add(timestamp, `${type}State${end}`);
  }

  private add(timestamp: number, type: string, details?: HistoryEvent['details']): void {
    this.events.push({ timestamp, type, details });
  }
}

function serviceOf(resource: string): RegExpExecArray | [] {
  return /:states:::([\w-]+):(.+)$/.exec(resource) ?? [];
}

function data(member: 'input' | 'output', json: string, withData: boolean): JsonObject {
  return withData ? { [member]: json, [`${member}Details`]: { truncated: false } } : {};
}

function told(error?: string, cause?: string): JsonObject {
  return { ...error !== undefined && { error }, ...cause !== undefined && { cause } };
}

function text(value: Json): string {
  return JSON.stringify(value);
}

function lowerFirst(name: string): string {
  return name[0].toLowerCase() + name.slice(1);
}
