import { SignedClient } from '../../../lambda/signed-client';
import { World } from '../../deploy/world';

let world: World;
beforeAll(async () => {
  world = await World.start({ instanceLimits: { 'ml.m5.large': 2 } });
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' });
});
afterAll(() => world.stop());

async function list(input: object): Promise<any> {
  const client = new SignedClient('servicequotas', 'SERVICE_QUOTAS', 'eu-west-1', { AWS_ENDPOINT_URL: world.cloud.endpoint.url });
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'ServiceQuotasV20190624.ListServiceQuotas' };
  const { body } = await world.cloud.clock.work(() => client.post(headers, JSON.stringify(input)));
  return JSON.parse(body);
}

test('the quotas of training, processing and transform jobs are listed in pages, with the limits of the account', async () => {
  const values: { [name: string]: number } = {};
  let NextToken: string | undefined;
  do {
    const page = await list({ ServiceCode: 'sagemaker', MaxResults: 100, NextToken });
    expect(page.Quotas.length).toBeLessThanOrEqual(100);
    for (const { QuotaName, Value } of page.Quotas) values[QuotaName] = Value;
    NextToken = page.NextToken;
  } while (NextToken);
  expect(values).toMatchObject({ 'ml.m5.large for training job usage': 2, 'ml.m5.xlarge for training job usage': 1000 });
  expect(values).toMatchObject({ 'ml.m5.large for processing job usage': 1000, 'ml.m5.large for transform job usage': 1000 });
});

test('the quotas of other services are not emulated', async () => {
  expect(await list({ ServiceCode: 'ec2' })).toMatchObject({ __type: 'NoSuchResourceException' });
});
