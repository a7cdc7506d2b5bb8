import { Fn, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import * as assets from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { grantRead, grantSession, grantWrite } from '../execution-role/bucket-access';
import { AssetByScope } from '../job/asset-by-scope';
import { asPattern } from '../job/state-value';
import { typedFactories } from '../validation/property-types';
import { rememberRegion } from '../validation/stack-environment';

/** The use of a location. */
export interface S3LocationBindOptions {
  /** The grantee of the permissions, such as the role of a job. */
  readonly grantee: iam.IGrantable;

  /**
   * Whether the location is read. If so, permission to read the objects is granted.
   *
   * @default false
   */
  readonly forReading?: boolean;

  /**
   * Whether the location is written to. If so, permission to write objects is granted.
   *
   * @default false
   */
  readonly forWriting?: boolean;
}

/** A location as a request contains it. */
export interface S3LocationConfig {
  /** The URI, such as `s3://bucket/prefix`, at most 1024 characters. */
  readonly uri: string;

  /**
   * The permissions that were granted.
   *
   * @default - no permissions were granted
   */
  readonly grant?: iam.Grant;
}

/**
 * A location in Amazon S3: a key prefix, or an object.
 *
 * A job that uses the location is granted only the permissions that this use requires.
 *
 * Extend the class for locations of your own, such as a feature store or a data catalog: `bind()` returns the URI and grants the
 * permissions to use it.
 */
@typedFactories('S3Location')
export abstract class S3Location {
  /**
   * Returns a key prefix of a bucket.
   *
   * Read permissions cover all keys that begin with the prefix, write permissions all keys below it. Both include the use of
   * the bucket's KMS key. For a directory bucket, whose name ends in `--x-s3`, the permission covers the bucket.
   *
   * @param bucket the bucket
   * @param prefix the prefix, or the key of an object (default: the whole bucket)
   */
  public static fromBucket(bucket: s3.IBucket, prefix?: string): S3Location {
    return new BucketLocation(bucket, prefix ?? '');
  }

  /**
   * Returns a location by its URI.
   *
   * The permissions are derived from the URI if it begins with `s3://` or is a token. The KMS key of the bucket is unknown:
   * grant its use to the job's role separately. For an `https://` URI, or if a value of a state's input (`sfn.JsonPath`) contains the
   * name of the bucket, no permissions are granted.
   *
   * @param uri the URI, such as `s3://bucket/prefix`
   */
  public static fromUri(uri: string): S3Location {
    return new UriLocation(uri);
  }

  /**
   * Returns the location of a local file or directory, which is uploaded as an asset. A directory becomes a zip file. The
   * location is read-only.
   *
   * @param path the path of the file or directory
   * @param options options of the asset
   */
  public static fromAsset(path: string, options?: assets.AssetOptions): S3Location {
    return new AssetLocation(path, options);
  }

  /**
   * Grants the permissions for the use of the location, and returns the location as a request contains it.
   *
   * @param scope the construct that uses the location
   * @param options the use of the location
   */
  public abstract bind(scope: Construct, options: S3LocationBindOptions): S3LocationConfig;
}

class BucketLocation extends S3Location {
  constructor(private readonly bucket: s3.IBucket, private readonly prefix: string) {
    super();
  }

  public bind(scope: Construct, options: S3LocationBindOptions): S3LocationConfig {
    const { bucket } = this;
    const key = this.prefix.replace(/^\//, '');
    const grant = this.grant(scope, options, asPattern(key));
    const uri = bucket.s3UrlForObject(key === '' ? undefined : key);
    rememberRegion(scope, uri, bucket);
    return { uri, grant };
  }

  private grant(scope: Construct, options: S3LocationBindOptions, prefix: string): iam.Grant {
    const { bucket } = this;
    if (isDirectory(bucket.bucketName)) return grantSession(scope, options.grantee, bucket.bucketName);
    if (asPattern(bucket.bucketName) !== bucket.bucketName) return nothingGranted(options);
    return grantPrefix(options, prefix, bucket.bucketArn, bucket);
  }
}

class UriLocation extends S3Location {
  constructor(private readonly uri: string) {
    super();
  }

  public bind(scope: Construct, options: S3LocationBindOptions): S3LocationConfig {
    return { uri: this.uri, grant: this.grant(scope, options) };
  }

  private grant(scope: Construct, options: S3LocationBindOptions): iam.Grant {
    const arn = (resource: string) => Stack.of(scope).formatArn({ service: 's3', region: '', account: '', resource });
    const uri = asPattern(this.uri);
    if (Token.isUnresolved(uri) && !uri.startsWith('https:')) return grantByToken(options, uri, arn);
    const [, bucketName, prefix] = /^s3:\/\/([^/]*)\/?(.*)$/.exec(uri) ?? [];
    // The permission would cover all buckets if a value of a state contains the name of the bucket.
    if (!bucketName || bucketName.includes('*')) return nothingGranted(options);
    return isDirectory(bucketName) ? grantSession(scope, options.grantee, bucketName) : grantPrefix(options, prefix, arn(bucketName));
  }
}

class AssetLocation extends S3Location {
  private readonly asset: AssetByScope<assets.Asset>;

  constructor(private readonly path: string, options?: assets.AssetOptions) {
    super();
    this.asset = new AssetByScope('Asset', path, (scope, id) => new assets.Asset(scope, id, { path, ...options }));
  }

  public bind(scope: Construct, { grantee, forWriting }: S3LocationBindOptions): S3LocationConfig {
    if (forWriting) throw new Error(`${scope.node.path}: an asset is read-only and cannot be an output location; got ${this.path}`);
    const { bucket, s3ObjectKey: key, s3ObjectUrl } = this.asset.in(scope);
    // SageMaker lists the keys that begin with the key before it reads the object.
    const grant = grantRead(grantee, { bucket, bucketArn: bucket.bucketArn, objectArns: bucket.arnForObjects(key) }, key);
    return { uri: s3ObjectUrl, grant };
  }
}

function grantPrefix({ forReading, forWriting, grantee }: S3LocationBindOptions, prefix: string, bucketArn: string,
  bucket?: s3.IBucket): iam.Grant {
  const objects = (pattern: string) => ({ bucket, bucketArn, objectArns: `${bucketArn}/${pattern}` });
  return [
    ...forReading ? [grantRead(grantee, objects(`${prefix}*`), listable(prefix))] : [],
    ...forWriting ? [grantWrite(grantee, objects(below(prefix)))] : [],
  ].reduce((all, grant) => all.combine(grant), nothingGranted({ grantee }));
}

/** AWS does not document whether SageMaker lists a prefix with or without its trailing slash. */
function listable(prefix: string): string | string[] | undefined {
  const [, name] = /^(.+)\/$/.exec(prefix) ?? [];
  if (name !== undefined) return [`${prefix}*`, name];
  return prefix === '' ? undefined : `${prefix}*`;
}

/** A directory bucket of S3 Express One Zone. */
function isDirectory(bucketName: string): boolean {
  return !Token.isUnresolved(bucketName) && bucketName.endsWith('--x-s3');
}

/** A template cannot extract the key from a token, so the grantee is allowed to list the whole bucket. */
function grantByToken({ forReading, forWriting, grantee }: S3LocationBindOptions, uri: string,
  arn: (resource: string) => string): iam.Grant {
  const path = Fn.select(1, Fn.split('s3://', uri));
  const objects = { bucketArn: arn(Fn.select(0, Fn.split('/', path))), objectArns: arn(`${path}*`) };
  return [
    ...forReading ? [grantRead(grantee, objects)] : [],
    ...forWriting ? [grantWrite(grantee, objects)] : [],
  ].reduce((all, grant) => all.combine(grant), nothingGranted({ grantee }));
}

function nothingGranted({ grantee }: S3LocationBindOptions): iam.Grant {
  return iam.Grant.drop(grantee, 'no permission is needed');
}

/** The keys that SageMaker writes for a prefix. It separates the prefix and its own part with a slash. */
function below(prefix: string): string {
  return `${prefix.replace(/\/$/, '')}/*`.replace(/^\//, '');
}
