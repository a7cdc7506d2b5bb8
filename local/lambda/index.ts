import { createHash, randomBytes } from 'node:crypto';
import { ServiceError } from '../api/errors';
import type { Clock } from '../clock';
import { FunctionError, type FunctionConfiguration, type Functions, type Json } from '../services';
import { type AsyncEvent, type EventLog, type EventLogs, NO_LOGS } from './event-log';
import { FunctionProcess, MAX_PAYLOAD } from './function-process';

export type { AsyncEvent, EventLog, EventLogs } from './event-log';

export interface FunctionsOptions {
  readonly clock: Clock;
  readonly region: string;
  /** Where the functions' SDK clients send their requests. */
  readonly endpointUrl: () => string;
  /** How many processes may run for a function; further invocations wait. Default: 8. */
  readonly maxProcesses?: number;
  /** Whether Lambda can assume a role for a function. Default: it can assume all. */
  readonly trusts?: (roleArn: string, functionArn: string) => boolean;
  /** Keeps the events that were accepted. Default: nothing does. */
  readonly events?: EventLogs;
  /** Default: no faults. */
  readonly fault?: InvocationFaultHook;
}

/** A fault that is injected into an invocation. */
export interface InvocationFault {
  /** What Lambda answers instead of invoking the function. */
  readonly answer?: ServiceError;
  /** How long it takes until the function is invoked, in seconds of virtual time. */
  readonly delaySeconds?: number;
  /** Kills the process before it gets the event, or before its result is taken. */
  readonly kill?: 'before' | 'after';
}

export type InvocationFaultHook = (functionName: string, event: Json) => InvocationFault | undefined;

const RUNTIMES = /^nodejs(18|20|22|24)\.x$/;
/** Variables that Lambda sets itself and takes from nobody. */
const RESERVED = /^(_HANDLER|_X_AMZN_TRACE_ID|AWS_(DEFAULT_)?REGION|AWS_EXECUTION_ENV|AWS_LAMBDA_.*|AWS_ACCESS_KEY(_ID)?|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|LAMBDA_TASK_ROOT|LAMBDA_RUNTIME_DIR)$/;
const MAX_ASYNC_PAYLOAD = 1024 * 1024;
/** How long an event waits before it is delivered again, for each retry. */
const RETRY_DELAYS = [60_000, 120_000];
/** How long an event waits that Lambda itself could not take, at first and at most. */
const REQUEUE_DELAYS = { first: 1000, longest: 300_000 };
/** How old an event gets in the queue. */
const MAX_EVENT_AGE = 6 * 3600_000;

interface LocalFunction {
  configuration: FunctionConfiguration;
  readonly processes: Set<FunctionProcess>;
  readonly idle: FunctionProcess[];
  /** Invocations that wait for a process. */
  readonly waiting: (() => void)[];
  invocations: number;
  dropped: number;
}

/** Lambda, with every function as Node.js processes of its own. */
export class LocalFunctions implements Functions {
  private readonly functions = new Map<string, LocalFunction>();
  private readonly logLines = new Map<string, string[]>();
  private readonly processes = new Set<FunctionProcess>();
  /** By access key; a function that was removed may still be at work. */
  private readonly callers = new Map<string, FunctionConfiguration>();
  private stopped = false;

  constructor(private readonly options: FunctionsOptions) {
    if (Number(process.versions.node.split('.')[0]) < 22) throw new Error('Functions need Node.js 22 or newer.');
  }

  put(configuration: FunctionConfiguration): void {
    if (!RUNTIMES.test(configuration.runtime)) {
      throw new ServiceError('InvalidParameterValueException', `The runtime ${configuration.runtime} is not emulated.`);
    }
    const reserved = Object.keys(configuration.environment).filter((name) => RESERVED.test(name));
    if (reserved.length > 0) throw new ServiceError('InvalidParameterValueException', `Reserved keys used in this request: ${reserved.join(', ')}`);
    const { functionArn, roleArn } = configuration;
    if (!(this.options.trusts?.(roleArn, functionArn) ?? true)) {
      throw new ServiceError('InvalidParameterValueException', 'The role defined for the function cannot be assumed by Lambda.');
    }
    this.callers.set(accessKeyOf(functionArn), configuration);
    const known = this.functions.get(functionArn);
    if (known) {
      known.configuration = configuration;
      this.retire(known);
    } else {
      this.functions.set(configuration.functionArn, {
        configuration, processes: new Set(), idle: [], waiting: [], invocations: 0, dropped: 0,
      });
    }
  }

