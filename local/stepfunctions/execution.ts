import { setImmediate as turn } from 'node:timers/promises';
import { ServiceError } from '../api/service-error';
import type { Clock } from '../clock';
import type { JsonObject } from '../json';
import type { Json, StateMachineConfiguration } from '../services';
import { ExecutionEvents, MAX_EVENTS, REDRIVE_STATE } from './execution-events';
import type { EventLog, Interpreter } from './interpreter';
import type { ExecutionEnd, ExecutionLog, ExecutionStart, ExecutionStatus, Redrive, StateEntry } from './log';
import type { Task } from './task';
import { DataLimitExceeded, EventLimitExceeded, MAX_DATA } from './tasks';

type Run = ReturnType<InstanceType<typeof Interpreter>['run']>;

/** The time after its end during which an execution can be redriven, in milliseconds. */
const REDRIVABLE = 14 * 24 * 60 * 60 * 1000;

/** An execution of a state machine. */
export class Execution {
  status: ExecutionStatus = 'RUNNING';
  stopDate?: number;
  /** The number of entered states, including retries, which the service bills. */
  transitions = 0;
  readonly events = new ExecutionEvents();
  output?: Json;
  error?: string;
  cause?: string;
  redrive?: Redrive;

  private run?: Run;
  private interruption = new AbortController();
  /** The last entered state of the definition itself, not of a branch. */
  private at?: StateEntry;

  constructor(
    private readonly start: ExecutionStart,
    readonly startDate: number,
    private readonly clock: Clock,
    private readonly log: ExecutionLog,
    private readonly onChange: (execution: Execution) => void = () => undefined,
  ) {
    this.events.started(startDate, start.input, start.machine.roleArn);
  }

  get machine(): StateMachineConfiguration {
    return this.start.machine;
  }

  get name(): string {
    return this.start.name;
  }

  get arn(): string {
    return this.start.arn;
  }

  get input(): string {
    return this.start.input;
  }

  get redriveCount(): number {
    return this.redrive?.count ?? 0;
  }

  /** The reason why the execution cannot be redriven, or nothing. */
  get notRedrivable(): string | undefined {
    if (this.status === 'RUNNING' || this.status === 'SUCCEEDED') return `Execution is ${this.status} and cannot be redriven`;
    if (this.events.count >= MAX_EVENTS - 1) return 'Execution history event limit exceeded';
    return this.clock.now() - this.stopDate! > REDRIVABLE ? 'Execution redrivable period exceeded' : undefined;
  }

  /** Starts the execution, or continues it after a redrive. */
  begin(interpreter: InstanceType<typeof Interpreter>, tasks: { readonly [state: string]: Task }): this {
    const { machine, name, arn, input } = this.start;
    const { redrive } = this;
    this.interruption = new AbortController();
    if (usesJsonata(machine.definition)) {
      this.onChange(this);
      this.end('FAILED', { error: 'States.Runtime', cause: 'The local cloud does not evaluate JSONata. Use JSONPath in state machines that it executes.' });
      return this;
    }
    const handlers = Object.entries(tasks).map(([state, task]) => [state, this.guarded(state, task)] as const);
    const run = this.run = interpreter.run(JSON.parse(input) as Json, {
      overrides: { taskResourceLocalHandlers: Object.fromEntries(handlers) },
      context: {
        Execution: {
          Id: arn,
          Name: name,
          RoleArn: machine.roleArn,
          StartTime: new Date(this.startDate).toISOString(),
          RedriveCount: this.redriveCount,
          ...redrive && { RedriveTime: new Date(redrive.date).toISOString() },
        },
        StateMachine: { Id: machine.stateMachineArn, Name: machine.name },
      },
    });
    this.onChange(this);
    const watched = this.watch(run);
    const isCurrent = () => this.redrive === redrive;
    // The events of the last states precede the end in the history.
    run.result.then(
      async (output) => watched.then(() => { if (isCurrent()) this.succeed(output as Json); }),
      async (error: unknown) => watched.then(() => { if (isCurrent()) this.fail(error); }),
    );
    return this;
  }

  /** Closes an execution that has ended. */
  close(end: ExecutionEnd): this {
    Object.assign(this, end);
    this.tellEnd(end);
    return this;
  }

  /** Prepares a redrive: the execution continues from the unsuccessful step when it begins. */
  reopen(redrive: Redrive): this {
    Object.assign(this, { redrive, status: 'RUNNING', stopDate: undefined, output: undefined, error: undefined, cause: undefined });
    this.events.redriven(redrive.date, redrive.count);
    return this;
  }

  /** Returns the next redrive, or throws an error if the execution cannot be redriven. */
  nextRedrive(): Redrive {
    const reason = this.notRedrivable;
    if (reason !== undefined) throw new ServiceError('ExecutionNotRedrivable', `Execution Not Redrivable: '${this.arn}': ${reason}`);
    if (!this.at) throw new ServiceError('ExecutionNotRedrivable', `Execution Not Redrivable: '${this.arn}': it has entered no state`);
    return { count: this.redriveCount + 1, date: this.clock.now(), from: this.at };
  }

  redriven(redrive: Redrive): void {
    this.log.redriven(redrive);
  }

  /** Removes the record of the execution. */
  forget(): void {
    this.log.remove();
  }

  /** Ends a running execution. An invoked function continues; a job that a task waits for is stopped. */
  stop(error?: string, cause?: string): void {
    this.end('ABORTED', { error, cause });
  }

