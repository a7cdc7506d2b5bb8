import type { ResourceState } from './state';

/** Whether something was begun with a resource that is not over. */
export function isInProgress(resource: ResourceState | undefined): boolean {
  return [resource?.before, resource?.replacement, resource?.initiated, resource?.pending].some(trace => trace !== undefined);
}

/** It is over, whatever came of it. */
export function forgetProgress(resource: ResourceState): ResourceState {
  delete resource.before;
  delete resource.replacement;
  delete resource.initiated;
  delete resource.pending;
  return resource;
}
