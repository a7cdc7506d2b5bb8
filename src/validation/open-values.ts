/**
 * The enumerations of the API that a class with `of()` stands for, by their shapes. The service gains values that no
 * release of this library knows yet, so one that is not known may well be right.
 */
export const OPEN_VALUES: { readonly [shape: string]: string } = {
  CompressionType: 'CompressionType',
  CustomizationTechnique: 'CustomizationTechnique',
  EvaluationType: 'EvaluationType',
  FileSystemAccessMode: 'FileSystemAccessMode',
  Framework: 'CompilationFramework',
  HyperParameterScalingType: 'HyperParameterScalingType',
  HyperParameterTuningAllocationStrategy: 'HyperParameterTuningAllocationStrategy',
  HyperParameterTuningJobObjectiveType: 'HyperParameterTuningJobObjective',
  HyperParameterTuningJobStrategyType: 'HyperParameterTuningJobStrategyType',
  HyperParameterTuningJobWarmStartType: 'HyperParameterTuningJobWarmStartType',
  InstanceType: 'MlInstanceType',
  IPAddressType: 'NotebookInstanceIpAddressType',
  MinimumInstanceMetadataServiceVersion: 'MinimumInstanceMetadataServiceVersion',
  NotebookInstanceAcceleratorType: 'NotebookInstanceAcceleratorType',
  OutputCompressionType: 'OutputCompressionType',
  Peft: 'Peft',
  PlatformIdentifier: 'NotebookInstancePlatformIdentifier',
  ProcessingInstanceType: 'MlInstanceType',
  RecordWrapper: 'RecordWrapper',
  S3DataDistribution: 'S3DataDistribution',
  ServerlessJobType: 'ServerlessJobType',
  TargetDevice: 'TargetDevice',
  TargetPlatformAccelerator: 'TargetPlatformAccelerator',
  TargetPlatformArch: 'TargetPlatformArch',
  TargetPlatformOs: 'TargetPlatformOs',
  TrainingInputMode: 'TrainingInputMode',
  TrainingInstanceType: 'MlInstanceType',
  TrainingJobEarlyStoppingType: 'TrainingJobEarlyStoppingType',
};

/** The instance types are one class for all kinds of resources, each of which offers some of them. */
const INSTANCE_TYPES: { readonly [shape: string]: string } = {
  InstanceType: 'notebook instances',
  ProcessingInstanceType: 'rules of Debugger',
  TrainingInstanceType: 'training jobs',
};

/** Ids that do not follow from the class. A warning keeps its id when its class is renamed: users acknowledge it by the id. */
const WARNING_IDS: { readonly [shape: string]: string } = {
  Framework: 'unknown-framework',
  InstanceType: 'unknown-notebook-instance-type',
  IPAddressType: 'unknown-notebook-ip-address-type',
  MinimumInstanceMetadataServiceVersion: 'unknown-instance-metadata-service-version',
  NotebookInstanceAcceleratorType: 'unknown-notebook-accelerator-type',
  PlatformIdentifier: 'unknown-notebook-platform',
  ProcessingInstanceType: 'unknown-processing-instance-type',
  RecordWrapper: 'unknown-record-wrapper-type',
  TrainingInstanceType: 'unknown-training-instance-type',
};

/** Returns the id of the warning about an unknown value of an enumeration, without the prefix of all warnings. */
export function unknownValueId(shape: string): string {
  return WARNING_IDS[shape] ?? `unknown-${OPEN_VALUES[shape].replace(/(?<!^)(?=[A-Z])/g, '-').toLowerCase()}`;
}

/** Returns the values of an enumeration as messages name them. */
export function openValues(shape: string): string {
  return INSTANCE_TYPES[shape] ? `${OPEN_VALUES[shape]} for ${INSTANCE_TYPES[shape]}` : OPEN_VALUES[shape];
}
