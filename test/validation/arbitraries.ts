import { Duration, Size } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import * as jobs from '../../src';
import { SHAPES } from '../../src/validation/model.generated';

const SAGEMAKER = 'arn:aws:sagemaker:eu-west-1:111122223333';
const IMAGE = jobs.ContainerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/train:v1');

/** Props of which each may be left out. */
const some = <T>(props: { [K in keyof T]?: fc.Arbitrary<Exclude<T[K], undefined>> }) =>
  fc.record(props as { [K in keyof T]: fc.Arbitrary<T[K]> }, { requiredKeys: [] }) as unknown as fc.Arbitrary<Partial<T>>;
const text = (pattern: RegExp) => fc.stringMatching(pattern);
const name = (max: number) => text(new RegExp(`^[a-z](-?[a-z0-9]){0,${Math.floor(max / 2) - 1}}$`));
const number = (min: number, max: number) => fc.integer({ min, max });
const minutes = (min: number, max: number) => number(min, max).map((count) => Duration.minutes(count));
const gibibytes = (min: number, max: number) => number(min, max).map((count) => Size.gibibytes(count));
const words = (max: number) => text(new RegExp(`^[a-zA-Z0-9 ,.:/+-]{1,${max}}$`));
const path = text(/^\/[a-z/]{1,40}$/);
const location = text(/^[a-z0-9][a-z0-9-]{2,20}(\/[a-z0-9._-]{1,20}){0,3}\/?$/).map((key) => jobs.S3Location.fromUri(`s3://${key}`));
const constantOf = <T>(type: unknown) => fc.constantFrom(...Object.values(type as { readonly [constant: string]: T }));
const instanceType = fc.constantFrom(...SHAPES.TrainingInstanceType.enum!.map((type) => jobs.MlInstanceType.of(type)));

const channel = fc.tuple(location, some<jobs.S3ChannelOptions>({
  contentType: words(256),
  shuffleSeed: number(0, 2 ** 31),
  s3DataDistributionType: constantOf<jobs.S3DataDistribution>(jobs.S3DataDistribution),
  inputMode: fc.constantFrom(jobs.TrainingInputMode.PIPE, jobs.TrainingInputMode.FILE),
})).map(([data, options]) => (channelName: string) => jobs.InputChannel.fromS3(channelName, data, options));

const channels = fc.array(channel, { maxLength: 20 }).map((makers) => makers.map((make, index) => make(`channel-${index}_x.y`)));

/** What training jobs and the definitions of tuning jobs have in common, but for instances. */
const common = some<jobs.HyperParameterTrainingJobDefinition>({
  hyperParameters: fc.dictionary(text(/^x[a-z_]{0,40}$/), words(100), { maxKeys: 100 }),
  environment: fc.dictionary(text(/^X[A-Z0-9_]{0,40}$/), words(100), { maxKeys: 48 }),
  inputDataConfig: channels,
  metricDefinitions: fc.array(fc.record({ name: words(100), regex: words(100) }), { maxLength: 40 }),
  maxRuntime: minutes(1, 1000),
  outputCompressionType: constantOf<jobs.OutputCompressionType>(jobs.OutputCompressionType),
  enableInterContainerTrafficEncryption: fc.boolean(),
  maximumRetryAttempts: number(1, 30),
  checkpointConfig: fc.record({ location, localPath: path }),
});

/** The ways to say the instances, and what goes with each. */
const instances: fc.Arbitrary<Partial<jobs.HyperParameterTrainingJobDefinition>> = fc.oneof(
  fc.constant({}),
  fc.record({ instanceType, instanceCount: number(1, 10), volumeSize: gibibytes(1, 1000), keepAlivePeriod: minutes(0, 60) }),
  fc.record({
    instanceGroups: fc.uniqueArray(fc.record({ instanceGroupName: name(64), instanceType, instanceCount: number(1, 9) }), {
      minLength: 1, maxLength: 5, selector: ({ instanceGroupName }) => instanceGroupName,
    }),
  }),
  fc.record({
    instanceCount: number(1, 10),
    instancePreferences: fc.uniqueArray(instanceType, { minLength: 1, maxLength: 5, selector: (type) => type.value })
      .map((types) => types.map((type) => ({ instanceType: type }))),
  }),
);

