import type { JsonObject } from '../json';
import type { Json } from '../services';
import type { ChangeSetState } from './change-set';
import type { CustomResourceEvent } from './custom-resource-event';
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

/** What DescribeStackEvents tells. */
export interface StackEvent {
  readonly timestamp: string;
  readonly eventId: string;
  readonly stackName: string;
  readonly stackId: string;
  readonly logicalResourceId: string;
  /** Empty as long as there is none. */
  readonly physicalResourceId: string;
  readonly resourceType: string;
  readonly resourceStatus: StackStatus | ResourceStatus;
  readonly resourceStatusReason?: string;
  /** Of the request that began the operation. */
  readonly clientRequestToken?: string;
}

export type RetentionPolicy = 'Delete' | 'Retain' | 'RetainExceptOnCreate' | 'Snapshot';

/** What the template makes of a resource, all functions resolved. */
export interface DesiredResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly metadata?: Json;
  readonly dependencies: string[];
  readonly deletionPolicy: RetentionPolicy;
  readonly updateReplacePolicy: RetentionPolicy;
}

/** An event that a custom resource has not answered yet. */
export interface PendingResponse {
  readonly event: CustomResourceEvent;
  /** When CloudFormation stops waiting, in milliseconds since the epoch. */
  readonly deadline: number;
}

/** A resource of a stack. */
export interface ResourceState extends DesiredResource {
  status: ResourceStatus;
  statusReason?: string;
  /** When it came to its status. */
  timestamp?: string;
  /** Whatever has one may exist and has to be deleted. */
  physicalId?: string;
  attributes: JsonObject;
  /** The last event that a custom resource was sent. */
  requestId?: string;
  noEcho?: boolean;
  /** What it was before the update that is in progress. */
  before?: ResourceState;
  /** What is being made to take its place. */
  replacement?: ResourceState;
  /** The service has been asked for what is in progress. */
  initiated?: boolean;
  pending?: PendingResponse;
}

export interface Output {
  readonly key: string;
  readonly value: string;
  readonly description?: string;
  readonly exportName?: string;
}

/** What an operation has read of other stacks: it reads each value once, and a rollback reads none anew. */
export interface Read {
  /** By the reference. */
  stackOutputs?: { [reference: string]: string };
}

/** What an update that is not complete started from. */
export interface StableState extends StackSource, Read {
  readonly resources: { [logicalId: string]: ResourceState };
  readonly outputs: Output[];
}

/** A stack: everything that the engine knows of it, ready to be written as JSON. */
export interface StackState extends StackSource, Read {
  readonly stackName: string;
  readonly stackId: string;
  /** The stack that this one is a resource of. */
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
  /** A failed operation leaves everything as it is. */
  disableRollback?: boolean;
  /** A failed creation deletes the stack. */
  deleteOnFailure?: boolean;
  /** The last operation deletes what was created, too, where its policy is to retain it. */
  retainExceptOnCreate?: boolean;
  /** Of the request that began the last operation. */
  clientRequestToken?: string;
  /** Logical ids of what the deletion leaves. */
  retainResources?: string[];
  /** What the import brings: physical ids by logical ids. */
  importing?: { [logicalId: string]: string };
  /** The deletion leaves what it cannot delete. */
  isForced?: boolean;
  resources: { [logicalId: string]: ResourceState };
  /** As long as there is something to go back to. */
  stable?: StableState;
  /** Physical resources that no logical id stands for any more; the next clean-up deletes them. */
  leftovers: ResourceState[];
  /** Kept by a retention policy, or not deletable: no longer of this stack, but their names are taken. */
  retained: ResourceState[];
  outputs: Output[];
  /** Names of the exports that the stack reads. */
  imports: string[];
  changeSets: ChangeSetState[];
  events: StackEvent[];
}
