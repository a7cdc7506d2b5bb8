import { at, brokenAt, given, isGiven } from './values';
import type { Rule } from '../rule';

/** What other tools refuse beside `ServerlessJobConfig`. */
const WITHOUT_CONTAINER = [
  'AlgorithmSpecification', 'Environment', 'RetryStrategy', 'CheckpointConfig', 'DebugHookConfig', 'DebugRuleConfigurations', 'TensorBoardOutputConfig',
  'ExperimentConfig', 'ProfilerConfig', 'ProfilerRuleConfigurations',
];

const OF_INSTANCES = [
  'InstanceType', 'InstanceCount', 'InstanceGroups', 'InstancePreferences', 'InstancePlacementConfig', 'TrainingPlanArn', 'KeepAlivePeriodInSeconds',
];

/** Serverless jobs, and what only they may leave out. */
export const SERVERLESS_RULES: readonly Rule[] = [
  {
    id: 'algorithm-unless-serverless',
    on: ['CreateTrainingJobRequest'],
    level: 'error',
    source: 'AlgorithmSpecification.TrainingImage',
    rule: 'must be given, or `AlgorithmSpecification.AlgorithmName`, unless `ServerlessJobConfig` is',
    check: ({ AlgorithmSpecification, ServerlessJobConfig }) =>
      brokenAt(['AlgorithmSpecification', 'TrainingImage'], !isGiven(AlgorithmSpecification) && !isGiven(ServerlessJobConfig)),
  },
  {
    id: 'stopping-condition-unless-serverless',
    on: ['CreateTrainingJobRequest'],
    level: 'warning',
    source: 'CreateTrainingJobRequest.StoppingCondition',
    rule: 'should be left out only where `ServerlessJobConfig` is given',
    check: ({ ServerlessJobConfig, StoppingCondition }) => brokenAt(['StoppingCondition'], !isGiven(StoppingCondition) && !isGiven(ServerlessJobConfig)),
  },
  {
    id: 'serverless-volume-size',
    on: ['CreateTrainingJobRequest'],
    level: 'error',
    source: 'ResourceConfig.VolumeSizeInGB',
    rule: 'cannot be given for a serverless job: the service selects it',
    check: (request) => brokenAt(
      ['ResourceConfig', 'VolumeSizeInGB'],
      isGiven(request.ServerlessJobConfig) && isGiven(at(request, 'ResourceConfig')?.VolumeSizeInGB),
    ),
  },
  {
    id: 'serverless-without-instances',
    on: ['CreateTrainingJobRequest'],
    level: 'warning',
    source: 'CreateTrainingJobRequest.ServerlessJobConfig',
    rule: 'should be left out for a serverless job, which has no instances of its own',
    check: (request) => {
      if (!isGiven(request.ServerlessJobConfig)) return [];
      return [
        ...given(at(request, 'ResourceConfig') ?? {}, OF_INSTANCES).map(({ path }) => ({ path: ['ResourceConfig', ...path] })),
        ...brokenAt(['EnableManagedSpotTraining'], request.EnableManagedSpotTraining === true),
      ];
    },
  },
  {
    id: 'serverless-without-container',
    on: ['CreateTrainingJobRequest'],
    level: 'warning',
    source: 'CreateTrainingJobRequest.ServerlessJobConfig',
    rule: 'should be left out for a serverless job, whose container the service brings',
    check: (request) => (isGiven(request.ServerlessJobConfig) ? given(request, WITHOUT_CONTAINER) : []),
  },
  {
    id: 'evaluation-needs-type',
    on: ['ServerlessJobConfig'],
    level: 'error',
    source: 'ServerlessJobConfig.EvaluationType',
    rule: 'is required where `JobType` is Evaluation',
    check: ({ EvaluationType, JobType }) => brokenAt(['EvaluationType'], JobType === 'Evaluation' && !isGiven(EvaluationType)),
  },
  {
    id: 'model-package-of-serverless',
    on: ['CreateTrainingJobRequest'],
    level: 'warning',
    source: 'CreateTrainingJobRequest.ModelPackageConfig',
    rule: 'should be given together with `ServerlessJobConfig` only',
    check: ({ ModelPackageConfig, ServerlessJobConfig }) => brokenAt(['ModelPackageConfig'], isGiven(ModelPackageConfig) && !isGiven(ServerlessJobConfig)),
  },
];
