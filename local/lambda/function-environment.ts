import { createHash, randomBytes } from 'node:crypto';
import { delimiter } from 'node:path';
import type { FunctionConfiguration } from '../services';

/** Where the clients of the AWS SDK are, if they are installed. Lambda provides the SDK to functions that do not bring their own. */
const PROVIDED = require.resolve.paths('@aws-sdk')!.join(delimiter);

/** Reserved environment variables, which Lambda sets. */
export const RESERVED = /^(_HANDLER|_X_AMZN_TRACE_ID|AWS_(DEFAULT_)?REGION|AWS_EXECUTION_ENV|AWS_LAMBDA_.*|AWS_ACCESS_KEY(_ID)?|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|LAMBDA_TASK_ROOT|LAMBDA_RUNTIME_DIR)$/;

/** Returns the environment of a function's process. */
export function environmentOf(configuration: FunctionConfiguration, region: string, endpointUrl: string, logStreamName: string): NodeJS.ProcessEnv {
  const { functionName, functionArn, handler, memoryMb, runtime } = configuration;
  return {
    ...configuration.environment,
    PATH: process.env.PATH,
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    NODE_PATH: PROVIDED,
    _HANDLER: handler,
    LAMBDA_TASK_ROOT: configuration.codeDirectory,
    AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: logGroupOf(configuration),
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
    AWS_ACCESS_KEY_ID: accessKeyOf(functionArn),
    AWS_SECRET_ACCESS_KEY: createHash('sha256').update(`secret of ${functionArn}`).digest('base64').slice(0, 40),
    // Each process has its own session, which distinguishes its calls from those of other processes.
    AWS_SESSION_TOKEN: randomBytes(64).toString('base64'),
    AWS_ENDPOINT_URL: endpointUrl,
  };
}

/** Temporary credentials of the function's role. Each function has its own key, which identifies the caller. */
export function accessKeyOf(functionArn: string): string {
  return `ASIA${createHash('sha256').update(functionArn).digest('hex').toUpperCase().slice(0, 16)}`;
}

/** The log group of a function. */
export function logGroupOf({ functionName, logGroup = `/aws/lambda/${functionName}` }: FunctionConfiguration): string {
  return logGroup;
}
