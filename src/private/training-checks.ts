import type { TrainingOptions } from '../training-options';
import { atMostOneOf, type Check, count, unique } from './validation';

export interface TrainingFacts {
  readonly serverless: boolean;
  readonly vpcIsRequired: boolean;
}

/** What can be wrong with what training is told: the rules without which no meaningful request can be rendered. */
export function trainingChecks(options: TrainingOptions, { serverless, vpcIsRequired }: TrainingFacts): Check[] {
  const { algorithmName, inputChannels, instanceCount, instanceGroups, instancePreferences, instanceType, trainingImage, vpc } = options;
  return [
    () => atMostOneOf({ trainingImage, algorithmName }),
    () => (trainingImage || algorithmName !== undefined || serverless
      ? []
      : [{ property: 'trainingImage', rule: 'must be given, or `algorithmName`' }]),
    () => count('inputChannels', inputChannels, 0, 20, 'channels'),
    () => unique('inputChannels', (inputChannels ?? []).map(({ channelName }) => channelName)),
    () => atMostOneOf({ instanceType, instanceGroups, instancePreferences }),
    () => atMostOneOf({ instanceCount, instanceGroups }),
    () => count('environment', options.environment, 0, 100, 'variables'),
    () => (vpcIsRequired && !vpc ? [{ property: 'vpc', rule: 'must be given, because a file system or the private registry of the image is reached through it' }] : []),
    () => requiresVpc(options),
    () => (options.enableManagedSpotTraining && options.maxRuntime?.isUnresolved() && !options.maxWaitTime
      ? [{ property: 'maxWaitTime', rule: 'must be given when `maxRuntime` of spot training is a token' }]
      : []),
  ];
}

function requiresVpc(options: TrainingOptions) {
  if (options.vpc) return [];
  return (['vpcSubnets', 'securityGroups', 'allowAllOutbound'] as const)
    .filter((property) => options[property] !== undefined)
    .map((property) => ({ property, rule: 'can only be given together with `vpc`' }));
}
