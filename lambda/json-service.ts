import { setTimeout } from 'node:timers/promises';
import { isTransient } from './service-errors';
import { RejectedCall, SignedClient } from './signed-client';

const ATTEMPTS = 6;
const FIRST_DELAY = 200;

/** A service with a JSON protocol. */
export interface JsonProtocol {
  /** The name in signatures and endpoints. */
  readonly signingName: string;
  /** The prefix of the operations. */
  readonly target: string;
  readonly version: '1.0' | '1.1';
  /** The ending of the environment variable with another endpoint. */
  readonly endpointVariable: string;
}

export const STEP_FUNCTIONS: JsonProtocol = { signingName: 'states', target: 'AWSStepFunctions', version: '1.0', endpointVariable: 'SFN' };

export const CLOUD_WATCH_LOGS: JsonProtocol = { signingName: 'logs', target: 'Logs_20140328', version: '1.1', endpointVariable: 'CLOUDWATCH_LOGS' };

/** A service, for the few calls of the function. They contain neither numbers nor times that need a schema. */
export class JsonService {
  private readonly client: SignedClient;

  constructor(
    private readonly protocol: JsonProtocol,
    region: string,
    environment?: NodeJS.ProcessEnv,
    private readonly attempts: number = ATTEMPTS,
  ) {
    this.client = new SignedClient(protocol.signingName, protocol.endpointVariable, region, environment);
  }

  /** Calls an operation of the API by name, and retries transient failures. */
  async call(operation: string, input: object): Promise<Record<string, any>> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.send(operation, JSON.stringify(input));
      } catch (error) {
        if (!isTransient(error) || attempt === this.attempts) throw error;
        await setTimeout(FIRST_DELAY * 2 ** (attempt - 1));
      }
    }
  }

  private async send(operation: string, input: string): Promise<Record<string, any>> {
    const { target, version } = this.protocol;
    const headers = { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': `${target}.${operation}` };
    const { body, statusCode } = await this.client.post(headers, input);
    if (statusCode < 300) return JSON.parse(body);
    const { __type = '', message = body } = parse(body);
    throw new RejectedCall(__type.split('#').pop()!, message, statusCode);
  }
}

/** Parses the body of an error. Proxies between the function and the service may respond without JSON. */
function parse(answer: string): { readonly __type?: string; readonly message?: string } {
  try {
    return JSON.parse(answer) ?? {};
  } catch {
    return {};
  }
}
