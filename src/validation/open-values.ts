/**
 * The enumerations of the API with a class with `of()`, by shape. SageMaker adds values that are newer than a release of this
 * library, so an unknown value may be valid.
 */
export const OPEN_VALUES: { readonly [shape: string]: string } = {
  AssemblyType: 'AssemblyType',
  AthenaResultCompressionType: 'AthenaResultCompressionType',
  AthenaResultFormat: 'AthenaResultFormat',
  BatchStrategy: 'BatchStrategy',
  CompressionType: 'CompressionType',
  CustomizationTechnique: 'CustomizationTechnique',
  DataDistributionType: 'S3DataDistribution',
  EvaluationType: 'EvaluationType',
  FileSystemAccessMode: 'FileSystemAccessMode',
  Framework: 'CompilationFramework',
  HyperParameterScalingType: 'HyperParameterScalingType',
  HyperParameterTuningAllocationStrategy: 'HyperParameterTuningAllocationStrategy',
  HyperParameterTuningJobObjectiveType: 'HyperParameterTuningJobObjective',
  HyperParameterTuningJobStrategyType: 'HyperParameterTuningJobStrategyType',
  HyperParameterTuningJobWarmStartType: 'HyperParameterTuningJobWarmStartType',
  InputMode: 'ProcessingS3InputMode',
  InstanceType: 'MlInstanceType',
  IPAddressType: 'NotebookInstanceIpAddressType',
  JoinSource: 'JoinSource',
  MinimumInstanceMetadataServiceVersion: 'NotebookInstanceMetadataServiceVersion',
  ModelSpeculativeDecodingTechnique: 'ModelSpeculativeDecodingTechnique',
  NotebookInstanceAcceleratorType: 'NotebookInstanceAcceleratorType',
  OptimizationJobDeploymentInstanceType: 'MlInstanceType',
  OutputCompressionType: 'OutputCompressionType',
  Peft: 'Peft',
  PlatformIdentifier: 'NotebookInstancePlatformIdentifier',
  ProcessingInstanceType: 'MlInstanceType',
  ProcessingS3CompressionType: 'CompressionType',
  ProcessingS3DataDistributionType: 'S3DataDistribution',
  ProcessingS3InputMode: 'ProcessingS3InputMode',
  ProcessingS3UploadMode: 'ProcessingS3UploadMode',
  RecordWrapper: 'RecordWrapper',
  RedshiftResultCompressionType: 'RedshiftResultCompressionType',
  RedshiftResultFormat: 'RedshiftResultFormat',
  S3DataDistribution: 'S3DataDistribution',
  ServerlessJobType: 'ServerlessJobType',
  SplitType: 'SplitType',
  TargetDevice: 'TargetDevice',
  TargetPlatformAccelerator: 'TargetPlatformAccelerator',
  TargetPlatformArch: 'TargetPlatformArch',
  TargetPlatformOs: 'TargetPlatformOs',
  TrainingInputMode: 'TrainingInputMode',
  TrainingInstanceType: 'MlInstanceType',
  TrainingJobEarlyStoppingType: 'TrainingJobEarlyStoppingType',
  TrainingRepositoryAccessMode: 'TrainingRepositoryAccessMode',
  TransformInstanceType: 'MlInstanceType',
};

/** The enumerations of instance types share a class. Each kind of resource supports some of its values. */
const INSTANCE_TYPES: { readonly [shape: string]: string } = {
  InstanceType: 'notebook instances',
  OptimizationJobDeploymentInstanceType: 'the deployment of optimized models',
  ProcessingInstanceType: 'processing jobs and rules of Debugger',
  TrainingInstanceType: 'training jobs',
  TransformInstanceType: 'transform jobs',
};

/**
 * IDs that do not follow from the class. The ID of a warning does not change when the class is renamed, because users acknowledge
 * the warning by its ID.
 */
const WARNING_IDS: { readonly [shape: string]: string } = {
  Framework: 'unknown-framework',
  InstanceType: 'unknown-notebook-instance-type',
  IPAddressType: 'unknown-notebook-ip-address-type',
  MinimumInstanceMetadataServiceVersion: 'unknown-instance-metadata-service-version',
  NotebookInstanceAcceleratorType: 'unknown-notebook-accelerator-type',
  OptimizationJobDeploymentInstanceType: 'unknown-deployment-instance-type',
  PlatformIdentifier: 'unknown-notebook-platform',
  ProcessingInstanceType: 'unknown-processing-instance-type',
  RecordWrapper: 'unknown-record-wrapper-type',
  TrainingInstanceType: 'unknown-training-instance-type',
  TransformInstanceType: 'unknown-transform-instance-type',
};

/** Returns the ID of the warning about an unknown value, without the common prefix of warnings. */
export function unknownValueId(shape: string): string {
  return WARNING_IDS[shape] ?? `unknown-${OPEN_VALUES[shape].replace(/(?<!^)(?=[A-Z])/g, '-').toLowerCase()}`;
}

/** Returns the description of an enumeration's values in messages. */
export function openValues(shape: string): string {
  return INSTANCE_TYPES[shape] ? `${OPEN_VALUES[shape]} for ${INSTANCE_TYPES[shape]}` : OPEN_VALUES[shape];
}
