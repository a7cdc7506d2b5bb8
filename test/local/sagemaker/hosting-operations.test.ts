import {
  AddTagsCommand, CreateEndpointCommand, CreateEndpointConfigCommand, CreateModelCommand, CreateNotebookInstanceCommand,
  DeleteEndpointCommand, DeleteModelCommand,
  DescribeEndpointCommand, DescribeEndpointConfigCommand, DescribeModelCommand, ListTagsCommand, paginateListEndpointConfigs, paginateListEndpoints,
  paginateListModels,
  paginateListNotebookInstances, SageMakerClient, ListPipelinesCommand, UpdateEndpointCommand, waitUntilEndpointDeleted, waitUntilEndpointInService,
} from '@aws-sdk/client-sagemaker';
import { LocalCloud } from '../../../local/cloud';

const ROLE = 'arn:aws:iam::111122223333:role/job';
const MODEL = { PrimaryContainer: { Image: '683313688378.dkr.ecr.us-east-1.amazonaws.com/serve:v1', ModelDataUrl: 's3://models/a/model.tar.gz' }, ExecutionRoleArn: ROLE };

let cloud: LocalCloud;
let client: SageMakerClient;
beforeEach(async () => {
  cloud = await LocalCloud.start({ quotas: false, roles: [{ roleArn: ROLE }], given: { buckets: ['models'] } });
  cloud.clock.start();
  client = new SageMakerClient({ endpoint: cloud.endpoint.url, region: cloud.region, credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 's' }, maxAttempts: 1 });
});
afterEach(async () => {
  client.destroy();
  await cloud.clock.stop();
  await cloud.stop();
});

const model = async (ModelName: string, more: object = {}) => client.send(new CreateModelCommand({ ModelName, ...MODEL, ...more }));
const config = async (EndpointConfigName: string, ModelName: string) => client.send(new CreateEndpointConfigCommand({
  EndpointConfigName, ProductionVariants: [{ VariantName: 'all', ModelName, InstanceType: 'ml.m5.large', InitialInstanceCount: 1 }],
}));
const waiter = () => ({ client, minDelay: 0.02, maxDelay: 0.02, maxWaitTime: 20 });
async function all<T>(pages: AsyncIterable<T>, items: (page: T) => Array<string | undefined>): Promise<Array<string | undefined>> {
  const found = [];
  for await (const page of pages) found.push(...items(page));
  return found;
}

test('an endpoint is created, described, updated and deleted, and waiters follow', async () => {
  await model('one');
  await model('two');
  await config('first', 'one');
  await config('second', 'two');
  await client.send(new CreateEndpointCommand({ EndpointName: 'it', EndpointConfigName: 'first', Tags: [{ Key: 'owner', Value: 'me' }] }));
  expect(await client.send(new DescribeEndpointCommand({ EndpointName: 'it' }))).toMatchObject({ EndpointStatus: 'Creating' });
  await waitUntilEndpointInService(waiter(), { EndpointName: 'it' });
  expect(await client.send(new DescribeEndpointCommand({ EndpointName: 'it' }))).toMatchObject({
    EndpointStatus: 'InService', EndpointConfigName: 'first', ProductionVariants: [{ VariantName: 'all', CurrentInstanceCount: 1, CurrentWeight: 1 }],
  });
  const { EndpointArn } = await client.send(new UpdateEndpointCommand({ EndpointName: 'it', EndpointConfigName: 'second' }));
  await waitUntilEndpointInService(waiter(), { EndpointName: 'it' });
  expect(await client.send(new DescribeEndpointCommand({ EndpointName: 'it' }))).toMatchObject({ EndpointConfigName: 'second' });
  await client.send(new AddTagsCommand({ ResourceArn: EndpointArn, Tags: [{ Key: 'more', Value: 'x' }] }));
  expect((await client.send(new ListTagsCommand({ ResourceArn: EndpointArn }))).Tags).toEqual([{ Key: 'owner', Value: 'me' }, { Key: 'more', Value: 'x' }]);
  await client.send(new DeleteEndpointCommand({ EndpointName: 'it' }));
  await waitUntilEndpointDeleted(waiter(), { EndpointName: 'it' });
});

test('models and configurations are described as they were created', async () => {
  await model('one');
  await config('first', 'one');
  expect(await client.send(new DescribeModelCommand({ ModelName: 'one' }))).toMatchObject({ ...MODEL, ModelArn: 'arn:aws:sagemaker:us-east-1:111122223333:model/one', EnableNetworkIsolation: false });
  expect(await client.send(new DescribeEndpointConfigCommand({ EndpointConfigName: 'first' }))).toMatchObject({ ProductionVariants: [{ VariantName: 'all', ModelName: 'one' }] });
  await client.send(new DeleteModelCommand({ ModelName: 'one' }));
  await expect(client.send(new DescribeModelCommand({ ModelName: 'one' }))).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining('Could not find model') });
});

test('a request is checked by the API model', async () => {
  await expect(model('-')).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining("at 'modelName' failed to satisfy constraint") });
  await expect(config('first', 'nothing')).rejects.toThrow('Could not find model');
});

test('models, configurations, endpoints and notebook instances are listed, filtered and sorted, in pages', async () => {
  for (const name of ['b1', 'a1', 'a2']) {
    await model(name);
    await config(name, name);
    await client.send(new CreateEndpointCommand({ EndpointName: name, EndpointConfigName: name }));
    await client.send(new CreateNotebookInstanceCommand({ NotebookInstanceName: name, InstanceType: 'ml.t3.medium', RoleArn: ROLE }));
  }
  const request = { NameContains: 'a', SortBy: 'Name', SortOrder: 'Ascending' } as const;
  const paged = { client, pageSize: 1 };
  expect(await all(paginateListModels(paged, { ...request }), ({ Models }) => Models!.map(({ ModelName }) => ModelName))).toEqual(['a1', 'a2']);
  expect(await all(paginateListEndpointConfigs(paged, { ...request }), ({ EndpointConfigs }) => EndpointConfigs!.map(({ EndpointConfigName }) => EndpointConfigName))).toEqual(['a1', 'a2']);
  expect(await all(paginateListEndpoints(paged, { ...request }), ({ Endpoints }) => Endpoints!.map(({ EndpointName }) => EndpointName))).toEqual(['a1', 'a2']);
  expect(await all(paginateListNotebookInstances(paged, { ...request }), ({ NotebookInstances }) => NotebookInstances!.map(({ NotebookInstanceName }) => NotebookInstanceName))).toEqual(['a1', 'a2']);
});

test('an operation that is not emulated is named', async () => {
  await expect(client.send(new ListPipelinesCommand({}))).rejects.toMatchObject({ name: 'UnknownOperationException', message: 'The local cloud does not emulate sagemaker:ListPipelines.' });
});
