import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as fc from 'fast-check';
import {
  COMPILATION_JOBS, NOTEBOOK_INSTANCES, OPTIMIZATION_JOBS, PROCESSING_JOBS, TRAINING_JOBS, TRANSFORM_JOBS, TUNING_JOBS,
} from './arbitraries';
import { appOf, errorsOf } from './setup';
import * as jobs from '../../src';
import { PROPERTY_TYPES } from '../../src/validation/property-types.generated';
import { LEAST_TUNING } from '../fixtures/hyper-parameter-tuning-jobs';
import { LEAST_OPTIMIZATION } from '../fixtures/optimization-jobs';
import { LEAST_PROCESSING } from '../fixtures/processing-jobs';
import { LEAST } from '../fixtures/training-jobs';
import { LEAST_TRANSFORM } from '../fixtures/transform-jobs';

/** `SEED=1 RUNS=1000 npx jest test/validation/handed-props.test.ts` tries others, and more of them. */
const RUN = { seed: Number(process.env.SEED ?? 20261129), numRuns: Number(process.env.RUNS ?? 12) };

interface Receiver {
  /** The structure of the received props. */
  readonly structure: string;
  /** The property that holds them. */
  readonly property?: string;
  readonly make: (stack: Stack, props: any) => unknown;
}

const compilation = {
  model: jobs.CompilationModel.fromS3(jobs.S3Location.fromUri('s3://models/model.tar.gz'), { framework: jobs.CompilationFramework.XGBOOST }),
  outputLocation: jobs.S3Location.fromUri('s3://compiled/'),
  target: jobs.CompilationTarget.fromDevice(jobs.TargetDevice.ML_C5),
};

// The models of compilation and transform jobs have different types, which are checked before anything else.
const RECEIVERS: { readonly [name: string]: Receiver } = {
  'a training job': { structure: 'TrainingJobProps', make: (stack, props) => new jobs.TrainingJob(stack, 'Job', { ...LEAST, ...props }) },
  'a tuning job': { structure: 'HyperParameterTuningJobProps', make: (stack, props) => new jobs.HyperParameterTuningJob(stack, 'Job', { ...LEAST_TUNING, ...props }) },
  'the definition of a tuning job': {
    structure: 'HyperParameterTrainingJobDefinition',
    property: 'trainingJobDefinition',
    make: (stack, props) => new jobs.HyperParameterTuningJob(stack, 'Job', { ...LEAST_TUNING, trainingJobDefinition: { ...LEAST, ...props } }),
  },
  'one of several definitions': {
    structure: 'HyperParameterTrainingJobDefinition',
    property: 'trainingJobDefinitions[0]',
    make: (stack, props) => new jobs.HyperParameterTuningJob(stack, 'Job', {
      ...LEAST_TUNING, trainingJobDefinition: undefined, trainingJobDefinitions: [{ ...LEAST, ...props, definitionName: 'one' }],
    }),
  },
  'a compilation job': { structure: 'CompilationJobProps', make: (stack, props) => new jobs.CompilationJob(stack, 'Job', { ...compilation, ...props, model: compilation.model }) },
  'a processing job': { structure: 'ProcessingJobProps', make: (stack, props) => new jobs.ProcessingJob(stack, 'Job', { ...LEAST_PROCESSING, ...props }) },
  'a transform job': { structure: 'TransformJobProps', make: (stack, props) => new jobs.TransformJob(stack, 'Job', { ...LEAST_TRANSFORM, ...props, model: LEAST_TRANSFORM.model }) },
  'an optimization job': { structure: 'OptimizationJobProps', make: (stack, props) => new jobs.OptimizationJob(stack, 'Job', { ...LEAST_OPTIMIZATION, ...props }) },
  'a notebook instance': {
    structure: 'NotebookInstanceProps', make: (stack, props) => new jobs.NotebookInstance(stack, 'Job', { instanceType: jobs.MlInstanceType.ML_T3_MEDIUM, ...props }),
  },
};

