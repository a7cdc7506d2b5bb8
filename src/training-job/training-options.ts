import type { Duration, Size } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { InstanceGroup, InstancePlacementOptions, InstancePreference } from './training-resources';
import { InputChannel } from '../data/input-channel';
import { TrainingInputMode } from '../data/input-channel-options';
import { S3Location } from '../data/s3-location';
import { ContainerImage } from '../images/container-image';
import { JobNetworkOptions } from '../job/job-network';
import { MlInstanceType } from '../job/ml-instance-type.generated';

/** A metric that is found in the output of the algorithm (`MetricDefinition` of the API). */
export interface MetricDefinition {
  /** The name of the metric (`Name`), 1 to 255 characters. */
  readonly name: string;

  /** The regular expression whose first group is the value (`Regex`), 1 to 500 characters. */
  readonly regex: string;
}

/** Where checkpoints are kept (`CheckpointConfig` of the API). */
export interface CheckpointOptions {
  /** Where in S3 they are kept (`S3Uri`). A job that begins anew finds there what an earlier one has left. */
  readonly location: S3Location;

  /**
   * The directory of the container that is kept in step with it (`LocalPath`), at most 4096 characters.
   *
   * @default - /opt/ml/checkpoints/
   */
  readonly localPath?: string;
}

/** How the model is packed (`OutputCompressionType` of the API). */
export class OutputCompressionType {
  /** One gzip-compressed tar archive, `model.tar.gz`. */
  public static readonly GZIP = new OutputCompressionType('GZIP');
  /** The files as they are, for large models. */
  public static readonly NONE = new OutputCompressionType('NONE');

  /**
   * A compression by its name in the API.
   *
   * @param value the name, or a token
   */
  public static of(value: string): OutputCompressionType {
    return new OutputCompressionType(value);
  }

  /** @param value The compression as the API spells it. */
  private constructor(public readonly value: string) {}

  /** Returns the value as the API spells it. */
  public toString(): string {
    return this.value;
  }
}

/**
 * What training is told, wherever it is started from: by a training job, or by a tuning job as its `trainingJobDefinition`.
 */
export interface TrainingOptions extends JobNetworkOptions {
  /**
   * The parameters of the algorithm (`HyperParameters`, of a tuning job `StaticHyperParameters`), at most 100, names up to
   * 256 and values up to 2500 characters. Values are strings, numbers or booleans. Where a tuning job has a range for a parameter, the value given here is left out.
   *
   * @default - none
   */
  readonly hyperParameters?: { [name: string]: any };

  /**
   * The image that holds the algorithm (`AlgorithmSpecification.TrainingImage`). Exactly one of `trainingImage` and
   * `algorithmName` is given, except for a serverless job, which needs neither.
   *
   * @default - the algorithm is given by `algorithmName`
   */
  readonly trainingImage?: ContainerImage;

  /**
   * The name or the ARN of an algorithm that was made in SageMaker or subscribed to in AWS Marketplace
   * (`AlgorithmSpecification.AlgorithmName`), 1 to 170 characters.
   *
   * @default - the algorithm is given by `trainingImage`
   */
  readonly algorithmName?: string;

  /**
   * How data reaches the container, unless a channel says otherwise (`AlgorithmSpecification.TrainingInputMode`).
   *
   * @default TrainingInputMode.FILE
   */
  readonly trainingInputMode?: TrainingInputMode;

  /**
   * The metrics that are found in the output of the algorithm (`AlgorithmSpecification.MetricDefinitions`), at most 40.
   *
   * @default - those of the algorithm, if it is one of the service
   */
  readonly metricDefinitions?: MetricDefinition[];

  /**
   * The role that the job runs with (`RoleArn`). A role of this app is given what the job needs, as the default role is.
   * A role that is imported, and one from `withoutPolicyUpdates()`, gets nothing attached: it must be able to do
   * all that the job does.
   *
   * @default - a role that may do what this job needs, and no more
   */
  readonly role?: iam.IRole;

  /**
   * The type of the instances (`InstanceType`). Not together with `instanceGroups` or `instancePreferences`.
   *
   * @default - ml.m5.xlarge; none where groups, preferences or a serverless job say what the job runs on
   */
  readonly instanceType?: MlInstanceType;

  /**
   * How many instances there are (`InstanceCount`). Not together with `instanceGroups`.
   *
   * @default - 1; none where groups, preferences with counts or a serverless job say how many there are
   */
  readonly instanceCount?: number;

  /**
   * The groups of a heterogeneous cluster (`InstanceGroups`), at most 5.
   *
   * @default - all instances are of the same type
   */
  readonly instanceGroups?: InstanceGroup[];

