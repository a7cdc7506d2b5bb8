import { MlInstanceType } from '../job/ml-instance-type.generated';

/**
 * An instance group of a heterogeneous cluster (`InstanceGroup`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InstanceGroup.html
 */
export interface InstanceGroup {
  /** The name of the group, which channels refer to (`InstanceGroupName`), 1 to 64 characters. */
  readonly instanceGroupName: string;

  /** The ML compute instance type (`InstanceType`). */
  readonly instanceType: MlInstanceType;

  /**
   * The number of instances (`InstanceCount`).
   *
   * @default 1
   */
  readonly instanceCount?: number;
}

/**
 * An instance type that a job may run on (`InstancePreference`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InstancePreference.html
 */
export interface InstancePreference {
  /** The ML compute instance type (`InstanceType`), unique within the list. */
  readonly instanceType: MlInstanceType;

  /**
   * The number of instances if this type is selected (`InstanceCount`). Specify it in every preference, or specify only
   * `instanceCount` of the job.
   *
   * @default - `instanceCount` of the job
   */
  readonly instanceCount?: number;

  /**
   * The ARNs of the training plans that provide the capacity if this type is selected (`TrainingPlanArns`), each 50 to 2048
   * characters.
   *
   * @default - on-demand capacity
   */
  readonly trainingPlanArns?: string[];
}

/**
 * The placement of instances on an UltraServer (`PlacementSpecification`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_PlacementSpecification.html
 */
export interface PlacementSpecification {
  /** The number of instances on the same UltraServer (`InstanceCount`), at least 1. */
  readonly instanceCount: number;

  /**
   * The ID of the UltraServer (`UltraServerId`), at most 256 characters.
   *
   * @default - chosen by SageMaker
   */
  readonly ultraServerId?: string;
}

/**
 * The placement of instances on UltraServers (`InstancePlacementConfig`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InstancePlacementConfig.html
 */
export interface InstancePlacementOptions {
  /**
   * Whether multiple jobs can share an UltraServer (`EnableMultipleJobs`).
   *
   * @default false
   */
  readonly enableMultipleJobs?: boolean;

  /**
   * The placements of instances on UltraServers (`PlacementSpecifications`), at most 10.
   *
   * @default - chosen by SageMaker
   */
  readonly placementSpecifications?: PlacementSpecification[];
}
