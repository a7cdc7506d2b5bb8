import type { Path } from './request-rule';
import type { RequestKind } from './shape-constraints';

/**
 * The mapping of API members to the properties of users.
 *
 * This file imports nothing, so that all code that handles requests can use it.
 */

/**
 * The property of an API member: a property, a property with members, or none if its members are properties of the surrounding
 * structure.
 */
type PropertyMapping = string | Property | MemberMappings;

/**
 * The third element marks a list that is not a list of the user, so its indices are meaningless to users. Its elements are
 * identified by this member.
 */
type Property = readonly [property: string, members: MemberMappings] | readonly [property: string, members: MemberMappings, name: string];

interface MemberMappings {
  /** The property of the structure itself. Default: the one of the surrounding structure. */
  readonly ''?: string;
  readonly [member: string]: PropertyMapping | undefined;
}

const TAGS: PropertyMapping = ['tags', { Key: '', Value: '' }, 'Key'];

const VPC: MemberMappings = { '': 'vpc', 'Subnets': ['vpcSubnets', {}, ''], 'SecurityGroupIds': 'securityGroups' };

const CHANNEL: MemberMappings = {
  ChannelName: 'channelName',
  DataSource: {
    S3DataSource: {
      S3DataType: '',
      S3Uri: 'location',
      S3DataDistributionType: 's3DataDistributionType',
      AttributeNames: 'attributeNames',
      InstanceGroupNames: 'instanceGroupNames',
      ModelAccessConfig: { AcceptEula: 'acceptEula' },
      HubAccessConfig: { HubContentArn: 'hubContentArn' },
    },
    FileSystemDataSource: { FileSystemId: 'fileSystem', FileSystemAccessMode: 'fileSystemAccessMode', FileSystemType: '', DirectoryPath: 'directoryPath' },
    DatasetSource: { DatasetArn: 'datasetArn' },
  },
  ContentType: 'contentType',
  CompressionType: 'compressionType',
  RecordWrapperType: 'recordWrapperType',
  InputMode: 'inputMode',
  ShuffleConfig: { Seed: 'shuffleSeed' },
};

const RESOURCES: MemberMappings = {
  '': 'instanceType',
  'InstanceType': 'instanceType',
  'InstanceCount': 'instanceCount',
  'VolumeSizeInGB': 'volumeSize',
  'VolumeKmsKeyId': 'volumeEncryptionKey',
  'KeepAlivePeriodInSeconds': 'keepAlivePeriod',
  'InstanceGroups': ['instanceGroups', { InstanceType: 'instanceType', InstanceCount: 'instanceCount', InstanceGroupName: 'instanceGroupName' }],
  'TrainingPlanArn': 'trainingPlanArn',
  'InstancePlacementConfig': ['instancePlacementConfig', {
    EnableMultipleJobs: 'enableMultipleJobs',
    PlacementSpecifications: ['placementSpecifications', { UltraServerId: 'ultraServerId', InstanceCount: 'instanceCount' }],
  }],
  'InstancePreferences': ['instancePreferences', { InstanceType: 'instanceType', InstanceCount: 'instanceCount', TrainingPlanArns: 'trainingPlanArns' }],
};

const STOPPING: MemberMappings = {
  '': 'maxRuntime', 'MaxRuntimeInSeconds': 'maxRuntime', 'MaxWaitTimeInSeconds': 'maxWaitTime', 'MaxPendingTimeInSeconds': 'maxPendingTime',
};

const EXPERIMENT: PropertyMapping = ['experimentConfig', {
  ExperimentName: 'experimentName', TrialName: 'trialName', TrialComponentDisplayName: 'trialComponentDisplayName', RunName: 'runName',
}];

