import { Token } from 'aws-cdk-lib';
import type { HyperParameterTrainingJobDefinition } from '../hyper-parameter-training-job-definition';
import type { HyperParameterTuningJobProps } from '../hyper-parameter-tuning-job-props';
import type { ParameterRange } from '../parameter-range';
import { serviceName } from './job-name-checks';
import { atMostOneOf, type Check, count, unique, type Violation } from './validation';

/** What can be wrong with what a tuning job is told beyond its definitions. */
export function tuningJobChecks(props: HyperParameterTuningJobProps): Check[] {
  const { maxNumberOfTrainingJobs, maxParallelTrainingJobs, parameterRanges, trainingJobDefinition, trainingJobDefinitions, warmStartConfig } = props;
  return [
    () => atMostOneOf({ trainingJobDefinition, trainingJobDefinitions }),
    () => (trainingJobDefinition || trainingJobDefinitions
      ? []
      : [{ property: 'trainingJobDefinition', rule: 'must be given, or `trainingJobDefinitions`' }]),
    () => count('trainingJobDefinitions', trainingJobDefinitions, 1, 10, 'definitions'),
    () => (trainingJobDefinitions ?? []).flatMap(({ definitionName }, index) => (definitionName === undefined
      ? [{ property: `trainingJobDefinitions[${index}].definitionName`, rule: 'must be given where there is a list of definitions' }]
      : [])),
    () => unique('trainingJobDefinitions', (trainingJobDefinitions ?? []).flatMap(({ definitionName }) => definitionName ?? [])),
    () => rangesOnce('parameterRanges', parameterRanges),
    () => atMost('maxParallelTrainingJobs', maxParallelTrainingJobs, 'maxNumberOfTrainingJobs', maxNumberOfTrainingJobs),
    () => count('warmStartConfig.parentHyperParameterTuningJobs', warmStartConfig?.parentHyperParameterTuningJobs, 1, 5, 'tuning jobs'),
  ];
}

/** What can be wrong with a definition beyond what all training is told. */
export function tuningDefinitionChecks(definition: HyperParameterTrainingJobDefinition, { throughVpc }: { readonly throughVpc: boolean }): Check[] {
  const { definitionName, hyperParameterRanges, hyperParameterTuningResourceConfig } = definition;
  const { instanceConfigs, instanceCount, instanceType, volumeSize } = hyperParameterTuningResourceConfig ?? {};
  const property = 'hyperParameterTuningResourceConfig';
  return [
    () => serviceName('definitionName', definitionName, 64),
    () => rangesOnce('hyperParameterRanges', hyperParameterRanges),
    () => (hyperParameterTuningResourceConfig ? RESOURCE_PROPERTIES : []).filter((name) => definition[name] !== undefined)
      .map((name) => ({ property, rule: `cannot be given together with \`${name}\`` })),
    () => (hyperParameterTuningResourceConfig && !instanceConfigs && !instanceType
      ? [{ property, rule: 'must have `instanceConfigs` or `instanceType`' }]
      : []),
    () => Object.entries({ instanceType, instanceCount, volumeSize }).flatMap(([name, value]) => (instanceConfigs && value !== undefined
      ? [{ property: `${property}.${name}`, rule: 'cannot be given together with `instanceConfigs`' }]
      : [])),
    () => count(`${property}.instanceConfigs`, instanceConfigs, 1, 6, 'entries'),
    () => (throughVpc ? [{ property: 'trainingImage', rule: 'cannot be one of a registry in a VPC for a tuning job' }] : []),
  ];
}

/** The props that `ResourceConfig` is made of. */
const RESOURCE_PROPERTIES = [
  'instanceType', 'instanceCount', 'instanceGroups', 'instancePreferences', 'trainingPlanArn', 'instancePlacementConfig', 'volumeSize',
  'volumeEncryptionKey', 'keepAlivePeriod',
] as const;

function rangesOnce(property: string, ranges: readonly ParameterRange[] | undefined): Violation[] {
  return unique(property, (ranges ?? []).map(({ parameterName }) => parameterName));
}

function atMost(property: string, value: number | undefined, limitProperty: string, limit: number | undefined): Violation[] {
  if (value === undefined || limit === undefined || Token.isUnresolved(value) || Token.isUnresolved(limit) || value <= limit) return [];
  return [{ property, rule: `must be at most \`${limitProperty}\` (${limit})`, value }];
}
