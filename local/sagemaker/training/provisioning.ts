import { instanceTypesOf } from './instances';
import type { CreateTrainingJobRequest } from './training-types';
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
  const { InstancePreferences: preferences, InstanceCount: count } = request.ResourceConfig ?? {};
  if (!preferences) return instanceTypesOf(request.ResourceConfig).every(available) ? {} : undefined;
  const selected = preferences.find(({ InstanceType }) => available(InstanceType));
  return selected && { SelectedInstanceType: selected.InstanceType, SelectedInstanceCount: selected.InstanceCount ?? count };
}

/** How long a job waits for instances, in seconds, until it is stopped; nothing when it fails without them. */
export function pendingTimeOf(request: CreateTrainingJobRequest): number | undefined {
  const isAccelerated = instanceTypesOf(request.ResourceConfig).some((type) => ACCELERATED.test(type));
  return isAccelerated ? request.StoppingCondition?.MaxPendingTimeInSeconds : undefined;
}
