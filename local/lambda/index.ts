import { setTimeout as realSleep } from 'node:timers/promises';
import { ServiceError } from '../api/service-error';
import type { Clock } from '../clock';
import { type LogSink, NO_LOG_SINK } from '../logs';
import type { FunctionConfiguration, Functions, Json } from '../services';
import { type AsyncEvent, type EventLog, type EventLogs, NO_LOGS } from './event-log';
import { EventQueue } from './event-queue';
import { accessKeyOf, environmentOf, logGroupOf, RESERVED } from './function-environment';
import { FunctionLog } from './function-log';
import { FunctionProcess, MAX_PAYLOAD } from './function-process';

export type { AsyncEvent, EventLog } from './event-log';

export interface FunctionsOptions {
  readonly clock: Clock;
  readonly region: string;
  /** Returns the endpoint of the functions' SDK clients. */
  readonly endpointUrl: () => string;
  /** The maximum number of processes of a function. Further invocations wait. Default: 8. */
  readonly maxProcesses?: number;
  /** Default: roles are not checked. */
  readonly roles?: FunctionRoles;
  /** The destination of logs. Default: none. `logs` returns the output in any case. */
  readonly logs?: LogSink;
  /** Keeps the accepted events. Default: they are not kept. */
  readonly events?: EventLogs;
  /** Default: no faults. */
  readonly fault?: InvocationFaultHook;
}

/** The permissions of functions' roles. */
export interface FunctionRoles {
  /** Whether Lambda can assume a role for a function. */
  trusts(roleArn: string, functionArn: string): boolean;
  /** Whether a role allows writing to a log group. */
  writesLogs(roleArn: string, logGroup: string): boolean;
  /** Whether a role allows creating a log group. */
  createsLogGroup(roleArn: string, logGroup: string): boolean;
}

/** A fault that is injected into an invocation. */
export interface InvocationFault {
  /** The response of Lambda, which does not invoke the function. */
  readonly answer?: ServiceError;
  /** The delay before the function is invoked, in seconds of virtual time. */
  readonly delaySeconds?: number;
  /** Whether to kill the process before it receives the event, or before its result arrives. */
  readonly kill?: 'before' | 'after';
}

export type InvocationFaultHook = (functionName: string, event: Json) => InvocationFault | undefined;

/** The maximum size of the environment variables of a function, in bytes: Lambda DG, Lambda quotas. */
const MAXIMUM_ENVIRONMENT = 4096;
const RUNTIMES = /^nodejs(18|20|22|24)\.x$/;
const MAX_ASYNC_PAYLOAD = 1024 * 1024;
/**
 * The time for which an invocation waits for a process that is about to be idle before it starts another one, in milliseconds of
 * real time. Virtual time stands still meanwhile, and starting a process takes longer.
 */
const IDLE_PATIENCE = 100;

interface LocalFunction {
  configuration: FunctionConfiguration;
  modifiedAt: number;
  readonly processes: Set<FunctionProcess>;
  readonly idle: FunctionProcess[];
  /** Invocations that wait for a process. */
  readonly waiting: (() => void)[];
  invocations: number;
  dropped: number;
}

/** Lambda. Each function runs in its own Node.js processes. */
export class LocalFunctions implements Functions {
  private readonly functions = new Map<string, LocalFunction>();
  private readonly logLines = new Map<string, string[]>();
  private readonly processes = new Set<FunctionProcess>();
  /** The functions by access key. A removed function may still be running. */
  private readonly callers = new Map<string, FunctionConfiguration>();
  private readonly queue: EventQueue;

  constructor(private readonly options: FunctionsOptions) {
    this.queue = new EventQueue(options.clock, (functionArn) => {
      const target = this.functions.get(functionArn);
      return target && { handle: async (event) => this.attempt(target, event), dropped: () => { target.dropped++; } };
    });
  }

  put(configuration: FunctionConfiguration): void {
    if (!RUNTIMES.test(configuration.runtime)) {
      throw new ServiceError('InvalidParameterValueException', `The runtime ${configuration.runtime} is not emulated.`);
    }
    const reserved = Object.keys(configuration.environment).filter((name) => RESERVED.test(name));
    if (reserved.length > 0) throw new ServiceError('InvalidParameterValueException', `Reserved keys used in this request: ${reserved.join(', ')}`);
    const variables = JSON.stringify(configuration.environment);
    if (Buffer.byteLength(variables) > MAXIMUM_ENVIRONMENT) {
      throw new ServiceError('InvalidParameterValueException', 'Lambda was unable to configure your environment variables because the environment ' +
        'variables you have provided exceeded the 4KB limit.');
    }
    const { functionArn, roleArn } = configuration;
    if (!(this.options.roles?.trusts(roleArn, functionArn) ?? true)) {
      throw new ServiceError('InvalidParameterValueException', 'The role defined for the function cannot be assumed by Lambda.');
    }
    this.callers.set(accessKeyOf(functionArn), configuration);
    const existing = this.functions.get(functionArn);
    if (existing) {
      existing.configuration = configuration;
      existing.modifiedAt = this.options.clock.now();
      this.retire(existing);
    } else {
      this.functions.set(configuration.functionArn, {
        configuration, modifiedAt: this.options.clock.now(), processes: new Set(), idle: [], waiting: [], invocations: 0, dropped: 0,
      });
    }
  }

