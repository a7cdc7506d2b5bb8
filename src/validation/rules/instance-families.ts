import type { Structure } from '../request-rule';
import { isGiven, structures, text } from '../request-values';

const LISTS = ['InstanceGroups', 'InstancePreferences', 'InstanceConfigs'];

/** The families (`g5` of `ml.g5.xlarge`) of all instances that resources may consist of; nothing where one of them is not known. */
export function families(resources: Structure | undefined): string[] | undefined {
  if (!resources) return undefined;
  const lists = LISTS.flatMap((list) => (isGiven(resources[list]) ? [resources[list]] : []));
  const types = [
    ...isGiven(resources.InstanceType) ? [resources.InstanceType] : [],
    ...lists.flatMap((list) => structures(list).map(([{ InstanceType }]) => InstanceType)),
  ];
  const known = types.flatMap((type) => /^ml\.([^.]+)\./.exec(text(type) ?? '')?.[1] ?? []);
  const size = lists.reduce((sum, list) => sum + (Array.isArray(list) ? list.length : Infinity), isGiven(resources.InstanceType) ? 1 : 0);
  return known.length > 0 && known.length === size ? known : undefined;
}

/** Types with accelerators, as `StoppingCondition.MaxPendingTimeInSeconds` names them. */
export function isAccelerated(family: string): boolean {
  return /^(p|g|trn)\d/.test(family);
}
