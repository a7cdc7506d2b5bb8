import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, GetObjectCommand, HeadBucketCommand, ListBucketsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateTrainingJobCommand, type CreateTrainingJobCommandInput, DescribeTrainingJobCommand, paginateListTrainingJobs, SageMakerClient,
  waitUntilTrainingJobCompletedOrStopped,
} from '@aws-sdk/client-sagemaker';
import { App, aws_s3, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { clientConfig, keyOf } from './clients';
import { LocalCloud } from '../../../local/cloud';
import { ContainerImage, S3Location, TrainingJob } from '../../../src';
import { identityOf, query } from '../query/requests';

const HERE = { account: '111122223333', region: 'us-east-1' };
const OTHER = '444455556666';
const START = { startAt: new Date('2026-01-01T00:00:00Z') };
const given = ({ account, region }: { account: string; region: string }) => ({ buckets: [`models-of-${account}-${region}`], repositories: ['churn'] });
const TRUSTING = (principal: string) => ({ Statement: [{ Effect: 'Allow' as const, Principal: { AWS: principal }, Action: 'sts:AssumeRole' }] });

let cloud: LocalCloud;
const clients: { destroy(): void }[] = [];
const sageMaker = (region: string, account?: string) => opened(new SageMakerClient(clientConfig(cloud, region, account && keyOf(account))));
const s3 = (region: string, account?: string, more: object = {}) =>
  opened(new S3Client({ ...clientConfig(cloud, region, account && keyOf(account)), forcePathStyle: true, ...more }));

function opened<T extends { destroy(): void }>(client: T): T {
  clients.push(client);
  return client;
}

beforeAll(async () => {
  cloud = await LocalCloud.start({
    given,
    ...START,
    roles: [
      { roleArn: `arn:aws:iam::${HERE.account}:role/job` },
      { roleArn: `arn:aws:iam::${OTHER}:role/job` },
      { roleArn: `arn:aws:iam::${OTHER}:role/open`, trust: TRUSTING(`arn:aws:iam::${HERE.account}:root`) },
      {
        roleArn: `arn:aws:iam::${OTHER}:role/external`,
        trust: { Statement: [{ ...TRUSTING(HERE.account).Statement[0], Condition: { StringEquals: { 'sts:ExternalId': 'agreed' } } }] },
      },
      { roleArn: `arn:aws:iam::${OTHER}:role/limited`, trust: TRUSTING(`arn:aws:iam::${HERE.account}:root`), policies: [] },
      { roleArn: `arn:aws:iam::${OTHER}:role/closed`, trust: TRUSTING(`arn:aws:iam::${OTHER}:root`) },
    ],
  });
});
afterAll(async () => {
  clients.forEach((client) => client.destroy());
  await cloud.stop();
});

/** Creates a training job when the account may create the next one. */
async function create(client: SageMakerClient, input: CreateTrainingJobCommandInput) {
  await cloud.clock.advance(1000);
  return client.send(new CreateTrainingJobCommand(input));
}

const request = (TrainingJobName: string, { account, region }: { account: string; region: string } = HERE) => ({
  TrainingJobName,
  RoleArn: `arn:aws:iam::${account}:role/job`,
  AlgorithmSpecification: { TrainingImage: `${account}.dkr.ecr.${region}.amazonaws.com/churn:v1`, TrainingInputMode: 'File' as const },
  OutputDataConfig: { S3OutputPath: `s3://models-of-${account}-${region}/models/` },
  ResourceConfig: { InstanceType: 'ml.m5.large' as const, InstanceCount: 1, VolumeSizeInGB: 10 },
  StoppingCondition: { MaxRuntimeInSeconds: 3600 },
});

describe('a training job', () => {
  test('belongs to the account and the region that signed the request', async () => {
    const places = [HERE, { account: HERE.account, region: 'eu-west-1' }, { account: OTHER, region: 'us-east-1' }];
    const arns = [];
    for (const place of places) {
      const { TrainingJobArn } = await create(sageMaker(place.region, place.account), request('twin', place));
      arns.push(TrainingJobArn);
    }
    expect(arns).toEqual([
      'arn:aws:sagemaker:us-east-1:111122223333:training-job/twin',
      'arn:aws:sagemaker:eu-west-1:111122223333:training-job/twin',
      'arn:aws:sagemaker:us-east-1:444455556666:training-job/twin',
    ]);
    await expect(sageMaker('eu-west-2').send(new DescribeTrainingJobCommand({ TrainingJobName: 'twin' }))).rejects.toMatchObject({ message: expect.stringMatching(/not found/i) });
  });

  test('is followed by the waiter and the paginator of its own region', async () => {
    const client = sageMaker('ap-south-1');
    for (const name of ['first', 'second', 'third']) await create(client, request(name, { ...HERE, region: 'ap-south-1' }));
    await cloud.clock.advance(3600_000);
    const { state } = await waitUntilTrainingJobCompletedOrStopped({ client, minDelay: 1, maxDelay: 1, maxWaitTime: 30 }, { TrainingJobName: 'third' });
    expect(state).toBe('SUCCESS');
    const names = [];
    for await (const { TrainingJobSummaries } of paginateListTrainingJobs({ client, pageSize: 2 }, {})) {
      names.push(...TrainingJobSummaries!.map(({ TrainingJobName }) => TrainingJobName));
    }
    expect(names).toEqual(['first', 'second', 'third']);
  });

  test('cannot use an image, a bucket or a key of another region', async () => {
    await s3('eu-central-1').send(new CreateBucketCommand({ Bucket: 'models-in-frankfurt' }));
    const client = sageMaker('us-east-1');
    const refused = async (change: object) => create(client, { ...request('refused'), ...change });
    await expect(refused({ AlgorithmSpecification: request('x', { ...HERE, region: 'eu-west-1' }).AlgorithmSpecification })).rejects.toMatchObject({
      name: 'ValidationException', message: expect.stringContaining("Please provide the valid <region>.<dns-suffix>: 'us-east-1.amazonaws.com'"),
    });
    await expect(refused({ OutputDataConfig: { S3OutputPath: 's3://models-in-frankfurt/' } })).rejects.toMatchObject({
      name: 'ValidationException', message: expect.stringContaining('The bucket is in this region: eu-central-1.'),
    });
    const KmsKeyId = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    await expect(refused({ OutputDataConfig: { S3OutputPath: 's3://models-of-111122223333-us-east-1/', KmsKeyId } })).rejects.toMatchObject({ message: expect.stringContaining('is not in region us-east-1') });
  });

  test.each(['us-east-9', 'eu-west-4', 'mars-north-1'])('that does not exist serves no request: %s', async (region) => {
    const SignatureError = { name: 'InvalidSignatureException', message: expect.stringContaining(`unknown Region '${region}'`), $metadata: { httpStatusCode: 403 } };
    await expect(create(sageMaker(region), request('nowhere'))).rejects.toMatchObject(SignatureError);
    await expect(LocalCloud.start({ region })).rejects.toThrow(`unknown Region '${region}'`);
  });

  test('cannot use a role of another account', async () => {
    const borrowing = create(sageMaker('us-east-1'), { ...request('borrowed'), RoleArn: `arn:aws:iam::${OTHER}:role/job` });
    await expect(borrowing).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining('Could not assume role') });
  });
});

