import type { Duration, Size } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { ProcessingInput } from './processing-input';
import { ProcessingOutput } from './processing-output';
import { ProcessingScript } from './processing-script';
import { S3Location } from '../data/s3-location';
import { ContainerImage } from '../images/container-image';
import { ExperimentOptions } from '../job/experiment';
import { IMeasuredJob, JobOptions } from '../job/job-props';
import type { JobTaskStateOptions } from '../job/job-task-state-options';
import { MlInstanceType } from '../job/ml-instance-type.generated';

/** A processing job, defined in this app or imported. */
export interface IProcessingJob extends IMeasuredJob {
  /**
   * The name of the job (`ProcessingJobName`).
   *
   * @attribute
   */
  readonly processingJobName: string;

  /**
   * The ARN of the job (`ProcessingJobArn`).
   *
   * @attribute
   */
  readonly processingJobArn: string;

  /**
   * Returns an output in S3 as an input of another construct, such as `InputChannel.fromS3()`. The construct is granted
   * permission to read this output. An imported job requires `outputs` in `fromProcessingJobAttributes()`.
   *
   * @param outputName the name of the output
   */
  output(outputName: string): S3Location;

  /**
   * Returns the S3 URI of an output (`ProcessingOutputConfig.Outputs[].S3Output.S3Uri`). An imported job requires `outputs` in
   * `fromProcessingJobAttributes()`.
   *
   * @param outputName the name of the output
   */
  outputUri(outputName: string): string;
}

/**
 * An instance type that a processing job may run on (`ProcessingInstancePreference`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingClusterConfig.html
 */
export interface ProcessingInstancePreference {
  /** The ML compute instance type (`InstanceType`), unique within the list. */
  readonly instanceType: MlInstanceType;

  /**
   * The number of instances if this type is selected (`InstanceCount`). Specify it in every preference, or specify only
   * `instanceCount` of the job.
   *
   * @default - `instanceCount` of the job
   */
  readonly instanceCount?: number;
}

/**
 * Options of a processing job.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html
 */
export interface ProcessingJobOptions {
  /**
   * The execution role of the job (`RoleArn`). A role of this app is granted the permissions that the job requires. An imported
   * role, or a role from `withoutPolicyUpdates()`, is not changed and must have these permissions.
   *
   * @default - a new role with only the permissions that the job requires
   */
  readonly role?: iam.IRole;

  /**
   * The container image (`AppSpecification.ImageUri`), in Amazon ECR. Besides the images for processing, such as
   * `ContainerImage.fromSpark()`, every image of a framework can run a script.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AppSpecification.html
   */
  readonly image: ContainerImage;

  /**
   * The script that the container runs. It adds an input with the name `code`, and specifies the entrypoint of the container, so it
   * cannot be combined with `containerEntrypoint`.
   *
   * @default - the container runs its entrypoint
   */
  readonly script?: ProcessingScript;

  /**
   * The entrypoint of the container (`AppSpecification.ContainerEntrypoint`), at most 100 words of up to 256 characters. The
   * arguments of the image are ignored, too. Cannot be combined with `script`.
   *
   * @default - the entrypoint of the image
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AppSpecification.html
   */
  readonly containerEntrypoint?: string[];

  /**
   * The arguments of the entrypoint or the script (`AppSpecification.ContainerArguments`), at most 100 of up to 256 characters.
   *
   * @default - the arguments of the image, unless the entrypoint is specified
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AppSpecification.html
   */
  readonly containerArguments?: string[];

  /**
   * The environment variables of the container (`Environment`), at most 100. Values are strings, numbers or booleans, with up to
   * 256 characters. Do not specify secrets: every principal that is allowed to describe the job can read them.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: any };

  /**
   * The inputs (`ProcessingInputs`), at most 10, including the one of `script`.
   *
   * @default - none
   */
  readonly processingInputs?: ProcessingInput[];

  /**
   * The outputs (`ProcessingOutputConfig.Outputs`), at most 10.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingOutputConfig.html
   */
  readonly processingOutputs?: ProcessingOutput[];

  /**
   * The KMS key that encrypts the outputs (`ProcessingOutputConfig.KmsKeyId`).
   *
   * @default - the default encryption of the buckets
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingOutputConfig.html
   */
  readonly outputEncryptionKey?: kms.IKey;

  /**
   * The ML compute instance type (`ProcessingResources.ClusterConfig.InstanceType`). Cannot be combined with
   * `instancePreferences`.
   *
   * @default - `MlInstanceType.ML_M5_XLARGE`; none with instance preferences
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingClusterConfig.html
   */
  readonly instanceType?: MlInstanceType;

  /**
   * The number of instances (`ProcessingResources.ClusterConfig.InstanceCount`), 1 to 100.
   *
   * @default - 1; none with instance preferences with counts
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingClusterConfig.html
   */
  readonly instanceCount?: number;

  /**
   * The instance types that the job may run on, in order of preference (`ProcessingResources.ClusterConfig.InstancePreferences`), 1
   * to 5. SageMaker selects the first type with capacity.
   *
   * @default - the job runs on `instanceType`
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingClusterConfig.html
   */
  readonly instancePreferences?: ProcessingInstancePreference[];

  /**
   * The size of the storage volume of each instance (`ProcessingResources.ClusterConfig.VolumeSizeInGB`), 1 to 16384 gibibytes.
   *
   * It stores inputs and outputs. For an instance type with local storage, it is at most the size of this storage.
   *
   * @default Size.gibibytes(30)
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingClusterConfig.html
   */
  readonly volumeSize?: Size;

