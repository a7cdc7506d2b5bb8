import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { CompressionType, S3DataDistribution } from '../data/input-channel-options';
import { S3Location } from '../data/s3-location';

/**
 * The input mode of an input (`S3InputMode`, `InputMode`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingS3Input.html
 */
export class ProcessingS3InputMode {
  /** SageMaker copies the data to the volume of each instance before the container starts. */
  public static readonly FILE = new ProcessingS3InputMode('File');
  /** SageMaker streams the data from S3 through a named pipe. */
  public static readonly PIPE = new ProcessingS3InputMode('Pipe');

  /**
   * Returns the mode for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): ProcessingS3InputMode {
    return new ProcessingS3InputMode(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/**
 * The format of the result of an Athena query (`OutputFormat`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AthenaDatasetDefinition.html
 */
export class AthenaResultFormat {
  /** Apache Parquet. */
  public static readonly PARQUET = new AthenaResultFormat('PARQUET');
  /** Apache ORC. */
  public static readonly ORC = new AthenaResultFormat('ORC');
  /** Apache Avro. */
  public static readonly AVRO = new AthenaResultFormat('AVRO');
  /** JSON. */
  public static readonly JSON = new AthenaResultFormat('JSON');
  /** Text. */
  public static readonly TEXTFILE = new AthenaResultFormat('TEXTFILE');

  /**
   * Returns the format for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): AthenaResultFormat {
    return new AthenaResultFormat(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/**
 * The compression of the result of an Athena query (`OutputCompression`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AthenaDatasetDefinition.html
 */
export class AthenaResultCompressionType {
  /** gzip. */
  public static readonly GZIP = new AthenaResultCompressionType('GZIP');
  /** Snappy. */
  public static readonly SNAPPY = new AthenaResultCompressionType('SNAPPY');
  /** zlib. */
  public static readonly ZLIB = new AthenaResultCompressionType('ZLIB');

  /**
   * Returns the compression for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): AthenaResultCompressionType {
    return new AthenaResultCompressionType(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/**
 * The format of the result of an Amazon Redshift query (`OutputFormat`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_RedshiftDatasetDefinition.html
 */
export class RedshiftResultFormat {
  /** Apache Parquet. */
  public static readonly PARQUET = new RedshiftResultFormat('PARQUET');
  /** CSV. */
  public static readonly CSV = new RedshiftResultFormat('CSV');

  /**
   * Returns the format for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): RedshiftResultFormat {
    return new RedshiftResultFormat(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/**
 * The compression of the result of an Amazon Redshift query (`OutputCompression`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_RedshiftDatasetDefinition.html
 */
export class RedshiftResultCompressionType {
  /** No compression. */
  public static readonly NONE = new RedshiftResultCompressionType('None');
  /** gzip. */
  public static readonly GZIP = new RedshiftResultCompressionType('GZIP');
  /** bzip2. */
  public static readonly BZIP2 = new RedshiftResultCompressionType('BZIP2');
  /** Zstandard. */
  public static readonly ZSTD = new RedshiftResultCompressionType('ZSTD');
  /** Snappy. */
  public static readonly SNAPPY = new RedshiftResultCompressionType('SNAPPY');

  /**
   * Returns the compression for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): RedshiftResultCompressionType {
    return new RedshiftResultCompressionType(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/** Options common to all inputs of a processing job. */
export interface ProcessingInputOptions {
  /**
   * The path in the container for the data (`LocalPath`), at most 256 characters. It begins with `/opt/ml/processing/`.
   *
   * @default - `/opt/ml/processing/input/<name of the input>`; none for an input that the application manages
   */
  readonly localPath?: string;

  /**
   * Whether the application in the container reads the data itself (`AppManaged`). Otherwise, SageMaker copies or streams it to
   * `localPath`.
   *
   * @default false
   */
  readonly enableAppManagement?: boolean;
}

/**
 * Options for an input from Amazon S3.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingS3Input.html
 */
export interface S3InputOptions extends ProcessingInputOptions {
  /**
   * The input mode (`S3InputMode`).
   *
   * @default - `ProcessingS3InputMode.FILE`; none for an input that the application manages
   */
  readonly s3InputMode?: ProcessingS3InputMode;