  /**
   * The instance types that the job may run on, the most wanted first (`InstancePreferences`): the first one with
   * capacity is taken. Not together with `instanceType`, `instanceGroups`, `instancePlacementConfig` or spot training.
   *
   * @default - the job waits for capacity of `instanceType`
   */
  readonly instancePreferences?: InstancePreference[];

  /**
   * The ARN of the training plan whose capacity is used (`TrainingPlanArn`), 50 to 2048 characters.
   *
   * @default - on-demand capacity
   */
  readonly trainingPlanArn?: string;

  /**
   * How instances are placed on UltraServers (`InstancePlacementConfig`), for UltraServer capacity only.
   *
   * @default - the service chooses
   */
  readonly instancePlacementConfig?: InstancePlacementOptions;

  /**
   * The size of the volume of each instance (`VolumeSizeInGB`), in whole gibibytes. It holds data, checkpoints and results.
   * Instance types that come with storage of their own use that and ignore it.
   *
   * @default - 30 GiB; none for a serverless job
   */
  readonly volumeSize?: Size;

  /**
   * The key that encrypts the volumes (`VolumeKmsKeyId`). Not for instance types with storage of their own.
   *
   * @default - a key of the service
   */
  readonly volumeEncryptionKey?: kms.IKey;

  /**
   * How long the instances are kept for the next job after this one has ended (`KeepAlivePeriodInSeconds`), at most
   * 6 hours. They are billed meanwhile. Can change while the job runs, and is no reason to train again.
   *
   * @default - the instances end with the job
   */
  readonly keepAlivePeriod?: Duration;

  /**
   * The sources of input data (`InputDataConfig`), at most 20, each with a name of its own.
   *
   * @default - no input data
   */
  readonly inputChannels?: InputChannel[];

  /**
   * Where the model is stored: a prefix, below which the service makes a folder for the job
   * (`OutputDataConfig.S3OutputPath`). Its URI has at most 1024 characters.
   */
  readonly outputLocation: S3Location;

  /**
   * The key that encrypts the model (`OutputDataConfig.KmsKeyId`).
   *
   * @default - as the bucket says
   */
  readonly outputEncryptionKey?: kms.IKey;

  /**
   * How the model is packed (`OutputDataConfig.CompressionType`).
   *
   * @default - one gzip-compressed tar archive
   */
  readonly outputCompressionType?: OutputCompressionType;

  /**
   * How long the job may run, all attempts together (`StoppingCondition.MaxRuntimeInSeconds`), in whole seconds up to
   * 28 days. A job that reaches it is stopped.
   *
   * @default - 1 hour; for a serverless job what the service has as its default, 1 day
   */
  readonly maxRuntime?: Duration;

  /**
   * How long a job on spot capacity may wait and run together (`StoppingCondition.MaxWaitTimeInSeconds`), in whole seconds,
   * at least 1. Not shorter than `maxRuntime`.
   *
   * @default - with spot training an hour more than `maxRuntime`
   */
  readonly maxWaitTime?: Duration;

  /**
   * How long the job may wait for accelerated instances (`StoppingCondition.MaxPendingTimeInSeconds`), from 2 hours to
   * 28 days. It has no effect on instances without accelerators.
   *
   * @default - as the service decides
   */
  readonly maxPendingTime?: Duration;

  /**
   * Cuts the container off from the network, except for the other instances of the job (`EnableNetworkIsolation`).
   *
   * @default - not isolated
   */
  readonly enableNetworkIsolation?: boolean;

  /**
   * Encrypts the traffic between the instances of the job (`EnableInterContainerTrafficEncryption`), which makes training slower.
   *
   * @default - not encrypted
   */
  readonly enableInterContainerTrafficEncryption?: boolean;

  /**
   * Uses spot capacity, which is cheaper and can be taken away (`EnableManagedSpotTraining`). Give `checkpointConfig`, too,
   * so that an interrupted job goes on where it was.
   *
   * @default - on-demand capacity
   */
  readonly enableManagedSpotTraining?: boolean;

  /**
   * Where checkpoints are kept (`CheckpointConfig`).
   *
   * @default - nowhere
   */
  readonly checkpointConfig?: CheckpointOptions;

  /**
   * The environment variables of the container (`Environment`), at most 100, for a tuning job 48 in all its definitions.
   * Values have up to 512 characters. No secrets: they
   * are shown to everybody who may describe the job.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: any };

  /**
   * How often a job that failed by an internal error of the service is tried again (`RetryStrategy.MaximumRetryAttempts`),
   * 1 to 30.
   *
   * @default - not at all
   */
  readonly maximumRetryAttempts?: number;
}
