import type { Json } from '../../services';
import type { Tag } from '../resource-tags';

/** The members of a request that the emulation reads. The model contains the others. */
export interface CreateTrainingJobRequest {
  readonly TrainingJobName: string;
  readonly RoleArn: string;
  readonly AlgorithmSpecification?: {
    readonly TrainingImage?: string;
    readonly AlgorithmName?: string;
    readonly TrainingInputMode: string;
    readonly MetricDefinitions?: readonly { readonly Name: string; readonly Regex: string }[];
    readonly TrainingImageConfig?: {
      readonly TrainingRepositoryAccessMode: string;
      readonly TrainingRepositoryAuthConfig?: { readonly TrainingRepositoryCredentialsProviderArn: string };
    };
  };
  readonly InputDataConfig?: readonly Channel[];
  readonly OutputDataConfig: { readonly S3OutputPath: string; readonly CompressionType?: string; readonly KmsKeyId?: string };
  readonly ResourceConfig?: ResourceConfig;
  readonly StoppingCondition?: {
    readonly MaxRuntimeInSeconds?: number;
    readonly MaxWaitTimeInSeconds?: number;
    readonly MaxPendingTimeInSeconds?: number;
  };
  readonly Tags?: readonly Tag[];
  readonly EnableManagedSpotTraining?: boolean;
  readonly VpcConfig?: { readonly Subnets: readonly string[]; readonly SecurityGroupIds: readonly string[] };
  readonly CheckpointConfig?: { readonly S3Uri: string };
  readonly TensorBoardOutputConfig?: { readonly S3OutputPath: string };
  readonly DebugHookConfig?: { readonly S3OutputPath: string; readonly CollectionConfigurations?: readonly { readonly CollectionName?: string }[] };
  readonly DebugRuleConfigurations?: readonly { readonly RuleConfigurationName: string }[];
  readonly ProfilerConfig?: {
    readonly S3OutputPath?: string;
    readonly ProfilingIntervalInMilliseconds?: number;
    readonly DisableProfiler?: boolean;
  };
  readonly ProfilerRuleConfigurations?: readonly { readonly RuleConfigurationName: string }[];
  readonly ServerlessJobConfig?: { readonly JobType?: string; readonly EvaluationType?: string };
  readonly [member: string]: unknown;
}

export interface Channel {
  readonly ChannelName: string;
  readonly InputMode?: string;
  readonly CompressionType?: string;
  readonly RecordWrapperType?: string;
  readonly DataSource: {
    readonly S3DataSource?: { readonly S3DataType: string; readonly S3Uri: string };
    readonly FileSystemDataSource?: unknown;
    readonly [source: string]: unknown;
  };
}

export interface ResourceConfig {
  readonly InstanceType?: string;
  readonly InstanceCount?: number;
  readonly InstanceGroups?: readonly { readonly InstanceType: string; readonly InstanceCount: number }[];
  readonly InstancePreferences?: readonly {
    readonly InstanceType: string;
    readonly InstanceCount?: number;
    readonly TrainingPlanArns?: readonly string[];
  }[];
  readonly InstancePlacementConfig?: unknown;
  readonly TrainingPlanArn?: string;
  readonly VolumeSizeInGB?: number;
  readonly VolumeKmsKeyId?: string;
  readonly KeepAlivePeriodInSeconds?: number;
}

export interface UpdateTrainingJobRequest {
  readonly TrainingJobName: string;
  readonly ProfilerConfig?: { [member: string]: Json };
  readonly ProfilerRuleConfigurations?: Json[];
  readonly ResourceConfig?: { readonly KeepAlivePeriodInSeconds: number };
  readonly RemoteDebugConfig?: { [member: string]: Json };
}

export type TrainingJobStatus = 'InProgress' | 'Completed' | 'Failed' | 'Stopping' | 'Stopped' | 'Deleting';

export type SecondaryStatus =
  | 'Starting' | 'Pending' | 'Downloading' | 'Training' | 'Uploading' | 'Completed' | 'Failed'
  | 'Stopping' | 'Stopped' | 'MaxRuntimeExceeded' | 'MaxWaitTimeExceeded';
