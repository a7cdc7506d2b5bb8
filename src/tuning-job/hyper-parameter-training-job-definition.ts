import type { Duration, Size } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { ParameterRange } from './parameter-range';
import { HyperParameterTuningJobObjective } from './tuning-options';
import { ContainerImage } from '../images/container-image';
import { MlInstanceType } from '../job/ml-instance-type.generated';
import { TrainingOptions } from '../training-job/training-options';

/**
 * The order in which the instance configurations are tried (`AllocationStrategy`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_HyperParameterTuningResourceConfig.html
 */
export class HyperParameterTuningAllocationStrategy {
  /** The order of the list. */
  public static readonly PRIORITIZED = new HyperParameterTuningAllocationStrategy('Prioritized');

  /**
   * Returns the strategy for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): HyperParameterTuningAllocationStrategy {
    return new HyperParameterTuningAllocationStrategy(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/**
 * The configuration of the instances for training jobs (`HyperParameterTuningInstanceConfig`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_HyperParameterTuningInstanceConfig.html
 */
export interface HyperParameterTuningInstance {
  /** The instance type (`InstanceType`). SageMaker accepts only some general purpose and compute optimized types without GPUs. */
  readonly instanceType: MlInstanceType;

  /**
   * The number of instances of each training job (`InstanceCount`).
   *
   * @default 1
   */
  readonly instanceCount?: number;

  /**
   * The size of the storage volume of each instance (`VolumeSizeInGB`), in whole gibibytes, at least 1.
   *
   * @default Size.gibibytes(30)
   */
  readonly volumeSize?: Size;
}

/**
 * The resources of the training jobs (`HyperParameterTuningResourceConfig`), from which SageMaker can choose. Specify either
 * `instanceConfigs` or `instanceType`.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_HyperParameterTuningResourceConfig.html
 */
export interface HyperParameterTuningResourceOptions {
  /**
   * The instance type (`InstanceType`). Cannot be combined with `instanceConfigs`.
   *
   * @default - specified by `instanceConfigs`
   */
  readonly instanceType?: MlInstanceType;

  /**
   * The number of instances of each training job (`InstanceCount`). Cannot be combined with `instanceConfigs`.
   *
   * @default - 1; not specified with `instanceConfigs`
   */
  readonly instanceCount?: number;

  /**
   * The size of the storage volume of each instance (`VolumeSizeInGB`), in whole gibibytes. Cannot be combined with
   * `instanceConfigs`.
   *
   * @default - `Size.gibibytes(30)`; not specified with `instanceConfigs`
   */
  readonly volumeSize?: Size;

  /**
   * The KMS key that encrypts the storage volumes (`VolumeKmsKeyId`). Not supported for instance types with local storage.
   *
   * @default - a key of SageMaker
   */
  readonly volumeEncryptionKey?: kms.IKey;

  /**
   * The order in which `instanceConfigs` are tried (`AllocationStrategy`).
   *
   * @default - decided by SageMaker
   */
  readonly allocationStrategy?: HyperParameterTuningAllocationStrategy;

  /**
   * The configurations of the instances, in order of preference (`InstanceConfigs`), 1 to 6.
   *
   * @default - only `instanceType`
   */
  readonly instanceConfigs?: HyperParameterTuningInstance[];
}

/**
 * The definition of the training jobs that a tuning job launches (`HyperParameterTrainingJobDefinition`). It takes the same props
 * as a training job, so one object can serve both.
 *
 * The API does not support the other props of `TrainingJob` here: container commands, Debugger, experiments, MLflow, serverless
 * jobs, and images of a private registry in a VPC.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_HyperParameterTrainingJobDefinition.html
 */
export interface HyperParameterTrainingJobDefinition extends TrainingOptions {
  /**
   * The name of the definition (`DefinitionName`), 1 to 64 letters, digits and hyphens. Required and unique in a tuning job with
   * several definitions.
   *
   * @default - none
   */
  readonly definitionName?: string;

  /**
   * The objective metric of the training jobs of this definition (`TuningObjective`). Only for a tuning job with several
   * definitions.
   *
   * @default - the objective of the tuning job
   */
  readonly tuningObjective?: HyperParameterTuningJobObjective;

