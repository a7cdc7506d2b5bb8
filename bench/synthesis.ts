import { App, CfnResource, CustomResource, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { ContainerImage, S3Location, TrainingJob } from 'cdk-sagemaker-jobs';
import { type Comparison, timed } from './measure';

const REQUEST = {
  HyperParameters: { epochs: '10', lr: '0.1' },
  AlgorithmSpecification: { TrainingImage: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/train:v1', TrainingInputMode: 'File' },
  RoleArn: 'arn:aws:iam::111122223333:role/train',
  OutputDataConfig: { S3OutputPath: 's3://results/models' },
  ResourceConfig: { InstanceType: 'ml.m5.xlarge', InstanceCount: 1, VolumeSizeInGB: 30 },
  StoppingCondition: { MaxRuntimeInSeconds: 600 },
};

/** The constructs of this library. */
function ours(stack: Stack, jobs: number): void {
  const role = iam.Role.fromRoleArn(stack, 'Role', REQUEST.RoleArn);
  for (let job = 0; job < jobs; job++) {
    new TrainingJob(stack, `Job${job}`, {
      trainingImage: ContainerImage.fromRegistry(REQUEST.AlgorithmSpecification.TrainingImage),
      hyperParameters: REQUEST.HyperParameters,
      outputLocation: S3Location.fromUri(REQUEST.OutputDataConfig.S3OutputPath),
      role,
      maxRuntime: Duration.minutes(10),
    });
  }
}

/** The limit: resources that carry the very same properties and nothing else. */
function plain(stack: Stack, jobs: number): void {
  for (let job = 0; job < jobs; job++) {
    new CfnResource(stack, `Job${job}`, {
      type: 'Custom::SageMakerTrainingJob',
      properties: { ServiceToken: 'arn', NamePrefix: `stack-job${job}`, Wait: { Seconds: '3300' }, Request: REQUEST },
    });
  }
}

/** The peer: custom resources on one provider of aws-cdk-lib's provider framework. */
function peer(stack: Stack, jobs: number): void {
  const handler = (id: string) => new lambda.Function(stack, id, {
    runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => ({});'),
  });
  const provider = new Provider(stack, 'Provider', { onEventHandler: handler('OnEvent'), isCompleteHandler: handler('IsComplete') });
  for (let job = 0; job < jobs; job++) {
    new CustomResource(stack, `Job${job}`, {
      serviceToken: provider.serviceToken,
      resourceType: 'Custom::SageMakerTrainingJob',
      properties: { NamePrefix: `stack-job${job}`, Wait: { Seconds: '3300' }, Request: REQUEST },
    });
  }
}

type Contents = (stack: Stack, jobs: number) => void;

function synthesized(contents: Contents, jobs: number) {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Stack');
  contents(stack, jobs);
  return app.synth().getStackByName('Stack').template as { Resources: { [id: string]: unknown } };
}

const time = (contents: Contents, jobs: number) => timed(() => void synthesized(contents, jobs));
const bytes = (contents: Contents, jobs: number) => () => JSON.stringify(synthesized(contents, jobs)).length;
const resources = (contents: Contents, jobs: number) => () => Object.keys(synthesized(contents, jobs).Resources).length;

export const SYNTHESIS: Comparison[] = [
  ...[1, 50, 400].flatMap((jobs): Comparison[] => [
    {
      measure: `synthesis of ${jobs} jobs (ms)`,
      subject: { name: 'TrainingJob', once: time(ours, jobs) },
      against: { name: 'plain resources', once: time(plain, jobs) },
      reach: jobs === 400 ? 1.3 : undefined,
    },
    {
      measure: `synthesis of ${jobs} jobs (ms)`,
      subject: { name: 'TrainingJob', once: time(ours, jobs) },
      against: { name: 'provider framework', once: time(peer, jobs) },
      reach: jobs === 400 ? 1 : undefined,
    },
  ]),
  {
    measure: 'resources of a stack with one job',
    subject: { name: 'TrainingJob', once: resources(ours, 1) },
    against: { name: 'provider framework', once: resources(peer, 1) },
  },
  {
    measure: 'template bytes of 400 jobs',
    subject: { name: 'TrainingJob', once: bytes(ours, 400) },
    against: { name: 'plain resources', once: bytes(plain, 400) },
    reach: 1.2,
  },
];
