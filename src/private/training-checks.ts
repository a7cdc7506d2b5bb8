import { Token } from 'aws-cdk-lib';
import type { TrainingOptions } from '../training-options';
import { networkChecks } from './job-network';
import { atMostOneOf, type Check, count, textLength, unique } from './validation';

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
    () => count('inputChannels', inputChannels, 0, 20, 'channels'),
    () => unique('inputChannels', (inputChannels ?? []).map(({ channelName }) => channelName)),
    () => atMostOneOf({ instanceType, instanceGroups, instancePreferences }),
    () => atMostOneOf({ instanceCount, instanceGroups }),
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
