import { expressionOf, openValue } from './property-expressions';
import { type Expression, literal, printed, type TypeScriptSource } from './typescript-source';
import { PROPERTY_TYPES } from '../../src/validation/property-types.generated';

/** Reports a member that a class cannot express. */
type Omit = (member: string, reason: string) => void;

/** Writes the object of a class that sets several members. Undefined: another member writes it. */
type ClassWriter = (value: any, source: TypeScriptSource, siblings: Record<string, any>, omit: Omit) => Expression | undefined;

/** Writes the options of a factory from members of a structure, by the name of the option. */
function optionsOf(
  source: TypeScriptSource, structure: string, members: Record<string, [member: string, value: unknown]>, omit: Omit,
): Record<string, Expression> {
  return Object.fromEntries(Object.entries(members).flatMap(([option, [member, value]]) => {
    if (value === undefined || value === null) return [];
    const type = PROPERTY_TYPES[structure][option]?.replace(/!$/, '');
    const code = type && expressionOf(source, type, value, member);
    if (code === undefined) {
      omit(member, /Kms/.test(member) ? 'a key is specified by its ARN' : 'this type of data does not have it');
      return [];
    }
    return [[option, code]];
  }));
}

function call(name: string, ...args: readonly Expression[]): string {
  const given = args.filter((arg) => typeof arg === 'string' || Object.keys(arg).length > 0);
  return `${name}(${given.map((arg) => printed(arg, '    ')).join(', ')})`;
}

const location = (source: TypeScriptSource, uri: string) => expressionOf(source, 'S3Location', uri, 'S3Uri')!;

const channel: ClassWriter = (value, source, _siblings, omit) => {
  const { S3DataSource: s3, FileSystemDataSource: files, DatasetSource: dataset } = value.DataSource;
  const name = literal(value.ChannelName);
  const common: Record<string, [string, unknown]> = {
    contentType: ['ContentType', value.ContentType],
    compressionType: ['CompressionType', value.CompressionType],
    recordWrapperType: ['RecordWrapperType', value.RecordWrapperType],
    inputMode: ['InputMode', value.InputMode],
    shuffleSeed: ['ShuffleConfig.Seed', value.ShuffleConfig?.Seed],
  };
  const factory = (method: string) => `${source.use('InputChannel')}.${method}`;
  if (dataset) return call(factory('fromHubDatasetArn'), name, literal(dataset.DatasetArn), optionsOf(source, 'InputChannelOptions', common, omit));
  if (files) {
    const method = files.FileSystemType === 'EFS' ? 'fromEfsFileSystemId' : 'fromFsxLustreFileSystemId';
    const options = { fileSystemAccessMode: ['FileSystemAccessMode', files.FileSystemAccessMode] as [string, unknown], ...common };
    return call(factory(method), name, literal(files.FileSystemId), literal(files.DirectoryPath), optionsOf(source, 'FileSystemChannelOptions', options, omit));
  }
  const options = optionsOf(source, 'ManifestChannelOptions', {
    s3DataDistributionType: ['S3DataDistributionType', s3.S3DataDistributionType],
    instanceGroupNames: ['InstanceGroupNames', s3.InstanceGroupNames],
    acceptEula: ['ModelAccessConfig.AcceptEula', s3.ModelAccessConfig?.AcceptEula],
    hubContentArn: ['HubAccessConfig.HubContentArn', s3.HubAccessConfig?.HubContentArn],
    ...common,
  }, omit);
  const at = location(source, s3.S3Uri);
  switch (s3.S3DataType) {
    case 'ManifestFile': return call(factory('fromManifest'), name, at, options);
    case 'AugmentedManifestFile': return call(factory('fromAugmentedManifest'), name, at, literal(s3.AttributeNames ?? []), options);
    case 'Converse': return call(factory('fromConverse'), name, at, options);
    default: return call(factory('fromS3'), name, at, options);
  }
};

const ranges: ClassWriter = (value, source, _siblings, omit) => {
  const factory = (method: string) => `${source.use('ParameterRange')}.${method}`;
  const numeric = (method: string) => ({ Name, MinValue, MaxValue, ScalingType }: any) => {
    // The service stores numbers as strings.
    if (String(Number(MinValue)) !== MinValue || String(Number(MaxValue)) !== MaxValue) {
      omit(`${Name}.MinValue`, `the construct renders ${Number(MinValue)} and ${Number(MaxValue)}`);
    }
    return call(factory(method), literal(Name), String(Number(MinValue)), String(Number(MaxValue)),
      ScalingType ? { scalingType: openValue(source, 'HyperParameterScalingType', ScalingType) } : {});
  };
  return [
    ...(value.IntegerParameterRanges ?? []).map(numeric('integer')),
    ...(value.ContinuousParameterRanges ?? []).map(numeric('continuous')),
    ...(value.CategoricalParameterRanges ?? []).map(({ Name, Values }: any) => call(factory('categorical'), literal(Name), literal(Values))),
    ...(value.AutoParameters ?? []).map(({ Name, ValueHint }: any) => call(factory('auto'), literal(Name), literal(ValueHint))),
  ];
};

