import type { Rule } from '../request-rule';
import { at, brokenAt, given, isGiven } from '../request-values';

/** Members that other tools reject together with `ServerlessJobConfig`. */
const WITHOUT_CONTAINER = [
  'AlgorithmSpecification', 'Environment', 'RetryStrategy', 'CheckpointConfig', 'DebugHookConfig', 'DebugRuleConfigurations', 'TensorBoardOutputConfig',
  'ExperimentConfig', 'ProfilerConfig', 'ProfilerRuleConfigurations',
];

const OF_INSTANCES = [
  'InstanceType', 'InstanceCount', 'InstanceGroups', 'InstancePreferences', 'InstancePlacementConfig', 'TrainingPlanArn', 'KeepAlivePeriodInSeconds',
];

/** Rules of serverless jobs, and of members that only they may omit. */
export const SERVERLESS_RULES: readonly Rule[] = [
  {
    id: 'algorithm-unless-serverless',
    on: ['CreateTrainingJobRequest'],
    level: 'error',
    source: 'AlgorithmSpecification.TrainingImage',
    rule: 'is required unless `AlgorithmSpecification.AlgorithmName` or `ServerlessJobConfig` is specified',
    check: ({ AlgorithmSpecification, ServerlessJobConfig }) =>
      brokenAt(['AlgorithmSpecification', 'TrainingImage'], !isGiven(AlgorithmSpecification) && !isGiven(ServerlessJobConfig)),
  },
  {
    id: 'stopping-condition-unless-serverless',
    on: ['CreateTrainingJobRequest'],
    level: 'warning',
    source: 'CreateTrainingJobRequest.StoppingCondition',
    rule: 'should be specified, except with `ServerlessJobConfig`',
    check: ({ ServerlessJobConfig, StoppingCondition }) => brokenAt(['StoppingCondition'], !isGiven(StoppingCondition) && !isGiven(ServerlessJobConfig)),
  },
  {
    id: 'serverless-volume-size',
    on: ['CreateTrainingJobRequest'],
    level: 'error',
    source: 'ResourceConfig.VolumeSizeInGB',
    rule: 'cannot be specified for a serverless job, because SageMaker selects it',
    needs: ['ResourceConfig', 'ServerlessJobConfig'],
    check: (request) => brokenAt(['ResourceConfig', 'VolumeSizeInGB'], isGiven(at(request, 'ResourceConfig')?.VolumeSizeInGB)),
  },
  {
    id: 'serverless-without-instances',
    on: ['CreateTrainingJobRequest'],
    level: 'warning',
    source: 'CreateTrainingJobRequest.ServerlessJobConfig',
    rule: 'should not be specified for a serverless job, which has no instances',
    needs: ['ServerlessJobConfig'],
    check: (request) => [
      ...given(at(request, 'ResourceConfig') ?? {}, OF_INSTANCES).map(({ path }) => ({ path: ['ResourceConfig', ...path] })),
      ...brokenAt(['EnableManagedSpotTraining'], request.EnableManagedSpotTraining === true),
    ],
  },
  {
    id: 'serverless-without-container',
    on: ['CreateTrainingJobRequest'],
    level: 'warning',
    source: 'CreateTrainingJobRequest.ServerlessJobConfig',
    rule: 'should not be specified for a serverless job, because SageMaker provides the container',
    needs: ['ServerlessJobConfig'],
    check: (request) => given(request, WITHOUT_CONTAINER),
  },
  {
    id: 'evaluation-needs-type',
    on: ['ServerlessJobConfig'],
    level: 'error',
    source: 'ServerlessJobConfig.EvaluationType',
    rule: 'is required if `JobType` is Evaluation',
    needs: ['JobType'],
    check: ({ EvaluationType, JobType }) => brokenAt(['EvaluationType'], JobType === 'Evaluation' && !isGiven(EvaluationType)),
  },
  {
    id: 'model-package-of-serverless',
    on: ['CreateTrainingJobRequest'],
    level: 'warning',
    source: 'CreateTrainingJobRequest.ModelPackageConfig',
    rule: 'should only be specified together with `ServerlessJobConfig`',
    needs: ['ModelPackageConfig'],
    check: ({ ServerlessJobConfig }) => brokenAt(['ModelPackageConfig'], !isGiven(ServerlessJobConfig)),
  },
];
