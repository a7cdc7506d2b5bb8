import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as fc from 'fast-check';
import { COMPILATION_JOBS, NOTEBOOK_INSTANCES, PROCESSING_JOBS, TRAINING_JOBS, TRANSFORM_JOBS, TUNING_JOBS } from './arbitraries';
import { appOf, errorsOf } from './setup';
import * as jobs from '../../src';
import { PROPERTY_TYPES } from '../../src/validation/property-types.generated';
import { LEAST_TUNING } from '../fixtures/hyper-parameter-tuning-jobs';
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

const RECEIVERS: { readonly [name: string]: Receiver } = {
  'a training job': { structure: 'TrainingJobProps', make: (stack, props) => new jobs.TrainingJob(stack, 'Job', { ...LEAST, ...props }) },
  'a tuning job': { structure: 'HyperParameterTuningJobProps', make: (stack, props) => new jobs.HyperParameterTuningJob(stack, 'Job', { ...LEAST_TUNING, ...props }) },
  'the definition of a tuning job': {
    structure: 'HyperParameterTrainingJobDefinition',
    property: 'trainingJobDefinition',
    make: (stack, props) => new jobs.HyperParameterTuningJob(stack, 'Job', { ...LEAST_TUNING, trainingJobDefinition: { ...LEAST, ...props } }),
  },
  'a compilation job': { structure: 'CompilationJobProps', make: (stack, props) => new jobs.CompilationJob(stack, 'Job', { ...compilation, ...props }) },
  'a processing job': { structure: 'ProcessingJobProps', make: (stack, props) => new jobs.ProcessingJob(stack, 'Job', { ...LEAST_PROCESSING, ...props }) },
  'a transform job': { structure: 'TransformJobProps', make: (stack, props) => new jobs.TransformJob(stack, 'Job', { ...LEAST_TRANSFORM, ...props }) },
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

test('options of a channel that are passed to a channel from another source are part of it, or reported by their names', () => {
  const options = { contentType: 'text/csv', s3DataDistributionType: jobs.S3DataDistribution.SHARDED_BY_S3_KEY, fileSystemAccessMode: jobs.FileSystemAccessMode.RW };
  const location = jobs.S3Location.fromUri('s3://data/train');
  const channels = [
    jobs.InputChannel.fromS3('a', location, options),
    jobs.InputChannel.fromEfsFileSystemId('b', 'fs-12345678', '/b', options),
    jobs.InputChannel.fromHubDatasetArn('c', 'arn:aws:sagemaker:eu-west-1:111122223333:hub-content/hub/DataSet/c/1', options),
  ];
  const network = { subnetIds: ['subnet-11111111'], securityGroupIds: ['sg-11111111'] };

  expect(errorsOf(appOf((stack) => new jobs.TrainingJob(stack, 'Job', { ...LEAST, ...network, inputDataConfig: channels })))
    .filter(({ rule }) => rule.startsWith('cannot be passed to ')).map(({ property }) => property)).toEqual([
    'inputDataConfig[0].fileSystemAccessMode', 'inputDataConfig[1].s3DataDistributionType', 'inputDataConfig[2].fileSystemAccessMode', 'inputDataConfig[2].s3DataDistributionType',
  ]);
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
