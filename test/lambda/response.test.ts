import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { attributesOf } from '../../lambda/attributes';
import type { CloudFormationEvent } from '../../lambda/events';
import type { Job } from '../../lambda/job';
import { KINDS } from '../../lambda/kinds';
import { failureReason, logs } from '../../lambda/reason';
import { put, responseBody } from '../../lambda/respond';

const event: CloudFormationEvent = {
  RequestType: 'Create',
  RequestId: '5b2c9f2e-0000-4000-8000-000000000000',
  ResponseURL: 'https://example.com/secret',
  ResourceType: 'Custom::SageMakerTrainingJob',
  LogicalResourceId: 'L'.repeat(255),
  StackId: `arn:aws:cloudformation:ap-southeast-1:111122223333:stack/${'s'.repeat(128)}/00000000-0000-4000-8000-000000000000`,
  ResourceProperties: {},
};
const physicalId = 'n'.repeat(63);

describe('attributes', () => {
  test('are the described scalars by their paths, times as ISO strings, metrics by name', () => {
    const description = {
      TrainingJobName: 'job',
      ModelArtifacts: { S3ModelArtifacts: 's3://b/k' },
      CreationTime: new Date(0),
      BillableTimeInSeconds: 0,
      FinalMetricDataList: [{ MetricName: 'validation:auc', Value: 0.5, Timestamp: new Date(0) }],
      Environment: { SECRET: 'x' },
    };
    expect(attributesOf(description, KINDS.trainingJob.attributes)).toEqual({
      'TrainingJobName': 'job',
      'ModelArtifacts.S3ModelArtifacts': 's3://b/k',
      'CreationTime': '1970-01-01T00:00:00.000Z',
      'BillableTimeInSeconds': 0,
      'FinalMetricDataList.validation:auc': 0.5,
    });
  });

  test('the most wanted ones fit into a response whatever the job is described by', () => {
    const description = {
      TrainingJobName: physicalId,
      ModelArtifacts: { S3ModelArtifacts: `s3://${'ü'.repeat(510)}` },
      FinalMetricDataList: Array.from({ length: 40 }, (_, index) => ({ MetricName: `${index}`.padEnd(255, 'ü'), Value: Math.PI })),
    };
    const attributes = attributesOf(description, KINDS.trainingJob.attributes);
    const body = responseBody(event, { status: 'SUCCESS', physicalId, attributes });
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(4096);
    expect(JSON.parse(body).Data).toMatchObject({
      'TrainingJobName': physicalId,
      'ModelArtifacts.S3ModelArtifacts': description.ModelArtifacts.S3ModelArtifacts,
    });
  });
});

describe('a response', () => {
  test('names the event that it answers', () => {
    expect(JSON.parse(responseBody(event, { status: 'FAILED', physicalId, reason: 'because' }))).toEqual({
      Status: 'FAILED',
      Reason: 'because',
      PhysicalResourceId: physicalId,
      StackId: event.StackId,
      RequestId: event.RequestId,
      LogicalResourceId: event.LogicalResourceId,
    });
  });

  test('keeps the beginning and the end of a reason that is too long', () => {
    const body = responseBody(event, { status: 'FAILED', physicalId, reason: `first ${'ü'.repeat(5000)} last` });
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(4096);
    expect(JSON.parse(body).Reason).toMatch(/^first ü+ … ü+ last$/);
  });

  test('is delivered with an empty content type, as the signature of the URL wants it, and again after an error', async () => {
    const received: { type?: string; body: string }[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => { body += chunk; });
      request.on('end', () => {
        received.push({ type: request.headers['content-type'], body });
        response.writeHead(received.length === 1 ? 500 : 200).end();
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    await put(`http://127.0.0.1:${(server.address() as AddressInfo).port}/?signature=secret`, '{"a":1}');
    server.close();
    expect(received).toEqual([{ type: '', body: '{"a":1}' }, { type: '', body: '{"a":1}' }]);
  });

  test('that cannot be delivered is an error without the URL in it', async () => {
    const error = await put('http://127.0.0.1:1/?signature=secret', '{}').catch((thrown: Error) => thrown);
    expect((error as Error).message).toMatch(/^the response could not be delivered to CloudFormation/);
    expect(String((error as Error).stack)).not.toContain('secret');
  }, 20_000);
});

describe('a failure', () => {
  const job = (description: object): Job => ({
    name: 'stack-train-0123456789', arn: 'arn', phase: 'failed', status: 'Failed', description,
  });

  test('tells the status, the service\'s reason and where the logs are', () => {
    const reason = failureReason(KINDS.trainingJob, job({ SecondaryStatus: 'Failed', FailureReason: 'AlgorithmError: exit code 1' }), 'eu-west-1');
    expect(reason).toBe("Training job 'stack-train-0123456789' ended as Failed: AlgorithmError: exit code 1. Logs: "
      + 'https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/'
      + '$252Faws$252Fsagemaker$252FTrainingJobs$3FlogStreamNameFilter$3Dstack-train-0123456789');
  });

  test('tells the limit that a stopped job ran into', () => {
    const stopped: Job = { ...job({ SecondaryStatus: 'MaxRuntimeExceeded' }), phase: 'stopped', status: 'Stopped' };
    expect(failureReason(KINDS.trainingJob, stopped, 'eu-west-1')).toContain('ended as Stopped (MaxRuntimeExceeded). Logs: ');
  });

  test.each([
    ['cn-north-1', 'https://cn-north-1.console.amazonaws.cn/'],
    ['us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com/'],
  ])('leads to the console of the partition of %s', (region, url) => {
    expect(logs(KINDS.trainingJob, 'job', region)).toContain(url);
  });
});
