import { mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import * as path from 'path';
import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as assets from 'aws-cdk-lib/aws-ecr-assets';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { errorsOf, warningsOf } from './setup';
import * as jobs from '../../src';
import { LEAST_COMPILATION } from '../fixtures/compilation-jobs';
import { LEAST_TUNING } from '../fixtures/hyper-parameter-tuning-jobs';
import { LEAST_PROCESSING } from '../fixtures/processing-jobs';
import { LEAST } from '../fixtures/training-jobs';

const env = { account: '111122223333', region: 'eu-west-1' };
const stackIn = (environment?: { account: string; region: string }) => new Stack(new App(), 'Stack', { env: environment });
const train = (stack: Stack, props: Partial<jobs.TrainingJobProps>) => new jobs.TrainingJob(stack, 'Job', { ...LEAST, ...props });
const errors = (stack: Stack) => errorsOf(stack).map(({ property, rule }) => `${property}: ${rule}`);
const warnings = (stack: Stack) => warningsOf(stack.node.root as App).map(({ id, property, rule }) => [id.replace('cdk-sagemaker-jobs:', ''), `${property}: ${rule}`]);
const csv = (name: string) => jobs.InputChannel.fromS3(name, jobs.S3Location.fromUri('s3://data/train'), { contentType: 'text/csv' });
const xgboost = jobs.ContainerImage.fromBuiltInAlgorithm(jobs.BuiltInAlgorithm.XGBOOST, { version: '1.7-1' });

test.each(['registry.example.com/t:1', 'docker.io/library/python:3.12', 'public.ecr.aws/docker/library/python:3.12'])(
  'the image %s outside Amazon ECR fails at synthesis and points to fromPrivateRegistry', (uri) => {
    const stack = stackIn();
    train(stack, { trainingImage: jobs.ContainerImage.fromUri(uri) });

    expect(errors(stack)).toEqual([expect.stringMatching(/^trainingImage: must be an image in Amazon ECR.*fromPrivateRegistry/)]);
  },
);

test('an image of another Region or partition fails at synthesis, by URI and by an imported repository', () => {
  const images = (stack: Stack) => [
    jobs.ContainerImage.fromUri('111122223333.dkr.ecr.us-east-1.amazonaws.com/train:1'),
    jobs.ContainerImage.fromUri('111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/train:1'),
    jobs.ContainerImage.fromEcrRepository(ecr.Repository.fromRepositoryArn(stack, 'Repository', 'arn:aws:ecr:us-west-2:111122223333:repository/train')),
  ];

  expect([0, 1, 2].map((index) => {
    const stack = stackIn(env);
    train(stack, { trainingImage: images(stack)[index] });
    return errors(stack).map((message) => /got an image in (\S+?)\./.exec(message)?.[1]);
  })).toEqual([['us-east-1'], ['cn-north-1'], ['us-west-2']]);
});

test('an image and a bucket pass where the Region of the stack is a token', () => {
  const stack = stackIn();
  const bucket = s3.Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName: 'data', region: 'us-east-1' });
  train(stack, {
    trainingImage: jobs.ContainerImage.fromUri('111122223333.dkr.ecr.us-east-1.amazonaws.com/train:1'),
    inputDataConfig: [jobs.InputChannel.fromS3('train', jobs.S3Location.fromBucket(bucket))],
  });

  expect(errors(stack)).toEqual([]);
});

test('a bucket of another Region fails as an input and is warned about as an output', () => {
  const stack = stackIn(env);
  const location = (id: string) => jobs.S3Location.fromBucket(s3.Bucket.fromBucketAttributes(stack, id, { bucketName: id.toLowerCase(), region: 'us-east-1' }));
  train(stack, { inputDataConfig: [jobs.InputChannel.fromS3('train', location('Data'))], outputLocation: location('Models') });

  expect(errors(stack)).toEqual([expect.stringContaining('inputDataConfig[0].location: must be in a bucket in eu-west-1')]);
});