const training = fc.tuple(common, instances, location).map(([options, resources, outputLocation]): jobs.HyperParameterTrainingJobDefinition => ({
  trainingImage: IMAGE, outputLocation, ...options, ...resources,
}));

export const TRAINING_JOBS: fc.Arbitrary<jobs.TrainingJobProps> = fc.tuple(training, some<jobs.TrainingJobProps>({
  trainingJobName: name(63),
  containerEntrypoint: fc.array(words(100), { minLength: 1, maxLength: 100 }),
  containerArguments: fc.array(words(100), { maxLength: 100 }),
  tensorBoardOutputConfig: fc.record({ outputLocation: location, localPath: path }),
  debugHookConfig: fc.record({ outputLocation: location, hookParameters: fc.dictionary(words(50), words(50), { maxKeys: 20 }) }),
  experimentConfig: some<jobs.ExperimentOptions>({ experimentName: name(120), runName: name(120) }),
  profilerConfig: fc.record({ outputLocation: location, profilingInterval: fc.constantFrom(Duration.millis(100), Duration.seconds(60)) }),
  enableRemoteDebug: fc.boolean(),
  enableInfraCheck: fc.boolean(),
  mlflowConfig: fc.record({ mlflowResourceArn: name(60).map((server) => `${SAGEMAKER}:mlflow-tracking-server/${server}`), mlflowRunName: words(100) }),
})).map(([options, more]) => ({ ...options, ...more }));

const objective = words(100).map((metric) => jobs.HyperParameterTuningJobObjective.maximize(metric));

const range = fc.oneof(
  fc.tuple(number(1, 100), number(0, 100), fc.constantFrom(jobs.HyperParameterScalingType.AUTO, jobs.HyperParameterScalingType.LOGARITHMIC))
    .map(([min, size, scalingType]) => (parameter: string) => jobs.ParameterRange.integer(parameter, min, min + size, { scalingType })),
  fc.tuple(number(1, 100), number(0, 100))
    .map(([min, size]) => (parameter: string) => jobs.ParameterRange.continuous(parameter, min / 1000, (min + size) / 1000)),
  fc.array(words(50), { minLength: 1, maxLength: 30 }).map((values) => (parameter: string) => jobs.ParameterRange.categorical(parameter, values)),
);
const ranges = fc.array(range, { minLength: 1, maxLength: 10 }).map((makers) => makers.map((make, index) => make(`parameter${index}`)));

/** Limits that go together: no more parallel jobs than there are. */
const limits = fc.tuple(number(1, 100), number(0, 100))
  .map(([parallel, more]) => ({ maxParallelTrainingJobs: parallel, maxNumberOfTrainingJobs: parallel + more }));

const tuning = fc.tuple(limits, some<jobs.HyperParameterTuningJobProps>({
  hyperParameterTuningJobName: name(32),
  strategy: fc.constantFrom(jobs.HyperParameterTuningJobStrategyType.BAYESIAN, jobs.HyperParameterTuningJobStrategyType.RANDOM),
  maxRuntime: minutes(2, 10_000),
  trainingJobEarlyStoppingType: fc.constant(jobs.TrainingJobEarlyStoppingType.OFF),
  targetObjectiveMetricValue: fc.float({ noNaN: true, noDefaultInfinity: true }),
  maxNumberOfTrainingJobsNotImproving: number(3, 100),
  completeOnConvergence: fc.boolean(),
  randomSeed: number(0, 2 ** 31 - 1),
})).map(([given, more]) => ({ ...given, ...more }));

