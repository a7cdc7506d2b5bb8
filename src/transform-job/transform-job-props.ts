import { Duration, Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { TransformInput } from './transform-input';
import { TransformModel } from './transform-model';
import { AssemblyType, BatchStrategy, JoinSource } from './transform-options';
import { S3Location } from '../data/s3-location';
import { ExperimentOptions } from '../job/experiment';
import { IObservableJob, JobOptions } from '../job/job-props';
import type { JobTaskStateOptions } from '../job/job-task-state-options';
import { MlInstanceType } from '../job/ml-instance-type.generated';

/**
 * A transform job, defined in this app or imported.
 *
 * As a grantee, it represents the role of its model. Its metrics have the ID of an instance as a dimension, so they are unknown
 * before the job runs.
 */
export interface ITransformJob extends IObservableJob {
  /**
   * The name of the job (`TransformJobName`).
   *
   * @attribute
   */
  readonly transformJobName: string;

  /**
   * The ARN of the job (`TransformJobArn`).
   *
   * @attribute
   */
  readonly transformJobArn: string;

  /**
   * The output in S3 as an input of another construct, such as `ProcessingInput.fromS3()`. The construct is granted permission to
   * read it. An imported job requires `output` in `fromTransformJobAttributes()`.
   *
   * The output of the object `<key>` is the object `<outputUri><key>.out`.
   */
  readonly output: S3Location;

  /**
   * The S3 URI of the output (`TransformOutput.S3OutputPath`), a key prefix. An imported job requires `output` in
   * `fromTransformJobAttributes()`.
   */
  readonly outputUri: string;
}

/**
 * The timeout and the retries of the requests to the model (`ModelClientConfig`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ModelClientConfig.html
 */
export interface ModelClientOptions {
  /**
   * The timeout of a request (`InvocationsTimeoutInSeconds`), 1 second to 1 hour.
   *
   * @default - decided by SageMaker: 10 minutes
   */
  readonly invocationsTimeout?: Duration;

  /**
   * The maximum number of retries of a failed request (`InvocationsMaxRetries`), 0 to 3.
   *
   * @default - decided by SageMaker: 3
   */
  readonly invocationsMaxRetries?: number;
}

/**
 * The fields of CSV, JSON or JSON Lines records that the model receives and that the output contains (`DataProcessing`).
 *
 * The filters are JSONPath expressions of at most 63 characters, such as `$[1:]` or `$.features`. In CSV records, fields have
 * indices.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/batch-transform-data-processing.html
 */
export interface DataProcessingOptions {
  /**
   * The part of each record that the model receives (`InputFilter`).
   *
   * @default - the whole record
   */
  readonly inputFilter?: string;

  /**
   * The part of each joined record that the output contains (`OutputFilter`).
   *
   * @default - the whole record
   */
  readonly outputFilter?: string;

  /**
   * The data that SageMaker joins with the results (`JoinSource`).
   *
   * @default - decided by SageMaker: the output contains only the results
   */
  readonly joinSource?: JoinSource;
}

/**
 * The capture of requests and results (`DataCaptureConfig`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_BatchDataCaptureConfig.html
 */
export interface DataCaptureOptions {
  /** The location of the captured data, a key prefix (`DestinationS3Uri`). All jobs of the construct write to it. */
  readonly outputLocation: S3Location;

  /**
   * The KMS key that encrypts the captured data (`KmsKeyId`).
   *
   * @default - the default encryption of the bucket
   */
  readonly outputEncryptionKey?: kms.IKey;

  /**
   * Whether to add an inference ID to each record of the output (`GenerateInferenceId`).
   *
   * @default false
   */
  readonly generateInferenceId?: boolean;
}

/**
 * Options of a transform job.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTransformJob.html
 */
export interface TransformJobOptions {
  /** The model (`ModelName`). The job uses its role and its network. */
  readonly model: TransformModel;

  /** The data to transform (`TransformInput`). */
  readonly transformInput: TransformInput;

  /**
   * The location of the output, a key prefix (`TransformOutput.S3OutputPath`) whose URI has at most 1024 characters. The name of the
   * job is appended, unless `separateOutput` is false.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TransformOutput.html
   */
  readonly outputLocation: S3Location;

  /**
   * Whether each job writes to its own prefix, `<outputLocation>/<job name>/`. Without separate outputs, a job overwrites the output
   * of the previous job, and a return to an earlier request runs the job again.
   *
   * @default true
   */
  readonly separateOutput?: boolean;

  /**
   * The KMS key that encrypts the output (`TransformOutput.KmsKeyId`). The policy of the key must allow the role of the model to use it.
   *
   * @default - the default encryption of the bucket
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TransformOutput.html
   */
  readonly outputEncryptionKey?: kms.IKey;

  /**
   * The MIME type of the results, which each request to the model contains (`TransformOutput.Accept`), at most 256 characters.
   *
   * @default - decided by the model
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TransformOutput.html
   */
  readonly accept?: string;

  /**
   * The method that combines the results of an object (`TransformOutput.AssembleWith`).
   *
   * @default - decided by SageMaker: no separator
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TransformOutput.html
   */
  readonly assembleWith?: AssemblyType;

  /**
   * The fields of the records that the model receives and that the output contains (`DataProcessing`). Requires CSV, JSON or JSON Lines.
   *
   * @default - the model receives whole records, and the output contains its results
   */
  readonly dataProcessing?: DataProcessingOptions;

  /**
   * The number of records in a request (`BatchStrategy`). Requires a `splitType` of the input.
   *
   * @default - decided by SageMaker
   */
  readonly batchStrategy?: BatchStrategy;

  /**
   * The maximum size of a request (`MaxPayloadInMB`), in whole mebibytes up to 100. With `Size.mebibytes(0)`, requests have no limit
   * and use HTTP chunked encoding, which built-in algorithms do not support.
   *
   * @default - decided by SageMaker: 6 MiB
   */
  readonly maxPayload?: Size;

  /**
   * The maximum number of parallel requests to each instance (`MaxConcurrentTransforms`). Multiplied by `maxPayload`, it is at most
   * 100 MiB. With 0, SageMaker asks the container.
   *
   * @default - decided by SageMaker: the number that the container returns, or 1
   */
  readonly maxConcurrentTransforms?: number;

  /**
   * The timeout and the retries of the requests to the model (`ModelClientConfig`).
   *
   * @default - a timeout of 10 minutes, and 3 retries
   */
  readonly modelClientConfig?: ModelClientOptions;

  /**
   * The environment variables of the container (`Environment`), at most 16, in addition to those of the model. Values are strings,
   * numbers or booleans, with up to 10240 characters. Do not specify secrets: every principal that is allowed to describe the job can
   * read them.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: any };

  /**
   * The capture of requests and results (`DataCaptureConfig`).
   *
   * @default - none
   */
  readonly dataCaptureConfig?: DataCaptureOptions;

  /**
   * The ML compute instance type (`TransformResources.InstanceType`).
   *
   * @default MlInstanceType.ML_M5_XLARGE
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TransformResources.html
   */
  readonly instanceType?: MlInstanceType;

  /**
   * The number of instances (`TransformResources.InstanceCount`), 1 to 100. SageMaker distributes the objects of the input over the
   * instances, so more instances than objects have no effect.
   *
   * @default 1
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TransformResources.html
   */
  readonly instanceCount?: number;

  /**
   * The KMS key that encrypts the storage volumes of the instances (`TransformResources.VolumeKmsKeyId`). Not supported for instance
   * types with local storage.
   *
   * @default - a key of SageMaker
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TransformResources.html
   */
  readonly volumeEncryptionKey?: kms.IKey;

  /**
   * The machine image of the instances (`TransformResources.TransformAmiVersion`), 1 to 63 letters, digits and hyphens, such as
   * `al2-ami-sagemaker-batch-gpu-535`. It determines the version of the NVIDIA driver.
   *
   * @default - decided by SageMaker
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TransformResources.html
   */
  readonly transformAmiVersion?: string;

  /**
   * The experiment of the job (`ExperimentConfig`).
   *
   * @default - none
   */
  readonly experimentConfig?: ExperimentOptions;
}

/**
 * Properties of a transform job.
 *
 * A transform job has no limit of its own, so specify `waitTimeout`. A stopped job stores nothing in S3.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTransformJob.html
 */
export interface TransformJobProps extends TransformJobOptions, JobOptions {
  /**
   * The exact name of the job (`TransformJobName`), 1 to 63 letters, digits and hyphens. SageMaker cannot delete transform jobs, so the
   * name can never be used again in the account and Region, even after the stack is deleted.
   *
   * @default - `transformJobNamePrefix` and 14 characters that identify the job
   */
  readonly transformJobName?: string;

  /**
   * The prefix of the job name, 1 to 48 letters, digits and hyphens. A hyphen and 14 characters that identify the job follow.
   *
   * @default - derived from the names of the stack and the construct
   */
  readonly transformJobNamePrefix?: string;
}

/**
 * Properties of a task state that runs a transform job.
 *
 * A transform job has no limit of its own, so specify `taskTimeout`. A stopped job stores nothing in S3.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html
 */
export interface TransformJobTaskStateProps extends TransformJobOptions, JobTaskStateOptions {
  /**
   * The name of the job (`TransformJobName`), 1 to 63 letters, digits and hyphens. SageMaker cannot delete transform jobs, so it must
   * differ for each execution, such as `'daily-' + sfn.JsonPath.executionName`.
   *
   * @default - `transformJobNamePrefix` and 32 characters that differ for each execution
   */
  readonly transformJobName?: string;

  /**
   * The prefix of the job name, 1 to 30 letters, digits and hyphens. A hyphen and 32 characters follow.
   *
   * @default - derived from the names of the stack and the state
   */
  readonly transformJobNamePrefix?: string;
}

/** Attributes of an imported transform job. */
export interface TransformJobAttributes {
  /** The ARN of the job (`TransformJobArn`), as SageMaker returns it. */
  readonly transformJobArn: string;

  /**
   * The exact name of the job (`TransformJobName`).
   *
   * @default - the name in the ARN, in lowercase
   */
  readonly transformJobName?: string;

  /**
   * The execution role of the model (`ExecutionRoleArn` of `CreateModel`), which the job uses.
   *
   * @default - unknown; the job is not granted any permissions
   */
  readonly role?: iam.IRole;

  /**
   * The security groups of the model (`VpcConfig.SecurityGroupIds` of `CreateModel`).
   *
   * @default - unknown; reading `connections` throws an error
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * The location of the output (`TransformOutput.S3OutputPath`).
   *
   * @default - unknown; `output`, `outputUri` and `grantReadOutput()` throw an error
   */
  readonly output?: S3Location;

  /**
   * The KMS key that encrypts the output (`TransformOutput.KmsKeyId`), if it is not the default key of the bucket.
   *
   * @default - none
   */
  readonly outputEncryptionKey?: kms.IKey;
}
