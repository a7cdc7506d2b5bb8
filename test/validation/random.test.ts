import { Duration, Size, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as fc from 'fast-check';
import {
  COMPILATION_JOBS, LIFECYCLE_CONFIGS, NOTEBOOK_INSTANCES, OPTIMIZATION_JOBS, PROCESSING_JOBS, TRAINING_JOBS, TRANSFORM_JOBS, TUNING_JOBS,
} from './arbitraries';
import { appOf } from './setup';
import { validate } from '../../local/api/validate';
import { SAGEMAKER_MODEL } from '../../local/sagemaker/model';
import * as jobs from '../../src';

/** `SEED=1 RUNS=1000 npx jest test/validation/random.test.ts` tries others, and more of them. */
const RUN = { seed: Number(process.env.SEED ?? 20261121), numRuns: Number(process.env.RUNS ?? 20) };

const ROLE_ARN = 'arn:aws:iam::111122223333:role/train';
const NOWHERE = jobs.S3Location.fromUri('nowhere');
const TOO_LONG = 'x'.repeat(3000);
const roleOf = (stack: Stack) => iam.Role.fromRoleArn(stack, 'Role', ROLE_ARN);
const entries = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`x${index}`, '']));

const entriesOf = (count: number) => Object.keys(entries(count));

/** What breaks one constraint of valid props, and what is said of it. */
type Mutation = readonly [props: any, message: string];

interface Kind {
  readonly props: fc.Arbitrary<any>;
  readonly make: (stack: Stack, props: any) => unknown;
  readonly operation: string;
  /** The member that the deployment gives. */
  readonly nameMember: string;
  readonly resourceType: string;
  /** From the resource's properties to the request. */
  readonly requestOf?: (properties: any) => any;
  readonly mutations: readonly Mutation[];
}

