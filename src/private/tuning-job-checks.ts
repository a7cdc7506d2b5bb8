import type { HyperParameterTrainingJobDefinition } from '../hyper-parameter-training-job-definition';
import type { HyperParameterTuningJobProps } from '../hyper-parameter-tuning-job-props';
import { objectiveChecks } from './images/algorithm-checks';
import { atMostOneOf, type Check } from './validation';

/** What can be wrong with what a tuning job is told that its request does not show. */
export function tuningJobChecks(props: HyperParameterTuningJobProps): Check[] {
  const { hyperParameterTuningJobObjective: objective, trainingJobDefinition, trainingJobDefinitions = [] } = props;
  return [
    () => atMostOneOf({ trainingJobDefinition, trainingJobDefinitions: props.trainingJobDefinitions }),
    ...trainingJobDefinition ? objectiveChecks('hyperParameterTuningJobObjective', objective, trainingJobDefinition) : [],
    ...trainingJobDefinitions.flatMap((definition, index) =>
      objectiveChecks(`trainingJobDefinitions[${index}].tuningObjective`, definition.tuningObjective, definition)),
  ];
}

/** What can be wrong with a definition that its request does not show. */
export function tuningDefinitionChecks(definition: HyperParameterTrainingJobDefinition, { throughVpc }: { readonly throughVpc: boolean }): Check[] {
  const { algorithmName, trainingImage } = definition;
  return [
    () => (trainingImage || algorithmName !== undefined ? [] : [{ property: 'trainingImage', rule: 'must be given, or `algorithmName`' }]),
    () => (definition.hyperParameterTuningResourceConfig ? RESOURCE_PROPERTIES : []).filter((name) => definition[name] !== undefined)
      .map((name) => ({ property: 'hyperParameterTuningResourceConfig', rule: `cannot be given together with \`${name}\`` })),
    () => (throughVpc ? [{ property: 'trainingImage', rule: 'cannot be one of a registry in a VPC for a tuning job' }] : []),
  ];
}

/** The props that `ResourceConfig` is made of. */
const RESOURCE_PROPERTIES = [
  'instanceType', 'instanceCount', 'instanceGroups', 'instancePreferences', 'trainingPlanArn', 'instancePlacementConfig', 'volumeSize',
  'volumeEncryptionKey', 'keepAlivePeriod',
] as const;
