import { zipSync } from 'fflate';
import { LocalCloud } from '../../../local/cloud';

const ARN = 'arn:aws:lambda:us-east-1:111122223333:function:echo';
const source = (body: string) => `exports.handler = async (event) => { ${body} };`;
let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await LocalCloud.start();
  await cloud.clock.run(cloud.cloudFormation.createStack({
    stackName: 'Stack',
    template: {
      Resources: {
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }] } },
        },
        Echo: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            FunctionName: 'echo',
            Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
            Runtime: 'nodejs22.x',
            Handler: 'index.handler',
            Timeout: 5,
            Code: { ZipFile: source('if (event.fail) throw new TypeError("failed"); return { got: event, size: process.env.SIZE };') },
          },
        },
      },
    },
  }));
  cloud.clock.start();
});
afterAll(async () => {
  await cloud.clock.stop();
  await cloud.stop();
});

/** Sends a request of the Lambda API as an SDK does. */
async function call(method: string, path: string, body?: object, headers: { [name: string]: string } = {}) {
  const response = await fetch(`${cloud.endpoint.url}/2015-03-31${path}`, {
    method,
    ...body && { body: JSON.stringify(body) },
    headers: { authorization: 'AWS4-HMAC-SHA256 Credential=AKIDTEST/20260101/us-east-1/lambda/aws4_request', ...headers },
  });
  const text = await response.text();
  return { status: response.status, headers: Object.fromEntries(response.headers), body: text === '' ? undefined : JSON.parse(text) };
}

test.each(['echo', ARN, '111122223333:function:echo'])('a function is described by %s', async (name) => {
  expect(await call('GET', `/functions/${encodeURIComponent(name)}`)).toMatchObject({
    status: 200, body: { Configuration: { FunctionArn: ARN, Timeout: 5, State: 'Active', LastUpdateStatus: 'Successful' } },
  });
});

test.each([
  'arn:aws:lambda:eu-west-1:111122223333:function:echo', 'arn:aws:lambda:us-east-1:444455556666:function:echo', '444455556666:function:echo',
  'echo:1', `${ARN}:live`, '111122223333:function:echo:2',
])('a function is not found by %s, which is another function or version', async (name) => {
  expect(await call('GET', `/functions/${encodeURIComponent(name)}`)).toMatchObject({ status: 404, headers: { 'x-amzn-errortype': 'ResourceNotFoundException' } });
});

test('a function is found by its only version, in its name or in the query', async () => {
  const statuses = ['/functions/echo?Qualifier=$LATEST', `/functions/${encodeURIComponent(`${ARN}:$LATEST`)}`, '/functions/echo?Qualifier=1', '/functions/echo/configuration?Qualifier=live']
    .map(async (path) => (await call('GET', path)).status);
  expect(await Promise.all(statuses)).toEqual([200, 200, 404, 404]);
  expect((await call('POST', '/functions/echo/invocations?Qualifier=1', {})).status).toBe(404);
});

test('a function that does not exist is an error with its type in a header', async () => {
  expect(await call('GET', '/functions/nothing/configuration')).toMatchObject({
    status: 404, headers: { 'x-amzn-errortype': 'ResourceNotFoundException' }, body: { Message: expect.stringContaining('Function not found') },
  });
});

test('a description has the size of the code, the time of the last change, and a revision that changes with the function', async () => {
  const describe_ = async () => (await call('GET', '/functions/echo/configuration')).body;
  const before = await describe_();
  expect(before).toMatchObject({ CodeSize: source('if (event.fail) throw new TypeError("failed"); return { got: event, size: process.env.SIZE };').length });
  expect(before.LastModified).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);
  expect((await describe_()).RevisionId).toBe(before.RevisionId);
  await call('PUT', '/functions/echo/configuration', { MemorySize: 256 });
  expect((await describe_()).RevisionId).not.toBe(before.RevisionId);
  await call('PUT', '/functions/echo/configuration', { MemorySize: 128 });
});

test('functions are listed', async () => {
  expect((await call('GET', '/functions/')).body.Functions.map(({ FunctionName }: any) => FunctionName)).toEqual(['echo']);
});

test('an invocation returns the result, or the error with a header', async () => {
  expect(await call('POST', '/functions/echo/invocations', { a: 1 })).toMatchObject({ status: 200, body: { got: { a: 1 } } });
  expect(await call('POST', '/functions/echo/invocations', { fail: true })).toMatchObject({
    status: 200, headers: { 'x-amz-function-error': 'Unhandled' }, body: { errorType: 'TypeError', errorMessage: 'failed' },
  });
  expect((await call('POST', '/functions/echo/invocations', {}, { 'x-amz-invocation-type': 'Event' })).status).toBe(202);
  expect((await call('POST', '/functions/echo/invocations', {}, { 'x-amz-invocation-type': 'DryRun' })).status).toBe(204);
});

test('new code and a new configuration take effect, and are drift', async () => {
  const zip = Buffer.from(zipSync({ 'index.js': Buffer.from(source('return "new " + process.env.SIZE;')) })).toString('base64');
  expect(await call('PUT', '/functions/echo/code', { ZipFile: zip })).toMatchObject({ status: 200, body: { LastUpdateStatus: 'Successful' } });
  expect(cloud.cloudFormation.detectDrift('Stack').status).toBe('IN_SYNC');
  expect((await call('PUT', '/functions/echo/configuration', { Timeout: 9, Environment: { Variables: { SIZE: 'large' } } })).status).toBe(200);
  expect((await call('POST', '/functions/echo/invocations', {})).body).toBe('new large');
  const { resources, status } = cloud.cloudFormation.detectDrift('Stack');
  expect(status).toBe('DRIFTED');
  expect(resources.find(({ logicalId }) => logicalId === 'Echo')!.differences).toEqual([{ differenceType: 'NOT_EQUAL', propertyPath: '/Timeout', expectedValue: '5', actualValue: '9' }]);
});

test('what is not emulated names the operation of the service', async () => {
  expect(await call('PUT', '/functions/echo/concurrency', {})).toMatchObject({ status: 400, body: { Message: 'The local cloud does not emulate lambda:PUT /2015-03-31/functions/echo/concurrency.' } });
});
