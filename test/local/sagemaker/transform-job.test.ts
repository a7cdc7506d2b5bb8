import {
  CreateTransformJobCommand,
  type CreateTransformJobCommandInput,
  DescribeTransformJobCommand,
  ListTagsCommand,
  ListTransformJobsCommand,
  ResourceInUse,
  StopTransformJobCommand,
} from '@aws-sdk/client-sagemaker';
import { ACCOUNT, Fixture, REGION } from './setup';

let cloud: Fixture;
beforeEach(async () => {
  cloud = await Fixture.start();
  cloud.sagemaker.hosting.createModel({ ...MODEL, ModelName: 'churn' });
});
afterEach(async () => cloud.stop());

const MODEL = {
  ExecutionRoleArn: `arn:aws:iam::${ACCOUNT}:role/serving`,
  PrimaryContainer: { Image: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/serve:v1`, ModelDataUrl: 's3://bucket/model.tar.gz' },
};
const input = (TransformInput: object = {}, S3DataSource: object = {}) => ({
  TransformInput: { DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://bucket/customers/', ...S3DataSource } }, ...TransformInput },
});
const resources = (TransformResources: object) => ({ TransformResources: { InstanceType: 'ml.m5.xlarge', InstanceCount: 1, ...TransformResources } });

const create = async (name: string, changes: object = {}) => cloud.client.send(new CreateTransformJobCommand({
  TransformJobName: name,
  ModelName: 'churn',
  ...input(),
  TransformOutput: { S3OutputPath: 's3://bucket/predictions' },
  ...resources({}),
  ...changes,
} as CreateTransformJobCommandInput));
const describeJob = async (name: string) => cloud.client.send(new DescribeTransformJobCommand({ TransformJobName: name }));
const stop = async (name: string) => cloud.client.send(new StopTransformJobCommand({ TransformJobName: name }));

test('a job runs and completes, and repeats its request', async () => {
  // given
  const seen: string[] = [];
  cloud.sagemaker.on('transition', ({ kind, jobName, status }) => seen.push(`${kind} ${jobName} ${status}`));
  // when
  const { TransformJobArn } = await create('Predict', { Tags: [{ Key: 'team', Value: 'ml' }], MaxPayloadInMB: 0, Environment: { MODE: 'full' } });
  const starting = await describeJob('predict');
  const running = cloud.sagemaker.running();
  await cloud.seconds(150);
  const ended = await describeJob('Predict');
  // then
  expect(TransformJobArn).toBe(`arn:aws:sagemaker:${REGION}:${ACCOUNT}:transform-job/predict`);
  expect(starting).toMatchObject({ TransformJobName: 'Predict', TransformJobStatus: 'InProgress' });
  for (const member of ['TransformStartTime', 'TransformEndTime', 'FailureReason', 'RoleArn', 'VpcConfig']) expect(starting).not.toHaveProperty(member);
  expect(running).toEqual(['Predict']);
  expect(seen).toEqual(['TransformJob Predict InProgress', 'TransformJob Predict Completed']);
  expect(ended).toMatchObject({
    TransformJobStatus: 'Completed',
    ModelName: 'churn',
    MaxPayloadInMB: 0,
    Environment: { MODE: 'full' },
    ...input(),
    TransformOutput: { S3OutputPath: 's3://bucket/predictions' },
    CreationTime: new Date('2026-01-01T00:00:00Z'),
    TransformStartTime: new Date('2026-01-01T00:00:30Z'),
    TransformEndTime: new Date('2026-01-01T00:02:30Z'),
  });
  const { Tags } = await cloud.client.send(new ListTagsCommand({ ResourceArn: TransformJobArn }));
  expect(Tags).toEqual([{ Key: 'team', Value: 'ml' }]);
});

test('a failed job tells the reason, and is listed with it, the newest first', async () => {
  cloud.sagemaker.transform = () => ({ failure: 'AlgorithmError: bad record', transformingSeconds: 60 });
  await create('first');
  await cloud.seconds(10);
  await create('second');
  await cloud.seconds(85);

  expect(await describeJob('first')).toMatchObject({ TransformJobStatus: 'Failed', FailureReason: 'AlgorithmError: bad record' });
  const { TransformJobSummaries } = await cloud.client.send(new ListTransformJobsCommand({}));
  expect(TransformJobSummaries).toEqual([
    expect.objectContaining({ TransformJobName: 'second', TransformJobStatus: 'InProgress' }),
    expect.objectContaining({
      TransformJobName: 'first', TransformJobStatus: 'Failed', FailureReason: 'AlgorithmError: bad record', TransformEndTime: new Date('2026-01-01T00:01:30Z'),
    }),
  ]);
});

test.each([
  ['ModelDataUrl', { ModelDataUrl: 's3://artifacts/model.tar.gz' }],
  ['ModelDataSource', { ModelDataSource: { S3DataSource: { S3Uri: 's3://artifacts/model/', S3DataType: 'S3Prefix', CompressionType: 'None' } } }],
])('a job reads the artifacts in %s of its model with the role of the model', async (_, artifacts) => {
  let isDenied = false;
  const executionRoles = {
    canAssume: () => true,
    keyOfBucket: () => undefined,
    refusal: (role: string, { action, resource }: { action: string; resource: string }) => (
      isDenied && action === 's3:GetObject' && resource.startsWith('arn:aws:s3:::artifacts/') ? `${role} is not authorized` : undefined),
  };
  await cloud.stop();
  cloud = await Fixture.start({ executionRoles });
  cloud.sagemaker.hosting.createModel({ ...MODEL, ModelName: 'churn', PrimaryContainer: { Image: MODEL.PrimaryContainer.Image, ...artifacts } });
  isDenied = true;
  await create('job');
  await cloud.seconds(150);

  expect(await describeJob('job')).toMatchObject({
    TransformJobStatus: 'Failed', FailureReason: `ClientError: Model data download failed: AccessDenied: ${MODEL.ExecutionRoleArn} is not authorized`,
  });
});

test('a running job is stopped, and an ended one is not', async () => {
  await create('job');
  await cloud.seconds(60);
  await stop('job');
  expect(await describeJob('job')).toMatchObject({ TransformJobStatus: 'Stopping' });
  await cloud.seconds(10);
  expect(await describeJob('job')).toMatchObject({ TransformJobStatus: 'Stopped' });

  await expect(stop('job')).rejects.toMatchObject({
    name: 'ValidationException', message: 'The request was rejected because the transform job is in status Stopped.',
  });
});

test('a job has no limit of its own', async () => {
  cloud.sagemaker.transform = () => ({ transformingSeconds: 40 * 24 * 3600 });
  await create('job');
  await cloud.seconds(39 * 24 * 3600);

  expect(await describeJob('job')).toMatchObject({ TransformJobStatus: 'InProgress' });
});

test('a job that does not exist is reported by each operation in its own words', async () => {
  await expect(describeJob('job')).rejects.toMatchObject({ name: 'ValidationException', message: 'Could not find requested job with name: job' });
  await expect(stop('job')).rejects.toMatchObject({ name: 'ValidationException', message: 'Could not find job to update with name: job' });
});

test('no job can be deleted, and its name stays in use', async () => {
  await create('job');
  await cloud.seconds(150);

  await expect(create('JOB')).rejects.toBeInstanceOf(ResourceInUse);
  expect(Object.keys(cloud.sagemaker.operations).filter((operation) => operation.endsWith('TransformJob')).sort())
    .toEqual(['CreateTransformJob', 'DescribeTransformJob', 'StopTransformJob']);
});

test('a job outlives its model, and a model that does not exist is refused', async () => {
  await create('job');
  cloud.sagemaker.hosting.deleteModel('churn');
  await cloud.seconds(150);

  expect(await describeJob('job')).toMatchObject({ TransformJobStatus: 'Completed' });
  await expect(create('next')).rejects.toMatchObject({
    name: 'ValidationException', message: `Could not find model "arn:aws:sagemaker:${REGION}:${ACCOUNT}:model/churn".`,
  });
});

test('a job in the VPC of its model has network interfaces until shortly after its end', async () => {
  cloud.sagemaker.hosting.createModel({ ...MODEL, ModelName: 'private', VpcConfig: { Subnets: ['subnet-1'], SecurityGroupIds: ['sg-1'] } });
  await create('job', { ModelName: 'private' });
  await cloud.seconds(60);
  expect(cloud.sagemaker.networkInterfaces()).toMatchObject([{ subnetId: 'subnet-1', securityGroupIds: ['sg-1'] }]);
  await cloud.seconds(300);
  expect(cloud.sagemaker.networkInterfaces()).toEqual([]);
});

test('a job without capacity fails before it starts', async () => {
  await cloud.stop();
  cloud = await Fixture.start({ hasCapacity: () => false });
  cloud.sagemaker.hosting.createModel({ ...MODEL, ModelName: 'churn' });
  await create('job');
  await cloud.seconds(60);

  expect(await describeJob('job')).toMatchObject({ TransformJobStatus: 'Failed', FailureReason: expect.stringContaining('CapacityError') });
});

test.each<[string, object, string]>([
  ['a large payload', { MaxPayloadInMB: 101 }, 'MaxPayloadInMB 101 cannot be greater than 100.'],
  ['large payloads at once', { MaxPayloadInMB: 30, MaxConcurrentTransforms: 4 }, 'MaxConcurrentTransforms * MaxPayloadInMB must not exceed 100 MB.'],
  ['many instances', resources({ InstanceCount: 101 }), 'InstanceCount 101 cannot be greater than 100.'],
  ['several records of a whole object', { BatchStrategy: 'MultiRecord' }, 'BatchStrategy MultiRecord requires that SplitType is Line, RecordIO, TFRecord.'],
  ['an augmented manifest', input({}, { S3DataType: 'AugmentedManifestFile' }), 'S3DataType AugmentedManifestFile is not compatible with transform jobs.'],
  ['a filter without a root', { DataProcessing: { InputFilter: 'features' } }, 'InputFilter and OutputFilter must be JSONPath expressions.'],
  ['a key for local storage', resources({ InstanceType: 'ml.g5.xlarge', VolumeKmsKeyId: 'key' }), 'VolumeKmsKeyId must not be specified for ml.g5.xlarge'],
  ['a model without a role', { ModelName: 'roleless' }, 'Model roleless has no ExecutionRoleArn.'],
])('%s is refused', async (_what, changes, message) => {
  cloud.sagemaker.hosting.createModel({ PrimaryContainer: MODEL.PrimaryContainer, ModelName: 'roleless' });

  await expect(create('job', changes)).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining(message) });
});

test.each<[string, object]>([
  ['single records of a whole object, as in examples of AWS', { BatchStrategy: 'SingleRecord', ...input({ SplitType: 'None' }) }],
  ['chunked requests of any number', { MaxPayloadInMB: 0, MaxConcurrentTransforms: 200 }],
])('%s are accepted', async (_what, changes) => {
  await expect(create('job', changes)).resolves.toBeDefined();
});
