import { Annotations, type App, CfnParameter, Duration, SecretValue, Tags, Token } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as jobs from '../../../src';
import { LEAST_COMPILATION } from '../../fixtures/compilation-jobs';
import { LEAST_TUNING } from '../../fixtures/hyper-parameter-tuning-jobs';
import { newNotebook } from '../../fixtures/notebooks';
import type { Example } from '../../fixtures/synth';
import { LEAST } from '../../fixtures/training-jobs';
import { appOf, errorsOf, warningsOf } from '../setup';

const { HyperParameterTuningJobStrategyType: Strategy, ParameterRange, MlInstanceType: Type } = jobs;

const train = (props: Partial<jobs.TrainingJobProps>): Example => (stack) => new jobs.TrainingJob(stack, 'Job', { ...LEAST, ...props });
const tune = (props: Partial<jobs.HyperParameterTuningJobProps>): Example => (stack) => new jobs.HyperParameterTuningJob(stack, 'Job', {
  ...LEAST_TUNING, ...props,
});
const compile = (props: Partial<jobs.CompilationJobProps>): Example => (stack) => new jobs.CompilationJob(stack, 'Job', { ...LEAST_COMPILATION, ...props });
const model = (options: jobs.CompilationModelOptions, uri: string = 's3://models/model.tar.gz') => ({
  model: jobs.CompilationModel.fromS3(jobs.S3Location.fromUri(uri), options),
});
const channel = (options: jobs.S3ChannelOptions) => jobs.InputChannel.fromS3('train', jobs.S3Location.fromUri('s3://data/train'), options);

const errors = (example: Example) => errorsOf(appOf(example)).map(({ property, rule }) => `${property}: ${rule}`);

