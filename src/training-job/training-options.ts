import type { Duration, Size } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { InstanceGroup, InstancePlacementOptions, InstancePreference } from './training-resources';
import { InputChannel } from '../data/input-channel';
import { TrainingInputMode } from '../data/input-channel-options';
import { S3Location } from '../data/s3-location';
import { ContainerImage } from '../images/container-image';
import { MlInstanceType } from '../job/ml-instance-type.generated';

/**
 * A metric that SageMaker finds in the log of the algorithm (`MetricDefinition`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MetricDefinition.html
 */
export interface MetricDefinition {
  /** The name of the metric (`Name`), 1 to 255 characters. */
  readonly name: string;

  /** The regular expression whose first group is the value (`Regex`), 1 to 500 characters. */
  readonly regex: string;
}

/**
 * The storage of checkpoints (`CheckpointConfig`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CheckpointConfig.html
 */
export interface CheckpointOptions {
  /** The location of the checkpoints in S3 (`S3Uri`). A new job finds the checkpoints of earlier ones there. */
  readonly location: S3Location;

  /**
   * The path in the container that is synchronized with the location (`LocalPath`), at most 4096 characters.
   *
   * @default '/opt/ml/checkpoints/'
   */
  readonly localPath?: string;
}

/**
 * The compression of the model artifacts (`CompressionType`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_OutputDataConfig.html
 */
export class OutputCompressionType {
  /** A gzip-compressed tar archive, `model.tar.gz`. */
  public static readonly GZIP = new OutputCompressionType('GZIP');
  /** Uncompressed files, for large models. */
  public static readonly NONE = new OutputCompressionType('NONE');

  /**
   * Returns the compression for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): OutputCompressionType {
    return new OutputCompressionType(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/** Options common to training jobs and the definitions of tuning jobs. */
export interface TrainingOptions {
  /**
   * The name or ARN of an algorithm resource in SageMaker, or of an algorithm from AWS Marketplace
   * (`AlgorithmSpecification.AlgorithmName`), 1 to 170 characters.
   *
   * @default - specified by `trainingImage`
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AlgorithmSpecification.html
   */
  readonly algorithmName?: string;

  /**
   * The default input mode of the channels (`AlgorithmSpecification.TrainingInputMode`).
   *
   * @default TrainingInputMode.FILE
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AlgorithmSpecification.html
   */
  readonly trainingInputMode?: TrainingInputMode;

  /**
   * The metrics that SageMaker finds in the log of the algorithm (`AlgorithmSpecification.MetricDefinitions`), at most 40.
   *
   * @default - the metrics of a built-in algorithm
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AlgorithmSpecification.html
   */
  readonly metricDefinitions?: MetricDefinition[];

  /**
   * The VPC that the training containers connect to (`VpcConfig`). The subnets need a route to Amazon S3, through a NAT gateway or
   * a VPC endpoint.
   *
   * @default - no VPC
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The subnets of the VPC (`VpcConfig.Subnets`), at most 16. Requires `vpc`.
   *
   * @default - the private subnets
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The security groups of the job (`VpcConfig.SecurityGroupIds`), at most 5. They must allow traffic between the instances of a
   * job with several instances.
   *
   * @default - a new security group if `vpc` is specified. It allows no inbound traffic, except between the instances of the job
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Whether the new security group of the job allows all outbound traffic. Requires `vpc`. Has no effect on `securityGroups`.
   *
   * @default true
   */
  readonly allowAllOutbound?: boolean;

  /**
   * The IDs of the subnets (`VpcConfig.Subnets`), at most 16. Requires `securityGroupIds` or `securityGroups`.
   *
   * Use them in place of `vpc` if the IDs are known only during the deployment, such as a parameter of type
   * `List<AWS::EC2::Subnet::Id>`.
   *
   * @default - `vpcSubnets` of `vpc`
   */
  readonly subnetIds?: string[];

  /**
   * The IDs of the security groups (`VpcConfig.SecurityGroupIds`), at most 5. Their rules are not changed.
   *
   * Use them in place of `securityGroups` if the list is known only during the deployment, such as a parameter of type
   * `List<AWS::EC2::SecurityGroup::Id>`.
   *
   * @default - `securityGroups`
   */
  readonly securityGroupIds?: string[];

  /**
   * The instance groups of a heterogeneous cluster (`ResourceConfig.InstanceGroups`), at most 5.
   *
   * @default - all instances have the same type
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceConfig.html
   */
  readonly instanceGroups?: InstanceGroup[];