/** The members that training jobs and the definitions of tuning jobs share. */
const TRAINING: MemberMappings = {
  AlgorithmSpecification: {
    '': 'trainingImage',
    'TrainingImage': 'trainingImage',
    'AlgorithmName': 'algorithmName',
    'TrainingInputMode': 'trainingInputMode',
    'MetricDefinitions': ['metricDefinitions', { Name: 'name', Regex: 'regex' }],
    'EnableSageMakerMetricsTimeSeries': 'enableSageMakerMetricsTimeSeries',
    'ContainerEntrypoint': 'containerEntrypoint',
    'ContainerArguments': 'containerArguments',
    'TrainingImageConfig': {
      '': 'trainingImage',
      'TrainingRepositoryAccessMode': 'trainingImage',
      'TrainingRepositoryAuthConfig': {
        '': 'trainingImage.credentialsProvider', 'TrainingRepositoryCredentialsProviderArn': 'trainingImage.credentialsProvider',
      },
    },
  },
  RoleArn: 'role',
  InputDataConfig: ['inputDataConfig', CHANNEL],
  OutputDataConfig: {
    '': 'outputLocation', 'KmsKeyId': 'outputEncryptionKey', 'S3OutputPath': 'outputLocation', 'CompressionType': 'outputCompressionType',
  },
  ResourceConfig: RESOURCES,
  VpcConfig: VPC,
  StoppingCondition: STOPPING,
  EnableNetworkIsolation: 'enableNetworkIsolation',
  EnableInterContainerTrafficEncryption: 'enableInterContainerTrafficEncryption',
  EnableManagedSpotTraining: 'enableManagedSpotTraining',
  CheckpointConfig: ['checkpointConfig', { S3Uri: 'location', LocalPath: 'localPath' }],
  Environment: 'environment',
  RetryStrategy: { '': 'maximumRetryAttempts', 'MaximumRetryAttempts': 'maximumRetryAttempts' },
};

const RULE: MemberMappings = {
  RuleConfigurationName: 'ruleConfigurationName',
  LocalPath: 'localPath',
  S3OutputPath: 'outputLocation',
  RuleEvaluatorImage: 'ruleEvaluatorImage',
  InstanceType: 'instanceType',
  VolumeSizeInGB: 'volumeSize',
  RuleParameters: 'ruleParameters',
};

const TRAINING_JOB: MemberMappings = {
  ...TRAINING,
  TrainingJobName: 'trainingJobName',
  HyperParameters: 'hyperParameters',
  Tags: TAGS,
  DebugHookConfig: ['debugHookConfig', {
    LocalPath: 'localPath',
    S3OutputPath: 'outputLocation',
    HookParameters: 'hookParameters',
    CollectionConfigurations: ['collectionConfigurations', { CollectionName: 'collectionName', CollectionParameters: 'collectionParameters' }],
  }],
  DebugRuleConfigurations: ['debugRuleConfigurations', RULE],
  TensorBoardOutputConfig: ['tensorBoardOutputConfig', { LocalPath: 'localPath', S3OutputPath: 'outputLocation' }],
  ExperimentConfig: EXPERIMENT,
  ProfilerConfig: ['profilerConfig', {
    S3OutputPath: 'outputLocation',
    ProfilingIntervalInMilliseconds: 'profilingInterval',
    ProfilingParameters: 'profilingParameters',
    DisableProfiler: 'enableProfiler',
  }],
  ProfilerRuleConfigurations: ['profilerRuleConfigurations', RULE],
  RemoteDebugConfig: { '': 'enableRemoteDebug', 'EnableRemoteDebug': 'enableRemoteDebug' },
  InfraCheckConfig: { '': 'enableInfraCheck', 'EnableInfraCheck': 'enableInfraCheck' },
  SessionChainingConfig: { '': 'enableSessionTagChaining', 'EnableSessionTagChaining': 'enableSessionTagChaining' },
  ServerlessJobConfig: ['serverlessJobConfig', {
    BaseModelArn: 'baseModelArn',
    AcceptEula: 'acceptEula',
    JobType: 'jobType',
    CustomizationTechnique: 'customizationTechnique',
    Peft: 'peft',
    EvaluationType: 'evaluationType',
    EvaluatorArn: 'evaluator',
    SequenceLength: 'sequenceLength',
  }],
  MlflowConfig: ['mlflowConfig', {
    MlflowResourceArn: 'mlflowResourceArn', MlflowExperimentName: 'mlflowExperimentName', MlflowRunName: 'mlflowRunName',
  }],
  ModelPackageConfig: ['modelPackageConfig', { ModelPackageGroupArn: 'modelPackageGroupArn', SourceModelPackageArn: 'sourceModelPackageArn' }],
};

