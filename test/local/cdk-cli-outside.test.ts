import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { Cli } from './server/cli';
import { LocalServer } from './server/local-server';

let server: LocalServer;
let cli: Cli;
beforeAll(async () => {
  server = await LocalServer.start({}, '--speed', '600');
  cli = new Cli(server);
  writeFileSync(join(cli.directory, 'cdk.json'), JSON.stringify({ app: `"${process.execPath}" app.cjs`, watch: { include: 'app.cjs' } }));
  edit(1);
});
afterAll(async () => {
  await server.stop();
  cli.remove();
});

/** Writes an app with a parameter and a function that returns its version. */
function edit(version: number): void {
  writeFileSync(join(cli.directory, 'app.cjs'), `
    const { App, aws_lambda: lambda, aws_ssm: ssm, Stack } = require(${JSON.stringify(require.resolve('aws-cdk-lib'))});
    const stack = new Stack(new App(), 'Stack');
    const code = lambda.Code.fromInline('exports.handler = async () => "version ${version}"');
    new lambda.Function(stack, 'Function', { functionName: 'versioned', runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code });
    new ssm.StringParameter(stack, 'Parameter', { parameterName: '/outside', stringValue: 'a' });
  `);
}

/** Invokes the function as an SDK does. */
async function invoke(): Promise<unknown> {
  const response = await fetch(`${server.environment.AWS_ENDPOINT_URL}/2015-03-31/functions/versioned/invocations`, {
    method: 'POST', body: '{}', headers: { authorization: 'AWS4-HMAC-SHA256 Credential=AKIDTEST/20260101/us-east-1/lambda/aws4_request' },
  });
  return response.json();
}

describe("the CDK's CLI and changes outside of stacks", () => {
  test('swaps the code of a function without an update of the stack', async () => {
    edit(1);
    expect(await cli.run('deploy', ['--require-approval', 'never'])).toMatchObject({ code: 0 });
    const updates = server.calls('cloudformation', 'ExecuteChangeSet').length;
    edit(2);
    const { code, output } = await cli.run('deploy', ['--hotswap']);
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(/hotswapped/) });
    expect(await invoke()).toBe('version 2');
    expect(server.calls('cloudformation', 'ExecuteChangeSet')).toHaveLength(updates);
    expect(server.calls('lambda', 'UpdateFunctionCode')).toHaveLength(1);
  }, 180_000);

  test('watches an app and swaps the code of each edit', async () => {
    const watch = cli.start('watch', []);
    try {
      await watch.printed(/Triggering initial 'cdk deploy'[^]*(no changes|hotswapped|✅)/);
      edit(3);
      await watch.printed(/Detected change[^]*hotswapped/);
      expect(await invoke()).toBe('version 3');
    } finally {
      await watch.end();
    }
  }, 180_000);

  test('shows what others have changed', async () => {
    edit(1);
    const ssm = new SSMClient({ endpoint: server.environment.AWS_ENDPOINT_URL, region: 'us-east-1', credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 's' } });
    await ssm.send(new PutParameterCommand({ Name: '/outside', Value: 'b', Overwrite: true }));
    ssm.destroy();
    const { code, output } = await cli.run('drift', ['--fail']);
    expect({ code, output }).toMatchObject({ code: 1, output: expect.stringMatching(/\[~\] AWS::SSM::Parameter[^]*\[-\] a[^]*\[\+\] b/) });
  }, 360_000);

  test('bootstraps two Regions', async () => {
    const { code, output } = await cli.run('bootstrap', ['aws://111122223333/us-east-1', 'aws://111122223333/ap-south-1']);
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(/Environment aws:\/\/111122223333\/us-east-1 bootstrapped/) });
    expect(output).toMatch(/Environment aws:\/\/111122223333\/ap-south-1 bootstrapped/);
  }, 180_000);

  test('deletes assets that no stack uses, of an account with a bootstrap stack', async () => {
    const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 's' };
    const s3 = new S3Client({ endpoint: server.environment.AWS_ENDPOINT_URL, region: 'us-east-1', credentials, forcePathStyle: true });
    const unused = { Bucket: 'cdk-hnb659fds-assets-111122223333-us-east-1', Key: `${'0'.repeat(64)}.zip` };
    await s3.send(new PutObjectCommand({ ...unused, Body: 'unused' }));
    const buffers = ['--rollback-buffer-days=0', '--created-buffer-days=0'];
    const { code, output } = await cli.run('gc', ['--unstable=gc', '--type=s3', '--action=full', '--confirm=false', ...buffers]);
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(/[1-9] assets \(.*\) deleted/) });
    await expect(s3.send(new HeadObjectCommand(unused))).rejects.toMatchObject({ name: 'NotFound' });
    s3.destroy();
  }, 360_000);
});
