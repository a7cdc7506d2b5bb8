import { randomUUID } from 'node:crypto';
import { isCustom, missingAttribute } from './custom-resource';
import { clone, same } from './json';
import { Cancelled, type Provider, type Run } from './provider';
import { remove } from './removal';
import type { Output, ResourceState, ResourceStatus, StackEvent, StackSource, StackState, StackStatus } from './state';
import type { Deployed, Template } from './template';

/** What a deployment needs of the engine. */
export interface Region {
  readonly custom: Provider;
  readonly native: Provider;
  now(): string;
  publish(event: StackEvent): void;
  /** The exports of all stacks, or of all but one, by name. */
  exports(exceptStackId?: string): Map<string, Output & { readonly stackId: string }>;
  /** The names of the other stacks that read an export. */
  importers(exportName: string, stackId: string): string[];
}

/** Deletions in a clean-up phase are repeated before they are given up. */
const CLEANUP_ATTEMPTS = 3;

/** One operation on a stack. */
export class Deployment implements Run {
  /** Why the operation is stopped from outside. */
  private interruption?: string;
  private superseded = false;
  private phase = new AbortController();
  private failed: { create: string[]; update: string[] } = { create: [], update: [] };
  private old: ResourceState[] = [];
  private fresh: ResourceState[] = [];

  constructor(private readonly region: Region, readonly stack: StackState, private readonly disableRollback = false) {}

  get signal(): AbortSignal {
    return this.phase.signal;
  }

  async create(template: Template): Promise<void> {
    this.setStatus('CREATE_IN_PROGRESS', 'User Initiated');
    const reason = await this.deploy(template, []);
    if (this.superseded) return;
    if (reason === undefined) return this.setStatus('CREATE_COMPLETE');
    if (this.disableRollback) return this.setStatus('CREATE_FAILED', reason);
    this.setStatus('ROLLBACK_IN_PROGRESS', `${reason}Rollback requested by user.`);
    const failed = await remove(this, this.provider, Object.values(this.stack.resources), resource => resource.deletionPolicy === 'Retain');
    this.setStatus(failed.length > 0 ? 'ROLLBACK_FAILED' : 'ROLLBACK_COMPLETE', failedToDelete(failed));
  }

