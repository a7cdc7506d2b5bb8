import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AddTagsToResourceCommand, DeleteParameterCommand, DeleteParametersCommand, DescribeParametersCommand, GetParameterCommand,
  GetParametersByPathCommand, GetParametersCommand, ListTagsForResourceCommand,
  paginateDescribeParameters, paginateGetParameterHistory, paginateGetParametersByPath, PutParameterCommand, type PutParameterCommandInput,
  RemoveTagsFromResourceCommand, SSMClient,
} from '@aws-sdk/client-ssm';
import { LocalCloud } from '../../../local/cloud';

let cloud: LocalCloud;
let client: SSMClient;
const clientOf = ({ endpoint, region }: LocalCloud) =>
  new SSMClient({ endpoint: endpoint.url, region, credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' }, maxAttempts: 1 });
beforeAll(async () => {
  cloud = await LocalCloud.start({ startAt: new Date('2026-01-01T00:00:00Z') });
  client = clientOf(cloud);
});
afterAll(async () => {
  client.destroy();
  await cloud.stop();
});

const put = (Name: string, Value: string, rest: Partial<PutParameterCommandInput> = {}) =>
  client.send(new PutParameterCommand({ Name, Value, Type: 'String', ...rest }));
const get = async (Name: string, WithDecryption?: boolean) => (await client.send(new GetParameterCommand({ Name, WithDecryption }))).Parameter!;
const model = (Value: string, Name = 'model') => ({ Resources: { Model: { Type: 'AWS::SSM::Parameter', Properties: { Name, Type: 'String', Value } } } });

test('the version of the bootstrap stack is there', async () => {
  expect(await get('/cdk-bootstrap/hnb659fds/version')).toMatchObject({ Type: 'String', Value: expect.stringMatching(/^\d+$/) });
});

test('a parameter of a stack is there, changes with the stack and goes with it', async () => {
  const { cloudFormation, clock } = cloud;
  await clock.run(cloudFormation.createStack({ stackName: 'Stack', template: model('s3://models/1') }));
  expect(await get('model')).toMatchObject({ Name: 'model', Value: 's3://models/1', Version: 1, ARN: 'arn:aws:ssm:us-east-1:111122223333:parameter/model' });
  await clock.run(cloudFormation.updateStack({ stackName: 'Stack', template: model('s3://models/2') }));
  expect(await get('model')).toMatchObject({ Value: 's3://models/2', Version: 2 });
  expect(await get('arn:aws:ssm:us-east-1:111122223333:parameter/model')).toMatchObject({ Name: 'model' });
  expect(await client.send(new GetParametersCommand({ Names: ['model', 'model:1', 'model:9', 'other'] }))).toMatchObject({
    Parameters: [{ Name: 'model', Version: 2 }, { Name: 'model', Value: 's3://models/1' }], InvalidParameters: ['model:9', 'other'],
  });
  await clock.run(cloudFormation.deleteStack('Stack'));
  await expect(get('model')).rejects.toMatchObject({ name: 'ParameterNotFound' });
});

test('a parameter that another principal has created cannot be created by a stack', async () => {
  await put('/taken', 'a');
  const { status, events } = await cloud.clock.run(cloud.cloudFormation.createStack({ stackName: 'Taker', template: model('b', '/taken') }));
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(events.find(({ resourceStatus }) => resourceStatus === 'CREATE_FAILED')?.resourceStatusReason).toMatch(/already exists/);
  expect(await get('/taken')).toMatchObject({ Value: 'a' });
});

test('a parameter is written with versions, and only overwritten on demand', async () => {
  expect(await put('/data/version', '1')).toMatchObject({ Version: 1, Tier: 'Standard' });
  await expect(put('/data/version', '2')).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });
  expect(await put('/data/version', '2', { Overwrite: true, Type: undefined })).toMatchObject({ Version: 2 });
  expect(await get('/data/version')).toMatchObject({ Value: '2', LastModifiedDate: new Date(cloud.clock.now()) });
  expect(await get('/data/version:1')).toMatchObject({ Value: '1' });
  await expect(get('/data/version:7')).rejects.toMatchObject({ name: 'ParameterVersionNotFound' });
  await expect(put('/data/version', '3', { Overwrite: true, Type: 'StringList' })).rejects.toMatchObject({ name: 'HierarchyTypeMismatchException' });
  const history: string[] = [];
  for await (const { Parameters = [] } of paginateGetParameterHistory({ client, pageSize: 1 }, { Name: '/data/version' })) {
    history.push(...Parameters.map(({ Value }) => Value!));
  }
  expect(history).toEqual(['1', '2']);
});

