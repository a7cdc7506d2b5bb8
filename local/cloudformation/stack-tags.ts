import { isCustom } from './resource-kinds';
import type { ResourceTypes } from './resource-types';
import type { DesiredResource } from './state';

/** Adds the tags of the stack to a resource. The resource's own tags take precedence. */
export function withStackTags(resource: DesiredResource, tags: { readonly [key: string]: string }, types: ResourceTypes): DesiredResource {
  if (Object.keys(tags).length === 0 || isCustom(resource.type) || !types.find(resource.type)?.taggable) return resource;
  const own = (resource.properties.Tags ?? []) as { Key: string; Value: string }[];
  const inherited = Object.entries(tags).filter(([key]) => !own.some(({ Key }) => Key === key)).map(([Key, Value]) => ({ Key, Value }));
  return { ...resource, properties: { ...resource.properties, Tags: [...own, ...inherited] } };
}
