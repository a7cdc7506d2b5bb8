import type { CloudFormationEvent, Step } from '../../lambda/events';
import type { Services } from '../../lambda/handler-services';
import type { JsonService } from '../../lambda/json-service';
import { bindExecutions } from '../../lambda/state-machine-executions';
import { ServiceError } from '../../local/api/service-error';
import type { Clock } from '../../local/clock';
import type { Faults } from '../../local/faults';
import { fraction } from '../../local/fraction';
import type { JsonObject } from '../../local/json';
import { NO_LOGS } from '../../local/lambda/event-log';
import { EventQueue } from '../../local/lambda/event-queue';
import { FunctionError, type FunctionConfiguration, type Functions, type Json } from '../../local/services';
import { ENVIRONMENT } from '../../src/contract';

/** A call that the function made of something outside. */
export interface OutsideCall {
  readonly service: string;
  readonly operation: string;
  readonly input: JsonObject;
  readonly output?: JsonObject;
  readonly error?: Error;
  readonly time: number;
  /** The event that the function was at work for. */
  readonly requestId: string;
}

/** A call that the function has sent, whether it arrived or not. */
export interface TriedCall {
  /** Whether it changes something if it succeeds. */
  readonly changes: boolean;
  /** Whether it is the first of its invocation. */
  readonly isFirst: boolean;
}

/** What the function does with an event or a step. */
export type Handler = (input: CloudFormationEvent | Step, services: Services) => Promise<Step | undefined>;

/** How an invocation went. What `died` was killed, or never began. */
export interface InvocationRecord {
  readonly requestId: string;
  readonly task: 'take the event' | 'advance' | 'give up';
  readonly begunAt: number;
  result: 'under way' | 'returned' | 'failed' | 'died';
  /** Nothing is left to do for the event. */
  done: boolean;
}

/** What the function can reach: an operation of a service, done at once. */
export type Outside = (service: string, operation: string, input: JsonObject) => JsonObject;

export interface PlatformOptions {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly region: string;
  readonly seed: number;
  readonly outside: Outside;
  readonly onCall: (call: OutsideCall) => void;
  /** What a function's code does. */
  readonly handler: Handler;
}

/** How long a call of a service takes at most, in seconds: so calls of parallel invocations interleave. */
const LONGEST_CALL = 0.4;
/** What a client of Step Functions in the handler does with a call that failed for a reason that passes. */
const CLIENT_ATTEMPTS = 6;

/** An invocation of the function; once it is dead nothing comes of it any more. */
class Invocation {
  dead = false;
  hasCalled = false;
  readonly killed = Promise.withResolvers<never>();

  constructor(readonly record: InvocationRecord) {
    this.killed.promise.catch(() => undefined);
  }

  kill(error: FunctionError): void {
    this.dead = true;
    this.killed.reject(error);
  }
}

const NEVER = new Promise<never>(() => undefined);

/**
 * Lambda with the handler in this process, so that a deployment takes milliseconds: invocations are killed, time out and
 * are repeated as Lambda does it, in virtual time. What a dead invocation would do next is never done.
 */
export class Platform implements Functions {
  /** All invocations, oldest first. */
  readonly invocations: InvocationRecord[] = [];
  private readonly functions = new Map<string, FunctionConfiguration>();
  private readonly queue: EventQueue;
  readonly tried: TriedCall[] = [];

  constructor(private readonly options: PlatformOptions) {
    this.queue = new EventQueue(options.clock, (functionArn) => {
      return this.functions.has(functionArn) ? { handle: (event) => this.invoke(functionArn, event), dropped: () => undefined } : undefined;
    });
  }

  put(configuration: FunctionConfiguration): void {
    this.functions.set(configuration.functionArn, configuration);
  }

  remove(functionArn: string): void {
    this.functions.delete(functionArn);
  }

  invokeAsync(functionArn: string, payload: Json): void {
    void this.queue.deliver({ functionArn, payload }, NO_LOGS({ functionArn, payload }));
  }

  async invoke(functionArn: string, payload: Json): Promise<Json> {
    const { clock, faults } = this.options;
    const configuration = this.functions.get(functionArn);
    if (!configuration) throw new ServiceError('ResourceNotFoundException', 'Function not found', 404);
    const input = structuredClone(payload) as unknown as CloudFormationEvent | Step;
    const invocation = new Invocation(this.record(input));
    const fault = faults.onInvocation(configuration.functionName, payload);
    if (fault?.answer) throw fault.answer;
    if (fault?.delaySeconds) await clock.sleep(fault.delaySeconds * 1000);
    if (fault?.kill === 'before') throw killed();
    return this.run(input, invocation, configuration, fault?.kill === 'after');
  }

