import { instancesOf } from './instances';
import type { SecondaryStatusTransition } from './secondary-status';
import type { CreateTrainingJobRequest, ResourceConfig } from './training-types';
import type { JsonObject } from '../../json';

/** The properties of a training job that determine its streams. */
export interface LoggedJob {
  readonly name: string;
  readonly request: CreateTrainingJobRequest;
  readonly updates: JsonObject;
  readonly transitions: readonly SecondaryStatusTransition[];
}

/** The log streams of a job whose algorithm has started: one for each instance, with the second of the start. */
export function logStreamsOf({ name, request, updates, transitions }: LoggedJob): string[] {
  const selected = updates.ResourceConfig as { readonly SelectedInstanceType?: string; readonly SelectedInstanceCount?: number } | undefined;
  const requested = [...instancesOf(request.ResourceConfig as ResourceConfig | undefined).values()].reduce((sum, count) => sum + count, 0);
  const count = selected?.SelectedInstanceCount ?? (requested || 1);
  const second = Math.floor(transitions.at(-1)!.StartTime / 1000);
  return Array.from({ length: count }, (_, index) => `${name}/algo-${index + 1}-${second}`);
}
