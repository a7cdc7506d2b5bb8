import type { Duration, Size } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { DebugHookOptions, DebugRule, ProfilerOptions, ProfilerRule, TensorBoardOutputOptions } from './debugging';
import { MlflowOptions, ModelPackageOptions } from './model-tracking';
import { ServerlessJobOptions } from './serverless-job';
import { TrainingOptions } from './training-options';
import { S3Location } from '../data/s3-location';
import { ContainerImage } from '../images/container-image';
import { ExperimentOptions } from '../job/experiment';
import { IMeasuredJob, JobOptions } from '../job/job-props';
import type { JobTaskStateOptions } from '../job/job-task-state-options';
import { MlInstanceType } from '../job/ml-instance-type.generated';

/** A training job, defined in this app or imported. */
export interface ITrainingJob extends IMeasuredJob {
  /**
   * The name of the job (`TrainingJobName`).
   *
   * @attribute
   */
  readonly trainingJobName: string;

  /**
   * The ARN of the job (`TrainingJobArn`).
   *
   * @attribute
   */
  readonly trainingJobArn: string;

  /**
   * The S3 URI of the model (`ModelArtifacts.S3ModelArtifacts`). An imported job requires `modelArtifacts` in
   * `fromTrainingJobAttributes()`.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ModelArtifacts.html
   */
  readonly s3ModelArtifacts: string;

  /**
   * The model, as an input of another construct, such as `InputChannel.fromS3()`. The construct is
   * granted permission to read the output of the job. An imported job requires `modelArtifacts` in
   * `fromTrainingJobAttributes()`.
   */
  readonly modelArtifacts: S3Location;

  /**
   * Returns a metric of the algorithm, as defined in `metricDefinitions` or by a built-in algorithm.
   *
   * @param metricName the name of the metric
   * @param props the properties of the metric (default: the average over 5 minutes)
   */
  metricAlgorithm(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric;
}

/**
 * Options of a training job.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html
 */
export interface TrainingJobOptions extends TrainingOptions {
  /**
   * The hyperparameters of the algorithm (`HyperParameters`), at most 100, names up to 256 and values up to 2500 characters.
   *
   * Values are strings, numbers or booleans: `10` and `'10'` are the same request. Other values, such as objects, fail at synthesis.
   *
   * @default - none
   */
  readonly hyperParameters?: { [name: string]: any };

  /**
   * The image of the algorithm (`AlgorithmSpecification.TrainingImage`). Specify exactly one of `trainingImage` and
   * `algorithmName`. A serverless job requires neither.
   *
   * @default - specified by `algorithmName`
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AlgorithmSpecification.html
   */
  readonly trainingImage?: ContainerImage;

  /**
   * The execution role of the job (`RoleArn`). A role of this app is granted the permissions that the job requires. An imported
   * role, or a role from `withoutPolicyUpdates()`, is not changed and must have these permissions.
   *
   * @default - a new role with only the permissions that the job requires
   */
  readonly role?: iam.IRole;

  /**
   * The ML compute instance type (`ResourceConfig.InstanceType`). Cannot be combined with `instanceGroups` or
   * `instancePreferences`.
   *
   * @default - `MlInstanceType.ML_M5_XLARGE`; none with instance groups, instance preferences or a serverless job
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceConfig.html
   */
  readonly instanceType?: MlInstanceType;

  /**
   * The number of instances (`ResourceConfig.InstanceCount`). Cannot be combined with `instanceGroups`.
   *
   * @default - 1; none with instance groups, instance preferences with counts, or a serverless job
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceConfig.html
   */
  readonly instanceCount?: number;

  /**
   * The size of the storage volume of each instance (`ResourceConfig.VolumeSizeInGB`), in whole gibibytes. It stores data,
   * checkpoints and results. Instance types with local storage use their local storage and ignore this size.
   *
   * @default - `Size.gibibytes(30)`; none for a serverless job
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceConfig.html
   */
  readonly volumeSize?: Size;

  /**
   * The KMS key that encrypts the storage volumes (`ResourceConfig.VolumeKmsKeyId`). Not supported for instance types with local
   * storage.
   *
   * @default - a key of SageMaker
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceConfig.html
   */
  readonly volumeEncryptionKey?: kms.IKey;

  /**
   * The time for which the instances are retained in a warm pool after the job (`ResourceConfig.KeepAlivePeriodInSeconds`), at
   * most 6 hours. Retained instances are billed. Can be changed while the job runs; a change does not cause a new job.
   *
   * @default - no warm pool
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceConfig.html
   */
  readonly keepAlivePeriod?: Duration;

  /**
   * The maximum runtime of the job, including all attempts (`StoppingCondition.MaxRuntimeInSeconds`), in whole seconds up to 28
   * days. A job that exceeds it is stopped.
   *
   * @default - `Duration.hours(1)`; for a serverless job `Duration.days(1)`, the default of SageMaker
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StoppingCondition.html
   */
  readonly maxRuntime?: Duration;

  /**
   * The environment variables of the container (`Environment`), at most 100. Values are strings, numbers or booleans, with up to
   * 512 characters. Other values, such as objects, fail at synthesis. Do not specify secrets: every principal that is allowed to
   * describe the job can read them.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: any };

  /**
   * Whether to record metrics as time series while the job trains (`AlgorithmSpecification.EnableSageMakerMetricsTimeSeries`).
   *
   * @default - true with built-in algorithms, images of SageMaker, and metric definitions
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AlgorithmSpecification.html
   */
  readonly enableSageMakerMetricsTimeSeries?: boolean;

