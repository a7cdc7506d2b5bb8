import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { StateMachine as Interpreter, StateMachineDefinition } from 'aws-local-stepfunctions' with { 'resolution-mode': 'import' };
import type { Clock } from '../clock';
import { Timer } from '../timer';

export type { Interpreter, StateMachineDefinition };

/** What the interpreter tells of an execution. */
export type EventLog = ReturnType<InstanceType<typeof Interpreter>['run']>['eventLogs'] extends AsyncGenerator<infer Event> ? Event : never;
export type StateData = Extract<EventLog, { readonly state: unknown }>['state'];

/** Where the interpreter sets the time at which an execution began, to that of its run: a redriven execution has several runs. */
const START_TIME = 'StartTime: (/* @__PURE__ */ new Date()).toISOString()';

/**
 * Loads the interpreter of the Amazon States Language anew, with its timers on our clock: so its waits, retries and
 * timeouts take place in virtual time while the definition stays as it was synthesized.
 */
export function loadInterpreter(clock: Clock): typeof Interpreter {
  const file = require.resolve('aws-local-stepfunctions');
  const module: { exports: { StateMachine?: typeof Interpreter } } = { exports: {} };
  const load = createRequire(file);
  const globals = {
    module,
    exports: module.exports,
    // Its own client of Lambda is never used and slow to load.
    require: (name: string) => name.startsWith('@aws-sdk/') ? {} : load(name) as unknown,
    setTimeout: (action: () => void, ms: number) => new Timer(clock, ms, action),
    clearTimeout: (timer?: Timer) => timer?.cancel(),
    Date: clock.Date,
  };
  // Not node:vm, which would compile it for another realm when this runs in Jest's: it tells plain objects by their prototype.
  const source = readFileSync(file, 'utf8').replace(START_TIME, 'StartTime: options.runOptions?.context?.Execution?.StartTime ?? new Date().toISOString()');
  new Function(...Object.keys(globals), `${source}\n//# sourceURL=${file}`)(...Object.values(globals));
  return module.exports.StateMachine!;
}

/** A function's ARN, which is valid wherever a task's resource or parameter takes one. */
const FUNCTION_ARN = /arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]{1,64}(?=")/g;

const valid = new Set<string>();

/**
 * An interpreter of a definition; throws what is not valid in it. The validator builds its schemas anew each time, which takes
 * longer than all else that is done for a small stack, so a definition that differs only in its functions is not looked at again.
 */
export function interpret(interpreter: typeof Interpreter, definition: StateMachineDefinition): InstanceType<typeof Interpreter> {
  const text = JSON.stringify(definition).replace(FUNCTION_ARN, 'a function');
  const made = interpreterOf(interpreter, definition, valid.has(text));
  valid.add(text);
  return made;
}

/** An interpreter of a valid definition with another first state, from which some of its states may be out of reach. */
export function interpretFrom(interpreter: typeof Interpreter, definition: StateMachineDefinition): InstanceType<typeof Interpreter> {
  return interpreterOf(interpreter, definition, true);
}

/** The interpreter adds to its definition, so it gets one of its own. */
function interpreterOf(interpreter: typeof Interpreter, definition: StateMachineDefinition, noValidate: boolean): InstanceType<typeof Interpreter> {
  const own = JSON.parse(JSON.stringify(definition)) as StateMachineDefinition;
  return new interpreter(own, { validationOptions: { checkArn: true, checkPaths: true, noValidate } });
}