test.each<[string, string, Partial<PutParameterCommandInput>, string | RegExp]>([
  ['a reserved name', '/aws/mine', {}, /can't be prefixed with "aws"/],
  ['a name with a blank', 'my parameter', {}, 'ValidationException'],
  ['a path that does not begin with a slash', 'my/parameter', {}, /fully qualified/],
  ['no type', '/no/type', { Type: undefined }, /type is required/],
  ['a value of more than 4 KB', '/large', { Value: 'x'.repeat(4097) }, /4096/],
  ['a value against its pattern', '/pattern', { AllowedPattern: '\\d+' }, 'ParameterPatternMismatchException'],
  ['tags while it is overwritten', '/data/version', { Overwrite: true, Tags: [{ Key: 'a', Value: 'b' }] }, /tags and overwrite/],
])('a parameter with %s is refused', async (_, name, rest, expected) => {
  await expect(put(name, 'x', rest)).rejects.toMatchObject(expected instanceof RegExp ? { message: expect.stringMatching(expected) } : { name: expected });
});

test('a secure string is told only with decryption', async () => {
  await put('/secret', 'password', { Type: 'SecureString' });
  expect((await get('/secret')).Value).not.toContain('password');
  expect((await get('/secret', true)).Value).toBe('password');
});

test('parameters are found by their path, page by page', async () => {
  for (let index = 0; index < 12; index++) await put(`/many/${index}`, String(index));
  await put('/many/deep/1', 'deep');
  const found = async (input: { Path: string; Recursive?: boolean }) => {
    const names: string[] = [];
    for await (const { Parameters = [] } of paginateGetParametersByPath({ client }, input)) names.push(...Parameters.map(({ Name }) => Name!));
    return names;
  };
  expect(await found({ Path: '/many' })).toHaveLength(12);
  expect(await found({ Path: '/many', Recursive: true })).toHaveLength(13);
  const all: string[] = [];
  for await (const { Parameters = [] } of paginateDescribeParameters({ client }, {})) all.push(...Parameters.map(({ Name }) => Name!));
  expect(all).toEqual(expect.arrayContaining(['/many/11', '/many/deep/1']));
});

test('parameters are found by filters of names, paths, types, tiers and tags', async () => {
  await put('/filter/one', 'a', { Tags: [{ Key: 'team', Value: 'ml' }] });
  await put('/filter/two', 'a,b', { Type: 'StringList', Tier: 'Advanced' });
  await put('/filter/deep/three', 'a', { Type: 'SecureString' });
  const found = async (...ParameterFilters: object[]) => {
    const { Parameters = [] } = await client.send(new DescribeParametersCommand({ ParameterFilters: [{ Key: 'Path', Option: 'Recursive', Values: ['/filter'] }, ...ParameterFilters] as never }));
    return Parameters.map(({ Name }) => Name!.split('/').at(-1)).sort().join();
  };
  expect(await found()).toBe('one,three,two');
  expect(await found({ Key: 'Path', Values: ['/filter'] })).toBe('one,two');
  expect(await found({ Key: 'Name', Values: ['/filter/one', '/filter/two'] })).toBe('one,two');
  expect(await found({ Key: 'Name', Option: 'BeginsWith', Values: ['/filter/t'] })).toBe('two');
  expect(await found({ Key: 'Name', Option: 'Contains', Values: ['e'] })).toBe('one,three,two');
  expect(await found({ Key: 'Type', Values: ['StringList', 'SecureString'] })).toBe('three,two');
  expect(await found({ Key: 'Tier', Values: ['Advanced'] })).toBe('two');
  expect(await found({ Key: 'tag:team' })).toBe('one');
  expect(await found({ Key: 'tag:team', Values: ['other'] })).toBe('');
  await expect(found({ Key: 'Name', Option: 'Recursive', Values: ['a'] })).rejects.toMatchObject({ name: 'InvalidFilterOption' });
  await expect(found({ Key: 'Label', Values: ['a'] })).rejects.toMatchObject({ name: 'InvalidFilterKey', message: expect.stringContaining('does not emulate labels') });
  const below = (Key: string, Value: string) => client.send(new GetParametersByPathCommand({ Path: '/filter', Recursive: true, ParameterFilters: [{ Key, Values: [Value] }] }));
  expect((await below('Type', 'SecureString')).Parameters).toMatchObject([{ Name: '/filter/deep/three' }]);
  await expect(below('Name', 'one')).rejects.toMatchObject({ name: 'InvalidFilterKey' });
});

test('the error for a parameter that does not exist names it', async () => {
  await expect(get('/nothing')).rejects.toMatchObject({ name: 'ParameterNotFound', message: 'Parameter /nothing not found.' });
});

test('tags are added, listed and removed', async () => {
  await put('/tagged', 'x', { Tags: [{ Key: 'a', Value: '1' }] });
  const resource = { ResourceType: 'Parameter', ResourceId: '/tagged' } as const;
  await client.send(new AddTagsToResourceCommand({ ...resource, Tags: [{ Key: 'b', Value: '2' }] }));
  await client.send(new RemoveTagsFromResourceCommand({ ...resource, TagKeys: ['a'] }));
  expect((await client.send(new ListTagsForResourceCommand(resource))).TagList).toEqual([{ Key: 'b', Value: '2' }]);
  await expect(client.send(new ListTagsForResourceCommand({ ...resource, ResourceId: '/none' }))).rejects.toMatchObject({ name: 'InvalidResourceId' });
});

test('parameters are deleted, also many at once', async () => {
  await put('/gone/1', 'x');
  await put('/gone/2', 'x');
  await client.send(new DeleteParameterCommand({ Name: '/gone/1' }));
  await expect(client.send(new DeleteParameterCommand({ Name: '/gone/1' }))).rejects.toMatchObject({ name: 'ParameterNotFound' });
  expect(await client.send(new DeleteParametersCommand({ Names: ['/gone/1', '/gone/2'] }))).toMatchObject({
    DeletedParameters: ['/gone/2'], InvalidParameters: ['/gone/1'],
  });
});

test('parameters are where they were after the process has ended', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'parameters-'));
  const first = await LocalCloud.start({ directory });
  const firstClient = clientOf(first);
  await firstClient.send(new PutParameterCommand({ Name: '/kept', Value: 'x', Type: 'String' }));
  firstClient.destroy();
  await first.stop();
  const second = await LocalCloud.start({ directory });
  const secondClient = clientOf(second);
  expect((await secondClient.send(new GetParameterCommand({ Name: '/kept' }))).Parameter).toMatchObject({ Value: 'x' });
  secondClient.destroy();
  await second.stop();
  rmSync(directory, { recursive: true });
});
