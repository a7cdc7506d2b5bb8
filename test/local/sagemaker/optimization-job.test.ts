import {
  CreateOptimizationJobCommand,
  type CreateOptimizationJobCommandInput,
  DeleteOptimizationJobCommand,
  DescribeOptimizationJobCommand,
  ListOptimizationJobsCommand,
  ResourceNotFound,
  StopOptimizationJobCommand,
} from '@aws-sdk/client-sagemaker';
import { ACCOUNT, Fixture, REGION } from './setup';

let cloud: Fixture;
beforeEach(async () => { cloud = await Fixture.start(); });
afterEach(async () => cloud.stop());

const S3 = { S3Uri: 's3://models/llama/' };
const IMAGE = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/djl-inference:lmi`;
const PLAN = `arn:aws:sagemaker:${REGION}:${ACCOUNT}:training-plan/plan`;

const create = async (name: string, changes: object = {}) => cloud.client.send(new CreateOptimizationJobCommand({
  OptimizationJobName: name,
  RoleArn: `arn:aws:iam::${ACCOUNT}:role/optimization`,
  ModelSource: { S3 },
  DeploymentInstanceType: 'ml.g5.12xlarge',
  OptimizationConfigs: [{ ModelQuantizationConfig: { OverrideEnvironment: { OPTION_QUANTIZE: 'awq' } } }],
  OutputConfig: { S3OutputLocation: 's3://results/optimized/' },
  StoppingCondition: { MaxRuntimeInSeconds: 3600 },
  ...changes,
} as CreateOptimizationJobCommandInput));
const describeJob = async (name: string) => cloud.client.send(new DescribeOptimizationJobCommand({ OptimizationJobName: name }));
const stop = async (name: string) => cloud.client.send(new StopOptimizationJobCommand({ OptimizationJobName: name }));
const remove = async (name: string) => cloud.client.send(new DeleteOptimizationJobCommand({ OptimizationJobName: name }));

test('a job starts, optimizes and completes, and repeats its request', async () => {
  // given
  const seen: string[] = [];
  cloud.sagemaker.on('transition', ({ kind, jobName, status }) => seen.push(`${kind} ${jobName} ${status}`));
  // when
  const { OptimizationJobArn } = await create('Optimize', { OptimizationEnvironment: { OPTION_DTYPE: 'fp16' }, MaxInstanceCount: 2 });
  const starting = await describeJob('optimize');
  await cloud.seconds(150);
  const ended = await describeJob('Optimize');
  // then
  expect(OptimizationJobArn).toBe(`arn:aws:sagemaker:${REGION}:${ACCOUNT}:optimization-job/optimize`);
  expect(starting).toMatchObject({ OptimizationJobName: 'Optimize', OptimizationJobStatus: 'STARTING' });
  for (const member of ['OptimizationStartTime', 'OptimizationEndTime', 'OptimizationOutput', 'FailureReason']) expect(starting).not.toHaveProperty(member);
  expect(seen).toEqual(['OptimizationJob Optimize STARTING', 'OptimizationJob Optimize INPROGRESS', 'OptimizationJob Optimize COMPLETED']);
  expect(ended).toMatchObject({
    OptimizationJobStatus: 'COMPLETED',
    ModelSource: { S3 },
    MaxInstanceCount: 2,
    OptimizationEnvironment: { OPTION_DTYPE: 'fp16' },
    OutputConfig: { S3OutputLocation: 's3://results/optimized/' },
    OptimizationOutput: { RecommendedInferenceImage: `763104351884.dkr.ecr.${REGION}.amazonaws.com/djl-inference:0.36.0-lmi27.0.0-cu130` },
    CreationTime: new Date('2026-01-01T00:00:00Z'),
    OptimizationStartTime: new Date('2026-01-01T00:00:30Z'),
    OptimizationEndTime: new Date('2026-01-01T00:02:30Z'),
  });
});

test('the image that ran the last technique is recommended, unless another one or none is', async () => {
  const techniques = { OptimizationConfigs: [{ ModelQuantizationConfig: { Image: IMAGE } }, { ModelSpeculativeDecodingConfig: { Technique: 'EAGLE' } }] };
  const recommended = async (name: string, recommendedInferenceImage?: string | false) => {
    cloud.sagemaker.optimization = () => ({ recommendedInferenceImage });
    await create(name, techniques);
    await cloud.seconds(150);
    return (await describeJob(name)).OptimizationOutput;
  };

  expect([await recommended('last'), await recommended('other', 'other:1'), await recommended('none', false)])
    .toEqual([{ RecommendedInferenceImage: IMAGE }, { RecommendedInferenceImage: 'other:1' }, undefined]);
});

test('a failed job tells its reason', async () => {
  cloud.sagemaker.optimization = () => ({ optimizingSeconds: 60, failure: 'ClientError: out of memory' });
  await create('job');
  await cloud.seconds(90);

  expect(await describeJob('job')).toMatchObject({ OptimizationJobStatus: 'FAILED', FailureReason: 'ClientError: out of memory' });
});

test('a job that optimizes longer than its limit, or is stopped, ends without a reason', async () => {
  cloud.sagemaker.optimization = () => ({ optimizingSeconds: 3600 });
  await create('limited', { StoppingCondition: { MaxRuntimeInSeconds: 60 } });
  await create('stopped');
  await cloud.seconds(60);
  await stop('stopped');
  expect((await describeJob('stopped')).OptimizationJobStatus).toBe('STOPPING');
  await expect(stop('stopped')).rejects.toThrow('STOPPING');
  await cloud.seconds(60);

  for (const name of ['limited', 'stopped']) {
    const ended = await describeJob(name);
    expect(ended.OptimizationJobStatus).toBe('STOPPED');
    expect(ended).not.toHaveProperty('FailureReason');
  }
});

test('a job is deleted when it has ended, and its name is free then', async () => {
  await create('job');
  await expect(remove('job')).rejects.toThrow('STARTING');
  await expect(create('job')).rejects.toThrow('job');
  await cloud.seconds(150);
  await remove('job');
  await expect(describeJob('job')).rejects.toBeInstanceOf(ResourceNotFound);
  await create('job');
});

test('lists show the techniques of a job, fifty jobs on a page', async () => {
  for (let index = 0; index < 51; index++) await create(`job-${index}`);
  const { NextToken, OptimizationJobSummaries: jobs } = await cloud.client.send(new ListOptimizationJobsCommand({}));

  expect(jobs).toHaveLength(50);
  expect(NextToken).toBeDefined();
  expect(jobs![0]).toMatchObject({
    OptimizationJobName: 'job-0', OptimizationJobStatus: 'STARTING', DeploymentInstanceType: 'ml.g5.12xlarge', OptimizationTypes: ['Quantization'],
  });
});

test('jobs are found by their technique', async () => {
  await create('quantized');
  await create('compiled', { OptimizationConfigs: [{ ModelCompilationConfig: { Image: IMAGE } }] });
  const names = async (OptimizationContains: string) => (await cloud.client.send(new ListOptimizationJobsCommand({ OptimizationContains })))
    .OptimizationJobSummaries!.map(({ OptimizationJobName }) => OptimizationJobName);
  expect(await names('Compilation')).toEqual(['compiled']);
  expect(await names('Quantization')).toEqual(['quantized']);
});

test.each<[string, object, string]>([
  ['a model from two sources', { ModelSource: { S3, SageMakerModel: { ModelName: 'llama' } } }, 'Exactly one of S3 and SageMakerModel'],
  ['a model from nowhere', { ModelSource: {} }, 'Exactly one of S3 and SageMakerModel'],
  ['no technique', { OptimizationConfigs: [] }, 'at least one optimization technique'],
  ['two training plans', { TrainingPlanArns: [PLAN, `${PLAN}2`] }, 'at most one training plan'],
])('%s is refused', async (_, changes, message) => {
  await expect(create('job', changes)).rejects.toThrow(message);
});

test('an element with two techniques is refused', () => {
  const request = {
    OptimizationJobName: 'job',
    RoleArn: `arn:aws:iam::${ACCOUNT}:role/optimization`,
    ModelSource: { S3 },
    DeploymentInstanceType: 'ml.g5.12xlarge',
    OptimizationConfigs: [{ ModelQuantizationConfig: {}, ModelCompilationConfig: {} }],
    OutputConfig: { S3OutputLocation: 's3://results/' },
    StoppingCondition: {},
  };
  expect(() => cloud.sagemaker.call('CreateOptimizationJob', request)).toThrow('Exactly one of ModelQuantizationConfig');
});
