import { partition } from '@aws-sdk/core/client';
import { Hash } from '@smithy/core/serde';
import { HttpRequest, parseUrl } from '@smithy/core/transport';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';

/** The timeout of most calls, in milliseconds. By default, the function has a minute for a step. */
const TIMEOUT = 8_000;

/** A rejection by a service, with the name of its error. */
export class RejectedCall extends Error {
  readonly $metadata: { readonly httpStatusCode: number };

  constructor(readonly name: string, message: string, httpStatusCode: number) {
    super(message);
    this.$metadata = { httpStatusCode };
  }
}

/** A service that the function calls without a client of the SDK, which would be a large part of the bundle. */
export class SignedClient {
  private readonly endpoint: ReturnType<typeof parseUrl>;
  private readonly http: NodeHttpHandler;
  private readonly signer: SignatureV4;

  /**
   * @param service the name of the service in signatures
   * @param variable the ending of the environment variable with the endpoint
   */
  constructor(
    service: string,
    variable: string,
    region: string,
    environment: NodeJS.ProcessEnv = process.env,
    { hostPrefix = service, timeout = TIMEOUT }: { readonly hostPrefix?: string; readonly timeout?: number } = {},
  ) {
    const endpoint = environment[`AWS_ENDPOINT_URL_${variable}`] ?? environment.AWS_ENDPOINT_URL;
    this.endpoint = parseUrl(endpoint ?? `https://${hostPrefix}.${region}.${partition(region).dnsSuffix}`);
    this.http = new NodeHttpHandler({ connectionTimeout: TIMEOUT, requestTimeout: timeout, throwOnRequestTimeout: true });
    this.signer = new SignatureV4({ service, region, credentials: credentialsOfFunction, sha256: Hash.bind(null, 'sha256') });
  }

  /** Sends a signed request. */
  async post(headers: { readonly [name: string]: string }, body: string): Promise<{ readonly statusCode: number; readonly body: string }> {
    const { hostname, port } = this.endpoint;
    const request = new HttpRequest({
      ...this.endpoint,
      method: 'POST',
      headers: { host: port ? `${hostname}:${port}` : hostname, ...headers },
      body,
    });
    const { response } = await this.http.handle(await this.signer.sign(request) as HttpRequest);
    return { statusCode: response.statusCode, body: await read(response.body) };
  }
}

/** The credentials of a function are always in its environment. */
async function credentialsOfFunction() {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  return { accessKeyId: AWS_ACCESS_KEY_ID!, secretAccessKey: AWS_SECRET_ACCESS_KEY!, sessionToken: AWS_SESSION_TOKEN };
}

async function read(stream: NodeJS.ReadableStream): Promise<string> {
  // An iteration of the stream would load and compile further modules of Node.js.
  return new Promise((settle, fail) => {
    let content = '';
    stream.setEncoding('utf8').on('data', (chunk: string) => { content += chunk; }).on('end', () => settle(content)).on('error', fail);
  });
}