  remove(functionArn: string): void {
    const removed = this.functions.get(functionArn);
    this.functions.delete(functionArn);
    if (removed) this.retire(removed);
  }

  async invoke(functionArn: string, payload: Json): Promise<Json> {
    const target = this.get(functionArn);
    const event = clone(payload, MAX_PAYLOAD);
    return this.attempt(target, event);
  }

  invokeAsync(functionArn: string, payload: Json): void {
    this.get(functionArn);
    const event = { functionArn, payload: clone(payload, MAX_ASYNC_PAYLOAD) };
    void this.deliver(event, (this.options.events ?? NO_LOGS)(event));
  }

  /** Delivers what an earlier process has accepted, and has tried in vain at these times. */
  async redeliver(event: AsyncEvent, log: EventLog, failures: readonly number[]): Promise<void> {
    const { clock } = this.options;
    if (failures.length > 0) await clock.sleep(Math.max(0, failures.at(-1)! + RETRY_DELAYS[failures.length - 1] - clock.now()));
    await this.deliver(event, log, failures.length);
  }

  /** The lines that a function has printed; they outlive it. */
  logs(functionArn: string): readonly string[] {
    return this.logLines.get(functionArn) ?? [];
  }

  /** The lines that all functions have printed. */
  allLogs(): readonly string[] {
    return [...this.logLines.values()].flat();
  }

  /** How often a function was invoked, retries included. */
  invocations(functionArn: string): number {
    return this.get(functionArn).invocations;
  }

  /** How many events were given up after all retries. */
  dropped(functionArn: string): number {
    return this.get(functionArn).dropped;
  }

  /** Whose requests come with this access key. */
  callerOf(accessKeyId: string): FunctionConfiguration | undefined {
    return this.callers.get(accessKeyId);
  }

  /** The process that signs its calls with this session token. */
  processWith(sessionToken: string): FunctionProcess | undefined {
    return [...this.processes].find((process) => process.sessionToken === sessionToken);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all([...this.processes].map((process) => process.kill()));
  }

  private log(functionArn: string, line: string): void {
    const lines = this.logLines.get(functionArn) ?? [];
    lines.push(line);
    this.logLines.set(functionArn, lines);
  }

  private get(functionArn: string): LocalFunction {
    const found = this.functions.get(functionArn);
    if (!found) throw new ServiceError('ResourceNotFoundException', `Function not found: ${functionArn}`, 404);
    return found;
  }

  /** Delivers an event until the function takes it, three times at most. */
  private async deliver({ functionArn, payload }: AsyncEvent, log: EventLog, failures = 0): Promise<void> {
    for (const delay of [...RETRY_DELAYS, undefined].slice(failures)) {
      const target = this.functions.get(functionArn);
      if (this.stopped) return;
      if (!target) break;
      try {
        await this.attemptWhenPossible(target, payload);
        break;
      } catch (error) {
        const failed = error instanceof FunctionError;
        if (!failed && !(error instanceof ServiceError)) throw error;
        if (!failed || delay === undefined) {
          target.dropped++;
          break;
        }
        log.failed();
        await this.options.clock.sleep(delay);
      }
    }
    log.done();
  }

