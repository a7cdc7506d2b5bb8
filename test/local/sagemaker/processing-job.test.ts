import {
  CreateProcessingJobCommand,
  type CreateProcessingJobCommandInput,
  DeleteProcessingJobCommand,
  DescribeProcessingJobCommand,
  ListProcessingJobsCommand,
  ListTagsCommand,
  ResourceInUse,
  StopProcessingJobCommand,
} from '@aws-sdk/client-sagemaker';
import { ACCOUNT, Fixture, REGION } from './setup';

let cloud: Fixture;
beforeEach(async () => { cloud = await Fixture.start(); });
afterEach(async () => cloud.stop());

const ROOT = '/opt/ml/processing';
const from = (S3Input: object = {}) => ({ InputName: 'raw', S3Input: { S3Uri: 's3://bucket/raw', S3DataType: 'S3Prefix', S3InputMode: 'File', LocalPath: `${ROOT}/raw`, ...S3Input } });
const to = (S3Output: object = {}) => ({ OutputName: 'clean', S3Output: { S3Uri: 's3://bucket/clean', S3UploadMode: 'EndOfJob', LocalPath: `${ROOT}/clean`, ...S3Output } });
const cluster = (ClusterConfig: object) => ({ ProcessingResources: { ClusterConfig: { VolumeSizeInGB: 30, ...ClusterConfig } } });
const athena = { Catalog: 'AwsDataCatalog', Database: 'web', QueryString: 'SELECT 1', OutputS3Uri: 's3://bucket/athena', OutputFormat: 'PARQUET' };
const redshift = {
  ClusterId: 'c', Database: 'd', DbUser: 'u', QueryString: 'SELECT 1', ClusterRoleArn: `arn:aws:iam::${ACCOUNT}:role/cluster`, OutputS3Uri: 's3://bucket/r', OutputFormat: 'CSV',
};

