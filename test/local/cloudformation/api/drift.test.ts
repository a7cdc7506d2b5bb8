import {
  CloudFormationClient, CreateStackCommand, DescribeStackDriftDetectionStatusCommand, DescribeStacksCommand, DetectStackDriftCommand,
  DetectStackResourceDriftCommand, paginateDescribeStackResourceDrifts, waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DeleteBucketCommand, DeleteBucketTaggingCommand, PutBucketTaggingCommand, S3Client } from '@aws-sdk/client-s3';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { LocalCloud } from '../../../../local/cloud';

const StackName = 'Stack';
const RESOURCES = {
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'drifting', Tags: [{ Key: 'b', Value: '1' }, { Key: 'a', Value: '2' }] } },
  Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/drifting', Type: 'String', Value: 'a' } },
  Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'drifting', RetentionInDays: '7' } },
  Queue: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 1 } },
};

let cloud: LocalCloud;
let client: CloudFormationClient;
let s3: S3Client;
let ssm: SSMClient;
let logs: CloudWatchLogsClient;
beforeEach(async () => {
  cloud = await LocalCloud.start();
  cloud.clock.start();
  const options = { endpoint: cloud.endpoint.url, region: cloud.region, credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 's' }, maxAttempts: 1 };
  client = new CloudFormationClient(options);
  s3 = new S3Client({ ...options, forcePathStyle: true });
  ssm = new SSMClient(options);
  logs = new CloudWatchLogsClient(options);
  await client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify({ Resources: RESOURCES }) }));
  await waitUntilStackCreateComplete({ client, minDelay: 0.02, maxDelay: 0.02, maxWaitTime: 20 }, { StackName });
});
afterEach(async () => {
  for (const each of [client, s3, ssm, logs]) each.destroy();
  await cloud.clock.stop();
  await cloud.stop();
});

async function detect() {
  const { StackDriftDetectionId } = await client.send(new DetectStackDriftCommand({ StackName }));
  const status = await client.send(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }));
  const drifts: { [logicalId: string]: unknown } = {};
  for await (const { StackResourceDrifts = [] } of paginateDescribeStackResourceDrifts({ client }, { StackName })) {
    for (const { LogicalResourceId, StackResourceDriftStatus, PropertyDifferences } of StackResourceDrifts) {
      drifts[LogicalResourceId!] = PropertyDifferences?.map(({ PropertyPath, ExpectedValue, ActualValue, DifferenceType }) =>
        `${DifferenceType} ${PropertyPath}: ${ExpectedValue} -> ${ActualValue}`).join() ?? StackResourceDriftStatus;
    }
  }
  return { status: status.StackDriftStatus, detection: status.DetectionStatus, count: status.DriftedStackResourceCount, drifts };
}

test('an unchanged stack is in sync', async () => {
  expect((await client.send(new DescribeStacksCommand({ StackName }))).Stacks![0].DriftInformation).toEqual({ StackDriftStatus: 'NOT_CHECKED' });
  expect(await detect()).toEqual({
    status: 'IN_SYNC', detection: 'DETECTION_COMPLETE', count: 0, drifts: { Bucket: 'IN_SYNC', Parameter: 'IN_SYNC', Logs: 'IN_SYNC', Queue: 'IN_SYNC' },
  });
});

test('resources that were changed or deleted outside of the stack have drifted', async () => {
  await s3.send(new DeleteBucketCommand({ Bucket: 'drifting' }));
  await ssm.send(new PutParameterCommand({ Name: '/drifting', Value: 'b', Overwrite: true }));
  await logs.send(new PutRetentionPolicyCommand({ logGroupName: 'drifting', retentionInDays: 14 }));
  expect(await detect()).toEqual({
    status: 'DRIFTED',
    detection: 'DETECTION_COMPLETE',
    count: 3,
    drifts: { Bucket: 'DELETED', Parameter: 'NOT_EQUAL /Value: a -> b', Logs: 'NOT_EQUAL /RetentionInDays: 7 -> 14', Queue: 'IN_SYNC' },
  });
  expect((await client.send(new DescribeStacksCommand({ StackName }))).Stacks![0].DriftInformation).toMatchObject({ StackDriftStatus: 'DRIFTED' });
  const { StackResourceDrift } = await client.send(new DetectStackResourceDriftCommand({ StackName, LogicalResourceId: 'Parameter' }));
  expect(JSON.parse(StackResourceDrift!.ActualProperties!)).toEqual({ Name: '/drifting', Type: 'String', Value: 'b' });
});

test('tags of a bucket drift, but not their order', async () => {
  const tag = async (...TagSet: { Key: string; Value: string }[]) => s3.send(new PutBucketTaggingCommand({ Bucket: 'drifting', Tagging: { TagSet } }));
  const [a, b] = [{ Key: 'a', Value: '2' }, { Key: 'b', Value: '1' }];

  await tag(a, b);
  expect((await detect()).drifts.Bucket).toBe('IN_SYNC');
  await tag(a);
  expect((await detect()).drifts.Bucket).toBe(`NOT_EQUAL /Tags: ${JSON.stringify([b, a])} -> ${JSON.stringify([a])}`);
  await s3.send(new DeleteBucketTaggingCommand({ Bucket: 'drifting' }));
  expect((await detect()).drifts.Bucket).toBe(`REMOVE /Tags: ${JSON.stringify([b, a])} -> null`);
});
