import type { Clock } from '../clock';
import type { Services } from '../services';
import type { Environment } from './stack-environment';
import type { DesiredResource, ResourceState, ResourceStatus, StackState } from './state';

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
  /** The state of a resource has changed without an event. */
  changed(): void;
  /** Another physical resource stands behind the logical one from now on; the old one goes when the operation has succeeded. */
  replaced(old: ResourceState, current: ResourceState): void;
  /** What was made for the resource goes in the next clean-up. */
  abandoned(fresh: ResourceState): void;
}

/**
 * Makes, changes and removes resources. What it throws is the reason of the failure. Each of its operations can be
 * called again with what an engine that has ended has left in the resource's state, and goes on from there.
 */
export interface Provider {
  /** Sets the physical id as soon as there is something to delete. */
  create(resource: ResourceState, run: Run): Promise<void>;
  update(resource: ResourceState, desired: DesiredResource, run: Run): Promise<void>;
  delete(resource: ResourceState, run: Run): Promise<void>;
  /** Takes over a resource that exists. */
  adopt?(resource: ResourceState, run: Run): Promise<void>;
}

/** Why a resource that was in progress did not get further. */
export class Cancelled extends Error {}
