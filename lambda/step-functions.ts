import { setTimeout } from 'node:timers/promises';
import { isTransient } from './service-errors';
import { RejectedCall, SignedClient } from './signed-client';

const ATTEMPTS = 6;
const FIRST_DELAY = 200;

/** Step Functions, for the few calls of the function. They contain neither numbers nor times that need a schema. */
export class StepFunctions {
  private readonly client: SignedClient;

  constructor(region: string, environment?: NodeJS.ProcessEnv) {
    this.client = new SignedClient('states', 'SFN', region, environment);
  }

  /** Calls an operation of the API by name, and retries transient failures. */
  async call(operation: string, input: object): Promise<Record<string, any>> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.send(operation, JSON.stringify(input));
      } catch (error) {
        if (!isTransient(error) || attempt === ATTEMPTS) throw error;
        await setTimeout(FIRST_DELAY * 2 ** (attempt - 1));
      }
    }
  }

  private async send(operation: string, input: string): Promise<Record<string, any>> {
    const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AWSStepFunctions.${operation}` };
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
