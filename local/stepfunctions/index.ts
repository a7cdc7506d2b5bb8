import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { page } from '../api/page';
import type { Service } from '../api/service';
import type { Clock } from '../clock';
import type { Functions, StateMachineConfiguration, StateMachines } from '../services';
import { Execution } from './execution';
import { interpret, type Interpreter, interpretFrom, loadInterpreter, type StateMachineDefinition } from './interpreter';
import { type ExecutionEnd, type ExecutionLog, type ExecutionLogs, type ExecutionStart, type ExecutionStatus, NO_LOGS, type Redrive } from './log';
import { describeMachine, summarizeMachine } from './machine-description';
import { redriveDefinition } from './redrive-definition';
import { ANY_ROLE, callableBy, checkRole, invocableBy, type StateMachineRoles } from './role';
import type { SageMakerCall } from './sagemaker-integration';
import { STEP_FUNCTIONS_MODEL } from './states-model';
import type { Task } from './task';
import { MAX_DATA, tasksOf } from './tasks';
import { ServiceError } from '../api/service-error';

export type { Execution } from './execution';
export type { ExecutionEnd, ExecutionLog, ExecutionStart, Redrive } from './log';

interface StartExecutionInput {
  readonly stateMachineArn: string;
  readonly name?: string;
  readonly input?: string;
}

interface ListExecutionsInput {
  readonly stateMachineArn?: string;
  readonly mapRunArn?: string;
  readonly statusFilter?: ExecutionStatus | 'PENDING_REDRIVE';
  readonly redriveFilter?: 'REDRIVEN' | 'NOT_REDRIVEN';
  readonly maxResults?: number;
  readonly nextToken?: string;
}

interface HistoryInput extends Named {
  readonly maxResults?: number;
  readonly reverseOrder?: boolean;
  readonly nextToken?: string;
  readonly includeExecutionData?: boolean;
}

interface Named {
  readonly executionArn: string;
}

interface Described {
  readonly includedData?: 'ALL_DATA' | 'METADATA_ONLY';
}

/** An execution of an earlier process. */
interface Earlier {
  readonly start: ExecutionStart;
  readonly startDate: number;
  /** The last redrive. */
  readonly redrive?: Redrive;
}

interface LocalStateMachine {
  readonly configuration: StateMachineConfiguration;
  readonly creationDate: number;
  readonly updateDate: number;
  readonly interpreter: InstanceType<typeof Interpreter>;
  readonly tasks: { readonly [state: string]: Task };
  /** The executions by name. */
  readonly executions: Map<string, Execution>;
}

/** The time for which a closed execution and its name are kept, in milliseconds. */
const RETENTION = 90 * 24 * 60 * 60 * 1000;
const DEFAULT_PAGE = 100;
/** The time for which the client token of a redrive is valid, in milliseconds. */
const TOKEN_LIFETIME = 15 * 60 * 1000;
/** White space, brackets, wildcards, special and control characters. */
// eslint-disable-next-line no-control-regex
const INVALID_NAME = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f\ufffe\uffff]/;

/** Step Functions, which executes definitions as synthesized. */
export class LocalStateMachines extends EventEmitter<{ status: [Execution] }> implements StateMachines, Service {
  readonly name = 'states';
  readonly targetPrefix = 'AWSStepFunctions';
  readonly contentType = 'application/x-amz-json-1.0';
  readonly model = STEP_FUNCTIONS_MODEL;
  readonly operations: Service['operations'] = {
    StartExecution: (input: StartExecutionInput) => this.start(input),
    StopExecution: (input: { executionArn: string; error?: string; cause?: string }) => this.stopExecution(input),
    DescribeExecution: ({ executionArn, includedData }: Named & Described) => this.execution(executionArn).describe(includedData !== 'METADATA_ONLY'),
    ListExecutions: (input: ListExecutionsInput) => this.list(input),
    GetExecutionHistory: (input: HistoryInput) => this.history(input),
    RedriveExecution: (input: Named & { readonly clientToken?: string }) => this.redrive(input),
    DescribeStateMachine: ({ stateMachineArn, includedData }: { stateMachineArn: string } & Described) =>
      describeMachine(this.machine(stateMachineArn), includedData),
    DescribeStateMachineForExecution: ({ executionArn, includedData }: Named & Described) => this.machineOfExecution(executionArn, includedData),
    ListStateMachines: (input: { readonly maxResults?: number; readonly nextToken?: string }) => this.listMachines(input),
  };