test('a bucket of another Region fails wherever a location is an input, also in the data of a manifest', () => {
  const stack = stackIn(env);
  const location = (id: string) => jobs.S3Location.fromBucket(s3.Bucket.fromBucketAttributes(stack, id, { bucketName: id.toLowerCase(), region: 'us-east-1' }), 'a.tar.gz');
  const here = jobs.S3Location.fromUri('s3://data/manifest');
  train(stack, {
    inputDataConfig: [
      jobs.InputChannel.fromManifest('train', here, { dataLocations: [location('Listed'), here] }),
      jobs.InputChannel.fromAugmentedManifest('test', location('Augmented'), ['label'], { inputMode: jobs.TrainingInputMode.PIPE }),
    ],
  });
  new jobs.CompilationJob(stack, 'Compilation', {
    model: jobs.CompilationModel.fromS3(location('Model'), { framework: jobs.CompilationFramework.XGBOOST }),
    outputLocation: here,
    target: jobs.CompilationTarget.fromDevice(jobs.TargetDevice.ML_C5),
  });

  expect(errors(stack)).toEqual([
    'inputDataConfig[0].dataLocations[0]: must be in a bucket in eu-west-1, the Region of the stack; got a bucket in us-east-1',
    'inputDataConfig[1].location: must be in a bucket in eu-west-1, the Region of the stack; got a bucket in us-east-1',
    'model.location: must be in a bucket in eu-west-1, the Region of the stack; got a bucket in us-east-1',
  ]);
});

test('a bucket of another Region is warned about wherever a location is an output', () => {
  const stack = stackIn(env);
  const location = (id: string) => jobs.S3Location.fromBucket(s3.Bucket.fromBucketAttributes(stack, id, { bucketName: id.toLowerCase(), region: 'us-east-1' }));
  const rule = { ruleConfigurationName: 'rule', ruleEvaluatorImage: LEAST.trainingImage };
  train(stack, {
    outputLocation: location('Models'),
    checkpointConfig: { location: location('Checkpoints') },
    debugHookConfig: { outputLocation: location('Tensors') },
    debugRuleConfigurations: [{ ...rule, outputLocation: location('Rules') }],
    tensorBoardOutputConfig: { outputLocation: location('Summaries') },
    profilerConfig: { outputLocation: location('Profiles') },
    profilerRuleConfigurations: [{ ...rule, outputLocation: location('ProfilerRules') }],
  });

  expect(errors(stack)).toEqual([]);
  expect(warnings(stack).filter(([id]) => id === 'output-bucket-in-region').map(([, message]) => message.split(':')[0]).sort()).toEqual([
    'checkpointConfig.location', 'debugHookConfig.outputLocation', 'debugRuleConfigurations[0].outputLocation', 'outputLocation',
    'profilerConfig.outputLocation', 'profilerRuleConfigurations[0].outputLocation', 'tensorBoardOutputConfig.outputLocation',
  ]);
});

test('tag keys that AWS or this library reserves fail at synthesis', () => {
  const stack = stackIn();
  const job = train(stack, {});
  job.cdkTagManager.setTag('aws:owner', 'a');
  job.cdkTagManager.setTag('cdk-sagemaker-jobs:stack-id', 'a');

  expect(errors(stack)).toEqual([expect.stringContaining('must not begin with `aws:`'), expect.stringContaining('must not begin with `cdk-sagemaker-jobs:`')]);
});

test.each([['a known', env], ['an unknown', undefined]])('the inputs of a built-in algorithm are checked in a stack of %s Region', (_region, environment) => {
  const stack = stackIn(environment);
  train(stack, { trainingImage: xgboost, hyperParameters: { num_rounds: '10', num_round: 10, objective: 'binary:logistics' }, inputDataConfig: [csv('train'), csv('valid')] });

  expect(errors(stack)).toEqual([]);
  expect(warnings(stack).map(([id, message]) => [id, /did you mean ([^?]+)\?/.exec(message)?.[1]])).toEqual(expect.arrayContaining([
    ['algorithm-hyperparameter-name', 'num_round'], ['algorithm-hyperparameter-value-of-version', 'binary:logistic'], ['algorithm-channel-name', 'validation'],
  ]));
});

