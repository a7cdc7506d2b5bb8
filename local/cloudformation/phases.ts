import { deployedView } from './deployed-view';
import { remove } from './removal';
import { isCustom } from './resource-kinds';
import { deploy } from './stack-deployment';
import type { Operation } from './stack-operation';
import { withStackTags } from './stack-tags';
import type { Template } from './stack-template';
import type { ResourceState, StackState, StackStatus } from './state';

interface Outcome {
  readonly status: StackStatus;
  readonly reason?: string;
}

type Phase = (operation: Operation) => Promise<Outcome>;

/** The number of attempts to delete a resource in a cleanup phase. */
const CLEANUP_ATTEMPTS = 3;

/** The work for each status that is not terminal, and the next status. */
const PHASES: { readonly [status in StackStatus]?: Phase } = {
  CREATE_IN_PROGRESS: create,
  ROLLBACK_IN_PROGRESS: rollBackCreation,
  UPDATE_IN_PROGRESS: update,
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: cleanUpUpdate,
  UPDATE_ROLLBACK_IN_PROGRESS: rollBackUpdate,
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: cleanUpRollback,
  IMPORT_IN_PROGRESS: importAll,
  IMPORT_ROLLBACK_IN_PROGRESS: rollBackImport,
  DELETE_IN_PROGRESS: deleteAll,
};

/** Runs the phases from the stack's status to a terminal one. */
export async function runPhases(operation: Operation): Promise<void> {
  const { stack } = operation;
  for (let phase = PHASES[stack.status]; phase && !operation.superseded; phase = PHASES[stack.status]) {
    const { status, reason } = await phase(operation);
    if (operation.superseded) return;
    operation.endPhase();
    operation.setStatus(status, reason);
  }
}

export function isUnderWay({ status }: StackState): boolean {
  return PHASES[status] !== undefined;
}

async function create(operation: Operation): Promise<Outcome> {
  const { disableRollback, deleteOnFailure } = operation.stack;
  const reason = await deploy(operation);
  if (reason === undefined) return { status: 'CREATE_COMPLETE' };
  if (disableRollback) return { status: 'CREATE_FAILED', reason };
  if (deleteOnFailure) return { status: 'DELETE_IN_PROGRESS', reason };
  return { status: 'ROLLBACK_IN_PROGRESS', reason: `${reason}Rollback requested by user.` };
}

async function rollBackCreation(operation: Operation): Promise<Outcome> {
  const { stack } = operation;
  const failed = await remove(operation, [...Object.values(stack.resources), ...stack.leftovers], isKept(stack));
  stack.outputs = [];
  return failed.length > 0 ? { status: 'ROLLBACK_FAILED', reason: failedToDelete(failed) } : { status: 'ROLLBACK_COMPLETE' };
}

