import { App, type ArnComponents, Aws, CfnResource, CustomResource, Duration, Fn, Size, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Provider } from 'aws-cdk-lib/custom-resources';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { ContainerImage, MlInstanceType, NotebookInstance, S3Location, TrainingJob, type TrainingJobProps } from 'cdk-sagemaker-jobs';

const ROLE_ARN = 'arn:aws:iam::111122223333:role/train';
const INSTANCE_TYPES = ['ml.m5.xlarge', 'ml.m5.2xlarge', 'ml.c5.xlarge', 'ml.g5.xlarge'];
const DEFAULT_RUNTIME_MINUTES = 60;

/** The jobs of users differ in most of their values, so that results of earlier ones cannot be reused. */
const varied = (job: number) => ({
  image: `111122223333.dkr.ecr.eu-west-1.amazonaws.com/train-${job % 20}:v${job}`,
  hyperParameters: { epochs: `${10 + job}`, lr: `0.${job + 1}`, seed: `${job * 7}` },
  location: `s3://results-${job % 10}/models/${job}`,
  instanceType: INSTANCE_TYPES[job % INSTANCE_TYPES.length],
});

/** The request of a job, as the constructs render it. */
function requestOf(job: number, RoleArn: string, minutes: number = DEFAULT_RUNTIME_MINUTES) {
  const { hyperParameters, image, instanceType, location } = varied(job);
  return {
    HyperParameters: hyperParameters,
    AlgorithmSpecification: { TrainingImage: image, TrainingInputMode: 'File' },
    RoleArn,
    OutputDataConfig: { S3OutputPath: location },
    ResourceConfig: { InstanceType: instanceType, InstanceCount: 1, VolumeSizeInGB: 30 },
    StoppingCondition: { MaxRuntimeInSeconds: minutes * 60 },
  };
}

const TYPE = 'Custom::SageMakerTrainingJob';

/** Short jobs have one window, as one plain resource has. */
const SHORT = { maxRuntime: Duration.minutes(5) };

/** The same jobs or notebook instances, created in different ways. */
export const STACKS = {
  /** The default job: with a role of its own and the default runtime, which needs two windows. */
  ours(stack: Stack, jobs: number): void {
    for (let job = 0; job < jobs; job++) addJob(stack, job);
  },

  /** With a shared role, in one window. */
  shared(stack: Stack, jobs: number): void {
    const role = iam.Role.fromRoleArn(stack, 'Role', ROLE_ARN);
    for (let job = 0; job < jobs; job++) addJob(stack, job, { role, ...SHORT });
  },

  /** The same, without the checks. */
  unchecked(stack: Stack, jobs: number): void {
    const role = iam.Role.fromRoleArn(stack, 'Role', ROLE_ARN);
    for (let job = 0; job < jobs; job++) addJob(stack, job, { role, ...SHORT }).node.validate = () => [];
  },

  /** The lower limit for jobs with a shared role: resources with the same properties and nothing else. */
  plain(stack: Stack, jobs: number): void {
    const { functionArn: ServiceToken } = handler(stack, 'Function');
    for (let job = 0; job < jobs; job++) {
      new CfnResource(stack, `Job${job}`, { type: TYPE, properties: { ServiceToken, ...propertiesOf(job, requestOf(job, ROLE_ARN, 5)) } });
    }
  },

  /** The lower limit for default jobs: the resources of both windows, and a role with the same path, trust policy and permissions. */
  plainRoles(stack: Stack, jobs: number): void {
    const { functionArn: ServiceToken } = handler(stack, 'Function');
    for (let job = 0; job < jobs; job++) {
      const role = roleOf(stack, job);
      const resource = new CfnResource(stack, `Job${job}`, {
        type: TYPE, properties: { ServiceToken, ...propertiesOf(job, requestOf(job, role.roleArn)) },
      });
      resource.node.addDependency(role);
      new CfnResource(stack, `Job${job}Result`, {
        type: 'Custom::SageMakerJobContinuation', properties: { ServiceToken, Kind: 'training', JobName: resource.ref, Wait: { Seconds: '3000' } },
      });
    }
  },

  /** The bare requests as properties of a resource. */
  bare(stack: Stack, jobs: number): void {
    const { functionArn: ServiceToken } = handler(stack, 'Function');
    for (let job = 0; job < jobs; job++) {
      new CfnResource(stack, `Job${job}`, { type: TYPE, properties: { ServiceToken, Request: requestOf(job, ROLE_ARN, 5) } });
    }
  },

  /** The alternative: custom resources with one provider of aws-cdk-lib's provider framework. */
  framework(stack: Stack, jobs: number): void {
    const { serviceToken } = new Provider(stack, 'Provider', {
      onEventHandler: handler(stack, 'OnEvent'), isCompleteHandler: handler(stack, 'IsComplete'),
    });
    for (let job = 0; job < jobs; job++) {
      new CustomResource(stack, `Job${job}`, { serviceToken, resourceType: TYPE, properties: propertiesOf(job, requestOf(job, ROLE_ARN, 5)) });
    }
  },

  /** The alternative outside of deployments: a state machine with a task for each job. */
  tasks(stack: Stack, jobs: number): void {
    const role = iam.Role.fromRoleArn(stack, 'Role', ROLE_ARN);
    const parallel = new sfn.Parallel(stack, 'All');
    for (let job = 0; job < jobs; job++) {
      const { hyperParameters, image, instanceType, location } = varied(job);
      const bucket = location.split('/')[2];
      parallel.branch(new tasks.SageMakerCreateTrainingJob(stack, `Job${job}`, {
        trainingJobName: `job-${job}`,
        algorithmSpecification: { trainingImage: tasks.DockerImage.fromRegistry(image), trainingInputMode: tasks.InputMode.FILE },
        inputDataConfig: [{
          channelName: 'train', dataSource: { s3DataSource: { s3Location: tasks.S3Location.fromJsonExpression('$.input') } },
        }],
        outputDataConfig: { s3OutputLocation: tasks.S3Location.fromJsonExpression(`$.${bucket.replace('-', '')}`) },
        resourceConfig: { instanceCount: 1, instanceType: new ec2.InstanceType(instanceType.slice('ml.'.length)), volumeSize: Size.gibibytes(30) },
        hyperparameters: hyperParameters,
        integrationPattern: sfn.IntegrationPattern.RUN_JOB,
        stoppingCondition: { maxRuntime: Duration.minutes(5) },
        role,
      }));
    }
    new sfn.StateMachine(stack, 'StateMachine', { definitionBody: sfn.DefinitionBody.fromChainable(parallel) });
  },

  notebooks(stack: Stack, notebooks: number): void {
    const role = iam.Role.fromRoleArn(stack, 'Role', ROLE_ARN);
    for (let notebook = 0; notebook < notebooks; notebook++) {
      new NotebookInstance(stack, `Notebook${notebook}`, { instanceType: MlInstanceType.of(INSTANCE_TYPES[notebook % INSTANCE_TYPES.length]), role });
    }
  },

  /** The resources that the notebook instances above render. */
  plainNotebooks(stack: Stack, notebooks: number): void {
    const { roleArn } = iam.Role.fromRoleArn(stack, 'Role', ROLE_ARN);
    for (let notebook = 0; notebook < notebooks; notebook++) {
      new sagemaker.CfnNotebookInstance(stack, `Notebook${notebook}`, {
        instanceType: INSTANCE_TYPES[notebook % INSTANCE_TYPES.length],
        roleArn,
        directInternetAccess: 'Enabled',
        rootAccess: 'Disabled',
        platformIdentifier: 'notebook-al2023-v1',
        instanceMetadataServiceConfiguration: { minimumInstanceMetadataServiceVersion: '2' },
      });
    }
  },
};