const SENDERS: { readonly [name: string]: fc.Arbitrary<any> } = {
  'a training job': TRAINING_JOBS,
  'a tuning job': TUNING_JOBS,
  'a compilation job': COMPILATION_JOBS,
  'a processing job': PROCESSING_JOBS,
  'a transform job': TRANSFORM_JOBS,
  'an optimization job': OPTIMIZATION_JOBS,
  'a notebook instance': NOTEBOOK_INSTANCES,
};

const pairs = Object.keys(SENDERS).flatMap((from) => Object.keys(RECEIVERS).filter((to) => to !== from).map((to) => [from, to] as const));

test.each(pairs)('props of %s that are passed to %s are part of it, or reported by their names', (from, to) => {
  const { make, property, structure } = RECEIVERS[to];
  fc.assert(fc.property(SENDERS[from], (props) => {
    // What a property means for its owner alone, such as the definition of a tuning job, needs no other one to be wrong here.
    const lost = Object.keys(props).filter((name) => props[name] !== undefined && PROPERTY_TYPES[structure][name] === undefined);
    const reported = errorsOf(appOf((stack) => make(stack, props)))
      .filter(({ rule }) => rule.startsWith('cannot be passed to '))
      .map((message) => message.property);

    expect(reported.sort()).toEqual(lost.map((name) => (property === undefined ? name : `${property}.${name}`)).sort());
  }), RUN);
});

/** The only resource of a type. */
const resourceOf = (example: (stack: Stack) => unknown, type: string): any => {
  const stack = Stack.of(appOf(example).node.findChild('Stack'));
  const [{ Properties }] = Object.values<any>(Template.fromStack(stack, { skipCyclicalDependenciesCheck: true } as any).findResources(type));
  return Properties.Request;
};

test('props that a training job and a definition share give the same request', () => {
  const shared = Object.keys(PROPERTY_TYPES.HyperParameterTrainingJobDefinition);
  fc.assert(fc.property(TRAINING_JOBS, (props) => {
    const common = Object.fromEntries(Object.entries(props).filter(([name]) => shared.includes(name)));
    const { AlgorithmSpecification, HyperParameters, RoleArn: _role, Tags: _tags, ...training } = resourceOf(
      (stack) => new jobs.TrainingJob(stack, 'Job', { ...LEAST, ...common, waitForCompletion: false }), 'Custom::SageMakerTrainingJob',
    );
    const { AlgorithmSpecification: algorithm, RoleArn: _otherRole, StaticHyperParameters, ...definition } = resourceOf(
      (stack) => new jobs.HyperParameterTuningJob(stack, 'Job', { ...LEAST_TUNING, parameterRanges: [], trainingJobDefinition: { ...LEAST, ...common }, waitForCompletion: false }),
      'Custom::SageMakerHyperParameterTuningJob',
    ).TrainingJobDefinition;

    expect(definition).toEqual(training);
    expect(StaticHyperParameters).toEqual(HyperParameters);
    expect(algorithm).toEqual(AlgorithmSpecification);
  }), RUN);
});

const location = jobs.S3Location.fromUri('s3://data/train');

/** A value of every option of a channel, of an input and of an output. */
const OPTIONS: { readonly [option: string]: unknown } = {
  acceptEula: true,
  allowConnections: false,
  catalog: 'AwsDataCatalog',
  compressionType: jobs.CompressionType.NONE,
  contentType: 'text/csv',
  dataDistributionType: jobs.S3DataDistribution.FULLY_REPLICATED,
  dataLocations: [location],
  enableAppManagement: false,
  fileSystemAccessMode: jobs.FileSystemAccessMode.RW,
  hubContentArn: 'arn:aws:sagemaker:eu-west-1:111122223333:hub-content/hub/Model/model/1',
  inputMode: jobs.TrainingInputMode.FILE,
  instanceGroupNames: ['group'],
  localPath: '/opt/ml/processing/data',
  outputCompression: jobs.AthenaResultCompressionType.SNAPPY,
  recordWrapperType: jobs.RecordWrapper.NONE,
  s3CompressionType: jobs.CompressionType.NONE,
  s3DataDistributionType: jobs.S3DataDistribution.FULLY_REPLICATED,
  s3InputMode: jobs.ProcessingS3InputMode.FILE,
  s3UploadMode: jobs.ProcessingS3UploadMode.CONTINUOUS,
  separateOutput: true,
  shuffleSeed: 1,
  workGroup: 'primary',
};

