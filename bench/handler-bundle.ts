import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import { packageFile, printed } from './fresh-process';
import type { Comparison } from './measure';
import { Clock } from '../local/clock';
import { environmentOf } from '../local/lambda/function-environment';
import { FunctionLog } from '../local/lambda/function-log';
import { FunctionProcess } from '../local/lambda/function-process';
import { NO_LOG_SINK } from '../local/logs';
import type { FunctionConfiguration } from '../local/services';

const FILE = join(__dirname, '..', 'assets', 'handler', 'index.js');
const ENTRY = join(__dirname, '..', 'lambda', 'index.ts');

/** The processor time of a Node.js process that starts, runs a piece of code and ends, in milliseconds. */
function processTime(code: string): () => number {
  return () => printed(`
    ${code};
    const { system, user } = process.cpuUsage();
    console.log((system + user) / 1000);
  `);
}

/** The Node.js modules that every client of an AWS service loads: the minimum of a function that calls a service. */
const OWN_MODULES = ['https', 'crypto', 'fs/promises'].map((name) => `require('node:${name}')`).join(';');

/** The processor time of a function's process in the local cloud until its handler runs, in milliseconds. */
async function functionProcessTime(): Promise<number> {
  const codeDirectory = dirname(packageFile('function', 'index.js'));
  mkdirSync(codeDirectory, { recursive: true });
  writeFileSync(join(codeDirectory, 'index.js'), 'exports.handler = async () => process.cpuUsage();');
  const configuration: FunctionConfiguration = {
    functionName: 'empty',
    functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:empty',
    roleArn: '',
    codeDirectory,
    handler: 'index.handler',
    runtime: 'nodejs22.x',
    timeoutSeconds: 60,
    memoryMb: 256,
    environment: {},
  };
  const clock = new Clock();
  const log = new FunctionLog(configuration, { sink: NO_LOG_SINK, time: new Date(), isWritten: false, writing: {}, onLine: () => undefined });
  const running = new FunctionProcess(configuration, environmentOf(configuration, 'eu-west-1', '', log.streamName), clock, log);
  const { system, user } = await running.invoke({}) as { readonly system: number; readonly user: number };
  await running.kill();
  return (system + user) / 1000;
}

/** The bundle that esbuild creates with its default options. */
function defaultBundle(): Uint8Array {
  const { outputFiles } = buildSync({ entryPoints: [ENTRY], bundle: true, minify: true, platform: 'node', target: 'node22', write: false });
  return outputFiles[0].contents;
}

function defaultFile(): string {
  const file = packageFile('default-bundle.js');
  if (!existsSync(file)) writeFileSync(file, defaultBundle());
  return file;
}

export const BUNDLE: Comparison[] = [
  {
    measure: 'bytes of the function',
    subject: { name: 'the bundle that ships', once: () => statSync(FILE).size },
    against: { name: "esbuild's default", once: () => defaultBundle().length },
    exact: true,
  },
  {
    measure: 'bytes of the function',
    subject: { name: 'the bundle that ships', once: () => statSync(FILE).size },
    reach: 190_000,
    exact: true,
  },
  {
    measure: 'cold load of the function (ms)',
    subject: { name: 'the bundle that ships', once: processTime(`require(${JSON.stringify(FILE)})`) },
    against: { name: 'an empty process', once: processTime('') },
    reach: 1.3,
  },
  {
    measure: 'cold load of the function (ms)',
    subject: { name: 'the bundle that ships', once: processTime(`require(${JSON.stringify(FILE)})`) },
    against: { name: 'the Node.js modules that it needs', once: processTime(OWN_MODULES) },
  },
  {
    measure: 'start of a process of a function in the local cloud (ms)',
    subject: { name: 'a handler that does nothing', once: functionProcessTime },
    against: { name: 'an empty process', once: processTime('') },
    reach: 1.5,
  },
  {
    measure: 'cold load of the function (ms)',
    subject: { name: "esbuild's default", once: () => processTime(`require(${JSON.stringify(defaultFile())})`)() },
    against: { name: 'an empty process', once: processTime('') },
  },
];
