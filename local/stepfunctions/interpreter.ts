import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { StateMachine as Interpreter, StateMachineDefinition } from 'aws-local-stepfunctions' with { 'resolution-mode': 'import' };
import type { Clock } from '../clock';
import { Timer } from '../timer';

export type { Interpreter, StateMachineDefinition };

/** The events of the interpreter about an execution. */
export type EventLog = ReturnType<InstanceType<typeof Interpreter>['run']>['eventLogs'] extends AsyncGenerator<infer Event> ? Event : never;
export type StateData = Extract<EventLog, { readonly state: unknown }>['state'];

/**
 * The code of the interpreter that sets the start time of an execution to the one of its run. A redriven execution has several
 * runs.
 */
const START_TIME = 'StartTime: (/* @__PURE__ */ new Date()).toISOString()';

/**
 * Loads a separate instance of the Amazon States Language interpreter, with its timers on the clock. Its waits, retries and
 * timeouts take place in virtual time, and the definition stays as synthesized.
 */
export function loadInterpreter(clock: Clock): typeof Interpreter {
  const file = require.resolve('aws-local-stepfunctions');
  const module: { exports: { StateMachine?: typeof Interpreter } } = { exports: {} };
  const load = createRequire(file);
  const globals = {
    module,
    exports: module.exports,
    // The interpreter's own Lambda client is never used and slow to load.
    require: (name: string) => name.startsWith('@aws-sdk/') ? {} : load(name) as unknown,
    setTimeout: (action: () => void, ms: number) => new Timer(clock, ms, action),
    clearTimeout: (timer?: Timer) => timer?.cancel(),
    Date: clock.Date,
  };
  // Not node:vm, which would compile it for another realm in Jest: it recognizes plain objects by their prototype.
  const source = readFileSync(file, 'utf8').replace(START_TIME, 'StartTime: options.runOptions?.context?.Execution?.StartTime ?? new Date().toISOString()');
  new Function(...Object.keys(globals), `${source}\n//# sourceURL=${file}`)(...Object.values(globals));
  return module.exports.StateMachine!;
}

/** The ARN of a function, which is valid wherever a task's resource or parameter accepts one. */
const FUNCTION_ARN = /arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]{1,64}(?=")/g;

const valid = new Set<string>();

/**
 * Returns an interpreter of a definition, or throws an error for an invalid definition. The validator builds its schemas each
 * time, which takes longer than all other work for a small stack. Therefore, a definition that differs only in its functions is
 * not validated again.
 */
export function interpret(interpreter: typeof Interpreter, definition: StateMachineDefinition): InstanceType<typeof Interpreter> {
  const text = JSON.stringify(definition).replace(FUNCTION_ARN, 'a function');
  const made = interpreterOf(interpreter, definition, valid.has(text));
  valid.add(text);
  return made;
}

/** Returns an interpreter of a valid definition with another first state, from which some states may be unreachable. */
export function interpretFrom(interpreter: typeof Interpreter, definition: StateMachineDefinition): InstanceType<typeof Interpreter> {
  return interpreterOf(interpreter, definition, true);
}

/** The interpreter modifies its definition, so it receives a copy. */
function interpreterOf(interpreter: typeof Interpreter, definition: StateMachineDefinition, noValidate: boolean): InstanceType<typeof Interpreter> {
  const own = JSON.parse(JSON.stringify(definition)) as StateMachineDefinition;
  return new interpreter(own, { validationOptions: { checkArn: true, checkPaths: true, noValidate } });
}
