import { families, isAccelerated } from './instance-families';
import { TRAINING } from './training-rules';
import type { Rule, Structure } from '../request-rule';
import { at, brokenAt, given, givenTogether, isGiven, isNotEmpty, literalNumber, repeatedIn, structures } from '../request-values';

const HETEROGENEOUS = 'Train Using a Heterogeneous Cluster';
const WARM_POOLS = 'SageMaker AI Managed Warm Pools';
const KINDS_OF_INSTANCES = ['InstanceType', 'InstanceGroups', 'InstancePreferences'];

/** Instance families that the documentation of `VolumeSizeInGB` lists with and without local storage. */
const LOCAL_STORAGE = ['p4d', 'g4dn', 'g5'];
const VOLUMES_ONLY = ['c5', 'p2'];

/** Rules of the resources of training jobs, which processing jobs share in part. */
export const RESOURCE_RULES: readonly Rule[] = [
  {
    id: 'one-kind-of-instances',
    on: ['ResourceConfig'],
    level: 'error',
    source: 'ResourceConfig.InstancePreferences',
    rule: 'cannot be specified together: `InstanceType`, `InstanceGroups` and `InstancePreferences`',
    advice: 'Specify one of them.',
    check: (resources) => givenTogether(resources, KINDS_OF_INSTANCES),
  },
  {
    id: 'some-instances',
    on: TRAINING,
    level: 'warning',
    source: HETEROGENEOUS,
    rule: 'is required unless `ResourceConfig.InstanceGroups` or `ResourceConfig.InstancePreferences` is specified',
    check: (training) => {
      const resources = at(training, 'ResourceConfig');
      const elsewhere = [training.ServerlessJobConfig, training.HyperParameterTuningResourceConfig].some(isGiven);
      return brokenAt(['ResourceConfig', 'InstanceType'], !elsewhere && resources !== undefined && given(resources, KINDS_OF_INSTANCES).length === 0);
    },
  },
  {
    id: 'instance-type-with-count',
    on: ['ResourceConfig'],
    level: 'warning',
    source: 'ResourceConfig.InstanceCount',
    rule: 'must be at least 1 if `InstanceType` is specified',
    needs: ['InstanceType'],
    check: ({ InstanceCount }) => brokenAt(['InstanceCount'], !isGiven(InstanceCount) || InstanceCount === 0),
  },
  {
    id: 'instance-groups-count-themselves',
    on: ['ResourceConfig'],
    level: 'error',
    source: HETEROGENEOUS,
    rule: 'cannot be specified together with `InstanceGroups`',
    advice: 'Specify a count for each group.',
    needs: ['InstanceCount', 'InstanceGroups'],
    check: () => [{ path: ['InstanceCount'] }],
  },
  {
    id: 'instance-group-names-unique',
    on: ['ResourceConfig'],
    level: 'warning',
    source: 'InstanceGroup.InstanceGroupName',
    rule: 'must be unique, because channels refer to instance groups by name',
    needs: ['InstanceGroups'],
    check: (resources) => repeatedIn(resources, 'InstanceGroups', 'InstanceGroupName'),
  },
  {
    id: 'preferred-types-once',
    on: ['ResourceConfig', 'ProcessingClusterConfig'],
    level: 'error',
    source: 'InstancePreference.InstanceType',
    rule: 'can appear only once in `InstancePreferences`',
    needs: ['InstancePreferences'],
    check: (resources) => repeatedIn(resources, 'InstancePreferences', 'InstanceType'),
  },
  {
    id: 'preference-counts',
    on: ['ResourceConfig', 'ProcessingClusterConfig'],
    level: 'error',
    source: 'InstancePreference.InstanceCount',
    rule: 'must all have an `InstancePreferences.InstanceCount`, or none if `InstanceCount` of the job is specified',
    needs: ['InstancePreferences'],
    check: ({ InstanceCount, InstancePreferences }) => {
      const preferences = structures(InstancePreferences);
      if (preferences.length === 0 || preferences.length < InstancePreferences.length) return [];
      const counts = preferences.filter(([preference]) => isGiven(preference.InstanceCount)).length;
      const wanted = isGiven(InstanceCount) ? 0 : preferences.length;
      return brokenAt(['InstancePreferences'], counts !== wanted);
    },
  },
  {
    id: 'preferences-exclude-placement',
    on: ['ResourceConfig'],
    level: 'error',
    source: 'ResourceConfig.InstancePreferences',
    rule: 'cannot be specified together with `InstancePreferences`',
    needs: ['InstancePlacementConfig', 'InstancePreferences'],
    check: () => [{ path: ['InstancePlacementConfig'] }],
  },
  {
    id: 'one-place-for-training-plans',
    on: ['ResourceConfig'],
    level: 'error',
    source: 'InstancePreference.TrainingPlanArns',
    rule: 'cannot be specified together with `TrainingPlanArn` of the job',
    needs: ['InstancePreferences', 'TrainingPlanArn'],
    check: ({ InstancePreferences }) => structures(InstancePreferences)
      .filter(([{ TrainingPlanArns }]) => isNotEmpty(TrainingPlanArns))
      .map(([, index]) => ({ path: ['InstancePreferences', index, 'TrainingPlanArns'] })),
  },
  {
    id: 'placement-on-ultra-servers',
    on: ['ResourceConfig'],
    level: 'warning',
    source: 'ResourceConfig.InstancePlacementConfig',
    rule: 'applies only to UltraServer capacity',
    needs: ['InstancePlacementConfig'],
    check: (resources) => brokenAt(['InstancePlacementConfig'], families(resources)?.some((family) => !/^(p6e-|trn\d)/.test(family)) === true),
  },
  {
    id: 'warm-pool-excludes-instance-groups',
    on: ['ResourceConfig'],
    level: 'error',
    source: WARM_POOLS,
    rule: 'cannot be used with `InstanceGroups`',
    needs: ['InstanceGroups', 'KeepAlivePeriodInSeconds'],
    check: ({ KeepAlivePeriodInSeconds }) => brokenAt(['KeepAlivePeriodInSeconds'], (literalNumber(KeepAlivePeriodInSeconds) ?? 0) > 0),
  },
  {
    id: 'volume-size-of-volumes',
    on: ['ResourceConfig'],
    level: 'error',
    source: 'ResourceConfig.VolumeSizeInGB',
    rule: 'is required for instance types without local storage',
    check: (resources) => brokenAt(
      ['VolumeSizeInGB'],
      !isGiven(resources.VolumeSizeInGB) && (families(resources) ?? []).some((family) => VOLUMES_ONLY.includes(family)),
    ),
  },
  {
    id: 'volume-key-excludes-local-storage',
    on: ['ResourceConfig', 'HyperParameterTuningResourceConfig', 'ProcessingClusterConfig', 'TransformResources'],
    level: 'error',
    source: 'ResourceConfig.VolumeKmsKeyId',
    rule: 'cannot be specified for an instance type with local storage, which the instance encrypts itself',
    needs: ['VolumeKmsKeyId'],
    check: (resources) => brokenAt(['VolumeKmsKeyId'], families(resources)?.every((family) => LOCAL_STORAGE.includes(family)) === true),
  },
  {
    id: 'pending-time-of-accelerators',
    on: TRAINING,
    level: 'warning',
    source: 'StoppingCondition.MaxPendingTimeInSeconds',
    rule: 'has no effect on instance types without accelerators',
    needs: ['StoppingCondition'],
    check: (training) => {
      if (!isGiven(at(training, 'StoppingCondition')?.MaxPendingTimeInSeconds)) return [];
      return brokenAt(['StoppingCondition', 'MaxPendingTimeInSeconds'], families(resourcesOf(training))?.some(isAccelerated) === false);
    },
  },
];

/** Returns the resources of training jobs, whether a tuning job launches them or not. */
function resourcesOf(training: Structure): Structure | undefined {
  return at(training, isGiven(training.HyperParameterTuningResourceConfig) ? 'HyperParameterTuningResourceConfig' : 'ResourceConfig');
}
