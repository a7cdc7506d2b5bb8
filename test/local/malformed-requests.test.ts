import type { Model, Shape } from '../../local/api/api-model';
import type { Service } from '../../local/api/service';
import { LocalCloud } from '../../local/cloud';
import type { QueryService } from '../../local/query/query-protocol';
import type { Json } from '../../local/services';

let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await LocalCloud.start({ quotas: false });
  cloud.s3.createBucket('bucket');
  cloud.s3.put('bucket', 'key', Buffer.from('content'), {});
});
afterAll(() => cloud.stop());

/** The services of the protocols of AWS JSON and AWS Query. */
function services<S>(index: 0 | 1): readonly S[] {
  return (cloud.in({}).protocols[index] as unknown as { readonly services: readonly S[] }).services;
}

async function send(service: string, method: string, path: string, headers: { [name: string]: string }, body?: string) {
  const response = await fetch(`${cloud.endpoint.url}${path}`, {
    method, body, headers: { authorization: `AWS4-HMAC-SHA256 Credential=AKIDTEST/20260101/us-east-1/${service}/aws4_request`, ...headers },
  });
  return { status: response.status, text: await response.text() };
}

async function json({ contentType, name, targetPrefix }: Service, operation: string, body: Json | undefined, text = JSON.stringify(body)) {
  const headers = { 'x-amz-target': `${targetPrefix}.${operation}`, 'content-type': contentType };
  const answer = await send(name, 'POST', '/', headers, text);
  return { status: answer.status, answer: JSON.parse(answer.text || '{}') as { readonly __type?: string; readonly message?: string } };
}

/** A value with which a request has its required members. */
function least(model: Model, name: string): Json {
  const shape: Shape = model.shapes[name];
  switch (shape.type) {
    case 'structure': return Object.fromEntries((shape.required ?? []).map((member) => [member, least(model, shape.members![member])]));
    case 'list': return Array.from({ length: shape.min ?? 0 }, () => least(model, shape.member!));
    case 'map': return {};
    case 'string': return shape.enum?.[0] ?? 'x'.repeat(Math.max(shape.min ?? 1, 1));
    case 'boolean': return false;
    default: return shape.min ?? 1;
  }
}

const SERVICES = ['sagemaker', 'states', 'logs', 'events', 'sqs', 'ssm', 'servicequotas', 'ecr', 'secretsmanager'];

test('the walk has all services of AWS JSON', () => {
  expect(services<Service>(0).map(({ name }) => name).sort()).toEqual([...SERVICES].sort());
});

describe.each(SERVICES)('%s', (name) => {
  const service = () => services<Service>(0).find((one) => one.name === name)!;
  const first = () => Object.keys(service().operations).find((operation) => service().model.operations[operation].input !== undefined)!;

  test.each<[string, string]>([['that is no JSON', '{"a":'], ['that is a list', '[]'], ['that is a string', '"a"']])('rejects a body %s', async (_, text) => {
    expect(await json(service(), first(), undefined, text)).toMatchObject({ status: 400, answer: { __type: 'SerializationException' } });
  });

  test('rejects an unknown member, unless its model has all members', async () => {
    const { model, operations } = service();
    for (const operation of Object.keys(operations)) {
      const { input } = model.operations[operation];
      if (input === undefined) continue;
      const { answer } = await json(service(), operation, { ...least(model, input) as object, Unknown: 'x' });
      if (model.isComplete) expect(answer.message ?? '').not.toContain('Unknown');
      else expect(answer.message).toBe(`The local cloud does not emulate the member Unknown of ${operation}.`);
    }
  });

  test('answers every member of a wrong type or value with an error of the service', async () => {
    const { model, operations } = service();
    const failed: unknown[] = [];
    for (const operation of Object.keys(operations)) {
      const { input } = model.operations[operation];
      const members = input === undefined ? {} : model.shapes[input].members ?? {};
      const minimal = (input === undefined ? {} : least(model, input)) as { [member: string]: Json };
      const changed = Object.keys(members).flatMap((member) => ['x', '', -1, {}, []].map((odd) => ({ ...minimal, [member]: odd })));
      const inputs = [{}, minimal, ...changed];
      for (const body of inputs) {
        const { answer, status } = await json(service(), operation, body);
        if (status >= 500 || (status !== 200 && !answer.__type)) failed.push({ operation, body, status, answer });
      }
    }
    expect(failed).toEqual([]);
  });
});

test.each(['cloudformation', 'iam', 'sts', 'ec2'])('%s answers every parameter of a wrong form or value with an error of the service', async (name) => {
  const { model, operations } = services<QueryService>(1).find((one) => one.name === name)!;
  const failed: unknown[] = [];
  const call = async (operation: string, form: { [parameter: string]: string }) => {
    const body = new URLSearchParams({ Action: operation, Version: '2010-05-15', ...form }).toString();
    const { status, text } = await send(name, 'POST', '/', { 'content-type': 'application/x-www-form-urlencoded' }, body);
    if (status >= 500 || (status !== 200 && !/<Code>\w/.test(text))) failed.push({ operation, form, status, text });
  };
  for (const operation of Object.keys(operations)) {
    const input = model?.operations[operation]?.input;
    const required = input === undefined ? [] : model!.shapes[input].required ?? [];
    const members = input === undefined ? ['Filter', 'MaxResults', 'NetworkInterfaceId'] : Object.keys(model!.shapes[input].members ?? {});
    const minimal = Object.fromEntries(required.map((member) => [member, 'x'.repeat(20)]));
    await call(operation, {});
    for (const member of members) {
      const { [member]: _, ...rest } = minimal;
      for (const [path, value] of [['', ''], ['', 'x'], ['', '-1'], ['.member.1', 'x'], ['.entry.1.key', 'x'], ['.1', 'x'], ['.1.Name', 'x']]) {
        await call(operation, { ...rest, [member + path]: value });
      }
    }
  }
  expect(failed).toEqual([]);
});

test.each(['PUT', 'GET', 'HEAD', 'POST', 'DELETE'])('S3 answers %s with any body and subresource with an error of the service', async (method) => {
  const failed: unknown[] = [];
  const subresources = [
    '', 'tagging', 'location', 'encryption', 'versioning', 'versions', 'delete', 'uploads', 'uploadId=x&partNumber=x', 'list-type=2', 'acl', 'max-keys=-1',
  ];
  const texts = method === 'GET' || method === 'HEAD' ? [undefined] : ['', 'x', '<a', '<a/>', '{}'];
  for (const path of ['/', '/bucket', '/nothing', '/bucket/key', '/bucket/nothing', '/bucket/%']) {
    for (const subresource of subresources) {
      // The bucket is kept for the other requests.
      if (method === 'DELETE' && path === '/bucket' && subresource === '') continue;
      for (const body of texts) {
        const { status, text } = await send('s3', method, `${path}?${subresource}`, {}, body);
        if (status >= 500 && !text.includes('NotImplemented') && !(method === 'HEAD' && status === 501)) failed.push({ path, subresource, body, status, text });
      }
    }
  }
  expect(failed).toEqual([]);
});
