import { instanceTypesOf } from './instances';
import type { CreateTrainingJobRequest, ResourceConfig } from './training-types';
import { repeatedValue, type Rule } from '../local-request-rule';

/** A rule for jobs with a ResourceConfig. */
function ofResources(rule: Rule<ResourceConfig, CreateTrainingJobRequest>): Rule<CreateTrainingJobRequest> {
  return (request) => request.ResourceConfig && rule(request.ResourceConfig, request);
}

/** Instance families with local storage: Amazon EC2 User Guide, Instance store volumes. */
const LOCAL_STORAGE = /^ml\.(g\d|trn|r5d|p3dn|p[4-9])/;

const hasLocalStorage = (instanceType: string) => LOCAL_STORAGE.test(instanceType);

const oneKindOfInstances: Rule<ResourceConfig, CreateTrainingJobRequest> = (resources, { ServerlessJobConfig: serverless }) => {
  if (serverless) return undefined;
  const kinds = [resources.InstanceType, resources.InstanceGroups, resources.InstancePreferences].filter((kind) => kind !== undefined);
  return kinds.length !== 1 && 'Exactly one of InstanceType, InstanceGroups and InstancePreferences must be specified in ResourceConfig.';
};

const countOfInstances: Rule<ResourceConfig, CreateTrainingJobRequest> = ({ InstanceType, InstanceCount = 0 }) => InstanceType !== undefined
  && InstanceCount < 1
  && 'InstanceCount must be at least 1 where InstanceType is specified.';

const noCountOfGroups: Rule<ResourceConfig, CreateTrainingJobRequest> = ({ InstanceGroups, InstanceCount }) => InstanceGroups !== undefined
  && InstanceCount !== undefined
  && 'InstanceCount must not be specified together with InstanceGroups.';

const preferencesOnDemand: Rule<ResourceConfig, CreateTrainingJobRequest> = (resources, { EnableManagedSpotTraining: spot }) =>
  resources.InstancePreferences !== undefined
  && (spot || resources.InstancePlacementConfig !== undefined)
  && 'InstancePreferences must not be specified together with InstancePlacementConfig or EnableManagedSpotTraining.';

const differentPreferences: Rule<ResourceConfig, CreateTrainingJobRequest> = ({ InstancePreferences: preferences = [] }) =>
  repeatedValue(preferences.map(({ InstanceType }) => InstanceType)) !== undefined
  && 'An instance type can appear only once in InstancePreferences.';

const oneCountOfPreferences: Rule<ResourceConfig, CreateTrainingJobRequest> = ({ InstancePreferences: preferences, InstanceCount }) => {
  if (!preferences) return undefined;
  const counted = preferences.filter((preference) => preference.InstanceCount !== undefined).length;
  return counted !== (InstanceCount === undefined ? preferences.length : 0)
    && 'InstanceCount must be specified either in every preference of InstancePreferences or in ResourceConfig.';
};

const plansOfPreferences: Rule<ResourceConfig, CreateTrainingJobRequest> = ({ InstancePreferences: preferences = [], TrainingPlanArn: plan }) =>
  plan !== undefined && preferences.some(({ TrainingPlanArns: plans }) => plans !== undefined)
  && 'TrainingPlanArns in InstancePreferences must not be specified together with TrainingPlanArn.';

const volumeUnlessServerless: Rule<ResourceConfig, CreateTrainingJobRequest> = ({ VolumeSizeInGB: size }, { ServerlessJobConfig: serverless }) =>
  serverless && size !== undefined
  && 'VolumeSizeInGB must not be specified together with ServerlessJobConfig.';

const volumeWithoutLocalStorage: Rule<ResourceConfig, CreateTrainingJobRequest> = (resources) => {
  const type = instanceTypesOf(resources).find((candidate) => !hasLocalStorage(candidate));
  return type && !resources.VolumeSizeInGB && `VolumeSizeInGB must be specified for ${type}, which has no local storage.`;
};

const noKeyForLocalStorage: Rule<ResourceConfig, CreateTrainingJobRequest> = (resources) => {
  const type = instanceTypesOf(resources).find(hasLocalStorage);
  return type && resources.VolumeKmsKeyId && `VolumeKmsKeyId must not be specified for ${type}, which has local storage.`;
};

const noWarmSpot: Rule<ResourceConfig, CreateTrainingJobRequest> = ({ KeepAlivePeriodInSeconds: period = 0 }, { EnableManagedSpotTraining: spot }) =>
  spot && period > 0
  && 'KeepAlivePeriodInSeconds must not be specified where EnableManagedSpotTraining is true.';

const noWarmGroups: Rule<ResourceConfig, CreateTrainingJobRequest> = ({ InstanceGroups: groups, KeepAlivePeriodInSeconds: period = 0 }) =>
  groups !== undefined && period > 0
  && 'KeepAlivePeriodInSeconds must not be specified together with InstanceGroups.';

/** Rules of ResourceConfig. */
export const RESOURCE_RULES: readonly Rule<CreateTrainingJobRequest>[] = [
  oneKindOfInstances,
  countOfInstances,
  noCountOfGroups,
  preferencesOnDemand,
  differentPreferences,
  oneCountOfPreferences,
  plansOfPreferences,
  volumeUnlessServerless,
  noWarmSpot,
  noWarmGroups,
  volumeWithoutLocalStorage,
  noKeyForLocalStorage,
].map(ofResources);
