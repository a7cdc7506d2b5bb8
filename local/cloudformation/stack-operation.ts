import { randomUUID } from 'node:crypto';
import type { Stacks } from './region-stacks';
import { forgetProgress } from './resource-progress';
import { Cancelled, type Provider, type Run } from './resource-provider';
import type { ResourceTypes } from './resource-types';
import type { StackOutputs } from './stack-outputs';
import type { StackSource } from './stack-source';
import type { Template } from './stack-template';
import type { ResourceState, ResourceStatus, StackEvent, StackState, StackStatus } from './state';

/** The parts of the engine that an operation uses. */
export interface Region {
  readonly stacks: Stacks;
  readonly types: ResourceTypes;
  readonly outputs: StackOutputs;
  provider(type: string): Provider;
  /** Whether CloudFormation is allowed to assume a role. */
  canAssume(roleArn: string): boolean;
  /** Whether a resource exists that no stack created. */
  exists(type: string, physicalId: string): boolean;
  /** Returns the template of a stack, or another one for it. Throws an error if it is not valid. */
  template(source: StackSource, stack: { readonly stackName: string; readonly stackId: string }): Template;
  now(): string;
  publish(event: StackEvent): void;
  /** Reports a change of a stack's state. */
  changed(stack: StackState): void;
}

/**
 * An operation on a stack. The stack's state contains everything that the operation needs: each status that is not terminal
 * stands for a phase, and an operation can resume in any of them.
 */
export class Operation implements Run {
  /** The reason why the phase was interrupted from outside. */
  interruption?: string;
  /** Whether another operation has replaced this one. */
  superseded = false;
  private phase = new AbortController();

  constructor(readonly region: Region, readonly stack: StackState) {}

  get signal(): AbortSignal {
    return this.phase.signal;
  }

  /** Ends the phase. Its interruption does not affect the next phase. */
  endPhase(): void {
    this.phase = new AbortController();
    this.interruption = undefined;
  }

  /** Returns the template of the stack. */
  template(): Template {
    return this.region.template(this.stack, this.stack);
  }

  /** Stops the phase for a reason. */
  interrupt(reason: string): void {
    this.interruption = reason;
    this.stop();
  }

  /** Stops the phase. */
  stop(): void {
    this.phase.abort(new Cancelled());
  }

  /** Stops the phase because another operation replaces this one. */
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
    // A physical resource that an update without a rollback replaced may represent the logical resource again.
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
