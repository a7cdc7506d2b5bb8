import * as https from 'node:https';
import { partition } from '@aws-sdk/core/client';
import { sign } from 'aws4';

/** The timeout of connections and of most calls, in milliseconds. By default, the function has a minute for a step. */
const TIMEOUT = 8_000;

/** A rejection by a service, with the name of its error. */
export class RejectedCall extends Error {
  readonly $metadata: { readonly httpStatusCode: number };

  constructor(readonly name: string, message: string, httpStatusCode: number) {
    super(message);
    this.$metadata = { httpStatusCode };
  }
}

/** A call without a response in time. */
class TimeoutError extends Error {
  readonly name = 'TimeoutError';
}

/** A service that the function calls without a client of the SDK, which would be a large part of the bundle. */
export class SignedClient {
  private readonly endpoint: URL;
  private readonly timeout: number;

  /**
   * @param service the name of the service in signatures
   * @param variable the ending of the environment variable with the endpoint
   */
  constructor(
    private readonly service: string,
    variable: string,
    private readonly region: string,
    environment: NodeJS.ProcessEnv = process.env,
    { hostPrefix = service, timeout = TIMEOUT }: { readonly hostPrefix?: string; readonly timeout?: number } = {},
  ) {
    const endpoint = environment[`AWS_ENDPOINT_URL_${variable}`] ?? environment.AWS_ENDPOINT_URL;
    this.endpoint = new URL(endpoint ?? `https://${hostPrefix}.${region}.${partition(region).dnsSuffix}`);
    this.timeout = timeout;
  }

  /** Sends a signed request. */
  async post(headers: { readonly [name: string]: string }, body: string): Promise<{ readonly statusCode: number; readonly body: string }> {
    const { endpoint: { hostname, pathname: path, port, protocol }, region, service, timeout } = this;
    const { headers: signed } = sign({ method: 'POST', hostname, port, path, headers: { ...headers }, body, service, region }, credentialsOfFunction());
    // Only a local cloud has an endpoint without TLS.
    const { request } = protocol === 'http:' ? await import('node:http') : https;
    return new Promise((settle, fail) => {
      const sent = request({ method: 'POST', hostname, port, path, headers: signed, timeout: TIMEOUT }, (response) => {
        let content = '';
        response.setEncoding('utf8')
          .on('data', (part: string) => { content += part; })
          .on('end', () => settle({ statusCode: response.statusCode!, body: content }))
          .on('error', fail);
      });
      // Applies once the connection is established.
      sent.setTimeout(timeout);
      sent.on('timeout', () => sent.destroy(new TimeoutError('the service did not respond in time'))).on('error', fail).end(body);
    });
  }
}

/** The credentials of a function are always in its environment. */
function credentialsOfFunction() {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  return { accessKeyId: AWS_ACCESS_KEY_ID!, secretAccessKey: AWS_SECRET_ACCESS_KEY!, sessionToken: AWS_SESSION_TOKEN };
}