describe('a bucket', () => {
  test('of another region is redirected to, which an SDK can follow', async () => {
    await s3('eu-west-3').send(new CreateBucketCommand({ Bucket: 'data-in-paris' }));
    await s3('eu-west-3').send(new PutObjectCommand({ Bucket: 'data-in-paris', Key: 'key', Body: 'content' }));
    const get = new GetObjectCommand({ Bucket: 'data-in-paris', Key: 'key' });
    await expect(s3('us-east-1').send(get)).rejects.toMatchObject({
      name: 'PermanentRedirect', Endpoint: 'data-in-paris.s3.eu-west-3.amazonaws.com', $metadata: { httpStatusCode: 301 },
    });
    const { Body } = await s3('us-east-1', undefined, { followRegionRedirects: true }).send(get);
    expect(await Body!.transformToString()).toBe('content');
  });

  test('is created at the endpoint of its region only', async () => {
    const createMisplaced = async (region: string, LocationConstraint: 'eu-west-1' | 'eu-west-2') =>
      s3(region).send(new CreateBucketCommand({ Bucket: 'misplaced', CreateBucketConfiguration: { LocationConstraint } }));
    await expect(createMisplaced('eu-west-1', 'eu-west-2')).rejects.toMatchObject({ name: 'IllegalLocationConstraintException' });
    await expect(createMisplaced('us-east-1', 'eu-west-2')).rejects.toMatchObject({ name: 'IllegalLocationConstraintException' });
  });

  test('has a name that no other account can take, and is closed to it', async () => {
    await s3('us-east-1').send(new CreateBucketCommand({ Bucket: 'taken' }));
    const other = s3('us-east-1', OTHER);
    await expect(other.send(new CreateBucketCommand({ Bucket: 'taken' }))).rejects.toMatchObject({ name: 'BucketAlreadyExists' });
    await expect(other.send(new PutObjectCommand({ Bucket: 'taken', Key: 'key', Body: 'content' }))).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(other.send(new HeadBucketCommand({ Bucket: 'taken' }))).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });

  test('is open to another account as far as its policy says', async () => {
    const Resources = {
      Shared: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'shared-with-another' } },
      Policy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: { Ref: 'Shared' },
          PolicyDocument: {
            Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OTHER}:root` }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared-with-another/*' }],
          },
        },
      },
    };
    await cloud.clock.run(cloud.cloudFormation.createStack({ stackName: 'Shared', template: { Resources } }));
    await s3('us-east-1').send(new PutObjectCommand({ Bucket: 'shared-with-another', Key: 'key', Body: 'content' }));
    const { Body } = await s3('us-east-1', OTHER).send(new GetObjectCommand({ Bucket: 'shared-with-another', Key: 'key' }));
    expect(await Body!.transformToString()).toBe('content');
    await expect(s3('us-east-1', OTHER).send(new PutObjectCommand({ Bucket: 'shared-with-another', Key: 'key', Body: 'content' }))).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('is listed with its region, in all regions of its account', async () => {
    const { Buckets } = await s3('us-east-1', OTHER).send(new ListBucketsCommand({}));
    expect(Buckets!.map(({ Name, BucketRegion }) => [Name, BucketRegion])).toContainEqual([`cdk-hnb659fds-assets-${OTHER}-us-east-1`, 'us-east-1']);
    expect(Buckets!.map(({ Name }) => Name)).not.toContain('taken');
  });
});

describe('a role of another account', () => {
  const assume = async (role: string, more: { [parameter: string]: string } = {}, headers: object = {}) =>
    query(cloud, 'sts', { Action: 'AssumeRole', RoleArn: `arn:aws:iam::${OTHER}:role/${role}`, RoleSessionName: 'visitor', ...more }, headers);

  test('is assumed where its trust policy names the account of the caller', async () => {
    const { AssumeRoleResult: { Credentials } } = (await assume('open')).document.AssumeRoleResponse;
    expect(await identityOf(cloud, Credentials.AccessKeyId)).toBe(`arn:aws:sts::${OTHER}:assumed-role/open/visitor`);
    const client = opened(new SageMakerClient({
      ...clientConfig(cloud, 'eu-north-1'),
      credentials: { accessKeyId: Credentials.AccessKeyId, secretAccessKey: Credentials.SecretAccessKey, sessionToken: Credentials.SessionToken },
    }));
    const { TrainingJobArn } = await create(client, request('visit', { account: OTHER, region: 'eu-north-1' }));
    expect(TrainingJobArn).toBe(`arn:aws:sagemaker:eu-north-1:${OTHER}:training-job/visit`);
  });

  test.each(['closed', 'job', 'unknown', 'cdk-hnb659fds-deploy-role-444455556666-us-east-1'])('is not assumed where its trust policy does not: %s', async (role) => {
    expect(await assume(role)).toMatchObject({ status: 403, document: { ErrorResponse: { Error: { Code: 'AccessDenied' } } } });
  });

  test('is assumed with the external id that its trust policy asks for', async () => {
    expect((await assume('external')).status).toBe(403);
    expect((await assume('external', { ExternalId: 'agreed' })).status).toBe(200);
  });

  test('is not assumed from a role that may not assume it, nor for more than an hour from a role', async () => {
    const inRole = async (role: string) => {
      const { AssumeRoleResult: { Credentials } } = (await assume(role)).document.AssumeRoleResponse;
      return { authorization: `AWS4-HMAC-SHA256 Credential=${Credentials.AccessKeyId}/20260101/us-east-1/sts/aws4_request` };
    };
    expect((await assume('closed', {}, await inRole('open'))).status).toBe(200);
    expect((await assume('closed', {}, await inRole('limited'))).status).toBe(403);
    expect((await assume('closed', { DurationSeconds: '7200' }, await inRole('open'))).document.ErrorResponse.Error.Message).toMatch(/1 hour session limit/);
  });

  test('gives credentials that nobody can make up', async () => {
    const { document } = await query(cloud, 'sts', { Action: 'GetCallerIdentity' }, { authorization: 'AWS4-HMAC-SHA256 Credential=ASIAMADEUP/20260101/us-east-1/sts/aws4_request' });
    expect(document.ErrorResponse.Error.Code).toBe('InvalidClientTokenId');
  });
});

test('a region of another partition, and what is none, are refused', async () => {
  await expect(sageMaker('cn-north-1').send(new DescribeTrainingJobCommand({ TrainingJobName: 'any' }))).rejects.toMatchObject({ name: 'InvalidSignatureException' });
});

describe('a stack', () => {
  const directory = mkdtempSync(join(tmpdir(), 'environments-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  function assembly(name: string, env?: { account?: string; region?: string }) {
    const app = new App({ outdir: mkdtempSync(join(directory, 'cdk.out-')) });
    const stack = new Stack(app, name, { env });
    const training = new TrainingJob(stack, 'Training', {
      trainingImage: ContainerImage.fromUri(`${stack.account}.dkr.ecr.${stack.region}.amazonaws.com/churn:v1`),
      outputLocation: S3Location.fromBucket(new aws_s3.Bucket(stack, 'Models'), 'models'),
      maxRuntime: Duration.hours(1),
    });
    new CfnOutput(stack, 'Arn', { value: training.trainingJobArn });
    return app.synth();
  }

  test('deploys to its environment, where its function has the credentials and the region', async () => {
    const places = [{ account: HERE.account, region: 'eu-west-1' }, { account: OTHER, region: 'eu-west-1' }];
    for (const env of places) {
      const { status, outputs, events } = await cloud.deploy(assembly('Churn', env), 'Churn');
      expect({ status, failures: events.filter(({ resourceStatus }) => resourceStatus.endsWith('FAILED')) }).toEqual({ status: 'CREATE_COMPLETE', failures: [] });
      expect(outputs.Arn).toMatch(new RegExp(`^arn:aws:sagemaker:eu-west-1:${env.account}:training-job/`));
    }
    const created = cloud.endpoint.calls.filter(({ operation, input }) => operation === 'CreateTrainingJob' && String(input.TrainingJobName).startsWith('churn'));
    expect(created.map(({ account, region }) => ({ account, region }))).toEqual(places);
    for (const place of places) expect((await cloud.destroy('Churn', place))!.status).toBe('DELETE_COMPLETE');
  }, 180_000);

  test('of a region goes on from its state directory in the next process', async () => {
    // given
    const options = { ...START, given, directory: join(directory, 'state') };
    const place = { account: OTHER, region: 'us-west-2' };
    const first = await LocalCloud.start(options);
    const { outputs } = await first.deploy(assembly('Kept', place), 'Kept');
    await first.stop();
    // when
    const second = await LocalCloud.start(options);
    const described = second.in(place).sagemaker.call('DescribeTrainingJob', { TrainingJobName: outputs.Arn.split('/')[1] });
    const elsewhere = second.cloudFormation.list();
    const deleted = await second.destroy('Kept', place);
    await second.stop();
    // then
    expect(described).toMatchObject({ TrainingJobArn: outputs.Arn, TrainingJobStatus: 'Completed' });
    expect(elsewhere).toEqual([]);
    expect(deleted!.status).toBe('DELETE_COMPLETE');
  }, 180_000);
});
