import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, CustomResource, Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Choice, Condition, DefinitionBody, StateMachine, Succeed, Wait, WaitTime } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { REGION, request } from './sagemaker/setup';
import { LocalCloud } from '../../local/cloud';
import { GIVEN_RESOURCES } from '../fixtures/given-resources';

/** A custom resource's function that starts an execution for every event and advances in it until its job has ended. */
const HANDLER = `
const call = async (target, version, input) => {
  const response = await fetch(process.env.AWS_ENDPOINT_URL, { method: 'POST', body: JSON.stringify(input), headers: {
    'X-Amz-Target': target,
    'Content-Type': 'application/x-amz-json-' + version,
    Authorization: 'AWS4-HMAC-SHA256 Credential=' + process.env.AWS_ACCESS_KEY_ID + '/20260101/' + process.env.AWS_REGION + '/x/aws4_request',
  } });
  const output = await response.json();
  if (!response.ok) throw Object.assign(new Error(output.message), { name: output.__type });
  return output;
};
exports.handler = async (event) => {
  const TrainingJobName = event.LogicalResourceId;
  if (!event.advance) {
    console.log(event.RequestType);
    await call('AWSStepFunctions.StartExecution', '1.0', {
      stateMachineArn: process.env.STATE_MACHINE, name: event.RequestId, input: JSON.stringify({ ...event, advance: 1 }),
    });
    return;
  }
  if (event.RequestType === 'Create' && event.advance === 1) await call('SageMaker.CreateTrainingJob', '1.1', { ...JSON.parse(event.ResourceProperties.Request), TrainingJobName });
  const job = await call('SageMaker.DescribeTrainingJob', '1.1', { TrainingJobName });
  const done = job.TrainingJobStatus !== 'InProgress';
  if (done) await fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify({
    Status: job.TrainingJobStatus === 'Completed' ? 'SUCCESS' : 'FAILED',
    Reason: job.FailureReason,
    PhysicalResourceId: TrainingJobName,
    StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId,
    Data: { Model: job.ModelArtifacts?.S3ModelArtifacts },
  }) });
  return { ...event, advance: event.advance + 1, done, wait: 60 };
};`;

const directory = mkdtempSync(join(tmpdir(), 'cloud-'));
const ROLE = request('x').RoleArn!;
let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await LocalCloud.start({ given: GIVEN_RESOURCES, region: REGION, startAt: new Date('2026-01-01T00:00:00Z'), roles: [{ roleArn: ROLE }] });
});
afterAll(async () => {
  await cloud.stop();
  rmSync(directory, { recursive: true });
});

function assembly() {
  writeFileSync(join(directory, 'index.js'), HANDLER);
  const app = new App({ outdir: mkdtempSync(join(directory, 'cdk.out-')) });
  const stack = new Stack(app, 'Training', { tags: { team: 'ml' } });
  const handler = new Function(stack, 'Handler', { code: Code.fromAsset(directory, { exclude: ['cdk.out-*'] }), handler: 'index.handler', runtime: Runtime.NODEJS_22_X });
  const allow = (resource: string, ...actions: string[]) => handler.addToRolePolicy(new PolicyStatement({ actions, resources: [resource] }));
  allow(`arn:aws:states:${stack.region}:${stack.account}:stateMachine:machine`, 'states:StartExecution');
  allow(`arn:aws:sagemaker:${stack.region}:${stack.account}:training-job/*`, 'sagemaker:CreateTrainingJob', 'sagemaker:DescribeTrainingJob');
  allow(ROLE, 'iam:PassRole');
  const advance = new LambdaInvoke(stack, 'Advance', { lambdaFunction: handler, outputPath: '$.Payload' });
  const machine = new StateMachine(stack, 'Machine', {
    stateMachineName: 'machine',
    timeout: Duration.hours(1),
    definitionBody: DefinitionBody.fromChainable(advance.next(new Choice(stack, 'Done?')
      .when(Condition.booleanEquals('$.done', true), new Succeed(stack, 'Done'))
      .otherwise(new Wait(stack, 'Wait', { time: WaitTime.secondsPath('$.wait') }).next(advance)))),
  });
  handler.addEnvironment('STATE_MACHINE', `arn:aws:states:${stack.region}:${stack.account}:stateMachine:machine`);
  const job = new CustomResource(stack, 'Job', {
    serviceToken: handler.functionArn, properties: { Request: JSON.stringify({ ...request('x'), TrainingJobName: undefined }) },
  });
  job.node.addDependency(machine);
  new CfnOutput(stack, 'Model', { value: job.getAttString('Model') });
  return app.synth();
}

test('a stack whose function, state machine and job work together is created and deleted', async () => {
  // given
  const progress: string[] = [];
  cloud.sagemaker.on('transition', ({ jobName, secondaryStatus }) => progress.push(`${jobName} ${secondaryStatus}`));
  // when
  const created = await cloud.deploy(assembly(), 'Training');
  const deleted = await cloud.destroy('Training');
  // then
  expect(created).toMatchObject({ status: 'CREATE_COMPLETE', outputs: { Model: 's3://bucket/models/Job/output/model.tar.gz' } });
  expect(progress).toEqual(['Job Starting', 'Job Downloading', 'Job Training', 'Job Uploading', 'Job Completed']);
  expect(cloud.endpoint.calls.filter(({ operation }) => operation === 'DescribeTrainingJob')).not.toHaveLength(0);
  expect(new Set(cloud.endpoint.calls.map(({ caller }) => caller)).size).toBe(1);
  expect(cloud.sagemaker.running()).toEqual([]);
  expect(deleted).toMatchObject({ status: 'DELETE_COMPLETE' });
});

test('a stack that is not in the assembly is named', async () => {
  await expect(cloud.deploy(directory, 'Nothing')).rejects.toThrow();
});

test('a stack for another environment is deployed there', async () => {
  const app = new App({ outdir: mkdtempSync(join(directory, 'cdk.out-')) });
  const stack = new Stack(app, 'Elsewhere', { env: { region: 'eu-west-1', account: '999999999999' } });
  new CfnOutput(stack, 'TopicArn', { value: new Topic(stack, 'Topic').topicArn });
  expect(await cloud.deploy(app.synth(), 'Elsewhere')).toMatchObject({
    status: 'CREATE_COMPLETE', outputs: { TopicArn: expect.stringMatching(/^arn:aws:sns:eu-west-1:999999999999:/) },
  });
});

test('a cloud on an older Node.js than its functions need does not start', async () => {
  const { node } = process.versions;
  Object.defineProperty(process.versions, 'node', { value: '20.20.2', configurable: true });
  try {
    await expect(LocalCloud.start()).rejects.toThrow('The local cloud needs Node.js 22 or later; got v20.20.2.');
  } finally {
    Object.defineProperty(process.versions, 'node', { value: node, configurable: true });
  }
});
