import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../clock';
import type { JsonObject } from '../json';
import type { Json, StateMachineConfiguration } from '../services';
import type { Interpreter } from './interpreter';
import type { ExecutionEnd, ExecutionLog, ExecutionStart, ExecutionStatus } from './log';
import { DataLimitExceeded, MAX_DATA, type Task } from './tasks';

type Run = ReturnType<InstanceType<typeof Interpreter>['run']>;

/** An execution of a state machine. */
export class Execution {
  status: ExecutionStatus = 'RUNNING';
  stopDate?: number;
  /** How many states were entered, retries included: what the service bills. */
  transitions = 0;

  private output?: Json;
  private error?: string;
  private cause?: string;
  private run?: Run;

  constructor(
    private readonly start: ExecutionStart,
    readonly startDate: number,
    private readonly clock: Clock,
    private readonly log: ExecutionLog,
    private readonly onEnd: (execution: Execution) => void = () => undefined,
  ) {}

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

  /** Begins to execute the definition. */
  begin(interpreter: InstanceType<typeof Interpreter>, tasks: { readonly [state: string]: Task }): this {
    const { machine, name, arn, input } = this.start;
    const handlers = Object.entries(tasks).map(([state, task]) => [state, this.guarded(state, task)] as const);
    this.run = interpreter.run(JSON.parse(input) as Json, {
      overrides: { taskResourceLocalHandlers: Object.fromEntries(handlers) },
      context: {
        Execution: { Id: arn, Name: name, RoleArn: machine.roleArn },
        StateMachine: { Id: machine.stateMachineArn, Name: machine.name },
      },
    });
    void this.watch(this.run);
    this.run.result.then((output) => this.succeed(output as Json), (error: unknown) => this.fail(error));
    return this;
  }

  /** An execution that has ended like this. */
  close(end: ExecutionEnd): this {
    return Object.assign(this, end);
  }

  /** Nobody will ask for it again. */
  forget(): void {
    this.log.remove();
  }

  /** Ends a running execution; its state's work that is under way goes on, as a function that was invoked does. */
  stop(error?: string, cause?: string): void {
    this.end('ABORTED', { error, cause });
  }

  summarize() {
    return {
      executionArn: this.arn,
      stateMachineArn: this.machine.stateMachineArn,
      name: this.name,
      status: this.status,
      startDate: this.startDate / 1000,
      ...this.stopDate === undefined ? {} : { stopDate: this.stopDate / 1000 },
    };
  }

  describe(): JsonObject {
    const { output, error, cause } = this;
    return {
      ...this.summarize(),
      input: this.input,
      inputDetails: { included: true },
      ...output === undefined ? {} : { output: JSON.stringify(output), outputDetails: { included: true } },
      ...error === undefined ? {} : { error },
      ...cause === undefined ? {} : { cause },
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
    const end = { status, stopDate: this.clock.now(), transitions: this.transitions, ...outcome };
    this.close(end);
    this.log.ended(end);
    this.run!.abort();
    this.onEnd(this);
  }

  /** The interpreter would still enter a state that is to be retried when its execution ends in between. */
  private guarded(state: string, task: Task) {
    return (input: unknown) => this.log.task(state, async () => {
      // What the states before this one gave is looked at in `watch`, which comes first in this turn.
      await this.clock.work(() => turn());
      if (this.status !== 'RUNNING') throw Object.assign(new Error('The execution has ended.'), { isRetryable: false, isCatchable: false });
      return task(input as Json);
    }) as never;
  }

  private async watch(run: Run): Promise<void> {
    for await (const event of run.eventLogs) {
      if (event.type === 'StateEntered' || event.type === 'StateRetried') this.transitions++;
      if (event.type === 'StateExited' && Buffer.byteLength(JSON.stringify(event.state.output ?? null)) > MAX_DATA) {
        this.fail({ cause: new DataLimitExceeded(event.state.name) });
      }
    }
  }
}
