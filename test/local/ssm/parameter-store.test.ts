import { LocalCloud } from '../../../local/cloud';
import { json } from '../query/requests';

let cloud: LocalCloud;
beforeAll(async () => { cloud = await LocalCloud.start({ startAt: new Date('2026-01-01T00:00:00Z') }); });
afterAll(async () => cloud.stop());

const get = async (Name: string) => json(cloud, 'ssm', 'AmazonSSM.GetParameter', { Name });

test('the version of the bootstrap stack is there', async () => {
  const { status, document } = await get('/cdk-bootstrap/hnb659fds/version');
  expect(status).toBe(200);
  expect(document.Parameter).toMatchObject({ Type: 'String', Value: expect.stringMatching(/^\d+$/) });
});

test('a parameter of a stack is there', async () => {
  const Model = { Type: 'AWS::SSM::Parameter', Properties: { Name: 'model', Type: 'String', Value: 's3://models/1' } };
  await cloud.clock.run(cloud.cloudFormation.createStack({ stackName: 'Stack', template: { Resources: { Model } } }));
  expect((await get('model')).document.Parameter).toMatchObject({ Name: 'model', Value: 's3://models/1', ARN: 'arn:aws:ssm:us-east-1:111122223333:parameter/model' });
  expect((await json(cloud, 'ssm', 'AmazonSSM.GetParameters', { Names: ['model', 'other'] })).document).toMatchObject({
    Parameters: [{ Name: 'model' }], InvalidParameters: ['other'],
  });
});

test('one that is nowhere is not found', async () => {
  expect(await get('other')).toMatchObject({ status: 400, document: { __type: 'ParameterNotFound' } });
});
