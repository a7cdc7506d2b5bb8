import type { Duration } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { HyperParameterTrainingJobDefinition } from './hyper-parameter-training-job-definition';
import { JobOptions } from './job-options';
import { ParameterRange } from './parameter-range';
import {
  HyperbandStrategyConfig, HyperParameterTuningJobObjective, HyperParameterTuningJobStrategyType, HyperParameterTuningJobWarmStartConfig,
  TrainingJobEarlyStoppingType,
} from './tuning-options';

/**
 * What a hyperparameter tuning job is made of.
 *
 * Without `waitTimeout` the deployment waits as long as the job may run by its own limits: `maxRuntime`, or the rounds of
 * parallel training jobs times the longest limit of a definition, and 30 days at most. With the grid strategy the number of
 * combinations stands for `maxNumberOfTrainingJobs` where that is not given.
 */
export interface HyperParameterTuningJobProps extends JobOptions {
  /**
   * The exact name of the job (`HyperParameterTuningJobName`), 1 to 32 letters, digits and hyphens. A job cannot be changed,
   * and two jobs cannot have the same name: with an exact name, a change that needs a new job needs a new name, too.
   *
   * @default - `hyperParameterTuningJobNamePrefix` and a hash of what the job is
   */
  readonly hyperParameterTuningJobName?: string;

  /**
   * What the name of the job begins with, 1 to 21 letters, digits and hyphens. A hyphen and a hash of ten characters follow.
   *
   * @default - made of the names of the stack and of the construct
   */
  readonly hyperParameterTuningJobNamePrefix?: string;

  /**
   * How values are chosen (`HyperParameterTuningJobConfig.Strategy`).
   *
   * @default HyperParameterTuningJobStrategyType.BAYESIAN
   */
  readonly strategy?: HyperParameterTuningJobStrategyType;

  /**
   * How much a training job gets of what the Hyperband strategy shares out
   * (`HyperParameterTuningJobConfig.StrategyConfig.HyperbandStrategyConfig`); for that strategy only.
   *
   * @default - the service finds it in the static hyperparameters
   */
  readonly hyperbandStrategyConfig?: HyperbandStrategyConfig;

  /**
   * The metric that decides which training job is best (`HyperParameterTuningJobConfig.HyperParameterTuningJobObjective`).
   *
   * @default - the objectives of `trainingJobDefinitions`, or that of an algorithm that has one
   */
  readonly hyperParameterTuningJobObjective?: HyperParameterTuningJobObjective;

  /**
   * The hyperparameters that are tuned (`HyperParameterTuningJobConfig.ParameterRanges`), at most 30, each once.
   *
   * @default - the ranges of `trainingJobDefinitions`, or those that `autotune` finds
   */
  readonly parameterRanges?: ParameterRange[];

  /**
   * How many training jobs are launched at most (`HyperParameterTuningJobConfig.ResourceLimits.MaxNumberOfTrainingJobs`), at
   * least 1.
   *
   * @default - with the grid strategy the number of combinations; otherwise another limit or criterion has to end the job
   */
  readonly maxNumberOfTrainingJobs?: number;

  /**
   * How many training jobs run at the same time (`HyperParameterTuningJobConfig.ResourceLimits.MaxParallelTrainingJobs`), at
   * least 1 and not more than `maxNumberOfTrainingJobs`. The fewer they are, the more each learns from those before it.
   *
   * @default 1
   */
  readonly maxParallelTrainingJobs?: number;

  /**
   * How long the tuning job may run, in whole seconds from 120 up (`HyperParameterTuningJobConfig.ResourceLimits.MaxRuntimeInSeconds`).
   *
   * @default - until its other limits or criteria end it, 30 days at most
   */
  readonly maxRuntime?: Duration;

  /**
   * Whether training jobs are stopped that are unlikely to become the best (`HyperParameterTuningJobConfig.TrainingJobEarlyStoppingType`).
   *
   * @default - they are not stopped
   */
  readonly trainingJobEarlyStoppingType?: TrainingJobEarlyStoppingType;

  /**
   * The value of the objective that ends the tuning job when a training job reaches it
   * (`HyperParameterTuningJobConfig.TuningJobCompletionCriteria.TargetObjectiveMetricValue`).
   *
   * @default - no value ends it
   */
  readonly targetObjectiveMetricValue?: number;

  /**
   * How many training jobs may bring no improvement of at least 1 % before that ends the tuning job, at least 3
   * (`HyperParameterTuningJobConfig.TuningJobCompletionCriteria.BestObjectiveNotImproving.MaxNumberOfTrainingJobsNotImproving`).
   *
   * @default - any number
   */
  readonly maxNumberOfTrainingJobsNotImproving?: number;

  /**
   * Whether the tuning job ends when the service finds that the objective has converged
   * (`HyperParameterTuningJobConfig.TuningJobCompletionCriteria.ConvergenceDetected.CompleteOnConvergence`).
   *
   * @default - it goes on
   */
  readonly completeOnConvergence?: boolean;

  /**
   * What random choices start from (`HyperParameterTuningJobConfig.RandomSeed`), at least 0: the same seed makes more alike
   * what is tried.
   *
   * @default - as the service decides
   */
  readonly randomSeed?: number;

  /**
   * The training jobs that are launched (`TrainingJobDefinition`). Exactly one of `trainingJobDefinition` and
   * `trainingJobDefinitions` is given.
   *
   * @default - given by `trainingJobDefinitions`
   */
  readonly trainingJobDefinition?: HyperParameterTrainingJobDefinition;

  /**
   * Several definitions of training jobs, 1 to 10 with names (`TrainingJobDefinitions`), such as one for each of several
   * algorithms. Each says its own objective and ranges.
   *
   * @default - given by `trainingJobDefinition`
   */
  readonly trainingJobDefinitions?: HyperParameterTrainingJobDefinition[];

  /**
   * The tuning jobs that this one learns from (`WarmStartConfig`).
   *
   * @default - none
   */
  readonly warmStartConfig?: HyperParameterTuningJobWarmStartConfig;

  /**
   * Lets the service find out what is not given of ranges, limits, early stopping, retries and strategy (`Autotune.Mode`).
   *
   * @default false
   */
  readonly autotune?: boolean;

  /**
   * The role of the training jobs whose definition has none of its own (`TrainingJobDefinition.RoleArn`).
   *
   * A role of this app is given what the jobs need, as the default role is. A role that is imported, and one from
   * `withoutPolicyUpdates()`, gets nothing attached: it must be able to do all that the jobs do.
   *
   * @default - one role for all definitions, which may do what their training jobs need, and no more
   */
  readonly role?: iam.IRole;
}