  private async run(input: CloudFormationEvent | Step, invocation: Invocation, configuration: FunctionConfiguration, dies: boolean): Promise<Json> {
    const { clock, handler } = this.options;
    const { record } = invocation;
    const timeout = clock.setTimeout(() => {
      record.result = 'failed';
      invocation.kill(new FunctionError('Sandbox.Timedout', 'Task timed out'));
    }, configuration.timeoutSeconds * 1000);
    try {
      record.result = 'under way';
      const result = await Promise.race([handler(input, this.services(invocation, configuration)), invocation.killed.promise]);
      if (dies) throw killed();
      Object.assign(record, { result: 'returned', done: result?.done ?? false } satisfies Partial<InvocationRecord>);
      return JSON.parse(JSON.stringify(result ?? null)) as Json;
    } catch (error) {
      if (error instanceof FunctionError) {
        if (record.result === 'under way') record.result = 'died';
        throw error;
      }
      record.result = 'failed';
      // Lambda logs what a function has thrown.
      console.error((error as Error).stack);
      throw new FunctionError((error as Error).name, (error as Error).message);
    } finally {
      invocation.dead = true;
      clock.clearTimeout(timeout);
    }
  }

  private record(input: CloudFormationEvent | Step): InvocationRecord {
    const isStep = 'event' in input;
    const record: InvocationRecord = {
      requestId: (isStep ? input.event : input).RequestId,
      task: !isStep ? 'take the event' : input.error ? 'give up' : 'advance',
      begunAt: this.options.clock.now(),
      result: 'died',
      done: false,
    };
    this.invocations.push(record);
    return record;
  }

  private services(invocation: Invocation, { environment, timeoutSeconds }: FunctionConfiguration): Services {
    const { clock, region } = this.options;
    const call = (service: string) => (operation: string, input: object) => this.call(invocation, service, operation, input as JsonObject);
    const stepFunctions = { call: this.repeated(call('states')) } as unknown as JsonService;
    return {
      sageMaker: { call: async (operation, input) => withDates(await call('sagemaker')(operation, input)) as Record<string, unknown> },
      executions: bindExecutions(stepFunctions, environment[ENVIRONMENT.stateMachine], () => clock.now()),
      respond: async (url, body) => void await this.repeated(call('cloudformation'))('Respond', { url, body }),
      now: () => clock.now(),
      functionTimeout: timeoutSeconds,
      networkInterfacesOf: async () => [],
      region,
    };
  }

  private repeated(call: (operation: string, input: object) => Promise<JsonObject>) {
    return async (operation: string, input: object) => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await call(operation, input);
        } catch (error) {
          const { name, code, $metadata } = error as { name: string; code?: string; $metadata?: { httpStatusCode: number } };
          const passes = name === 'ThrottlingException' || code === 'ECONNRESET' || ($metadata?.httpStatusCode ?? 0) >= 500;
          if (!passes || attempt === CLIENT_ATTEMPTS) throw error;
          await this.options.clock.sleep(100 * 2 ** attempt);
        }
      }
    };
  }

  private async call(invocation: Invocation, service: string, operation: string, input: JsonObject): Promise<JsonObject> {
    const { clock, faults, seed, outside, onCall } = this.options;
    const n = this.tried.push({ changes: !/^(Describe|List)/.test(operation), isFirst: !invocation.hasCalled });
    invocation.hasCalled = true;
    await clock.sleep(Math.round(fraction(`${seed}/call/${n}`) * LONGEST_CALL * 1000));
    if (invocation.dead) return NEVER;
    const fault = faults.onCall(service, operation, structuredClone(input), n, 'function');
    if (fault?.delaySeconds) await clock.sleep(fault.delaySeconds * 1000);
    const breaks = fault !== undefined && fault.delaySeconds === undefined && !fault.alter;
    let output: JsonObject | undefined;
    let error: Error | undefined;
    if (!breaks || fault.afterDeed) {
      try {
        // What a dead invocation has sent arrives all the same.
        output = JSON.parse(JSON.stringify(outside(service, operation, input))) as JsonObject;
      } catch (refusal) {
        error = refusal as Error;
      }
      onCall({ service, operation, input, output, error, time: clock.now(), requestId: invocation.record.requestId });
    }
    if (fault?.kill) invocation.kill(killed());
    if (invocation.dead) return NEVER;
    if (breaks) throw fault.answer ? asClientError(fault.answer) : Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    if (error) throw error instanceof ServiceError ? asClientError(error) : error;
    return fault?.alter?.(output!) ?? output!;
  }
}

function killed(): FunctionError {
  return new FunctionError('Runtime.ExitError', 'Runtime exited with error: signal: killed');
}

/** An error as the SDK throws it. */
function asClientError({ code, message, statusCode }: ServiceError): Error {
  return Object.assign(new Error(message), { name: code, $metadata: { httpStatusCode: statusCode } });
}

/** The times of a description as the SDK gives them. */
function withDates(value: Json, member: string = ''): unknown {
  if (typeof value === 'number' && member.endsWith('Time')) return new Date(value * 1000);
  if (Array.isArray(value)) return value.map((part) => withDates(part));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withDates(part, key)]));
  return value;
}
