import { Token } from 'aws-cdk-lib';
import type { HyperParameterTrainingJobDefinition, HyperParameterTuningResourceOptions } from './hyper-parameter-training-job-definition';
import type { HyperParameterTuningJobObjective } from './tuning-options';
import type { BuiltInAlgorithm } from '../images/built-in-algorithm';
import { type InstanceCount, instanceCountChecks } from '../training-job/training-checks';
import type { AnyTrainingOptions } from '../training-job/training-options';
import type { Check } from '../validation/construct-validation';
import { propertyViolations } from '../validation/property-types';
import type { Violation } from '../validation/violation';

/** Checks of a definition that do not appear in the request. */
export function tuningDefinitionChecks(definition: HyperParameterTrainingJobDefinition, { throughVpc }: { readonly throughVpc: boolean }): Check[] {
  const { algorithmName, hyperParameterTuningResourceConfig: resources, trainingImage } = definition;
  return [
    () => propertyViolations('HyperParameterTrainingJobDefinition', definition),
    ...instanceCountChecks(definition, instanceCounts(resources)),
    () => (trainingImage || algorithmName !== undefined ? [] : [{ property: 'trainingImage', rule: 'is required unless `algorithmName` is specified' }]),
    () => (resources ? RESOURCE_PROPERTIES : []).filter((name) => definition[name] !== undefined)
      .map((name) => ({ property: 'hyperParameterTuningResourceConfig', rule: `cannot be specified together with \`${name}\`` })),
    () => (throughVpc ? [{ property: 'trainingImage', rule: 'cannot be an image of a private registry in a VPC for a tuning job' }] : []),
  ];
}

/** The props of `ResourceConfig`. */
const RESOURCE_PROPERTIES = [
  'instanceType', 'instanceCount', 'instanceGroups', 'instancePreferences', 'trainingPlanArn', 'instancePlacementConfig', 'volumeSize',
  'volumeEncryptionKey', 'keepAlivePeriod',
] as const;

function instanceCounts(resources: HyperParameterTuningResourceOptions | undefined): InstanceCount[] {
  const property = 'hyperParameterTuningResourceConfig';
  return [
    [`${property}.instanceCount`, resources?.instanceCount],
    ...(resources?.instanceConfigs ?? []).map((config, index): InstanceCount => [`${property}.instanceConfigs[${index}].instanceCount`, config.instanceCount]),
  ];
}

/**
 * Checks the objective of training jobs with a built-in algorithm.
 *
 * @param property the path of the objective in the props
 * @param objective the objective
 * @param options the options of the training jobs
 */
export function objectiveChecks(property: string, objective: HyperParameterTuningJobObjective | undefined, options: AnyTrainingOptions): Check[] {
  const algorithm = options.trainingImage?._algorithm;
  return algorithm && objective ? [() => objectiveOf(algorithm, property, objective, options)] : [];
}

function objectiveOf(
  algorithm: BuiltInAlgorithm,
  property: string,
  { metricName, objectiveType }: HyperParameterTuningJobObjective,
  { metricDefinitions = [] }: AnyTrainingOptions,
): Violation[] {
  if (Token.isUnresolved(metricName) || metricDefinitions.some(({ name }) => name === metricName || Token.isUnresolved(name))) return [];
  const metric = algorithm.metrics.find((each) => each.metricName === metricName);
  if (!metric) {
    const rule = algorithm.metrics.length > 0
      ? `should be a metric that ${algorithm} publishes (${algorithm.metrics.map((each) => each.metricName).join(', ')}), or one of \`metricDefinitions\``
      : `should be one of \`metricDefinitions\`, because ${algorithm} publishes no metrics`;
    return [{ property: `${property}.metricName`, rule, value: metricName, warning: 'algorithm-objective' }];
  }
  if (Token.isUnresolved(objectiveType) || metric.objectiveType === objectiveType) return [];
  return [{
    property: `${property}.objectiveType`,
    rule: `should be ${metric.objectiveType} for ${metricName}`,
    value: objectiveType,
    warning: 'algorithm-objective-direction',
  }];
}