test.each<[string, Example, string]>([
  ['a wait that is shorter than the runtime', train({
    enableManagedSpotTraining: true, maxRuntime: Duration.hours(2), maxWaitTime: Duration.hours(1),
  }), 'maxWaitTime: must be at least `maxRuntime` (7200 seconds); got 3600 seconds'],
  ['a wait without spot training', train({ maxWaitTime: Duration.hours(2) }), 'maxWaitTime: is only supported if `enableManagedSpotTraining` is true; got 7200'],
  ['a runtime of a month', train({ maxRuntime: Duration.days(29) }), 'maxRuntime: must be at most 28 days (2419200 seconds); got 2505600'],
  ['a warm pool of spot instances', train({
    enableManagedSpotTraining: true, keepAlivePeriod: Duration.minutes(5),
  }), 'keepAlivePeriod: cannot be used if `enableManagedSpotTraining` is true; got 300'],
  ['preferences on spot', train({
    enableManagedSpotTraining: true, instancePreferences: [{ instanceType: Type.ML_M5_LARGE }],
  }), 'enableManagedSpotTraining: cannot be specified together with `instancePreferences`; got true'],
  ['a preference twice', train({
    instancePreferences: [{ instanceType: Type.ML_M5_LARGE }, { instanceType: Type.ML_M5_LARGE }],
  }), 'instancePreferences[1].instanceType: can appear only once in `instancePreferences`; got ml.m5.large'],
  ['a warm pool of groups', train({
    keepAlivePeriod: Duration.minutes(5), instanceGroups: [{ instanceGroupName: 'a', instanceType: Type.ML_M5_LARGE }],
  }), 'keepAlivePeriod: cannot be used with `instanceGroups`; got 300'],
  ['an augmented manifest that is copied', train({
    inputDataConfig: [jobs.InputChannel.fromAugmentedManifest('train', jobs.S3Location.fromUri('s3://data/lines'), ['label'], { inputMode: jobs.TrainingInputMode.FILE })],
  }), 'inputDataConfig[0]: must have Pipe as `inputMode`'],
  ['compression in file mode', train({
    inputDataConfig: [channel({ compressionType: jobs.CompressionType.GZIP })],
  }), 'inputDataConfig[0].compressionType: must be omitted or None, unless'],
  ['two channels of one name', train({ inputDataConfig: [channel({}), channel({})] }), 'inputDataConfig[1].channelName: must be unique; got train'],
  ['a base model that is no ARN', (stack) => new jobs.TrainingJob(stack, 'Job', {
    outputLocation: LEAST.outputLocation, serverlessJobConfig: { baseModelArn: 'model', jobType: jobs.ServerlessJobType.FINE_TUNING },
  }), 'serverlessJobConfig.baseModelArn: must '],
  ['hub content that is no ARN', train({
    inputDataConfig: [channel({ hubContentArn: 'arn:aws:sagemaker:eu-west-1:aws:hub/Hub' })],
  }), 'inputDataConfig[0].hubContentArn: must be an ARN that ends in hub-content/<hub>/<type>/<name>; got arn:aws:sagemaker:eu-west-1:aws:hub/Hub'],
  ['a dataset that is no ARN', train({ inputDataConfig: [jobs.InputChannel.fromHubDatasetArn('train', 'data')] }), 'inputDataConfig[0].datasetArn: must '],
  ['a model package group that is no ARN', train({ modelPackageConfig: { modelPackageGroupArn: 'group' } }), 'modelPackageConfig.modelPackageGroupArn: must '],
  ['an evaluation of no type', (stack) => new jobs.TrainingJob(stack, 'Job', {
    outputLocation: LEAST.outputLocation, serverlessJobConfig: { baseModelArn: 'arn:aws:sagemaker:eu-west-1:aws:hub-content/H/Model/m/1.0.0', jobType: jobs.ServerlessJobType.EVALUATION },
  }), 'serverlessJobConfig.evaluationType: is required if `jobType` is Evaluation'],
  ['integers on a grid', tune({ strategy: Strategy.GRID, maxNumberOfTrainingJobs: undefined }), 'parameterRanges: must contain only categorical parameters if `strategy` is Grid'],
  ['more jobs at once than in all', tune({ maxParallelTrainingJobs: 5 }), 'maxParallelTrainingJobs: must be at most `maxNumberOfTrainingJobs` (4); got 5'],
  ['early stopping of Hyperband', tune({
    strategy: Strategy.HYPERBAND, hyperbandStrategyConfig: { maxResource: 9 }, trainingJobEarlyStoppingType: jobs.TrainingJobEarlyStoppingType.AUTO,
  }), 'trainingJobEarlyStoppingType: must be Off if `strategy` is Hyperband'],
  ['Hyperband that knows no resource', tune({ strategy: Strategy.HYPERBAND }), 'hyperbandStrategyConfig.maxResource: is required if `strategy` is Hyperband, unless `trainingJobDefinition.hyperParameters` contains one of epochs'],
  ['a range that ends before it begins', tune({ parameterRanges: [ParameterRange.continuous('lr', 1, 0.1)] }), 'parameterRanges[lr].minValue: must be at most `maxValue` (0.1); got 1'],
  ['a logarithm of nothing', tune({
    parameterRanges: [ParameterRange.continuous('lr', 0, 0.1, { scalingType: jobs.HyperParameterScalingType.LOGARITHMIC })],
  }), 'parameterRanges[lr].minValue: must be greater than 0 if `scalingType` is Logarithmic; got 0'],
  ['a range twice', tune({ parameterRanges: [ParameterRange.integer('a', 1, 2), ParameterRange.categorical('a', ['b'])] }), 'parameterRanges[a].parameterName: must be unique; got a'],
  ['definitions of one name', tune({
    trainingJobDefinition: undefined,
    hyperParameterTuningJobObjective: undefined,
    parameterRanges: undefined,
    trainingJobDefinitions: [1, 2].map(() => ({
      ...LEAST, definitionName: 'a', tuningObjective: LEAST_TUNING.hyperParameterTuningJobObjective, hyperParameterRanges: LEAST_TUNING.parameterRanges,
    })),
  }), 'trainingJobDefinitions[1].definitionName: must be unique; got a'],
  ['a key for instances that encrypt themselves', (stack) => new jobs.TrainingJob(stack, 'Job', {
    ...LEAST, instanceType: Type.ML_G5_XLARGE, volumeEncryptionKey: new kms.Key(stack, 'Key'),
  }), 'volumeEncryptionKey: cannot be specified for an instance type with local storage'],
  ['a framework without inputs', compile(model({ framework: jobs.CompilationFramework.TENSORFLOW })), 'model.dataInputConfig: is required if `framework` is one of'],
  ['a version of a framework that has none', compile(model({ framework: jobs.CompilationFramework.XGBOOST, frameworkVersion: '1.3' })), 'model.frameworkVersion: is only supported if `framework` is one of'],
  ['NVIDIA without options', compile({
    target: jobs.CompilationTarget.fromPlatform({
      os: jobs.TargetPlatformOs.LINUX, arch: jobs.TargetPlatformArch.ARM64, accelerator: jobs.TargetPlatformAccelerator.NVIDIA,
    }),
  }), 'compilerOptions: is required for NVIDIA accelerators'],
  ['a secret in a hyperparameter', train({
    hyperParameters: { password: SecretValue.secretsManager('database').unsafeUnwrap() },
  }), 'hyperParameters.password: must not contain a secret'],
  ['an access key in the environment', train({ environment: { KEY: 'AKIAIOSFODNN7EXAMPLE' } }), 'environment.KEY: must not contain an access key'],
  ['a notebook without internet and without a subnet', (stack) => newNotebook(stack, {
    enableDirectInternetAccess: false,
  }), 'enableDirectInternetAccess: can be false only together with `vpc`; got false'],
])('%s is refused in the words of the user', (_name, example, message) => {
  expect(errors(example).filter((error) => error.startsWith(message))).toHaveLength(1);
});