  /**
   * The instance types that the job may run on, in order of preference (`ResourceConfig.InstancePreferences`).
   *
   * SageMaker selects the first type with capacity. Cannot be combined with `instanceType`, `instanceGroups`,
   * `instancePlacementConfig` or spot training.
   *
   * @default - the job waits for capacity of `instanceType`
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceConfig.html
   */
  readonly instancePreferences?: InstancePreference[];

  /**
   * The ARN of the training plan that provides the capacity (`ResourceConfig.TrainingPlanArn`), 50 to 2048 characters.
   *
   * @default - on-demand capacity
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceConfig.html
   */
  readonly trainingPlanArn?: string;

  /**
   * The placement of instances on UltraServers (`ResourceConfig.InstancePlacementConfig`). Only for UltraServer capacity.
   *
   * @default - chosen by SageMaker
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceConfig.html
   */
  readonly instancePlacementConfig?: InstancePlacementOptions;

  /**
   * The input channels (`InputDataConfig`), at most 20 with unique names.
   *
   * @default - none
   */
  readonly inputDataConfig?: InputChannel[];

  /**
   * The location of the model artifacts, a key prefix (`OutputDataConfig.S3OutputPath`) below which SageMaker creates a folder
   * for the job. Its URI has at most 1024 characters.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_OutputDataConfig.html
   */
  readonly outputLocation: S3Location;

  /**
   * The KMS key that encrypts the model artifacts (`OutputDataConfig.KmsKeyId`).
   *
   * @default - the default encryption of the bucket
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_OutputDataConfig.html
   */
  readonly outputEncryptionKey?: kms.IKey;

  /**
   * The compression of the model artifacts (`OutputDataConfig.CompressionType`).
   *
   * @default OutputCompressionType.GZIP
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_OutputDataConfig.html
   */
  readonly outputCompressionType?: OutputCompressionType;

  /**
   * The maximum time that a managed spot training job may wait and run (`StoppingCondition.MaxWaitTimeInSeconds`), in whole
   * seconds. At least `maxRuntime`.
   *
   * @default - one hour more than `maxRuntime` with spot training; otherwise none
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StoppingCondition.html
   */
  readonly maxWaitTime?: Duration;

  /**
   * The maximum time that the job may wait for accelerated instances (`StoppingCondition.MaxPendingTimeInSeconds`), 2 hours to 28
   * days. It has no effect on instances without accelerators.
   *
   * @default - decided by SageMaker
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StoppingCondition.html
   */
  readonly maxPendingTime?: Duration;

  /**
   * Whether to isolate the container from the network, except for the other instances of the job (`EnableNetworkIsolation`).
   *
   * @default false
   */
  readonly enableNetworkIsolation?: boolean;

  /**
   * Whether to encrypt the traffic between the instances of the job (`EnableInterContainerTrafficEncryption`). Encryption can
   * increase the training time.
   *
   * @default false
   */
  readonly enableInterContainerTrafficEncryption?: boolean;

  /**
   * Whether to use spot instances (`EnableManagedSpotTraining`), which cost less and can be interrupted. Specify
   * `checkpointConfig`, too, so that an interrupted job resumes from its last checkpoint.
   *
   * @default false
   */
  readonly enableManagedSpotTraining?: boolean;

  /**
   * The storage of checkpoints (`CheckpointConfig`).
   *
   * @default - none
   */
  readonly checkpointConfig?: CheckpointOptions;

  /**
   * The number of retries after an internal error of SageMaker (`RetryStrategy.MaximumRetryAttempts`), 1 to 30.
   *
   * @default - no retries
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_RetryStrategy.html
   */
  readonly maximumRetryAttempts?: number;
}

/** The options of training jobs and of definitions, which document some of them differently. */
export interface AnyTrainingOptions extends TrainingOptions {
  readonly hyperParameters?: { [name: string]: any };
  readonly trainingImage?: ContainerImage;
  readonly role?: iam.IRole;
  readonly instanceType?: MlInstanceType;
  readonly instanceCount?: number;
  readonly volumeSize?: Size;
  readonly volumeEncryptionKey?: kms.IKey;
  readonly keepAlivePeriod?: Duration;
  readonly maxRuntime?: Duration;
  readonly environment?: { [name: string]: any };
}
