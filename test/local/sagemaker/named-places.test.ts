import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateNotebookInstanceCommand, CreateTrainingJobCommand, type CreateTrainingJobCommandInput, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { LocalCloud } from '../../../local/cloud';

const ROLE = 'arn:aws:iam::111122223333:role/job';
const KEY = '1234abcd-12ab-34cd-56ef-1234567890ab';
let cloud: LocalCloud;
let client: SageMakerClient;
let s3: S3Client;
beforeAll(async () => {
  cloud = await LocalCloud.start({
    quotas: false,
    roles: [{ roleArn: ROLE }],
    given: {
      buckets: ['results'], repositories: ['any', 'tagged:v1'], keys: [KEY], aliases: ['alias/mine'], subnets: ['subnet-1'], securityGroups: ['sg-1'],
    },
  });
  const options = { endpoint: cloud.endpoint.url, region: cloud.region, credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 's' }, maxAttempts: 1 };
  client = new SageMakerClient(options);
  s3 = new S3Client({ ...options, forcePathStyle: true });
});
afterAll(async () => {
  client.destroy();
  s3.destroy();
  await cloud.stop();
});

let jobs = 0;
const image = (name: string) => ({ AlgorithmSpecification: { TrainingImage: `111122223333.dkr.ecr.us-east-1.amazonaws.com/${name}`, TrainingInputMode: 'File' as const } });
const create = async (change: Partial<CreateTrainingJobCommandInput>) => client.send(new CreateTrainingJobCommand({
  TrainingJobName: `job-${jobs++}`,
  RoleArn: ROLE,
  ...image('any:v1'),
  OutputDataConfig: { S3OutputPath: 's3://results/models/' },
  ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 10 },
  StoppingCondition: { MaxRuntimeInSeconds: 3600 },
  ...change,
}));
const volumeKey = (VolumeKmsKeyId: string) => ({ ResourceConfig: { InstanceType: 'ml.m5.large' as const, InstanceCount: 1, VolumeSizeInGB: 10, VolumeKmsKeyId } });

test.each<[string, Partial<CreateTrainingJobCommandInput>, string]>([
  ['a bucket', { OutputDataConfig: { S3OutputPath: 's3://nowhere/models/' } }, 'The specified bucket does not exist'],
  ['a repository', image('other:v1'), 'Requested image 111122223333.dkr.ecr.us-east-1.amazonaws.com/other:v1 not found.'],
  ['a tag of a repository', image('tagged:v2'), 'Requested image 111122223333.dkr.ecr.us-east-1.amazonaws.com/tagged:v2 not found.'],
  ['a key', volumeKey('arn:aws:kms:us-east-1:111122223333:key/nothing'), "Key 'arn:aws:kms:us-east-1:111122223333:key/nothing' does not exist"],
  ['the ID of a key', volumeKey('nothing'), "Key 'nothing' does not exist"],
  ['an alias', volumeKey('alias/nothing'), "Key 'alias/nothing' does not exist"],
  ['a subnet', { VpcConfig: { Subnets: ['subnet-2'], SecurityGroupIds: ['sg-1'] } }, "The subnet ID 'subnet-2' does not exist"],
  ['a security group', { VpcConfig: { Subnets: ['subnet-1'], SecurityGroupIds: ['sg-2'] } }, "The security group 'sg-2' does not exist"],
])('a job cannot use %s that does not exist', async (_, change, message) => {
  await expect(create(change)).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining(message) });
});

test.each<[string, Partial<CreateTrainingJobCommandInput>]>([
  ['an existing tag', image('tagged:v1')],
  ['an image of another account', { AlgorithmSpecification: { TrainingImage: '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1', TrainingInputMode: 'File' } }],
  ['keys by ID', volumeKey(KEY)],
  ['aliases, also of AWS', { ...volumeKey('alias/mine'), OutputDataConfig: { S3OutputPath: 's3://results/models/', KmsKeyId: 'alias/aws/s3' } }],
  ['a network', { VpcConfig: { Subnets: ['subnet-1'], SecurityGroupIds: ['sg-1'] } }],
])('a job can use %s', async (_, change) => {
  await expect(create(change)).resolves.toMatchObject({ TrainingJobArn: expect.any(String) });
});

test('a job can use a bucket once it is created', async () => {
  const output = { OutputDataConfig: { S3OutputPath: 's3://created-later/' } };
  await expect(create(output)).rejects.toThrow('The specified bucket does not exist');
  await s3.send(new CreateBucketCommand({ Bucket: 'created-later' }));
  await expect(create(output)).resolves.toBeDefined();
});

test('a notebook instance needs an existing code repository, unless it is a URL', async () => {
  const notebook = async (NotebookInstanceName: string, DefaultCodeRepository: string) => client.send(new CreateNotebookInstanceCommand({
    NotebookInstanceName, DefaultCodeRepository, InstanceType: 'ml.t3.medium', RoleArn: ROLE,
  }));
  await expect(notebook('one', 'nothing')).rejects.toThrow('Code repository nothing does not exist.');
  await expect(notebook('two', 'https://github.com/a/b')).resolves.toBeDefined();
});

