import { CfnOutput, Duration, Tags } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { TRAINING, TRANSFORM } from './kinds';
import { type Contents, eventsOf, World } from './world';
import * as jobs from '../../src';

/** The behavior that only transform jobs have. */
let world: World;
beforeEach(async () => { world = await World.start(); });
afterEach(() => world.stop());

const IMAGE = jobs.ContainerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/train:v1');
const at = (uri: string) => jobs.S3Location.fromUri(uri);

interface Options {
  readonly depth?: string;
  readonly image?: jobs.ContainerImage;
  readonly description?: string;
  readonly concurrency?: number;
  /** Whether the model has the name of the training job. Default: CloudFormation generates it. */
  readonly isNamed?: boolean;
}

/** A training job, a model of its artifacts, and predictions of the model. */
const predict = ({ concurrency, depth = '3', image = IMAGE, description, isNamed }: Options = {}): Contents => (stack) => {
  const training = new jobs.TrainingJob(stack, 'Training', {
    trainingImage: IMAGE, outputLocation: at('s3://results/models'), hyperParameters: { depth },
  });
  const transform = new jobs.TransformJob(stack, 'Predictions', {
    model: jobs.TransformModel.fromTrainingJob(training, { image, modelName: isNamed ? training.trainingJobName : undefined }),
    transformInput: jobs.TransformInput.fromS3(at('s3://data/customers/')),
    outputLocation: at('s3://results/predictions'),
    maxConcurrentTransforms: concurrency,
    waitTimeout: Duration.minutes(40),
  });
  if (description) Tags.of(stack).add('description', description);
  new CfnOutput(stack, 'Uri', { value: transform.outputUri });
  new CfnOutput(stack, 'Model', { value: transform.modelName });
  new CfnOutput(stack, 'Start', { value: transform.transformStartTime });
};

test('predictions of a model of the stack follow a new training, and an earlier training finds its model again but not its name', async () => {
  const first = await world.deploy(predict());
  expect(first.status).toBe('CREATE_COMPLETE');
  const [name] = world.started(TRANSFORM);
  expect(first.outputs).toEqual({ Uri: `s3://results/predictions/${name}/`, Model: expect.any(String), Start: expect.stringMatching(/^2026-01-01T/) });

  const second = await world.deploy(predict({ depth: '6' }));
  expect(world.started(TRANSFORM)).toHaveLength(2);
  expect(second.outputs.Model).not.toBe(first.outputs.Model);
  expect(world.requests('CreateTransformJob').map(({ ModelName }) => ModelName)).toEqual([first.outputs.Model, second.outputs.Model]);

  await world.deploy(predict());
  expect(world.started(TRAINING)).toHaveLength(2);
  // CloudFormation creates the model anew, under another name.
  expect(world.started(TRANSFORM)).toHaveLength(3);
});

test('predictions of a model with the name of the training job are reused when the training returns', async () => {
  const { outputs } = await world.deploy(predict({ isNamed: true }));
  await world.deploy(predict({ depth: '6', isNamed: true }));
  expect(world.started(TRANSFORM)).toHaveLength(2);
  const back = await world.deploy(predict({ isNamed: true }));

  expect([back.status, back.outputs]).toEqual(['UPDATE_COMPLETE', outputs]);
  expect(outputs.Model).toBe(world.started(TRAINING)[0]);
  expect([world.started(TRAINING).length, world.started(TRANSFORM).length]).toEqual([2, 2]);
});

test('tags of the model and conditions of the job run nothing, and another image runs the job', async () => {
  await world.deploy(predict());
  expect((await world.deploy(predict({ description: 'churn', concurrency: 4 }))).status).toBe('UPDATE_COMPLETE');
  expect(world.started(TRANSFORM)).toHaveLength(1);

  await world.deploy(predict({ image: jobs.ContainerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/train:v2') }));
  expect([world.started(TRAINING).length, world.started(TRANSFORM).length]).toEqual([1, 2]);
});

test('the rollback of a failed prediction finds the earlier predictions without a new run', async () => {
  const { outputs } = await world.deploy(predict());
  world.cloud.sagemaker.transform = () => ({ failure: 'AlgorithmError: no predictions' });
  const result = await world.deploy(predict({ depth: '6' }));

  expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(eventsOf(result, 'Predictions').join()).toMatch(/Transform job '.*' ended as Failed: AlgorithmError: no predictions/);
  expect(world.started(TRANSFORM)).toHaveLength(2);
  expect(world.cloud.cloudFormation.describe('Stack').outputs.map(({ value }) => value)).toEqual(expect.arrayContaining(Object.values(outputs)));
});

test('a model that does not exist fails the deployment with the message of SageMaker', async () => {
  const result = await world.deploy((stack) => {
    new jobs.TransformJob(stack, 'Job', {
      model: jobs.TransformModel.fromModelName('unknown'), transformInput: jobs.TransformInput.fromS3(at('s3://data/')), outputLocation: at('s3://results/'),
    });
  });

  expect(result.status).toBe('ROLLBACK_COMPLETE');
  expect(eventsOf(result, 'Job').join()).toMatch(/Transform job '.*' could not be started: ValidationException: Could not find model "arn:aws:sagemaker:.*:model\/unknown"/);
});

test('the records stay when the stack is deleted, and a new stack runs its own jobs', async () => {
  await world.deploy(predict());
  expect((await world.destroy())!.status).toBe('DELETE_COMPLETE');
  const [name] = world.started(TRANSFORM);
  expect(await world.call('DescribeTransformJob', { TransformJobName: name })).toMatchObject({ TransformJobStatus: 'Completed' });

  expect((await world.deploy(predict())).status).toBe('CREATE_COMPLETE');
  expect(world.started(TRANSFORM)).toHaveLength(2);
});

test('an exact name is used for good, also by a stack that was deleted', async () => {
  const named: Contents = (stack) => void TRANSFORM.add(stack, 'Job', { name: 'exactly-this' });
  expect((await world.deploy(named)).status).toBe('CREATE_COMPLETE');
  await world.destroy();
  const again = await world.deploy(named);

  expect(again.status).toBe('ROLLBACK_COMPLETE');
  expect(eventsOf(again, 'Job').join()).toContain("The exact name 'exactly-this' is in use by another job.");
});

test('a role of the app that is shared with the model reads the input and writes the output', async () => {
  const { status } = await world.deploy((stack) => {
    const role = new iam.Role(stack, 'Shared', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
    new jobs.TransformJob(stack, 'Job', {
      model: jobs.TransformModel.fromS3(at('s3://results/models/model.tar.gz'), { image: IMAGE, role }),
      transformInput: jobs.TransformInput.fromS3(at('s3://data/customers/')),
      outputLocation: at('s3://results/predictions'),
    });
  });

  expect(status).toBe('CREATE_COMPLETE');
});
