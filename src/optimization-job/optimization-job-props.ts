import type { Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { OptimizationModelSource } from './optimization-model-source';
import { OptimizationTechnique } from './optimization-technique';
import { S3Location } from '../data/s3-location';
import { IJob, JobOptions } from '../job/job-props';
import { MlInstanceType } from '../job/ml-instance-type.generated';

/**
 * An optimization job, defined in this app or imported.
 *
 * It has no rules for status changes and no metrics, because SageMaker documents neither for optimization jobs.
 */
export interface IOptimizationJob extends IJob {
  /**
   * The name of the job (`OptimizationJobName`).
   *
   * @attribute
   */
  readonly optimizationJobName: string;

  /**
   * The ARN of the job (`OptimizationJobArn`).
   *
   * @attribute
   */
  readonly optimizationJobArn: string;

  /**
   * The S3 URI of the optimized model (`OutputConfig.S3OutputLocation`), a key prefix. An imported job requires `modelArtifacts` in
   * `fromOptimizationJobAttributes()`.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_OptimizationJobOutputConfig.html
   */
  readonly s3OutputLocation: string;

  /**
   * The optimized model, as an input of another construct, such as `OptimizationModelSource.fromS3()`.
   *
   * The construct is granted permission to read the output of the job. An imported job requires `modelArtifacts` in
   * `fromOptimizationJobAttributes()`.
   */
  readonly modelArtifacts: S3Location;
}

/**
 * Properties of an optimization job.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateOptimizationJob.html
 */
export interface OptimizationJobProps extends JobOptions {
  /**
   * The exact name of the job (`OptimizationJobName`), 1 to 63 letters, digits and hyphens. Job names are unique, so a change that
   * requires a new job also requires a new name.
   *
   * @default - `optimizationJobNamePrefix` and 14 characters that identify the job
   */
  readonly optimizationJobName?: string;

  /**
   * The prefix of the job name, 1 to 48 letters, digits and hyphens. A hyphen and 14 characters that identify the job follow.
   *
   * @default - derived from the names of the stack and the construct
   */
  readonly optimizationJobNamePrefix?: string;

  /**
   * The execution role of the job (`RoleArn`). A role of this app is granted the permissions that the job requires. An imported
   * role, or a role from `withoutPolicyUpdates()`, is not changed and must have these permissions.
   *
   * @default - a new role with only the permissions that the job requires
   */
  readonly role?: iam.IRole;

  /** The model to optimize (`ModelSource`). */
  readonly modelSource: OptimizationModelSource;

  /**
   * The instance type that hosts the optimized model (`DeploymentInstanceType`). SageMaker chooses the instances that run the job.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateOptimizationJob.html
   */
  readonly deploymentInstanceType: MlInstanceType;

  /**
   * The maximum number of instances that run the job (`MaxInstanceCount`), at least 1.
   *
   * @default - decided by SageMaker
   */
  readonly maxInstanceCount?: number;

  /**
   * The techniques that the job applies to the model (`OptimizationConfigs`), at most 10.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-optimize.html
   */
  readonly optimizationConfigs: OptimizationTechnique[];

  /**
   * The environment variables of the model container (`OptimizationEnvironment`), at most 25. Values are strings, numbers or
   * booleans, with up to 256 characters. Do not specify secrets: every principal that is allowed to describe the job can read them.
   *
   * @default - none
   */
  readonly optimizationEnvironment?: { [name: string]: any };

  /**
   * The location of the optimized model, a key prefix (`OutputConfig.S3OutputLocation`) whose URI has at most 1024 characters. The
   * name of the job is appended, unless `separateOutput` is false.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_OptimizationJobOutputConfig.html
   */
  readonly outputLocation: S3Location;

  /**
   * Whether each job writes to its own prefix, `<outputLocation>/<job name>/`. Without separate outputs, a job can overwrite the
   * output of the previous job: an endpoint does not detect the new model, and a rollback runs the previous job again.
   *
   * @default true
   */
  readonly separateOutput?: boolean;

  /**
   * The KMS key that encrypts the optimized model (`OutputConfig.KmsKeyId`).
   *
   * @default - the default encryption of the bucket
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_OptimizationJobOutputConfig.html
   */
  readonly outputEncryptionKey?: kms.IKey;

  /**
   * The name of a model of Amazon SageMaker that is an output destination in addition to `outputLocation`
   * (`OutputConfig.SageMakerModel.ModelName`), at most 63 letters, digits and hyphens.
   *
   * Jobs share the model, so a rollback runs the previous job again. The job is granted permission to create and describe the model.
   * AWS does not document which permissions this requires.
   *
   * @default - the optimized model is only stored in Amazon S3
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_OptimizationSageMakerModel.html
   */
  readonly outputModelName?: string;

  /**
   * The maximum runtime of the job (`StoppingCondition.MaxRuntimeInSeconds`), in whole seconds up to 28 days. SageMaker ends a job
   * that exceeds it.
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

  /**
   * The ARNs of the training plans whose reserved capacity the job uses (`TrainingPlanArns`), at most one.
   *
   * @default - on-demand capacity
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/reserve-capacity-with-training-plans.html
   */
  readonly trainingPlanArns?: string[];

  /**
   * The VPC that the optimized model has access to (`VpcConfig`). The subnets need a route to Amazon S3, through a NAT gateway or a
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
   * The security groups of the job (`VpcConfig.SecurityGroupIds`), at most 5. They must allow traffic between the instances of a job
   * with several instances.
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
}

/** Attributes of an imported optimization job. */
export interface OptimizationJobAttributes {
  /** The ARN of the job (`OptimizationJobArn`), as SageMaker returns it. */
  readonly optimizationJobArn: string;

  /**
   * The exact name of the job (`OptimizationJobName`).
   *
   * @default - the name in the ARN, in lowercase
   */
  readonly optimizationJobName?: string;

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
   * The optimized model.
   *
   * @default - unknown; `s3OutputLocation` and `grantReadOutput()` throw an error
   */
  readonly modelArtifacts?: S3Location;

  /**
   * The KMS key that encrypts the model (`OutputConfig.KmsKeyId`), if it is not the default key of the bucket.
   *
   * @default - none
   */
  readonly outputEncryptionKey?: kms.IKey;
}
