import { isTransient } from './service-errors';
import { RejectedCall, SignedClient } from './signed-client';

const ATTEMPTS = 6;
const FIRST_DELAY = 200;

/** A service with a JSON protocol. */
export interface JsonProtocol {
  /** The name in signatures. */
  readonly signingName: string;
  /** The beginning of the host name. Default: the name in signatures. */
  readonly hostPrefix?: string;
  /** The prefix of the operations. */
  readonly target: string;
  readonly version: '1.0' | '1.1';
  /** The ending of the environment variable with another endpoint. */
  readonly endpointVariable: string;
  /** The timeout of a call, in milliseconds. Default: the one of `SignedClient`. */
  readonly timeout?: number;
}

/** A create call may take long, and can be repeated only in the next step, so it has most of the time of a step. */
export const SAGEMAKER: JsonProtocol = {
  signingName: 'sagemaker',
  hostPrefix: 'api.sagemaker',
  target: 'SageMaker',
  version: '1.1',
  endpointVariable: 'SAGEMAKER',
  timeout: 40_000,
};

export const STEP_FUNCTIONS: JsonProtocol = { signingName: 'states', target: 'AWSStepFunctions', version: '1.0', endpointVariable: 'SFN' };

export const CLOUD_WATCH_LOGS: JsonProtocol = { signingName: 'logs', target: 'Logs_20140328', version: '1.1', endpointVariable: 'CLOUDWATCH_LOGS' };

/**
 * A service with a JSON protocol. A client of the SDK, with its schemas for the responses, would be most of what a starting function
 * loads and runs. Only times need a conversion: the numbers with names such as `CreationTime`.
 */
export class JsonService {
  private client?: SignedClient;

  constructor(
    private readonly protocol: JsonProtocol,
    private readonly region: string,
    private readonly environment?: NodeJS.ProcessEnv,
    private readonly attempts: number = ATTEMPTS,
  ) {}

  /** Calls an operation of the API by name, and retries transient failures. */
  async call(operation: string, input: object): Promise<Record<string, any>> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.send(operation, JSON.stringify(input));
      } catch (error) {
        if (!isTransient(error) || attempt === this.attempts) throw error;
        // A starting function seldom needs this module.
        const { setTimeout } = await import('node:timers/promises');
        await setTimeout(FIRST_DELAY * 2 ** (attempt - 1));
      }
    }
  }

  private async send(operation: string, input: string): Promise<Record<string, any>> {
    const { endpointVariable, hostPrefix, signingName, target, timeout, version } = this.protocol;
    // Most invocations call only one service.
    this.client ??= new SignedClient(signingName, endpointVariable, this.region, this.environment, { hostPrefix, timeout });
    const headers = { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': `${target}.${operation}` };
    const { body, statusCode } = await this.client.post(headers, input);
    if (statusCode < 300) return JSON.parse(body, valueOf);
    const { __type = '', message, Message = body } = parse(body);
    throw new RejectedCall(__type.split('#').pop()!, message ?? Message, statusCode);
  }
}

const TIME = /Time(stamp)?$/;

/** Returns a value of a response: a time as a date, and nothing for a member without a value. */
function valueOf(name: string, value: unknown): unknown {
  if (value === null) return undefined;
  return typeof value === 'number' && TIME.test(name) ? new Date(Math.round(value * 1000)) : value;
}

/** Parses the body of an error. Proxies between the function and the service may respond without JSON. */
function parse(answer: string): { readonly __type?: string; readonly message?: string; readonly Message?: string } {
  try {
    return JSON.parse(answer) ?? {};
  } catch {
    return {};
  }
}
