import type { ResourceConfig } from './training-types';

/** The instance types that a job uses or may use. */
export function instanceTypesOf(resources: ResourceConfig = {}): string[] {
  const { InstanceType: type, InstanceGroups: groups = [], InstancePreferences: preferences = [] } = resources;
  return [...type ? [type] : [], ...[...groups, ...preferences].map(({ InstanceType }) => InstanceType)];
}

/** The number of instances by type. Preferences do not count until one is selected. */
export function instancesOf(resources: ResourceConfig = {}): Map<string, number> {
  const { InstanceType: type, InstanceCount: count, InstanceGroups } = resources;
  const instances = new Map<string, number>();
  const groups = InstanceGroups ?? (type ? [{ InstanceType: type, InstanceCount: count! }] : []);
  for (const group of groups) instances.set(group.InstanceType, (instances.get(group.InstanceType) ?? 0) + group.InstanceCount);
  return instances;
}
