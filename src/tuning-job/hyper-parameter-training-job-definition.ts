import type { Size } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { ParameterRange } from './parameter-range';
import { HyperParameterTuningJobObjective } from './tuning-options';
import { MlInstanceType } from '../job/ml-instance-type.generated';
import { TrainingOptions } from '../training-job/training-options';

/** In which order the instances of a list are tried (`HyperParameterTuningAllocationStrategy` of the API). */
export class HyperParameterTuningAllocationStrategy {
  /** In the order of the list. */
  public static readonly PRIORITIZED = new HyperParameterTuningAllocationStrategy('Prioritized');

  /**
   * A strategy by its name in the API.
   *
   * @param value the name, or a token
   */
  public static of(value: string): HyperParameterTuningAllocationStrategy {
    return new HyperParameterTuningAllocationStrategy(value);
  }

  /** @param value The strategy as the API spells it. */
  private constructor(public readonly value: string) {}

  /** Returns the value as the API spells it. */
  public toString(): string {
    return this.value;
  }
}

/** Instances that training jobs may run on (`HyperParameterTuningInstanceConfig` of the API). */
export interface TuningInstance {
  /** The type of the instances (`InstanceType`): the service takes some general and compute types without GPUs here. */
  readonly instanceType: MlInstanceType;

  /**
   * How many instances a training job has (`InstanceCount`).
   *
   * @default 1
   */
  readonly instanceCount?: number;

  /**
   * The size of the volume of each instance (`VolumeSizeInGB`), in whole gibibytes, at least 1.
   *
   * @default - 30 GiB
   */
  readonly volumeSize?: Size;
}

/**
 * What training jobs run on when the service may choose between instances (`HyperParameterTuningResourceConfig` of the API).
 * Either `instanceConfigs` is given, or `instanceType`.
 */
export interface TuningResourceOptions {
  /**
   * The type of the instances (`InstanceType`). Not together with `instanceConfigs`.
   *
   * @default - given by `instanceConfigs`
   */
  readonly instanceType?: MlInstanceType;

  /**
   * How many instances a training job has (`InstanceCount`). Not together with `instanceConfigs`.
   *
   * @default - 1; none where `instanceConfigs` is given
   */
  readonly instanceCount?: number;

  /**
   * The size of the volume of each instance (`VolumeSizeInGB`), in whole gibibytes. Not together with `instanceConfigs`.
   *
   * @default - 30 GiB; none where `instanceConfigs` is given
   */
  readonly volumeSize?: Size;

  /**
   * The key that encrypts the volumes (`VolumeKmsKeyId`). Not for instance types with storage of their own.
   *
   * @default - a key of the service
   */
  readonly volumeEncryptionKey?: kms.IKey;

  /**
   * In which order `instanceConfigs` are tried (`AllocationStrategy`).
   *
   * @default - as the service decides
   */
  readonly allocationStrategy?: HyperParameterTuningAllocationStrategy;

  /**
   * The instances that training jobs may run on, the most wanted first (`InstanceConfigs`), 1 to 6.
   *
   * @default - only `instanceType`
   */
  readonly instanceConfigs?: TuningInstance[];
}

/**
 * The training jobs that a tuning job launches (`HyperParameterTrainingJobDefinition` of the API), in the words of a
 * training job: what both are told can be written once and be given to both.
 *
 * What else a `TrainingJob` can be told (a command for the container, Debugger, experiments, MLflow, warm pools beyond
 * `keepAlivePeriod`, an image of a registry in a VPC) the service does not offer here.
 */
export interface HyperParameterTrainingJobDefinition extends TrainingOptions {
  /**
   * The name of the definition (`DefinitionName`), 1 to 64 letters, digits and hyphens. Needed, and unique, where a tuning
   * job has several definitions.
   *
   * @default - none
   */
  readonly definitionName?: string;

  /**
   * The metric that decides which training job of this definition is best (`TuningObjective`), for a tuning job with several
   * definitions.
   *
   * @default - the objective of the tuning job
   */
  readonly tuningObjective?: HyperParameterTuningJobObjective;

  /**
   * The hyperparameters that are tuned for this definition (`HyperParameterRanges`), at most 30, for a tuning job with
   * several definitions.
   *
   * @default - the ranges of the tuning job
   */
  readonly hyperParameterRanges?: ParameterRange[];

  /**
   * What the training jobs run on when the service may choose between instances (`HyperParameterTuningResourceConfig`).
   * Not together with any prop of `ResourceConfig`, such as `instanceType`.
   *
   * @default - as `instanceType` and the other props of `ResourceConfig` say
   */
  readonly hyperParameterTuningResourceConfig?: TuningResourceOptions;
}
