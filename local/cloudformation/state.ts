import type { JsonObject } from '../json';
import type { Json } from '../services';
import type { ChangeSetState } from './change-set';
import type { CustomResourceEvent } from './custom-resource-event';
import type { StackDrift } from './detected-drift';
import type { StackSource } from './stack-source';

export type StackStatus =
  | 'REVIEW_IN_PROGRESS'
  | 'CREATE_IN_PROGRESS' | 'CREATE_COMPLETE' | 'CREATE_FAILED'
  | 'ROLLBACK_IN_PROGRESS' | 'ROLLBACK_COMPLETE' | 'ROLLBACK_FAILED'
  | 'UPDATE_IN_PROGRESS' | 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS' | 'UPDATE_COMPLETE' | 'UPDATE_FAILED'
  | 'UPDATE_ROLLBACK_IN_PROGRESS' | 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'
  | 'UPDATE_ROLLBACK_COMPLETE' | 'UPDATE_ROLLBACK_FAILED'
  | 'IMPORT_IN_PROGRESS' | 'IMPORT_COMPLETE' | 'IMPORT_ROLLBACK_IN_PROGRESS' | 'IMPORT_ROLLBACK_COMPLETE' | 'IMPORT_ROLLBACK_FAILED'
  | 'DELETE_IN_PROGRESS' | 'DELETE_COMPLETE' | 'DELETE_FAILED';

export type ResourceStatus =
  | 'CREATE_IN_PROGRESS' | 'CREATE_COMPLETE' | 'CREATE_FAILED'
  | 'UPDATE_IN_PROGRESS' | 'UPDATE_COMPLETE' | 'UPDATE_FAILED'
  | 'IMPORT_IN_PROGRESS' | 'IMPORT_COMPLETE' | 'IMPORT_FAILED' | 'IMPORT_ROLLBACK_IN_PROGRESS' | 'IMPORT_ROLLBACK_COMPLETE'
  | 'DELETE_IN_PROGRESS' | 'DELETE_COMPLETE' | 'DELETE_FAILED' | 'DELETE_SKIPPED';

/** An item of DescribeStackEvents. */
export interface StackEvent {
  readonly timestamp: string;
  readonly eventId: string;
  readonly stackName: string;
  readonly stackId: string;
  readonly logicalResourceId: string;
  /** Empty until the resource has a physical ID. */
  readonly physicalResourceId: string;
  readonly resourceType: string;
  readonly resourceStatus: StackStatus | ResourceStatus;
  readonly resourceStatusReason?: string;
  /** The token of the request that began the operation. */
  readonly clientRequestToken?: string;
}

export type RetentionPolicy = 'Delete' | 'Retain' | 'RetainExceptOnCreate' | 'Snapshot';

/** The desired state of a resource in the template, with all functions resolved. */
export interface DesiredResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly metadata?: Json;
  readonly dependencies: string[];
  readonly deletionPolicy: RetentionPolicy;
  readonly updateReplacePolicy: RetentionPolicy;
}

/** An event to which a custom resource has not responded yet. */
export interface PendingResponse {
  readonly event: CustomResourceEvent;
  /** The time when CloudFormation stops waiting, in milliseconds since the epoch. */
  readonly deadline: number;
}

export interface ResourceState extends DesiredResource {
  status: ResourceStatus;
  statusReason?: string;
  /** The time of the last status. */
  timestamp?: string;
  /** A resource with a physical ID may exist and must be deleted. */
  physicalId?: string;
  attributes: JsonObject;
  /** The request ID of the last event for a custom resource. */
  requestId?: string;
  noEcho?: boolean;
  /** The state before the update in progress. */
  before?: ResourceState;
  /** The new resource that will replace this one. */
  replacement?: ResourceState;
  /** Whether the operation in progress was requested from the service. */
  initiated?: boolean;
  pending?: PendingResponse;
}

export interface Output {
  readonly key: string;
  readonly value: string;
  readonly description?: string;
  readonly exportName?: string;
}

/** The values of other stacks that an operation has read: it reads each value once, and a rollback uses the same values. */
export interface Read {
  /** The values by reference. */
  stackOutputs?: { [reference: string]: string };
}

/** The state before an update that is not complete. */
export interface StableState extends StackSource, Read {
  readonly resources: { [logicalId: string]: ResourceState };
  readonly outputs: Output[];
}

/** The complete state of a stack, which can be serialized as JSON. */
export interface StackState extends StackSource, Read {
  readonly stackName: string;
  readonly stackId: string;
  /** The stack that contains this nested stack. */
  readonly parentId?: string;
  readonly creationTime: string;
  lastUpdatedTime?: string;
  deletionTime?: string;
  status: StackStatus;
  statusReason?: string;
  description?: string;
  capabilities?: string[];
  roleArn?: string;
  notificationArns?: string[];
  enableTerminationProtection?: boolean;
  /** The stack policy. Default: all updates are allowed. */
  stackPolicy?: string;
  /** The policy that replaces the stack policy during the current update. */
  stackPolicyDuringUpdate?: string;
  /** The result of the last drift detection. */
  drift?: StackDrift;
  /** The status before the deletion in progress. */
  statusBeforeDeletion?: StackStatus;
  /** Whether a failed operation keeps all resources. */
  disableRollback?: boolean;
  /** Whether a failed creation deletes the stack. */
  deleteOnFailure?: boolean;
  /** Whether the last operation deletes resources that it created although their policy retains them. */
  retainExceptOnCreate?: boolean;
  /** The token of the request that began the last operation. */
  clientRequestToken?: string;
  /** Logical IDs of resources that the deletion retains. */
  retainResources?: string[];
  /** The physical IDs of resources to import, by logical ID. */
  importing?: { [logicalId: string]: string };
  /** Whether the deletion retains resources that it cannot delete. */
  isForced?: boolean;
  resources: { [logicalId: string]: ResourceState };
  /** Present while the operation can be rolled back. */
  stable?: StableState;
  /** Physical resources that no logical ID refers to. The next cleanup deletes them. */
  leftovers: ResourceState[];
  /**
   * Resources that a retention policy kept or that could not be deleted. They no longer belong to the stack, but their names are
   * in use.
   */
  retained: ResourceState[];
  outputs: Output[];
  imports: string[];
  changeSets: ChangeSetState[];
  events: StackEvent[];
}
