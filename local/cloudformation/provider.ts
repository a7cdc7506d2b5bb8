import type { Clock } from '../clock';
import type { Services } from '../services';
import type { DesiredResource, ResourceState, ResourceStatus, StackState } from './state';
import type { Environment } from './template';

/** What the providers of resources work with. */
export interface Cloud {
  readonly clock: Clock;
  readonly services: Services;
  readonly environment: Environment;
}

/** The operation on a stack, as far as a resource sees it. */
export interface Run {
  readonly stack: StackState;
  /** Aborted when another resource has failed. */
  readonly signal?: AbortSignal;
  emit(resource: ResourceState, status: ResourceStatus, reason?: string): void;
  /** What stood behind the resource until now goes when the operation has succeeded. */
  replaced(old: ResourceState): void;
  /** What was made for the resource goes when the operation is rolled back. */
  abandoned(fresh: ResourceState): void;
}

/** Makes, changes and removes resources. What it throws is the reason of the failure. */
export interface Provider {
  /** Sets the physical id as soon as there is something to delete. */
  create(resource: ResourceState, run: Run): Promise<void>;
  /** Gives what stands behind the resource from now on. */
  update(resource: ResourceState, desired: DesiredResource, run: Run): Promise<ResourceState>;
  delete(resource: ResourceState, run: Run): Promise<void>;
}

/** Why a resource that was in progress did not get further. */
export class Cancelled extends Error {}
