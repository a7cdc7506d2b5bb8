import type { Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { CompilationModel } from './compilation-model';
import { CompilationTarget } from './compilation-target';
import { CompilerSettings } from './compiler-settings';
import { S3Location } from '../data/s3-location';
import { IJob, JobOptions } from '../job/job-props';

/**
 * A compilation job, defined in this app or imported.
 *
 * It has no rules for status changes, because SageMaker documents no events for compilation jobs.
 */
export interface ICompilationJob extends IJob {
  /**
   * The name of the job (`CompilationJobName`).
   *
   * @attribute
   */
  readonly compilationJobName: string;

  /**
   * The ARN of the job (`CompilationJobArn`).
   *
   * @attribute
   */
  readonly compilationJobArn: string;

  /**
   * The S3 URI of the compiled model (`ModelArtifacts.S3ModelArtifacts`). An imported job requires `modelArtifacts` in
   * `fromCompilationJobAttributes()`.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ModelArtifacts.html
   */
  readonly s3ModelArtifacts: string;

  /**
   * The compiled model, as an input of another construct, such as `InputChannel.fromS3()`. The construct is
   * granted permission to read the output of the job. An imported job requires `modelArtifacts` in
   * `fromCompilationJobAttributes()`.
   */
  readonly modelArtifacts: S3Location;
}

/**
 * Properties of a compilation job.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateCompilationJob.html
 */
export interface CompilationJobProps extends JobOptions {
  /**
   * The exact name of the job (`CompilationJobName`), 1 to 63 letters, digits and hyphens. Job names are unique, so a change that
   * requires a new job also requires a new name.
   *
   * @default - `compilationJobNamePrefix` and 14 characters that identify the job
   */
  readonly compilationJobName?: string;

  /**
   * The prefix of the job name, 1 to 48 letters, digits and hyphens. A hyphen and 14 characters that identify the job follow.
   *
   * @default - derived from the names of the stack and the construct
   */
  readonly compilationJobNamePrefix?: string;

  /**
   * The execution role of the job (`RoleArn`). A role of this app is granted the permissions that the job requires. An imported
   * role, or a role from `withoutPolicyUpdates()`, is not changed and must have these permissions.
   *
   * @default - a new role with only the permissions that the job requires
   */
  readonly role?: iam.IRole;

  /**
   * The VPC from which the job accesses the model (`VpcConfig`). The subnets need a route to Amazon S3, through a NAT gateway or a
   * VPC endpoint.
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
   * The security groups of the job (`VpcConfig.SecurityGroupIds`), at most 5.
   *
   * @default - a new security group without inbound traffic if `vpc` is specified
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

  /** The model to compile (`InputConfig` or `ModelPackageVersionArn`). */
  readonly model: CompilationModel;

  /**
   * The location of the compiled model, a key prefix (`OutputConfig.S3OutputLocation`) whose URI has at most 1024 characters. The
   * name of the job is appended, unless `separateOutput` is false.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_OutputConfig.html
   */
  readonly outputLocation: S3Location;

  /**
   * Whether each job writes to its own prefix, `<outputLocation>/<job name>/`. SageMaker derives the name of a compiled model
   * only from the model and the target. Without separate outputs, a job overwrites the output of the previous job: an endpoint
   * does not detect the new model, and a rollback finds the new model in place of the old one.
   *
   * @default true
   */
  readonly separateOutput?: boolean;

  /**
   * The device or platform that runs the compiled model (`OutputConfig.TargetDevice` or `OutputConfig.TargetPlatform`).
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_OutputConfig.html
   */
  readonly target: CompilationTarget;

  /**
   * Additional parameters of the compiler (`OutputConfig.CompilerOptions`).
   *
   * @default - none
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_OutputConfig.html
   */
  readonly compilerOptions?: CompilerSettings;

  /**
   * The KMS key that encrypts the compiled model (`OutputConfig.KmsKeyId`).
   *
   * @default - the default encryption of the bucket
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_OutputConfig.html
   */
  readonly outputEncryptionKey?: kms.IKey;

  /**
   * The maximum runtime of the job (`StoppingCondition.MaxRuntimeInSeconds`), in whole seconds up to 28 days. A job that exceeds
   * it fails.
   *
   * @default Duration.hours(1)
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StoppingCondition.html
   */
  readonly maxRuntime?: Duration;

  /**
   * The maximum time that the job may wait and run (`StoppingCondition.MaxWaitTimeInSeconds`), in whole seconds, at least 1. The
   * API accepts it for all jobs, but it affects only managed spot training.
   *
   * @default - decided by SageMaker
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StoppingCondition.html
   */
  readonly maxWaitTime?: Duration;

  /**
   * The maximum time that the job may be pending before it is stopped (`StoppingCondition.MaxPendingTimeInSeconds`), 2 hours to
   * 28 days.
   *
   * @default - decided by SageMaker
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StoppingCondition.html
   */
  readonly maxPendingTime?: Duration;
}

/** Attributes of an imported compilation job. */
export interface CompilationJobAttributes {
  /** The ARN of the job (`CompilationJobArn`), as SageMaker returns it. */
  readonly compilationJobArn: string;

  /**
   * The exact name of the job (`CompilationJobName`).
   *
   * @default - the name in the ARN, in lowercase
   */
  readonly compilationJobName?: string;

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
   * The compiled model.
   *
   * @default - unknown; `s3ModelArtifacts` and `grantReadOutput()` throw an error
   */
  readonly modelArtifacts?: S3Location;

  /**
   * The KMS key that encrypts the model (`OutputConfig.KmsKeyId`), if it is not the default key of the bucket.
   *
   * @default - none
   */
  readonly outputEncryptionKey?: kms.IKey;
}
