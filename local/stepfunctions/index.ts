import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { page } from '../api/page';
import type { Service } from '../api/service';
import type { Clock } from '../clock';
import type { Functions, StateMachineConfiguration, StateMachines } from '../services';
import { Execution } from './execution';
import { interpret, type Interpreter, loadInterpreter, type StateMachineDefinition } from './interpreter';
import { type ExecutionEnd, type ExecutionLog, type ExecutionLogs, type ExecutionStart, type ExecutionStatus, NO_LOGS } from './log';
import { STEP_FUNCTIONS_MODEL } from './model';
import { ANY_ROLE, checkRole, invocableBy, type StateMachineRoles } from './role';
import { MAX_DATA, type Task, tasksOf } from './tasks';
import { ServiceError } from '../api/service-error';

export type { Execution } from './execution';
export type { ExecutionEnd, ExecutionLog, ExecutionStart } from './log';

interface StartExecutionInput {
  readonly stateMachineArn: string;
  readonly name?: string;
  readonly input?: string;
}

interface ListExecutionsInput {
  readonly stateMachineArn?: string;
  readonly statusFilter?: ExecutionStatus;
  readonly maxResults?: number;
  readonly nextToken?: string;
}

interface LocalStateMachine {
  readonly configuration: StateMachineConfiguration;
  readonly interpreter: InstanceType<typeof Interpreter>;
  readonly tasks: { readonly [state: string]: Task };
  /** By name. */
  readonly executions: Map<string, Execution>;
}

/** How long a closed execution and its name are kept. */
const RETENTION = 90 * 24 * 60 * 60 * 1000;
const DEFAULT_PAGE = 100;
/** White space, brackets, wildcards, special and control characters. */
// eslint-disable-next-line no-control-regex
const INVALID_NAME = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f\ufffe\uffff]/;

/** Step Functions, with definitions executed as they were synthesized. */
export class LocalStateMachines extends EventEmitter<{ end: [Execution] }> implements StateMachines, Service {
  readonly name = 'states';
  readonly targetPrefix = 'AWSStepFunctions';
  readonly contentType = 'application/x-amz-json-1.0';
  readonly model = STEP_FUNCTIONS_MODEL;
  readonly operations: Service['operations'] = {
    StartExecution: (input: StartExecutionInput) => this.start(input),
    StopExecution: (input: { executionArn: string; error?: string; cause?: string }) => this.stopExecution(input),
    DescribeExecution: ({ executionArn }: { executionArn: string }) => this.execution(executionArn).describe(),
    ListExecutions: (input: ListExecutionsInput) => this.list(input),
  };

  private readonly machines = new Map<string, LocalStateMachine>();
  private readonly interpreter: typeof Interpreter;

  constructor(
    private readonly clock: Clock,
    private readonly functions: Functions,
    private readonly logs: ExecutionLogs = NO_LOGS,
    private readonly roles: StateMachineRoles = ANY_ROLE,
  ) {
    super();
    this.interpreter = loadInterpreter(clock);
  }

  put(configuration: StateMachineConfiguration): void {
    checkRole(configuration, this.roles);
    this.machines.set(configuration.stateMachineArn, this.compile(configuration));
  }

  remove(stateMachineArn: string): void {
    for (const execution of this.executions(stateMachineArn)) {
      execution.stop();
      execution.forget();
    }
    this.machines.delete(stateMachineArn);
  }

  /** The executions of a state machine, or all, oldest first. */
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

  /** Has an execution that has ended in an earlier process. */
  restore(start: ExecutionStart, startDate: number, end: ExecutionEnd, log: ExecutionLog): void {
    this.machineOf(start).executions.set(start.name, new Execution(start, startDate, this.clock, log).close(end));
  }

  /** Begins an execution, or does again what its log tells of. */
  resume(start: ExecutionStart, log: ExecutionLog): Execution {
    const { interpreter, tasks, executions } = this.machineOf(start);
    const execution = new Execution(start, this.clock.now(), this.clock, log, (ended) => this.emit('end', ended));
    executions.set(start.name, execution);
    return execution.begin(interpreter, tasks);
  }

  /** The state machine as it is for an execution, which keeps the definition with which it began. */
  private machineOf({ machine: configuration }: ExecutionStart): LocalStateMachine {
    const current = this.machines.get(configuration.stateMachineArn);
    if (isDeepStrictEqual(current?.configuration, configuration)) return current!;
    const machine = this.compile(configuration);
    if (!current) this.machines.set(configuration.stateMachineArn, machine);
    return machine;
  }

  private compile(configuration: StateMachineConfiguration): LocalStateMachine {
    const definition = configuration.definition as unknown as StateMachineDefinition;
    let interpreter;
    try {
      interpreter = interpret(this.interpreter, definition);
    } catch (error) {
      throw new ServiceError('InvalidDefinition', (error as Error).message);
    }
    const executions = this.machines.get(configuration.stateMachineArn)?.executions ?? new Map<string, Execution>();
    return { configuration, interpreter, tasks: tasksOf(definition, invocableBy(configuration.roleArn, this.functions, this.roles)), executions };
  }

  private start({ stateMachineArn, name = randomUUID(), input = '{}' }: StartExecutionInput) {
    if (name.length < 1 || name.length > 80 || INVALID_NAME.test(name)) throw new ServiceError('InvalidName', `Invalid Name: '${name}'`);
    checkInput(input);
    const { configuration: machine, executions } = this.machine(stateMachineArn);
    const arn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    const known = executions.get(name);
    if (known && !this.forgotten(known)) {
      if (known.status === 'RUNNING' && known.input === input) return { executionArn: arn, startDate: known.startDate / 1000 };
      throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    }
    executions.delete(name);
    known?.forget();
    const begin = { machine, name, arn, input };
    const { startDate } = this.resume(begin, this.logs(begin));
    return { executionArn: arn, startDate: startDate / 1000 };
  }

  private stopExecution({ executionArn, error, cause }: { executionArn: string; error?: string; cause?: string }) {
    const execution = this.execution(executionArn);
    execution.stop(error, cause);
    return { stopDate: execution.stopDate! / 1000 };
  }

  private list({ stateMachineArn, statusFilter, maxResults, nextToken }: ListExecutionsInput) {
    if (stateMachineArn === undefined) throw new ServiceError('ValidationException', 'Must provide a stateMachineArn or mapRunArn');
    this.machine(stateMachineArn);
    const all = this.executions(stateMachineArn)
      .filter((execution) => !this.forgotten(execution) && (statusFilter === undefined || execution.status === statusFilter))
      .reverse();
    const { items, nextToken: next } = page(all, maxResults || DEFAULT_PAGE, nextToken, 'InvalidToken');
    return { executions: items.map((execution) => execution.summarize()), ...next ? { nextToken: next } : {} };
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