test('a required hyperparameter and a required channel of a built-in algorithm are errors when they are missing', () => {
  const stack = stackIn(env);
  train(stack, { trainingImage: xgboost, inputDataConfig: [csv('validation')] });

  expect(errors(stack)).toEqual([
    expect.stringMatching(/^hyperParameters: must include `num_round`/), expect.stringMatching(/^inputDataConfig: must include the channel `train`/),
  ]);
});

test('an image built from a directory gets the platform of the instances and keeps its hash', () => {
  const directory = path.join(__dirname, '..', 'fixtures', 'image');
  const stack = stackIn();
  const built = train(stack, { trainingImage: jobs.ContainerImage.fromAsset(directory) });
  const hash = new assets.DockerImageAsset(stack, 'Plain', { directory }).assetHash;
  const asset = built.node.children.find((child): child is assets.DockerImageAsset => child instanceof assets.DockerImageAsset)!;

  expect(asset.assetHash).toBe(hash);
  const manifest = (stack.node.root as App).synth().manifest.artifacts!['Stack.assets'].properties as { file: string };
  const { dockerImages } = JSON.parse(readFileSync(path.join((stack.node.root as App).outdir, manifest.file), 'utf8'));
  expect(dockerImages[hash].source.platform).toBe('linux/amd64');
});

test('props of a training job that a tuning job definition cannot carry fail at synthesis by their names', () => {
  const props = { ...LEAST, containerEntrypoint: ['python'], containerArguments: ['train.py'], enableRemoteDebug: true, profilerConfig: {} };
  const stack = stackIn();
  new jobs.HyperParameterTuningJob(stack, 'Job', { ...LEAST_TUNING, trainingJobDefinition: props });

  expect(errors(stack).map((message) => message.split(':')[0])).toEqual([
    'trainingJobDefinition.containerArguments', 'trainingJobDefinition.containerEntrypoint', 'trainingJobDefinition.enableRemoteDebug',
    'trainingJobDefinition.profilerConfig',
  ]);
});

test('the smallest tuning job is waited for 24 hours, and a warning names waitTimeout', () => {
  const stack = stackIn();
  new jobs.HyperParameterTuningJob(stack, 'Job', { enableAutotune: true, trainingJobDefinition: LEAST });

  expect(errors(stack)).toEqual([]);
  expect(warnings(stack)).toEqual([['default-wait-timeout', expect.stringMatching(/^waitTimeout: .*24 hours by default/)]]);
  Template.fromStack(stack).hasResourceProperties('Custom::SageMakerHyperParameterTuningJob', { Wait: { Total: String(24 * 60 * 60) } });
});

test('two definitions of one array have different hyperparameters', () => {
  const definition = { ...LEAST, tuningObjective: jobs.HyperParameterTuningJobObjective.maximize('auc'), metricDefinitions: [{ name: 'auc', regex: 'auc: (.*)' }] };
  const ranges = { hyperParameterRanges: [jobs.ParameterRange.integer('depth', 1, 9)] };
  const definitions = [
    { ...definition, ...ranges, definitionName: 'a', hyperParameters: { epochs: 10 } },
    { ...definition, ...ranges, definitionName: 'b', hyperParameters: { rounds: '20', fast: true }, environment: { LEVEL: 1 } },
  ];
  const stack = stackIn();
  new jobs.HyperParameterTuningJob(stack, 'Job', { maxNumberOfTrainingJobs: 2, trainingJobDefinitions: definitions });

  expect(errors(stack)).toEqual([]);
  Template.fromStack(stack).hasResourceProperties('Custom::SageMakerHyperParameterTuningJob', {
    Request: { TrainingJobDefinitions: [{ StaticHyperParameters: { epochs: '10' } }, { StaticHyperParameters: { rounds: '20', fast: 'true' }, Environment: { LEVEL: '1' } }] },
  });
});

