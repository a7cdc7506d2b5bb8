import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { event, first, identity, notFound, Script, SENT, signedAt } from './script';
import { JobScript } from './scripted-training-jobs';
import { handler } from '../../lambda';
import { accept, handle } from '../../lambda/advance';
import { executionNames } from '../../lambda/naming';

test('an event is taken by starting one execution that is named after it', async () => {
  const script = new Script(notFound);
  await accept(event(), script);
  expect(script.executing).toEqual([executionNames(identity('Train', 'request-1')).name]);
  expect(script.calls).toEqual([]);
});

test('an event of an unknown resource type is refused before anything starts', async () => {
  const script = new Script(notFound);
  await expect(accept(event({ ResourceType: 'Custom::Other' }), script)).rejects.toThrow("unknown resource type 'Custom::Other'");
  expect(script.executing).toEqual([]);
});

test.each([
  ['ThrottlingException', 'Rate exceeded'],
  // The policy of the function may not have been propagated.
  ['AccessDeniedException', 'not authorized'],
])('an event that cannot be accepted because of %s is delivered again by Lambda, and only the last delivery answers', async (name, message) => {
  const script = new Script(notFound);
  script.executions.start = async () => { throw Object.assign(new Error(message), { name }); };
  const delivered = event({ ResponseURL: signedAt(SENT) });
  for (const seconds of [0, 60]) {
    script.time = SENT + seconds * 1000;
    await expect(handle(delivered, script)).rejects.toThrow(message);
  }
  expect(script.responses).toEqual([]);
  script.time = SENT + 180_000;
  await handle(delivered, script);
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: `The handler could not accept the event: ${name}: ${message}` })]);
});

test.each([
  [event(), 'Train'],
  [event({ RequestType: 'Update', PhysicalResourceId: 's-train-1' }), 's-train-1'],
])('an event that cannot be taken is answered under the id that CloudFormation knows', async (delivered, id) => {
  const script = new Script(notFound);
  script.executions.start = async () => { throw Object.assign(new Error('no such state machine'), { name: 'StateMachineDoesNotExist' }); };
  await handle(delivered, script);
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'FAILED', PhysicalResourceId: id })]);
});

test('a step of the state machine goes on with its event', async () => {
  const script = new JobScript();
  const step = await handle(first(), script);
  expect(step).toMatchObject({ event: event(), memo: { jobName: expect.any(String) }, wait: expect.any(Number) });
  expect(script.executing).toEqual([]);
});

test('an event that is too large for the state machine is refused before it gets stuck there', async () => {
  const script = new Script(notFound);
  const large = event({ ResourceProperties: { Request: { Environment: { A: 'x'.repeat(250_000) } }, NamePrefix: 's', Wait: { Seconds: '60' } } });
  await expect(accept(large, script)).rejects.toThrow(/it has 25\d{4} bytes; at most 240000 are allowed/);
  expect(script.executing).toEqual([]);
});

test.each(['Update', 'Delete'] as const)('the previous request of an event (%s) takes little space in its execution, whatever its size', async (RequestType) => {
  const script = new Script(notFound);
  const large = {
    NamePrefix: 's',
    Wait: { Seconds: '60' },
    Request: {
      RoleArn: 'role',
      HyperParameters: { a: 'x'.repeat(250_000) },
      ProfilerRuleConfigurations: [{ RuleParameters: { a: 'x'.repeat(250_000) } }],
      Tags: Array.from({ length: 43 }, (_, index) => ({ Key: `${index}`.padEnd(128, 'k'), Value: 'v'.repeat(256) })),
    },
  };
  const now = event().ResourceProperties;
  await accept(event({ RequestType, PhysicalResourceId: 's-1', ...RequestType === 'Delete' ? { ResourceProperties: large } : { ResourceProperties: now, OldResourceProperties: large } }), script);
  expect(Buffer.byteLength(JSON.stringify(script.steps))).toBeLessThan(8000);
});

test('a late copy of an event that is being handled starts no other execution', async () => {
  const script = new Script(notFound);
  script.time = SENT;
  await accept(event({ ResponseURL: signedAt(SENT) }), script);
  script.time += 600_000;
  await accept(event({ ResponseURL: signedAt(SENT) }), script);
  expect(new Set(script.executing).size).toBe(1);
});

test('the handler that cannot take an event tells CloudFormation at once', async () => {
  const received: any[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => { body += chunk; });
    request.on('end', () => {
      if (request.method === 'PUT') received.push(JSON.parse(body));
      response.writeHead(request.method === 'PUT' ? 200 : 400).end('{"__type":"StateMachineDoesNotExist","message":"no such state machine"}');
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: url, AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', STATE_MACHINE_ARN: 'arn:aws:states:eu-west-1:1:stateMachine:m',
  });
  await handler(event({ ResponseURL: `${url}/response?secret` }));
  server.close();
  server.closeAllConnections();
  expect(received).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: 'The handler could not accept the event: StateMachineDoesNotExist: no such state machine' })]);
});
