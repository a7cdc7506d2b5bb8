import { deployedView } from './deployed-view';
import { same } from './documents';
import { deleteResource } from './removal';
import { forgetProgress, isInProgress } from './resource-progress';
import { Cancelled } from './resource-provider';
import type { Operation } from './stack-operation';
import { type PolicedAction, policyRefusal } from './stack-policy';
import { withStackTags } from './stack-tags';
import type { Template } from './stack-template';
import type { DesiredResource, ResourceState, StackState } from './state';

/** Deploys the resources and outputs of the stack's template. Returns the reason if the deployment fails. */
export async function deploy(operation: Operation): Promise<string | undefined> {
  return new Deployment(operation, operation.template()).run();
}

class Deployment {
  private readonly stack: StackState;
  private readonly results = new Map<string, Promise<boolean>>();
  private readonly failed: { create: string[]; update: string[] } = { create: [], update: [] };
  /** Without a rollback, a failure stops only dependent resources. */
  private readonly isPreserving: boolean;

  constructor(private readonly operation: Operation, private readonly template: Template) {
    this.stack = operation.stack;
    this.isPreserving = this.stack.disableRollback === true;
  }

  async run(): Promise<string | undefined> {
    const { stack, template, operation } = this;
    stack.imports = template.imports();
    const missing = stack.imports.find(name => !operation.region.stacks.exports().has(name));
    if (missing !== undefined) return `No export named ${missing} found. `;

    const refused = this.refusedRemoval();
    if (refused !== undefined) return refused;
    this.restoreFailures();
    await Promise.all(Object.keys(template.resources).map(logicalId => this.result(logicalId)));
    const { create, update } = this.failed;
    if (operation.signal.aborted || create.length + update.length > 0) {
      return operation.interruption ?? [
        ...create.length > 0 ? [`The following resource(s) failed to create: [${create.join(', ')}]. `] : [],
        ...update.length > 0 ? [`The following resource(s) failed to update: [${update.join(', ')}]. `] : [],
      ].join('');
    }
    const former = stack.stable?.outputs ?? [];
    try {
      stack.outputs = template.resolvedOutputs(deployedView(operation, true));
      this.checkExports(former);
    } catch (error) {
      stack.outputs = former;
      return `${(error as Error).message}. `.replace('.. ', '. ');
    }
    return undefined;
  }

  /** Resources that failed before an earlier engine ended are not tried again. */
  private restoreFailures(): void {
    const { stack, failed, operation } = this;
    const beginning = stack.events.findLastIndex(({ physicalResourceId }) => physicalResourceId === stack.stackId);
    for (const { logicalResourceId, resourceStatus } of stack.events.slice(beginning + 1)) {
      const kind = resourceStatus === 'CREATE_FAILED' ? 'create' : resourceStatus === 'UPDATE_FAILED' ? 'update' : undefined;
      if (kind === undefined || stack.resources[logicalResourceId]?.status !== resourceStatus) continue;
      failed[kind].push(logicalResourceId);
      this.results.set(logicalResourceId, Promise.resolve(false));
    }
    if (this.results.size > 0 && !this.isPreserving) operation.stop();
  }

  private result(logicalId: string): Promise<boolean> {
    const result = this.results.get(logicalId) ?? this.afterDependencies(logicalId);
    this.results.set(logicalId, result);
    return result;
  }

  private async afterDependencies(logicalId: string): Promise<boolean> {
    const { stack, operation } = this;
    const ready = await Promise.all(this.template.dependencies(logicalId).map(id => this.result(id)));
    // An earlier engine may have created the resource, so its operation is always resumed.
    const wasInProgress = isInProgress(stack.resources[logicalId]);
    if (!wasInProgress && (ready.includes(false) || operation.signal.aborted)) return false;
    const kind = isToBeCreated(stack.resources[logicalId]) ? 'create' : 'update';
    try {
      await (kind === 'create' ? this.createResource(logicalId) : this.updateResource(logicalId));
      return true;
    } catch (error) {
      const reason = error instanceof Cancelled ? `Resource ${kind === 'create' ? 'creation' : 'update'} cancelled` : (error as Error).message;
      const { before } = stack.resources[logicalId];
      // A continued rollback must see that this resource is not restored yet.
      if (before && stack.status === 'UPDATE_ROLLBACK_IN_PROGRESS') Object.assign(stack.resources[logicalId], { properties: before.properties });
      operation.emit(stack.resources[logicalId], kind === 'create' ? 'CREATE_FAILED' : 'UPDATE_FAILED', reason);
      this.failed[kind].push(logicalId);
      if (!this.isPreserving) operation.stop();
      else if (before && !operation.signal.aborted) await this.revert(stack.resources[logicalId], before, reason);
      return false;
    }
  }