async function update(operation: Operation): Promise<Outcome> {
  const { disableRollback, stable } = operation.stack;
  const reason = await deploy(operation);
  if (reason === undefined) return { status: 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS' };
  const isCancelled = operation.interruption !== undefined;
  return { status: stable && (isCancelled || !disableRollback) ? 'UPDATE_ROLLBACK_IN_PROGRESS' : 'UPDATE_FAILED', reason };
}

async function rollBackUpdate(operation: Operation): Promise<Outcome> {
  takeBack(operation.stack);
  const reason = await deploy(operation);
  if (reason !== undefined) return { status: 'UPDATE_ROLLBACK_FAILED', reason };
  forgetFormer(operation.stack, () => true);
  return { status: 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS' };
}

/** Restores the stack to its state before the update, except for the properties of resources that were changed in place. */
function takeBack(stack: StackState): void {
  const { template, parameters, resolved, stackOutputs, tags, resources } = stack.stable!;
  Object.assign(stack, { template, parameters, resolved, stackOutputs, tags });
  forgetFormer(stack, ({ type }) => !isCustom(type));
  for (const [logicalId, before] of Object.entries(resources)) {
    // The function of a custom resource restores the previous state itself, in response to an Update.
    const current = stack.resources[logicalId];
    if (isCustom(before.type) || current.physicalId === before.physicalId) continue;
    stack.leftovers.push(current);
    stack.resources[logicalId] = { ...before, status: 'UPDATE_FAILED' };
  }
}

/** Removes physical resources that are in use again from the cleanup. */
function forgetFormer(stack: StackState, isBack: (resource: ResourceState) => boolean): void {
  const { resources } = stack.stable!;
  stack.leftovers = stack.leftovers.filter((resource) => resources[resource.logicalId]?.physicalId !== resource.physicalId || !isBack(resource));
}

async function cleanUpUpdate(operation: Operation): Promise<Outcome> {
  const { stack } = operation;
  return cleanUp(operation, 'UPDATE_COMPLETE', resource => stack.leftovers.includes(resource)
    ? resource.updateReplacePolicy === 'Retain'
    : resource.deletionPolicy.startsWith('Retain'));
}

async function cleanUpRollback(operation: Operation): Promise<Outcome> {
  return cleanUp(operation, 'UPDATE_ROLLBACK_COMPLETE', isKept(operation.stack));
}

/** Deletes resources that are no longer part of the stack. */
async function cleanUp(operation: Operation, status: StackStatus, isRetained: (resource: ResourceState) => boolean): Promise<Outcome> {
  const { stack } = operation;
  const { resources } = operation.template();
  const surplus = Object.values(stack.resources).filter(({ logicalId }) => !Object.hasOwn(resources, logicalId));
  await remove(operation, [...stack.leftovers, ...surplus], isRetained, CLEANUP_ATTEMPTS);
  const failed = [...stack.leftovers, ...surplus.filter(resource => stack.resources[resource.logicalId] === resource)];
  for (const { logicalId } of surplus) delete stack.resources[logicalId];
  stack.leftovers = [];
  stack.retained.push(...failed);
  delete stack.stable;
  return { status, ...failed.length > 0 && { reason: 'One or more resources could not be deleted.' } };
}

async function deleteAll(operation: Operation): Promise<Outcome> {
  const { region, stack } = operation;
  for (const { exportName } of stack.outputs) {
    const [importer] = exportName ? region.stacks.importers(exportName, stack.stackId) : [];
    if (importer) return { status: stack.statusBeforeDeletion ?? 'DELETE_FAILED', reason: `Delete canceled. Cannot delete export ${exportName} as it is in use by ${importer}.` };
  }
  // A failed creation with OnFailure DELETE is rolled back by its deletion.
  const isRolledBack = stack.deleteOnFailure && !stack.events.some(({ resourceStatus, physicalResourceId }) =>
    physicalResourceId === stack.stackId && resourceStatus === 'CREATE_COMPLETE');
  const isKeptByPolicy = isRolledBack ? isKept(stack) : (resource: ResourceState) =>
    !stack.leftovers.includes(resource) && resource.deletionPolicy.startsWith('Retain');
  const failed = await remove(operation, [...Object.values(stack.resources), ...stack.leftovers], resource =>
    stack.retainResources?.includes(resource.logicalId) || isKeptByPolicy(resource));
  if (failed.length > 0 && !stack.isForced) return { status: 'DELETE_FAILED', reason: failedToDelete(failed) };
  for (const resource of [...Object.values(stack.resources), ...stack.leftovers]) {
    stack.retained.push(resource);
    operation.emit(resource, 'DELETE_SKIPPED');
  }
  Object.assign(stack, { resources: {}, leftovers: [] });
  stack.deletionTime = region.now();
  return { status: 'DELETE_COMPLETE' };
}

/** Imports existing resources without creating any. */
async function importAll(operation: Operation): Promise<Outcome> {
  const { stack, region } = operation;
  const template = operation.template();
  for (const logicalId of inOrder(Object.keys(stack.importing!), template)) {
    const physicalId = stack.importing![logicalId];
    const desired = withStackTags(template.desired(logicalId, deployedView(operation)), stack.tags, region.types);
    const resource: ResourceState = { ...desired, status: 'IMPORT_IN_PROGRESS', attributes: {}, physicalId };
    if (stack.resources[logicalId]?.status === 'IMPORT_COMPLETE') continue;
    stack.resources[logicalId] = resource;
    operation.emit(resource, 'IMPORT_IN_PROGRESS', 'Resource import started.');
    try {
      if (!region.exists(resource.type, physicalId)) throw new Error(`Resource of type '${resource.type}' with identifier '${physicalId}' was not found.`);
      await region.provider(resource.type).adopt!(resource, operation);
    } catch (error) {
      operation.emit(resource, 'IMPORT_FAILED', (error as Error).message);
      return { status: 'IMPORT_ROLLBACK_IN_PROGRESS', reason: `The following resource(s) failed to import: [${logicalId}]. ` };
    }
    for (const former of region.stacks.release(resource.type, physicalId)) region.changed(former);
    operation.emit(resource, 'IMPORT_COMPLETE', 'Resource import completed.');
  }
  delete stack.importing;
  delete stack.stable;
  return { status: 'IMPORT_COMPLETE' };
}

/** Sorts resources so that each one follows the resources that it reads. */
function inOrder(logicalIds: readonly string[], template: Template): string[] {
  const ordered = new Set<string>();
  const add = (logicalId: string) => {
    for (const dependency of template.dependencies(logicalId)) if (logicalIds.includes(dependency)) add(dependency);
    ordered.add(logicalId);
  };
  logicalIds.forEach(add);
  return [...ordered];
}

/** Releases the imported resources unchanged. */
async function rollBackImport(operation: Operation): Promise<Outcome> {
  const { stack } = operation;
  for (const logicalId of Object.keys(stack.importing!)) {
    const resource = stack.resources[logicalId];
    if (!resource) continue;
    const isTakenOver = resource.status === 'IMPORT_COMPLETE';
    operation.emit(resource, 'IMPORT_ROLLBACK_IN_PROGRESS');
    delete stack.resources[logicalId];
    if (isTakenOver) stack.retained.push(resource);
    operation.emit(resource, 'IMPORT_ROLLBACK_COMPLETE');
  }
  if (stack.stable) {
    const { template, parameters, resolved, tags } = stack.stable;
    Object.assign(stack, { template, parameters, resolved, tags });
  }
  delete stack.importing;
  delete stack.stable;
  return { status: 'IMPORT_ROLLBACK_COMPLETE' };
}

/** Whether a rollback keeps a created resource. */
function isKept(stack: StackState): (resource: ResourceState) => boolean {
  return resource => resource.deletionPolicy === 'Retain' && !stack.retainExceptOnCreate && !stack.leftovers.includes(resource);
}

function failedToDelete(resources: ResourceState[]): string {
  return `The following resource(s) failed to delete: [${resources.map(({ logicalId }) => logicalId).join(', ')}]. `;
}
