import { setTimeout } from 'node:timers/promises';
import { partition } from '@aws-sdk/core/client';
import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest, parseUrl } from '@smithy/core/transport';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';
import { defaultProvider } from './sdk/credentials';
import { isTransient } from './service-errors';

const ATTEMPTS = 6;
const FIRST_DELAY = 200;
/** The timeout of a call, in milliseconds. By default, the function has a minute for a step. */
const TIMEOUT = 8_000;

/** A rejection by Step Functions, with the name of its error. */
class StepFunctionsError extends Error {
  readonly $metadata: { readonly httpStatusCode: number };

  constructor(readonly name: string, message: string, httpStatusCode: number) {
    super(message);
    this.$metadata = { httpStatusCode };
  }
}

/**
 * Step Functions, for the few calls of the function. They contain neither numbers nor times that need a schema. The client of the
 * SDK would be a tenth of the bundle.
 */
export class StepFunctions {
  private readonly endpoint: ReturnType<typeof parseUrl>;
  private readonly http = new NodeHttpHandler({ connectionTimeout: TIMEOUT, requestTimeout: TIMEOUT, throwOnRequestTimeout: true });
  private readonly signer: SignatureV4;

  constructor(region: string, environment: NodeJS.ProcessEnv = process.env) {
    const { AWS_ENDPOINT_URL_SFN, AWS_ENDPOINT_URL } = environment;
    this.endpoint = parseUrl(AWS_ENDPOINT_URL_SFN ?? AWS_ENDPOINT_URL ?? `https://states.${region}.${partition(region).dnsSuffix}`);
    this.signer = new SignatureV4({ service: 'states', region, credentials: defaultProvider(), sha256: Sha256 });
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

  private async send(operation: string, body: string): Promise<Record<string, any>> {
    const { hostname, port } = this.endpoint;
    const request = new HttpRequest({
      ...this.endpoint,
      method: 'POST',
      headers: {
        'host': port ? `${hostname}:${port}` : hostname,
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `AWSStepFunctions.${operation}`,
      },
      body,
    });
    const { response } = await this.http.handle(await this.signer.sign(request) as HttpRequest);
    const answer = await read(response.body);
    if (response.statusCode < 300) return JSON.parse(answer);
    const { __type = '', message = answer } = parse(answer);
    throw new StepFunctionsError(__type.split('#').pop()!, message, response.statusCode);
  }
}

async function read(stream: NodeJS.ReadableStream): Promise<string> {
  let content = '';
  for await (const chunk of stream.setEncoding('utf8')) content += chunk;
  return content;
}

/** Parses the body of an error. Proxies between the function and the service may respond without JSON. */
function parse(answer: string): { readonly __type?: string; readonly message?: string } {
  try {
    return JSON.parse(answer) ?? {};
  } catch {
    return {};
  }
}