const processingInput: ClassWriter = (value, source, _siblings, omit) => {
  const { S3Input: s3, DatasetDefinition: { AthenaDatasetDefinition: athena, RedshiftDatasetDefinition: redshift, ...dataset } = {} as any } = value;
  const factory = (method: string) => `${source.use('ProcessingInput')}.${method}`;
  const managed: Record<string, [string, unknown]> = { enableAppManagement: ['AppManaged', value.AppManaged] };
  const name = literal(value.InputName);
  if (s3) {
    return call(factory(s3.S3DataType === 'ManifestFile' ? 'fromManifest' : 'fromS3'), name, location(source, s3.S3Uri), optionsOf(source, 'ManifestInputOptions', {
      localPath: ['LocalPath', s3.LocalPath],
      s3InputMode: ['S3InputMode', s3.S3InputMode],
      s3DataDistributionType: ['S3DataDistributionType', s3.S3DataDistributionType],
      s3CompressionType: ['S3CompressionType', s3.S3CompressionType],
      ...managed,
    }, omit));
  }
  const query = athena ?? redshift;
  const options: Record<string, [string, unknown]> = {
    ...athena ? { catalog: ['Catalog', query.Catalog], workGroup: ['WorkGroup', query.WorkGroup] } : {
      clusterId: ['ClusterId', query.ClusterId], dbUser: ['DbUser', query.DbUser], clusterRole: ['ClusterRoleArn', query.ClusterRoleArn],
    },
    database: ['Database', query.Database],
    queryString: ['QueryString', query.QueryString],
    outputLocation: ['OutputS3Uri', query.OutputS3Uri],
    outputEncryptionKey: ['KmsKeyId', query.KmsKeyId],
    outputFormat: ['OutputFormat', query.OutputFormat],
    outputCompression: ['OutputCompression', query.OutputCompression],
    localPath: ['LocalPath', dataset.LocalPath],
    dataDistributionType: ['DataDistributionType', dataset.DataDistributionType],
    inputMode: ['InputMode', dataset.InputMode],
    ...managed,
  };
  return call(factory(athena ? 'fromAthena' : 'fromRedshift'), name, optionsOf(source, athena ? 'AthenaInputOptions' : 'RedshiftInputOptions', options, omit));
};

const processingOutput: ClassWriter = ({ OutputName, S3Output: s3, FeatureStoreOutput, AppManaged }, source, _siblings, omit) => {
  const factory = (method: string) => `${source.use('ProcessingOutput')}.${method}`;
  if (FeatureStoreOutput) return call(factory('toFeatureGroup'), literal(OutputName), literal(FeatureStoreOutput.FeatureGroupName));
  return call(factory('toS3'), literal(OutputName), location(source, s3.S3Uri), optionsOf(source, 'S3OutputOptions', {
    localPath: ['LocalPath', s3.LocalPath], s3UploadMode: ['S3UploadMode', s3.S3UploadMode], enableAppManagement: ['AppManaged', AppManaged],
  }, omit));
};

const image: ClassWriter = (uri, source, { TrainingImageConfig: config }) => {
  source.use('ContainerImage');
  const provider = config?.TrainingRepositoryAuthConfig?.TrainingRepositoryCredentialsProviderArn;
  if (config?.TrainingRepositoryAccessMode !== 'Vpc') return `ContainerImage.fromUri(${literal(uri)})`;
  return call('ContainerImage.fromPrivateRegistry', literal(uri), provider === undefined ? {} : {
    credentialsProvider: source.existing('credentialsProvider', `${source.module('lambda')}.Function.fromFunctionArn`, provider),
  });
};

const objective: ClassWriter = ({ Type, MetricName }, source) => {
  const name = source.use('HyperParameterTuningJobObjective');
  if (Type !== 'Maximize' && Type !== 'Minimize') return `${name}.of(${literal(Type)}, ${literal(MetricName)})`;
  return `${name}.${Type.toLowerCase()}(${literal(MetricName)})`;
};

const compilationModel: ClassWriter = ({ S3Uri, DataInputConfig, Framework, FrameworkVersion }, source) => call(
  `${source.use('CompilationModel')}.fromS3`, location(source, S3Uri), {
    framework: openValue(source, 'CompilationFramework', Framework),
    ...FrameworkVersion !== undefined && { frameworkVersion: literal(FrameworkVersion) },
    ...DataInputConfig !== undefined && { dataInputConfig: `${source.use('CompilationDataInput')}.fromJson(${literal(DataInputConfig)})` },
  });

const platform: ClassWriter = ({ Os, Arch, Accelerator }, source) => call(`${source.use('CompilationTarget')}.fromPlatform`, {
  os: openValue(source, 'TargetPlatformOs', Os),
  arch: openValue(source, 'TargetPlatformArch', Arch),
  ...Accelerator !== undefined && { accelerator: openValue(source, 'TargetPlatformAccelerator', Accelerator) },
});

