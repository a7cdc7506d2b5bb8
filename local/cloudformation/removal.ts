import type { Provider, Run } from './provider';
import type { ResourceState } from './state';

/**
 * Deletes resources, each as soon as nothing depends on it any more.
 *
 * @returns those that could not be deleted; what they depend on is left alone.
 */
export async function remove(
  run: Run,
  provider: (type: string) => Provider,
  resources: ResourceState[],
  isRetained: (resource: ResourceState) => boolean,
  attempts = 1,
): Promise<ResourceState[]> {
  const failed: ResourceState[] = [];
  const results = new Map<ResourceState, Promise<boolean>>();
  const result = (resource: ResourceState): Promise<boolean> => {
    const known = results.get(resource) ?? afterDependants(resource);
    results.set(resource, known);
    return known;
  };
  const afterDependants = async (resource: ResourceState): Promise<boolean> => {
    const dependants = resources.filter(other => other !== resource && other.dependencies.includes(resource.logicalId));
    const gone = await Promise.all(dependants.map(result));
    if (gone.includes(false)) return false;
    if (!await removeOne(resource)) {
      failed.push(resource);
      return false;
    }
    if (run.stack.resources[resource.logicalId] === resource) delete run.stack.resources[resource.logicalId];
    return true;
  };
  const removeOne = async (resource: ResourceState): Promise<boolean> => {
    if (resource.physicalId === undefined) {
      run.emit(resource, 'DELETE_COMPLETE');
      return true;
    }
    if (isRetained(resource)) {
      run.emit(resource, 'DELETE_SKIPPED');
      run.stack.retained.push(resource);
      return true;
    }
    for (let attempt = 1; attempt <= attempts; attempt++) {
      run.emit(resource, 'DELETE_IN_PROGRESS');
      try {
        // What stops a creation or an update does not stop the deletions that follow from it.
        await provider(resource.type).delete(resource, { ...bound(run), signal: undefined });
        run.emit(resource, 'DELETE_COMPLETE');
        return true;
      } catch (error) {
        run.emit(resource, 'DELETE_FAILED', (error as Error).message);
      }
    }
    return false;
  };
  await Promise.all(resources.map(result));
  return failed;
}

function bound(run: Run): Run {
  return {
    stack: run.stack,
    emit: (...event) => run.emit(...event),
    replaced: old => run.replaced(old),
    abandoned: fresh => run.abandoned(fresh),
  };
}
