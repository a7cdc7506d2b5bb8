import type { Rule } from '../request-rule';
import { at, brokenAt, given, isGiven } from '../request-values';

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
    needs: ['ResourceConfig', 'ServerlessJobConfig'],
    check: (request) => brokenAt(['ResourceConfig', 'VolumeSizeInGB'], isGiven(at(request, 'ResourceConfig')?.VolumeSizeInGB)),
  },
  {
    id: 'serverless-without-instances',
    on: ['CreateTrainingJobRequest'],
    level: 'warning',
    source: 'CreateTrainingJobRequest.ServerlessJobConfig',
    rule: 'should be left out for a serverless job, which has no instances of its own',
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
    rule: 'should be left out for a serverless job, whose container the service brings',
    needs: ['ServerlessJobConfig'],
    check: (request) => given(request, WITHOUT_CONTAINER),
  },
  {
    id: 'evaluation-needs-type',
    on: ['ServerlessJobConfig'],
    level: 'error',
    source: 'ServerlessJobConfig.EvaluationType',
    rule: 'is required where `JobType` is Evaluation',
    needs: ['JobType'],
    check: ({ EvaluationType, JobType }) => brokenAt(['EvaluationType'], JobType === 'Evaluation' && !isGiven(EvaluationType)),
  },
  {
    id: 'model-package-of-serverless',
    on: ['CreateTrainingJobRequest'],
    level: 'warning',
    source: 'CreateTrainingJobRequest.ModelPackageConfig',
    rule: 'should be given together with `ServerlessJobConfig` only',
    needs: ['ModelPackageConfig'],
    check: ({ ServerlessJobConfig }) => brokenAt(['ModelPackageConfig'], !isGiven(ServerlessJobConfig)),
  },
];