export type StackName = keyof typeof STACKS;

/** A template can contain 500 resources, so many jobs with roles are divided between stacks. */
const JOBS_IN_STACK = 100;

/** An app as `cdk init` creates it, with the recommended feature flags. */
export function appOf(name: StackName, jobs: number, outdir?: string): App {
  // Some measurements need more than the 500 resources that CloudFormation allows.
  const app = new App({ analyticsReporting: false, context: { ...flags, '@aws-cdk/core:stackResourceLimit': 0 }, outdir });
  if (name !== 'ours' && name !== 'plainRoles') STACKS[name](new Stack(app, 'Stack'), jobs);
  else for (let stack = 0; stack * JOBS_IN_STACK < jobs; stack++) STACKS[name](new Stack(app, `Stack${stack}`), Math.min(JOBS_IN_STACK, jobs - stack * JOBS_IN_STACK));
  return app;
}

export function synthesized(name: StackName, jobs: number): { readonly Resources: { readonly [id: string]: { readonly Type: string } } } {
  return appOf(name, jobs).synth().stacks[0].template;
}

function addJob(stack: Stack, job: number, props: Partial<TrainingJobProps> = {}): TrainingJob {
  const { hyperParameters, image, instanceType, location } = varied(job);
  return new TrainingJob(stack, `Job${job}`, {
    trainingImage: ContainerImage.fromUri(image),
    hyperParameters,
    outputLocation: S3Location.fromUri(location),
    instanceType: MlInstanceType.of(instanceType),
    ...props,
  });
}

/** A role as a job creates it. */
function roleOf(stack: Stack, job: number): iam.Role {
  const arn = (service: string, resource: string, part: Partial<ArnComponents> = {}) => stack.formatArn({ service, resource, ...part });
  const sources = ['training-job/*', 'processing-job/*'].map((resource) => arn('sagemaker', resource));
  const role = new iam.Role(stack, `Role${job}`, {
    path: `/sagemaker-jobs/${Fn.select(2, Fn.split('/', Aws.STACK_ID))}/`,
    assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com', { conditions: { ArnLike: { 'aws:SourceArn': sources } } }),
  });
  const [, , bucket, ...path] = varied(job).location.split('/');
  const allow = (actions: string[], resources: string[], conditions?: { readonly [operator: string]: unknown }) => (
    role.addToPolicy(new iam.PolicyStatement({ actions, resources, conditions })));
  const repository = { region: 'eu-west-1', account: '111122223333' };
  allow(['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'], [arn('ecr', `repository/train-${job % 20}`, repository)]);
  allow(['ecr:GetAuthorizationToken'], ['*']);
  allow(['s3:PutObject', 's3:AbortMultipartUpload'], [arn('s3', `${bucket}/${path.join('/')}/*`, { region: '', account: '' })]);
  const logGroup = arn('logs', 'log-group:/aws/sagemaker/TrainingJobs');
  allow(['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams', 'logs:CreateLogGroup'], [logGroup, `${logGroup}:*`]);
  allow(['cloudwatch:PutMetricData'], ['*'], { StringEquals: { 'cloudwatch:namespace': ['/aws/sagemaker/TrainingJobs'] } });
  return role;
}

function propertiesOf(job: number, request: object): { readonly [name: string]: unknown } {
  return { Request: request, NamePrefix: `stack-job${job}`, Wait: { Seconds: '3300' } };
}

function handler(stack: Stack, id: string): lambda.Function {
  return new lambda.Function(stack, id, {
    runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => ({});'),
  });
}
