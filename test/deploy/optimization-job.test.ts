import { CfnOutput, Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { OPTIMIZATION } from './kinds';
import { type Contents, World } from './world';
import * as jobs from '../../src';

/** The behavior that only optimization jobs have. */
let world: World;
beforeEach(async () => { world = await World.start(); });
afterEach(() => world.stop());

const { quantization, compilation } = jobs.OptimizationTechnique;

/** A model that is optimized, and a model of SageMaker that serves the result. */
const served = (technique: jobs.OptimizationTechnique, mayRead = true): Contents => (stack) => {
  const bucket = new s3.Bucket(stack, 'Models');
  const job = new jobs.OptimizationJob(stack, 'Optimization', {
    modelSource: jobs.OptimizationModelSource.fromS3(jobs.S3Location.fromBucket(bucket, 'llama/')),
    deploymentInstanceType: jobs.MlInstanceType.ML_G5_12XLARGE,
    optimizationConfigs: [technique],
    outputLocation: jobs.S3Location.fromBucket(bucket, 'optimized'),
    maxRuntime: Duration.minutes(10),
  });
  const serving = new iam.Role(stack, 'Serving', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
  jobs.ContainerImage.fromUri('763104351884.dkr.ecr.eu-west-1.amazonaws.com/djl-inference:any').bind(stack, { grantee: serving });
  if (mayRead) job.grantReadOutput(serving);
  const model = new sagemaker.CfnModel(stack, 'Model', {
    executionRoleArn: serving.roleArn,
    primaryContainer: {
      image: job.recommendedInferenceImage,
      environment: job.modelEnvironment,
      modelDataSource: { s3DataSource: { s3Uri: job.s3OutputLocation, s3DataType: 'S3Prefix', compressionType: 'None' } },
    },
  });
  model.node.addDependency(serving);
  new CfnOutput(stack, 'Optimized', { value: job.s3OutputLocation });
};

const servedUri = () => {
  const [{ request }] = [...world.cloud.sagemaker.hosting.models.values()] as any[];
  return request.PrimaryContainer.ModelDataSource.S3DataSource.S3Uri as string;
};

test('the optimized model is served from the prefix of its job, and another technique without settings is another job', async () => {
  const first = await world.deploy(served(quantization()));
  expect([first.status, servedUri()]).toEqual(['CREATE_COMPLETE', first.outputs.Optimized]);
  const second = await world.deploy(served(compilation()));
  expect([second.status, servedUri()]).toEqual(['UPDATE_COMPLETE', second.outputs.Optimized]);
  const back = await world.deploy(served(quantization()));

  const started = world.started(OPTIMIZATION);
  expect(started).toHaveLength(2);
  expect([first, second].map(({ outputs }) => outputs.Optimized)).toEqual(started.map((name) => expect.stringMatching(new RegExp(`^s3://.*/optimized/${name}/$`))));
  expect([back.outputs.Optimized, servedUri()]).toEqual([first.outputs.Optimized, first.outputs.Optimized]);
});

test('a model whose role may not read the output is not created', async () => {
  const { events, status } = await world.deploy(served(quantization(), false));

  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(events.map(({ resourceStatusReason = '' }) => resourceStatusReason).join()).toContain('Could not access model data at s3://');
});

test('a job for which no image is recommended fails the deployment with the name of the value, and runs once', async () => {
  world.cloud.sagemaker.optimization = () => ({ optimizingSeconds: 20, recommendedInferenceImage: false });
  const { events, status } = await world.deploy(served(quantization()));

  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(events.map(({ resourceStatusReason = '' }) => resourceStatusReason).join()).toMatch(/OptimizationOutput.RecommendedInferenceImage.*available only for jobs for which SageMaker recommends an image/);
  expect(world.started(OPTIMIZATION)).toHaveLength(1);
});

test('a job that reaches its maximum runtime fails the deployment with this reason', async () => {
  world.cloud.sagemaker.optimization = () => ({ optimizingSeconds: 3600 });
  const { events, status } = await world.deploy(served(quantization()));

  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(events.map(({ resourceStatusReason = '' }) => resourceStatusReason).join()).toContain('The job reached its maximum runtime of 600 seconds (maxRuntime)');
  expect(world.running).toEqual([]);
});
