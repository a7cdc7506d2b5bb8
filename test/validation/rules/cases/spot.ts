import { Lazy, Token } from 'aws-cdk-lib';
import type { RuleCases } from './rule-case';

const SPOT = { EnableManagedSpotTraining: true };
const TOKEN = Token.asNumber({ Ref: 'Seconds' });

export const SPOT_CASES: RuleCases = {
  'spot-needs-max-wait-time': {
    broken: { ...SPOT, StoppingCondition: { MaxRuntimeInSeconds: 60 } },
    at: ['StoppingCondition.MaxWaitTimeInSeconds'],
    kept: [
      { ...SPOT, StoppingCondition: { MaxWaitTimeInSeconds: TOKEN } },
      { StoppingCondition: { MaxRuntimeInSeconds: 60 } },
      { ...SPOT, StoppingCondition: Lazy.any({ produce: () => ({}) }) },
      { ...SPOT, StoppingCondition: { 'Fn::If': ['Long', {}, {}] } },
      { EnableManagedSpotTraining: Lazy.any({ produce: () => true }), StoppingCondition: {} },
    ],
  },
  'max-wait-time-needs-spot': {
    broken: { EnableManagedSpotTraining: false, StoppingCondition: { MaxWaitTimeInSeconds: 60 } },
    at: ['StoppingCondition.MaxWaitTimeInSeconds'],
    kept: [
      { ...SPOT, StoppingCondition: { MaxWaitTimeInSeconds: 60 } },
      { EnableManagedSpotTraining: { 'Fn::If': ['Spot', true, false] }, StoppingCondition: { MaxWaitTimeInSeconds: 60 } },
    ],
  },
  'max-wait-time-covers-runtime': {
    broken: { MaxRuntimeInSeconds: 3600, MaxWaitTimeInSeconds: 3599 },
    at: ['MaxWaitTimeInSeconds'],
    kept: [
      { MaxRuntimeInSeconds: 3600, MaxWaitTimeInSeconds: 3600 }, { MaxRuntimeInSeconds: TOKEN, MaxWaitTimeInSeconds: 1 },
      { MaxRuntimeInSeconds: 3600, MaxWaitTimeInSeconds: TOKEN },
    ],
  },
  'runtime-within-28-days': {
    broken: { MaxRuntimeInSeconds: 2_419_201 },
    at: ['MaxRuntimeInSeconds'],
    kept: [{ MaxRuntimeInSeconds: 2_419_200 }, { MaxRuntimeInSeconds: TOKEN }, {}],
  },
  'spot-excludes-preferences': {
    broken: { ...SPOT, ResourceConfig: { InstancePreferences: [{ InstanceType: 'ml.m5.large' }] } },
    at: ['EnableManagedSpotTraining'],
    kept: [{ ...SPOT, ResourceConfig: { InstanceType: 'ml.m5.large' } }, { ResourceConfig: { InstancePreferences: [] } }],
  },
  'spot-excludes-warm-pool': {
    broken: { ...SPOT, ResourceConfig: { KeepAlivePeriodInSeconds: 60 } },
    at: ['ResourceConfig.KeepAlivePeriodInSeconds'],
    kept: [{ ...SPOT, ResourceConfig: { KeepAlivePeriodInSeconds: 0 } }, { ResourceConfig: { KeepAlivePeriodInSeconds: 60 } }],
  },
  'long-spot-needs-checkpoints': {
    broken: { ...SPOT, StoppingCondition: { MaxWaitTimeInSeconds: 7200 } },
    at: ['CheckpointConfig'],
    kept: [
      { ...SPOT, StoppingCondition: { MaxWaitTimeInSeconds: 3600 } },
      { ...SPOT, StoppingCondition: { MaxWaitTimeInSeconds: 7200 }, CheckpointConfig: { S3Uri: 's3://b/c' } },
    ],
  },
};
