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
  InstanceType: 'NotebookInstanceType',
  IPAddressType: 'NotebookInstanceIpAddressType',
  MinimumInstanceMetadataServiceVersion: 'MinimumInstanceMetadataServiceVersion',
  NotebookInstanceAcceleratorType: 'NotebookInstanceAcceleratorType',
  OutputCompressionType: 'OutputCompressionType',
  Peft: 'Peft',
  PlatformIdentifier: 'NotebookInstancePlatformIdentifier',
  ProcessingInstanceType: 'ProcessingInstanceType',
  RecordWrapper: 'RecordWrapper',
  S3DataDistribution: 'S3DataDistribution',
  ServerlessJobType: 'ServerlessJobType',
  TargetDevice: 'TargetDevice',
  TargetPlatformAccelerator: 'TargetPlatformAccelerator',
  TargetPlatformArch: 'TargetPlatformArch',
  TargetPlatformOs: 'TargetPlatformOs',
  TrainingInputMode: 'TrainingInputMode',
  TrainingInstanceType: 'TrainingInstanceType',
  TrainingJobEarlyStoppingType: 'TrainingJobEarlyStoppingType',
};

/** What a warning about a value of such a class is acknowledged by, behind the prefix of all warnings. */
export function unknownValueId(className: string): string {
  return `unknown-${className.replace(/(?<!^)(?=[A-Z])/g, '-').toLowerCase()}`;
}
