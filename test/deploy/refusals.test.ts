import { CfnParameter, Duration, Token } from 'aws-cdk-lib';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { type Contents, eventsOf, World } from './world';
import * as jobs from '../../src';
import { LEAST } from '../fixtures/training-jobs';

/** Values that only the deployment knows, and that are wrong. */
let world: World;
beforeEach(async () => { world = await World.start(); });
afterEach(() => world.stop());

const PAGE = 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_';
const KEY = 'AKIAIOSFODNN7EXAMPLE';

const text = (scope: Construct, id: string, value: string) => new CfnParameter(scope, id, { default: value, noEcho: true }).valueAsString;
const number = (scope: Construct, id: string, value: number) => new CfnParameter(scope, id, { type: 'Number', default: value }).valueAsNumber;

const train = (props: (scope: Construct) => Partial<jobs.TrainingJobProps>): Contents => (stack) => {
  new jobs.TrainingJob(stack, 'Job', { ...LEAST, ...props(stack) });
};

/** What a deployment prints of the job that is refused. */
async function refusal(contents: Contents): Promise<string> {
  const result = await world.deploy(contents);
  expect(result.status).toBe('ROLLBACK_COMPLETE');
  expect(world.running).toEqual([]);
  return eventsOf(result, 'Job').find((event) => event.startsWith('CREATE_FAILED'))!;
}

test('a parameter out of its range is told in full: the message, the property as it is written, and a link', async () => {
  expect(await refusal(train((scope) => ({ maxRuntime: Duration.seconds(number(scope, 'Runtime', 0)), waitTimeout: Duration.hours(2) })))).toMatch(new RegExp(
    "Training job 'stack-job-[a-z0-9]{11}000' could not be started: ValidationException: 1 validation error detected: "
    + "Value '0' at 'stoppingCondition\\.maxRuntimeInSeconds' failed to satisfy constraint: Member must have value greater than or equal to 1\\. "
    + `Property: maxRuntime\\. Request reference: ${PAGE}CreateTrainingJob\\.html`));
});

test('a long list of what there is leaves room for the property and the link', async () => {
  const reason = await refusal(train((scope) => {
    const parameter = new ssm.CfnParameter(scope, 'Type', { type: 'String', value: 'ml.t2.medium' });
    return { instanceType: jobs.MlInstanceType.of(parameter.attrValue) };
  }));
  expect(reason).toContain("Value 'ml.t2.medium' at 'resourceConfig.instanceType' failed to satisfy constraint: Member must satisfy enum value set");
  expect(reason).toContain(`Property: instanceType. Request reference: ${PAGE}CreateTrainingJob.html`);
});

test('several mistakes are told at once, in elements of lists as well', async () => {
  const reason = await refusal(train((scope) => ({
    instanceCount: number(scope, 'Count', -1),
    inputDataConfig: ['train', text(scope, 'Name', 'held out')].map((name) => jobs.InputChannel.fromS3(name, jobs.S3Location.fromUri('s3://data/train'))),
  })));
  expect(reason).toContain('2 validation errors detected: ');
  expect(reason).toContain(' Properties: ');
  expect(reason).toContain('inputDataConfig[1].channelName');
  expect(reason).toContain('instanceCount');
});

test('rules between members are told in the words of the service, and the properties are named', async () => {
  const reason = await refusal(train((scope) => ({
    enableManagedSpotTraining: true,
    maxRuntime: Duration.seconds(number(scope, 'Runtime', 3600)),
    maxWaitTime: Duration.seconds(number(scope, 'WaitTime', 600)),
    waitTimeout: Duration.hours(2),
  })));
  expect(reason).toContain('MaxWaitTimeInSeconds must be greater than or equal to MaxRuntimeInSeconds. Properties: maxWaitTime, maxRuntime. Request reference: ');
});