const create = async (name: string, changes: object = {}) => cloud.client.send(new CreateProcessingJobCommand({
  ProcessingJobName: name,
  RoleArn: `arn:aws:iam::${ACCOUNT}:role/processing`,
  AppSpecification: { ImageUri: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/process:v1` },
  ...cluster({ InstanceType: 'ml.m5.xlarge', InstanceCount: 1 }),
  ...changes,
} as CreateProcessingJobCommandInput));
const describeJob = async (name: string) => cloud.client.send(new DescribeProcessingJobCommand({ ProcessingJobName: name }));
const stop = async (name: string) => cloud.client.send(new StopProcessingJobCommand({ ProcessingJobName: name }));
const remove = async (name: string) => cloud.client.send(new DeleteProcessingJobCommand({ ProcessingJobName: name }));
const listed = async () => (await cloud.client.send(new ListProcessingJobsCommand({}))).ProcessingJobSummaries!;

test('a job runs and completes, and repeats its request', async () => {
  // given
  const seen: string[] = [];
  cloud.sagemaker.on('transition', ({ kind, jobName, status }) => seen.push(`${kind} ${jobName} ${status}`));
  cloud.sagemaker.processing = () => ({ exitMessage: 'done'.padEnd(2000, '.') });
  // when
  const { ProcessingJobArn } = await create('Process', { Tags: [{ Key: 'team', Value: 'ml' }], ProcessingInputs: [from()], ProcessingOutputConfig: { Outputs: [to()] } });
  const starting = await describeJob('process');
  const running = cloud.sagemaker.running();
  await cloud.seconds(150);
  const ended = await describeJob('Process');
  // then
  expect(ProcessingJobArn).toBe(`arn:aws:sagemaker:${REGION}:${ACCOUNT}:processing-job/process`);
  expect(starting).toMatchObject({ ProcessingJobName: 'Process', ProcessingJobStatus: 'InProgress' });
  for (const member of ['ProcessingStartTime', 'ProcessingEndTime', 'ExitMessage', 'FailureReason']) expect(starting).not.toHaveProperty(member);
  expect(running).toEqual(['Process']);
  expect(seen).toEqual(['ProcessingJob Process InProgress', 'ProcessingJob Process Completed']);
  expect(ended).toMatchObject({
    ProcessingJobStatus: 'Completed',
    ProcessingInputs: [from()],
    ProcessingOutputConfig: { Outputs: [to()] },
    ExitMessage: expect.stringMatching(/^done\.+$/),
    CreationTime: new Date('2026-01-01T00:00:00Z'),
    ProcessingStartTime: new Date('2026-01-01T00:00:30Z'),
    ProcessingEndTime: new Date('2026-01-01T00:02:30Z'),
  });
  expect(ended.ExitMessage).toHaveLength(1024);
  expect(cloud.sagemaker.running()).toEqual([]);
  expect((await cloud.client.send(new ListTagsCommand({ ResourceArn: ProcessingJobArn }))).Tags).toEqual([{ Key: 'team', Value: 'ml' }]);
});

test('a failed job tells its reason and what its container has written', async () => {
  cloud.sagemaker.processing = () => ({ processingSeconds: 60, failure: 'AlgorithmError: exit code: 1', exitMessage: 'no data' });
  await create('job');
  await cloud.seconds(90);

  expect(await describeJob('job')).toMatchObject({ ProcessingJobStatus: 'Failed', FailureReason: 'AlgorithmError: exit code: 1', ExitMessage: 'no data' });
  expect(await listed()).toMatchObject([{ ProcessingJobName: 'job', ProcessingJobStatus: 'Failed', FailureReason: 'AlgorithmError: exit code: 1' }]);
});

test('a job that processes longer than its limit, or is stopped, ends without a reason', async () => {
  cloud.sagemaker.processing = () => ({ processingSeconds: 3600 });
  await create('limited', { StoppingCondition: { MaxRuntimeInSeconds: 60 } });
  await create('stopped');
  await cloud.seconds(60);
  await stop('stopped');
  const stopping = await describeJob('stopped');
  await cloud.seconds(60);

  expect(stopping.ProcessingJobStatus).toBe('Stopping');
  for (const name of ['limited', 'stopped']) {
    const job = await describeJob(name);
    expect(job.ProcessingJobStatus).toBe('Stopped');
    expect(job).not.toHaveProperty('FailureReason');
  }
  await expect(stop('stopped')).rejects.toThrow('The request was rejected because the processing job is in status Stopped.');
});

test('a job is deleted when it has ended, and its name is free then', async () => {
  await create('job');
  await expect(create('JOB')).rejects.toThrow(`Job name must be unique within an AWS account and region, and a job with this name already exists (arn:aws:sagemaker:${REGION}:${ACCOUNT}:processing-job/job)`);
  await expect(remove('job')).rejects.toBeInstanceOf(ResourceInUse);
  await cloud.seconds(150);
  await remove('job');

  await expect(describeJob('job')).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringMatching(/^Could not find requested job/) });
  await expect(stop('job')).rejects.toThrow('Could not find requested job');
  await expect(create('job')).resolves.toBeDefined();
});

test('the first preferred type with capacity is selected, and described once the job starts', async () => {
  await cloud.stop();
  cloud = await Fixture.start({ hasCapacity: (_operation, instanceType) => instanceType === 'ml.m5.2xlarge' });
  const InstancePreferences = [{ InstanceType: 'ml.m5.4xlarge', InstanceCount: 1 }, { InstanceType: 'ml.m5.2xlarge', InstanceCount: 2 }];
  await create('preferring', cluster({ InstancePreferences }));
  await create('unlucky');
  const { ProcessingResources: before } = await describeJob('preferring');
  await cloud.seconds(150);

  expect(before!.ClusterConfig).not.toHaveProperty('SelectedInstanceType');
  expect((await describeJob('preferring')).ProcessingResources!.ClusterConfig).toMatchObject({ SelectedInstanceType: 'ml.m5.2xlarge', SelectedInstanceCount: 2 });
  expect(await describeJob('unlucky')).toMatchObject({ ProcessingJobStatus: 'Failed', FailureReason: expect.stringMatching(/^CapacityError/) });
});

test.each<[string, object, string]>([
  ['an input without a source', { ProcessingInputs: [{ InputName: 'raw' }] }, 'Exactly one of S3Input and DatasetDefinition'],
  ['an input with two sources', { ProcessingInputs: [{ ...from(), DatasetDefinition: { AthenaDatasetDefinition: athena, LocalPath: '/a' } }] }, 'Exactly one of S3Input and DatasetDefinition'],
  ['a dataset without a query', { ProcessingInputs: [{ InputName: 'raw', DatasetDefinition: { LocalPath: '/a' } }] }, 'Exactly one of AthenaDatasetDefinition and RedshiftDatasetDefinition'],
  ['a dataset with two queries', {
    ProcessingInputs: [{ InputName: 'raw', DatasetDefinition: { LocalPath: '/a', AthenaDatasetDefinition: athena, RedshiftDatasetDefinition: redshift } }],
  }, 'Exactly one of AthenaDatasetDefinition and RedshiftDatasetDefinition'],
  ['an input without a path', { ProcessingInputs: [from({ LocalPath: undefined })] }, 'LocalPath must be specified for input raw, which is not AppManaged.'],
  ['an input elsewhere', { ProcessingInputs: [from({ LocalPath: '/data' })] }, 'LocalPath /data must begin with /opt/ml/processing/.'],
  ['a dataset at a relative path', { ProcessingInputs: [{ InputName: 'raw', DatasetDefinition: { LocalPath: 'a', AthenaDatasetDefinition: athena } }] }, 'LocalPath a must be an absolute path.'],
  ['compressed files', { ProcessingInputs: [from({ S3CompressionType: 'Gzip' })] }, 'S3CompressionType Gzip can only be used if S3InputMode is Pipe.'],
  ['two inputs at one path', { ProcessingInputs: [from(), { ...from(), InputName: 'other' }] }, ' '],
  ['an output without a destination', { ProcessingOutputConfig: { Outputs: [{ OutputName: 'clean' }] } }, 'Exactly one of S3Output and FeatureStoreOutput'],
  ['an output elsewhere', { ProcessingOutputConfig: { Outputs: [to({ LocalPath: '/tmp' })] } }, 'LocalPath /tmp must begin with /opt/ml/processing/.'],
  ['a feature group that nobody writes to', {
    ProcessingOutputConfig: { Outputs: [{ OutputName: 'clean', FeatureStoreOutput: { FeatureGroupName: 'features' } }] },
  }, 'FeatureStoreOutput is only supported when AppManaged is specified.'],
  ['no instances', cluster({ InstanceCount: 1 }), 'Exactly one of InstanceType and InstancePreferences'],
  ['two kinds of instances', cluster({ InstanceType: 'ml.m5.xlarge', InstanceCount: 1, InstancePreferences: [{ InstanceType: 'ml.m5.xlarge' }] }), 'Exactly one of InstanceType and InstancePreferences'],
  ['no count', cluster({ InstanceType: 'ml.m5.xlarge' }), 'InstanceCount must be specified in ClusterConfig, or in every entry'],
  ['some counts', cluster({ InstancePreferences: [{ InstanceType: 'ml.m5.xlarge', InstanceCount: 1 }, { InstanceType: 'ml.m5.large' }] }), 'InstanceCount must be specified in ClusterConfig, or in every entry'],
  ['a preference twice', cluster({ InstanceCount: 1, InstancePreferences: [{ InstanceType: 'ml.m5.xlarge' }, { InstanceType: 'ml.m5.xlarge' }] }), 'InstanceType ml.m5.xlarge must be unique'],
  ['no preferences', cluster({ InstanceCount: 1, InstancePreferences: [] }), 'InstancePreferences must have 1 to 5 entries.'],
])('%s is refused', async (_what, changes, message) => {
  await expect(create('job', changes)).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining(message) });
});

test('what the application manages needs no path', async () => {
  await expect(create('job', {
    ProcessingInputs: [{ ...from({ LocalPath: undefined }), AppManaged: true }],
    ProcessingOutputConfig: { Outputs: [{ OutputName: 'clean', FeatureStoreOutput: { FeatureGroupName: 'features' }, AppManaged: true }] },
  })).resolves.toBeDefined();
});