  remove(functionArn: string): void {
    const removed = this.functions.get(functionArn);
    this.functions.delete(functionArn);
    if (removed) this.retire(removed);
  }

  find(functionArn: string): FunctionConfiguration | undefined {
    return this.functions.get(functionArn)?.configuration;
  }

  /** The time of the last change of an existing function, in milliseconds since the epoch. */
  modifiedAt(functionArn: string): number {
    return this.functions.get(functionArn)!.modifiedAt;
  }

  list(): FunctionConfiguration[] {
    return [...this.functions.values()].map(({ configuration }) => configuration);
  }

  async invoke(functionArn: string, payload: Json): Promise<Json> {
    const target = this.get(functionArn);
    const event = clone(payload, MAX_PAYLOAD);
    return this.attempt(target, event);
  }

  invokeAsync(functionArn: string, payload: Json): void {
    this.get(functionArn);
    const event = { functionArn, payload: clone(payload, MAX_ASYNC_PAYLOAD) };
    void this.queue.deliver(event, (this.options.events ?? NO_LOGS)(event));
  }

  /** Delivers an event that an earlier process accepted and that failed at these times. */
  async redeliver(event: AsyncEvent, log: EventLog, failures: readonly number[]): Promise<void> {
    await this.queue.redeliver(event, log, failures);
  }

  /** The output lines of a function. They remain after its deletion. */
  logs(functionArn: string): readonly string[] {
    return this.logLines.get(functionArn) ?? [];
  }

  /** The output lines of all functions. */
  allLogs(): readonly string[] {
    return [...this.logLines.values()].flat();
  }

  /** The number of invocations of a function, including retries. */
  invocations(functionArn: string): number {
    return this.get(functionArn).invocations;
  }

  /** The number of events that were dropped after all retries. */
  dropped(functionArn: string): number {
    return this.get(functionArn).dropped;
  }

  /** Returns the function that signs with an access key. */
  callerOf(accessKeyId: string): FunctionConfiguration | undefined {
    return this.callers.get(accessKeyId);
  }

  /** Returns the process that signs with a session token. */
  processWith(sessionToken: string): FunctionProcess | undefined {
    return [...this.processes].find((process) => process.sessionToken === sessionToken);
  }

  async stop(): Promise<void> {
    this.queue.close();
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
    if (target.idle.length === 0 && target.processes.size > 0) await this.idle(target, IDLE_PATIENCE);
    while (target.idle.length === 0 && target.processes.size >= (this.options.maxProcesses ?? 8)) await this.idle(target);
    const warm = target.idle.pop();
    if (warm?.alive) return warm;
    if (warm) this.end(target, warm);
    const { configuration, processes } = target;
    const { clock, region, endpointUrl } = this.options;
    const log = this.logOf(configuration);
    const started = new FunctionProcess(configuration, environmentOf(configuration, region, endpointUrl(), log.streamName), clock, log);
    processes.add(started);
    this.processes.add(started);
    return started;
  }

  /** Waits until a process has served its invocation, optionally at most for a number of real milliseconds. */
  private async idle(target: LocalFunction, patience?: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    target.waiting.push(resolve);
    if (patience === undefined) return promise;
    const impatient = new AbortController();
    const late = realSleep(patience, undefined, { signal: impatient.signal }).catch(() => undefined);
    await Promise.race([promise, late]);
    impatient.abort();
    const index = target.waiting.indexOf(resolve);
    if (index >= 0) target.waiting.splice(index, 1);
  }

  /** Creates the log of a new process. The process starts even if its role does not allow logs. */
  private logOf(configuration: FunctionConfiguration): FunctionLog {
    const { clock, roles, logs: sink = NO_LOG_SINK } = this.options;
    const { functionArn, roleArn } = configuration;
    const group = logGroupOf(configuration);
    const createsGroup = roles?.createsLogGroup(roleArn, group) ?? true;
    return new FunctionLog(configuration, {
      sink,
      time: new Date(clock.now()),
      isWritten: (roles?.writesLogs(roleArn, group) ?? true) && (createsGroup || sink.has(group)),
      writing: { createsGroup },
      onLine: (line) => this.log(functionArn, line),
    });
  }

  /** Processes of an earlier configuration serve no further invocations. */
  private retire(target: LocalFunction): void {
    for (const process of target.idle.splice(0)) this.end(target, process);
  }

  private end(target: LocalFunction, process: FunctionProcess): void {
    target.processes.delete(process);
    void process.kill().then(() => this.processes.delete(process));
  }
}

function clone(payload: Json, limit: number): Json {
  const serialized = JSON.stringify(payload);
  if (Buffer.byteLength(serialized) > limit) {
    throw new ServiceError('RequestTooLargeException', `${Buffer.byteLength(serialized)} byte payload is too large for the event invocation type (limit ${limit} bytes)`, 413);
  }
  return JSON.parse(serialized) as Json;
}
