/*
 * The program of a function's process. It loads the handler and passes invocations to it, one at a time.
 * It is plain JavaScript and not a module, because it runs for every process of a function: stripping types took longer than the
 * start of Node.js. It imports only types of this project.
 */
'use strict';
const { existsSync } = require('node:fs');
const { registerHooks } = /** @type {{ registerHooks?: (hooks: object) => void }} */ (/** @type {unknown} */ (require('node:module')));
const { resolve } = require('node:path');
const { pathToFileURL } = require('node:url');
const { format } = require('node:util');

/** @import { Invocation, Outcome, Printed, TimeUpdate } from './process-messages' */
/** @typedef {(event: unknown, context: object) => unknown} Handler */

/** @type {typeof import('./process-messages').READY} */
const READY = 'ready';
/** @type {typeof import('./process-messages').FRAME} */
const FRAME = '\u001e';

const { Date: RealDate } = globalThis;
let offset = 0;

/** The time of the virtual clock at the invocation's start, running at real speed from there. */
class VirtualDate extends RealDate {
  static now() {
    return RealDate.now() + offset;
  }

  /** @param {[] | ConstructorParameters<typeof RealDate>} args */
  constructor(...args) {
    super(.../** @type {ConstructorParameters<typeof RealDate>} */ (args.length === 0 ? [VirtualDate.now()] : args));
  }
}
// Named `Date`, like the class that it replaces.
Object.defineProperty(VirtualDate, 'name', { value: 'Date' });
Object.assign(globalThis, { Date: VirtualDate });

/**
 * The handlers of CDK send their response with `https` to the host of the response URL, whatever the URL's scheme and port. The local
 * cloud has no certificate, so what is sent to its host goes to its endpoint.
 */
function redirectHttps() {
  const http = require('node:http');
  const https = require('node:https');
  const endpoint = new URL(String(process.env.AWS_ENDPOINT_URL));
  const { request: requestByHttps } = https;
  /** @type {(...args: any[]) => import('node:http').ClientRequest} */
  const request = (options, ...rest) => (options?.hostname === endpoint.hostname
    ? http.request({ ...options, port: endpoint.port }, ...rest)
    : requestByHttps(options, ...rest));
  Object.assign(https, { request });
}

/**
 * Returns the path of a client of the AWS SDK that the runtime provides.
 *
 * @param {string} specifier
 */
function providedPath(specifier) {
  try {
    return require.resolve(specifier);
  } catch {
    return undefined;
  }
}

// Loading `https` takes as long as the start of Node.js, so only a function that loads it waits for it. Node.js before version 22.15
// cannot tell.
if (registerHooks) {
  let isRedirected = false;
  registerHooks({
    /**
     * @param {string} specifier
     * @param {object} context
     * @param {(specifier: string, context: object) => object} nextResolve
     */
    resolve(specifier, context, nextResolve) {
      if (/^(node:)?https$/.test(specifier) && !isRedirected) {
        isRedirected = true;
        redirectHttps();
      }
      try {
        return nextResolve(specifier, context);
      } catch (error) {
        // Lambda provides the SDK to ES modules, too. Node.js itself searches `NODE_PATH` only for CommonJS modules.
        const isMissing = /** @type {NodeJS.ErrnoException} */ (error).code === 'ERR_MODULE_NOT_FOUND';
        const provided = isMissing && specifier.startsWith('@aws-sdk/') && providedPath(specifier);
        if (!provided) throw error;
        return nextResolve(pathToFileURL(provided).href, context);
      }
    },
  });
} else {
  redirectHttps();
}

/**
 * The request ID of the invocation in progress.
 *
 * @type {string | undefined}
 */
let requestId;

/** @param {Printed} printed */
function print(printed) {
  process.stdout.write(`${FRAME}${JSON.stringify(printed)}\n`);
}

for (const [method, level] of Object.entries({ trace: 'TRACE', debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR' })) {
  console[/** @type {'log'} */ (method)] = (...args) => print({ level, requestId, time: Date.now(), message: format(...args) });
}

/**
 * Loads a CommonJS module with `require`, as Lambda does. `import()` of it takes longer than the start of Node.js.
 *
 * @param {string} path
 */
function loadModule(path) {
  if (path.endsWith('.mjs')) return import(pathToFileURL(path).href);
  try {
    return require(path);
  } catch (error) {
    // The module is an ES module by its package, and waits for something.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ERR_REQUIRE_ASYNC_MODULE') throw error;
    return import(pathToFileURL(path).href);
  }
}

/** @returns {Promise<Handler>} */
async function load() {
  const [, file, name] = /** @type {RegExpExecArray} */ (/^(.*)\.([^.]+)$/.exec(String(process.env._HANDLER)));
  const path = ['.js', '.mjs', '.cjs'].map((extension) => resolve(file + extension)).find(existsSync);
  if (!path) throw named('Runtime.ImportModuleError', `Error: Cannot find module '${file}'`);
  let module;
  try {
    module = await loadModule(path);
  } catch (error) {
    throw named('Runtime.ImportModuleError', String(error));
  }
  const handler = module[name] ?? module.default?.[name];
  if (typeof handler !== 'function') throw named('Runtime.HandlerNotFound', `${process.env._HANDLER} is undefined or not exported`);
  return handler;
}

/**
 * @param {Handler} handler
 * @param {Invocation} invocation
 * @returns {Promise<Outcome>}
 */
async function invoke(handler, { event, functionArn, deadline }) {
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

/** @param {unknown} error */
function describe(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

/**
 * @param {string} name
 * @param {string} message
 */
function named(name, message) {
  return Object.assign(new Error(message), { name });
}

/** @param {Outcome | typeof READY} message */
const send = (message, sent = () => {}) => /** @type {Required<NodeJS.Process>} */ (process).send(message, undefined, undefined, sent);

process.on('disconnect', () => process.exit());

const loading = load();
// A handler that cannot be loaded fails its invocation, not the process.
loading.catch(() => undefined).finally(() => send(READY));

process.on('message', (/** @type {Invocation | TimeUpdate} */ invocation) => {
  offset = invocation.now - RealDate.now();
  if (!('event' in invocation)) return;
  requestId = invocation.requestId;
  void loading
    .then((handler) => invoke(handler, invocation), (error) => ({ error: describe(error) }))
    .then((outcome) => {
      print({ ended: invocation.requestId });
      send(outcome);
    });
});

// An error outside of the handler's promise ends the process and its invocation.
for (const [event, errorType] of [['uncaughtException', 'Runtime.UnhandledError'], ['unhandledRejection', 'Runtime.UnhandledPromiseRejection']]) {
  process.on(event, (error) => {
    console.error(error);
    if (requestId !== undefined) print({ ended: requestId });
    send({ error: { ...describe(error), errorType } }, () => process.exit(128));
  });
}
