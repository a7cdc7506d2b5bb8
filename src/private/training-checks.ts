import type { TrainingOptions } from '../training-options';
import { networkChecks } from './job-network';
import { type Check, type Violation } from './validation';

/** What can be wrong with what training is told that its request does not show. */
export function trainingChecks(options: TrainingOptions, { vpcIsRequired }: { readonly vpcIsRequired: boolean }): Check[] {
  return [
    () => withoutAlgorithm(options),
    () => (vpcIsRequired && !options.vpc ? [{ property: 'vpc', rule: 'must be given, because a channel is reached through it' }] : []),
    ...networkChecks(options),
    () => (options.enableManagedSpotTraining && options.maxRuntime?.isUnresolved() && !options.maxWaitTime
      ? [{ property: 'maxWaitTime', rule: 'must be given when `maxRuntime` of spot training is a token' }]
      : []),
  ];
}

/** What belongs to an image or an algorithm, and has no place in a request without one. */
const OF_ALGORITHM = ['trainingInputMode', 'metricDefinitions', 'containerEntrypoint', 'containerArguments', 'enableSageMakerMetricsTimeSeries'];

function withoutAlgorithm(options: TrainingOptions): Violation[] {
  if (options.trainingImage || options.algorithmName !== undefined) return [];
  return OF_ALGORITHM
    .filter((property) => (options as unknown as { [property: string]: unknown })[property] !== undefined)
    .map((property) => ({ property, rule: 'can only be given together with `trainingImage` or `algorithmName`' }));
}
