import type { ResourceConfig } from './training-types';

/** The types of instances that a job runs on, or may run on. */
export function instanceTypesOf(resources: ResourceConfig = {}): string[] {
  const { InstanceType: type, InstanceGroups: groups = [], InstancePreferences: preferences = [] } = resources;
  return [...type ? [type] : [], ...[...groups, ...preferences].map(({ InstanceType }) => InstanceType)];
}

/** How many instances of each type a job runs on. Preferences are not counted: none is selected yet. */
export function instancesOf(resources: ResourceConfig = {}): Map<string, number> {
  const { InstanceType: type, InstanceCount: count, InstanceGroups } = resources;
  const instances = new Map<string, number>();
  const groups = InstanceGroups ?? (type ? [{ InstanceType: type, InstanceCount: count! }] : []);
  for (const group of groups) instances.set(group.InstanceType, (instances.get(group.InstanceType) ?? 0) + group.InstanceCount);
  return instances;
}