const QUERY = { database: 'web', queryString: 'SELECT 1', outputLocation: location };

/** What takes options, by the structure of the options. */
const TAKERS: { readonly [structure: string]: (stack: Stack, options: any) => unknown } = {
  ManifestChannelOptions: (stack, options) => train(stack, jobs.InputChannel.fromS3('data', location, options)),
  FileSystemChannelOptions: (stack, options) => train(stack, jobs.InputChannel.fromEfsFileSystemId('data', 'fs-12345678', '/data', options)),
  InputChannelOptions: (stack, options) => train(stack,
    jobs.InputChannel.fromHubDatasetArn('data', 'arn:aws:sagemaker:eu-west-1:111122223333:hub-content/hub/DataSet/data/1', options)),
  ManifestInputOptions: (stack, options) => prepare(stack, { processingInputs: [jobs.ProcessingInput.fromS3('data', location, options)] }),
  AthenaInputOptions: (stack, options) => prepare(stack, {
    processingInputs: [jobs.ProcessingInput.fromAthena('data', { ...options, ...QUERY, outputFormat: jobs.AthenaResultFormat.PARQUET })],
  }),
  RedshiftInputOptions: (stack, options) => prepare(stack, {
    processingInputs: [jobs.ProcessingInput.fromRedshift('data', {
      ...options, ...QUERY, outputFormat: jobs.RedshiftResultFormat.PARQUET, clusterId: 'warehouse', dbUser: 'reader', clusterRole: iam.Role.fromRoleName(stack, 'Role', 'warehouse'),
    })],
  }),
  S3OutputOptions: (stack, options) => prepare(stack, { processingOutputs: [jobs.ProcessingOutput.toS3('data', location, options)] }),
};

const train = (stack: Stack, channel: jobs.InputChannel) => new jobs.TrainingJob(stack, 'Job', {
  ...LEAST, subnetIds: ['subnet-11111111'], securityGroupIds: ['sg-11111111'], inputDataConfig: [channel],
});
const prepare = (stack: Stack, props: Partial<jobs.ProcessingJobProps>) => new jobs.ProcessingJob(stack, 'Job', { ...LEAST_PROCESSING, ...props });

test.each([
  ['inputDataConfig', ['ManifestChannelOptions', 'FileSystemChannelOptions', 'InputChannelOptions']],
  ['processing', ['ManifestInputOptions', 'AthenaInputOptions', 'RedshiftInputOptions', 'S3OutputOptions']],
])('options of %s that are passed to another source are part of it, or reported by their names', (_property, structures) => {
  const handed = fc.subarray(Object.keys(OPTIONS).filter((name) => structures.some((structure) => PROPERTY_TYPES[structure][name] !== undefined)));
  fc.assert(fc.property(fc.constantFrom(...structures), handed, (structure, names) => {
    const lost = names.filter((name) => PROPERTY_TYPES[structure][name] === undefined);
    const reported = errorsOf(appOf((stack) => TAKERS[structure](stack, Object.fromEntries(names.map((name) => [name, OPTIONS[name]])))))
      .filter(({ rule }) => rule.startsWith('cannot be passed to '))
      .map((message) => message.property);

    expect(reported.sort()).toEqual(lost.map((name) => expect.stringMatching(new RegExp(`^(inputDataConfig|processing(In|Out)puts)\\[0\\]\\.${name}$`))));
  }), { ...RUN, numRuns: 5 * RUN.numRuns });
});

test('properties that no construct has are a matter of the user, such as those of a subclass', () => {
  interface OwnProps extends jobs.TrainingJobProps { readonly team: string }
  class OwnJob extends jobs.TrainingJob {
    constructor(stack: Stack, props: OwnProps) {
      super(stack, 'Job', props);
    }
  }

  expect(errorsOf(appOf((stack) => new OwnJob(stack, { ...LEAST, team: 'churn' })))).toEqual([]);
});
