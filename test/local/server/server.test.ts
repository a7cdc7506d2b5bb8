import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import {
  CreateNotebookInstanceLifecycleConfigCommand, DescribeNotebookInstanceLifecycleConfigCommand, SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { LocalServer } from './local-server';

let server: LocalServer;
let stopped = false;
beforeAll(async () => { server = await LocalServer.start({}, '--speed', '30', '--verbose', '--region', 'eu-west-1', '--fault', 'throttle:ListTags'); });
afterAll(async () => { if (!stopped) await server.stop(); });

function client<T>(Client: new (options: object) => T): T {
  const { AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = server.environment;
  const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
  return new Client({ endpoint: AWS_ENDPOINT_URL, region: AWS_REGION, credentials, maxAttempts: 1 });
}

test('an SDK that knows only what was printed finds its services', async () => {
  expect(server.environment).toEqual({
    AWS_ENDPOINT_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: expect.any(String),
    AWS_SECRET_ACCESS_KEY: expect.any(String),
    AWS_REGION: 'eu-west-1',
  });
  const sagemaker = client(SageMakerClient);
  await sagemaker.send(new CreateNotebookInstanceLifecycleConfigCommand({
    NotebookInstanceLifecycleConfigName: 'config', OnStart: [{ Content: Buffer.from('echo secret').toString('base64') }],
  }));
  const found = await sagemaker.send(new DescribeNotebookInstanceLifecycleConfigCommand({ NotebookInstanceLifecycleConfigName: 'config' }));
  expect(found.NotebookInstanceLifecycleConfigArn).toMatch(/^arn:aws:sagemaker:eu-west-1:111122223333:/);
  sagemaker.destroy();
});

test('the page for browsers is at the printed address', async () => {
  const { AWS_ENDPOINT_URL: url } = server.environment;
  expect(server.printed).toContain(`Open ${url} in a browser to see stacks, jobs and time.`);
  const response = await fetch(url, { headers: { accept: 'text/html' } });
  expect(await response.text()).toContain('<title>Local cloud</title>');
  expect(await (await fetch(`${url}/_page/view`)).json()).toMatchObject({ region: 'eu-west-1', speed: 30 });
});

test('time passes whether anybody waits or not', async () => {
  const cloudFormation = client(CloudFormationClient);
  // A role takes a quarter of a minute.
  const Role = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } } };
  await cloudFormation.send(new CreateStackCommand({ StackName: 'Stack', TemplateBody: JSON.stringify({ Resources: { Role } }), Capabilities: ['CAPABILITY_IAM'] }));
  expect((await cloudFormation.send(new DescribeStacksCommand({ StackName: 'Stack' }))).Stacks![0].StackStatus).toBe('CREATE_IN_PROGRESS');
  await waitUntilStackCreateComplete({ client: cloudFormation, minDelay: 0.1, maxDelay: 0.1, maxWaitTime: 10 }, { StackName: 'Stack' });
  cloudFormation.destroy();
});

test('what happens is printed as plain lines, and calls with their bodies but without secrets', () => {
  expect(server.printed).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \| client > sagemaker:CreateNotebookInstanceLifecycleConfig > ok$/m);
  expect(server.printed).toMatch(/^\S+ \S+ \| {3}request: {2}\{"NotebookInstanceLifecycleConfigName":"config","OnStart":\[\{"Content":"\*\*\*"\}\]\}$/m);
  expect(server.printed).toMatch(/^\S+ \S+ \| Stack \| CREATE_COMPLETE +\| AWS::IAM::Role/m);
  expect(server.printed).not.toContain('\u001b');
});

test('calls are logged, without secrets', () => {
  const [call] = server.calls('sagemaker', 'CreateNotebookInstanceLifecycleConfig');
  expect(call).toMatchObject({
    input: { NotebookInstanceLifecycleConfigName: 'config', OnStart: [{ Content: '***' }] }, outcome: { output: {} }, time: expect.any(String),
  });
});

test('a second server cannot have the same port, and says so', async () => {
  const { port } = new URL(server.environment.AWS_ENDPOINT_URL);
  await expect(LocalServer.start({}, '--port', port)).rejects.toThrow(/EADDRINUSE/);
});

test('it ends in peace when it is interrupted', async () => {
  stopped = true;
  expect(await server.stop()).toBe(0);
});
