import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { App, aws_s3 as s3, aws_sns as sns, aws_ssm as ssm, CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Cli } from './server/cli';
import { LocalServer } from './server/local-server';
import { ContainerImage, S3Location, TrainingJob, type TrainingJobProps } from '../../src';

let server: LocalServer;
let cli: Cli;
let parameters: SSMClient;
let events: EventBridgeClient;
beforeAll(async () => {
  server = await LocalServer.start({}, '--speed', '600');
  cli = new Cli(server);
  const access = {
    endpoint: server.environment.AWS_ENDPOINT_URL, region: 'us-east-1', credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' },
  };
  parameters = new SSMClient(access);
  events = new EventBridgeClient(access);
});
afterAll(async () => {
  parameters.destroy();
  events.destroy();
  await server.stop();
  cli.remove();
});

let assemblies = 0;
/** Writes the cloud assembly of an app. */
function assembly(build: (app: App) => void): string {
  const app = new App({ outdir: join(cli.directory, `cdk.out-${assemblies++}`) });
  build(app);
  return app.synth().directory;
}
function train(stack: Stack, id: string, changed: Partial<TrainingJobProps> = {}): TrainingJob {
  return new TrainingJob(stack, id, {
    trainingImage: ContainerImage.fromUri('111122223333.dkr.ecr.us-east-1.amazonaws.com/churn:v1'),
    outputLocation: S3Location.fromUri('s3://churn-data/models/'),
    maxRuntime: Duration.hours(1),
    ...changed,
  });
}
const run = async (command: string, build: (app: App) => void, ...options: string[]) => cli.run(command, ['--app', assembly(build), ...options]);
const deploy = async (build: (app: App) => void, ...options: string[]) => run('deploy', build, '--require-approval', 'never', ...options);
const write = async (Name: string, Value: string) => parameters.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true }));
const jobs = () => server.calls('sagemaker', 'CreateTrainingJob').length;