  private readonly machines = new Map<string, LocalStateMachine>();
  private readonly interpreter: typeof Interpreter;
  /** The recent redrives by execution and client token. */
  private readonly redrives = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    private readonly functions: Functions,
    private readonly logs: ExecutionLogs = NO_LOGS,
    private readonly roles: StateMachineRoles = ANY_ROLE,
    /** Returns the delay until lists show an execution, and its end, in milliseconds. */
    private readonly listLag: (arn: string) => number = () => 0,
    private readonly callSageMaker: SageMakerCall = () => { throw new Error('There is no SageMaker.'); },
  ) {
    super();
    this.interpreter = loadInterpreter(clock);
  }

  put(configuration: StateMachineConfiguration): void {
    const machine = this.compile(configuration);
    checkRole(configuration, Object.values(machine.tasks).flatMap(({ rule }) => rule ?? []), this.roles);
    this.machines.set(configuration.stateMachineArn, machine);
  }

  remove(stateMachineArn: string): void {
    for (const execution of this.executions(stateMachineArn)) {
      execution.stop();
      execution.forget();
    }
    this.machines.delete(stateMachineArn);
  }

  /** The executions of a state machine, or all executions, oldest first. */
  executions(stateMachineArn?: string): Execution[] {
    return [...this.machines]
      .filter(([arn]) => stateMachineArn === undefined || arn === stateMachineArn)
      .flatMap(([, { executions }]) => [...executions.values()])
      .sort((a, b) => a.startDate - b.startDate);
  }

  /** Ends all executions. */
  stop(): void {
    this.executions().forEach((execution) => execution.stop());
  }

  /** Restores an execution that ended in an earlier process. */
  restore({ start, startDate, redrive, end }: Earlier & { readonly end: ExecutionEnd }, log: ExecutionLog): void {
    const execution = this.newExecution({ start, startDate }, log);
    if (redrive) execution.reopen(redrive);
    this.machineOf(start).executions.set(start.name, execution.close(end));
  }

  /** Begins an execution, or replays the one of the log. */
  resume({ start, startDate, redrive }: Earlier, log: ExecutionLog): Execution {
    const machine = this.machineOf(start);
    const execution = this.newExecution({ start, startDate }, log);
    machine.executions.set(start.name, execution);
    return redrive ? this.goOn(execution, machine, redrive) : execution.begin(machine.interpreter, machine.tasks);
  }

  private newExecution({ start, startDate }: Earlier, log: ExecutionLog): Execution {
    return new Execution(start, startDate, this.clock, log, (changed) => this.emit('status', changed));
  }

  private goOn(execution: Execution, { configuration, tasks }: LocalStateMachine, redrive: Redrive): Execution {
    const definition = redriveDefinition(configuration.definition, redrive.from);
    return execution.reopen(redrive).begin(interpretFrom(this.interpreter, definition), tasks);
  }

  /** The state machine with the definition that the execution began with. */
  private machineOf({ machine: configuration }: Pick<ExecutionStart, 'machine'>): LocalStateMachine {
    const current = this.machines.get(configuration.stateMachineArn);
    if (isDeepStrictEqual(current?.configuration, configuration)) return current!;
    const machine = this.compile(configuration);
    if (!current) this.machines.set(configuration.stateMachineArn, machine);
    return machine;
  }

  private compile(configuration: StateMachineConfiguration): LocalStateMachine {
    const { roleArn } = configuration;
    const definition = configuration.definition as unknown as StateMachineDefinition;
    let interpreter;
    try {
      interpreter = interpret(this.interpreter, definition);
    } catch (error) {
      throw new ServiceError('InvalidDefinition', (error as Error).message);
    }
    const current = this.machines.get(configuration.stateMachineArn);
    const now = this.clock.now();
    return {
      configuration,
      creationDate: current?.creationDate ?? now,
      updateDate: now,
      interpreter,
      tasks: tasksOf(definition, {
        clock: this.clock,
        functions: invocableBy(roleArn, this.functions, this.roles),
        callSageMaker: callableBy(roleArn, this.callSageMaker, this.roles),
      }),
      executions: current?.executions ?? new Map<string, Execution>(),
    };
  }

  private start({ stateMachineArn, name = randomUUID(), input = '{}' }: StartExecutionInput) {
    if (name.length < 1 || name.length > 80 || INVALID_NAME.test(name)) throw new ServiceError('InvalidName', `Invalid Name: '${name}'`);
    checkInput(input);
    const { configuration: machine, executions } = this.machine(stateMachineArn);
    const arn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    const existing = executions.get(name);
    if (existing && !this.forgotten(existing)) {
      if (existing.status === 'RUNNING' && existing.input === input) return { executionArn: arn, startDate: existing.startDate / 1000 };
      throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    }
    executions.delete(name);
    existing?.forget();
    const start = { machine, name, arn, input };
    const { startDate } = this.resume({ start, startDate: this.clock.now() }, this.logs(start));
    return { executionArn: arn, startDate: startDate / 1000 };
  }

  private stopExecution({ executionArn, error, cause }: { executionArn: string; error?: string; cause?: string }) {
    const execution = this.execution(executionArn);
    execution.stop(error, cause);
    return { stopDate: execution.stopDate! / 1000 };
  }

  /** Continues an execution from its unsuccessful step, with the definition that it began with. */
  private redrive({ executionArn, clientToken }: Named & { readonly clientToken?: string }) {
    const execution = this.execution(executionArn);
    const now = this.clock.now();
    const key = clientToken && `${executionArn} ${clientToken}`;
    const earlier = key && this.redrives.get(key);
    if (earlier && now - earlier < TOKEN_LIFETIME) return { redriveDate: earlier / 1000 };
    const redrive = execution.nextRedrive();
    execution.redriven(redrive);
    this.goOn(execution, this.machineOf({ machine: execution.machine }), redrive);
    if (key) this.redrives.set(key, now);
    return { redriveDate: now / 1000 };
  }

  private history({ executionArn, maxResults, reverseOrder = false, nextToken, includeExecutionData = true }: HistoryInput) {
    const events = this.execution(executionArn).events.list(includeExecutionData);
    if (reverseOrder) events.reverse();
    const { items, nextToken: next } = page(events, maxResults || DEFAULT_PAGE, nextToken, 'InvalidToken');
    return { events: [...items], ...next ? { nextToken: next } : {} };
  }

  private machineOfExecution(executionArn: string, includedData?: Described['includedData']) {
    const { machine, startDate } = this.execution(executionArn);
    const { creationDate: _, status: __, type: ___, ...described } = describeMachine({ configuration: machine, creationDate: startDate },
      includedData);
    return { ...described, updateDate: startDate / 1000 };
  }

  private listMachines({ maxResults, nextToken }: { readonly maxResults?: number; readonly nextToken?: string }) {
    const machines = [...this.machines.values()].map(summarizeMachine);
    const { items, nextToken: next } = page(machines, maxResults || DEFAULT_PAGE, nextToken, 'InvalidToken');
    return { stateMachines: [...items], ...next ? { nextToken: next } : {} };
  }

  private list({ stateMachineArn, mapRunArn, statusFilter, redriveFilter, maxResults, nextToken }: ListExecutionsInput) {
    if (mapRunArn !== undefined) throw new ServiceError('ValidationException', 'Map Runs are not emulated by the local cloud.');
    if (statusFilter === 'PENDING_REDRIVE') throw new ServiceError('ValidationException', 'PENDING_REDRIVE is a status of executions of a Map Run only.');
    if (stateMachineArn === undefined) throw new ServiceError('ValidationException', 'Must provide a stateMachineArn or mapRunArn');
    this.machine(stateMachineArn);
    const all = this.executions(stateMachineArn)
      .filter((execution) => !this.forgotten(execution))
      .filter(({ redriveCount }) => redriveFilter === undefined || (redriveFilter === 'REDRIVEN') === redriveCount > 0)
      .map((execution) => ({ execution, seenAt: this.clock.now() - this.listLag(execution.arn) }))
      .filter(({ execution, seenAt }) => execution.startDate <= seenAt)
      .map(({ execution, seenAt }) => execution.summarizeAt(seenAt))
      .filter(({ status }) => statusFilter === undefined || status === statusFilter)
      .reverse();
    const { items, nextToken: next } = page(all, maxResults || DEFAULT_PAGE, nextToken, 'InvalidToken');
    return { executions: [...items], ...next ? { nextToken: next } : {} };
  }

  private machine(arn: string): LocalStateMachine {
    if (!/^arn:aws[a-z-]*:states:[^:]+:\d{12}:stateMachine:[^:]+$/.test(arn)) throw new ServiceError('InvalidArn', `Invalid Arn: '${arn}'`);
    const machine = this.machines.get(arn);
    if (!machine) throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    return machine;
  }

  private execution(arn: string): Execution {
    if (!/^arn:aws[a-z-]*:states:[^:]+:\d{12}:execution:[^:]+:[^:]+$/.test(arn)) throw new ServiceError('InvalidArn', `Invalid Arn: '${arn}'`);
    const found = this.executions().find((execution) => execution.arn === arn);
    if (!found || this.forgotten(found)) throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return found;
  }

  private forgotten({ stopDate }: Execution): boolean {
    return stopDate !== undefined && this.clock.now() - stopDate > RETENTION;
  }
}

function checkInput(input: string): void {
  if (Buffer.byteLength(input) > MAX_DATA) throw new ServiceError('InvalidExecutionInput', `Input exceeds ${MAX_DATA} bytes.`);
  try {
    JSON.parse(input);
  } catch (error) {
    throw new ServiceError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${String(error)}'`);
  }
}
