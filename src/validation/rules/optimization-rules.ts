import type { Rule } from '../request-rule';
import { at, isGiven, literalString, structures } from '../request-values';

const REQUEST = ['CreateOptimizationJobRequest'];
const SDK = 'ModelBuilder.optimize() (SageMaker Python SDK)';
const DEGREE = 'OPTION_TENSOR_PARALLEL_DEGREE';

/** Rules of optimization jobs. */
export const OPTIMIZATION_RULES: readonly Rule[] = [
  {
    id: 'one-training-plan-of-optimization',
    on: REQUEST,
    level: 'error',
    source: 'CreateOptimizationJobRequest.TrainingPlanArns',
    rule: 'must have at most one training plan',
    needs: ['TrainingPlanArns'],
    check: ({ TrainingPlanArns: plans }) => (Array.isArray(plans) && plans.length > 1 ? [{ path: ['TrainingPlanArns'], value: plans.length }] : []),
  },
  {
    id: 'sharding-excludes-techniques',
    on: REQUEST,
    level: 'warning',
    source: SDK,
    rule: 'should not be combined with other techniques',
    needs: ['OptimizationConfigs'],
    check: ({ OptimizationConfigs }) => {
      const techniques = structures(OptimizationConfigs);
      return techniques.filter(([technique]) => techniques.length > 1 && isGiven(technique.ModelShardingConfig))
        .map(([, index]) => ({ path: ['OptimizationConfigs', index, 'ModelShardingConfig'], value: 'sharding' }));
    },
  },
  {
    id: 'sharding-degree',
    on: REQUEST,
    level: 'warning',
    source: SDK,
    rule: `should contain ${DEGREE}, the number of accelerators that the model is divided among`,
    needs: ['OptimizationConfigs'],
    check: (request) => structures(request.OptimizationConfigs)
      .filter(([{ ModelShardingConfig: sharding }]) => isGiven(sharding) && ![at(request, 'OptimizationEnvironment'), at(sharding, 'OverrideEnvironment')]
        .some((environment) => environment === undefined || isGiven(environment[DEGREE])))
      .map(([, index]) => ({ path: ['OptimizationConfigs', index, 'ModelShardingConfig', 'OverrideEnvironment'], value: 'no such variable' })),
  },
  {
    id: 'neuron-techniques',
    on: REQUEST,
    level: 'warning',
    source: SDK,
    rule: 'should be only compilation for AWS Inferentia and AWS Trainium',
    needs: ['DeploymentInstanceType', 'OptimizationConfigs'],
    check: ({ DeploymentInstanceType, OptimizationConfigs }) => {
      const isNeuron = /^ml\.(inf|trn)\d/.test(literalString(DeploymentInstanceType) ?? '');
      return structures(OptimizationConfigs)
        .filter(([technique]) => isNeuron && !isGiven(technique.ModelCompilationConfig))
        .map(([technique, index]) => ({ path: ['OptimizationConfigs', index], value: Object.keys(technique).join() }));
    },
  },
];
