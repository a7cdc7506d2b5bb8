import type { Size } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { ParameterRange } from './parameter-range';
import { HyperParameterTuningJobObjective } from './tuning-options';
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
export interface TuningInstance {
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
export interface TuningResourceOptions {
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
  readonly instanceConfigs?: TuningInstance[];
}

/**
 * The definition of the training jobs that a tuning job launches (`HyperParameterTrainingJobDefinition`). It takes the same props
 * as a training job, so one object can serve both.
 *
 * The API does not support the other props of `TrainingJob` here: container commands, Debugger, experiments, MLflow, warm pools
 * other than `keepAlivePeriod`, and images of a private registry in a VPC.
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
  readonly hyperParameterTuningResourceConfig?: TuningResourceOptions;
}
