import { ServiceError } from '../../local/api/service-error';
import type { Clock } from '../../local/clock';
import { fraction } from '../../local/fraction';
import type { JsonObject } from '../../local/json';
import { FunctionError, type Functions, type Json, type StateMachineConfiguration, type StateMachines } from '../../local/services';

/** How a task is repeated, and where it goes on when that was in vain: as the definition has it. */
interface TaskState {
  readonly Parameters: { readonly FunctionName: string };
  readonly Retry: readonly (Readonly<Record<'IntervalSeconds' | 'BackoffRate' | 'MaxAttempts' | 'MaxDelaySeconds', number>> & { readonly ErrorEquals: readonly string[] })[];
  readonly Catch?: object;
}

interface Definition {
  readonly TimeoutSeconds: number;
  readonly States: { readonly [state: string]: TaskState };
}

export interface Execution {
  readonly name: string;
  readonly stateMachineArn: string;
  readonly input: string;
  readonly startedAt: number;
  /** The service shows the start and the end so much later, in milliseconds. */
  readonly lag: number;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  /** The number of redrives. */
  redriveCount: number;
  endedAt?: number;
}

/**
 * Step Functions for the one shape of state machine that a stack has, without the cost of an interpreter: the steps run in
 * this process, with the numbers of the synthesized definition. Lists are as late as the service allows itself to be.
 */
export class Executions implements StateMachines {
  readonly all: Execution[] = [];
  private readonly definitions = new Map<string, Definition>();

  /** @param lag How late lists are at most, in seconds. */
  constructor(private readonly clock: Clock, private readonly functions: Functions, private readonly seed: number, private readonly lag: number) {}

  put({ stateMachineArn, definition }: StateMachineConfiguration): void {
    this.definitions.set(stateMachineArn, definition as unknown as Definition);
  }

  remove(stateMachineArn: string): void {
    this.definitions.delete(stateMachineArn);
    for (const execution of this.all) if (execution.stateMachineArn === stateMachineArn) this.end(execution, 'ABORTED');
  }

  call(operation: string, input: JsonObject): JsonObject {
    switch (operation) {
      case 'StartExecution': return this.start(input as { stateMachineArn: string; name: string; input: string });
      case 'StopExecution': return this.stop(String(input.executionArn));
      case 'ListExecutions': return this.list(input);
      default: throw new ServiceError('UnknownOperationException', operation);
    }
  }

  /** Somebody redrives an execution that has ended without success: it goes on, here from its first step. */
  redrive(execution: Execution): void {
    Object.assign(execution, { status: 'RUNNING', endedAt: undefined, redriveCount: execution.redriveCount + 1 } satisfies Partial<Execution>);
    void this.run(execution, this.definitions.get(execution.stateMachineArn)!);
  }

  private start({ stateMachineArn, name, input }: { stateMachineArn: string; name: string; input: string }): JsonObject {
    const definition = this.definitions.get(stateMachineArn);
    if (!definition) throw new ServiceError('StateMachineDoesNotExist', stateMachineArn);
    const known = this.all.find((execution) => execution.name === name && execution.stateMachineArn === stateMachineArn);
    if (known) {
      if (known.status === 'RUNNING' && known.input === input) return {};
      throw new ServiceError('ExecutionAlreadyExists', name);
    }
    const lag = fraction(`${this.seed}/lag/${this.all.length}`) * this.lag * 1000;
    const execution: Execution = { name, stateMachineArn, input, startedAt: this.clock.now(), lag, status: 'RUNNING', redriveCount: 0 };
    this.all.push(execution);
    void this.run(execution, definition).catch((error: unknown) => {
      if (!(error instanceof FunctionError || error instanceof ServiceError)) throw error;
      this.end(execution, 'FAILED');
    });
    return {};
  }

  private stop(executionArn: string): JsonObject {
    const found = this.all.find((execution) => executionArn === `${execution.stateMachineArn.replace(':stateMachine:', ':execution:')}:${execution.name}`);
    if (!found) throw new ServiceError('ExecutionDoesNotExist', executionArn);
    this.end(found, 'ABORTED');
    return {};
  }

  private list({ stateMachineArn, statusFilter }: JsonObject): JsonObject {
    const now = this.clock.now();
    const executions = this.all
      .filter((execution) => execution.stateMachineArn === stateMachineArn && now >= execution.startedAt + execution.lag)
      .map((execution) => ({ ...execution, status: now < (execution.endedAt ?? 0) + execution.lag ? 'RUNNING' : execution.status }))
      .filter(({ status }) => statusFilter === undefined || status === statusFilter)
      .map(({ name, status, startedAt }) => ({ name, status, startDate: startedAt / 1000 }));
    return { executions: executions.reverse() };
  }

  private end(execution: Execution, status: Execution['status']): void {
    if (execution.status !== 'RUNNING') return;
    execution.status = status;
    execution.endedAt = this.clock.now();
  }

  private async run(execution: Execution, { TimeoutSeconds, States }: Definition): Promise<void> {
    const timeout = this.clock.setTimeout(() => this.end(execution, 'TIMED_OUT'), TimeoutSeconds * 1000);
    let data = JSON.parse(execution.input) as { done?: boolean; wait?: number };
    while (execution.status === 'RUNNING' && !data.done) {
      data = await this.step(execution, data, States) as typeof data;
      if (!data?.done) await this.clock.sleep((data?.wait ?? 0) * 1000);
    }
    this.clock.clearTimeout(timeout);
    this.end(execution, 'SUCCEEDED');
  }

  private async step(execution: Execution, data: object, { Advance, GiveUp }: Definition['States']): Promise<Json> {
    try {
      return await this.task(execution, Advance, data);
    } catch (error) {
      if (!Advance.Catch) throw error;
      return this.task(execution, GiveUp, { ...data, error: { Error: nameOf(error), Cause: (error as FunctionError).errorMessage ?? '' } });
    }
  }

  private async task(execution: Execution, { Parameters, Retry }: TaskState, data: object): Promise<Json> {
    const attempts = Retry.map(() => 0);
    for (;;) {
      try {
        return await this.functions.invoke(Parameters.FunctionName, { ...data, redriven: execution.redriveCount } as unknown as Json);
      } catch (error) {
        if (execution.status !== 'RUNNING') return { done: true };
        const index = Retry.findIndex(({ ErrorEquals }) => ErrorEquals.includes(nameOf(error)) || ErrorEquals.includes('States.ALL'));
        const { IntervalSeconds, BackoffRate, MaxAttempts, MaxDelaySeconds } = Retry[index];
        if (attempts[index] === MaxAttempts) throw error;
        await this.clock.sleep(Math.min(IntervalSeconds * BackoffRate ** attempts[index]++, MaxDelaySeconds) * 1000);
        if (execution.status !== 'RUNNING') return { done: true };
      }
    }
  }
}

/** What Step Functions calls an error of a task. */
function nameOf(error: unknown): string {
  if (error instanceof ServiceError) return `Lambda.${error.code}`;
  return (error as FunctionError).errorType ?? 'Lambda.Unknown';
}
