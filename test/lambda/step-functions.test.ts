import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { StepFunctions } from '../../lambda/step-functions';

type Answer = readonly [status: number, body: string];

let server: Server;
let requests: { readonly headers: IncomingMessage['headers']; readonly body: string }[];
let answers: Answer[];
let stepFunctions: StepFunctions;

beforeEach(async () => {
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
  stepFunctions = new StepFunctions('eu-west-1', { AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});

afterEach(async () => {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
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

test('a call that was throttled, or met a service that is unavailable, is repeated', async () => {
  answers = [[400, '{"__type":"ThrottlingException","message":"Rate exceeded"}'], [503, '<html>unavailable</html>'], [200, '{}']];
  expect(await stepFunctions.call('StopExecution', {})).toEqual({});
  expect(requests).toHaveLength(3);
});

test('a call that is throttled each time is given up', async () => {
  answers = Array.from({ length: 10 }, () => [400, '{"__type":"ThrottlingException","message":"Rate exceeded"}'] as const);
  await expect(stepFunctions.call('StopExecution', {})).rejects.toThrow('Rate exceeded');
  expect(requests).toHaveLength(6);
});

test('a refusal is an error of the name that the service gives it, and is not repeated', async () => {
  answers = [[400, '{"__type":"com.amazonaws.swf.service.v2.model#ExecutionAlreadyExists","message":"Execution Already Exists"}']];
  await expect(stepFunctions.call('StartExecution', {})).rejects.toMatchObject({ name: 'ExecutionAlreadyExists', message: 'Execution Already Exists' });
  expect(requests).toHaveLength(1);
});