  /**
   * The KMS key that encrypts the storage volumes (`ProcessingResources.ClusterConfig.VolumeKmsKeyId`). Not supported for instance
   * types with local storage.
   *
   * @default - a key of SageMaker
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingClusterConfig.html
   */
  readonly volumeEncryptionKey?: kms.IKey;

  /**
   * The maximum runtime of the job (`StoppingCondition.MaxRuntimeInSeconds`), in whole seconds up to 9 days. A job that exceeds it
   * is stopped.
   *
   * @default Duration.hours(1)
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingStoppingCondition.html
   */
  readonly maxRuntime?: Duration;

  /**
   * The VPC that the containers connect to (`NetworkConfig.VpcConfig`). The subnets need a route to Amazon S3, through a NAT gateway
   * or a VPC endpoint, and two free IP addresses for each instance.
   *
   * SageMaker requires that the role is allowed to manage network interfaces in all subnets, without conditions.
   *
   * @default - no VPC
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The subnets of the VPC (`NetworkConfig.VpcConfig.Subnets`), at most 16. Requires `vpc`.
   *
   * @default - the private subnets
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The security groups of the job (`NetworkConfig.VpcConfig.SecurityGroupIds`), at most 5. They must allow traffic between the
   * instances of a job with several instances.
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
   * The IDs of the subnets (`NetworkConfig.VpcConfig.Subnets`), at most 16. Requires `securityGroupIds` or `securityGroups`.
   *
   * Use them in place of `vpc` if the IDs are known only during the deployment, such as a parameter of type
   * `List<AWS::EC2::Subnet::Id>`.
   *
   * @default - `vpcSubnets` of `vpc`
   */
  readonly subnetIds?: string[];

  /**
   * The IDs of the security groups (`NetworkConfig.VpcConfig.SecurityGroupIds`), at most 5. Their rules are not changed.
   *
   * Use them in place of `securityGroups` if the list is known only during the deployment, such as a parameter of type
   * `List<AWS::EC2::SecurityGroup::Id>`.
   *
   * @default - `securityGroups`
   */
  readonly securityGroupIds?: string[];

  /**
   * Whether to isolate the container from the network (`NetworkConfig.EnableNetworkIsolation`). SageMaker copies inputs and outputs
   * from outside of the container.
   *
   * @default false
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_NetworkConfig.html
   */
  readonly enableNetworkIsolation?: boolean;

  /**
   * Whether to encrypt the traffic between the instances of the job (`NetworkConfig.EnableInterContainerTrafficEncryption`).
   * Encryption can increase the processing time.
   *
   * @default false
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_NetworkConfig.html
   */
  readonly enableInterContainerTrafficEncryption?: boolean;

  /**
   * The experiment of the job (`ExperimentConfig`).
   *
   * @default - none
   */
  readonly experimentConfig?: ExperimentOptions;
}

/**
 * Properties of a processing job.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html
 */
export interface ProcessingJobProps extends ProcessingJobOptions, JobOptions {
  /**
   * The exact name of the job (`ProcessingJobName`), 1 to 63 letters, digits and hyphens. Job names are unique, so a change that
   * requires a new job also requires a new name.
   *
   * @default - `processingJobNamePrefix` and 14 characters that identify the job
   */
  readonly processingJobName?: string;

  /**
   * The prefix of the job name, 1 to 48 letters, digits and hyphens. A hyphen and 14 characters that identify the job follow.
   *
   * @default - derived from the names of the stack and the construct
   */
  readonly processingJobNamePrefix?: string;
}

/**
 * Properties of a task state that runs a processing job.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html
 */
export interface ProcessingJobTaskStateProps extends ProcessingJobOptions, JobTaskStateOptions {
  /**
   * The name of the job (`ProcessingJobName`), 1 to 63 letters, digits and hyphens. Job names are unique, so it must differ for each
   * execution, such as `'daily-' + sfn.JsonPath.executionName`.
   *
   * @default - `processingJobNamePrefix` and 32 characters that differ for each execution
   */
  readonly processingJobName?: string;

  /**
   * The prefix of the job name, 1 to 30 letters, digits and hyphens. A hyphen and 32 characters follow.
   *
   * @default - derived from the names of the stack and the state
   */
  readonly processingJobNamePrefix?: string;
}

/** Attributes of an imported processing job. */
export interface ProcessingJobAttributes {
  /** The ARN of the job (`ProcessingJobArn`), as SageMaker returns it. */
  readonly processingJobArn: string;

  /**
   * The exact name of the job (`ProcessingJobName`).
   *
   * @default - the name in the ARN, in lowercase
   */
  readonly processingJobName?: string;

  /**
   * The execution role of the job (`RoleArn`).
   *
   * @default - unknown; the job is not granted any permissions
   */
  readonly role?: iam.IRole;

  /**
   * The security groups of the job (`NetworkConfig.VpcConfig.SecurityGroupIds`).
   *
   * @default - unknown; reading `connections` throws an error
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * The locations of the outputs of the job by their names.
   *
   * @default - unknown; `output()`, `outputUri()` and `grantReadOutput()` throw an error
   */
  readonly outputs?: { [outputName: string]: S3Location };

  /**
   * The KMS key that encrypts the outputs (`ProcessingOutputConfig.KmsKeyId`), if it is not the default key of the buckets.
   *
   * @default - none
   */
  readonly outputEncryptionKey?: kms.IKey;
}
