import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IDependable } from 'constructs';
import { S3Location } from './s3-location';
import type { Check } from '../validation/construct-validation';

/**
 * The input mode of a channel (`TrainingInputMode`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Channel.html
 */
export class TrainingInputMode {
  /** SageMaker copies the data to the volume of each instance before the training starts. */
  public static readonly FILE = new TrainingInputMode('File');
  /** SageMaker streams the data from S3 through a named pipe for each epoch. The algorithm must support this mode. */
  public static readonly PIPE = new TrainingInputMode('Pipe');
  /** SageMaker presents the data as files and streams them from S3 when they are read. Does not support augmented manifests. */
  public static readonly FAST_FILE = new TrainingInputMode('FastFile');

  /**
   * Returns the mode for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): TrainingInputMode {
    return new TrainingInputMode(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/**
 * The distribution of the objects of a channel to the instances (`S3DataDistribution`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_S3DataSource.html
 */
export class S3DataDistribution {
  /** Each instance receives all objects. */
  public static readonly FULLY_REPLICATED = new S3DataDistribution('FullyReplicated');
  /** Each of `n` instances receives about `1/n` of the objects. Use at least as many objects as instances. */
  public static readonly SHARDED_BY_S3_KEY = new S3DataDistribution('ShardedByS3Key');

  /**
   * Returns the distribution for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): S3DataDistribution {
    return new S3DataDistribution(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/**
 * The compression of the objects of a channel (`CompressionType`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Channel.html
 */
export class CompressionType {
  /** No compression. */
  public static readonly NONE = new CompressionType('None');
  /** gzip. Requires `Pipe` mode. */
  public static readonly GZIP = new CompressionType('Gzip');

  /**
   * Returns the compression for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): CompressionType {
    return new CompressionType(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/**
 * The wrapper of each object of a channel (`RecordWrapper`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Channel.html
 */
export class RecordWrapper {
  /** No wrapper. */
  public static readonly NONE = new RecordWrapper('None');
  /** A RecordIO record, for raw data and an algorithm that requires RecordIO. Requires `Pipe` mode. */
  public static readonly RECORD_IO = new RecordWrapper('RecordIO');

  /**
   * Returns the wrapper for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): RecordWrapper {
    return new RecordWrapper(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/**
 * The access mode of a directory of a file system (`FileSystemAccessMode`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_FileSystemDataSource.html
 */
export class FileSystemAccessMode {
  /** Read only. */
  public static readonly RO = new FileSystemAccessMode('ro');
  /** Read and write. */
  public static readonly RW = new FileSystemAccessMode('rw');

  /**
   * Returns the mode for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): FileSystemAccessMode {
    return new FileSystemAccessMode(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/**
 * Options common to all channels.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Channel.html
 */
export interface InputChannelOptions {
  /**
   * The MIME type of the data (`ContentType`), at most 256 characters.
   *
   * @default - none
   */
  readonly contentType?: string;

  /**
   * The compression of the objects (`CompressionType`). Requires `Pipe` mode.
   *
   * @default CompressionType.NONE
   */
  readonly compressionType?: CompressionType;

  /**
   * The wrapper of each object (`RecordWrapperType`). Requires `Pipe` mode.
   *
   * @default RecordWrapper.NONE
   */
  readonly recordWrapperType?: RecordWrapper;

  /**
   * The input mode of this channel (`InputMode`).
   *
   * @default - the `trainingInputMode` of the job
   */
  readonly inputMode?: TrainingInputMode;

  /**
   * The seed for shuffling the objects, or the lines of a manifest (`ShuffleConfig.Seed`), an integer. In `Pipe` mode, the
   * order changes with each epoch.
   *
   * @default - no shuffling
   */
  readonly shuffleSeed?: number;
}

/**
 * Options for a channel from Amazon S3.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_S3DataSource.html
 */
export interface S3ChannelOptions extends InputChannelOptions {
  /**
   * The distribution of the objects to the instances (`S3DataDistributionType`).
   *
   * @default S3DataDistribution.FULLY_REPLICATED
   */
  readonly s3DataDistributionType?: S3DataDistribution;

  /**
   * The names of the instance groups that receive the data (`InstanceGroupNames`), at most 5.
   *
   * @default - all instances
   */
  readonly instanceGroupNames?: string[];

  /**
   * Whether to accept the end-user license agreement of the model in the channel (`ModelAccessConfig.AcceptEula`).
   *
   * @default - the request does not accept it
   */
  readonly acceptEula?: boolean;

  /**
   * The ARN of the model reference in a private hub that provides access to the data (`HubAccessConfig.HubContentArn`), at
   * most 255 characters.
   *
   * @default - the data is not in a hub
   */
  readonly hubContentArn?: string;
}

/**
 * Options for a channel from a manifest.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_S3DataSource.html
 */
export interface ManifestChannelOptions extends S3ChannelOptions {
  /**
   * The locations of the objects that the manifest lists. The job is granted permission to read them.
   *
   * @default - the job is granted permission to read only the manifest
   */
  readonly dataLocations?: S3Location[];
}

/**
 * Options for a channel from a file system.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_FileSystemDataSource.html
 */
export interface FileSystemChannelOptions extends InputChannelOptions {
  /**
   * The access mode of the directory (`FileSystemAccessMode`).
   *
   * @default FileSystemAccessMode.RO
   */
  readonly fileSystemAccessMode?: FileSystemAccessMode;

  /**
   * Whether to add a rule to the security groups of the file system that lets the job connect.
   *
   * @default - true for security groups of this app, false for imported ones
   */
  readonly allowConnections?: boolean;
}

/** The user of a channel. */
export interface InputChannelBindOptions {
  /** The grantee of the permissions: the role of the job. */
  readonly grantee: iam.IGrantable;

  /**
   * The network connections of the job.
   *
   * @default - the job does not run in a VPC
   */
  readonly connections?: ec2.Connections;
}

/** A channel as a request contains it. */
export interface InputChannelConfig {
  /** The `Channel` structure of the API. */
  readonly channel: { [member: string]: any };

  /**
   * Whether the data is reachable only from a VPC.
   *
   * @default false
   */
  readonly requiresVpc?: boolean;

  /**
   * The dependencies that must exist before the job starts.
   *
   * @default - nothing beyond what the request refers to
   */
  readonly dependencies?: IDependable[];

  /**
   * Checks of values that do not appear in the request.
   *
   * @internal
   */
  readonly _checks?: Check[];
}
