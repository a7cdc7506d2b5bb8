import type { CreateTrainingJobRequest } from './types';
import type { Capacity } from '../capacity';

/** Of instances that a job can wait for with MaxPendingTimeInSeconds. */
const ACCELERATED = /^ml\.(p|g|trn)\d/;

/** What of a job's instances SageMaker selected itself. */
export interface Selection {
  readonly SelectedInstanceType?: string;
  readonly SelectedInstanceCount?: number;
}

/** Looks for the instances that a job asks for: its preferences in their order, otherwise all types that it needs. */
export function findInstances(request: CreateTrainingJobRequest, hasCapacity: Capacity): Selection | undefined {
  const available = (instanceType: string) => hasCapacity('CreateTrainingJob', instanceType, request);
  const { InstancePreferences: preferences } = request.ResourceConfig ?? {};
  if (!preferences) return typesOf(request).every(available) ? {} : undefined;
  const selected = preferences.find(({ InstanceType }) => available(InstanceType));
  return selected && { SelectedInstanceType: selected.InstanceType, SelectedInstanceCount: selected.InstanceCount ?? 1 };
}

/** How long a job waits for instances, in seconds, until it is stopped; nothing when it fails without them. */
export function pendingTimeOf(request: CreateTrainingJobRequest): number | undefined {
  return typesOf(request).some((type) => ACCELERATED.test(type)) ? request.StoppingCondition?.MaxPendingTimeInSeconds : undefined;
}

function typesOf({ ResourceConfig: resources }: CreateTrainingJobRequest): string[] {
  const { InstanceType: type, InstanceGroups: groups = [], InstancePreferences: preferences = [] } = resources ?? {};
  return [...type ? [type] : [], ...[...groups, ...preferences].map(({ InstanceType }) => InstanceType)];
}
