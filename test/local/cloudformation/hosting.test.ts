import { ACCOUNT, REGION, reasonOf, World } from './world';
import type { StackResult } from '../../../local/cloudformation';

const IMAGE = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/serve:1`;
const model = (ModelDataUrl: unknown = 's3://bucket/model.tar.gz', properties: object = {}) => ({
  Type: 'AWS::SageMaker::Model', Properties: { ExecutionRoleArn: `arn:aws:iam::${ACCOUNT}:role/serve`, PrimaryContainer: { Image: IMAGE, ModelDataUrl }, ...properties },
});
const config = (ModelName: unknown = { 'Fn::GetAtt': ['Model', 'ModelName'] }, properties: object = {}) => ({
  Type: 'AWS::SageMaker::EndpointConfig',
  Properties: { ProductionVariants: [{ VariantName: 'all', ModelName, InstanceType: 'ml.m5.large', InitialInstanceCount: 1, InitialVariantWeight: 1 }], ...properties },
});
const endpoint = (EndpointConfigName: unknown = { 'Fn::GetAtt': ['Config', 'EndpointConfigName'] }) => ({
  Type: 'AWS::SageMaker::Endpoint', Properties: { EndpointConfigName, EndpointName: 'MyEndpoint' },
});
const outputs = {
  Outputs: {
    Model: { Value: { Ref: 'Model' } },
    Config: { Value: { Ref: 'Config' } },
    Endpoint: { Value: { Ref: 'Endpoint' } },
    EndpointName: { Value: { 'Fn::GetAtt': ['Endpoint', 'EndpointName'] } },
  },
};
const minutesOf = ({ events }: StackResult) => (Date.parse(events.at(-1)!.timestamp) - Date.parse(events[0].timestamp)) / 60_000;

let world: World;
beforeEach(() => { world = new World(); });

test('an endpoint serves a model when it is in service', async () => {
  const result = await world.create({ Model: model(), Config: config(), Endpoint: endpoint() }, outputs);
  const { models, endpoints } = world.sagemaker.hosting;
  expect(result.status).toBe('CREATE_COMPLETE');
  expect(minutesOf(result)).toBeGreaterThan(3);
  expect(result.outputs).toEqual({
    Model: expect.stringMatching(`^arn:aws:sagemaker:${REGION}:${ACCOUNT}:model/model-[a-z0-9]{12}$`),
    Config: expect.stringMatching(`^arn:aws:sagemaker:${REGION}:${ACCOUNT}:endpoint-config/config-[a-z0-9]{12}$`),
    Endpoint: `arn:aws:sagemaker:${REGION}:${ACCOUNT}:endpoint/myendpoint`,
    EndpointName: 'MyEndpoint',
  });
  expect([...models.values()].map(({ request }) => request.PrimaryContainer)).toEqual([{ Image: IMAGE, ModelDataUrl: 's3://bucket/model.tar.gz' }]);
  expect(endpoints.get('MyEndpoint')).toMatchObject({ status: 'InService', config: { request: { ProductionVariants: [{ ModelName: [...models.keys()][0] }] } } });
});

test('another model replaces it and its configuration, and the endpoint changes to these', async () => {
  await world.create({ Model: model(), Config: config(), Endpoint: endpoint() }, outputs);
  const before = [...world.sagemaker.hosting.models.keys()];
  const result = await world.update({ Model: model('s3://bucket/other.tar.gz'), Config: config(), Endpoint: endpoint() }, outputs);
  const { models, endpointConfigs, endpoints } = world.sagemaker.hosting;
  expect(result.status).toBe('UPDATE_COMPLETE');
  expect(minutesOf(result)).toBeGreaterThan(3);
  expect([models.size, endpointConfigs.size, endpoints.size]).toEqual([1, 1, 1]);
  expect([...models.keys()]).not.toEqual(before);
  expect(endpoints.get('MyEndpoint')).toMatchObject({ status: 'InService', config: [...endpointConfigs.values()][0] });
});

test('an endpoint needs the models of its configuration still to be there', async () => {
  await world.create({ Model: model('s3://bucket/model.tar.gz', { ModelName: 'gone' }), Config: config() });
  const { hosting } = world.sagemaker;
  hosting.deleteModel('gone');
  expect(() => hosting.createEndpoint('endpoint', [...hosting.endpointConfigs.keys()][0])).toThrow('Could not find model');
});

test('nothing is left when the stack is deleted', async () => {
  await world.create({ Model: model(), Config: config(), Endpoint: endpoint() });
  expect((await world.delete()).status).toBe('DELETE_COMPLETE');
  const { models, endpointConfigs, endpoints } = world.sagemaker.hosting;
  expect([models.size, endpointConfigs.size, endpoints.size]).toEqual([0, 0, 0]);
});

test.each<[string, object, string, string]>([
  ['model data that is no archive', { Model: model('s3://bucket/model/') }, 'Model', 'must point to a single gzip compressed tar archive'],
  ['model data that is not in S3', { Model: model('model.tar.gz') }, 'Model', 'must point to a single gzip compressed tar archive'],
  ['a prefix of model data without a slash at its end', {
    Model: model('', { PrimaryContainer: { Image: IMAGE, ModelDataSource: { S3DataSource: { S3Uri: 's3://bucket/model', S3DataType: 'S3Prefix', CompressionType: 'None' } } } }),
  }, 'Model', 'must end with a forward slash'],
  ['a model without a container', { Model: model('', { PrimaryContainer: undefined }) }, 'Model', 'Exactly one of PrimaryContainer and Containers'],
  ['a container without an image', { Model: model('', { PrimaryContainer: {} }) }, 'Model', 'Exactly one of Image and ModelPackageName'],
  ['a variant of a model that is not there', { Config: config('nothing') }, 'Config', `Could not find model "arn:aws:sagemaker:${REGION}:${ACCOUNT}:model/nothing".`],
  ['a configuration without variants', { Config: config('', { ProductionVariants: [] }) }, 'Config', '#/ProductionVariants: expected minimum item count: 1, found: 0'],
  ['an endpoint of a configuration that is not there', { Endpoint: endpoint('nothing') }, 'Endpoint', 'Could not find endpoint configuration'],
  ['an endpoint without a configuration', { Endpoint: endpoint({ Ref: 'AWS::NoValue' }) }, 'Endpoint', '#: required key [EndpointConfigName] not found'],
])('%s fails with the reason', async (_, resources, logicalId, reason) => {
  const result = await world.create(resources as { [logicalId: string]: object });
  expect(reasonOf(result, logicalId, 'CREATE_FAILED')).toContain(reason);
  expect(result.status).toBe('ROLLBACK_COMPLETE');
});
