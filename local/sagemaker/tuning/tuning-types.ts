import type { Tag } from '../resource-tags';
import type { CreateTrainingJobRequest, ResourceConfig } from '../training/training-types';

/** The members of a request that the emulation reads. The model contains the others. */
export interface CreateTuningJobRequest {
  readonly HyperParameterTuningJobName: string;
  readonly HyperParameterTuningJobConfig: TuningJobConfig;
  readonly TrainingJobDefinition?: TrainingJobDefinition;
  readonly TrainingJobDefinitions?: readonly TrainingJobDefinition[];
  readonly WarmStartConfig?: {
    readonly ParentHyperParameterTuningJobs: readonly { readonly HyperParameterTuningJobName?: string }[];
    readonly WarmStartType: 'IdenticalDataAndAlgorithm' | 'TransferLearning';
  };
  readonly Tags?: readonly Tag[];
  readonly Autotune?: { readonly Mode: 'Enabled' };
}

export interface TuningJobConfig {
  readonly Strategy: 'Bayesian' | 'Random' | 'Hyperband' | 'Grid';
  readonly StrategyConfig?: { readonly HyperbandStrategyConfig?: { readonly MinResource?: number; readonly MaxResource?: number } };
  readonly HyperParameterTuningJobObjective?: Objective;
  readonly ResourceLimits: {
    readonly MaxNumberOfTrainingJobs?: number;
    readonly MaxParallelTrainingJobs: number;
    readonly MaxRuntimeInSeconds?: number;
  };
  readonly ParameterRanges?: ParameterRanges;
  readonly TrainingJobEarlyStoppingType?: 'Off' | 'Auto';
  readonly TuningJobCompletionCriteria?: {
    readonly TargetObjectiveMetricValue?: number;
    readonly BestObjectiveNotImproving?: { readonly MaxNumberOfTrainingJobsNotImproving?: number };
  };
  readonly RandomSeed?: number;
}

export interface Objective {
  readonly Type: 'Maximize' | 'Minimize';
  readonly MetricName: string;
}

export interface NumericRange {
  readonly Name: string;
  readonly MinValue: string;
  readonly MaxValue: string;
  readonly ScalingType?: 'Auto' | 'Linear' | 'Logarithmic' | 'ReverseLogarithmic';
}

export interface ParameterRanges {
  readonly IntegerParameterRanges?: readonly NumericRange[];
  readonly ContinuousParameterRanges?: readonly NumericRange[];
  readonly CategoricalParameterRanges?: readonly { readonly Name: string; readonly Values: readonly string[] }[];
  readonly AutoParameters?: readonly { readonly Name: string; readonly ValueHint: string }[];
}

type Shared = Pick<CreateTrainingJobRequest, 'RoleArn' | 'InputDataConfig' | 'OutputDataConfig' | 'EnableManagedSpotTraining'>;

export interface TrainingJobDefinition extends Shared {
  readonly DefinitionName?: string;
  readonly TuningObjective?: Objective;
  readonly HyperParameterRanges?: ParameterRanges;
  readonly StaticHyperParameters?: HyperParameters;
  readonly AlgorithmSpecification: NonNullable<CreateTrainingJobRequest['AlgorithmSpecification']>;
  readonly ResourceConfig?: ResourceConfig;
  readonly HyperParameterTuningResourceConfig?: {
    readonly InstanceType?: string;
    readonly InstanceCount?: number;
    readonly VolumeSizeInGB?: number;
    readonly VolumeKmsKeyId?: string;
    readonly AllocationStrategy?: string;
    readonly InstanceConfigs?: readonly { readonly InstanceType: string; readonly InstanceCount: number; readonly VolumeSizeInGB: number }[];
  };
  readonly StoppingCondition: NonNullable<CreateTrainingJobRequest['StoppingCondition']>;
  readonly Environment?: { readonly [name: string]: string };
  readonly [member: string]: unknown;
}

export type HyperParameters = { readonly [name: string]: string };

export type TuningJobStatus = 'InProgress' | 'Completed' | 'Failed' | 'Stopping' | 'Stopped' | 'Deleting';
