import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Cli } from './server/cli';
import { LocalServer } from './server/local-server';
import { ContainerImage, S3Location, TrainingJob } from '../../src';

const STACK = 'Churn';
/** The algorithm refuses negative depths. */
const BEHAVIOR = `
exports.behavior = ({ HyperParameters }) => Number(HyperParameters.depth) < 0
  ? { failure: 'AlgorithmError: depth must not be negative', logs: { Failed: ['reading the data', 'ValueError: negative depth'] } }
  : {};
`;

let server: LocalServer;
let cli: Cli;
/** It takes as long as a deployment, and is in nobody's way. */
let bootstrapped: Awaited<ReturnType<Cli['run']>>;
beforeAll(async () => {
  server = await LocalServer.start({ behavior: BEHAVIOR }, '--speed', '600');
  cli = new Cli(server);
  // A deployment at the same time would meet roles whose policies are still being created.
  bootstrapped = await cli.run('bootstrap', ['aws://111122223333/us-east-1']);
});
afterAll(async () => {
  await server.stop();
  cli.remove();
});

/** Writes the cloud assembly of a stack that trains a model. */
function assembly(depth: number): string {
  const app = new App({ outdir: join(cli.directory, `cdk.out-${depth}`) });
  const stack = new Stack(app, STACK);
  const training = new TrainingJob(stack, 'Training', {
    trainingImage: ContainerImage.fromUri('111122223333.dkr.ecr.us-east-1.amazonaws.com/churn:v1'),
    outputLocation: S3Location.fromUri('s3://churn-data/models/'),
    hyperParameters: { depth: String(depth) },
    maxRuntime: Duration.hours(1),
  });
  new CfnOutput(stack, 'JobName', { value: training.trainingJobName });
  new CfnOutput(stack, 'Model', { value: training.s3ModelArtifacts });
  return app.synth().directory;
}

const deploy = async (depth: number, ...options: string[]) => cli.run('deploy', ['--app', assembly(depth), '--require-approval', 'never', ...options]);
/** The status of the stack: the CLI prints no events of a rollback that takes less than a second. */
async function status(): Promise<string | undefined> {
  const { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region, ...keys } = server.environment;
  const credentials = { accessKeyId: keys.AWS_ACCESS_KEY_ID, secretAccessKey: keys.AWS_SECRET_ACCESS_KEY };
  const client = new CloudFormationClient({ endpoint, region, credentials });
  const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: STACK }));
  return stack?.StackStatus;
}
const jobs = () => server.calls('sagemaker', 'CreateTrainingJob');

describe("the CDK's CLI", () => {
  test('asks to approve permissions before it creates a stack', async () => {
    const { code, output } = await cli.run('deploy', ['--app', assembly(5)]);
    expect({ code, output }).toMatchObject({ code: 1, output: expect.stringMatching(/IAM Statement Changes[^]*Stack includes security-sensitive updates, but terminal \(TTY\) is not attached/) });
    expect(jobs()).toHaveLength(0);
  });

  test('deploys a stack: assets, change set, events, outputs', async () => {
    const { code, output } = await deploy(5);
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(/✅ {2}Churn/) });
    expect(output).toMatch(/CREATE_COMPLETE +\| Custom::SageMakerTrainingJob/);
    expect(output).toMatch(/Churn\.JobName = \S+/);
    expect(output).toMatch(/Churn\.Model = s3:\/\/churn-data\/models\//);
    expect(jobs()).toHaveLength(1);
    const uploads = server.calls('s3', 'PutObject').map(({ input }) => input.Key);
    expect(uploads).toEqual(expect.arrayContaining([expect.stringMatching(/\.zip$/), expect.stringMatching(/\.json$/)]));
    expect(server.calls('cloudformation', 'ExecuteChangeSet').filter(({ input }) => input.StackName === STACK)).toHaveLength(1);
  });

  test('bootstraps the account, although that comes bootstrapped', async () => {
    const { code, output } = bootstrapped;
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(/✅ {2}Environment aws:\/\/111122223333\/us-east-1 bootstrapped\./) });
  });

  test('deploys nothing where nothing has changed', async () => {
    const { code, output } = await deploy(5);
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(/\(no changes\)/) });
    expect(jobs()).toHaveLength(1);
  });

  test('shows what a change would change', async () => {
    const { code, output } = await cli.run('diff', ['--app', assembly(6)]);
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(/\[~\] Custom::SageMakerTrainingJob/) });
    expect(output).toMatch(/\[-\] 5\n.*\[\+\] 6/);
    expect(jobs()).toHaveLength(1);
  });

  test('deploys a change: another job, and the record of the old one stays', async () => {
    const { code, output } = await deploy(6);
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(/UPDATE_COMPLETE +\| Custom::SageMakerTrainingJob/) });
    expect(jobs()).toHaveLength(2);
    expect(server.calls('sagemaker', 'DeleteTrainingJob')).toHaveLength(0);
  });

  test('tells why a change has failed, and that it was rolled back', async () => {
    const { code, output } = await deploy(-1);
    expect(code).toBe(1);
    expect(output).toMatch(/AlgorithmError: depth must not be negative\. Its log says: ValueError: negative depth/);
    // The log of the function, with the end of the job's log.
    expect(output).toMatch(/the end of its log \S+\/algo-1\S*\s+reading the data\s+ValueError: negative depth/);
    // As much of the status as the CLI has room for.
    expect(output).toMatch(/UPDATE_ROLLBACK_COMPLET/);
    expect(jobs()).toHaveLength(3);
  });

  test('leaves a change that has failed as it is when it is told to, and rolls it back later', async () => {
    const failed = await deploy(-2, '--no-rollback');
    expect(failed.code).toBe(1);
    expect(failed.output).toMatch(/AlgorithmError: depth must not be negative/);
    expect(failed.output).toMatch(/UPDATE_FAILED/);

    const { code, output } = await cli.run('rollback', ['--app', assembly(6), STACK]);
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(/Rollback time: /) });
    expect(await status()).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(server.calls('cloudformation', 'RollbackStack')).toHaveLength(1);
  });

  test('destroys the stack, and no job is left', async () => {
    const { code, output } = await cli.run('destroy', ['--app', assembly(6), '--force']);
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(/✅ {2}Churn: destroyed/) });
    const deleted = server.calls('sagemaker', 'DeleteTrainingJob').map(({ input }) => input.TrainingJobName);
    const created = jobs().map(({ input }) => input.TrainingJobName);
    expect(new Set(deleted)).toEqual(new Set(created));
  });
});
