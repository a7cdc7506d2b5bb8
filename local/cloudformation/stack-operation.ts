import { randomUUID } from 'node:crypto';
import type { Stacks } from './region-stacks';
import { forgetProgress } from './resource-progress';
import { Cancelled, type Provider, type Run } from './resource-provider';
import type { ResourceTypes } from './resource-types';
import type { StackOutputs } from './stack-outputs';
import type { StackSource } from './stack-source';
import type { Template } from './stack-template';
import type { ResourceState, ResourceStatus, StackEvent, StackState, StackStatus } from './state';

/** What an operation needs of the engine. */
export interface Region {
  readonly stacks: Stacks;
  readonly types: ResourceTypes;
  readonly outputs: StackOutputs;
  provider(type: string): Provider;
  /** Whether there is a resource that is not one of a stack. */
  exists(type: string, physicalId: string): boolean;
  /** The template of a stack, or another one for it; refused when it is not valid. */
  template(source: StackSource, stack: { readonly stackName: string; readonly stackId: string }): Template;
  now(): string;
  publish(event: StackEvent): void;
  /** What the engine knows of a stack has changed. */
  changed(stack: StackState): void;
}

/**
 * One operation on a stack. All that it has to know is in the stack's state: each status that is no last one stands for a
 * phase, and an operation can be taken up in any of them.
 */
export class Operation implements Run {
  /** Why the phase is stopped from outside. */
  interruption?: string;
  /** Another operation has taken over. */
  superseded = false;
  private phase = new AbortController();

  constructor(readonly region: Region, readonly stack: StackState) {}

  get signal(): AbortSignal {
    return this.phase.signal;
  }

  /** The phase has ended; what stopped it does not stop the next one. */
  endPhase(): void {
    this.phase = new AbortController();
    this.interruption = undefined;
  }

  /** What the stack's template says. */
  template(): Template {
    return this.region.template(this.stack, this.stack);
  }

  /** Stops what is in progress, for a reason. */
  interrupt(reason: string): void {
    this.interruption = reason;
    this.stop();
  }

  /** Stops what is in progress. */
  stop(): void {
    this.phase.abort(new Cancelled());
  }

  /** Stops what is in progress, and another operation takes over. */
  supersede(): void {
    this.superseded = true;
    this.stop();
  }

  emit(resource: ResourceState, status: ResourceStatus, reason?: string): void {
    resource.status = status;
    resource.statusReason = reason;
    resource.timestamp = this.region.now();
    if (!status.endsWith('_IN_PROGRESS')) forgetProgress(resource);
    this.record(resource.logicalId, resource.physicalId ?? '', resource.type, status, reason);
  }

  changed(): void {
    this.region.changed(this.stack);
  }

  replaced(old: ResourceState, current: ResourceState): void {
    const { logicalId, physicalId } = current;
    this.stack.resources[logicalId] = current;
    // What an update without a rollback had replaced may stand for the resource again.
    this.stack.leftovers = this.stack.leftovers.filter((other) => other.logicalId !== logicalId || other.physicalId !== physicalId);
    this.stack.leftovers.push(forgetProgress(old));
  }

  abandoned(fresh: ResourceState): void {
    this.stack.leftovers.push({ ...forgetProgress(fresh), updateReplacePolicy: 'Delete' });
  }

  setStatus(status: StackStatus, reason?: string): void {
    this.stack.status = status;
    this.stack.statusReason = reason;
    this.record(this.stack.stackName, this.stack.stackId, 'AWS::CloudFormation::Stack', status, reason);
  }

  private record(logicalResourceId: string, physicalResourceId: string, resourceType: string, resourceStatus: StackEvent['resourceStatus'],
    resourceStatusReason?: string): void {
    const { stackName, stackId, events, clientRequestToken } = this.stack;
    const event: StackEvent = {
      timestamp: this.region.now(),
      eventId: randomUUID(),
      stackName,
      stackId,
      logicalResourceId,
      physicalResourceId,
      resourceType,
      resourceStatus,
      ...resourceStatusReason !== undefined && { resourceStatusReason },
      ...clientRequestToken !== undefined && { clientRequestToken },
    };
    events.push(event);
    this.changed();
    this.region.publish(event);
  }
}
