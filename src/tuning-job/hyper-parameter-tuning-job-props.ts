import type { Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { BestTrainingJob } from './best-training-job';
import { HyperParameterTrainingJobDefinition } from './hyper-parameter-training-job-definition';
import { ParameterRange } from './parameter-range';
import {
  HyperbandStrategyOptions, HyperParameterTuningJobObjective, HyperParameterTuningJobStrategyType, HyperParameterTuningJobWarmStartType,
  TrainingJobEarlyStoppingType,
} from './tuning-options';
import { S3Location } from '../data/s3-location';
import { IObservableJob, JobOptions } from '../job/job-props';
import type { JobTaskStateOptions } from '../job/job-task-state-options';

/** A hyperparameter tuning job, defined in this app or imported. */
export interface IHyperParameterTuningJob extends IObservableJob {
  /**
   * The name of the job (`HyperParameterTuningJobName`).
   *
   * @attribute
   */
  readonly hyperParameterTuningJobName: string;

  /**
   * The ARN of the job (`HyperParameterTuningJobArn`).
   *
   * @attribute
   */
  readonly hyperParameterTuningJobArn: string;

  /**
   * The best training job of this tuning job (`BestTrainingJob`). For an imported job, only the URI of its model is known, and
   * only if `modelArtifacts` was specified in `fromHyperParameterTuningJobAttributes()`.
   */
  readonly bestTrainingJob: BestTrainingJob;
}

/**
 * The configuration of a warm start (`HyperParameterTuningJobWarmStartConfig`). The objective metric, and the total number of
 * static and tuned hyperparameters, must be the same as in the parents.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_HyperParameterTuningJobWarmStartConfig.html
 */
export interface WarmStartOptions {
  /**
   * The ended tuning jobs that are the starting point (`ParentHyperParameterTuningJobs`), 1 to 5. A job of this app must wait for
   * completion. Import other jobs with `HyperParameterTuningJob.fromHyperParameterTuningJobName()`.
   */
  readonly parentHyperParameterTuningJobs: IHyperParameterTuningJob[];

  /** The type of the warm start (`WarmStartType`). */
  readonly warmStartType: HyperParameterTuningJobWarmStartType;
}

/**
 * Options of a hyperparameter tuning job.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateHyperParameterTuningJob.html
 */
export interface HyperParameterTuningJobOptions {
  /**
   * The search strategy (`HyperParameterTuningJobConfig.Strategy`).
   *
   * @default HyperParameterTuningJobStrategyType.BAYESIAN
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_HyperParameterTuningJobConfig.html
   */
  readonly strategy?: HyperParameterTuningJobStrategyType;

  /**
   * The resources that the Hyperband strategy allocates to a training job
   * (`HyperParameterTuningJobConfig.StrategyConfig.HyperbandStrategyConfig`). Only for this strategy.
   *
   * @default - derived from the static hyperparameters
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_HyperbandStrategyConfig.html
   */
  readonly hyperbandStrategyConfig?: HyperbandStrategyOptions;

  /**
   * The objective metric (`HyperParameterTuningJobConfig.HyperParameterTuningJobObjective`).
   *
   * @default - the objectives of `trainingJobDefinitions`, or the objective of a built-in algorithm
   */
  readonly hyperParameterTuningJobObjective?: HyperParameterTuningJobObjective;

  /**
   * The ranges of the hyperparameters to tune (`HyperParameterTuningJobConfig.ParameterRanges`), at most 30 with unique names.
   *
   * @default - the ranges of `trainingJobDefinitions`, or the ranges that Autotune chooses
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ParameterRanges.html
   */
  readonly parameterRanges?: ParameterRange[];

  /**
   * The maximum number of training jobs (`HyperParameterTuningJobConfig.ResourceLimits.MaxNumberOfTrainingJobs`), at least 1.
   *
   * @default - with the grid strategy, the number of combinations; otherwise another limit or criterion must end the job
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceLimits.html
   */
  readonly maxNumberOfTrainingJobs?: number;

  /**
   * The maximum number of concurrent training jobs (`HyperParameterTuningJobConfig.ResourceLimits.MaxParallelTrainingJobs`), from
   * 1 to `maxNumberOfTrainingJobs`. With fewer concurrent training jobs, each one learns from more completed ones.
   *
   * @default 1
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceLimits.html
   */
  readonly maxParallelTrainingJobs?: number;

  /**
   * The maximum runtime of the tuning job (`HyperParameterTuningJobConfig.ResourceLimits.MaxRuntimeInSeconds`), in whole seconds,
   * at least 120.
   *
   * @default - limited by its other limits and criteria, and to 30 days
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceLimits.html
   */
  readonly maxRuntime?: Duration;

  /**
   * Whether training jobs that are unlikely to become the best are stopped early
   * (`HyperParameterTuningJobConfig.TrainingJobEarlyStoppingType`).
   *
   * @default - `TrainingJobEarlyStoppingType.OFF`; decided by SageMaker with `enableAutotune`
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_HyperParameterTuningJobConfig.html
   */
  readonly trainingJobEarlyStoppingType?: TrainingJobEarlyStoppingType;

  /**
   * The value of the objective metric at which the tuning job ends
   * (`HyperParameterTuningJobConfig.TuningJobCompletionCriteria.TargetObjectiveMetricValue`).
   *
   * @default - none
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TuningJobCompletionCriteria.html
   */
  readonly targetObjectiveMetricValue?: number;

  /**
   * The number of training jobs without an improvement of at least 1% after which the tuning job ends, at least 3
   * (`HyperParameterTuningJobConfig.TuningJobCompletionCriteria.BestObjectiveNotImproving.MaxNumberOfTrainingJobsNotImproving`).
   *
   * @default - unlimited
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_BestObjectiveNotImproving.html
   */
  readonly maxNumberOfTrainingJobsNotImproving?: number;

  /**
   * Whether the tuning job ends when SageMaker detects that the objective has converged
   * (`HyperParameterTuningJobConfig.TuningJobCompletionCriteria.ConvergenceDetected.CompleteOnConvergence`).
   *
   * @default false
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ConvergenceDetected.html
   */
  readonly completeOnConvergence?: boolean;

  /**
   * The seed of random choices (`HyperParameterTuningJobConfig.RandomSeed`), at least 0. The same seed leads to more similar
   * choices.
   *
   * @default - decided by SageMaker
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_HyperParameterTuningJobConfig.html
   */
  readonly randomSeed?: number;

  /**
   * The definition of the training jobs (`TrainingJobDefinition`). Specify exactly one of `trainingJobDefinition` and
   * `trainingJobDefinitions`.
   *
   * @default - specified by `trainingJobDefinitions`
   */
  readonly trainingJobDefinition?: HyperParameterTrainingJobDefinition;

  /**
   * Several named definitions of training jobs, 1 to 10 (`TrainingJobDefinitions`), such as one for each algorithm. Each one has
   * its own objective and ranges.
   *
   * @default - specified by `trainingJobDefinition`
   */
  readonly trainingJobDefinitions?: HyperParameterTrainingJobDefinition[];

  /**
   * The configuration of a warm start from other tuning jobs (`WarmStartConfig`).
   *
   * @default - none
   */
  readonly warmStartConfig?: WarmStartOptions;

  /**
   * Whether SageMaker chooses ranges, limits, early stopping, retries and the strategy if they are not specified
   * (`Autotune.Mode`).
   *
   * @default false
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Autotune.html
   */
  readonly enableAutotune?: boolean;

  /**
   * The execution role of the training jobs whose definition does not specify one (`TrainingJobDefinition.RoleArn`).
   *
   * A role of this app is granted the permissions that the jobs require. An imported role, or a role from
   * `withoutPolicyUpdates()`, is not changed and must have these permissions.
   *
   * @default - one new role for all definitions, with only the permissions that the training jobs require
   */
  readonly role?: iam.IRole;
}

/**
 * Properties of a hyperparameter tuning job.
 *
 * The limit of the job, from which the default of `waitTimeout` is derived, is `maxRuntime`. Without it, the limit is the number of
 * rounds, `ceil(maxNumberOfTrainingJobs / maxParallelTrainingJobs)`, times the longest limit of a training job plus 10 minutes, at
 * most 30 days. With the grid strategy, the number of combinations is the default of `maxNumberOfTrainingJobs`.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateHyperParameterTuningJob.html
 */
export interface HyperParameterTuningJobProps extends HyperParameterTuningJobOptions, JobOptions {
  /**
   * The exact name of the job (`HyperParameterTuningJobName`), 1 to 32 letters, digits and hyphens. Job names are unique, so a
   * change that requires a new job also requires a new name.
   *
   * @default - `hyperParameterTuningJobNamePrefix` and 14 characters that identify the job
   */
  readonly hyperParameterTuningJobName?: string;

  /**
   * The prefix of the job name, 1 to 17 letters, digits and hyphens. A hyphen and 14 characters that identify the job follow.
   *
   * @default - derived from the names of the stack and the construct
   */
  readonly hyperParameterTuningJobNamePrefix?: string;
}

/**
 * Properties of a task state that runs a hyperparameter tuning job.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html
 */
export interface HyperParameterTuningJobTaskStateProps extends HyperParameterTuningJobOptions, JobTaskStateOptions {
  /**
   * The name of the job (`HyperParameterTuningJobName`), 1 to 32 letters, digits and hyphens. Job names are unique, so it must
   * differ for each execution, such as a value of the state's input (`sfn.JsonPath.stringAt('$.name')`).
   *
   * @default - `hyperParameterTuningJobNamePrefix` and 12 characters that differ for each execution
   */
  readonly hyperParameterTuningJobName?: string;

  /**
   * The prefix of the job name, 1 to 19 letters, digits and hyphens. A hyphen and 12 characters follow.
   *
   * @default - derived from the names of the stack and the state
   */
  readonly hyperParameterTuningJobNamePrefix?: string;
}

/** Attributes of an imported hyperparameter tuning job. */
export interface HyperParameterTuningJobAttributes {
  /** The ARN of the job (`HyperParameterTuningJobArn`), as SageMaker returns it. */
  readonly hyperParameterTuningJobArn: string;

  /**
   * The exact name of the job (`HyperParameterTuningJobName`).
   *
   * @default - the name in the ARN, in lowercase
   */
  readonly hyperParameterTuningJobName?: string;

  /**
   * The execution role of the job (`RoleArn`).
   *
   * @default - unknown; the job is not granted any permissions
   */
  readonly role?: iam.IRole;

  /**
   * The security groups of the job (`VpcConfig.SecurityGroupIds`).
   *
   * @default - unknown; reading `connections` throws an error
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * The model of the best training job.
   *
   * @default - unknown; `s3ModelArtifacts` of the best training job and `grantReadOutput()` throw an error
   */
  readonly modelArtifacts?: S3Location;

  /**
   * The KMS key that encrypts the model (`OutputDataConfig.KmsKeyId`), if it is not the default key of the bucket.
   *
   * @default - none
   */
  readonly outputEncryptionKey?: kms.IKey;
}
