import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { StateMachine as Interpreter, StateMachineDefinition } from 'aws-local-stepfunctions' with { 'resolution-mode': 'import' };
import type { Clock } from '../clock';
import { Timer } from '../timer';

export type { Interpreter, StateMachineDefinition };

/** The events of the interpreter about an execution. */
export type EventLog = ReturnType<InstanceType<typeof Interpreter>['run']>['eventLogs'] extends AsyncGenerator<infer Event> ? Event : never;
export type StateData = Extract<EventLog, { readonly state: unknown }>['state'];

/** Parts of the interpreter that differ from Step Functions, each with the code that replaces it. */
const CORRECTIONS: ReadonlyArray<readonly [code: string, replacement: string]> = [
  // The start time of an execution is the one of its first run. A redriven execution has several runs.
  ['StartTime: (/* @__PURE__ */ new Date()).toISOString()', 'StartTime: options.runOptions?.context?.Execution?.StartTime ?? new Date().toISOString()'],
  // The context object contains the state, and the number of its retries.
  [
    'const stateExecutor = new StateExecutor(currStateName, currState);',
    `context.State = { Name: currStateName, EnteredTime: new Date().toISOString(), RetryCount: 0 };
     const stateExecutor = new StateExecutor(currStateName, currState);`,
  ],
  [
    'return this.execute(input, context, options);',
    `context.State = { ...context.State, RetryCount: context.State.RetryCount + 1 };
     return this.execute(input, context, options);`,
  ],
  // The default timeout of a task.
  ['DEFAULT_TIMEOUT_SECONDS = 60;', 'DEFAULT_TIMEOUT_SECONDS = 99999999;'],
  // The digest of a string of several blocks.
  ['switch (algorithm) {', "return require('node:crypto').createHash(algorithm.replace('-', '')).update(str).digest('hex');\nswitch (algorithm) {"],
];

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
  const source = CORRECTIONS.reduce((text, [code, replacement]) => {
    if (!text.includes(code)) throw new Error(`${file} does not contain ${code}`);
    return text.replace(code, replacement);
  }, readFileSync(file, 'utf8'));
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
