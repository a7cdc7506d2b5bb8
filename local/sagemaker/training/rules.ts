import type { CreateTrainingJobRequest } from './types';
import { validationError } from '../../api/errors';

/** A rule between members of a request: the reason for a refusal, or nothing. */
type Rule = (request: CreateTrainingJobRequest) => string | undefined | false;

const DAYS = 24 * 60 * 60;
const DEFAULT_RUNTIME = DAYS;

const computeUnlessServerless: Rule = (request) => {
  if (request.ServerlessJobConfig) return undefined;
  const missing = (['AlgorithmSpecification', 'ResourceConfig', 'StoppingCondition'] as const).filter((member) => !request[member]);
  return missing.length > 0 && `${missing.join(', ')} must be specified unless ServerlessJobConfig is.`;
};

const oneAlgorithm: Rule = ({ AlgorithmSpecification: algorithm }) => algorithm
  && (algorithm.TrainingImage === undefined) === (algorithm.AlgorithmName === undefined)
  && 'Exactly one of TrainingImage and AlgorithmName must be specified in AlgorithmSpecification.';

const oneKindOfInstances: Rule = ({ ResourceConfig: resources, ServerlessJobConfig: serverless }) => {
  if (!resources || serverless) return undefined;
  const kinds = [resources.InstanceType, resources.InstanceGroups, resources.InstancePreferences].filter((kind) => kind !== undefined);
  return kinds.length !== 1 && 'Exactly one of InstanceType, InstanceGroups and InstancePreferences must be specified in ResourceConfig.';
};

const countOfInstances: Rule = ({ ResourceConfig: resources }) => resources?.InstanceType !== undefined
  && (resources.InstanceCount ?? 0) < 1
  && 'InstanceCount must be at least 1 where InstanceType is specified.';

const noCountOfGroups: Rule = ({ ResourceConfig: resources }) => resources?.InstanceGroups !== undefined
  && resources.InstanceCount !== undefined
  && 'InstanceCount must not be specified together with InstanceGroups.';

const preferencesOnDemand: Rule = ({ ResourceConfig: resources, EnableManagedSpotTraining: spot }) => resources?.InstancePreferences !== undefined
  && (spot || resources.InstancePlacementConfig !== undefined)
  && 'InstancePreferences must not be specified together with InstancePlacementConfig or EnableManagedSpotTraining.';

const waitForSpot: Rule = ({ EnableManagedSpotTraining: spot, StoppingCondition: condition }) => spot
  && condition?.MaxWaitTimeInSeconds === undefined
  && 'MaxWaitTimeInSeconds must be specified in StoppingCondition where EnableManagedSpotTraining is true.';

const waitForSpotOnly: Rule = ({ EnableManagedSpotTraining: spot, StoppingCondition: condition }) => !spot
  && condition?.MaxWaitTimeInSeconds !== undefined
  && 'MaxWaitTimeInSeconds must not be specified in StoppingCondition unless EnableManagedSpotTraining is true.';

const waitCoversRuntime: Rule = ({ StoppingCondition: condition }) => condition?.MaxWaitTimeInSeconds !== undefined
  && condition.MaxWaitTimeInSeconds < (condition.MaxRuntimeInSeconds ?? DEFAULT_RUNTIME)
  && 'MaxWaitTimeInSeconds must be greater than or equal to MaxRuntimeInSeconds.';

const longestRuntime: Rule = ({ StoppingCondition: condition }) => (condition?.MaxRuntimeInSeconds ?? 0) > 28 * DAYS
  && 'MaxRuntimeInSeconds must be at most 28 days.';

const noWarmSpot: Rule = ({ ResourceConfig: resources, EnableManagedSpotTraining: spot }) => spot
  && (resources?.KeepAlivePeriodInSeconds ?? 0) > 0
  && 'KeepAlivePeriodInSeconds must not be specified where EnableManagedSpotTraining is true.';

const noWarmGroups: Rule = ({ ResourceConfig: resources }) => resources?.InstanceGroups !== undefined
  && (resources.KeepAlivePeriodInSeconds ?? 0) > 0
  && 'KeepAlivePeriodInSeconds must not be specified together with InstanceGroups.';

const differentChannels: Rule = ({ InputDataConfig: channels = [] }) => new Set(channels.map(({ ChannelName }) => ChannelName)).size < channels.length
  && 'The names of the channels in InputDataConfig must be different.';

const oneSource: Rule = ({ InputDataConfig: channels = [] }) => channels.some(({ DataSource }) => Object.keys(DataSource).length !== 1)
  && 'Exactly one source must be specified in the DataSource of a channel.';

const augmentedManifestIsPiped: Rule = ({ InputDataConfig: channels = [], AlgorithmSpecification: algorithm }) => channels.some(
  ({ DataSource, InputMode }) => DataSource.S3DataSource?.S3DataType === 'AugmentedManifestFile'
    && (InputMode ?? algorithm?.TrainingInputMode) !== 'Pipe',
) && 'AugmentedManifestFile can only be used with the Pipe input mode.';

/** What the documentation of CreateTrainingJob states beyond the constraints of single members. */
const RULES: readonly Rule[] = [
  computeUnlessServerless,
  oneAlgorithm,
  oneKindOfInstances,
  countOfInstances,
  noCountOfGroups,
  preferencesOnDemand,
  waitForSpot,
  waitForSpotOnly,
  waitCoversRuntime,
  longestRuntime,
  noWarmSpot,
  noWarmGroups,
  differentChannels,
  oneSource,
  augmentedManifestIsPiped,
];

export function checkTrainingJobRules(request: CreateTrainingJobRequest): void {
  for (const rule of RULES) {
    const reason = rule(request);
    if (reason) throw validationError(reason);
  }
}