describe('a network without constructs', () => {
  const ids = { subnetIds: ['subnet-11111111'], securityGroupIds: ['sg-11111111', 'sg-22222222'] };

  test('subnets and security groups by their ids are the network of the job, and no rule is written', () => {
    const stack = stackIn();
    train(stack, ids);
    const template = Template.fromStack(stack);

    template.hasResourceProperties('Custom::SageMakerTrainingJob', {
      Request: { VpcConfig: { Subnets: ['subnet-11111111'], SecurityGroupIds: ['sg-11111111', 'sg-22222222'] } },
    });
    template.resourceCountIs('AWS::EC2::SecurityGroup', 0);
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  });

  test('subnets need security groups, and exclude a VPC', () => {
    const stack = stackIn();
    train(stack, { subnetIds: ['subnet-11111111'] });

    expect(errors(stack)).toEqual([expect.stringContaining('securityGroupIds: is required together with `subnetIds`')]);
  });

  test('a notebook instance is in a subnet by its id', () => {
    const stack = stackIn();
    new jobs.NotebookInstance(stack, 'Notebook', { instanceType: jobs.MlInstanceType.ML_T3_MEDIUM, subnetId: 'subnet-11111111', securityGroupIds: ['sg-11111111'] });

    expect(errors(stack)).toEqual([]);
    Template.fromStack(stack).hasResourceProperties('AWS::SageMaker::NotebookInstance', {
      SubnetId: 'subnet-11111111', SecurityGroupIds: ['sg-11111111'], DirectInternetAccess: 'Disabled',
    });
  });

  test('a notebook instance in a subnet by its id needs a security group', () => {
    const stack = stackIn();
    new jobs.NotebookInstance(stack, 'Notebook', { instanceType: jobs.MlInstanceType.ML_T3_MEDIUM, subnetId: 'subnet-11111111' });

    expect(errors(stack)).toEqual([expect.stringContaining('securityGroupIds: is required together with `subnetId`')]);
  });

  test('messages name the property with the ids, and its element', () => {
    const stack = stackIn();
    const wrong = { subnetIds: ['subnet-11111111', 'sub net'], securityGroupIds: ['a b', ...Array.from({ length: 5 }, (_, index) => `sg-${index}`)] };
    train(stack, wrong);
    new jobs.HyperParameterTuningJob(stack, 'Tuning', { ...LEAST_TUNING, trainingJobDefinition: { ...LEAST, ...wrong } });
    new jobs.CompilationJob(stack, 'Compilation', { ...LEAST_COMPILATION, ...wrong });
    new jobs.ProcessingJob(stack, 'Processing', { ...LEAST_PROCESSING, ...wrong });
    new jobs.NotebookInstance(stack, 'Notebook', { instanceType: jobs.MlInstanceType.ML_T3_MEDIUM, subnetId: 'sub net', securityGroupIds: ['a b'] });

    const id = 'must be an id of letters, digits and hyphens';
    const ofJob = ['securityGroupIds: must have 1 to 5 entries; got 6', `securityGroupIds[0]: ${id}; got a b`, `subnetIds[1]: ${id}; got sub net`];
    expect(errors(stack)).toEqual([
      ...ofJob,
      ...ofJob.map((message) => `trainingJobDefinition.${message}`),
      ...ofJob,
      ...ofJob,
      `securityGroupIds[0]: ${id}; got a b`, `subnetId: ${id}; got sub net`,
    ]);
  });

  test('messages name the property with the constructs if a VPC selects the subnets', () => {
    const stack = stackIn();
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['sub net'] });
    train(stack, { vpc });

    expect(errors(stack)).toEqual(['vpcSubnets: must be an id of letters, digits and hyphens; got sub net']);
  });

  test('lists of ids that are tokens pass', () => {
    const stack = stackIn();
    const list = (id: string) => new CfnParameter(stack, id, { type: 'CommaDelimitedList' }).valueAsList;
    train(stack, { subnetIds: list('Subnets'), securityGroupIds: list('Groups') });

    Template.fromStack(stack).hasResourceProperties('Custom::SageMakerTrainingJob', {
      Request: { VpcConfig: { Subnets: { Ref: 'Subnets' }, SecurityGroupIds: { Ref: 'Groups' } } },
    });
  });

  test.each([
    ['EFS', jobs.InputChannel.fromEfsFileSystemId('train', 'fs-12345678', '/train')],
    ['FSxLustre', jobs.InputChannel.fromFsxLustreFileSystemId('train', 'fs-12345678', '/mount/train')],
  ])('a file system of %s is named by its id', (FileSystemType, channel) => {
    const stack = stackIn();
    train(stack, { ...ids, inputDataConfig: [channel] });

    Template.fromStack(stack).hasResourceProperties('Custom::SageMakerTrainingJob', {
      Request: { InputDataConfig: [{ DataSource: { FileSystemDataSource: { FileSystemId: 'fs-12345678', FileSystemType, FileSystemAccessMode: 'ro' } } }] },
    });
  });

  test.each([[undefined, 0], [true, 1]])('the group of an imported file system gets a rule only on request, and only once', (allowConnections, rules) => {
    const stack = stackIn();
    const channel = (name: string) => jobs.InputChannel.fromEfs(name, efs.FileSystem.fromFileSystemAttributes(stack, name, {
      fileSystemId: 'fs-12345678', securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, `Group${name}`, 'sg-12345678'),
    }), '/data', { allowConnections });
    train(stack, { ...ids, securityGroupIds: ['sg-11111111'], inputDataConfig: [channel('train'), channel('test')] });

    Template.fromStack(stack).resourceCountIs('AWS::EC2::SecurityGroupIngress', rules);
  });
});