  /**
   * The distribution of the objects to the instances (`S3DataDistributionType`).
   *
   * @default S3DataDistribution.FULLY_REPLICATED
   */
  readonly s3DataDistributionType?: S3DataDistribution;

  /**
   * Whether SageMaker decompresses the objects (`S3CompressionType`). `CompressionType.GZIP` requires `Pipe` mode.
   *
   * @default CompressionType.NONE
   */
  readonly s3CompressionType?: CompressionType;
}

/** Options for an input from a manifest. */
export interface ManifestInputOptions extends S3InputOptions {
  /**
   * The locations of the objects that the manifest lists. The job is granted permission to read them.
   *
   * @default - the job is granted permission to read only the manifest
   */
  readonly dataLocations?: S3Location[];
}

/**
 * Options common to the inputs from a query.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DatasetDefinition.html
 */
export interface DatasetInputOptions extends ProcessingInputOptions {
  /** The SQL query (`QueryString`), 1 to 4096 characters. */
  readonly queryString: string;

  /**
   * The location of the result of the query (`OutputS3Uri`), a key prefix. SageMaker reads the input from it. A change does not
   * cause a new job.
   */
  readonly outputLocation: S3Location;

  /**
   * The KMS key that encrypts the result of the query (`KmsKeyId`). A change does not cause a new job.
   *
   * @default - the default encryption of the bucket
   */
  readonly outputEncryptionKey?: kms.IKey;

  /**
   * The distribution of the objects of the result to the instances (`DataDistributionType`).
   *
   * @default S3DataDistribution.SHARDED_BY_S3_KEY
   */
  readonly dataDistributionType?: S3DataDistribution;

  /**
   * The input mode (`InputMode`).
   *
   * @default ProcessingS3InputMode.FILE
   */
  readonly inputMode?: ProcessingS3InputMode;
}

/**
 * Options for an input from an Amazon Athena query.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AthenaDatasetDefinition.html
 */
export interface AthenaInputOptions extends DatasetInputOptions {
  /**
   * The data catalog of the query (`Catalog`), 1 to 256 characters. The job is granted permission to read the AWS Glue Data Catalog.
   * Grant the permissions that another catalog requires separately.
   *
   * @default 'AwsDataCatalog'
   */
  readonly catalog?: string;

  /** The database of the query (`Database`), 1 to 255 characters. */
  readonly database: string;

  /**
   * The workgroup that runs the query (`WorkGroup`), at most 128 letters, digits and `._-`. A change does not cause a new job.
   *
   * @default - the primary workgroup
   */
  readonly workGroup?: string;

  /** The format of the result (`OutputFormat`). */
  readonly outputFormat: AthenaResultFormat;

  /**
   * The compression of the result (`OutputCompression`).
   *
   * @default - decided by SageMaker
   */
  readonly outputCompression?: AthenaResultCompressionType;

  /**
   * The locations of the data of the tables that the query reads. The job is granted permission to read them.
   *
   * @default - the job is granted permission to read only the result
   */
  readonly dataLocations?: S3Location[];
}

/**
 * Options for an input from an Amazon Redshift query.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_RedshiftDatasetDefinition.html
 */
export interface RedshiftInputOptions extends DatasetInputOptions {
  /** The ID of the cluster (`ClusterId`), 1 to 63 characters. */
  readonly clusterId: string;

  /** The database of the query (`Database`), 1 to 64 characters. */
  readonly database: string;

  /** The user of the database that runs the query (`DbUser`), 1 to 128 characters. */
  readonly dbUser: string;

  /**
   * The role that is attached to the cluster (`ClusterRoleArn`). The cluster writes the result with it, so the role is granted
   * permission to read from `outputLocation` and to write to it. A change does not cause a new job.
   */
  readonly clusterRole: iam.IRole;

  /** The format of the result (`OutputFormat`). */
  readonly outputFormat: RedshiftResultFormat;

  /**
   * The compression of the result (`OutputCompression`).
   *
   * @default - decided by SageMaker
   */
  readonly outputCompression?: RedshiftResultCompressionType;
}