/** The ranges of all types are one list for users. */
function ranges(property: string): MemberMappings {
  const numeric: PropertyMapping = [property, { Name: 'parameterName', MinValue: 'minValue', MaxValue: 'maxValue', ScalingType: 'scalingType' }, 'Name'];
  return {
    '': property,
    'IntegerParameterRanges': numeric,
    'ContinuousParameterRanges': numeric,
    'CategoricalParameterRanges': [property, { Name: 'parameterName', Values: 'values' }, 'Name'],
    'AutoParameters': [property, { Name: 'parameterName', ValueHint: 'valueHint' }, 'Name'],
  };
}

const OBJECTIVE: MemberMappings = { Type: 'objectiveType', MetricName: 'metricName' };

const DEFINITION: MemberMappings = {
  ...TRAINING,
  DefinitionName: 'definitionName',
  TuningObjective: ['tuningObjective', OBJECTIVE],
  HyperParameterRanges: ranges('hyperParameterRanges'),
  StaticHyperParameters: 'hyperParameters',
  HyperParameterTuningResourceConfig: ['hyperParameterTuningResourceConfig', {
    InstanceType: 'instanceType',
    InstanceCount: 'instanceCount',
    VolumeSizeInGB: 'volumeSize',
    VolumeKmsKeyId: 'volumeEncryptionKey',
    AllocationStrategy: 'allocationStrategy',
    InstanceConfigs: ['instanceConfigs', { InstanceType: 'instanceType', InstanceCount: 'instanceCount', VolumeSizeInGB: 'volumeSize' }],
  }],
};

const TUNING_JOB: MemberMappings = {
  HyperParameterTuningJobName: 'hyperParameterTuningJobName',
  HyperParameterTuningJobConfig: {
    '': 'strategy',
    'Strategy': 'strategy',
    'StrategyConfig': {
      '': 'hyperbandStrategyConfig',
      'HyperbandStrategyConfig': ['hyperbandStrategyConfig', { MinResource: 'minResource', MaxResource: 'maxResource' }],
    },
    'HyperParameterTuningJobObjective': ['hyperParameterTuningJobObjective', OBJECTIVE],
    'ResourceLimits': {
      '': 'maxNumberOfTrainingJobs',
      'MaxNumberOfTrainingJobs': 'maxNumberOfTrainingJobs',
      'MaxParallelTrainingJobs': 'maxParallelTrainingJobs',
      'MaxRuntimeInSeconds': 'maxRuntime',
    },
    'ParameterRanges': ranges('parameterRanges'),
    'TrainingJobEarlyStoppingType': 'trainingJobEarlyStoppingType',
    'TuningJobCompletionCriteria': {
      '': 'targetObjectiveMetricValue',
      'TargetObjectiveMetricValue': 'targetObjectiveMetricValue',
      'BestObjectiveNotImproving': {
        '': 'maxNumberOfTrainingJobsNotImproving', 'MaxNumberOfTrainingJobsNotImproving': 'maxNumberOfTrainingJobsNotImproving',
      },
      'ConvergenceDetected': { '': 'completeOnConvergence', 'CompleteOnConvergence': 'completeOnConvergence' },
    },
    'RandomSeed': 'randomSeed',
  },
  TrainingJobDefinition: ['trainingJobDefinition', DEFINITION],
  TrainingJobDefinitions: ['trainingJobDefinitions', DEFINITION],
  WarmStartConfig: ['warmStartConfig', {
    ParentHyperParameterTuningJobs: ['parentHyperParameterTuningJobs', { HyperParameterTuningJobName: 'hyperParameterTuningJobName' }],
    WarmStartType: 'warmStartType',
  }],
  Autotune: { '': 'enableAutotune', 'Mode': 'enableAutotune' },
  Tags: TAGS,
};

const COMPILATION_JOB: MemberMappings = {
  CompilationJobName: 'compilationJobName',
  RoleArn: 'role',
  ModelPackageVersionArn: 'model.modelPackageArn',
  InputConfig: ['model', { S3Uri: 'location', DataInputConfig: 'dataInputConfig', Framework: 'framework', FrameworkVersion: 'frameworkVersion' }],
  OutputConfig: {
    '': 'outputLocation',
    'S3OutputLocation': 'outputLocation',
    'TargetDevice': 'target.device',
    'TargetPlatform': ['target', { Os: 'os', Arch: 'arch', Accelerator: 'accelerator' }],
    'CompilerOptions': 'compilerOptions',
    'KmsKeyId': 'outputEncryptionKey',
  },
  VpcConfig: VPC,
  StoppingCondition: STOPPING,
  Tags: TAGS,
};

