import { PassThrough } from 'node:stream';
import { LocalCloud } from '../../../local/cloud';
import { Watch, type WatchOptions } from '../../../local/watch';
import { GIVEN_RESOURCES } from '../../fixtures/given-resources';
import { json, query } from '../query/requests';

let cloud: LocalCloud;
let watch: Watch;
let written: string;
beforeEach(async () => {
  cloud = await LocalCloud.start({
    given: GIVEN_RESOURCES,
    startAt: new Date('2026-01-01T00:00:00Z'),
    roles: [{ roleArn: 'arn:aws:iam::111122223333:role/training' }],
    faults: [{ fault: 'throttle', match: { operation: 'ListTags' } }],
  });
});
afterEach(async () => {
  watch.close();
  await cloud.stop();
});

function start(options: WatchOptions, terminal = {}): void {
  written = '';
  const out = Object.assign(new PassThrough(), terminal);
  out.on('data', (text) => { written += text; });
  watch = new Watch(cloud, out as unknown as NodeJS.WriteStream, options);
}

const createJob = async () => json(cloud, 'sagemaker', 'SageMaker.CreateTrainingJob', {
  TrainingJobName: 'job',
  RoleArn: 'arn:aws:iam::111122223333:role/training',
  AlgorithmSpecification: { TrainingImage: '111122223333.dkr.ecr.us-east-1.amazonaws.com/algorithm:1', TrainingInputMode: 'File' },
  OutputDataConfig: { S3OutputPath: 's3://bucket/models' },
  ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 10 },
  StoppingCondition: { MaxRuntimeInSeconds: 3600 },
  HyperParameters: { password: 'secret' },
});

test('a stack is shown event by event', async () => {
  start({});
  await cloud.clock.run(cloud.cloudFormation.createStack({ stackName: 'Stack', template: { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } } }));
  const lines = written.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^2026-01-01 00:00:00 \| Stack \| CREATE_IN_PROGRESS +\| AWS::CloudFormation::Stack +\| Stack \| User Initiated$/);
  expect(lines).toContainEqual(expect.stringMatching(/^2026-01-01 00:00:0\d \| Stack \| CREATE_COMPLETE +\| AWS::SNS::Topic +\| Topic$/));
});

test('each event has one line, which begins with its virtual time', async () => {
  start({ calls: true, bodies: true });
  await createJob();
  const template = { Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 901 } } } };
  await cloud.clock.run(cloud.cloudFormation.createStack({ stackName: 'Stack', template }));
  expect(written.trimEnd().split('\n').filter((line) => !/^2026-01-01 \d\d:\d\d:\d\d \| \S/.test(line.replace('|   ', '| ')))).toEqual([]);
  expect(written).toMatch(/validation failed for resource Queue with message: \[#\/DelaySeconds: 901 is not less or equal to 900\]\n/);
});

test('a job is shown phase by phase', async () => {
  start({});
  await createJob();
  await cloud.clock.advance(600_000);
  expect(written).toMatch(/2026-01-01 00:00:00 \| TrainingJob job: InProgress, Starting/);
  expect(written).toMatch(/TrainingJob job: InProgress, Training/);
  expect(written).toMatch(/TrainingJob job: Completed/);
  expect(written).not.toMatch(/CreateTrainingJob/);
});

test('calls are shown with who has called and what came of it, and the faults in them, but no reads that succeed or find nothing', async () => {
  start({ calls: true });
  await json(cloud, 'sagemaker', 'SageMaker.DescribeTrainingJob', { TrainingJobName: 'none' });
  await query(cloud, 'cloudformation', { Action: 'DescribeStacks', StackName: 'none' });
  await json(cloud, 'sagemaker', 'SageMaker.Search', { Resource: 'TrainingJob' });
  await json(cloud, 'sagemaker', 'SageMaker.DescribeTrainingJob', { TrainingJobName: '-' });
  await json(cloud, 'ssm', 'AmazonSSM.GetParameter', { Name: '/cdk-bootstrap/hnb659fds/version' });
  await json(cloud, 'ssm', 'AmazonSSM.PutParameter', { Name: '/a', Value: 'x', Type: 'String' });
  await json(cloud, 'sagemaker', 'SageMaker.ListTags', { ResourceArn: 'arn:aws:sagemaker:us-east-1:111122223333:training-job/none' });
  const [refused, ok, fault, throttled] = written.trimEnd().split('\n');
  expect(refused).toMatch(/^2026-01-01 00:00:00 \| client > sagemaker:DescribeTrainingJob > ValidationException: 1 validation error/);
  expect(ok).toBe('2026-01-01 00:00:00 | client > ssm:PutParameter > ok');
  expect(fault).toMatch(/fault throttle, occurrence 1: sagemaker:ListTags/);
  expect(throttled).toMatch(/sagemaker:ListTags > ThrottlingException.* \| fault injected$/);
});

test('the bodies of calls are shown only when that is asked for, and without secrets', async () => {
  start({ calls: true, bodies: true });
  await createJob();
  expect(written).toMatch(/ {2}request: {2}\{"TrainingJobName":"job".*"HyperParameters":\{"password":"\*\*\*"\}/);
  expect(written).toMatch(/ {2}response: \{"TrainingJobArn":"arn:aws:sagemaker:/);
  expect(written).not.toMatch(/secret/);
});

test('a terminal has a last line that tells how the jobs are, cut to its width', async () => {
  start({}, { isTTY: true, columns: 40 });
  await createJob();
  await cloud.clock.advance(10_000);
  watch.line('something');
  const last = written.slice(written.lastIndexOf('something\n') + 'something\n'.length);
  expect(last).toContain('job: InProgress, Starting for 10 s');
});