const single = fc.record({ trainingJobDefinition: training, parameterRanges: ranges, hyperParameterTuningJobObjective: objective });
const definition = fc.record({ definition: training, hyperParameterRanges: ranges, tuningObjective: objective });
const several = fc.array(definition, { minLength: 1, maxLength: 3 })
  .map((definitions) => ({
    // All definitions together have a limit on their variables.
    trainingJobDefinitions: definitions.map(({ definition: given, ...rest }, index) => ({
      ...given, ...rest, environment: undefined, definitionName: `definition-${index}`,
    })),
  }));

export const TUNING_JOBS: fc.Arbitrary<jobs.HyperParameterTuningJobProps> = fc.tuple(tuning, fc.oneof(single, several))
  .map(([given, definitions]) => ({ ...given, ...definitions }));

const model = fc.tuple(name(40), fc.oneof(
  fc.constant({ framework: jobs.CompilationFramework.XGBOOST }),
  fc.tuple(fc.constantFrom(jobs.CompilationFramework.ONNX, jobs.CompilationFramework.MXNET, jobs.CompilationFramework.KERAS),
    fc.array(number(1, 512), { minLength: 1, maxLength: 4 }))
    .map(([framework, shape]) => ({ framework, dataInputConfig: jobs.CompilationDataInput.fromShapes({ data: shape }) })),
)).map(([artifact, options]) => jobs.CompilationModel.fromS3(jobs.S3Location.fromUri(`s3://models/${artifact}.tar.gz`), options));

const processingOutput = fc.tuple(name(20), location, some<jobs.S3OutputOptions>({ separateOutput: fc.boolean() }))
  .map(([outputName, at, options]) => jobs.ProcessingOutput.toS3(outputName, at, options));

export const PROCESSING_JOBS: fc.Arbitrary<jobs.ProcessingJobProps> = some<Omit<jobs.ProcessingJobProps, 'image'>>({
  processingJobName: name(63),
  containerArguments: fc.array(name(20), { minLength: 1, maxLength: 5 }),
  environment: fc.dictionary(text(/^[A-Z][A-Z0-9_]{0,20}$/), name(20), { maxKeys: 3 }),
  processingInputs: fc.uniqueArray(name(20), { maxLength: 10 }).map((names) => names.map((each) => jobs.ProcessingInput.fromS3(each, jobs.S3Location.fromUri(`s3://data/${each}`)))),
  processingOutputs: fc.array(processingOutput, { maxLength: 1 }),
  instanceCount: number(1, 100),
  volumeSize: gibibytes(1, 16384),
  maxRuntime: minutes(1, 1000),
  enableNetworkIsolation: fc.boolean(),
}).map((props) => ({ image: IMAGE, ...props }));

const transformInput = fc.tuple(location, some<jobs.TransformInputOptions>({
  contentType: fc.constantFrom('text/csv', 'application/x-image'),
  compressionType: fc.constantFrom(jobs.CompressionType.NONE, jobs.CompressionType.GZIP),
})).map(([at, options]) => jobs.TransformInput.fromS3(at, { splitType: jobs.SplitType.LINE, ...options }));

export const TRANSFORM_JOBS: fc.Arbitrary<jobs.TransformJobProps> = fc.tuple(
  fc.record({ model: name(63).map((each) => jobs.TransformModel.fromModelName(each)), transformInput, outputLocation: location }),
  some<jobs.TransformJobProps>({
    transformJobName: name(63),
    accept: fc.constantFrom('text/csv', 'application/json'),
    assembleWith: fc.constantFrom(jobs.AssemblyType.NONE, jobs.AssemblyType.LINE),
    batchStrategy: fc.constantFrom(jobs.BatchStrategy.MULTI_RECORD, jobs.BatchStrategy.SINGLE_RECORD),
    environment: fc.dictionary(text(/^[A-Z][A-Z0-9_]{0,20}$/), name(20), { maxKeys: 3 }),
    maxPayload: number(0, 20).map((size) => Size.mebibytes(size)),
    maxConcurrentTransforms: number(0, 5),
    instanceCount: number(1, 100),
    separateOutput: fc.boolean(),
  }),
).map(([needed, more]) => ({ ...needed, ...more }));

