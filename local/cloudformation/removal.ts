import type { Run } from './resource-provider';
import type { Operation } from './stack-operation';
import type { ResourceState } from './state';

/**
 * Deletes resources, each as soon as no other resource depends on it.
 *
 * @returns the resources that could not be deleted. Their dependencies are not deleted either
 */
export async function remove(
  operation: Operation,
  resources: ResourceState[],
  isRetained: (resource: ResourceState) => boolean,
  attempts = 1,
): Promise<ResourceState[]> {
  const { stack } = operation;
  const failed: ResourceState[] = [];
  const results = new Map<ResourceState, Promise<boolean>>();
  const result = (resource: ResourceState): Promise<boolean> => {
    const removal = results.get(resource) ?? afterDependants(resource);
    results.set(resource, removal);
    return removal;
  };
  const afterDependants = async (resource: ResourceState): Promise<boolean> => {
    const dependants = resources.filter(other => other !== resource && other.dependencies.includes(resource.logicalId));
    const gone = await Promise.all(dependants.map(result));
    if (gone.includes(false)) return false;
    if (!await removeOne(resource)) {
      failed.push(resource);
      return false;
    }
    return true;
  };
  const removeOne = async (resource: ResourceState): Promise<boolean> => {
    if (resource.physicalId === undefined) {
      forget(resource);
      operation.emit(resource, 'DELETE_COMPLETE');
      return true;
    }
    if (isRetained(resource)) {
      forget(resource);
      stack.retained.push(resource);
      operation.emit(resource, 'DELETE_SKIPPED');
      return true;
    }
    for (let attempt = 1; attempt <= attempts; attempt++) {
      try {
        await deleteResource(operation, resource);
        forget(resource);
        operation.emit(resource, 'DELETE_COMPLETE');
        return true;
      } catch (error) {
        operation.emit(resource, 'DELETE_FAILED', (error as Error).message);
      }
    }
    return false;
  };
  const forget = (resource: ResourceState) => {
    if (stack.resources[resource.logicalId] === resource) delete stack.resources[resource.logicalId];
    stack.leftovers = stack.leftovers.filter(other => other !== resource);
  };
  await Promise.all(resources.map(result));
  return failed;
}

/** Deletes a physical resource. */
export async function deleteResource(operation: Operation, resource: ResourceState): Promise<void> {
  if (!resource.pending) operation.emit(resource, 'DELETE_IN_PROGRESS');
  await operation.region.provider(resource.type).delete(resource, unstoppable(operation));
}

/** A failure of a creation or an update does not stop the deletions that follow from it. */
function unstoppable(operation: Operation): Run {
  return {
    stack: operation.stack,
    emit: (...event) => operation.emit(...event),
    changed: () => operation.changed(),
    replaced: (...resources) => operation.replaced(...resources),
    abandoned: fresh => operation.abandoned(fresh),
  };
}