  /** Returns the summary in a list with data of that time. */
  summarizeAt(time: number) {
    const { stopDate: _, ...summary } = this.summarize();
    return this.stopDate !== undefined && this.stopDate > time ? { ...summary, status: 'RUNNING' as const } : this.summarize();
  }

  summarize() {
    return {
      executionArn: this.arn,
      stateMachineArn: this.machine.stateMachineArn,
      name: this.name,
      status: this.status,
      startDate: this.startDate / 1000,
      ...this.stopDate === undefined ? {} : { stopDate: this.stopDate / 1000 },
      redriveCount: this.redriveCount,
      ...this.redrive && { redriveDate: this.redrive.date / 1000 },
    };
  }

  describe(withData: boolean): JsonObject {
    const { output, error, cause, notRedrivable } = this;
    return {
      ...this.summarize(),
      ...withData && { input: this.input },
      inputDetails: { included: withData },
      ...output === undefined ? {} : { ...withData && { output: JSON.stringify(output) }, outputDetails: { included: withData } },
      ...error === undefined || !withData ? {} : { error },
      ...cause === undefined || !withData ? {} : { cause },
      redriveStatus: notRedrivable === undefined ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
      ...notRedrivable !== undefined && { redriveStatusReason: notRedrivable },
    };
  }

  private succeed(output: Json): void {
    if (Buffer.byteLength(JSON.stringify(output)) > MAX_DATA) this.fail({ cause: new DataLimitExceeded(this.machine.name) });
    else this.end('SUCCEEDED', { output });
  }

  private fail(error: unknown): void {
    const { name, cause } = error as { readonly name?: string; readonly cause?: Error };
    if (name === 'ExecutionTimeoutError') this.end('TIMED_OUT', {});
    else this.end('FAILED', { error: cause?.name ?? 'States.Runtime', cause: cause?.message ?? String(error) });
  }

  private end(status: ExecutionEnd['status'], outcome: Pick<ExecutionEnd, 'output' | 'error' | 'cause'>): void {
    if (this.status !== 'RUNNING') return;
    const end = { status, stopDate: this.clock.now(), transitions: this.transitions, ...outcome, ...status !== 'SUCCEEDED' && { at: this.at } };
    this.close(end);
    this.log.ended(end);
    this.run?.abort();
    this.interruption.abort();
    this.onChange(this);
  }

  private tellEnd({ status, stopDate, output = null, error, cause, at }: ExecutionEnd): void {
    switch (status) {
      case 'SUCCEEDED': return this.events.succeeded(stopDate, output);
      case 'FAILED': return this.events.failed(stopDate, error, cause);
      case 'TIMED_OUT': return this.events.timedOut(stopDate);
      case 'ABORTED': return this.events.aborted(stopDate, at?.type, error, cause);
    }
  }

  /** The interpreter would still retry a state if the execution ends before the retry. */
  private guarded(state: string, { resource, run: work }: Task) {
    return (async (input: Json) => {
      const { redriveCount } = this;
      // `watch` processes the results of earlier states first, in this turn.
      await this.clock.work(() => turn());
      const isUnderWay = () => this.redriveCount === redriveCount && this.status === 'RUNNING';
      if (!isUnderWay()) throw Object.assign(new Error('The execution has ended.'), { isRetryable: false, isCatchable: false });
      this.events.taskScheduled(this.clock.now(), resource, input, this.arn);
      const { arn: executionArn, interruption: { signal } } = this;
      const submitted = (response: Json) => {
        this.events.taskSubmitted(this.clock.now(), resource, response);
        return response;
      };
      try {
        const output = await this.log.task(state, async () => work(input, { executionArn, signal, submitted }));
        if (isUnderWay()) this.events.taskSucceeded(this.clock.now(), resource, output);
        return output;
      } catch (error) {
        if (isUnderWay()) this.events.taskFailed(this.clock.now(), resource, (error as Error).name, (error as Error).message);
        throw error;
      }
    }) as never;
  }

  private async watch(run: Run): Promise<void> {
    const { redrive } = this;
    for await (const event of run.eventLogs) {
      if (this.redrive !== redrive || this.status !== 'RUNNING') return;
      this.look(event);
    }
  }

  private look(event: EventLog): void {
    this.events.happened(event);
    if (event.type === 'StateEntered') this.enter(event.state as StateEntry);
    if (event.type === 'StateRetried') this.transitions++;
    if (event.type === 'StateExited' && Buffer.byteLength(JSON.stringify(event.state.output ?? null)) > MAX_DATA) {
      this.fail({ cause: new DataLimitExceeded(event.state.name) });
    }
    // The last event is the end of the execution.
    if (this.events.count >= MAX_EVENTS - 1) this.fail({ cause: new EventLimitExceeded(MAX_EVENTS) });
  }

  private enter({ name, type, input }: StateEntry): void {
    if (name === REDRIVE_STATE) return;
    this.transitions++;
    const { States: states } = this.machine.definition as { readonly States: { readonly [state: string]: unknown } };
    if (Object.hasOwn(states, name)) this.at = { name, type, input };
  }
}

/** Whether a state machine or one of its states, at any depth, is in JSONata. */
function usesJsonata(definition: unknown): boolean {
  if (typeof definition !== 'object' || definition === null) return false;
  const { QueryLanguage, States, Branches, ItemProcessor } = definition as { readonly [member: string]: object | undefined };
  return (QueryLanguage as unknown) === 'JSONata' || [...Object.values(States ?? {}), ...Object.values(Branches ?? {}), ItemProcessor].some(usesJsonata);
}