test('a lifecycle script that runs verbatim is the content of its hook, up to the limit of the service', () => {
  const stack = stackIn();
  const content = `#!/bin/bash\n${'#'.repeat(12_288 - 12)}`;
  new jobs.NotebookInstanceLifecycleConfig(stack, 'Config', { onStart: [jobs.NotebookInstanceLifecycleScript.fromInline(content, { runVerbatim: true })] });

  expect(errors(stack)).toEqual([]);
  Template.fromStack(stack).hasResourceProperties('AWS::SageMaker::NotebookInstanceLifecycleConfig', { OnStart: [{ Content: { 'Fn::Base64': content } }] });
});

test('a lifecycle script that runs verbatim is the only one of its hook', () => {
  const stack = stackIn();
  new jobs.NotebookInstanceLifecycleConfig(stack, 'Config', {
    onStart: [jobs.NotebookInstanceLifecycleScript.fromInline('a', { name: 'a', runVerbatim: true }), jobs.NotebookInstanceLifecycleScript.fromInline('b', { name: 'b' })],
  });

  expect(errors(stack)).toEqual([expect.stringContaining('onStart: must be the only script of its hook')]);
});

test('a lifecycle script given as an asset loses its Windows line ends on the instance', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'script-'));
  writeFileSync(path.join(directory, 'dos.sh'), '#!/bin/bash\r\necho hi\r\n');
  const stack = stackIn();
  new jobs.NotebookInstanceLifecycleConfig(stack, 'Config', { onStart: [jobs.NotebookInstanceLifecycleScript.fromAsset(path.join(directory, 'dos.sh'))] });

  Template.fromStack(stack).hasResourceProperties('AWS::SageMaker::NotebookInstanceLifecycleConfig', {
    OnStart: [{ Content: { 'Fn::Base64': { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp("sed -i 's/\\\\r\\$//' script")])] } } }],
  });
});

test('tokens pass all checks of a built-in algorithm', () => {
  const stack = stackIn(env);
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  train(stack, { trainingImage: xgboost, hyperParameters: { num_round: text('Rounds'), objective: text('Objective') }, inputDataConfig: [jobs.InputChannel.fromS3(text('Channel'), jobs.S3Location.fromUri(text('Uri')))] });

  expect(errors(stack)).toEqual([]);
});
