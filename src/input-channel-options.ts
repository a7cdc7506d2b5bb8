import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IDependable } from 'constructs';
import { S3Location } from './s3-location';
import { CompressionType, FileSystemAccessMode, RecordWrapperType, S3DataDistribution, TrainingInputMode } from './training-input';

/** What every channel can say about its data. */
export interface InputChannelOptions {
  /**
   * The MIME type of the data (`ContentType`), at most 256 characters.
   *
   * @default - none; the algorithm knows
   */
  readonly contentType?: string;

  /**
   * How the objects are compressed (`CompressionType`), in `Pipe` mode only.
   *
   * @default - not compressed
   */
  readonly compressionType?: CompressionType;

  /**
   * What each object is wrapped into (`RecordWrapperType`), in `Pipe` mode only.
   *
   * @default - nothing
   */
  readonly recordWrapperType?: RecordWrapperType;

  /**
   * How this channel's data reaches the container (`InputMode`).
   *
   * @default - as `trainingInputMode` of the job says
   */
  readonly inputMode?: TrainingInputMode;

  /**
   * The seed that the order of the objects or lines is shuffled with (`ShuffleConfig.Seed`), a whole number; in `Pipe` mode
   * the order changes with every epoch.
   *
   * @default - not shuffled
   */
  readonly shuffleSeed?: number;
}

/** What a channel from S3 can say about its data. */
export interface S3ChannelOptions extends InputChannelOptions {
  /**
   * Which objects each instance gets (`S3DataDistributionType`).
   *
   * @default - all of them
   */
  readonly distribution?: S3DataDistribution;

  /**
   * The instance groups that get the data (`InstanceGroupNames`), at most 5.
   *
   * @default - all instances
   */
  readonly instanceGroupNames?: string[];

  /**
   * Accepts the end-user license agreement of a model that the channel holds (`ModelAccessConfig.AcceptEula`).
   *
   * @default - nothing is said about it
   */
  readonly acceptEula?: boolean;

  /**
   * The ARN of a model reference in a private hub that gives access to the data (`HubAccessConfig.HubContentArn`), at most
   * 255 characters.
   *
   * @default - no hub is involved
   */
  readonly hubContentArn?: string;
}

/** What a channel from a manifest can say about its data. */
export interface ManifestChannelOptions extends S3ChannelOptions {
  /**
   * Where the objects are that the manifest lists, so that the job may read them.
   *
   * @default - only the manifest itself can be read, unless the job's role is given more
   */
  readonly data?: S3Location[];
}

/** What a channel from a file system can say about its data. */
export interface FileSystemChannelOptions extends InputChannelOptions {
  /**
   * What the container may do in the directory (`FileSystemAccessMode`).
   *
   * @default FileSystemAccessMode.READ_ONLY
   */
  readonly accessMode?: FileSystemAccessMode;
}

/** Who uses a channel. */
export interface InputChannelBindOptions {
  /** Who gets the permissions: the role that the job or the instance runs with. */
  readonly grantee: iam.IGrantable;

  /**
   * The network connections of the job.
   *
   * @default - the job runs in no VPC
   */
  readonly connections?: ec2.Connections;
}

/** A channel as a request holds it. */
export interface InputChannelConfig {
  /** The `Channel` structure of the API. */
  readonly channel: { [member: string]: any };

  /**
   * Whether the data can be reached from a VPC only.
   *
   * @default false
   */
  readonly requiresVpc?: boolean;

  /**
   * What has to exist before the job starts.
   *
   * @default - nothing beyond what the request refers to
   */
  readonly dependencies?: IDependable[];
}
