import type { Json } from '../services';
import type { TemplateBody } from './template';

export type JsonObject = { [key: string]: Json };

export type StackStatus =
  | 'CREATE_IN_PROGRESS' | 'CREATE_COMPLETE' | 'CREATE_FAILED'
  | 'ROLLBACK_IN_PROGRESS' | 'ROLLBACK_COMPLETE' | 'ROLLBACK_FAILED'
  | 'UPDATE_IN_PROGRESS' | 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS' | 'UPDATE_COMPLETE' | 'UPDATE_FAILED'
  | 'UPDATE_ROLLBACK_IN_PROGRESS' | 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'
  | 'UPDATE_ROLLBACK_COMPLETE' | 'UPDATE_ROLLBACK_FAILED'
  | 'DELETE_IN_PROGRESS' | 'DELETE_COMPLETE' | 'DELETE_FAILED';

export type ResourceStatus =
  | 'CREATE_IN_PROGRESS' | 'CREATE_COMPLETE' | 'CREATE_FAILED'
  | 'UPDATE_IN_PROGRESS' | 'UPDATE_COMPLETE' | 'UPDATE_FAILED'
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

/** A resource of a stack. */
export interface ResourceState extends DesiredResource {
  status: ResourceStatus;
  /** Whatever has one may exist and has to be deleted. */
  physicalId?: string;
  attributes: JsonObject;
  /** The last event that a custom resource was sent. */
  requestId?: string;
  noEcho?: boolean;
}

export interface Output {
  readonly key: string;
  readonly value: string;
  readonly description?: string;
  readonly exportName?: string;
}

/** What a stack is made from. */
export interface StackSource {
  template: TemplateBody;
  parameters: { [name: string]: string };
  tags: { [key: string]: string };
}

/** A stack: everything that the engine knows of it, ready to be written as JSON. */
export interface StackState extends StackSource {
  readonly stackName: string;
  readonly stackId: string;
  readonly creationTime: string;
  lastUpdatedTime?: string;
  deletionTime?: string;
  status: StackStatus;
  statusReason?: string;
  resources: { [logicalId: string]: ResourceState };
  /** Physical resources that a failed update left over; they go with the stack. */
  leftovers: ResourceState[];
  /** Kept by a retention policy, or not deletable: no longer of this stack, but their names are taken. */
  retained: ResourceState[];
  outputs: Output[];
  /** Names of the exports that the stack reads. */
  imports: string[];
  events: StackEvent[];
}
