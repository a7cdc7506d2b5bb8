import { DescribeTrainingJobCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { Fixture, REGION } from './sagemaker/setup';
import type { Call, Fault } from '../../local/api/service';
import { ServiceError } from '../../local/api/service-error';
import { Clock } from '../../local/clock';
import type { EndpointHooks } from '../../local/endpoint';

let cloud: Fixture;
let hooks: EndpointHooks;
beforeEach(async () => { cloud = await Fixture.start({}, hooks = {}); });
afterEach(async () => cloud.stop());

describe('the log of calls', () => {
  test('holds what was asked, by whom, when and what came of it', async () => {
    const events: Call[] = [];
    cloud.endpoint.on('call', (call) => events.push(call));
    await cloud.create('job');
    await cloud.create('job').catch(() => undefined);
    expect(cloud.endpoint.calls).toEqual([
      expect.objectContaining({
        service: 'sagemaker',
        operation: 'CreateTrainingJob',
        caller: 'AKIDTEST',
        input: expect.objectContaining({ TrainingJobName: 'job' }),
        outcome: { output: { TrainingJobArn: expect.any(String) } },
        time: new Date('2026-01-01T00:00:00Z'),
      }),
      expect.objectContaining({ outcome: { error: { code: 'ResourceInUse', message: expect.any(String) } } }),
    ]);
    expect(events).toEqual(cloud.endpoint.calls);
  });

  test('keeps no more calls than it is told to', async () => {
    await cloud.stop();
    cloud = await Fixture.start({}, {}, { keptCalls: 1 });
    await cloud.create('job');
    await cloud.describe('job');
    expect(cloud.endpoint.calls).toEqual([expect.objectContaining({ operation: 'DescribeTrainingJob' })]);
  });
});

describe('a caller', () => {
  test('is refused what it may not do', async () => {
    hooks.authorize = (caller, service, operation) => caller === 'AKIDTEST' && operation === 'CreateTrainingJob'
      ? new ServiceError('AccessDeniedException', `no ${service}:${operation}`)
      : undefined;
    await expect(cloud.create('job')).rejects.toMatchObject({ name: 'AccessDeniedException', message: 'no sagemaker:CreateTrainingJob' });
    await expect(cloud.describe('job')).rejects.toThrow(/not found/);
  });
});

describe('a fault', () => {
  const throttled = new ServiceError('ThrottlingException', 'Rate exceeded');
  const once = (fault: Fault): void => { hooks.fault = (_service, operation, _input, n) => operation === 'CreateTrainingJob' && n === 1 ? fault : undefined; };

  test('is answered instead of the operation', async () => {
    once({ answer: throttled });
    await expect(cloud.create('job')).rejects.toMatchObject({ name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } });
    await expect(cloud.describe('job')).rejects.toThrow(/not found/);
    await expect(cloud.create('job')).resolves.toBeDefined();
  });

  test('is answered after the operation', async () => {
    once({ answer: new ServiceError('InternalFailure', '', 500), afterDeed: true });
    await expect(cloud.create('job')).rejects.toMatchObject({ name: 'InternalFailure', $metadata: { httpStatusCode: 500 } });
    await expect(cloud.describe('job')).resolves.toBeDefined();
  });

  test('loses the answer after the operation', async () => {
    once({ afterDeed: true });
    await expect(cloud.create('job')).rejects.toThrow(/socket hang up/);
    await expect(cloud.describe('job')).resolves.toBeDefined();
    expect(cloud.endpoint.calls[0]).toMatchObject({ outcome: { output: {} }, fault: { afterDeed: true } });
  });

  test('loses the request', async () => {
    once({});
    await expect(cloud.create('job')).rejects.toThrow(/socket hang up/);
    await expect(cloud.describe('job')).rejects.toThrow(/not found/);
  });

  test('is retried by the SDK', async () => {
    // The SDK would take a virtual time of its own for a skew of its clock, and retry for that.
    await cloud.stop();
    cloud = await Fixture.start({ clock: new Clock() }, hooks);
    hooks.fault = (_service, _operation, _input, n) => n === 1 ? { answer: throttled } : undefined;
    const client = new SageMakerClient({ endpoint: cloud.endpoint.url, region: REGION, credentials: { accessKeyId: 'a', secretAccessKey: 's' } });
    await cloud.create('job').catch(() => undefined);
    await expect(client.send(new DescribeTrainingJobCommand({ TrainingJobName: 'job' }))).rejects.toThrow(/not found/);
    client.destroy();
    expect(cloud.endpoint.calls.map(({ operation }) => operation)).toEqual(['CreateTrainingJob', 'DescribeTrainingJob', 'DescribeTrainingJob']);
  });
});

describe('a response URL', () => {
  const put = async (url: string, body: string | ReadableStream, init: object = {}) => (await fetch(url, { method: 'PUT', body, ...init })).status;

  test('is settled by the first body', async () => {
    const { url, response } = cloud.endpoint.create();
    expect(url).toMatch(/\/custom-resource-responses\/[0-9a-f]+\?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20260101T000000Z&.*X-Amz-Signature=/);
    expect(await put(url, 'first')).toBe(200);
    expect(await put(url, 'second')).toBe(200);
    expect(await response).toBe('first');
  });

  test('is useless without its signature', async () => {
    const { url } = cloud.endpoint.create();
    expect(await put(url.replace(/\?.*/, ''), 'body')).toBe(403);
    expect(await put(`${url}0`, 'body')).toBe(403);
  });

  test('expires after two hours', async () => {
    const { url } = cloud.endpoint.create();
    await cloud.seconds(7199);
    expect(await put(url, 'in time')).toBe(200);
    await cloud.seconds(2);
    expect(await put(url, 'too late')).toBe(403);
  });

  test('takes no body of unknown length', async () => {
    const { url } = cloud.endpoint.create();
    expect(await put(url, new Blob(['body']).stream(), { duplex: 'half' })).toBe(501);
  });
});

test("time stands still while a request is answered, and an answer's date is the clock's", async () => {
  const { headers } = await fetch(cloud.endpoint.url, { method: 'POST' });
  expect(headers.get('date')).toBe('Thu, 01 Jan 2026 00:00:00 GMT');
});
