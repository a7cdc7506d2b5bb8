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

/** Sends a request whose body is a text. */
async function raw(method: string, path: string, body: string, headers: { [name: string]: string } = {}) {
  const response = await fetch(`${cloud.endpoint.url}/2015-03-31${path}`, {
    method, body, headers: { authorization: 'AWS4-HMAC-SHA256 Credential=AKIDTEST/20260101/us-east-1/lambda/aws4_request', ...headers },
  });
  return { status: response.status, code: response.headers.get('x-amzn-errortype'), message: (await response.json() as { Message: string }).Message };
}

const CONFIGURATION = '/functions/echo/configuration';
const variables = (value: string) => ({ Environment: { Variables: { VALUE: value } } });
const zip = Buffer.from('no zip').toString('base64');

test.each<[string, string, string | object, string, string]>([
  ['a configuration that is no JSON', CONFIGURATION, '{"Timeout": 9', 'InvalidRequestContentException', 'Could not parse request body into json'],
  ['a configuration that is no object', CONFIGURATION, '[9]', 'SerializationException', 'Expected structure'],
  ['a timeout of a word', CONFIGURATION, { Timeout: 'long' }, 'SerializationException', 'STRING_VALUE can not be converted to an Integer'],
  ['a timeout of 0 seconds', CONFIGURATION, { Timeout: 0 }, 'ValidationException', "Value '0' at 'timeout' failed to satisfy constraint: Member must have value greater than or equal to 1"],
  ['a timeout of 901 seconds', CONFIGURATION, { Timeout: 901 }, 'ValidationException', 'Member must have value less than or equal to 900'],
  ['127 MB of memory', CONFIGURATION, { MemorySize: 127 }, 'ValidationException', 'Member must have value greater than or equal to 128'],
  ['10,241 MB of memory', CONFIGURATION, { MemorySize: 10_241 }, 'ValidationException', 'Member must have value less than or equal to 10240'],
  ['a role that is no ARN', CONFIGURATION, { Role: 'me' }, 'ValidationException', "at 'role' failed to satisfy constraint: Member must satisfy regular expression pattern"],
  ['a role that does not exist', CONFIGURATION, { Role: 'arn:aws:iam::111122223333:role/nobody' }, 'InvalidParameterValueException', 'The role defined for the function cannot be assumed by Lambda.'],
  ['a handler with a space', CONFIGURATION, { Handler: 'index handler' }, 'ValidationException', "at 'handler'"],
  ['an unknown runtime', CONFIGURATION, { Runtime: 'cobol' }, 'InvalidParameterValueException', 'The runtime cobol is not emulated.'],
  ['a description of 257 characters', CONFIGURATION, { Description: 'x'.repeat(257) }, 'ValidationException', 'Member must have length less than or equal to 256'],
  ['a variable with one letter', CONFIGURATION, { Environment: { Variables: { A: '1' } } }, 'ValidationException', "at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint"],
  ['a reserved variable', CONFIGURATION, { Environment: { Variables: { AWS_REGION: 'x' } } }, 'InvalidParameterValueException', 'Reserved keys used in this request: AWS_REGION'],
  ['more than 4 KB of variables', CONFIGURATION, variables('x'.repeat(4096)), 'InvalidParameterValueException', 'exceeded the 4KB limit'],
  ['an unknown member', CONFIGURATION, { TimeOut: 9 }, 'ValidationException', 'The local cloud does not emulate the member TimeOut of UpdateFunctionConfiguration.'],
  ['a member that is not emulated', CONFIGURATION, { Layers: [] }, 'ValidationException', 'The local cloud does not emulate the member Layers of UpdateFunctionConfiguration.'],
  ['another revision', CONFIGURATION, { RevisionId: 'other' }, 'PreconditionFailedException', 'The Revision Id provided does not match the latest Revision Id'],
  ['no source of code', '/functions/echo/code', {}, 'InvalidParameterValueException', 'Please provide a source for function code.'],
  ['two sources of code', '/functions/echo/code', { ZipFile: zip, S3Bucket: 'bucket', S3Key: 'key' }, 'InvalidParameterValueException', 'Please do not provide other FunctionCode parameters when providing a ZipFile.'],
  ['code that is no zip file', '/functions/echo/code', { ZipFile: zip }, 'InvalidParameterValueException', 'Could not unzip uploaded file.'],
  ['code in a bucket that does not exist', '/functions/echo/code', { S3Bucket: 'nothing', S3Key: 'key' }, 'InvalidParameterValueException', 'Error occurred while GetObject. S3 Error Code: NoSuchBucket.'],
])('Lambda rejects %s', async (_, path, body, code, message) => {
  const { FunctionName: __, ...before } = (await call('GET', CONFIGURATION)).body;
  expect(await raw('PUT', path, typeof body === 'string' ? body : JSON.stringify(body))).toEqual({
    status: code === 'PreconditionFailedException' ? 412 : 400, code, message: expect.stringContaining(message),
  });
  expect((await call('GET', CONFIGURATION)).body).toMatchObject(before);
});

test.each<[string, string, string, string, { [name: string]: string }, string]>([
  ['an unknown type', 'POST', '/functions/echo/invocations', '{}', { 'x-amz-invocation-type': 'Later' }, 'ValidationException'],
  ['an unknown type of log', 'POST', '/functions/echo/invocations', '{}', { 'x-amz-log-type': 'Head' }, 'ValidationException'],
  ['a payload that is no JSON', 'POST', '/functions/echo/invocations', '{', {}, 'InvalidRequestContentException'],
  ['a version that does not exist', 'POST', '/functions/echo/invocations?Qualifier=2', '{}', {}, 'ResourceNotFoundException'],
  ['a version in the name that does not exist', 'POST', '/functions/echo:live/invocations', '{}', {}, 'ResourceNotFoundException'],
  ['another version than the one in the name', 'POST', '/functions/echo:live/invocations?Qualifier=2', '{}', {}, 'InvalidParameterValueException'],
  ['a name with other characters', 'POST', '/functions/e%20cho/invocations', '{}', {}, 'ValidationException'],
])('Lambda rejects an invocation with %s', async (_, method, path, body, headers, code) => {
  expect((await raw(method, path, body, headers)).code).toBe(code);
});

test.each(['0', '10001', 'all'])('Lambda rejects a list of %s functions', async (size) => {
  const { body, headers, status } = await call('GET', `/functions/?MaxItems=${size}`);
  expect({ status, code: headers['x-amzn-errortype'], body }).toMatchObject({ status: 400, code: size === 'all' ? 'SerializationException' : 'ValidationException' });
});

test('a revision is the one that was described, and a dry run changes nothing', async () => {
  const { RevisionId } = (await call('GET', CONFIGURATION)).body;
  const fresh = Buffer.from(zipSync({ 'index.js': Buffer.from(source('return "dry";')) })).toString('base64');
  expect((await call('PUT', '/functions/echo/code', { ZipFile: fresh, DryRun: true, RevisionId })).status).toBe(200);
  expect((await call('GET', CONFIGURATION)).body.RevisionId).toBe(RevisionId);
  expect((await call('PUT', CONFIGURATION, { Description: 'described', RevisionId })).body.Description).toBe('described');
  expect((await call('GET', CONFIGURATION)).body.RevisionId).not.toBe(RevisionId);
});

test('what is not emulated names the operation of the service', async () => {
  expect(await call('PUT', '/functions/echo/concurrency', {})).toMatchObject({ status: 400, body: { Message: 'The local cloud does not emulate lambda:PUT /2015-03-31/functions/echo/concurrency.' } });
});
