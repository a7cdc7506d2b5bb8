import { Token } from 'aws-cdk-lib';
import type { TrainingOptions } from './training-options';
import type { BuiltInAlgorithm } from '../images/built-in-algorithm';
import { networkChecks } from '../job/job-network';
import type { Check } from '../validation/construct-validation';
import type { Violation } from '../validation/violation';

/** What can be wrong with what training is told that its request does not show. */
export function trainingChecks(options: TrainingOptions, { vpcIsRequired }: { readonly vpcIsRequired: boolean }): Check[] {
  return [
    () => withoutAlgorithm(options),
    () => (vpcIsRequired && !options.vpc ? [{ property: 'vpc', rule: 'must be given, because a channel is reached through it' }] : []),
    ...networkChecks(options),
    () => notFinite('hyperParameters', options.hyperParameters),
    () => notFinite('environment', options.environment),
    () => (options.enableManagedSpotTraining && options.maxRuntime?.isUnresolved() && !options.maxWaitTime
      ? [{ property: 'maxWaitTime', rule: 'must be given when `maxRuntime` of spot training is a token' }]
      : []),
  ];
}

function notFinite(property: string, values: TrainingOptions['hyperParameters']): Violation[] {
  if (values === undefined || Token.isUnresolved(values)) return [];
  return Object.entries(values)
    .filter(([, value]) => typeof value === 'number' && !Number.isFinite(value))
    .map(([name, value]) => ({ property: `${property}.${name}`, rule: 'must be a finite number', value }));
}

/** What belongs to an image or an algorithm, and has no place in a request without one. */
const OF_ALGORITHM = ['trainingInputMode', 'metricDefinitions', 'containerEntrypoint', 'containerArguments', 'enableSageMakerMetricsTimeSeries'];

function withoutAlgorithm(options: TrainingOptions): Violation[] {
  if (options.trainingImage || options.algorithmName !== undefined) return [];
  return OF_ALGORITHM
    .filter((property) => (options as unknown as { [property: string]: unknown })[property] !== undefined)
    .map((property) => ({ property, rule: 'can only be given together with `trainingImage` or `algorithmName`' }));
}

/**
 * What can be wrong with training a built-in algorithm, where the image says that it is one.
 *
 * @param options what training is told
 * @param channelModes the input modes of the channels, in their order
 */
export function algorithmChecks(options: TrainingOptions, channelModes: ReadonlyArray<string | undefined> = []): Check[] {
  const algorithm = options.trainingImage?._algorithm;
  if (!algorithm) return [];
  return [
    ...instanceCountChecks(options, instanceCounts(options)),
    () => inputMode(algorithm, 'trainingInputMode', options.trainingInputMode?.value),
    () => channelModes.flatMap((mode, index) => inputMode(algorithm, `inputChannels[${index}].inputMode`, mode)),
  ];
}

/** What can be wrong with how many instances a built-in algorithm trains on, by the properties that say how many. */
export function instanceCountChecks(options: TrainingOptions, counts: readonly InstanceCount[]): Check[] {
  const algorithm = options.trainingImage?._algorithm;
  return algorithm ? counts.map(([property, count]) => () => oneInstance(algorithm, options, property, count)) : [];
}

export type InstanceCount = readonly [property: string, count: number | undefined];

function instanceCounts({ instanceCount, instanceGroups = [], instancePreferences = [] }: TrainingOptions): InstanceCount[] {
  return [
    ['instanceCount', instanceCount],
    ['instanceGroups', instanceGroups.reduce((sum, group) => sum + (group.instanceCount ?? 1), 0)],
    ...instancePreferences.map((preference, index): InstanceCount => [`instancePreferences[${index}].instanceCount`, preference.instanceCount]),
  ];
}

function oneInstance(algorithm: BuiltInAlgorithm, { hyperParameters }: TrainingOptions, property: string, count: number | undefined): Violation[] {
  const { singleInstance } = algorithm._facts;
  if (!singleInstance || count === undefined || Token.isUnresolved(count) || count <= 1) return [];
  if (singleInstance === true) return [{ property, rule: `must be 1, because ${algorithm} trains on one instance only`, value: count }];

  const { hyperParameter, value } = singleInstance.unless;
  const given = Token.isUnresolved(hyperParameters) ? undefined : hyperParameters?.[hyperParameter];
  // A parameter that is not given may be one that is tuned.
  if (given === undefined || Token.isUnresolved(given) || String(given) === value) return [];
  return [{ property, rule: `must be 1, because ${algorithm} trains on one instance only, unless its \`${hyperParameter}\` is ${value}`, value: count }];
}

function inputMode(algorithm: BuiltInAlgorithm, property: string, mode: string | undefined): Violation[] {
  const supported = algorithm.inputModes.map(({ value }) => value);
  if (mode === undefined || Token.isUnresolved(mode) || supported.includes(mode)) return [];
  return [{ property, rule: `should be a mode that ${algorithm} takes (${supported.join(', ')})`, value: mode, warning: 'algorithm-input-mode' }];
}