  /**
   * The ranges of the hyperparameters to tune for this definition (`HyperParameterRanges`), at most 30. Only for a tuning job
   * with several definitions.
   *
   * @default - the ranges of the tuning job
   */
  readonly hyperParameterRanges?: ParameterRange[];

  /**
   * The resources of the training jobs, from which SageMaker can choose (`HyperParameterTuningResourceConfig`). Cannot be
   * combined with props of `ResourceConfig`, such as `instanceType`.
   *
   * @default - specified by `instanceType` and the other props of `ResourceConfig`
   */
  readonly hyperParameterTuningResourceConfig?: HyperParameterTuningResourceOptions;

  /**
   * The hyperparameters that all training jobs have (`StaticHyperParameters`), at most 100, names up to 256 and values up to 2500
   * characters. Values of hyperparameters that are tuned are omitted.
   *
   * Values are strings, numbers or booleans: `10` and `'10'` are the same request. Other values, such as objects, fail at synthesis.
   *
   * @default - none
   */
  readonly hyperParameters?: { [name: string]: any };

  /**
   * The image of the algorithm (`AlgorithmSpecification.TrainingImage`). Specify exactly one of `trainingImage` and
   * `algorithmName`. An image of a private registry in a VPC is not supported.
   *
   * @default - specified by `algorithmName`
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_HyperParameterAlgorithmSpecification.html
   */
  readonly trainingImage?: ContainerImage;

  /**
   * The execution role of the training jobs (`RoleArn`). A role of this app is granted the permissions that the training jobs
   * require. An imported role, or a role from `withoutPolicyUpdates()`, is not changed and must have these permissions.
   *
   * @default - the role of the tuning job
   */
  readonly role?: iam.IRole;

  /**
   * The ML compute instance type (`ResourceConfig.InstanceType`). Cannot be combined with `instanceGroups`, `instancePreferences`
   * or `hyperParameterTuningResourceConfig`.
   *
   * @default - `MlInstanceType.ML_M5_XLARGE`; none with instance groups, instance preferences or `hyperParameterTuningResourceConfig`
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceConfig.html
   */
  readonly instanceType?: MlInstanceType;

  /**
   * The number of instances of each training job (`ResourceConfig.InstanceCount`). Cannot be combined with `instanceGroups` or
   * `hyperParameterTuningResourceConfig`.
   *
   * @default - 1; none with instance groups, instance preferences with counts, or `hyperParameterTuningResourceConfig`
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceConfig.html
   */
  readonly instanceCount?: number;

  /**
   * The size of the storage volume of each instance (`ResourceConfig.VolumeSizeInGB`), in whole gibibytes.
   *
   * The volume stores data, checkpoints and results. Instance types with local storage use their local storage and ignore this
   * size. Cannot be combined with `hyperParameterTuningResourceConfig`.
   *
   * @default - `Size.gibibytes(30)`; none with `hyperParameterTuningResourceConfig`
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceConfig.html
   */
  readonly volumeSize?: Size;

  /**
   * The KMS key that encrypts the storage volumes (`ResourceConfig.VolumeKmsKeyId`). Not supported for instance types with local
   * storage. Cannot be combined with `hyperParameterTuningResourceConfig`, which has a key of its own.
   *
   * @default - a key of SageMaker
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceConfig.html
   */
  readonly volumeEncryptionKey?: kms.IKey;

  /**
   * The time for which the instances are retained in a warm pool (`ResourceConfig.KeepAlivePeriodInSeconds`), at most 6 hours.
   *
   * The API accepts it, but it has no effect in a tuning job, which manages its instances itself. Cannot be combined with
   * `hyperParameterTuningResourceConfig`.
   *
   * @default - no warm pool
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceConfig.html
   */
  readonly keepAlivePeriod?: Duration;

  /**
   * The maximum runtime of each training job, including all attempts (`StoppingCondition.MaxRuntimeInSeconds`), in whole seconds
   * up to 28 days. A training job that exceeds it is stopped.
   *
   * @default Duration.hours(1)
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StoppingCondition.html
   */
  readonly maxRuntime?: Duration;

  /**
   * The environment variables of the container (`Environment`), at most 48 in total over all definitions. Values are strings,
   * numbers or booleans, with up to 512 characters. Other values, such as objects, fail at synthesis. Do not specify secrets: every
   * principal that is allowed to describe the job can read them.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: any };
}
