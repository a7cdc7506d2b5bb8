import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import http, { createServer, type IncomingMessage, type Server } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { skipPauses } from './pauses';
import { CLOUD_WATCH_LOGS, JsonService, SAGEMAKER, STEP_FUNCTIONS } from '../../lambda/json-service';
import { isTransient } from '../../lambda/service-errors';

type Answer = readonly [status: number, body: string];

let server: Server;
let requests: { readonly headers: IncomingMessage['headers']; readonly body: string }[];
let answers: Answer[];
let stepFunctions: JsonService;
let pauses: number[];
let here: NodeJS.ProcessEnv;

beforeEach(async () => {
  pauses = skipPauses();
  requests = [];
  server = createServer(async (request, response) => {
    requests.push({ headers: request.headers, body: await text(request) });
    const [status, body] = answers.shift()!;
    response.writeHead(status).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.env.AWS_ACCESS_KEY_ID = 'AKIDEXAMPLE';
  process.env.AWS_SECRET_ACCESS_KEY = 'secret';
  process.env.AWS_SESSION_TOKEN = 'session';
  here = { AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  stepFunctions = new JsonService(STEP_FUNCTIONS, 'eu-west-1', here);
});

afterEach(async () => {
  jest.restoreAllMocks();
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
});

/**
 * The signature that a service computes from a request, from its headers as they have arrived.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
function signatureOf({ body, headers }: typeof requests[number], secret: string): string {
  const hash = (value: string) => createHash('sha256').update(value).digest('hex');
  const hmac = (key: string | Buffer, value: string) => createHmac('sha256', key).update(value).digest();
  const [, scope, signed] = /Credential=[^/]+\/([^,]+), SignedHeaders=([^,]+),/.exec(headers.authorization!)!;
  const canonical = ['POST', '/', '', ...signed.split(';').map((name) => `${name}:${String(headers[name])}`), '', signed, hash(body)].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, hash(canonical)].join('\n');
  return hmac(scope.split('/').reduce<string | Buffer>(hmac, `AWS4${secret}`), toSign).toString('hex');
}

test('the signature of a call is the one that a service computes from it', async () => {
  answers = [[200, '{}'], [200, '{}']];
  await stepFunctions.call('StartExecution', { name: 'ü', input: '{"a": 1}' });
  await new JsonService(SAGEMAKER, 'eu-west-1', here).call('ListTags', {});
  expect(requests.map(({ headers }) => headers.authorization)).toEqual(requests.map((request) => (
    expect.stringMatching(new RegExp(`SignedHeaders=[\\w;-]*host;[\\w;-]*x-amz-target, Signature=${signatureOf(request, 'secret')}$`)))));
});

test('a call is signed for Step Functions in the region, with the credentials of the function', async () => {
  answers = [[200, '{"executions":[]}']];
  expect(await stepFunctions.call('ListExecutions', { maxResults: 5 })).toEqual({ executions: [] });
  expect(requests[0].body).toBe('{"maxResults":5}');
  expect(requests[0].headers).toMatchObject({
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': 'AWSStepFunctions.ListExecutions',
    'x-amz-security-token': 'session',
    'authorization': expect.stringMatching(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/states\/aws4_request, /),
  });
});

test('a call to CloudWatch Logs has its protocol, and is made as often as specified', async () => {
  answers = [[503, ''], [200, '{}']];
  await expect(new JsonService(CLOUD_WATCH_LOGS, 'eu-west-1', here, 1).call('GetLogEvents', {})).rejects.toThrow();
  expect(requests.map(({ headers }) => headers)).toEqual([expect.objectContaining({
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'Logs_20140328.GetLogEvents',
    'authorization': expect.stringMatching(/eu-west-1\/logs\/aws4_request, /),
  })]);
});

test('a call that was throttled, or met a service that is unavailable, is repeated after a while', async () => {
  answers = [[400, '{"__type":"ThrottlingException","message":"Rate exceeded"}'], [503, '<html>unavailable</html>'], [200, '{}']];
  expect(await stepFunctions.call('StopExecution', {})).toEqual({});
  expect(requests).toHaveLength(3);
  expect(pauses).toEqual([200, 400]);
});

test('a call that is throttled each time is given up after some seconds', async () => {
  answers = Array.from({ length: 10 }, () => [400, '{"__type":"ThrottlingException","message":"Rate exceeded"}'] as const);
  await expect(stepFunctions.call('StopExecution', {})).rejects.toThrow('Rate exceeded');
  expect(requests).toHaveLength(6);
  expect(pauses).toEqual([200, 400, 800, 1600, 3200]);
});

test('a refusal is an error of the name that the service gives it, and is not repeated', async () => {
  answers = [[400, '{"__type":"com.amazonaws.swf.service.v2.model#ExecutionAlreadyExists","message":"Execution Already Exists"}']];
  await expect(stepFunctions.call('StartExecution', {})).rejects.toMatchObject({ name: 'ExecutionAlreadyExists', message: 'Execution Already Exists' });
  expect(requests).toHaveLength(1);
});

test.each([
  ['{"message":"no type"}', { name: '', message: 'no type' }],
  ['<html>refused</html>', { name: '', message: '<html>refused</html>' }],
  ['null', { name: '', message: 'null' }],
  ['{"__type":"AccessDeniedException"}', { name: 'AccessDeniedException', message: '{"__type":"AccessDeniedException"}' }],
])('an answer that is not as the service answers is an error with what it says: %s', async (body, error) => {
  answers = [[400, body]];
  await expect(stepFunctions.call('StartExecution', {})).rejects.toMatchObject({ ...error, $metadata: { httpStatusCode: 400 } });
});

test('an answer that is no success is an error, also where it has the form of one', async () => {
  answers = [[300, '{}']];
  await expect(stepFunctions.call('ListExecutions', {})).rejects.toThrow('{}');
});

test('a response that breaks off fails as a lost connection', async () => {
  server.removeAllListeners('request');
  server.on('request', (_request, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('{"executions":', () => response.destroy());
  });
  await expect(new JsonService(STEP_FUNCTIONS, 'eu-west-1', here, 1).call('ListExecutions', {})).rejects.toMatchObject({ code: 'ECONNRESET' });
});

describe('the timeout of a call', () => {
  const { setTimeout } = http.ClientRequest.prototype;
  const timeouts: number[] = [];

  /** Sends calls to a service that does not respond, with a short time in place of their timeouts. */
  async function failureOf(service: JsonService): Promise<unknown> {
    server.removeAllListeners('request');
    jest.spyOn(http.ClientRequest.prototype, 'setTimeout').mockImplementation(function (this: http.ClientRequest, ms) {
      timeouts.push(ms);
      return setTimeout.call(this, 50);
    });
    return service.call('ListTags', {}).catch((error: unknown) => error);
  }

  beforeEach(() => { timeouts.length = 0; });

  test.each([
    ['most services', STEP_FUNCTIONS, 8_000],
    ['SageMaker, whose create calls may take long,', SAGEMAKER, 40_000],
  ])('of %s is a transient failure', async (_which, protocol, timeout) => {
    const error = await failureOf(new JsonService(protocol, 'eu-west-1', here, 1));
    expect(error).toMatchObject({ name: 'TimeoutError', message: 'the service did not respond in time' });
    expect([timeouts, isTransient(error)]).toEqual([[timeout], true]);
  });
});

test('an answer that comes in pieces is put together, also in the middle of a character', async () => {
  const name = 'ü'.repeat(200_000);
  answers = [[200, JSON.stringify({ a: 'x', name })]];
  expect(await stepFunctions.call('ListExecutions', {})).toEqual({ a: 'x', name });
});

describe('the endpoint', () => {
  /** The options of the only request that a call sends, over the expected protocol. */
  async function requestOf(service: JsonService, protocol: typeof http | typeof https): Promise<http.RequestOptions> {
    const request = jest.spyOn(protocol as typeof http, 'request').mockImplementation(() => { throw new Error('not sent'); });
    await expect(service.call('ListTags', {})).rejects.toThrow('not sent');
    return request.mock.lastCall![0] as unknown as http.RequestOptions;
  }

  /** The host that is called, and what its header says. */
  async function hostOf(region: string, environment: NodeJS.ProcessEnv, protocol: typeof http | typeof https = https): Promise<unknown[]> {
    const { headers, hostname, method, port } = await requestOf(new JsonService(STEP_FUNCTIONS, region, environment), protocol);
    return [`${method} ${hostname}`, port, (headers as http.OutgoingHttpHeaders).Host];
  }

  test.each([
    ['eu-west-1', 'states.eu-west-1.amazonaws.com'],
    ['cn-north-1', 'states.cn-north-1.amazonaws.com.cn'],
  ])('is that of the region: %s', async (region, host) => {
    expect(await hostOf(region, {})).toEqual([`POST ${host}`, '', host]);
  });

  test('of SageMaker is that of its API', async () => {
    const { headers, hostname, timeout } = await requestOf(new JsonService(SAGEMAKER, 'us-gov-west-1', {}), https);
    // The timeout of the connection.
    expect([hostname, timeout]).toEqual(['api.sagemaker.us-gov-west-1.amazonaws.com', 8_000]);
    expect((headers as http.OutgoingHttpHeaders).Authorization).toContain('/us-gov-west-1/sagemaker/aws4_request, ');
  });

  test('is another one where the environment says so, for this service before all services', async () => {
    const environment = { AWS_ENDPOINT_URL: 'https://all.example.com' };
    expect(await hostOf('eu-west-1', environment)).toEqual(['POST all.example.com', '', 'all.example.com']);
    expect(await hostOf('eu-west-1', { ...environment, AWS_ENDPOINT_URL_SFN: 'http://states.example.com:8080' }, http))
      .toEqual(['POST states.example.com', '8080', 'states.example.com:8080']);
  });
});
