import { Token } from 'aws-cdk-lib';
import type { RuleCases } from './rule-case';

const PLAN = 'arn:aws:sagemaker:eu-west-1:111122223333:training-plan/plan';
const TOKEN = Token.asString({ Ref: 'Value' });
const DEGREE = { OPTION_TENSOR_PARALLEL_DEGREE: '4' };
const sharded = (OverrideEnvironment?: unknown, more: object = {}) => (
  { OptimizationConfigs: [{ ModelShardingConfig: { OverrideEnvironment } }], ...more });

export const OPTIMIZATION_CASES: RuleCases = {
  'one-training-plan-of-optimization': {
    broken: { TrainingPlanArns: [PLAN, `${PLAN}2`] },
    at: ['TrainingPlanArns'],
    kept: [{ TrainingPlanArns: [PLAN] }, { TrainingPlanArns: Token.asList({ Ref: 'Plans' }) }],
  },
  'sharding-excludes-techniques': {
    broken: { OptimizationConfigs: [{ ModelQuantizationConfig: {} }, { ModelShardingConfig: { OverrideEnvironment: DEGREE } }] },
    at: ['OptimizationConfigs.1.ModelShardingConfig'],
    kept: [sharded(DEGREE), { OptimizationConfigs: [{ ModelQuantizationConfig: {} }, { ModelCompilationConfig: {} }] }],
  },
  'sharding-degree': {
    broken: sharded({ OPTION_DTYPE: 'fp16' }),
    at: ['OptimizationConfigs.0.ModelShardingConfig.OverrideEnvironment'],
    kept: [
      sharded(DEGREE),
      sharded(undefined, { OptimizationEnvironment: DEGREE }),
      sharded({ OPTION_TENSOR_PARALLEL_DEGREE: TOKEN }),
      sharded({ Ref: 'Value' }),
    ],
  },
  'neuron-techniques': {
    broken: { DeploymentInstanceType: 'ml.inf2.48xlarge', OptimizationConfigs: [{ ModelCompilationConfig: {} }, { ModelQuantizationConfig: {} }] },
    at: ['OptimizationConfigs.1'],
    kept: [
      { DeploymentInstanceType: 'ml.trn1.32xlarge', OptimizationConfigs: [{ ModelCompilationConfig: {} }] },
      { DeploymentInstanceType: 'ml.g5.xlarge', OptimizationConfigs: [{ ModelQuantizationConfig: {} }] },
      { DeploymentInstanceType: TOKEN, OptimizationConfigs: [{ ModelQuantizationConfig: {} }] },
    ],
  },
};
