import type { Duration, Size } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { TrainingInstanceType } from './training-instance-type';

/** One group of instances of a heterogeneous cluster (`InstanceGroup` of the API). */
export interface InstanceGroup {
  /** The name that channels refer to (`InstanceGroupName`), 1 to 64 characters. */
  readonly instanceGroupName: string;

  /** The type of the instances (`InstanceType`). */
  readonly instanceType: TrainingInstanceType;

  /**
   * How many instances the group has (`InstanceCount`).
   *
   * @default 1
   */
  readonly instanceCount?: number;
}

/** One of several instance types that a job may run on (`InstancePreference` of the API). */
export interface InstancePreference {
  /** The type of the instances (`InstanceType`), once in a list. */
  readonly instanceType: TrainingInstanceType;

  /**
   * How many instances the job gets if this type is taken (`InstanceCount`). Either every preference has a count, or
   * none has and `instanceCount` of the job holds for all of them.
   *
   * @default - `instanceCount` of the job
   */
  readonly instanceCount?: number;

  /**
   * The ARNs of the training plans whose capacity is used if this type is taken (`TrainingPlanArns`), each 50 to 2048
   * characters.
   *
   * @default - on-demand capacity
   */
  readonly trainingPlanArns?: string[];
}

/** Instances that are placed together (`PlacementSpecification` of the API). */
export interface PlacementSpecification {
  /** How many instances are placed together on one UltraServer (`InstanceCount`), at least 1. */
  readonly instanceCount: number;

  /**
   * The UltraServer (`UltraServerId`), at most 256 characters.
   *
   * @default - the service chooses
   */
  readonly ultraServerId?: string;
}

/** How instances are placed on UltraServers (`InstancePlacementConfig` of the API). */
export interface InstancePlacementConfig {
  /**
   * Whether other jobs may share the UltraServers (`EnableMultipleJobs`).
   *
   * @default - they may not
   */
  readonly enableMultipleJobs?: boolean;

  /**
   * Which instances go together (`PlacementSpecifications`), at most 10.
   *
   * @default - the service chooses
   */
  readonly placementSpecifications?: PlacementSpecification[];
}

/** What a training job runs on (`ResourceConfig` of the API). */
export interface TrainingResourceOptions {
  /**
   * The type of the instances (`InstanceType`). Not together with `instanceGroups` or `instancePreferences`.
   *
   * @default - ml.m5.xlarge; none where groups, preferences or a serverless job say what the job runs on
   */
  readonly instanceType?: TrainingInstanceType;

  /**
   * How many instances there are (`InstanceCount`). Not together with `instanceGroups`.
   *
   * @default - 1; none where groups, preferences with counts or a serverless job say how many there are
   */
  readonly instanceCount?: number;

  /**
   * The groups of a heterogeneous cluster (`InstanceGroups`), at most 5.
   *
   * @default - all instances are of the same type
   */
  readonly instanceGroups?: InstanceGroup[];

  /**
   * The instance types that the job may run on, the most wanted first (`InstancePreferences`): the first one with
   * capacity is taken. Not together with `instanceType`, `instanceGroups`, `instancePlacementConfig` or spot training.
   *
   * @default - the job waits for capacity of `instanceType`
   */
  readonly instancePreferences?: InstancePreference[];

  /**
   * The ARN of the training plan whose capacity is used (`TrainingPlanArn`), 50 to 2048 characters.
   *
   * @default - on-demand capacity
   */
  readonly trainingPlanArn?: string;

  /**
   * How instances are placed on UltraServers (`InstancePlacementConfig`), for UltraServer capacity only.
   *
   * @default - the service chooses
   */
  readonly instancePlacementConfig?: InstancePlacementConfig;

  /**
   * The size of the volume of each instance (`VolumeSizeInGB`), in whole gibibytes. It holds data, checkpoints and results.
   * Instance types that come with storage of their own use that and ignore it.
   *
   * @default - 30 GiB; none for a serverless job
   */
  readonly volumeSize?: Size;

  /**
   * The key that encrypts the volumes (`VolumeKmsKeyId`). Not for instance types with storage of their own.
   *
   * @default - a key of the service
   */
  readonly volumeEncryptionKey?: kms.IKey;

  /**
   * How long the instances are kept for the next job after this one has ended (`KeepAlivePeriodInSeconds`), at most
   * 6 hours. They are billed meanwhile. Can change while the job runs, and is no reason to train again.
   *
   * @default - the instances end with the job
   */
  readonly keepAlivePeriod?: Duration;
}