describe("the CDK's CLI and stacks", () => {
  test('trains again when a parameter of the Parameter Store has changed, and only then', async () => {
    const announced = (app: App) => {
      const stack = new Stack(app, 'Announced');
      train(stack, 'Training', { rerunTrigger: ssm.StringParameter.valueForStringParameter(stack, '/churn/data-version') });
    };
    await write('/churn/data-version', '1');
    expect(await deploy(announced)).toMatchObject({ code: 0 });
    expect(jobs()).toBe(1);
    expect(await deploy(announced)).toMatchObject({ code: 0, output: expect.stringMatching(/\(no changes\)/) });
    expect(jobs()).toBe(1);
    await write('/churn/data-version', '2');
    expect(await deploy(announced)).toMatchObject({ code: 0, output: expect.stringMatching(/UPDATE_COMPLETE +\| Custom::SageMakerTrainingJob/) });
    expect(jobs()).toBe(2);
  });

  test('imports what exists, and never creates it', async () => {
    const stack = (hasFound: boolean) => (app: App) => {
      const into = new Stack(app, 'Into');
      new sns.Topic(into, 'Topic');
      if (hasFound) new ssm.StringParameter(into, 'Found', { parameterName: '/found', stringValue: 'x' }).applyRemovalPolicy(RemovalPolicy.RETAIN);
    };
    await write('/found', 'before');
    expect(await deploy(stack(false))).toMatchObject({ code: 0 });
    const mapping = join(cli.directory, 'mapping.json');
    const app = new App();
    stack(true)(app);
    const logicalId = Object.entries(app.synth().getStackByName('Into').template.Resources as { [id: string]: { Type: string } })
      .find(([, { Type }]) => Type === 'AWS::SSM::Parameter')![0];
    writeFileSync(mapping, JSON.stringify({ [logicalId]: { Name: '/found' } }));
    const { code, output } = await run('import', stack(true), '--resource-mapping', mapping);
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(/IMPORT_COMPLETE/) });
    expect((await parameters.send(new GetParameterCommand({ Name: '/found' }))).Parameter).toMatchObject({ Value: 'before', Version: 1 });
  });

  test('does not import a job: its import alone reads a function that the stack does not have', async () => {
    const app = new App();
    train(new Stack(app, 'Jobs'), 'Training');
    const template = app.synth().getStackByName('Jobs').template.Resources as { [id: string]: { Type: string } };
    const [logicalId] = Object.entries(template).find(([, { Type }]) => Type === 'Custom::SageMakerTrainingJob')!;
    const mapping = join(cli.directory, 'job.json');
    writeFileSync(mapping, JSON.stringify({ [logicalId]: { TrainingJobName: 'x' } }));
    const before = jobs();
    const { code, output } = await run('import', (again) => { train(new Stack(again, 'Jobs'), 'Training'); }, '--resource-mapping', mapping);
    expect({ code, output }).toMatchObject({ code: 1, output: expect.stringMatching(/Fn::GetAtt references undefined resource SageMakerJobProviderFunction/) });
    expect(jobs()).toBe(before);
  });

  test('renames a bucket by refactoring, and nothing is replaced', async () => {
    const named = (id: string) => (app: App) => {
      const stack = new Stack(app, 'Renamed');
      const bucket = new s3.CfnBucket(stack, id, { tags: [{ key: 'purpose', value: 'models' }] });
      new CfnOutput(stack, 'Name', { value: bucket.ref });
    };
    const first = await deploy(named('Old'));
    const name = /Renamed\.Name = (\S+)/.exec(first.output)![1];
    const { code, output } = await run('refactor', named('New'), '--unstable=refactor', '--force');
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(/Stack refactor complete/) });
    const again = await deploy(named('New'));
    expect(again.output).toContain(`Renamed.Name = ${name}`);
    expect(again.output).not.toMatch(/CREATE_COMPLETE +\| AWS::S3::Bucket/);
  });

  test('does not rename a job by refactoring: its properties change with its id, which is no refactor', async () => {
    const named = (id: string) => (app: App) => { train(new Stack(app, 'RenamedJob'), id); };
    expect(await deploy(named('Old'))).toMatchObject({ code: 0 });
    const before = jobs();
    const { code, output } = await run('refactor', named('New'), '--unstable=refactor', '--force');
    // The CLI reports its own refusal, and exits with 0.
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(/Refactor failed: A refactor operation cannot add, remove or update resources/) });
    expect(output).toMatch(/\[\+\] RenamedJob\.New/);
    expect(server.calls('cloudformation', 'CreateStackRefactor').filter(({ input }) => JSON.stringify(input).includes('RenamedJob'))).toEqual([]);
    expect(jobs()).toBe(before);
  });

  test('deploys a stack again that reads a value of a job in another one when a new job has run', async () => {
    const linked = (depth: number) => (app: App) => {
      const job = train(new Stack(app, 'One'), 'Training', { hyperParameters: { depth } });
      const two = new Stack(app, 'Two');
      new ssm.CfnParameter(two, 'Model', { type: 'String', name: '/churn/model', value: job.s3ModelArtifacts });
    };
    const model = async () => (await parameters.send(new GetParameterCommand({ Name: '/churn/model' }))).Parameter!.Value;
    const nameOfLast = () => server.calls('sagemaker', 'CreateTrainingJob').at(-1)!.input.TrainingJobName;

    expect(await deploy(linked(5), '--all')).toMatchObject({ code: 0 });
    expect(await model()).toBe(`s3://churn-data/models/${nameOfLast()}/output/model.tar.gz`);
    const before = nameOfLast();
    expect(await deploy(linked(6), '--all')).toMatchObject({ code: 0 });
    expect(nameOfLast()).not.toBe(before);
    expect(await model()).toBe(`s3://churn-data/models/${nameOfLast()}/output/model.tar.gz`);
  });

  test('watches an app: it deploys each edit, and prints what the functions log', async () => {
    const app = join(cli.directory, 'app.cjs');
    const edit = (version: number) => writeFileSync(app, `
      const { App, aws_events: events, aws_events_targets: targets, aws_lambda: lambda, Stack } = require(${JSON.stringify(require.resolve('aws-cdk-lib'))});
      const stack = new Stack(new App(), 'Watched');
      const code = lambda.Code.fromInline('exports.handler = async ({ detail }) => console.log("version ${version} received " + detail.file)');
      const fn = new lambda.Function(stack, 'Function', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code });
      new events.Rule(stack, 'Rule', { eventPattern: { source: ['churn'] }, targets: [new targets.LambdaFunction(fn)] });
    `);
    const put = async (file: string) => events.send(new PutEventsCommand({
      Entries: [{ Source: 'churn', DetailType: 'Data', Detail: JSON.stringify({ file }) }],
    }));
    edit(1);
    writeFileSync(join(cli.directory, 'cdk.json'), JSON.stringify({ app: `"${process.execPath}" app.cjs`, watch: { include: 'app.cjs' } }));
    const watch = cli.start('watch', ['--no-hotswap']);
    try {
      await watch.printed(/✅ {2}Watched/);
      await put('a.csv');
      await watch.printed(/version 1 received a\.csv/);
      edit(2);
      await watch.printed(/Detected change[^]*✅ {2}Watched/);
      await put('b.csv');
      await watch.printed(/version 2 received b\.csv/);
    } finally {
      await watch.end();
    }
  }, 360_000);
});