const RANDOM_REQUESTS: { readonly [construct: string]: Kind } = {
  TrainingJob: {
    props: TRAINING_JOBS,
    make: (stack, props) => new jobs.TrainingJob(stack, 'Construct', { role: roleOf(stack), waitForCompletion: false, ...props }),
    operation: 'CreateTrainingJob',
    nameMember: 'TrainingJobName',
    resourceType: 'Custom::SageMakerTrainingJob',
    mutations: [
      [{ trainingJobName: 'a_b' }, 'trainingJobName: must consist of letters, digits and hyphens, with no hyphen at either end; got a_b'],
      [{ trainingJobName: 'x'.repeat(64) }, 'trainingJobName: must have 1 to 63 characters; got 64 characters'],
      [{ maximumRetryAttempts: 31 }, 'maximumRetryAttempts: must be 1 to 30; got 31'],
      [{ maximumRetryAttempts: 0 }, 'maximumRetryAttempts: must be 1 to 30; got 0'],
      [{ hyperParameters: entries(101) }, 'hyperParameters: must have at most 100 entries; got 101'],
      [{ hyperParameters: { list: TOO_LONG } }, 'hyperParameters.list: must have at most 2500 characters; got 3000 characters'],
      [{ hyperParameters: { list: 'a\nb' } }, 'hyperParameters.list: must not have line breaks; got 3 characters'],
      [{ environment: { '1ST': '' } }, 'environment: keys must consist of letters, digits and underscores, with no digit at the beginning; got 1ST'],
      [{ outputLocation: NOWHERE }, 'outputLocation: must begin with s3:// or https://, and name a bucket; got nowhere'],
      [{ checkpointConfig: { location: NOWHERE } }, 'checkpointConfig.location: must begin with s3:// or https://'],
      [{ inputDataConfig: [jobs.InputChannel.fromS3('a b', NOWHERE)] }, 'inputDataConfig[0].channelName: must consist of letters, digits, dots, hyphens and underscores; got a b'],
      [{ metricDefinitions: [{ name: '', regex: 'a' }] }, 'metricDefinitions[0].name: must have 1 to 255 characters; got 0 characters'],
      [{ experimentConfig: { runName: '-a' } }, 'experimentConfig.runName: must consist of letters, digits and hyphens, with no hyphen at either end; got -a'],
      [{ maxPendingTime: Duration.minutes(1) }, 'maxPendingTime: must be 7200 to 2419200 seconds; got 60 seconds'],
      [{ keepAlivePeriod: Duration.days(1) }, 'keepAlivePeriod: must be 0 to 21600 seconds; got 86400 seconds'],
      [{ volumeSize: Size.gibibytes(1.5) }, 'volumeSize: must be a whole number of GiB; got 1.5 GiB'],
    ],
  },
  HyperParameterTuningJob: {
    props: TUNING_JOBS,
    make: (stack, props) => new jobs.HyperParameterTuningJob(stack, 'Construct', { role: roleOf(stack), waitForCompletion: false, ...props }),
    operation: 'CreateHyperParameterTuningJob',
    nameMember: 'HyperParameterTuningJobName',
    resourceType: 'Custom::SageMakerHyperParameterTuningJob',
    mutations: [
      [{ hyperParameterTuningJobName: 'x'.repeat(33) }, 'hyperParameterTuningJobName: must have 1 to 32 characters; got 33 characters'],
      [{ maxParallelTrainingJobs: 0 }, 'maxParallelTrainingJobs: must be at least 1; got 0'],
      [{ maxRuntime: Duration.seconds(119) }, 'maxRuntime: must be 120 to 15768000 seconds; got 119 seconds'],
      [{ maxNumberOfTrainingJobsNotImproving: 2 }, 'maxNumberOfTrainingJobsNotImproving: must be at least 3; got 2'],
      [{ targetObjectiveMetricValue: NaN }, 'targetObjectiveMetricValue: must be a number; got NaN'],
      [{ randomSeed: -1 }, 'randomSeed: must be at least 0; got -1'],
      [{ parameterRanges: [jobs.ParameterRange.categorical('optimizer', [])] }, 'parameterRanges[optimizer].values: must have 1 to 30 entries; got 0'],
    ],
  },
  CompilationJob: {
    props: COMPILATION_JOBS,
    make: (stack, props) => new jobs.CompilationJob(stack, 'Construct', { role: roleOf(stack), waitForCompletion: false, ...props }),
    operation: 'CreateCompilationJob',
    nameMember: 'CompilationJobName',
    resourceType: 'Custom::SageMakerCompilationJob',
    mutations: [
      [{ compilationJobName: '-' }, 'compilationJobName: must consist of letters, digits and hyphens, with no hyphen at either end; got -'],
      [{ outputLocation: NOWHERE }, 'outputLocation: must begin with s3:// or https://, and name a bucket; got nowhere'],
      [{ compilerOptions: jobs.CompilerSettings.fromJson('{}') }, 'compilerOptions: must have 3 to 1024 characters; got 2 characters: {}'],
      [{ model: jobs.CompilationModel.fromModelPackageArn('package') }, 'model.modelPackageArn: must match arn:aws[a-z\\-]*:sagemaker:'],
      [{ maxRuntime: Duration.seconds(0) }, 'maxRuntime: must be at least 1 seconds; got 0 seconds'],
    ],
  },
  ProcessingJob: {
    props: PROCESSING_JOBS,
    make: (stack, props) => new jobs.ProcessingJob(stack, 'Construct', { role: roleOf(stack), waitForCompletion: false, ...props }),
    operation: 'CreateProcessingJob',
    nameMember: 'ProcessingJobName',
    resourceType: 'Custom::SageMakerProcessingJob',
    mutations: [
      [{ processingJobName: 'a_b' }, 'processingJobName: must consist of letters, digits and hyphens, with no hyphen at either end; got a_b'],
      [{ instanceCount: 101 }, 'instanceCount: must be 1 to 100; got 101'],
      [{ volumeSize: Size.gibibytes(16385) }, 'volumeSize: must be 1 to 16384 GiB; got 16385 GiB'],
      [{ maxRuntime: Duration.days(10) }, 'maxRuntime: must be 1 to 777600 seconds; got 864000 seconds'],
      [{ environment: { LIST: TOO_LONG } }, 'environment.LIST: must have at most 256 characters; got 3000 characters'],
      [{ processingInputs: [jobs.ProcessingInput.fromS3('a', NOWHERE)] }, 'processingInputs[0].location: must begin with s3:// or https://, and name a bucket; got nowhere'],
      [{ processingOutputs: [jobs.ProcessingOutput.toFeatureGroup('a', '-')] }, 'processingOutputs[0].featureGroupName: must consist of letters, digits, hyphens and underscores, with a letter or digit at both ends; got -'],
      [{ containerArguments: entriesOf(101) }, 'containerArguments: must have 1 to 100 entries; got 101'],
    ],
  },
  TransformJob: {
    props: TRANSFORM_JOBS,
    make: (stack, props) => new jobs.TransformJob(stack, 'Construct', { waitForCompletion: false, ...props }),
    operation: 'CreateTransformJob',
    nameMember: 'TransformJobName',
    resourceType: 'Custom::SageMakerTransformJob',
    mutations: [
      [{ transformJobName: 'a_b' }, 'transformJobName: must consist of letters, digits and hyphens, with no hyphen at either end; got a_b'],
      [{ model: jobs.TransformModel.fromModelName('a_b') }, 'model: must consist of letters, digits and hyphens, with no hyphen at either end; got a_b'],
      [{ transformInput: jobs.TransformInput.fromS3(NOWHERE) }, 'transformInput.location: must begin with s3:// or https://, and name a bucket; got nowhere'],
      [{ outputLocation: NOWHERE }, 'outputLocation: must begin with s3:// or https://, and name a bucket; got nowhere'],
      [{ instanceCount: 101 }, 'instanceCount: must be at most 100; got 101'],
      [{ maxPayload: Size.mebibytes(101) }, 'maxPayload: must be at most 100 MiB; got 101 MiB'],
      [{ maxPayload: Size.kibibytes(1536) }, 'maxPayload: must be a whole number of MiB; got 1.5 MiB'],
      [{ maxPayload: Size.mebibytes(30), maxConcurrentTransforms: 4 }, 'maxConcurrentTransforms: must be at most 100 MiB if it is multiplied by `maxPayload`; got 4 * 30 MiB'],
      [{ modelClientConfig: { invocationsTimeout: Duration.hours(2) } }, 'modelClientConfig.invocationsTimeout: must be 1 to 3600 seconds; got 7200 seconds'],
      [{ modelClientConfig: { invocationsMaxRetries: 4 } }, 'modelClientConfig.invocationsMaxRetries: must be 0 to 3; got 4'],
      [{ environment: { ...entries(17) } }, 'environment: must have at most 16 entries; got 17'],
      [{ dataProcessing: { inputFilter: '[1:]' } }, 'dataProcessing.inputFilter: must be a JSONPath expression that begins with $; got [1:]'],
    ],
  },
  OptimizationJob: {
    props: OPTIMIZATION_JOBS,
    make: (stack, props) => new jobs.OptimizationJob(stack, 'Construct', { role: roleOf(stack), waitForCompletion: false, ...props }),
    operation: 'CreateOptimizationJob',
    nameMember: 'OptimizationJobName',
    resourceType: 'Custom::SageMakerOptimizationJob',
    mutations: [
      [{ optimizationJobName: 'a_b' }, 'optimizationJobName: must consist of letters, digits and hyphens, with no hyphen at either end; got a_b'],
      [{ modelSource: jobs.OptimizationModelSource.fromS3(NOWHERE) }, 'modelSource.location: must begin with s3:// or https://, and name a bucket; got nowhere'],
      [{ modelSource: jobs.OptimizationModelSource.fromModelName('-') }, 'modelSource.modelName: must consist of letters, digits and hyphens, with no hyphen at either end; got -'],
      [{ maxInstanceCount: 0 }, 'maxInstanceCount: must be at least 1; got 0'],
      [{ optimizationConfigs: entriesOf(11).map(() => jobs.OptimizationTechnique.quantization()) }, 'optimizationConfigs: must have at most 10 entries; got 11'],
      [{ optimizationConfigs: [jobs.OptimizationTechnique.quantization({ overrideEnvironment: { LIST: TOO_LONG } })] }, 'optimizationConfigs[0].overrideEnvironment.LIST: must have at most 256 characters; got 3000 characters'],
      [{ outputModelName: 'a_b' }, 'outputModelName: must consist of letters, digits and hyphens, with no hyphen at either end; got a_b'],
    ],
  },
  NotebookInstance: {
    props: NOTEBOOK_INSTANCES,
    make: (stack, props) => new jobs.NotebookInstance(stack, 'Construct', { role: roleOf(stack), ...props }),
    operation: 'CreateNotebookInstance',
    nameMember: 'NotebookInstanceName',
    resourceType: 'AWS::SageMaker::NotebookInstance',
    requestOf: ({ LifecycleConfigName, ...properties }) => ({ ...properties, ...LifecycleConfigName ? { LifecycleConfigName: 'made' } : {} }),
    mutations: [
      [{ notebookInstanceName: 'a_b' }, 'notebookInstanceName: must consist of letters, digits and hyphens, with no hyphen at either end; got a_b'],
      [{ volumeSize: Size.gibibytes(4) }, 'volumeSize: must be 5 to 16384 GiB; got 4 GiB'],
      [{ defaultCodeRepository: jobs.NotebookInstanceCodeRepository.fromGitUrl('git@example.com:a.git') }, 'defaultCodeRepository: must be a URL that begins with https://'],
      [{ platformIdentifier: jobs.NotebookInstancePlatformIdentifier.of('x'.repeat(21)) }, 'platformIdentifier: must have at most 20 characters; got 21 characters'],
    ],
  },
  NotebookInstanceLifecycleConfig: {
    props: LIFECYCLE_CONFIGS,
    make: (stack, props) => new jobs.NotebookInstanceLifecycleConfig(stack, 'Construct', props),
    operation: 'CreateNotebookInstanceLifecycleConfig',
    nameMember: 'NotebookInstanceLifecycleConfigName',
    resourceType: 'AWS::SageMaker::NotebookInstanceLifecycleConfig',
    requestOf: ({ OnCreate, ...properties } = {}) => ({ ...properties, ...OnCreate ? { OnCreate: OnCreate.map(encoded) } : {} }),
    mutations: [
      [{ notebookInstanceLifecycleConfigName: 'a_b' }, 'notebookInstanceLifecycleConfigName: must consist of letters, digits and hyphens, with no hyphen at either end; got a_b'],
      [{ notebookInstanceLifecycleConfigName: 'x'.repeat(64) }, 'notebookInstanceLifecycleConfigName: must have at most 63 characters; got 64 characters'],
    ],
  },
};

/** What CloudFormation makes of a script. */
function encoded({ Content }: any): any {
  return { Content: Buffer.from(JSON.stringify(Content['Fn::Base64'])).toString('base64').slice(0, 16384) };
}

function resourceOf({ make, resourceType }: Kind, props: any): any {
  const app = appOf((stack) => make(stack, props));
  return Object.values<any>(app.synth().stacks[0].template.Resources).find(({ Type }) => Type === resourceType).Properties;
}

describe.each(Object.entries(RANDOM_REQUESTS))('%s', (_construct, kind) => {
  const { nameMember, mutations, operation, props, requestOf = ({ Request }) => Request } = kind;

  test('random valid props synthesize, and the service takes their request', () => {
    fc.assert(fc.property(props, (given) => {
      const request = { [nameMember]: 'name', ...requestOf(resourceOf(kind, given)) };
      validate(SAGEMAKER_MODEL, operation, request);
    }), RUN);
  });

  test('random valid props with one that is not are refused, with what it breaks', () => {
    fc.assert(fc.property(props, fc.constantFrom(...mutations), (given, [mutation, message]) => {
      expect(() => resourceOf(kind, { ...given, ...mutation })).toThrow(`[Stack/Construct] ${message}`);
    }), RUN);
  });
});
