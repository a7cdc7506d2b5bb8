import { App, CfnResource, CustomResource, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { ContainerImage, S3Location, TrainingJob } from 'cdk-sagemaker-jobs';

/** The request of every job below. */
export const REQUEST = {
  HyperParameters: { epochs: '10', lr: '0.1' },
  AlgorithmSpecification: { TrainingImage: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/train:v1', TrainingInputMode: 'File' },
  RoleArn: 'arn:aws:iam::111122223333:role/train',
  OutputDataConfig: { S3OutputPath: 's3://results/models' },
  ResourceConfig: { InstanceType: 'ml.m5.xlarge', InstanceCount: 1, VolumeSizeInGB: 30 },
  StoppingCondition: { MaxRuntimeInSeconds: 600 },
};

const TYPE = 'Custom::SageMakerTrainingJob';

/** The same jobs, created in different ways. */
export const STACKS = {
  /** With the constructs of this library. */
  ours(stack: Stack, jobs: number): void {
    const role = iam.Role.fromRoleArn(stack, 'Role', REQUEST.RoleArn);
    for (let job = 0; job < jobs; job++) addJob(stack, `Job${job}`, role);
  },

  /** With the constructs of this library, without the checks. */
  unchecked(stack: Stack, jobs: number): void {
    const role = iam.Role.fromRoleArn(stack, 'Role', REQUEST.RoleArn);
    for (let job = 0; job < jobs; job++) addJob(stack, `Job${job}`, role).node.validate = () => [];
  },

  /** The lower limit: resources with the same properties and nothing else. */
  plain(stack: Stack, jobs: number): void {
    const { functionArn: ServiceToken } = handler(stack, 'Function');
    for (let job = 0; job < jobs; job++) {
      new CfnResource(stack, `Job${job}`, { type: TYPE, properties: { ServiceToken, ...propertiesOf(job) } });
    }
  },

  /** The bare requests as properties of a resource. */
  bare(stack: Stack, jobs: number): void {
    const { functionArn: ServiceToken } = handler(stack, 'Function');
    for (let job = 0; job < jobs; job++) new CfnResource(stack, `Job${job}`, { type: TYPE, properties: { ServiceToken, Request: REQUEST } });
  },

  /** The minimum cost of a construct with a resource. */
  nested(stack: Stack, jobs: number): void {
    const { functionArn: ServiceToken } = handler(stack, 'Function');
    for (let job = 0; job < jobs; job++) {
      new CustomResource(stack, `Job${job}`, { serviceToken: ServiceToken, resourceType: TYPE, properties: propertiesOf(job) });
    }
  },

  /** The alternative: custom resources with one provider of aws-cdk-lib's provider framework. */
  peer(stack: Stack, jobs: number): void {
    const { serviceToken } = new Provider(stack, 'Provider', {
      onEventHandler: handler(stack, 'OnEvent'), isCompleteHandler: handler(stack, 'IsComplete'),
    });
    for (let job = 0; job < jobs; job++) {
      new CustomResource(stack, `Job${job}`, { serviceToken, resourceType: TYPE, properties: propertiesOf(job) });
    }
  },
};

export type StackName = keyof typeof STACKS;

export function synthesized(name: StackName, jobs: number): { readonly Resources: { readonly [id: string]: { readonly Type: string } } } {
  const app = new App({ analyticsReporting: false });
  STACKS[name](new Stack(app, 'Stack'), jobs);
  return app.synth().getStackByName('Stack').template;
}

function addJob(stack: Stack, id: string, role: iam.IRole): TrainingJob {
  return new TrainingJob(stack, id, {
    trainingImage: ContainerImage.fromUri(REQUEST.AlgorithmSpecification.TrainingImage),
    hyperParameters: REQUEST.HyperParameters,
    outputLocation: S3Location.fromUri(REQUEST.OutputDataConfig.S3OutputPath),
    role,
    maxRuntime: Duration.minutes(10),
  });
}

function propertiesOf(job: number): { readonly [name: string]: unknown } {
  return { Request: REQUEST, NamePrefix: `stack-job${job}`, Wait: { Seconds: '3300' } };
}

function handler(stack: Stack, id: string): lambda.Function {
  return new lambda.Function(stack, id, {
    runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => ({});'),
  });
}