const optimizationModel: ClassWriter = ({ S3: s3, SageMakerModel: model }, source) => {
  const name = source.use('OptimizationModelSource');
  if (model) return `${name}.fromModelName(${literal(model.ModelName)})`;
  const acceptEula = s3.ModelAccessConfig?.AcceptEula;
  return call(`${name}.fromS3`, location(source, s3.S3Uri), acceptEula === undefined ? {} : { acceptEula: literal(acceptEula) });
};

const transformInput: ClassWriter = ({ DataSource: { S3DataSource: s3 }, ...value }, source, _siblings, omit) => call(
  `${source.use('TransformInput')}.${s3.S3DataType === 'ManifestFile' ? 'fromManifest' : 'fromS3'}`,
  location(source, s3.S3Uri),
  optionsOf(source, 'TransformManifestOptions', {
    contentType: ['ContentType', value.ContentType],
    compressionType: ['CompressionType', value.CompressionType],
    splitType: ['SplitType', value.SplitType],
  }, omit),
);

/** The factories of techniques that run in a container. */
const IN_CONTAINER: { readonly [member: string]: string } = {
  ModelQuantizationConfig: 'quantization', ModelCompilationConfig: 'compilation', ModelShardingConfig: 'sharding',
};

const technique: ClassWriter = (value, source) => {
  const name = source.use('OptimizationTechnique');
  const [[member, config]] = Object.entries<any>(value);
  if (IN_CONTAINER[member]) {
    return call(`${name}.${IN_CONTAINER[member]}`, {
      ...config.Image !== undefined && { image: `${source.use('ContainerImage')}.fromUri(${literal(config.Image)})` },
      ...config.OverrideEnvironment !== undefined && { overrideEnvironment: literal(config.OverrideEnvironment) },
    });
  }
  const { Technique, TrainingDataSource: data } = config;
  const factory = data?.S3DataType === 'ManifestFile' ? 'fromManifest' : 'fromS3';
  return call(`${name}.speculativeDecoding`, openValue(source, 'ModelSpeculativeDecodingTechnique', Technique), data === undefined ? {} : {
    trainingDataSource: `${source.use('SpeculativeDecodingTrainingData')}.${factory}(${location(source, data.S3Uri)})`,
  });
};

/** A hook runs its script as it is. */
const lifecycleScripts: ClassWriter = (hooks, source, _siblings, omit) => hooks.flatMap(({ Content }: any, index: number) => {
  const script = Buffer.from(Content, 'base64').toString();
  if (Buffer.from(script).toString('base64') !== Content) {
    omit(`${index}.Content`, 'the script is not UTF-8');
    return [];
  }
  const lines = script.split('\n').map((line) => `      ${literal(line)},\n`).join('');
  return call(`${source.use('NotebookInstanceLifecycleScript')}.fromInline`, `[\n${lines}    ].join('\\n')`, { runVerbatim: 'true' });
});

/** The writers of classes with factories, by the shape of the value or by the shape and the member that contain it. */
export const CLASS_WRITERS: { readonly [place: string]: ClassWriter | undefined } = {
  'Channel': channel,
  'ParameterRanges': ranges,
  'ProcessingInput': processingInput,
  'ProcessingOutput': processingOutput,
  'HyperParameterTuningJobObjective': objective,
  'InputConfig': compilationModel,
  'OptimizationJobModelSource': optimizationModel,
  'OptimizationConfig': technique,
  'TransformInput': transformInput,
  'CreateTransformJobRequest.ModelName': (name, source) => `${source.use('TransformModel')}.fromModelName(${literal(name)})`,
  'TargetPlatform': platform,
  'AlgorithmSpecification.TrainingImage': image,
  'HyperParameterAlgorithmSpecification.TrainingImage': image,
  'AlgorithmSpecification.TrainingImageConfig': () => undefined,
  'CreateCompilationJobRequest.ModelPackageVersionArn': (arn, source) => `${source.use('CompilationModel')}.fromModelPackageArn(${literal(arn)})`,
  'OutputConfig.TargetDevice': (device, source) => `${source.use('CompilationTarget')}.fromDevice(${openValue(source, 'TargetDevice', device)})`,
  'OutputConfig.CompilerOptions': (json, source) => `${source.use('CompilerSettings')}.fromJson(${literal(json)})`,
  'CreateNotebookInstanceInput.LifecycleConfigName': (name, source) => source.existing(
    'lifecycleConfig', `${source.use('NotebookInstanceLifecycleConfig')}.fromNotebookInstanceLifecycleConfigName`, name),
  'CreateNotebookInstanceLifecycleConfigInput.OnCreate': lifecycleScripts,
  'CreateNotebookInstanceLifecycleConfigInput.OnStart': lifecycleScripts,
  'ParentHyperParameterTuningJob': ({ HyperParameterTuningJobName: name }, source) => source.existing(
    'parent', `${source.use('HyperParameterTuningJob')}.fromHyperParameterTuningJobName`, name),
};
