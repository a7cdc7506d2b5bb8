import type { Structure } from '../request-rule';
import { isGiven, structures, literalString } from '../request-values';

const LISTS = ['InstanceGroups', 'InstancePreferences', 'InstanceConfigs'];

/** Returns the families (`g5` of `ml.g5.xlarge`) of all instances in a `ResourceConfig`, or nothing if one is unknown. */
export function families(resources: Structure | undefined): string[] | undefined {
  if (!resources) return undefined;
  const lists = LISTS.flatMap((list) => (isGiven(resources[list]) ? [resources[list]] : []));
  const types = [
    ...isGiven(resources.InstanceType) ? [resources.InstanceType] : [],
    ...lists.flatMap((list) => structures(list).map(([{ InstanceType }]) => InstanceType)),
  ];
  const found = types.flatMap((type) => /^ml\.([^.]+)\./.exec(literalString(type) ?? '')?.[1] ?? []);
  const size = lists.reduce((sum, list) => sum + (Array.isArray(list) ? list.length : Infinity), isGiven(resources.InstanceType) ? 1 : 0);
  return found.length > 0 && found.length === size ? found : undefined;
}

/** Whether a family has accelerators, as listed at `StoppingCondition.MaxPendingTimeInSeconds`. */
export function isAccelerated(family: string): boolean {
  return /^(p|g|trn)\d/.test(family);
}