  /** Updates from what the stack has now, `previous`, to what the template says. */
  async update(source: StackSource, template: Template, previous: Template): Promise<void> {
    const { stack } = this;
    const before = clone({ template: stack.template, parameters: stack.parameters, tags: stack.tags });
    const { outputs, resources } = clone({ outputs: stack.outputs, resources: stack.resources });
    Object.assign(stack, source, { lastUpdatedTime: this.region.now() });
    this.setStatus('UPDATE_IN_PROGRESS', 'User Initiated');
    const reason = await this.deploy(template, outputs);
    if (reason === undefined) {
      this.setStatus('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
      const removed = Object.values(stack.resources).filter(({ logicalId }) => !Object.hasOwn(template.resources, logicalId));
      await this.cleanUp([...this.old, ...removed], 'UPDATE_COMPLETE', resource => removed.includes(resource)
        ? resource.deletionPolicy.startsWith('Retain')
        : resource.updateReplacePolicy === 'Retain');
    } else if (this.disableRollback) {
      stack.leftovers.push(...this.old, ...this.fresh);
      this.setStatus('UPDATE_FAILED', reason);
    } else {
      Object.assign(stack, before);
      await this.rollBack(previous, resources, outputs, reason);
    }
  }

  async delete(retain: string[] = []): Promise<void> {
    const { stack } = this;
    this.setStatus('DELETE_IN_PROGRESS', 'User Initiated');
    for (const { exportName } of stack.outputs) {
      const [importer] = exportName ? this.region.importers(exportName, stack.stackId) : [];
      if (importer) return this.setStatus('DELETE_FAILED', `Delete canceled. Cannot delete export ${exportName} as it is in use by ${importer}.`);
    }
    const resources = [...Object.values(stack.resources), ...stack.leftovers];
    const failed = await remove(this, this.provider, resources, resource =>
      retain.includes(resource.logicalId) || (!stack.leftovers.includes(resource) && resource.deletionPolicy.startsWith('Retain')));
    stack.leftovers = stack.leftovers.filter(({ status }) => status !== 'DELETE_COMPLETE');
    if (failed.length > 0) return this.setStatus('DELETE_FAILED', failedToDelete(failed));
    stack.deletionTime = this.region.now();
    this.setStatus('DELETE_COMPLETE');
  }

  /** Stops the operation: it rolls back for this reason. */
  interrupt(reason: string): void {
    this.interruption = reason;
    this.phase.abort(new Cancelled());
  }

  /** Stops the operation, and another one takes over. */
  supersede(): void {
    this.superseded = true;
    this.interrupt('');
  }

  emit(resource: ResourceState, status: ResourceStatus, reason?: string): void {
    resource.status = status;
    this.record(resource.logicalId, resource.physicalId ?? '', resource.type, status, reason);
  }

  replaced(old: ResourceState): void {
    this.old.push(old);
  }

  abandoned(fresh: ResourceState): void {
    this.fresh.push(fresh);
  }

  private async rollBack(previous: Template, resources: StackState['resources'], outputs: Output[], reason: string): Promise<void> {
    const { stack } = this;
    this.setStatus('UPDATE_ROLLBACK_IN_PROGRESS', reason);
    this.phase = new AbortController();
    this.failed = { create: [], update: [] };
    this.interruption = undefined;
    this.old = [];
    for (const [logicalId, before] of Object.entries(resources)) {
      // What a custom resource had before is for its function to find again, by the Update that it is sent.
      const current = stack.resources[logicalId];
      if (isCustom(before.type) || current.physicalId === before.physicalId) continue;
      this.fresh.push(current);
      stack.resources[logicalId] = { ...before, status: 'UPDATE_FAILED' };
    }
    const failure = await this.deploy(previous, outputs);
    const added = Object.values(stack.resources).filter(({ logicalId }) => !Object.hasOwn(resources, logicalId));
    const leftovers = [...this.fresh, ...this.old];
    if (failure !== undefined) {
      stack.leftovers.push(...leftovers);
      return this.setStatus('UPDATE_ROLLBACK_FAILED', failure);
    }
    this.setStatus('UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
    await this.cleanUp([...added, ...leftovers], 'UPDATE_ROLLBACK_COMPLETE', resource => added.includes(resource) && resource.deletionPolicy === 'Retain');
  }

  private async cleanUp(resources: ResourceState[], status: StackStatus, retained: (resource: ResourceState) => boolean): Promise<void> {
    const failed = await remove(this, this.provider, resources, retained, CLEANUP_ATTEMPTS);
    for (const resource of failed) {
      if (this.stack.resources[resource.logicalId] === resource) delete this.stack.resources[resource.logicalId];
      this.stack.retained.push(resource);
    }
    this.setStatus(status, failed.length > 0 ? 'One or more resources could not be deleted.' : undefined);
  }

  /** Brings the resources and the outputs to what the template says; gives the reason when it fails. */
  private async deploy(template: Template, formerOutputs: Output[]): Promise<string | undefined> {
    const { stack, region } = this;
    stack.imports = template.imports();
    const missing = stack.imports.find(name => !region.exports().has(name));
    if (missing !== undefined) return `No export named ${missing} found. `;

    const results = new Map<string, Promise<boolean>>();
    const result = (logicalId: string): Promise<boolean> => {
      const known = results.get(logicalId) ?? this.afterDependencies(logicalId, template, result);
      results.set(logicalId, known);
      return known;
    };
    await Promise.all(Object.keys(template.resources).map(result));
    if (this.signal.aborted) {
      const { create, update } = this.failed;
      return this.interruption ?? [
        ...create.length > 0 ? [`The following resource(s) failed to create: [${create.join(', ')}]. `] : [],
        ...update.length > 0 ? [`The following resource(s) failed to update: [${update.join(', ')}]. `] : [],
      ].join('');
    }
    try {
      stack.outputs = template.resolvedOutputs(this.deployed(true));
      this.checkExports(formerOutputs);
    } catch (error) {
      stack.outputs = formerOutputs;
      return `${(error as Error).message}. `.replace('.. ', '. ');
    }
    return undefined;
  }

  private async afterDependencies(logicalId: string, template: Template, result: (logicalId: string) => Promise<boolean>): Promise<boolean> {
    const ready = await Promise.all(template.dependencies(logicalId).map(result));
    if (ready.includes(false) || this.signal.aborted) return false;
    const operation = this.stack.resources[logicalId] === undefined ? 'create' : 'update';
    try {
      await (operation === 'create' ? this.createResource(logicalId, template) : this.updateResource(logicalId, template));
      return true;
    } catch (error) {
      const reason = error instanceof Cancelled ? `Resource ${operation === 'create' ? 'creation' : 'update'} cancelled` : (error as Error).message;
      this.emit(this.stack.resources[logicalId], operation === 'create' ? 'CREATE_FAILED' : 'UPDATE_FAILED', reason);
      this.failed[operation].push(logicalId);
      this.phase.abort(new Cancelled());
      return false;
    }
  }

  private async createResource(logicalId: string, template: Template): Promise<void> {
    const type = template.resources[logicalId].Type;
    // A place for the failure in case that the properties cannot be resolved.
    const unresolved = { logicalId, type, properties: {}, dependencies: [], deletionPolicy: 'Delete', updateReplacePolicy: 'Delete' } as const;
    const resource: ResourceState = { ...unresolved, dependencies: [], status: 'CREATE_IN_PROGRESS', attributes: {} };
    this.stack.resources[logicalId] = resource;
    Object.assign(resource, template.desired(logicalId, this.deployed()));
    await this.provider(type).create(resource, this);
    this.emit(resource, 'CREATE_COMPLETE');
  }

  private async updateResource(logicalId: string, template: Template): Promise<void> {
    const resource = this.stack.resources[logicalId];
    const desired = template.desired(logicalId, this.deployed());
    if (!same(resource.properties, desired.properties)) {
      const updated = await this.provider(resource.type).update(resource, desired, this);
      this.stack.resources[logicalId] = updated;
      this.emit(updated, 'UPDATE_COMPLETE');
      return;
    }
    // Metadata and policies are CloudFormation's own: nobody else hears of their change.
    const visible = !same(resource.metadata, desired.metadata);
    const failed = resource.status === 'UPDATE_FAILED';
    Object.assign(resource, desired);
    if (visible) this.emit(resource, 'UPDATE_IN_PROGRESS');
    if (visible || failed) this.emit(resource, 'UPDATE_COMPLETE');
  }

  private deployed(masked = false): Deployed {
    const { resources, stackId } = this.stack;
    return {
      ref: logicalId => resources[logicalId].physicalId!,
      getAtt: (logicalId, attribute) => {
        const resource = resources[logicalId];
        if (isCustom(resource.type) && !Object.hasOwn(resource.attributes, attribute)) {
          throw new Error(missingAttribute(stackId, resource, attribute));
        }
        return masked && resource.noEcho ? '*****' : resource.attributes[attribute];
      },
      importValue: name => this.region.exports().get(name)!.value,
    };
  }

  private checkExports(former: Output[]): void {
    const { stack, region } = this;
    for (const { exportName } of stack.outputs) {
      const other = exportName && region.exports(stack.stackId).get(exportName);
      if (other) throw new Error(`Export with name ${exportName} is already exported by stack ${other.stackId.split('/')[1]}`);
    }
    for (const { exportName, value } of former) {
      const now = stack.outputs.find(output => output.exportName === exportName);
      const [importer] = exportName && now?.value !== value ? region.importers(exportName, stack.stackId) : [];
      if (importer) throw new Error(`Export ${exportName} cannot be ${now ? 'updated' : 'deleted'} as it is in use by ${importer}`);
    }
  }

  private readonly provider = (type: string): Provider => isCustom(type) ? this.region.custom : this.region.native;

  private setStatus(status: StackStatus, reason?: string): void {
    this.stack.status = status;
    this.stack.statusReason = reason;
    this.record(this.stack.stackName, this.stack.stackId, 'AWS::CloudFormation::Stack', status, reason);
  }

  private record(logicalResourceId: string, physicalResourceId: string, resourceType: string, resourceStatus: StackEvent['resourceStatus'],
    resourceStatusReason?: string): void {
    const { stackName, stackId, events } = this.stack;
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
    };
    events.push(event);
    this.region.publish(event);
  }
}

function failedToDelete(resources: ResourceState[]): string | undefined {
  return resources.length > 0 ? `The following resource(s) failed to delete: [${resources.map(({ logicalId }) => logicalId).join(', ')}]. ` : undefined;
}