test.each<[string, Example, string]>([
  ['Hyperband settings of another strategy', tune({ hyperbandStrategyConfig: { minResource: 1, maxResource: 9 } }), 'hyperband-config-of-hyperband'],
  ['long spot training without checkpoints', train({ enableManagedSpotTraining: true, maxRuntime: Duration.hours(5) }), 'long-spot-needs-checkpoints'],
  ['a variable that is named like a secret', train({ environment: { DB_PASSWORD: 'hunter2' } }), 'no-secrets-by-name'],
  ['a grid with another number of jobs', tune({
    strategy: Strategy.GRID, parameterRanges: [ParameterRange.categorical('depth', ['2', '4'])], maxNumberOfTrainingJobs: 3,
  }), 'grid-counts-itself'],
  ['a model that is no archive', compile(model({ framework: jobs.CompilationFramework.XGBOOST }, 's3://models/prefix')), 'model-is-archive'],
])('%s is warned of, and can be acknowledged', (_name, example, id) => {
  const ids = (app: App) => warningsOf(app).map((warning) => warning.id);
  const acknowledged = appOf((stack) => {
    example(stack);
    Annotations.of(stack).acknowledgeWarning(`cdk-sagemaker-jobs:${id}`);
  });

  expect(ids(appOf(example))).toContain(`cdk-sagemaker-jobs:${id}`);
  expect(ids(acknowledged)).not.toContain(`cdk-sagemaker-jobs:${id}`);
});

test('what is not known before the deployment passes', () => {
  const app = appOf((stack) => {
    const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
    const word = new CfnParameter(stack, 'Word').valueAsString;
    new jobs.TrainingJob(stack, 'Training', {
      ...LEAST,
      enableManagedSpotTraining: true,
      maxRuntime: Duration.seconds(number),
      maxWaitTime: Duration.seconds(60),
      waitTimeout: Duration.hours(1),
      instanceType: Type.of(word),
      hyperParameters: { api_key: word },
      inputDataConfig: [channel({ inputMode: jobs.TrainingInputMode.of(word), compressionType: jobs.CompressionType.GZIP })],
    });
    new jobs.HyperParameterTuningJob(stack, 'Tuning', {
      ...LEAST_TUNING,
      strategy: Strategy.of(word),
      maxParallelTrainingJobs: number,
      waitTimeout: Duration.hours(1),
      parameterRanges: [ParameterRange.continuous('lr', number, 0.1)],
    });
    new jobs.CompilationJob(stack, 'Compilation', {
      ...LEAST_COMPILATION, ...model({ framework: jobs.CompilationFramework.of(word), frameworkVersion: '1.3' }, Token.asString({ Ref: 'Word' })),
    });
  });

  expect(errorsOf(app)).toEqual([]);
});

test('no message shows a secret', () => {
  const hidden = ['AKIAIOSFODNN7EXAMPLE', 'hunter2', '-----BEGIN'];
  const app = appOf((stack) => {
    Tags.of(new jobs.TrainingJob(stack, 'Job', {
      ...LEAST,
      hyperParameters: { id: hidden[0], password: hidden[1] },
      environment: { KEY: `${hidden[2]} PRIVATE KEY-----`, DATABASE: `postgres://admin:${hidden[1]}@db` },
    })).add('password', hidden[1]);
  });
  const warned = appOf(train({ environment: { PASSWORD: hidden[1], DATABASE: `postgres://admin:${hidden[1]}@db` } }));
  const messages = [...errorsOf(app), ...warningsOf(warned)].map(({ property, rule }) => `${property}: ${rule}`);

  expect(messages.length).toBeGreaterThan(3);
  expect(messages.filter((message) => hidden.some((secret) => message.includes(secret)))).toEqual([]);
});

test('the secret of a construct is found behind its token', () => {
  const error = errors((stack) => new jobs.TrainingJob(stack, 'Job', {
    ...LEAST, environment: { DATABASE: `https://me:${new secretsmanager.Secret(stack, 'Secret').secretValueFromJson('password').unsafeUnwrap()}@db` },
  }));

  expect(error).toEqual([expect.stringMatching(/^environment\.DATABASE: must not contain a secret/)]);
});