const modelSource = fc.oneof(
  location.map((at) => jobs.OptimizationModelSource.fromS3(at)), name(63).map((modelName) => jobs.OptimizationModelSource.fromModelName(modelName)),
);
const technique = fc.constantFrom(jobs.OptimizationTechnique.quantization(), jobs.OptimizationTechnique.compilation());

export const OPTIMIZATION_JOBS: fc.Arbitrary<jobs.OptimizationJobProps> = fc.tuple(
  fc.record({
    modelSource,
    deploymentInstanceType: fc.constantFrom(jobs.MlInstanceType.ML_G5_12XLARGE, jobs.MlInstanceType.ML_P5_48XLARGE),
    optimizationConfigs: fc.array(technique, { minLength: 1, maxLength: 10 }),
    outputLocation: location,
  }),
  some<jobs.OptimizationJobProps>({
    optimizationJobName: name(63),
    maxInstanceCount: number(1, 100),
    optimizationEnvironment: fc.dictionary(text(/^[A-Z][A-Z0-9_]{0,20}$/), name(20), { maxKeys: 25 }),
    maxRuntime: minutes(1, 1000),
    separateOutput: fc.boolean(),
    outputModelName: name(63),
  }),
).map(([needed, more]) => ({ ...needed, ...more }));

export const COMPILATION_JOBS: fc.Arbitrary<jobs.CompilationJobProps> = fc.tuple(
  fc.record({ model, outputLocation: location, target: fc.constant(jobs.CompilationTarget.fromDevice(jobs.TargetDevice.ML_C5)) }),
  some<jobs.CompilationJobProps>({ compilationJobName: name(63), maxRuntime: minutes(1, 1000), separateOutput: fc.boolean() }),
).map(([needed, more]) => ({ ...needed, ...more }));

const scripts = fc.array(words(200), { maxLength: 3 })
  .map((contents) => contents.map((content, index) => jobs.NotebookInstanceLifecycleScript.fromInline(content, { name: `script${index}` })));

export const NOTEBOOK_INSTANCES: fc.Arbitrary<jobs.NotebookInstanceProps> = fc.tuple(
  fc.record({ instanceType: fc.constantFrom(jobs.MlInstanceType.ML_T3_MEDIUM, jobs.MlInstanceType.ML_G5_XLARGE) }),
  some<jobs.NotebookInstanceProps>({
    notebookInstanceName: name(63),
    volumeSize: gibibytes(5, 16_384),
    // SageMaker no longer starts instances on the earlier ones, which synthesis rejects.
    platformIdentifier: fc.constant(jobs.NotebookInstancePlatformIdentifier.NOTEBOOK_AL2023_V1),
    minimumInstanceMetadataServiceVersion: constantOf<jobs.NotebookInstanceMetadataServiceVersion>(jobs.NotebookInstanceMetadataServiceVersion),
    enableRootAccess: fc.boolean(),
    defaultCodeRepository: name(40).map((repository) => jobs.NotebookInstanceCodeRepository.fromGitUrl(`https://example.com/${repository}.git`)),
    additionalCodeRepositories: fc.array(name(40), { maxLength: 3 })
      .map((names) => names.map((repository) => jobs.NotebookInstanceCodeRepository.fromCodeRepositoryName(repository))),
    onStart: scripts,
  }),
).map(([needed, more]) => ({ ...needed, ...more }));

export const LIFECYCLE_CONFIGS: fc.Arbitrary<jobs.NotebookInstanceLifecycleConfigProps> = some<jobs.NotebookInstanceLifecycleConfigProps>({
  notebookInstanceLifecycleConfigName: name(63),
  onCreate: scripts,
});
