import type { Clock } from '../clock';
import type { Services } from '../services';
import type { Environment } from './cloudformation-environment';
import type { DesiredResource, ResourceState, ResourceStatus, StackState } from './state';

/** The services that resource providers use. */
export interface Cloud {
  readonly clock: Clock;
  readonly services: Services;
  readonly environment: Environment;
}

/** The operation on a stack, as a resource provider uses it. */
export interface Run {
  readonly stack: StackState;
  /** Aborted when another resource has failed. */
  readonly signal?: AbortSignal;
  emit(resource: ResourceState, status: ResourceStatus, reason?: string): void;
  /** Reports a change of a resource's state without an event. */
  changed(): void;
  /** Reports that another physical resource represents the logical one. The old one is deleted when the operation has succeeded. */
  replaced(old: ResourceState, current: ResourceState): void;
  /** Reports a new physical resource that the next cleanup must delete. */
  abandoned(fresh: ResourceState): void;
}

/**
 * Creates, updates and deletes resources. The message of an error that it throws is the reason for the failure. An operation can
 * be called again with the state that an engine left when it ended, and continues from that state.
 */
export interface Provider {
  /** Sets the physical ID as soon as a physical resource may exist. */
  create(resource: ResourceState, run: Run): Promise<void>;
  update(resource: ResourceState, desired: DesiredResource, run: Run): Promise<void>;
  delete(resource: ResourceState, run: Run): Promise<void>;
  /** Whether an update replaces the resource, as far as its properties tell. Default: no. */
  isReplacedBy?(resource: ResourceState, desired: DesiredResource): boolean;
  /** Imports an existing resource. */
  adopt?(resource: ResourceState, run: Run): Promise<void>;
}

/** The operation on a resource was canceled while in progress. */
export class Cancelled extends Error {}
