import type { JsonObject } from '../../../local/json';
import { World } from '../../deploy/world';

const ROLE = 'arn:aws:iam::111122223333:role/Given';
const ROOT = { AWS: 'arn:aws:iam::111122223333:root' };
const ALL = { Effect: 'Allow' as const, Action: '*', Resource: '*' };
const NOTHING_OF_S3 = { Effect: 'Allow' as const, NotAction: 's3:*', Resource: '*' };

let world: World;
afterEach(() => world.stop());

/** Creates a bucket or a key with a policy, and gives how a job ends that writes to it: its message, or the refusal. */
async function train(resources: JsonObject, statement: object = ALL): Promise<string> {
  world = await World.start({ roles: [{ roleArn: ROLE, policies: [{ Statement: statement as typeof ALL }] }] });
  const { cloud } = world;
  const Outputs = Object.fromEntries(Object.keys(resources).map((id) => [id, { Value: { Ref: id } }]));
  const { outputs, status } = await cloud.clock.run(cloud.cloudFormation.createStack({ stackName: 'Stack', template: { Resources: resources, Outputs } }));
  expect(status).toBe('CREATE_COMPLETE');
  const ended = new Promise<string>((resolve) => cloud.sagemaker.on('transition', ({ message, status: now }) => now !== 'InProgress' && resolve(message)));
  return world.call('CreateTrainingJob', {
    TrainingJobName: 'a',
    RoleArn: ROLE,
    AlgorithmSpecification: { TrainingImage: 'train:v1', TrainingInputMode: 'File' },
    OutputDataConfig: { S3OutputPath: `s3://${outputs.Bucket ?? 'results'}/models`, ...outputs.Key !== undefined && { KmsKeyId: outputs.Key } },
    ResourceConfig: { InstanceType: 'ml.m5.xlarge', InstanceCount: 1, VolumeSizeInGB: 30 },
    StoppingCondition: { MaxRuntimeInSeconds: 600 },
  }).then(() => cloud.clock.run(ended), (error: Error) => error.message);
}

const bucket = (...Statement: object[]): any => ({
  Bucket: { Type: 'AWS::S3::Bucket' },
  Policy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: { Ref: 'Bucket' },
      PolicyDocument: { Version: '2012-10-17', Statement: Statement.map((statement) => ({ Effect: 'Allow', Action: 's3:*', Resource: { 'Fn::Sub': 'arn:aws:s3:::${Bucket}/*' }, ...statement })) },
    },
  },
});
const key = (...Statement: object[]): any => ({
  Key: {
    Type: 'AWS::KMS::Key',
    Properties: { KeyPolicy: { Version: '2012-10-17', Statement: Statement.map((statement) => ({ Effect: 'Allow', Principal: ROOT, Action: 'kms:*', Resource: '*', ...statement })) } },
  },
});
const FOREIGN = { Principal: { AWS: 'arn:aws:iam::444455556666:root' } };
const DENIED = 'with an explicit deny in a resource-based policy';

test.each<[string, any, object, string]>([
  ['a bucket policy denies what the role allows', bucket({ Effect: 'Deny', Principal: '*', Action: 's3:PutObject' }), ALL, DENIED],
  ['a bucket policy that names another role allows nothing to this one', bucket({ Principal: { AWS: 'arn:aws:iam::444455556666:role/x' } }), NOTHING_OF_S3, 'no identity-based policy allows the s3:PutObject action'],
  ['a key policy denies what the role allows', key({}, { Effect: 'Deny', Principal: '*', Action: 'kms:GenerateDataKey' }), ALL, DENIED],
  ['a key policy that names neither the role nor its account allows nothing', key(FOREIGN), ALL, 'because no resource-based policy allows the kms:GenerateDataKey action'],
])('%s', async (_, resources, statement, reason) => {
  expect(await train(resources, statement)).toContain(reason);
});

test('a disabled key encrypts nothing', async () => {
  const disabled = key({});
  disabled.Key.Properties.Enabled = false;
  expect(await train(disabled)).toMatch(/key\/\S+ is disabled/);
});

test.each<[string, any, object]>([
  ['a bucket policy that allows only encrypted connections', bucket({ Effect: 'Deny', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }), ALL],
  ['a key policy that leaves the decision to the account', key({}), ALL],
])('%s changes nothing for a job', async (_, resources, statement) => {
  expect(await train(resources, statement)).toBe('Training job completed');
});
