import { join } from 'node:path';
import { App, aws_sqs, CfnOutput, Stack } from 'aws-cdk-lib';
import { Cli } from './server/cli';
import { LocalServer } from './server/local-server';

const HERE = '111122223333';
const OTHER = '444455556666';

let server: LocalServer;
let cli: Cli;
beforeAll(async () => {
  server = await LocalServer.start({}, '--speed', '600');
  cli = new Cli(server);
});
afterAll(async () => {
  await server.stop();
  cli.remove();
});

/** Writes the cloud assembly of one small stack for each environment. */
function assembly(name: string, environments: { readonly [stackName: string]: { readonly account: string; readonly region: string } }): string {
  const app = new App({ outdir: join(cli.directory, name) });
  for (const [stackName, env] of Object.entries(environments)) {
    const stack = new Stack(app, stackName, { env });
    new CfnOutput(stack, 'Arn', { value: new aws_sqs.Queue(stack, 'Queue').queueArn });
  }
  return app.synth().directory;
}

const deploy = async (directory: string) => cli.run('deploy', ['--app', directory, '--all', '--require-approval', 'never']);

describe("the CDK's CLI", () => {
  test('deploys two stacks to two regions', async () => {
    const { code, output } = await deploy(assembly('regions', {
      Virginia: { account: HERE, region: 'us-east-1' }, Ireland: { account: HERE, region: 'eu-west-1' },
    }));
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(/Virginia\.Arn = arn:aws:sqs:us-east-1:111122223333:/) });
    expect(output).toMatch(/Ireland\.Arn = arn:aws:sqs:eu-west-1:111122223333:/);
  }, 360_000);

  test('deploys two stacks to two accounts, one of which trusts the other', async () => {
    const directory = assembly('accounts', { Own: { account: HERE, region: 'us-east-1' }, Foreign: { account: OTHER, region: 'us-east-1' } });
    const refused = await deploy(directory);
    expect(refused.code).not.toBe(0);
    expect(refused.output).toMatch(/current credentials are for 111122223333|not authorized to perform: sts:AssumeRole/);
    const bootstrapped = await cli.run('bootstrap', [
      `aws://${OTHER}/us-east-1`, '--trust', HERE, '--cloudformation-execution-policies', 'arn:aws:iam::aws:policy/AdministratorAccess',
    ], { AWS_ACCESS_KEY_ID: `AKIA${OTHER}TEST` });
    expect(bootstrapped).toMatchObject({ code: 0, output: expect.stringMatching(/✅ {2}Environment aws:\/\/444455556666\/us-east-1 bootstrapped\./) });
    const { code, output } = await deploy(directory);
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(/Foreign\.Arn = arn:aws:sqs:us-east-1:444455556666:/) });
  }, 180_000);
});