  /** An event that Lambda itself cannot take goes back into the queue, at growing intervals and for six hours at most. */
  private async attemptWhenPossible(target: LocalFunction, event: Json): Promise<void> {
    const { clock } = this.options;
    const queuedAt = clock.now();
    for (let delay = REQUEUE_DELAYS.first; ; delay = Math.min(delay * 2, REQUEUE_DELAYS.longest)) {
      try {
        await this.attempt(target, event);
        return;
      } catch (error) {
        const requeued = error instanceof ServiceError && (error.statusCode === 429 || error.statusCode >= 500);
        if (!requeued || clock.now() + delay - queuedAt > MAX_EVENT_AGE) throw error;
        await clock.sleep(delay);
      }
    }
  }

  private async attempt(target: LocalFunction, event: Json): Promise<Json> {
    const { clock, fault: hook } = this.options;
    const fault = hook?.(target.configuration.functionName, event);
    if (fault?.answer) throw fault.answer;
    if (fault?.delaySeconds !== undefined) await clock.sleep(fault.delaySeconds * 1000);
    return clock.work(() => this.run(target, event, fault?.kill));
  }

  private async run(target: LocalFunction, event: Json, kill?: 'before' | 'after'): Promise<Json> {
    target.invocations++;
    const process = await this.acquire(target);
    try {
      return await process.invoke(event, kill);
    } finally {
      if (process.alive && process.configuration === target.configuration && this.functions.get(target.configuration.functionArn) === target) {
        target.idle.push(process);
      } else {
        this.end(target, process);
      }
      target.waiting.shift()?.();
    }
  }

  private async acquire(target: LocalFunction): Promise<FunctionProcess> {
    while (target.idle.length === 0 && target.processes.size >= (this.options.maxProcesses ?? 8)) {
      await new Promise<void>((resolve) => target.waiting.push(resolve));
    }
    const warm = target.idle.pop();
    if (warm?.alive) return warm;
    if (warm) this.end(target, warm);
    const { configuration, processes } = target;
    const started = new FunctionProcess(
      configuration, this.environment(configuration), this.options.clock, (line) => this.log(configuration.functionArn, line),
    );
    processes.add(started);
    this.processes.add(started);
    return started;
  }

  /** Processes of an earlier configuration serve no further invocation. */
  private retire(target: LocalFunction): void {
    for (const process of target.idle.splice(0)) this.end(target, process);
  }

  private end(target: LocalFunction, process: FunctionProcess): void {
    target.processes.delete(process);
    void process.kill().then(() => this.processes.delete(process));
  }

  private environment(configuration: FunctionConfiguration): NodeJS.ProcessEnv {
    const { functionName, functionArn, handler, memoryMb, runtime } = configuration;
    return {
      ...configuration.environment,
      PATH: process.env.PATH,
      TZ: ':UTC',
      LANG: 'en_US.UTF-8',
      _HANDLER: handler,
      LAMBDA_TASK_ROOT: configuration.codeDirectory,
      AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
      AWS_REGION: this.options.region,
      AWS_DEFAULT_REGION: this.options.region,
      AWS_LAMBDA_FUNCTION_NAME: functionName,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${functionName}`,
      AWS_LAMBDA_LOG_STREAM_NAME: 'local',
      AWS_ACCESS_KEY_ID: accessKeyOf(functionArn),
      AWS_SECRET_ACCESS_KEY: createHash('sha256').update(`secret of ${functionArn}`).digest('base64').slice(0, 40),
      // Each process has a session of its own, so that its calls can be told from those of others.
      AWS_SESSION_TOKEN: randomBytes(64).toString('base64'),
      AWS_ENDPOINT_URL: this.options.endpointUrl(),
    };
  }
}

/** Temporary credentials of the function's role: one key for each function, so that callers can be told apart. */
function accessKeyOf(functionArn: string): string {
  return `ASIA${createHash('sha256').update(functionArn).digest('hex').toUpperCase().slice(0, 16)}`;
}

function clone(payload: Json, limit: number): Json {
  const serialized = JSON.stringify(payload);
  if (Buffer.byteLength(serialized) > limit) {
    throw new ServiceError('RequestTooLargeException', `${Buffer.byteLength(serialized)} byte payload is too large for the event invocation type (limit ${limit} bytes)`, 413);
  }
  return JSON.parse(serialized) as Json;
}
