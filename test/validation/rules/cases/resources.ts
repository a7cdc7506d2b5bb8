import { Lazy, Token } from 'aws-cdk-lib';
import type { RuleCases } from './rule-case';

const M5 = 'ml.m5.large';
const GROUP = { InstanceType: M5, InstanceCount: 1, InstanceGroupName: 'cpu' };

export const RESOURCE_CASES: RuleCases = {
  'one-kind-of-instances': {
    broken: { InstanceType: M5, InstanceGroups: [GROUP] },
    at: ['InstanceType'],
    kept: [{ InstanceType: M5 }, { InstanceGroups: [GROUP] }, { InstancePreferences: [{ InstanceType: M5 }] }, {}],
  },
  'some-instances': {
    broken: { ResourceConfig: { VolumeSizeInGB: 30 } },
    at: ['ResourceConfig.InstanceType'],
    kept: [
      { ResourceConfig: { InstanceGroups: [GROUP] } },
      { ServerlessJobConfig: {} },
      { HyperParameterTuningResourceConfig: { InstanceType: M5 } },
      { ResourceConfig: Lazy.any({ produce: () => ({}) }) },
    ],
  },
  'instance-type-with-count': {
    broken: { InstanceType: M5, InstanceCount: 0 },
    at: ['InstanceCount'],
    kept: [{ InstanceType: M5, InstanceCount: 1 }, { InstanceGroups: [GROUP] }, { InstanceType: M5, InstanceCount: Token.asNumber({ Ref: 'Count' }) }],
  },
  'instance-groups-count-themselves': {
    broken: { InstanceGroups: [GROUP], InstanceCount: 2 },
    at: ['InstanceCount'],
    kept: [{ InstanceGroups: [GROUP] }, { InstanceType: M5, InstanceCount: 2 }],
  },
  'instance-group-names-unique': {
    broken: { InstanceGroups: [GROUP, { ...GROUP, InstanceType: 'ml.c5.large' }] },
    at: ['InstanceGroups.1.InstanceGroupName'],
    kept: [{ InstanceGroups: [GROUP, { ...GROUP, InstanceGroupName: 'gpu' }] }],
  },
  'preferred-types-once': {
    broken: { InstancePreferences: [{ InstanceType: M5 }, { InstanceType: 'ml.m5.xlarge' }, { InstanceType: M5 }] },
    at: ['InstancePreferences.2.InstanceType'],
    kept: [
      { InstancePreferences: [{ InstanceType: M5 }, { InstanceType: 'ml.m5.xlarge' }] },
      { InstancePreferences: [{ InstanceType: Token.asString({ Ref: 'Type' }) }, { InstanceType: Token.asString({ Ref: 'Type' }) }] },
    ],
  },
  'preference-counts': {
    broken: { InstancePreferences: [{ InstanceType: M5, InstanceCount: 1 }, { InstanceType: 'ml.m5.xlarge' }] },
    at: ['InstancePreferences'],
    kept: [
      { InstancePreferences: [{ InstanceType: M5, InstanceCount: 1 }, { InstanceType: 'ml.m5.xlarge', InstanceCount: 2 }] },
      { InstancePreferences: [{ InstanceType: M5 }, { InstanceType: 'ml.m5.xlarge' }], InstanceCount: 1 },
      { InstancePreferences: [Lazy.any({ produce: () => ({}) }), { InstanceType: M5, InstanceCount: 1 }], InstanceCount: 1 },
    ],
  },
  'preferences-exclude-placement': {
    broken: { InstancePreferences: [{ InstanceType: M5 }], InstancePlacementConfig: { EnableMultipleJobs: true } },
    at: ['InstancePlacementConfig'],
    kept: [{ InstancePreferences: [{ InstanceType: M5 }] }, { InstancePlacementConfig: {} }],
  },
  'one-place-for-training-plans': {
    broken: { InstancePreferences: [{ InstanceType: M5 }, { InstanceType: 'ml.p5.48xlarge', TrainingPlanArns: ['arn'] }], TrainingPlanArn: 'arn' },
    at: ['InstancePreferences.1.TrainingPlanArns'],
    kept: [{ InstancePreferences: [{ InstanceType: M5, TrainingPlanArns: ['arn'] }] }, { InstanceType: M5, TrainingPlanArn: 'arn' }],
  },
  'placement-on-ultra-servers': {
    broken: { InstanceType: M5, InstancePlacementConfig: {} },
    at: ['InstancePlacementConfig'],
    kept: [
      { InstanceType: 'ml.p6e-gb200.36xlarge', InstancePlacementConfig: {} },
      { InstanceType: Token.asString({ Ref: 'Type' }), InstancePlacementConfig: {} },
    ],
  },
  'warm-pool-excludes-instance-groups': {
    broken: { InstanceGroups: [GROUP], KeepAlivePeriodInSeconds: 60 },
    at: ['KeepAlivePeriodInSeconds'],
    kept: [{ InstanceGroups: [GROUP], KeepAlivePeriodInSeconds: 0 }, { InstanceType: M5, KeepAlivePeriodInSeconds: 60 }],
  },
  'volume-size-of-volumes': {
    broken: { InstanceType: 'ml.c5.xlarge' },
    at: ['VolumeSizeInGB'],
    kept: [{ InstanceType: 'ml.c5.xlarge', VolumeSizeInGB: 30 }, { InstanceType: 'ml.p4d.24xlarge' }, { InstanceType: Token.asString({ Ref: 'Type' }) }],
  },
  'volume-key-excludes-local-storage': {
    broken: { InstanceConfigs: [{ InstanceType: 'ml.g5.xlarge' }, { InstanceType: 'ml.g4dn.xlarge' }], VolumeKmsKeyId: 'key' },
    at: ['VolumeKmsKeyId'],
    kept: [
      { InstanceType: M5, VolumeKmsKeyId: 'key' },
      { InstanceGroups: [GROUP, { ...GROUP, InstanceType: 'ml.g5.xlarge' }], VolumeKmsKeyId: 'key' },
      { InstanceConfigs: [{ InstanceType: 'ml.g5.xlarge' }, { InstanceType: Token.asString({ Ref: 'Type' }) }], VolumeKmsKeyId: 'key' },
    ],
  },
  'pending-time-of-accelerators': {
    broken: { ResourceConfig: { InstanceType: M5 }, StoppingCondition: { MaxPendingTimeInSeconds: 7200 } },
    at: ['StoppingCondition.MaxPendingTimeInSeconds'],
    kept: [
      { ResourceConfig: { InstancePreferences: [{ InstanceType: M5 }, { InstanceType: 'ml.trn1.2xlarge' }] }, StoppingCondition: { MaxPendingTimeInSeconds: 7200 } },
      { ResourceConfig: { InstanceType: M5 }, StoppingCondition: {} },
    ],
  },
};