  private async createResource(logicalId: string): Promise<void> {
    const { stack, template, operation } = this;
    const failed = stack.resources[logicalId];
    if (failed?.physicalId !== undefined && failed.status !== 'CREATE_IN_PROGRESS') {
      await deleteResource(operation, failed);
      operation.emit(failed, 'DELETE_COMPLETE');
    }
    const type = template.resources[logicalId].Type;
    // Represents the failure if the properties cannot be resolved.
    const unresolved: DesiredResource = { logicalId, type, properties: {}, dependencies: [], deletionPolicy: 'Delete', updateReplacePolicy: 'Delete' };
    const resource: ResourceState = failed?.status === 'CREATE_IN_PROGRESS' ? failed : { ...unresolved, status: 'CREATE_IN_PROGRESS', attributes: {} };
    stack.resources[logicalId] = resource;
    Object.assign(resource, this.desired(logicalId));
    await operation.region.provider(type).create(resource, operation);
    operation.emit(resource, 'CREATE_COMPLETE');
  }

  private async updateResource(logicalId: string): Promise<void> {
    const { stack, operation } = this;
    const resource = stack.resources[logicalId];
    const desired = this.desired(logicalId);
    if (resource.status === 'UPDATE_IN_PROGRESS' || !same(resource.properties, desired.properties)) {
      const provider = operation.region.provider(resource.type);
      this.checkPolicy(resource, provider.isReplacedBy?.(resource, desired) ? 'Update:Replace' : 'Update:Modify');
      await provider.update(resource, desired, operation);
      const updated = stack.resources[logicalId];
      // The earlier engine may have worked on other properties.
      if (!same(updated.properties, desired.properties)) await provider.update(forgetProgress(updated), desired, operation);
      operation.emit(stack.resources[logicalId], 'UPDATE_COMPLETE');
      return;
    }
    // Metadata and policies belong to CloudFormation. Their change involves no other service.
    const visible = !same(resource.metadata, desired.metadata);
    const failed = resource.status === 'UPDATE_FAILED';
    Object.assign(resource, desired);
    if (visible) operation.emit(resource, 'UPDATE_IN_PROGRESS');
    if (visible || failed) operation.emit(resource, 'UPDATE_COMPLETE');
  }

  /** Restores a resource whose update has failed to its last stable state. */
  private async revert(resource: ResourceState, before: DesiredResource, reason: string): Promise<void> {
    const { logicalId, type, properties, metadata, dependencies, deletionPolicy, updateReplacePolicy } = before;
    const desired = { logicalId, type, properties, metadata, dependencies, deletionPolicy, updateReplacePolicy };
    const { properties: failed } = resource;
    // If this fails, too, a rollback must see that the resource is not restored yet.
    await this.operation.region.provider(type).update(resource, desired, this.operation).catch(() => Object.assign(resource, { properties: failed }));
    this.operation.emit(this.stack.resources[logicalId], 'UPDATE_FAILED', reason);
  }

  /** Rejects an action that the stack policy does not allow. A rollback is always allowed. */
  private checkPolicy(resource: ResourceState, action: PolicedAction): void {
    const { stackPolicy, stackPolicyDuringUpdate: policy = stackPolicy, status } = this.stack;
    const refusal = policy === undefined || status !== 'UPDATE_IN_PROGRESS' ? undefined : policyRefusal(policy, action, resource);
    if (refusal !== undefined) throw new Error(refusal);
  }

  /** Returns the reason why the stack policy does not allow removing a resource. */
  private refusedRemoval(): string | undefined {
    try {
      for (const resource of Object.values(this.stack.resources)) {
        if (!Object.hasOwn(this.template.resources, resource.logicalId)) this.checkPolicy(resource, 'Update:Delete');
      }
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  }

  private desired(logicalId: string): DesiredResource {
    return withStackTags(this.template.desired(logicalId, deployedView(this.operation)), this.stack.tags, this.operation.region.types);
  }

  private checkExports(former: StackState['outputs']): void {
    const { stackId, outputs } = this.stack;
    const { stacks } = this.operation.region;
    for (const { exportName } of outputs) {
      const other = exportName && stacks.exports(stackId).get(exportName);
      if (other) throw new Error(`Export with name ${exportName} is already exported by stack ${other.stackId.split('/')[1]}`);
    }
    for (const { exportName, value } of former) {
      const now = outputs.find(output => output.exportName === exportName);
      const [importer] = exportName && now?.value !== value ? stacks.importers(exportName, stackId) : [];
      if (importer) throw new Error(`Export ${exportName} cannot be ${now ? 'updated' : 'deleted'} as it is in use by ${importer}`);
    }
  }
}

/** A resource that an earlier operation failed to create is created again. */
function isToBeCreated(resource: ResourceState | undefined): boolean {
  return resource === undefined || resource.status.startsWith('CREATE_') && resource.status !== 'CREATE_COMPLETE' || resource.status.startsWith('DELETE_');
}
