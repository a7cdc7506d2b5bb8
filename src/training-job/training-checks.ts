import { Token } from 'aws-cdk-lib';
import type { AnyTrainingOptions } from './training-options';
import type { BuiltInAlgorithm } from '../images/built-in-algorithm';
import { networkChecks } from '../job/job-network';
import type { Check } from '../validation/construct-validation';
import type { Violation } from '../validation/violation';

/** Checks of training options that do not appear in the request. */
export function trainingChecks(options: AnyTrainingOptions, { vpcIsRequired }: { readonly vpcIsRequired: boolean }): Check[] {
  return [
    () => withoutAlgorithm(options),
    () => (vpcIsRequired && !options.vpc ? [{ property: 'vpc', rule: 'is required to access the data of a channel' }] : []),
    ...networkChecks(options),
    () => notFinite('hyperParameters', options.hyperParameters),
    () => notFinite('environment', options.environment),
    () => (options.enableManagedSpotTraining && options.maxRuntime?.isUnresolved() && !options.maxWaitTime
      ? [{ property: 'maxWaitTime', rule: 'is required if `maxRuntime` of spot training is a token' }]
      : []),
  ];
}

function notFinite(property: string, values: AnyTrainingOptions['hyperParameters']): Violation[] {
  if (values === undefined || Token.isUnresolved(values)) return [];
  return Object.entries(values)
    .filter(([, value]) => typeof value === 'number' && !Number.isFinite(value))
    .map(([name, value]) => ({ property: `${property}.${name}`, rule: 'must be a finite number', value }));
}

/** Options that require an image or an algorithm. */
const OF_ALGORITHM = ['trainingInputMode', 'metricDefinitions', 'containerEntrypoint', 'containerArguments', 'enableSageMakerMetricsTimeSeries'];

function withoutAlgorithm(options: AnyTrainingOptions): Violation[] {
  if (options.trainingImage || options.algorithmName !== undefined) return [];
  return OF_ALGORITHM
    .filter((property) => (options as unknown as { [property: string]: unknown })[property] !== undefined)
    .map((property) => ({ property, rule: 'requires `trainingImage` or `algorithmName`' }));
}

/**
 * Checks of a built-in algorithm.
 *
 * @param options the options of the training job
 * @param channelModes the input modes of the channels, in order
 */
export function algorithmChecks(options: AnyTrainingOptions, channelModes: ReadonlyArray<string | undefined> = []): Check[] {
  const algorithm = options.trainingImage?._algorithm;
  if (!algorithm) return [];
  return [
    ...instanceCountChecks(options, instanceCounts(options)),
    () => inputMode(algorithm, 'trainingInputMode', options.trainingInputMode?.value),
    () => channelModes.flatMap((mode, index) => inputMode(algorithm, `inputDataConfig[${index}].inputMode`, mode)),
  ];
}

/** Checks the number of instances of a built-in algorithm, with the properties that specify it. */
export function instanceCountChecks(options: AnyTrainingOptions, counts: readonly InstanceCount[]): Check[] {
  const algorithm = options.trainingImage?._algorithm;
  return algorithm ? counts.map(([property, count]) => () => oneInstance(algorithm, options, property, count)) : [];
}

export type InstanceCount = readonly [property: string, count: number | undefined];

function instanceCounts({ instanceCount, instanceGroups = [], instancePreferences = [] }: AnyTrainingOptions): InstanceCount[] {
  return [
    ['instanceCount', instanceCount],
    ['instanceGroups', instanceGroups.reduce((sum, group) => sum + (group.instanceCount ?? 1), 0)],
    ...instancePreferences.map((preference, index): InstanceCount => [`instancePreferences[${index}].instanceCount`, preference.instanceCount]),
  ];
}

function oneInstance(algorithm: BuiltInAlgorithm, { hyperParameters }: AnyTrainingOptions, property: string, count: number | undefined): Violation[] {
  const { singleInstance } = algorithm._facts;
  if (!singleInstance || count === undefined || Token.isUnresolved(count) || count <= 1) return [];
  if (singleInstance === true) return [{ property, rule: `must be 1, because ${algorithm} trains on one instance only`, value: count }];

  const { hyperParameter, value } = singleInstance.unless;
  const given = Token.isUnresolved(hyperParameters) ? undefined : hyperParameters?.[hyperParameter];
  // A hyperparameter without a value may be tuned.
  if (given === undefined || Token.isUnresolved(given) || String(given) === value) return [];
  return [{ property, rule: `must be 1 unless the hyperparameter \`${hyperParameter}\` is ${value}, because ${algorithm} otherwise trains on one instance only`, value: count }];
}

function inputMode(algorithm: BuiltInAlgorithm, property: string, mode: string | undefined): Violation[] {
  const supported = algorithm.inputModes.map(({ value }) => value);
  if (mode === undefined || Token.isUnresolved(mode) || supported.includes(mode)) return [];
  return [{ property, rule: `should be a mode that ${algorithm} supports (${supported.join(', ')})`, value: mode, warning: 'algorithm-input-mode' }];
}