/** The members of the result of a query. */
const QUERY_RESULT: MemberMappings = {
  QueryString: 'queryString',
  OutputS3Uri: 'outputLocation',
  KmsKeyId: 'outputEncryptionKey',
  OutputFormat: 'outputFormat',
  OutputCompression: 'outputCompression',
};

const PROCESSING_JOB: MemberMappings = {
  ProcessingInputs: ['processingInputs', {
    InputName: 'inputName',
    AppManaged: 'enableAppManagement',
    S3Input: {
      S3Uri: 'location',
      LocalPath: 'localPath',
      S3DataType: '',
      S3InputMode: 's3InputMode',
      S3DataDistributionType: 's3DataDistributionType',
      S3CompressionType: 's3CompressionType',
    },
    DatasetDefinition: {
      AthenaDatasetDefinition: { ...QUERY_RESULT, Catalog: 'catalog', Database: 'database', WorkGroup: 'workGroup' },
      RedshiftDatasetDefinition: { ...QUERY_RESULT, ClusterId: 'clusterId', Database: 'database', DbUser: 'dbUser', ClusterRoleArn: 'clusterRole' },
      LocalPath: 'localPath',
      DataDistributionType: 'dataDistributionType',
      InputMode: 'inputMode',
    },
  }],
  ProcessingOutputConfig: {
    '': 'processingOutputs',
    'Outputs': ['processingOutputs', {
      OutputName: 'outputName',
      S3Output: { S3Uri: 'location', LocalPath: 'localPath', S3UploadMode: 's3UploadMode' },
      FeatureStoreOutput: { FeatureGroupName: 'featureGroupName' },
      AppManaged: 'enableAppManagement',
    }],
    'KmsKeyId': 'outputEncryptionKey',
  },
  ProcessingJobName: 'processingJobName',
  ProcessingResources: {
    '': 'instanceType',
    'ClusterConfig': {
      '': 'instanceType',
      'InstanceCount': 'instanceCount',
      'InstanceType': 'instanceType',
      'VolumeSizeInGB': 'volumeSize',
      'VolumeKmsKeyId': 'volumeEncryptionKey',
      'InstancePreferences': ['instancePreferences', { InstanceType: 'instanceType', InstanceCount: 'instanceCount' }],
    },
  },
  StoppingCondition: { '': 'maxRuntime', 'MaxRuntimeInSeconds': 'maxRuntime' },
  AppSpecification: {
    '': 'image', 'ImageUri': 'image', 'ContainerEntrypoint': 'containerEntrypoint', 'ContainerArguments': 'containerArguments',
  },
  Environment: 'environment',
  NetworkConfig: {
    '': 'vpc',
    'EnableInterContainerTrafficEncryption': 'enableInterContainerTrafficEncryption',
    'EnableNetworkIsolation': 'enableNetworkIsolation',
    'VpcConfig': VPC,
  },
  RoleArn: 'role',
  Tags: TAGS,
  ExperimentConfig: EXPERIMENT,
};

const TRANSFORM_JOB: MemberMappings = {
  TransformJobName: 'transformJobName',
  ModelName: 'model',
  MaxConcurrentTransforms: 'maxConcurrentTransforms',
  ModelClientConfig: ['modelClientConfig', { InvocationsTimeoutInSeconds: 'invocationsTimeout', InvocationsMaxRetries: 'invocationsMaxRetries' }],
  MaxPayloadInMB: 'maxPayload',
  BatchStrategy: 'batchStrategy',
  Environment: 'environment',
  TransformInput: ['transformInput', {
    DataSource: { S3DataSource: { S3DataType: '', S3Uri: 'location' } },
    ContentType: 'contentType',
    CompressionType: 'compressionType',
    SplitType: 'splitType',
  }],
  TransformOutput: {
    '': 'outputLocation', 'S3OutputPath': 'outputLocation', 'Accept': 'accept', 'AssembleWith': 'assembleWith', 'KmsKeyId': 'outputEncryptionKey',
  },
  DataCaptureConfig: ['dataCaptureConfig', {
    DestinationS3Uri: 'outputLocation', KmsKeyId: 'outputEncryptionKey', GenerateInferenceId: 'generateInferenceId',
  }],
  TransformResources: {
    '': 'instanceType',
    'InstanceType': 'instanceType',
    'InstanceCount': 'instanceCount',
    'VolumeKmsKeyId': 'volumeEncryptionKey',
    'TransformAmiVersion': 'transformAmiVersion',
  },
  DataProcessing: ['dataProcessing', { InputFilter: 'inputFilter', OutputFilter: 'outputFilter', JoinSource: 'joinSource' }],
  Tags: TAGS,
  ExperimentConfig: EXPERIMENT,
};

