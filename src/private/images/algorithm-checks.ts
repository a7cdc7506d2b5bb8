import { Token } from 'aws-cdk-lib';
import type { BuiltInAlgorithm } from '../../built-in-algorithm';
import type { HyperParameterTrainingJobDefinition } from '../../hyper-parameter-training-job-definition';
import type { TrainingOptions } from '../../training-options';
import type { HyperParameterTuningJobObjective } from '../../tuning-options';
import type { Check, Violation } from '../validation';

/**
 * What can be wrong with training a built-in algorithm, where the image says that it is one.
 *
 * @param options what training is told
 * @param channelModes the input modes of the channels, in their order
 */
export function algorithmChecks(options: HyperParameterTrainingJobDefinition, channelModes: ReadonlyArray<string | undefined> = []): Check[] {
  const algorithm = options.trainingImage?._algorithm;
  if (!algorithm) return [];
  return [
    () => instanceCounts(options).flatMap(([property, count]) => oneInstance(algorithm, options, property, count)),
    () => inputMode(algorithm, 'trainingInputMode', options.trainingInputMode?.value),
    () => channelModes.flatMap((mode, index) => inputMode(algorithm, `inputChannels[${index}].inputMode`, mode)),
  ];
}

/**
 * What can be wrong with the objective that training jobs of a built-in algorithm are tuned for.
 *
 * @param property where the objective is, as the user writes it
 * @param objective the objective
 * @param options what the training jobs are told
 */
export function objectiveChecks(property: string, objective: HyperParameterTuningJobObjective | undefined, options: TrainingOptions): Check[] {
  const algorithm = options.trainingImage?._algorithm;
  return algorithm && objective ? [() => objectiveOf(algorithm, property, objective, options)] : [];
}

function instanceCounts(options: HyperParameterTrainingJobDefinition): Array<[property: string, count: number | undefined]> {
  const { hyperParameterTuningResourceConfig: tuned, instanceCount, instanceGroups = [], instancePreferences = [] } = options;
  return [
    ['instanceCount', instanceCount],
    ['instanceGroups', instanceGroups.reduce((sum, group) => sum + (group.instanceCount ?? 1), 0)],
    ...instancePreferences.map((preference, index) => [`instancePreferences[${index}].instanceCount`, preference.instanceCount] as [string, number | undefined]),
    ['hyperParameterTuningResourceConfig.instanceCount', tuned?.instanceCount],
    ...(tuned?.instanceConfigs ?? []).map((config, index) => (
      [`hyperParameterTuningResourceConfig.instanceConfigs[${index}].instanceCount`, config.instanceCount] as [string, number | undefined]
    )),
  ];
}

function oneInstance(algorithm: BuiltInAlgorithm, { hyperParameters }: TrainingOptions, property: string, count: number | undefined): Violation[] {
  const { singleInstance } = algorithm._facts;
  if (!singleInstance || count === undefined || Token.isUnresolved(count) || count <= 1) return [];
  if (singleInstance === true) return [{ property, rule: `must be 1, because ${algorithm} trains on one instance only`, value: count }];

  const { hyperParameter, value } = singleInstance.unless;
  const given = Token.isUnresolved(hyperParameters) ? undefined : hyperParameters?.[hyperParameter];
  // A parameter that is not given may be one that is tuned.
  if (given === undefined || Token.isUnresolved(given) || given === value) return [];
  return [{ property, rule: `must be 1, because ${algorithm} trains on one instance only, unless its \`${hyperParameter}\` is ${value}`, value: count }];
}

function inputMode(algorithm: BuiltInAlgorithm, property: string, mode: string | undefined): Violation[] {
  const supported = algorithm.inputModes.map(({ value }) => value);
  if (mode === undefined || Token.isUnresolved(mode) || supported.includes(mode)) return [];
  return [{ property, rule: `should be a mode that ${algorithm} takes (${supported.join(', ')})`, value: mode, warning: 'algorithm-input-mode' }];
}

function objectiveOf(
  algorithm: BuiltInAlgorithm,
  property: string,
  { metricName, objectiveType }: HyperParameterTuningJobObjective,
  { metricDefinitions = [] }: TrainingOptions,
): Violation[] {
  if (Token.isUnresolved(metricName) || metricDefinitions.some(({ name }) => name === metricName || Token.isUnresolved(name))) return [];
  const metric = algorithm.metrics.find((each) => each.metricName === metricName);
  if (!metric) {
    const rule = algorithm.metrics.length > 0
      ? `should be a metric that ${algorithm} publishes (${algorithm.metrics.join(', ')}), or one of \`metricDefinitions\``
      : `should be one of \`metricDefinitions\`, because ${algorithm} publishes no metrics`;
    return [{ property: `${property}.metricName`, rule, value: metricName, warning: 'algorithm-objective' }];
  }
  if (Token.isUnresolved(objectiveType) || metric.objective.objectiveType === objectiveType) return [];
  return [{
    property: `${property}.objectiveType`,
    rule: `should be ${metric.objective.objectiveType} for ${metricName}`,
    value: objectiveType,
    warning: 'algorithm-objective-direction',
  }];
}
