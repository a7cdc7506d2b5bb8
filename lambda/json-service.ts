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

/** A service with a JSON protocol. */
export interface JsonProtocol {
  /** The name in signatures and endpoints. */
  readonly signingName: string;
  /** The prefix of the operations. */
  readonly target: string;
  readonly version: '1.0' | '1.1';
  /** The environment variable with another endpoint. */
  readonly endpointVariable: string;
}

export const STEP_FUNCTIONS: JsonProtocol = {
  signingName: 'states', target: 'AWSStepFunctions', version: '1.0', endpointVariable: 'AWS_ENDPOINT_URL_SFN',
};

export const CLOUD_WATCH_LOGS: JsonProtocol = {
  signingName: 'logs', target: 'Logs_20140328', version: '1.1', endpointVariable: 'AWS_ENDPOINT_URL_CLOUDWATCH_LOGS',
};

/** A rejection by a service, with the name of its error. */
class JsonServiceError extends Error {
  readonly $metadata: { readonly httpStatusCode: number };

  constructor(readonly name: string, message: string, httpStatusCode: number) {
    super(message);
    this.$metadata = { httpStatusCode };
  }
}

/**
 * A service, for the few calls of the function. They contain neither numbers nor times that need a schema. The client of the
 * SDK would be a tenth of the bundle.
 */
export class JsonService {
  private readonly endpoint: ReturnType<typeof parseUrl>;
  private readonly http = new NodeHttpHandler({ connectionTimeout: TIMEOUT, requestTimeout: TIMEOUT, throwOnRequestTimeout: true });
  private readonly signer: SignatureV4;

  constructor(
    private readonly protocol: JsonProtocol,
    region: string,
    environment: NodeJS.ProcessEnv = process.env,
    private readonly attempts: number = ATTEMPTS,
  ) {
    const { endpointVariable, signingName } = protocol;
    const url = environment[endpointVariable] ?? environment.AWS_ENDPOINT_URL ?? `https://${signingName}.${region}.${partition(region).dnsSuffix}`;
    this.endpoint = parseUrl(url);
    this.signer = new SignatureV4({ service: signingName, region, credentials: defaultProvider(), sha256: Sha256 });
  }

  /** Calls an operation of the API by name, and retries transient failures. */
  async call(operation: string, input: object): Promise<Record<string, any>> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.send(operation, JSON.stringify(input));
      } catch (error) {
        if (!isTransient(error) || attempt >= this.attempts) throw error;
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
        'content-type': `application/x-amz-json-${this.protocol.version}`,
        'x-amz-target': `${this.protocol.target}.${operation}`,
      },
      body,
    });
    const { response } = await this.http.handle(await this.signer.sign(request) as HttpRequest);
    const answer = await read(response.body);
    if (response.statusCode < 300) return JSON.parse(answer);
    const { __type = '', message = answer } = parse(answer);
    throw new JsonServiceError(__type.split('#').pop()!, message, response.statusCode);
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