const IN_CONTAINER: MemberMappings = { Image: 'image', OverrideEnvironment: 'overrideEnvironment' };

const OPTIMIZATION_JOB: MemberMappings = {
  OptimizationJobName: 'optimizationJobName',
  RoleArn: 'role',
  ModelSource: ['modelSource', {
    S3: { S3Uri: 'location', ModelAccessConfig: { AcceptEula: 'acceptEula' } },
    SageMakerModel: { ModelName: 'modelName' },
  }],
  DeploymentInstanceType: 'deploymentInstanceType',
  MaxInstanceCount: 'maxInstanceCount',
  OptimizationEnvironment: 'optimizationEnvironment',
  OptimizationConfigs: ['optimizationConfigs', {
    ModelQuantizationConfig: IN_CONTAINER,
    ModelCompilationConfig: IN_CONTAINER,
    ModelShardingConfig: IN_CONTAINER,
    ModelSpeculativeDecodingConfig: {
      Technique: 'technique', TrainingDataSource: ['trainingDataSource', { S3Uri: 'location', S3DataType: '' }],
    },
  }],
  OutputConfig: {
    '': 'outputLocation',
    'KmsKeyId': 'outputEncryptionKey',
    'S3OutputLocation': 'outputLocation',
    'SageMakerModel': { '': 'outputModelName', 'ModelName': 'outputModelName' },
  },
  StoppingCondition: STOPPING,
  VpcConfig: VPC,
  TrainingPlanArns: 'trainingPlanArns',
  Tags: TAGS,
};

const NOTEBOOK_INSTANCE: MemberMappings = {
  NotebookInstanceName: 'notebookInstanceName',
  InstanceType: 'instanceType',
  SubnetId: 'vpc',
  SecurityGroupIds: 'securityGroups',
  IpAddressType: 'ipAddressType',
  RoleArn: 'role',
  KmsKeyId: 'volumeEncryptionKey',
  Tags: TAGS,
  LifecycleConfigName: 'lifecycleConfig',
  DirectInternetAccess: 'enableDirectInternetAccess',
  VolumeSizeInGB: 'volumeSize',
  AcceleratorTypes: 'acceleratorTypes',
  DefaultCodeRepository: 'defaultCodeRepository',
  AdditionalCodeRepositories: 'additionalCodeRepositories',
  RootAccess: 'enableRootAccess',
  PlatformIdentifier: 'platformIdentifier',
  InstanceMetadataServiceConfiguration: {
    '': 'minimumInstanceMetadataServiceVersion', 'MinimumInstanceMetadataServiceVersion': 'minimumInstanceMetadataServiceVersion',
  },
  // These members remove a property.
  DisassociateLifecycleConfig: 'lifecycleConfig',
  DisassociateAcceleratorTypes: 'acceleratorTypes',
  DisassociateDefaultCodeRepository: 'defaultCodeRepository',
  DisassociateAdditionalCodeRepositories: 'additionalCodeRepositories',
};

const LIFECYCLE_CONFIG: MemberMappings = {
  NotebookInstanceLifecycleConfigName: 'notebookInstanceLifecycleConfigName',
  OnCreate: ['onCreate', { Content: '' }, ''],
  OnStart: ['onStart', { Content: '' }, ''],
  Tags: TAGS,
};

const REQUESTS: { readonly [kind: string]: MemberMappings } = {
  trainingJob: TRAINING_JOB,
  hyperParameterTuningJob: TUNING_JOB,
  compilationJob: COMPILATION_JOB,
  processingJob: PROCESSING_JOB,
  transformJob: TRANSFORM_JOB,
  optimizationJob: OPTIMIZATION_JOB,
  notebookInstance: NOTEBOOK_INSTANCE,
  notebookInstanceLifecycleConfig: LIFECYCLE_CONFIG,
};

