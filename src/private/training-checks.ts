import { Token } from 'aws-cdk-lib';
import type { TrainingOptions } from '../training-options';
import { networkChecks } from './job-network';
import { atMostOneOf, type Check, count, textLength, unique, type Violation } from './validation';

export interface TrainingFacts {
  readonly serverless: boolean;
  readonly vpcIsRequired: boolean;
  /** The training jobs are launched by a tuning job. */
  readonly tuned: boolean;
}

/** What can be wrong with what training is told: the rules without which no meaningful request can be rendered. */
export function trainingChecks(options: TrainingOptions, { serverless, tuned, vpcIsRequired }: TrainingFacts): Check[] {
  const { algorithmName, hyperParameters, inputChannels, trainingImage, vpc } = options;
  const { instanceCount, instanceGroups, instancePreferences, instanceType } = options;
  return [
    () => atMostOneOf({ trainingImage, algorithmName }),
    () => (trainingImage || algorithmName !== undefined || serverless
      ? []
      : [{ property: 'trainingImage', rule: 'must be given, or `algorithmName`' }]),
    () => withoutAlgorithm(options),
    () => count('inputChannels', inputChannels, 0, 20, 'channels'),
    () => unique('inputChannels', (inputChannels ?? []).map(({ channelName }) => channelName)),
    () => atMostOneOf({ instanceType, instanceGroups, instancePreferences }),
    () => atMostOneOf({ instanceCount, instanceGroups }),
    () => preferenceCounts(options),
    () => count('environment', options.environment, 0, tuned ? 48 : 100, 'variables'),
    () => count('hyperParameters', hyperParameters, 0, 100, 'entries'),
    () => Object.entries(Token.isUnresolved(hyperParameters) ? {} : hyperParameters ?? {}).flatMap(([name, value]) => [
      ...textLength('hyperParameters', name, 0, 256),
      ...textLength(`hyperParameters.${name}`, value, 0, 2500),
    ]),
    () => (vpcIsRequired && !vpc ? [{ property: 'vpc', rule: 'must be given, because a file system or the private registry of the image is reached through it' }] : []),
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

/** The number of instances stands in all preferences, or once for all of them. */
function preferenceCounts({ instanceCount, instancePreferences = [] }: TrainingOptions): Violation[] {
  const counts = instancePreferences.filter((preference) => preference.instanceCount !== undefined).length;
  if (counts === 0 || (counts === instancePreferences.length && instanceCount === undefined)) return [];
  return [{ property: 'instancePreferences', rule: 'must have an `instanceCount` each, or none of them has, and `instanceCount` of the job holds for all' }];
}
