export { CompilationJob } from './compilation-job/compilation-job';
export type { CompilationJobAttributes, CompilationJobProps, ICompilationJob } from './compilation-job/compilation-job-props';
export {
  CompilationModel, type CompilationModelOptions, CompilationFramework,
} from './compilation-job/compilation-model';
export {
  CompilationTarget, TargetDevice, type TargetPlatformOptions, TargetPlatformAccelerator,
  TargetPlatformArch, TargetPlatformOs,
} from './compilation-job/compilation-target';
export {
  type AndroidCompilerOptions, CompilerDataType, CompilerSettings, type CpuCompilerOptions, type NvidiaCompilerOptions,
} from './compilation-job/compiler-settings';
export {
  CoreMlDimension, type CoreMlImageInputOptions, CoreMlInput, type CoreMlInputOptions, CoreMlShape,
} from './compilation-job/core-ml-input';
export { CompilationDataInput } from './compilation-job/compilation-data-input';
export {
  CompressionType, FileSystemAccessMode, type FileSystemChannelOptions,
  type InputChannelOptions, type ManifestChannelOptions, RecordWrapper, type S3ChannelOptions, S3DataDistribution,
  TrainingInputMode,
} from './data/input-channel-options';
export { InputChannel } from './data/input-channel';
export { S3Location, type S3LocationBindOptions, type S3LocationConfig } from './data/s3-location';
export { AlgorithmMetric } from './images/algorithm-metric';
export { BuiltInAlgorithm, type BuiltInAlgorithmImageOptions } from './images/built-in-algorithm';
export {
  ContainerImage, type ContainerImageBindOptions, type ContainerImageConfig, type PrivateRegistryImageOptions, TrainingRepositoryAccessMode,
} from './images/container-image';
export { type FrameworkImageOptions, ProcessorType, type SparkImageOptions, TrainingFramework } from './images/training-framework';
export type { ExperimentOptions } from './job/experiment';
export { MlInstanceType } from './job/ml-instance-type.generated';
export { JobTaskState } from './job/job-task-state';
export type { JobTaskStateOptions } from './job/job-task-state-options';
export type { IJob, IMeasuredJob, IObservableJob, JobOptions } from './job/job-props';
export type { NotebookInstanceIdleStopOptions } from './notebook-instance/idle-stop';
export {
  NotebookInstanceLifecycleScript, type NotebookInstanceLifecycleScriptAssetOptions, type NotebookInstanceLifecycleScriptContentOptions,
  type NotebookInstanceLifecycleScriptOptions,
} from './notebook-instance/lifecycle-script';
export {
  NotebookInstanceCodeRepository, type NotebookInstanceCodeRepositoryOptions, type NotebookInstancePrivateGitOptions,
} from './notebook-instance/notebook-code-repository';
export type { NotebookInstanceAttributes } from './notebook-instance/imported-notebook-instance';
export type { INotebookInstance } from './notebook-instance/notebook-instance-base';
export {
  type INotebookInstanceLifecycleConfig, NotebookInstanceLifecycleConfig, type NotebookInstanceLifecycleConfigProps,
} from './notebook-instance/notebook-instance-lifecycle-config';
export type { NotebookInstanceProps } from './notebook-instance/notebook-instance-props';
export { NotebookInstance } from './notebook-instance/notebook-instance';
export {
  NotebookInstanceAcceleratorType, NotebookInstanceDesiredState, NotebookInstanceIpAddressType, NotebookInstanceMetadataServiceVersion,
  NotebookInstancePlatformIdentifier,
} from './notebook-instance/notebook-options';
export type { NotebookInstanceScheduleOptions } from './notebook-instance/notebook-schedule';
export { ProcessingJob } from './processing-job/processing-job';
export type {
  IProcessingJob, ProcessingInstancePreference, ProcessingJobAttributes, ProcessingJobOptions, ProcessingJobProps, ProcessingJobTaskStateProps,
} from './processing-job/processing-job-props';
export { ProcessingInput } from './processing-job/processing-input';
export {
  type AthenaInputOptions, AthenaResultCompressionType, AthenaResultFormat, type DatasetInputOptions, type ManifestInputOptions,
  type ProcessingInputOptions, ProcessingS3InputMode, type RedshiftInputOptions, RedshiftResultCompressionType, RedshiftResultFormat,
  type S3InputOptions,
} from './processing-job/processing-input-options';
export { ProcessingOutput, ProcessingS3UploadMode, type S3OutputOptions } from './processing-job/processing-output';
export { ProcessingScript, type ProcessingScriptAssetOptions, type ProcessingScriptOptions } from './processing-job/processing-script';
export { OptimizationJob } from './optimization-job/optimization-job';
export type { IOptimizationJob, OptimizationJobAttributes, OptimizationJobProps } from './optimization-job/optimization-job-props';
export {
  OptimizationModelSource, type OptimizationS3ModelOptions, type OptimizationSageMakerModelOptions,
} from './optimization-job/optimization-model-source';
export {
  ModelSpeculativeDecodingTechnique, OptimizationTechnique, type OptimizationTechniqueOptions, type SpeculativeDecodingManifestOptions,
  type SpeculativeDecodingOptions, SpeculativeDecodingTrainingData,
} from './optimization-job/optimization-technique';
export { JobProviders } from './provider/job-providers';
export type { JobProviderOptions } from './provider/provider-settings';
export type {
  DebuggerCollection, DebugHookOptions, DebugRule, ProfilerOptions, ProfilerRule, TensorBoardOutputOptions,
} from './training-job/debugging';
export type { MlflowOptions, ModelPackageOptions } from './training-job/model-tracking';
export {
  CustomizationTechnique, EvaluationType, Evaluator, Peft, SequenceLength, type ServerlessJobOptions, ServerlessJobType,
} from './training-job/serverless-job';
export { TrainingJob } from './training-job/training-job';
export type { ITrainingJob, TrainingJobAttributes, TrainingJobOptions, TrainingJobProps, TrainingJobTaskStateProps } from './training-job/training-job-props';
export type { FinalMetricOptions } from './training-job/training-job-description';
export { type CheckpointOptions, type MetricDefinition, OutputCompressionType, type TrainingOptions } from './training-job/training-options';
export type {
  InstanceGroup, InstancePlacementOptions, InstancePreference, PlacementSpecification,
} from './training-job/training-resources';
export { TransformInput, type TransformInputOptions, type TransformManifestOptions } from './transform-job/transform-input';
export { TransformJob } from './transform-job/transform-job';
export type {
  DataCaptureOptions, DataProcessingOptions, ITransformJob, ModelClientOptions, TransformJobAttributes, TransformJobOptions, TransformJobProps,
  TransformJobTaskStateProps,
} from './transform-job/transform-job-props';
export { type NewTransformModelOptions, TransformModel, type TransformModelOptions } from './transform-job/transform-model';
export { AssemblyType, BatchStrategy, JoinSource, SplitType } from './transform-job/transform-options';
export { HyperParameterTuningJob } from './tuning-job/hyper-parameter-tuning-job';
export type {
  HyperParameterTuningJobAttributes, HyperParameterTuningJobOptions, HyperParameterTuningJobProps, HyperParameterTuningJobTaskStateProps,
  IHyperParameterTuningJob, WarmStartOptions,
} from './tuning-job/hyper-parameter-tuning-job-props';
export { HyperParameterScalingType, type NumericParameterRangeOptions, ParameterRange } from './tuning-job/parameter-range';
export {
  type HyperParameterTrainingJobDefinition, HyperParameterTuningAllocationStrategy, type HyperParameterTuningInstance,
  type HyperParameterTuningResourceOptions,
} from './tuning-job/hyper-parameter-training-job-definition';
export { BestTrainingJob } from './tuning-job/best-training-job';
export {
  type HyperbandStrategyOptions, HyperParameterTuningJobObjective, HyperParameterTuningJobStrategyType,
  HyperParameterTuningJobWarmStartType, TrainingJobEarlyStoppingType,
} from './tuning-job/tuning-options';
