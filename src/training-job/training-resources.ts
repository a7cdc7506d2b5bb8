import { MlInstanceType } from '../job/ml-instance-type.generated';

/** One group of instances of a heterogeneous cluster (`InstanceGroup` of the API). */
export interface InstanceGroup {
  /** The name that channels refer to (`InstanceGroupName`), 1 to 64 characters. */
  readonly instanceGroupName: string;

  /** The type of the instances (`InstanceType`). */
  readonly instanceType: MlInstanceType;

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
  readonly instanceType: MlInstanceType;

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
export interface InstancePlacementOptions {
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
