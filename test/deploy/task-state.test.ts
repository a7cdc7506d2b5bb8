import { CfnOutput, Duration, type Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { type Contents, eventsOf, World } from './world';
import * as jobs from '../../src';

let world: World;
beforeEach(async () => { world = await World.start(); });
afterEach(async () => world.stop());

const IMAGE = jobs.ContainerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:v1');

/** A state machine, whose ARN is an output of the stack. */
const machine = (definition: (stack: Stack, data: s3.Bucket) => sfn.IChainable): Contents => (stack) => {
  const states = definition(stack, new s3.Bucket(stack, 'Data'));
  const { stateMachineArn } = new sfn.StateMachine(stack, 'Machine', { definitionBody: sfn.DefinitionBody.fromChainable(states) });
  new CfnOutput(stack, 'Arn', { value: stateMachineArn });
};

const preprocessing = (stack: Stack, data: s3.Bucket, props: Partial<jobs.ProcessingJobTaskStateProps> = {}) => jobs.ProcessingJob.taskState(stack, 'Preprocess', {
  image: IMAGE,
  containerArguments: ['--day', sfn.JsonPath.stringAt('$.day')],
  processingInputs: [jobs.ProcessingInput.fromS3('raw', jobs.S3Location.fromBucket(data, `raw/${sfn.JsonPath.stringAt('$.day')}/`))],
  processingOutputs: [jobs.ProcessingOutput.toS3('train', jobs.S3Location.fromBucket(data, 'prepared'))],
  ...props,
});

const tuning = (stack: Stack, data: s3.Bucket) => jobs.HyperParameterTuningJob.taskState(stack, 'Tune', {
  hyperParameterTuningJobObjective: jobs.HyperParameterTuningJobObjective.minimize('loss'),
  parameterRanges: [jobs.ParameterRange.continuous('rate', 0.01, 0.1)],
  maxNumberOfTrainingJobs: 2,
  trainingJobDefinition: {
    trainingImage: IMAGE,
    metricDefinitions: [{ name: 'loss', regex: 'loss=([0-9.]+)' }],
    outputLocation: jobs.S3Location.fromBucket(data, 'tuned'),
  },
  resultSelector: { 'best.$': '$.BestTrainingJob.TunedHyperParameters' },
  resultPath: '$.tuned',
});

const training = (stack: Stack, data: s3.Bucket) => {
  const state = jobs.TrainingJob.taskState(stack, 'Train', {
    trainingImage: IMAGE,
    inputDataConfig: [jobs.InputChannel.fromS3('train', jobs.S3Location.fromUri(sfn.JsonPath.stringAt('$.data.uri')))],
    hyperParameters: { rate: sfn.JsonPath.stringAt('$.tuned.best.rate'), epochs: sfn.JsonPath.numberAt('$.epochs') },
    outputLocation: jobs.S3Location.fromBucket(data, 'models'),
    resultSelector: { 'model.$': '$.ModelArtifacts.S3ModelArtifacts' },
  });
  data.grantRead(state);
  return state;
};

const predicting = (stack: Stack, data: s3.Bucket) => jobs.TransformJob.taskState(stack, 'Predict', {
  model: jobs.TransformModel.fromS3(jobs.S3Location.fromBucket(data, 'models/model.tar.gz'), { image: IMAGE }),
  transformInput: jobs.TransformInput.fromS3(jobs.S3Location.fromBucket(data, `customers/${sfn.JsonPath.stringAt('$.day')}/`)),
  outputLocation: jobs.S3Location.fromBucket(data, 'predictions'),
  resultSelector: { 'uri.$': '$.TransformOutput.S3OutputPath', 'model.$': '$.ModelName' },
});

/** Starts executions and lets time pass until they have ended. */
async function execute(stateMachineArn: string, ...inputs: object[]) {
  const { stateMachines, clock } = world.cloud;
  const names = inputs.map((_input, index) => `run_${index}`);
  names.forEach((name, index) => stateMachines.operations.StartExecution({ stateMachineArn, name, input: JSON.stringify(inputs[index]) }));
  for (let minutes = 0; stateMachines.executions(stateMachineArn).some(({ status }) => status === 'RUNNING') && minutes < 300; minutes++) await clock.advance(60_000);
  return names.map((name) => stateMachines.executions(stateMachineArn).find((execution) => execution.name === name)!);
}

const described = (verb: string, name: string): any => world.cloud.sagemaker.call(`Describe${verb}`, { [`${verb}Name`]: name });
const jobsOf = (noun: string): any[] => (world.cloud.sagemaker.call(`List${noun}s`, { SortBy: 'CreationTime', SortOrder: 'Ascending' }) as any)[`${noun}Summaries`];

test('each execution of a state machine runs its own jobs, with values of its input', async () => {
  const { outputs, status } = await world.deploy(machine((stack, data) => preprocessing(stack, data, {
    resultSelector: { 'uri.$': '$.ProcessingOutputConfig.Outputs[0].S3Output.S3Uri' }, resultPath: '$.data',
  }).next(tuning(stack, data)).next(training(stack, data))));
  expect(status).toBe('CREATE_COMPLETE');
  expect(world.running).toEqual([]);

  const executions = await execute(outputs.Arn, { day: 'monday', epochs: 3 }, { day: 'friday', epochs: 5 });

  expect(executions.map(({ status: end, cause }) => [end, cause])).toEqual([['SUCCEEDED', undefined], ['SUCCEEDED', undefined]]);
  const processed = jobsOf('ProcessingJob').map(({ ProcessingJobName }) => described('ProcessingJob', ProcessingJobName));
  const days = ['friday', 'monday'];
  expect(processed.map(({ AppSpecification }) => AppSpecification.ContainerArguments[1]).sort()).toEqual(days);
  expect(new Set(processed.map(({ ProcessingJobName }) => ProcessingJobName)).size).toBe(2);
  for (const { AppSpecification, ProcessingInputs, ProcessingJobName, ProcessingOutputConfig } of processed) {
    expect(ProcessingJobName).toMatch(/^stack-preprocess-[0-9a-f]{32}$/);
    expect(ProcessingInputs[0].S3Input.S3Uri).toMatch(new RegExp(`^s3://[^/]+/raw/${AppSpecification.ContainerArguments[1]}/$`));
    expect(ProcessingOutputConfig.Outputs[0].S3Output.S3Uri).toMatch(new RegExp(`^s3://[^/]+/prepared/${ProcessingJobName}/$`));
  }
  const trained = jobsOf('TrainingJob').map(({ TrainingJobName }) => TrainingJobName as string).filter((name) => name.startsWith('stack-train-'))
    .map((name) => described('TrainingJob', name));
  expect(trained.map(({ HyperParameters }) => HyperParameters)).toEqual(expect.arrayContaining(
    ['3', '5'].map((epochs) => ({ epochs, rate: expect.stringMatching(/^0\.\d+$/) }))));
  expect(trained.map(({ InputDataConfig }) => InputDataConfig[0].DataSource.S3DataSource.S3Uri).sort())
    .toEqual(processed.map(({ ProcessingOutputConfig }) => ProcessingOutputConfig.Outputs[0].S3Output.S3Uri).sort());
  expect(executions.map(({ output }: any) => output.model).sort())
    .toEqual(trained.map(({ ModelArtifacts }) => ModelArtifacts.S3ModelArtifacts).sort());
  expect(jobsOf('HyperParameterTuningJob').map(({ HyperParameterTuningJobName }) => HyperParameterTuningJobName))
    .toEqual([0, 1].map(() => expect.stringMatching(/^stack-tune-[0-9a-f]{12}$/)));
});

test('each execution transforms its own data with the model of the stack', async () => {
  const { outputs, status } = await world.deploy(machine(predicting));
  expect(status).toBe('CREATE_COMPLETE');

  const executions = await execute(outputs.Arn, { day: 'monday' }, { day: 'friday' });

  expect(executions.map(({ status: end, cause }) => [end, cause])).toEqual([['SUCCEEDED', undefined], ['SUCCEEDED', undefined]]);
  const transformed = jobsOf('TransformJob').map(({ TransformJobName }) => described('TransformJob', TransformJobName));
  expect(transformed.map(({ TransformInput }) => TransformInput.DataSource.S3DataSource.S3Uri).sort()).toEqual(
    ['friday', 'monday'].map((day) => expect.stringMatching(new RegExp(`^s3://[^/]+/customers/${day}/$`))));
  for (const { ModelName, TransformJobName, TransformOutput } of transformed) {
    expect(TransformJobName).toMatch(/^stack-predict-[0-9a-f]{32}$/);
    expect(executions.map(({ output }) => output)).toContainEqual({ uri: TransformOutput.S3OutputPath, model: ModelName });
    expect(TransformOutput.S3OutputPath).toMatch(new RegExp(`^s3://[^/]+/predictions/${TransformJobName}/$`));
  }
});

test('a retry of a failed job gets another name, and the failure of a job is the cause of the failed state', async () => {
  world.cloud.sagemaker.processing = () => ({ failure: 'AlgorithmError: no rows' });
  const { outputs } = await world.deploy(machine((stack, data) => preprocessing(stack, data).addRetry({ maxAttempts: 1, errors: ['States.TaskFailed'] })));

  const [{ status, error, cause }] = await execute(outputs.Arn, { day: 'monday' });

  expect([status, error]).toEqual(['FAILED', 'States.TaskFailed']);
  expect(JSON.parse(cause!)).toMatchObject({ ProcessingJobStatus: 'Failed', FailureReason: expect.stringContaining('no rows') });
  expect(jobsOf('ProcessingJob')).toHaveLength(2);
});

test('a stopped execution, and a state that takes too long, stop their jobs', async () => {
  world.cloud.sagemaker.processing = () => ({ processingSeconds: 3 * 3600 });
  const limits = { maxRuntime: Duration.hours(4), taskTimeout: sfn.Timeout.duration(Duration.hours(1)) };
  const { outputs } = await world.deploy(machine((stack, data) => preprocessing(stack, data, limits)));
  const [late] = await execute(outputs.Arn, { day: 'monday' });
  const { stateMachines, clock } = world.cloud;
  const { executionArn } = stateMachines.operations.StartExecution({ stateMachineArn: outputs.Arn, name: 'stopped', input: '{"day":"friday"}' }) as any;
  await clock.advance(600_000);
  expect(world.running).toHaveLength(1);
  stateMachines.operations.StopExecution({ executionArn });
  await clock.advance(60_000);

  expect([late.status, late.error]).toEqual(['FAILED', 'States.Timeout']);
  expect(jobsOf('ProcessingJob').map(({ ProcessingJobStatus }) => ProcessingJobStatus)).toEqual(['Stopped', 'Stopped']);
});

test('a role that does not allow the rule of Step Functions, or the job, is rejected', async () => {
  const withRole = (...actions: string[]): Contents => (stack) => {
    const role = new iam.Role(stack, 'MachineRole', { assumedBy: new iam.ServicePrincipal('states.amazonaws.com') });
    if (actions.length > 0) role.addToPolicy(new iam.PolicyStatement({ actions, resources: ['*'] }));
    const policy = role.node.tryFindChild('DefaultPolicy');
    const definitionBody = sfn.DefinitionBody.fromChainable(preprocessing(stack, new s3.Bucket(stack, 'Data')));
    const stateMachine = new sfn.StateMachine(stack, 'Machine', { definitionBody, role: role.withoutPolicyUpdates() });
    if (policy) stateMachine.node.addDependency(policy);
    new CfnOutput(stack, 'Arn', { value: stateMachine.stateMachineArn });
  };

  const refused = await world.deploy(withRole(), 'Refused');
  expect(refused.status).toBe('ROLLBACK_COMPLETE');
  expect(eventsOf(refused, 'Machine').join()).toContain('is not authorized to create managed-rule');

  const { outputs } = await world.deploy(withRole('events:DescribeRule', 'events:PutRule', 'events:PutTargets', 'sagemaker:CreateProcessingJob'), 'Denied');
  const [{ error, cause }] = await execute(outputs.Arn, { day: 'monday' });
  expect([error, cause]).toEqual(['SageMaker.AmazonSageMakerException', expect.stringMatching(/is not authorized to perform: sagemaker:AddTags .* AccessDeniedException\)$/)]);
});

test('a state that does not wait needs no rule, and continues when the job was started', async () => {
  const { REQUEST_RESPONSE: integrationPattern } = sfn.IntegrationPattern;
  const { outputs } = await world.deploy(machine((stack, data) => preprocessing(stack, data, { integrationPattern })));

  const [{ status, output }]: any[] = await execute(outputs.Arn, { day: 'monday' });

  expect(status).toBe('SUCCEEDED');
  expect(output.ProcessingJobArn).toContain(':processing-job/stack-preprocess-');
});
