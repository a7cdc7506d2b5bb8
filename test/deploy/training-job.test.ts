import { CfnOutput, Duration, NestedStack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { type Contents, eventsOf, World } from './world';
import * as jobs from '../../src';
import { LEAST } from '../fixtures/training-jobs';

/** What only training jobs have. */
let world: World;
beforeEach(async () => { world = await World.start(); });
afterEach(() => world.stop());

type Output = (job: jobs.TrainingJob) => string;

const train = (props: Partial<jobs.TrainingJobProps> = {}, output?: Output): Contents => (stack) => {
  const job = new jobs.TrainingJob(stack, 'Job', {
    trainingImage: jobs.ContainerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/train:v1'),
    outputLocation: jobs.S3Location.fromUri('s3://results/models'),
    ...props,
  });
  if (output) new CfnOutput(stack, 'Output', { value: output(job) });
};

test('the service receives numbers and booleans as such', async () => {
  await world.deploy(train({ enableManagedSpotTraining: true, maxRuntime: Duration.minutes(20), maxWaitTime: Duration.minutes(30), hyperParameters: { depth: '3' } }));

  expect(world.requests('CreateTrainingJob')).toEqual([expect.objectContaining({
    EnableManagedSpotTraining: true,
    StoppingCondition: { MaxRuntimeInSeconds: 1200, MaxWaitTimeInSeconds: 1800 },
    ResourceConfig: { InstanceType: 'ml.m5.xlarge', InstanceCount: 1, VolumeSizeInGB: 30 },
    HyperParameters: { depth: '3' },
  })]);
});

test('a metric that the job ended with can be read by its name', async () => {
  world.cloud.sagemaker.behavior = () => ({ metrics: { 'validation:auc': 0.75 } });
  const { outputs } = await world.deploy(train({ metricDefinitions: [{ name: 'validation:auc', regex: 'auc: (.*)' }] }, (job) => job.finalMetric('validation:auc')));
  expect(outputs.Output).toBe('0.75');
});

test('a job that runs into its time limit is a failure that names the limit', async () => {
  world.cloud.sagemaker.behavior = () => ({ trainingSeconds: 7200 });
  const result = await world.deploy(train({ maxRuntime: Duration.minutes(15) }));
  expect(result.status).toBe('ROLLBACK_COMPLETE');
  expect(eventsOf(result, 'Job').join()).toContain('ended as Stopped (MaxRuntimeExceeded)');
});

test('a job that runs into its time limit is a result where that is accepted, and is not run again by a rollback', async () => {
  world.cloud.sagemaker.behavior = () => ({ trainingSeconds: 7200 });
  const props = { maxRuntime: Duration.minutes(15), acceptStopped: true };
  const { outputs, status } = await world.deploy(train(props, (job) => job.secondaryStatus));
  expect({ status, outputs }).toEqual({ status: 'CREATE_COMPLETE', outputs: { Output: 'MaxRuntimeExceeded' } });

  world.cloud.sagemaker.behavior = () => ({ failure: 'AlgorithmError' });
  const result = await world.deploy(train({ ...props, hyperParameters: { a: '1' } }));
  expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(world.requests('CreateTrainingJob')).toHaveLength(2);
});

test('what a running job can take up is changed while it runs', async () => {
  world.cloud.sagemaker.behavior = () => ({ trainingSeconds: 7200 });
  await world.deploy(train({ waitForCompletion: false, keepAlivePeriod: Duration.minutes(5) }));
  const result = await world.deploy(train({ waitForCompletion: false, keepAlivePeriod: Duration.minutes(10), enableRemoteDebug: true }));

  expect(result.status).toBe('UPDATE_COMPLETE');
  expect(world.requests('CreateTrainingJob')).toHaveLength(1);
  expect(world.requests('UpdateTrainingJob')).toEqual([{
    TrainingJobName: expect.any(String),
    RemoteDebugConfig: { EnableRemoteDebug: true },
    ResourceConfig: { KeepAlivePeriodInSeconds: 600 },
  }]);
});

test('what the service does not let change in place fails the update and is rolled back', async () => {
  world.cloud.sagemaker.behavior = () => ({ trainingSeconds: 7200 });
  await world.deploy(train({ waitForCompletion: false }));
  const result = await world.deploy(train({ waitForCompletion: false, keepAlivePeriod: Duration.minutes(10) }));

  expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(eventsOf(result, 'Job').join()).toContain('warm pool');
  expect(world.running).toHaveLength(1);
});

test('what a finished job cannot take up any more changes nothing, and runs nothing', async () => {
  await world.deploy(train());
  const result = await world.deploy(train({ enableRemoteDebug: true }));
  expect(result.status).toBe('UPDATE_COMPLETE');
  expect(world.requests('CreateTrainingJob')).toHaveLength(1);
  expect(world.requests('UpdateTrainingJob')).toEqual([]);
});

test('a warm pool is released before the record of its job is deleted', async () => {
  await world.deploy(train({ keepAlivePeriod: Duration.hours(1) }));
  const result = await world.destroy();

  expect(result!.status).toBe('DELETE_COMPLETE');
  expect(world.requests('UpdateTrainingJob')).toEqual([{ TrainingJobName: expect.any(String), ResourceConfig: { KeepAlivePeriodInSeconds: 0 } }]);
  expect(world.requests('DeleteTrainingJob')).toHaveLength(1);
});

test('the security group of a job is deleted when no network interface uses it any more, also when the job has just been stopped', async () => {
  const inVpc: Contents = (stack) => {
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-12345678', availabilityZones: ['eu-west-1a'], privateSubnetIds: ['subnet-12345678'] });
    train({ vpc, waitForCompletion: false })(stack);
  };
  world.cloud.sagemaker.behavior = () => ({ trainingSeconds: 7200 });
  await world.deploy(inVpc);
  await world.cloud.clock.advance(180_000);
  expect(world.cloud.sagemaker.networkInterfaces()).toHaveLength(1);
  const result = await world.destroy();

  expect(eventsOf(result, 'JobSecurityGroup').filter((event) => event.startsWith('DELETE_FAILED'))).toEqual([]);
  expect(result!.status).toBe('DELETE_COMPLETE');
});

test('the security group of a job that an update removes is deleted, although the stack has no other job in a VPC', async () => {
  const contents = (ids: string[]): Contents => (stack) => {
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-12345678', availabilityZones: ['eu-west-1a'], privateSubnetIds: ['subnet-12345678'] });
    for (const id of ids) new jobs.TrainingJob(stack, id, { ...LEAST, waitForCompletion: false, ...id === 'Removed' && { vpc } });
  };
  world.cloud.sagemaker.behavior = () => ({ trainingSeconds: 7200 });
  await world.deploy(contents(['Kept', 'Removed']));
  await world.cloud.clock.advance(180_000);
  expect(world.cloud.sagemaker.networkInterfaces()).toHaveLength(1);
  const result = await world.deploy(contents(['Kept']));

  expect(result.status).toBe('UPDATE_COMPLETE');
  expect(eventsOf(result, 'RemovedSecurityGroup').filter((event) => event.startsWith('DELETE'))).toEqual(expect.arrayContaining(['DELETE_COMPLETE']));
  expect(eventsOf(result, 'RemovedSecurityGroup').filter((event) => event.startsWith('DELETE_FAILED'))).toEqual([]);
});

test('a job starts only when its role has its policies', async () => {
  const result = await world.deploy(train());
  const policy = result.events.findIndex((event) => event.logicalResourceId.startsWith('JobRoleDefaultPolicy') && event.resourceStatus === 'CREATE_COMPLETE');
  const job = result.events.findIndex(({ resourceType }) => resourceType === 'Custom::SageMakerTrainingJob');
  expect(policy).toBeGreaterThan(0);
  expect(job).toBeGreaterThan(policy);
});

test('a job in a nested stack is reused when its request returns, and its record goes with the stack', async () => {
  const nested = (variant: string): Contents => (stack) => train({ hyperParameters: { variant } })(new NestedStack(stack, 'Nested'));
  for (const variant of ['a', 'b', 'a']) expect((await world.deploy(nested(variant))).status).toMatch(/^(CREATE|UPDATE)_COMPLETE$/);
  expect(world.requests('CreateTrainingJob').map(({ HyperParameters }) => HyperParameters)).toEqual([{ variant: 'a' }, { variant: 'b' }]);
  expect(world.requests('DeleteTrainingJob')).toEqual([]);
  expect((await world.destroy())!.status).toBe('DELETE_COMPLETE');
  expect(world.requests('DeleteTrainingJob')).toHaveLength(2);
});
