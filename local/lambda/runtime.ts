/*
 * What a function's process runs: it loads the handler and passes invocations to it, one at a time. It is started as it
 * stands, by a Node.js that strips types, so it holds only types that can be erased and imports nothing of this project
 * but types.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Invocation, Outcome, READY as ReadyMessage, TimeUpdate } from './process-messages';

const READY: typeof ReadyMessage = 'ready';

type Handler = (event: unknown, context: object) => unknown;

const { Date: RealDate } = globalThis;
let offset = 0;

/** The virtual clock's time at the invocation's start, running at real speed from there. */
globalThis.Date = class extends RealDate {
  static now() {
    return RealDate.now() + offset;
  }

  constructor(...args: [] | ConstructorParameters<typeof RealDate>) {
    super(...(args.length === 0 ? [RealDate.now() + offset] : args) as ConstructorParameters<typeof RealDate>);
  }
} as DateConstructor;

async function load(): Promise<Handler> {
  const [, file, name] = /^(.*)\.([^.]+)$/.exec(process.env._HANDLER!)!;
  const path = ['.js', '.mjs', '.cjs'].map((extension) => resolve(file + extension)).find(existsSync);
  if (!path) throw named('Runtime.ImportModuleError', `Error: Cannot find module '${file}'`);
  let module;
  try {
    module = await import(pathToFileURL(path).href);
  } catch (error) {
    throw named('Runtime.ImportModuleError', String(error));
  }
  const handler = module[name] ?? module.default?.[name];
  if (typeof handler !== 'function') throw named('Runtime.HandlerNotFound', `${process.env._HANDLER} is undefined or not exported`);
  return handler;
}

async function invoke(handler: Handler, { requestId, event, functionArn, deadline }: Invocation): Promise<Outcome> {
  try {
    const result = await handler(event, {
      awsRequestId: requestId,
      callbackWaitsForEmptyEventLoop: true,
      functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
      functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
      invokedFunctionArn: functionArn,
      logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
      logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
      memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
      getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    });
    return { result: JSON.stringify(result ?? null) };
  } catch (error) {
    return { error: describe(error) };
  }
}

function describe(error: unknown) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

process.on('disconnect', () => process.exit());

const loading = load();
// A handler that cannot be loaded fails its invocation, not the process.
loading.catch(() => undefined).finally(() => process.send!(READY));

process.on('message', (invocation: Invocation | TimeUpdate) => {
  offset = invocation.now - RealDate.now();
  if (!('event' in invocation)) return;
  void loading
    .then((handler) => invoke(handler, invocation), (error) => ({ error: describe(error) }))
    .then((outcome) => process.send!(outcome));
});

// An error outside of the handler's promise ends the process, and the invocation with it.
for (const [event, errorType] of [['uncaughtException', 'Runtime.UnhandledError'], ['unhandledRejection', 'Runtime.UnhandledPromiseRejection']]) {
  process.on(event, (error: unknown) => {
    console.error(error);
    process.send!({ error: { ...describe(error), errorType } } satisfies Outcome, () => process.exit(128));
  });
}
