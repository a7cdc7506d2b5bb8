import { setImmediate as turn } from 'node:timers/promises';
import type { JsonObject } from '../api/validate';
import type { Clock } from '../clock';
import type { Json, StateMachineConfiguration } from '../services';
import type { Interpreter } from './interpreter';
import { DataLimitExceeded, MAX_DATA, type Task } from './tasks';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

type Run = ReturnType<InstanceType<typeof Interpreter>['run']>;

/** An execution of a state machine. */
export class Execution {
  status: ExecutionStatus = 'RUNNING';
  readonly startDate: number;
  stopDate?: number;
  /** How many states were entered, retries included: what the service bills. */
  transitions = 0;

  private output?: Json;
  private error?: string;
  private cause?: string;
  private readonly run: Run;

  constructor(
    readonly machine: StateMachineConfiguration,
    readonly name: string,
    readonly arn: string,
    readonly input: string,
    private readonly clock: Clock,
    interpreter: InstanceType<typeof Interpreter>,
    tasks: { readonly [state: string]: Task },
    private readonly onEnd: (execution: Execution) => void,
  ) {
    this.startDate = clock.now();
    this.run = interpreter.run(JSON.parse(input) as Json, {
      overrides: { taskResourceLocalHandlers: Object.fromEntries(Object.entries(tasks).map(([state, task]) => [state, this.guarded(task)])) },
      context: {
        Execution: { Id: arn, Name: name, RoleArn: machine.roleArn },
        StateMachine: { Id: machine.stateMachineArn, Name: machine.name },
      },
    });
    void this.watch();
    this.run.result.then((output) => this.succeed(output as Json), (error: unknown) => this.fail(error));
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

  private end(status: ExecutionStatus, { output, error, cause }: { output?: Json; error?: string; cause?: string }): void {
    if (this.status !== 'RUNNING') return;
    this.status = status;
    this.stopDate = this.clock.now();
    this.output = output;
    this.error = error;
    this.cause = cause;
    this.run.abort();
    this.onEnd(this);
  }

  /** The interpreter would still enter a state that is to be retried when its execution ends in between. */
  private guarded(task: Task) {
    return (input: unknown) => this.clock.work(async () => {
      // What the states before this one gave is looked at in `watch`, which comes first in this turn.
      await turn();
      if (this.status !== 'RUNNING') throw Object.assign(new Error('The execution has ended.'), { isRetryable: false, isCatchable: false });
      return task(input as Json);
    }) as never;
  }

  private async watch(): Promise<void> {
    for await (const event of this.run.eventLogs) {
      if (event.type === 'StateEntered' || event.type === 'StateRetried') this.transitions++;
      if (event.type === 'StateExited' && Buffer.byteLength(JSON.stringify(event.state.output ?? null)) > MAX_DATA) {
        this.fail({ cause: new DataLimitExceeded(event.state.name) });
      }
    }
  }
}
