import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { put } from '../../lambda/respond';

/** What CloudFormation receives at a URL that answers with these status codes, the last one again and again. */
async function deliver(...statuses: number[]) {
  const received: { method?: string; type?: string; body: string }[] = [];
  const receive = async (request: IncomingMessage) => {
    received.push({ method: request.method, type: request.headers['content-type'], body: await text(request) });
    return statuses.length > 1 ? statuses.shift()! : statuses[0];
  };
  const listener: RequestListener = (request, response) => void receive(request).then((status) => response.writeHead(status).end());
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/?signature=secret`;
  const error: unknown = await put(url, '{"a":1}').catch((thrown: unknown) => thrown);
  server.close();
  server.closeAllConnections();
  return { received, error };
}

let pauses: unknown[];

beforeEach(() => {
  pauses = [];
  jest.spyOn(global, 'setTimeout').mockImplementation(((then: () => void, ms?: number) => {
    pauses.push(ms);
    return setImmediate(then);
  }) as unknown as typeof setTimeout);
});

afterEach(() => jest.restoreAllMocks());

test('a response is delivered once, with an empty content type, as the signature of the URL wants it', async () => {
  const { received, error } = await deliver(200);
  expect(received).toEqual([{ method: 'PUT', type: '', body: '{"a":1}' }]);
  expect([error, pauses]).toEqual([undefined, []]);
});

test('a response is delivered again, after a while, where it was not taken', async () => {
  const { received, error } = await deliver(500, 503, 200);
  expect(received).toHaveLength(3);
  expect(new Set(received.map(({ body }) => body))).toEqual(new Set(['{"a":1}']));
  expect([error, pauses]).toEqual([undefined, [400, 800]]);
});

test('a response that is not taken again and again is an error', async () => {
  const { received, error } = await deliver(403);
  expect(received).toHaveLength(4);
  expect(pauses).toEqual([400, 800, 1600]);
  expect((error as Error).message).toBe('the response could not be delivered to CloudFormation: Error');
});

test('a response that cannot be delivered is an error without the URL in it, which is a secret', async () => {
  const error = await put('http://127.0.0.1:1/?signature=secret', '{}').catch((thrown: Error) => thrown);
  expect((error as Error).message).toBe('the response could not be delivered to CloudFormation: TypeError');
  expect(String((error as Error).stack)).not.toContain('secret');
});
