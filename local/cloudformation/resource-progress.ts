import type { ResourceState } from './state';

/** Whether an operation on a resource has begun and has not ended. */
export function isInProgress(resource: ResourceState | undefined): boolean {
  return [resource?.before, resource?.replacement, resource?.initiated, resource?.pending].some(trace => trace !== undefined);
}

/** Clears the progress of an operation that has ended with any result. */
export function forgetProgress(resource: ResourceState): ResourceState {
  delete resource.before;
  delete resource.replacement;
  delete resource.initiated;
  delete resource.pending;
  return resource;
}
