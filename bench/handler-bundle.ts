import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import { EMPTY_PROCESS, packageFile, printed, processTime } from './fresh-process';
import type { Comparison } from './measure';
import { tlsEndpoint } from './tls-endpoint';
import { Clock } from '../local/clock';
import { environmentOf } from '../local/lambda/function-environment';
import { FunctionLog } from '../local/lambda/function-log';
import { FunctionProcess } from '../local/lambda/function-process';
import { NO_LOG_SINK } from '../local/logs';
import type { FunctionConfiguration } from '../local/services';

const FILE = join(__dirname, '..', 'assets', 'handler', 'index.js');
const ENTRY = join(__dirname, 'sdk-handler.ts');

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
  const running = new FunctionProcess(configuration, environmentOf(configuration, 'eu-west-1', 'http://127.0.0.1:1', log.streamName), clock, log);
  const { system, user } = await running.invoke({}) as { readonly system: number; readonly user: number };
  await running.kill();
  return (system + user) / 1000;
}

/** The handler that calls SageMaker with the client of the SDK, in the bundle that esbuild creates with its default options. */
function defaultBundle(): Uint8Array {
  const { outputFiles } = buildSync({ entryPoints: [ENTRY], bundle: true, minify: true, platform: 'node', target: 'node22', write: false });
  return outputFiles[0].contents;
}

function defaultFile(): string {
  const file = packageFile('default-bundle.js');
  if (!existsSync(file)) writeFileSync(file, defaultBundle());
  return file;
}

/** The first step of the Create event of a job. */
const FIRST_STEP = {
  event: {
    RequestType: 'Create',
    RequestId: 'request',
    ResponseURL: 'https://localhost/answer',
    ResourceType: 'Custom::SageMakerTrainingJob',
    LogicalResourceId: 'Job',
    StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Stack/51af3dc0-da77-11e4-872e-1234567db123',
    ResourceProperties: {
      NamePrefix: 'stack-job',
      Wait: { Seconds: '3300' },
      Request: {
        AlgorithmSpecification: { TrainingImage: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/train:v1', TrainingInputMode: 'File' },
        RoleArn: 'arn:aws:iam::111122223333:role/train',
        OutputDataConfig: { S3OutputPath: 's3://results/models' },
        ResourceConfig: { InstanceType: 'ml.m5.xlarge', InstanceCount: '1', VolumeSizeInGB: '30' },
        StoppingCondition: { MaxRuntimeInSeconds: '600' },
      },
    },
  },
};

/** The processor time until the function has described and created a job, in milliseconds. */
function coldStart(file: () => string): () => Promise<number> {
  return async () => printed(`
    const step = { ...${JSON.stringify(FIRST_STEP)}, memo: { sentAt: Date.now() } };
    console.log = () => undefined;
    require(${JSON.stringify(file())}).handler(step).then(({ memo }) => {
      if (!memo.jobName) throw new Error('no job was created');
      const { system, user } = process.cpuUsage();
      process.stdout.write(String((system + user) / 1000));
      process.exit();
    });
  `, {
    env: {
      AWS_ENDPOINT_URL: await tlsEndpoint(),
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'key',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'token',
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
      STATE_MACHINE_ARN: 'arn:aws:states:eu-west-1:111122223333:stateMachine:machine',
    },
  });
}

const SHIPPED = 'the bundle that ships';
const DEFAULT = "the client of the SDK in esbuild's default bundle";
const load = (file: () => string) => () => processTime(`require(${JSON.stringify(file())})`)();
const shipped = () => FILE;

export const BUNDLE: Comparison[] = [
  {
    measure: 'bytes of the function',
    subject: { name: SHIPPED, once: () => statSync(FILE).size },
    against: { name: DEFAULT, once: () => defaultBundle().length },
    rounds: 1,
  },
  {
    measure: 'cold start of the function: load and first step (ms)',
    subject: { name: SHIPPED, once: coldStart(shipped) },
    against: { name: DEFAULT, once: coldStart(defaultFile) },
    goal: 0.35,
    // TLS and the threads of V8 vary from start to start.
    rounds: 31,
  },
  { measure: 'cold start of the function: load and first step (ms)', subject: { name: SHIPPED, once: coldStart(shipped) }, against: EMPTY_PROCESS },
  { measure: 'cold load of the function (ms)', subject: { name: SHIPPED, once: load(shipped) }, against: EMPTY_PROCESS },
  {
    measure: 'cold load of the function (ms)',
    subject: { name: SHIPPED, once: load(shipped) },
    against: { name: 'the Node.js modules that it needs', once: processTime(OWN_MODULES) },
    guard: 1.3,
  },
  { measure: 'cold load of the function (ms)', subject: { name: DEFAULT, once: load(defaultFile) }, against: EMPTY_PROCESS },
  {
    measure: 'start of a process of a function in the local cloud (ms)',
    subject: { name: 'a handler that does nothing', once: functionProcessTime },
    against: EMPTY_PROCESS,
    goal: 1.5,
    rounds: 11,
  },
];