test('an attribute of another resource that is no value for a property is told', async () => {
  const reason = await refusal((stack) => {
    const training = new jobs.TrainingJob(stack, 'Training', LEAST);
    new jobs.CompilationJob(stack, 'Job', {
      model: jobs.CompilationModel.fromTrainingJob(training, {
        framework: jobs.CompilationFramework.PYTORCH,
        frameworkVersion: training.trainingJobArn,
        dataInputConfig: jobs.CompilationDataInput.fromShapes({ input: [1, 3] }),
      }),
      outputLocation: jobs.S3Location.fromUri('s3://results/compiled'),
      target: jobs.CompilationTarget.fromDevice(jobs.TargetDevice.ML_M5),
    });
  });
  expect(reason).toContain("at 'inputConfig.frameworkVersion' failed to satisfy constraint");
  expect(reason).toContain(`Property: model.frameworkVersion. Request reference: ${PAGE}CreateCompilationJob.html`);
});

test('a text where a number belongs is refused before the service is asked', async () => {
  const reason = await refusal(train((scope) => ({ instanceCount: Token.asNumber(new CfnParameter(scope, 'Count', { default: 'two' }).value) })));
  expect(reason).toContain(`ResourceConfig.InstanceCount: must be a number; got 'two'. Property: instanceCount. Request reference: ${PAGE}`);
  expect(calls('CreateTrainingJob')).toEqual([]);
});

test('a key that only the deployment knows is refused before a job holds it, and is nowhere to be read', async () => {
  const reason = await refusal(train((scope) => ({ environment: { LEVEL: 'info', ACCESS: text(scope, 'Key', KEY) } })));
  expect(reason).toContain('Environment.ACCESS: must not contain an access key, a private key or a token. Store the secret in AWS Secrets Manager');
  expect(reason).toContain('Property: environment.ACCESS.');
  expect(reason).not.toContain(KEY);
  expect(world.functionLog()).not.toContain(KEY);
  expect(calls('CreateTrainingJob')).toEqual([]);
});

test('variables are not printed because the service repeats all of them for the sake of one', async () => {
  const reason = await refusal(train((scope) => ({ environment: { LONG: text(scope, 'Long', 'x'.repeat(600)), PASSWORD: text(scope, 'Password', 'correct-horse') } })));
  expect(reason).toContain("Value '***' at 'environment' failed to satisfy constraint: Map value must satisfy constraint");
  expect(reason).toContain('Property: environment.');
  expect(reason + world.functionLog()).not.toContain('correct-horse');
});

describe('an update of a running job', () => {
  const job = train((scope) => ({ waitForCompletion: false, keepAlivePeriod: Duration.seconds(Token.asNumber(text(scope, 'Keep', '600'))) }));

  test.each([
    ['the service refuses', '90000', "Value '90000' at 'resourceConfig.keepAlivePeriodInSeconds' failed to satisfy constraint"],
    ['is no number', 'long', "ResourceConfig.KeepAlivePeriodInSeconds: must be a number; got 'long'"],
  ])('to what %s is told, and rolled back', async (_what, Keep, message) => {
    world.cloud.sagemaker.behavior = () => ({ trainingSeconds: 7200 });
    await world.deploy(job);
    const result = await world.deploy(job, 'Stack', { parameters: { Keep } });

    expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    const reason = eventsOf(result, 'Job').find((event) => event.startsWith('UPDATE_FAILED'))!;
    expect(reason).toContain(message);
    expect(reason).toContain(`Property: keepAlivePeriod. Request reference: ${PAGE}UpdateTrainingJob.html`);
    expect(world.running).toHaveLength(1);
  });
});

test('a notebook instance that cannot be changed as it should be tells the property', async () => {
  const reason = await refusal((stack) => {
    new jobs.NotebookInstance(stack, 'Job', {
      instanceType: jobs.MlInstanceType.ML_T3_MEDIUM,
      ipAddressType: jobs.NotebookInstanceIpAddressType.of(text(stack, 'Addresses', 'ipv5')),
    });
  });
  expect(reason).toContain("Value 'ipv5' at 'ipAddressType' failed to satisfy constraint");
  expect(reason).toContain(`Property: ipAddressType. Request reference: ${PAGE}UpdateNotebookInstance.html`);
});

function calls(operation: string): unknown[] {
  return world.cloud.endpoint.calls.filter((call) => call.operation === operation);
}