  /**
   * The entrypoint of the container (`AlgorithmSpecification.ContainerEntrypoint`), at most 100 words of up to 256 characters.
   *
   * @default - the entrypoint of the image, with the argument `train`
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AlgorithmSpecification.html
   */
  readonly containerEntrypoint?: string[];

  /**
   * The arguments of the entrypoint (`AlgorithmSpecification.ContainerArguments`), at most 100 of up to 256 characters.
   *
   * @default - the arguments of the image
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AlgorithmSpecification.html
   */
  readonly containerArguments?: string[];

  /**
   * The configuration of the Debugger hook (`DebugHookConfig`).
   *
   * @default - none
   */
  readonly debugHookConfig?: DebugHookOptions;

  /**
   * The Debugger rules (`DebugRuleConfigurations`), at most 20.
   *
   * @default - none
   */
  readonly debugRuleConfigurations?: DebugRule[];

  /**
   * The storage of TensorBoard summaries (`TensorBoardOutputConfig`).
   *
   * @default - none
   */
  readonly tensorBoardOutputConfig?: TensorBoardOutputOptions;

  /**
   * The experiment of the job (`ExperimentConfig`).
   *
   * @default - none
   */
  readonly experimentConfig?: ExperimentOptions;

  /**
   * The configuration of the profiler (`ProfilerConfig`). Can be changed while the job runs; a change does not cause a new job.
   *
   * @default - decided by SageMaker
   */
  readonly profilerConfig?: ProfilerOptions;

  /**
   * The profiler rules (`ProfilerRuleConfigurations`), at most 20. Can be changed while the job runs; a change does not cause a
   * new job.
   *
   * @default - none
   */
  readonly profilerRuleConfigurations?: ProfilerRule[];

  /**
   * Whether to enable remote debugging, which lets users connect to the container (`RemoteDebugConfig.EnableRemoteDebug`). Can be
   * changed while the job runs; a change does not cause a new job.
   *
   * @default false
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_RemoteDebugConfig.html
   */
  readonly enableRemoteDebug?: boolean;

  /**
   * Whether to run health checks of the instances before the training (`InfraCheckConfig.EnableInfraCheck`).
   *
   * @default false
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InfraCheckConfig.html
   */
  readonly enableInfraCheck?: boolean;

  /**
   * Whether to pass the session tags of the caller that creates the job to the job's role
   * (`SessionChainingConfig.EnableSessionTagChaining`).
   *
   * @default false
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_SessionChainingConfig.html
   */
  readonly enableSessionTagChaining?: boolean;

  /**
   * The configuration of a serverless job, which fine-tunes or evaluates a base model (`ServerlessJobConfig`).
   *
   * @default - the job runs on the specified instances
   */
  readonly serverlessJobConfig?: ServerlessJobOptions;

  /**
   * The MLflow run of the job (`MlflowConfig`).
   *
   * @default - none
   */
  readonly mlflowConfig?: MlflowOptions;

  /**
   * The model package of the job's output (`ModelPackageConfig`).
   *
   * @default - none
   */
  readonly modelPackageConfig?: ModelPackageOptions;
}

/**
 * Properties of a training job.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html
 */
export interface TrainingJobProps extends TrainingJobOptions, JobOptions {
  /**
   * The exact name of the job (`TrainingJobName`), 1 to 63 letters, digits and hyphens. Job names are unique, so a change that
   * requires a new job also requires a new name.
   *
   * @default - `trainingJobNamePrefix` and 14 characters that identify the job
   */
  readonly trainingJobName?: string;

  /**
   * The prefix of the job name, 1 to 48 letters, digits and hyphens. A hyphen and 14 characters that identify the job follow.
   *
   * @default - derived from the names of the stack and the construct
   */
  readonly trainingJobNamePrefix?: string;
}

/**
 * Properties of a task state that runs a training job.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html
 */
export interface TrainingJobTaskStateProps extends TrainingJobOptions, JobTaskStateOptions {
  /**
   * The name of the job (`TrainingJobName`), 1 to 63 letters, digits and hyphens. Job names are unique, so it must differ for each
   * execution, such as `'daily-' + sfn.JsonPath.executionName`.
   *
   * @default - `trainingJobNamePrefix` and 32 characters that differ for each execution
   */
  readonly trainingJobName?: string;

  /**
   * The prefix of the job name, 1 to 30 letters, digits and hyphens. A hyphen and 32 characters follow.
   *
   * @default - derived from the names of the stack and the state
   */
  readonly trainingJobNamePrefix?: string;
}

/** Attributes of an imported training job. */
export interface TrainingJobAttributes {
  /** The ARN of the job (`TrainingJobArn`), as SageMaker returns it. */
  readonly trainingJobArn: string;

  /**
   * The exact name of the job (`TrainingJobName`).
   *
   * @default - the name in the ARN, in lowercase
   */
  readonly trainingJobName?: string;

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
   * The model of the job.
   *
   * @default - unknown; `s3ModelArtifacts` and `grantReadOutput()` throw an error
   */
  readonly modelArtifacts?: S3Location;

  /**
   * The KMS key that encrypts the model (`OutputDataConfig.KmsKeyId`), if it is not the default key of the bucket.
   *
   * @default - none
   */
  readonly outputEncryptionKey?: kms.IKey;
}
