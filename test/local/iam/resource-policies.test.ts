import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { LocalCloud } from '../../../local/cloud';
import type { JsonObject } from '../../../local/json';
import { World } from '../../deploy/world';
import { clientConfig } from '../environments/clients';
import { query } from '../query/requests';

const ROLE = 'arn:aws:iam::111122223333:role/Given';
const ROOT = { AWS: 'arn:aws:iam::111122223333:root' };
const ALL = { Effect: 'Allow' as const, Action: '*', Resource: '*' };
const NOTHING_OF_S3 = { Effect: 'Allow' as const, NotAction: 's3:*', Resource: '*' };

let world: World | undefined;
afterEach(async () => {
  await world?.stop();
  world = undefined;
});

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

describe('a bucket policy and the policies of a role in its account', () => {
  const ARN = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
  const SESSION = 'arn:aws:sts::111122223333:assumed-role/Bounded/me';
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }] };
  const allow = (Action: string) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
  let cloud: LocalCloud;
  beforeAll(async () => {
    cloud = await LocalCloud.start();
    const role = (RoleName: string, rest: object = {}) => ({ Type: 'AWS::IAM::Role', Properties: { RoleName, AssumeRolePolicyDocument: trust, ...rest } });
    const grant = (AWS: string, prefix: string) => ({ Effect: 'Allow', Principal: { AWS }, Action: 's3:PutObject', Resource: `arn:aws:s3:::of-the-account/${prefix}/*` });
    /** A policy like the one of the CDK CLI in the bootstrap stack. */
    const inAccount = (PolicyName: string, account: string) => ({
      PolicyName,
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 's3:PutObject', Resource: `arn:aws:s3:::of-the-account/${PolicyName}/*`, Condition: { StringEquals: { 'aws:ResourceAccount': account } } }],
      },
    });
    const Resources = {
      Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'boundary', PolicyDocument: allow('ssm:*') } },
      Free: role('Free'),
      Bounded: role('Bounded', { PermissionsBoundary: { Ref: 'Boundary' } }),
      FromOffice: role('FromOffice', {
        Policies: [{ PolicyName: 'p', PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*', Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }] } }],
      }),
      OfAccount: role('OfAccount', { Policies: [inAccount('own', '111122223333'), inAccount('other', '444455556666')] }),
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'of-the-account' } },
      Policy: {
        Type: 'AWS::S3::BucketPolicy',
        DependsOn: ['Free', 'Bounded'],
        Properties: {
          Bucket: { Ref: 'Bucket' },
          PolicyDocument: { Version: '2012-10-17', Statement: [grant(ARN('Free'), 'free'), grant(ARN('Bounded'), 'role'), grant(SESSION, 'session')] },
        },
      },
    };
    const { status } = await cloud.clock.run(cloud.cloudFormation.createStack({ stackName: 'Stack', template: { Resources } }));
    expect(status).toBe('CREATE_COMPLETE');
    await cloud.clock.advance(11_000);
  });
  afterAll(() => cloud.stop());

  test.each<[string, string, string, object | undefined, string]>([
    ['the bucket policy alone suffices', 'Free', 'free', undefined, 'allowed'],
    ['the bucket policy does not name the role for this object', 'Free', 'role', undefined, 'AccessDenied'],
    ['the session policy limits what the bucket policy allows the role', 'Free', 'free', allow('ssm:*'), 'AccessDenied'],
    ['the permissions boundary limits what the bucket policy allows the role', 'Bounded', 'role', undefined, 'AccessDenied'],
    ['a role is allowed to use the resources of its account', 'OfAccount', 'own', undefined, 'allowed'],
    ['a role is not allowed to use the resources of another account', 'OfAccount', 'other', undefined, 'AccessDenied'],
    ['a condition on the address of the caller, which is not known, is not met', 'FromOffice', 'any', undefined, 'AccessDenied'],
    ['nothing limits what the bucket policy allows the session itself', 'Bounded', 'session', undefined, 'allowed'],
  ])('%s', async (_, name, prefix, sessionPolicy, outcome) => {
    const { document } = await query(cloud, 'sts', { Action: 'AssumeRole', RoleArn: ARN(name), RoleSessionName: 'me', ...sessionPolicy && { Policy: JSON.stringify(sessionPolicy) } });
    const { AccessKeyId } = document.AssumeRoleResponse.AssumeRoleResult.Credentials;
    const s3 = new S3Client({ ...clientConfig(cloud, 'us-east-1', String(AccessKeyId)), forcePathStyle: true });
    const put = s3.send(new PutObjectCommand({ Bucket: 'of-the-account', Key: `${prefix}/key`, Body: 'content' }));
    expect(await put.then(() => 'allowed', (error: Error) => error.name)).toBe(outcome);
    s3.destroy();
  });
});
