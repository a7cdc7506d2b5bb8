import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IDependable } from 'constructs';
import { S3Location } from './s3-location';

/** How the data of a channel reaches the container (`TrainingInputMode` of the API). */
export class TrainingInputMode {
  /** Data is copied to the volume of each instance before the training starts. */
  public static readonly FILE = new TrainingInputMode('File');
  /** Data is streamed through a named pipe for each epoch. The algorithm has to support it. */
  public static readonly PIPE = new TrainingInputMode('Pipe');
  /** Data appears as files and is streamed from S3 as they are read. Augmented manifests are not supported. */
  public static readonly FAST_FILE = new TrainingInputMode('FastFile');

  /**
   * A mode by its name in the API.
   *
   * @param value the name, or a token
   */
  public static of(value: string): TrainingInputMode {
    return new TrainingInputMode(value);
  }

  /** @param value The mode as the API spells it. */
  private constructor(public readonly value: string) {}

  /** Returns the value as the API spells it. */
  public toString(): string {
    return this.value;
  }
}

/** Which of the objects of a channel each instance gets (`S3DataDistribution` of the API). */
export class S3DataDistribution {
  /** Every instance gets all objects. */
  public static readonly FULLY_REPLICATED = new S3DataDistribution('FullyReplicated');
  /** Of `n` instances each gets about one `n`th of the objects. There should be at least as many objects as instances. */
  public static readonly SHARDED_BY_S3_KEY = new S3DataDistribution('ShardedByS3Key');

  /**
   * A distribution by its name in the API.
   *
   * @param value the name, or a token
   */
  public static of(value: string): S3DataDistribution {
    return new S3DataDistribution(value);
  }

  /** @param value The distribution as the API spells it. */
  private constructor(public readonly value: string) {}

  /** Returns the value as the API spells it. */
  public toString(): string {
    return this.value;
  }
}

/** How the objects of a channel are compressed (`CompressionType` of the API). */
export class CompressionType {
  /** Not compressed. */
  public static readonly NONE = new CompressionType('None');
  /** Compressed with gzip, in `Pipe` mode only. */
  public static readonly GZIP = new CompressionType('Gzip');

  /**
   * A compression by its name in the API.
   *
   * @param value the name, or a token
   */
  public static of(value: string): CompressionType {
    return new CompressionType(value);
  }

  /** @param value The compression as the API spells it. */
  private constructor(public readonly value: string) {}

  /** Returns the value as the API spells it. */
  public toString(): string {
    return this.value;
  }
}

/** What each object of a channel is wrapped into on its way to the container (`RecordWrapper` of the API). */
export class RecordWrapper {
  /** Nothing. */
  public static readonly NONE = new RecordWrapper('None');
  /** A RecordIO record, for raw data and an algorithm that reads RecordIO, in `Pipe` mode only. */
  public static readonly RECORD_IO = new RecordWrapper('RecordIO');

  /**
   * A wrapper by its name in the API.
   *
   * @param value the name, or a token
   */
  public static of(value: string): RecordWrapper {
    return new RecordWrapper(value);
  }

  /** @param value The wrapper as the API spells it. */
  private constructor(public readonly value: string) {}

  /** Returns the value as the API spells it. */
  public toString(): string {
    return this.value;
  }
}

/** What the container may do in a directory of a file system (`FileSystemAccessMode` of the API). */
export class FileSystemAccessMode {
  /** Read only. */
  public static readonly RO = new FileSystemAccessMode('ro');
  /** Read and write. */
  public static readonly RW = new FileSystemAccessMode('rw');

  /**
   * A mode by its name in the API.
   *
   * @param value the name, or a token
   */
  public static of(value: string): FileSystemAccessMode {
    return new FileSystemAccessMode(value);
  }

  /** @param value The mode as the API spells it. */
  private constructor(public readonly value: string) {}

  /** Returns the value as the API spells it. */
  public toString(): string {
    return this.value;
  }
}

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
  readonly recordWrapperType?: RecordWrapper;

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
   * @default FileSystemAccessMode.RO
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
