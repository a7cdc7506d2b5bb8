import { request } from 'node:http';
import { XMLParser } from 'fast-xml-parser';
import { LocalCloud } from '../../local/cloud';

let cloud: LocalCloud;
beforeAll(async () => { cloud = await LocalCloud.start(); });
afterAll(() => cloud.stop());

const signed = (service: string) => ({ authorization: `AWS4-HMAC-SHA256 Credential=AKIDTEST/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0` });

/** Sends a request, with an arbitrary host. Returns the code and the message of the error as an SDK reads them. */
async function errorOf(method: string, path: string, headers: { [name: string]: string }, body = ''): Promise<string> {
  const { header, text } = await new Promise<{ header: string; text: string }>((resolve, reject) => {
    request({ port: cloud.endpoint.port, method, path, headers: { ...headers, 'content-length': Buffer.byteLength(body) } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ header: String(response.headers['x-amzn-errortype'] ?? ''), text: Buffer.concat(chunks).toString() }));
    }).on('error', reject).end(body);
  });
  if (!text.startsWith('<')) {
    const { __type = header, message } = JSON.parse(text);
    return `${__type}: ${message}`;
  }
  const document = new XMLParser().parse(text);
  const { Code, Message } = document.Response?.Errors.Error ?? document.ErrorResponse?.Error ?? document.Error;
  return `${Code}: ${Message}`;
}

const json = (service: string, target: string, version = '1.1') => errorOf('POST', '/', { ...signed(service), 'x-amz-target': target, 'content-type': `application/x-amz-json-${version}` }, '{}');
const form = (service: string, action: string) =>
  errorOf('POST', '/', { ...signed(service), 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }, `Action=${action}&Version=2010-01-01`);

test.each([
  ['sagemaker', 'SageMaker.ListPipelines', 'sagemaker:ListPipelines'],
  ['states', 'AWSStepFunctions.CreateActivity', 'states:CreateActivity'],
  ['logs', 'Logs_20140328.StartQuery', 'logs:StartQuery'],
  ['events', 'AWSEvents.CreateArchive', 'events:CreateArchive'],
  ['ssm', 'AmazonSSM.SendCommand', 'ssm:SendCommand'],
  ['secretsmanager', 'secretsmanager.RotateSecret', 'secretsmanager:RotateSecret'],
  ['sqs', 'AmazonSQS.CreateQueue', 'sqs:CreateQueue'],
  ['servicequotas', 'ServiceQuotasV20190624.ListServices', 'servicequotas:ListServices'],
  ['ecr', 'AmazonEC2ContainerRegistry_V20150921.PutImage', 'ecr:PutImage'],
  // Services without any emulated operation.
  ['dynamodb', 'DynamoDB_20120810.ListTables', 'dynamodb:ListTables'],
  ['kms', 'TrentService.ListKeys', 'kms:ListKeys'],
  ['cloudtrail', 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents', 'cloudtrail:LookupEvents'],
])('an operation of %s with AWS JSON (%s) is named', async (service, target, operation) => {
  expect(await json(service, target)).toBe(`UnknownOperationException: The local cloud does not emulate ${operation}.`);
  expect(await json(service, target, '1.0')).toBe(`UnknownOperationException: The local cloud does not emulate ${operation}.`);
});

test.each([
  ['cloudformation', 'ListTypes'], ['iam', 'CreateUser'], ['sts', 'GetFederationToken'], ['ec2', 'DescribeVpcs'], ['sqs', 'CreateQueue'],
  ['sns', 'ListTopics'], ['autoscaling', 'DescribeAutoScalingGroups'], ['monitoring', 'PutMetricData'],
])('an operation of %s with AWS Query (%s) is named', async (service, action) => {
  expect(await form(service, action)).toBe(`InvalidAction: The local cloud does not emulate ${service}:${action} of version 2010-01-01.`);
});

test.each([
  ['lambda', 'GET', '/2018-10-31/layers', 'UnknownOperationException'],
  ['batch', 'POST', '/v1/describejobs', 'UnknownOperationException'],
  ['sagemaker', 'POST', '/endpoints/a/invocations', 'UnknownOperationException'],
  ['cloudfront', 'GET', '/2020-05-31/distribution', 'UnknownOperationException'],
  ['route53', 'GET', '/2013-04-01/hostedzone', 'UnknownOperationException'],
])('a request to %s by REST (%s %s) is named', async (service, method, path, code) => {
  expect(await errorOf(method, path, signed(service))).toBe(`${code}: The local cloud does not emulate ${service}:${method} ${path}.`);
});

test.each([
  ['GET', '/bucket?acl', 's3:GetBucketAcl'], ['PUT', '/bucket?versioning', 's3:PutBucketVersioning'], ['GET', '/bucket/key?torrent', 's3:GetObjectTorrent'],
])('an operation of S3 (%s %s) is named', async (method, path, operation) => {
  expect(await errorOf(method, path, signed('s3'))).toBe(`NotImplemented: The local cloud does not emulate ${operation}.`);
});

test('a host that contains a bucket is named', async () => {
  expect(await errorOf('GET', '/key', { ...signed('s3'), host: 'bucket.localhost:4599' }))
    .toBe('NotImplemented: The local cloud does not emulate virtual-hosted-style addresses of s3 (bucket.localhost:4599). Use path-style addresses.');
});

test('a request without a signature, to any host, is named', async () => {
  expect(await errorOf('GET', '/favicon.ico', { host: 'example.com' })).toBe('UnknownOperationException: The local cloud does not emulate the request GET /favicon.ico.');
});
