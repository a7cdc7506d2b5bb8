import { instanceTypesOf } from './instances';
import type { CreateTrainingJobRequest } from './training-types';
import type { Capacity } from '../capacity';

/** Accelerated instance types, for which a job can wait with MaxPendingTimeInSeconds. */
const ACCELERATED = /^ml\.(p|g|trn)\d/;

/** The members of ResourceConfig that SageMaker selected. */
export interface Selection {
  readonly SelectedInstanceType?: string;
  readonly SelectedInstanceCount?: number;
}

/** Searches for the instances of a job: its preferences in order, otherwise all types that it requires. */
export function findInstances(request: CreateTrainingJobRequest, hasCapacity: Capacity): Selection | undefined {
  const available = (instanceType: string) => hasCapacity('CreateTrainingJob', instanceType, request);
  const { InstancePreferences: preferences, InstanceCount: count } = request.ResourceConfig ?? {};
  if (!preferences) return instanceTypesOf(request.ResourceConfig).every(available) ? {} : undefined;
  const selected = preferences.find(({ InstanceType }) => available(InstanceType));
  return selected && { SelectedInstanceType: selected.InstanceType, SelectedInstanceCount: selected.InstanceCount ?? count };
}

/** The number of seconds that a job waits for instances before it is stopped. Returns nothing if it fails immediately. */
export function pendingTimeOf(request: CreateTrainingJobRequest): number | undefined {
  const isAccelerated = instanceTypesOf(request.ResourceConfig).some((type) => ACCELERATED.test(type));
  return isAccelerated ? request.StoppingCondition?.MaxPendingTimeInSeconds : undefined;
}