/** Excludes tokens and strings that would be hard to read in brackets. */
const PLAIN_NAME = /^[^\s$[\]]{1,64}$/;

const LONGEST_KEY = 64;

/**
 * Returns the property of a path in a request, such as `inputDataConfig[0].channelName`.
 *
 * @param kind the kind of the request
 * @param path the members and indices of the path
 * @param request the request, for elements that are identified by one of their members
 * @returns the property, or undefined if the path does not exist
 */
export function propertyOf(kind: string, path: ReadonlyArray<string | number>, request?: unknown): string | undefined {
  let place: PropertyMapping = REQUESTS[kind];
  let value: any = request;
  let around = '';
  let property = '';
  for (const step of path) {
    value = value?.[step];
    if (typeof place === 'string') {
      property += typeof step === 'number' ? `[${step}]` : `.${step.length > LONGEST_KEY ? `${step.slice(0, LONGEST_KEY)}…` : step}`;
    } else if (isProperty(place) && typeof step === 'number') {
      property += element(place, step, value);
      around = property;
    } else {
      const members: MemberMappings = isProperty(place) ? place[1] : place;
      const next: PropertyMapping | undefined = Object.hasOwn(members, step) ? members[step] : undefined;
      if (next === undefined) return undefined;
      property = join(around, nameOf(next));
      if (isProperty(next)) around = property;
      place = next;
    }
  }
  return property;
}

/**
 * Returns the properties of a member, by its name or the end of its path, such as `ResourceConfig.InstanceType`, in all
 * structures of the request.
 */
export function propertiesNamed(kind: string, member: string, request: unknown): string[] {
  const paths = Object.hasOwn(REQUESTS, kind) ? [...pathsIn(REQUESTS[kind], [request], [])] : [];
  return paths
    .filter((path) => `.${path.join('.')}`.endsWith(`.${member}`))
    .flatMap((path) => propertyOf(kind, path) ?? []);
}

/** Yields the paths of all members of the given structures, without indices. */
function* pathsIn(place: PropertyMapping, structures: readonly any[], path: readonly string[]): Generator<readonly string[]> {
  if (typeof place === 'string' || structures.length === 0) return;
  for (const [member, inner] of Object.entries(isProperty(place) ? place[1] : place)) {
    if (member === '') continue;
    const values = structures.flatMap((structure) => structure?.[member] ?? []);
    yield [...path, member];
    yield* pathsIn(inner!, values, [...path, member]);
  }
}

function isProperty(place: PropertyMapping): place is Property {
  return Array.isArray(place);
}

function nameOf(place: PropertyMapping): string {
  if (typeof place === 'string') return place;
  return isProperty(place) ? place[0] : place[''] ?? '';
}

function element([, , member]: Property, index: number, value: any): string {
  if (member === undefined) return `[${index}]`;
  const name = value?.[member];
  return typeof name === 'string' && PLAIN_NAME.test(name) ? `[${name}]` : '';
}

function join(around: string, name: string): string {
  return around === '' || name === '' ? `${around}${name}` : `${around}.${name}`;
}

const MEMBER = /`([A-Z]\w*(?:\.[A-Z]\w*)*)`/g;

/** Replaces the API members in a string by the properties that they come from. Members are in backticks. */
export function withPropertyNames(words: string, kind: RequestKind, structure: Path, property: string): string {
  return words.replace(MEMBER, (quoted, member: string) => {
    const name = propertyOfMember(member, kind, structure);
    return name ? `\`${fromThere(name, property)}\`` : quoted;
  });
}

/** Returns the property of a member of a structure, or of a surrounding structure. */
function propertyOfMember(member: string, kind: RequestKind, structure: Path): string | undefined {
  for (let depth = structure.length; depth >= 0; depth--) {
    const name = propertyOf(kind, [...structure.slice(0, depth), ...member.split('.')]);
    if (name) return name;
  }
  return undefined;
}

/** Removes the common beginning of a property and another one. */
function fromThere(name: string, property: string): string {
  const steps = name.split('.');
  const others = property.split('.');
  const different = steps.findIndex((step, index) => index === steps.length - 1 || withoutIndex(step) !== withoutIndex(others[index]));
  return steps.slice(different).join('.');
}

function withoutIndex(step: string | undefined): string | undefined {
  return step?.replace(/\[.*$/, '');
}
