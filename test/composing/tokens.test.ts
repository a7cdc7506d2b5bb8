import { App, CfnOutput, CfnParameter, Duration, Fn, Lazy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { BuiltInAlgorithm, ContainerImage, InputChannel, S3Location, MlInstanceType, TrainingJob } from '../../src';
import { World } from '../deploy/world';
import { LEAST } from '../fixtures/training-jobs';

const TRAINING_JOB = 'Custom::SageMakerTrainingJob';

describe('a stack for any account and region', () => {
  const published = {
    ...LEAST,
    trainingImage: ContainerImage.fromBuiltInAlgorithm(BuiltInAlgorithm.PCA),
    hyperParameters: { feature_dim: 10, mini_batch_size: 100, num_components: 2 },
    inputDataConfig: [InputChannel.fromS3('train', S3Location.fromUri('s3://data/train/'))],
  };

  test('names neither of them but by reference', () => {
    const stack = new Stack(new App(), 'Stack');
    const job = new TrainingJob(stack, 'Training', published);
    job.grantRun(new iam.User(stack, 'User'));

    const text = JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
    expect(text).not.toMatch(/arn:aws[:-]|\b\d{12}\b/);
    expect(text).toContain('AWS::Partition');
  });

  test('takes the image of its region', async () => {
    const world = await World.start();
    try {
      const { status } = await world.deploy((stack) => {
        new TrainingJob(stack, 'Training', published);
      });
      expect(status).toBe('CREATE_COMPLETE');
      const [{ AlgorithmSpecification }] = world.requests('CreateTrainingJob');
      expect(AlgorithmSpecification.TrainingImage).toMatch(/^\d{12}\.dkr\.ecr\.eu-west-1\.amazonaws\.com\/pca:/);
    } finally {
      await world.stop();
    }
  });
});

test('values that become known at synthesis are those of that time', () => {
  const stack = new Stack(new App(), 'Stack');
  let epochs = 1;
  new TrainingJob(stack, 'Training', {
    ...LEAST,
    hyperParameters: { epochs: Lazy.string({ produce: () => String(epochs) }) },
    instanceCount: Lazy.number({ produce: () => epochs }),
    maxRuntime: Duration.seconds(Lazy.number({ produce: () => epochs * 3600 })),
    waitTimeout: Duration.hours(4),
  });
  epochs = 3;

  Template.fromStack(stack).hasResourceProperties(TRAINING_JOB, {
    Request: { HyperParameters: { epochs: '3' }, ResourceConfig: { InstanceCount: 3 }, StoppingCondition: { MaxRuntimeInSeconds: 10800 } },
  });
});

test('values that become known at the deployment reach the job as what they are', async () => {
  const world = await World.start();
  try {
    const { status } = await world.deploy((stack) => {
      const parameter = (id: string, value: unknown, type = 'String') => new CfnParameter(stack, id, { type, default: value });
      new TrainingJob(stack, 'Training', {
        ...LEAST,
        hyperParameters: { epochs: parameter('Epochs', '7').valueAsString },
        instanceType: MlInstanceType.of(parameter('Type', 'ml.m5.large').valueAsString),
        instanceCount: parameter('Count', 2, 'Number').valueAsNumber,
        inputDataConfig: [InputChannel.fromS3('train', S3Location.fromUri(Fn.join('', ['s3://data/', parameter('Prefix', 'train').valueAsString])))],
        containerArguments: Fn.split(',', parameter('Arguments', '--fast,--quiet').valueAsString),
      });
    });

    expect(status).toBe('CREATE_COMPLETE');
    const [request] = world.requests('CreateTrainingJob');
    expect(request).toMatchObject({
      HyperParameters: { epochs: '7' },
      ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 2 },
      AlgorithmSpecification: { ContainerArguments: ['--fast', '--quiet'] },
    });
    expect(request.InputDataConfig[0].DataSource.S3DataSource.S3Uri).toBe('s3://data/train');
  } finally {
    await world.stop();
  }
});

test('a job that exists can be named at the deployment', () => {
  const stack = new Stack(new App(), 'Stack');
  const name = new CfnParameter(stack, 'Name').valueAsString;
  const job = TrainingJob.fromTrainingJobName(stack, 'Job', name);
  job.grantStop(new iam.User(stack, 'User'));
  job.onFailed('Failed');
  new CfnOutput(stack, 'Arn', { value: job.trainingJobArn });

  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Events::Rule', { EventPattern: Match.objectLike({ detail: Match.objectLike({ TrainingJobName: [{ Ref: 'Name' }] }) }) });
  template.hasOutput('Arn', { Value: { 'Fn::Join': ['', Match.arrayWith([':training-job/', { Ref: 'Name' }])] } });
});

test('the events of a job are watched from a stack of another team', () => {
  const app = new App();
  const training = new TrainingJob(new Stack(app, 'Jobs'), 'Training', LEAST);
  const watching = new Stack(app, 'Watching');
  training.onFailed('Failed', { crossStackScope: watching });
  TrainingJob.fromTrainingJobName(watching, 'Other', 'vision-1').onFailed('OtherFailed');

  const patterns = Object.values(Template.fromStack(watching).findResources('AWS::Events::Rule')).map(({ Properties }) => Properties.EventPattern.detail.TrainingJobName);
  expect(patterns).toEqual(expect.arrayContaining([[{ prefix: 'jobs-training-' }], ['vision-1']]));
  expect(watching.dependencies).toEqual([]);
});
