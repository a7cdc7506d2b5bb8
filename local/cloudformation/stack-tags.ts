import { isCustom } from './resource-kinds';
import type { ResourceTypes } from './resource-types';
import type { DesiredResource } from './state';

/** The tags of the stack are put on its resources, too; a resource's own ones come first. */
export function withStackTags(resource: DesiredResource, tags: { readonly [key: string]: string }, types: ResourceTypes): DesiredResource {
  if (Object.keys(tags).length === 0 || isCustom(resource.type) || !types.find(resource.type)?.taggable) return resource;
  const own = (resource.properties.Tags ?? []) as { Key: string; Value: string }[];
  const inherited = Object.entries(tags).filter(([key]) => !own.some(({ Key }) => Key === key)).map(([Key, Value]) => ({ Key, Value }));
  return { ...resource, properties: { ...resource.properties, Tags: [...own, ...inherited] } };
}
