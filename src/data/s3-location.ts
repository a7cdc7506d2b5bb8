import { Fn, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import * as assets from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { grantRead, grantWrite } from '../execution-role/bucket-access';
import { AssetByScope } from '../job/asset-by-scope';

/** Who uses a location, and for what. */
export interface S3LocationBindOptions {
  /** Who gets the permissions: the role that the job or the instance runs with. */
  readonly grantee: iam.IGrantable;

  /**
   * Whether what is there is read.
   *
   * @default false
   */
  readonly grantRead?: boolean;

  /**
   * Whether something is written there.
   *
   * @default false
   */
  readonly grantWrite?: boolean;
}

/** A location as a request names it. */
export interface S3LocationConfig {
  /** The URI, such as `s3://bucket/prefix`, at most 1024 characters. */
  readonly s3Uri: string;

  /** The permissions that were granted. */
  readonly grant: iam.Grant;
}

/**
 * A place in S3: a key prefix, or an object.
 *
 * Whoever uses it gets the permissions that the use needs, and no more than that.
 */
export abstract class S3Location {
  /**
   * A prefix of the keys of a bucket.
   *
   * Readers may read every key that begins with the prefix, writers may write what is below it; the bucket's own key,
   * if it has one, is included.
   *
   * @param bucket the bucket
   * @param prefix the prefix, or the key of an object (default: the whole bucket)
   */
  public static fromBucket(bucket: s3.IBucket, prefix?: string): S3Location {
    return new BucketLocation(bucket, prefix ?? '');
  }

  /**
   * A location by its URI.
   *
   * Permissions come from the URI, also when it is a token, as long as it begins with `s3://`. The keys that encrypt
   * the bucket are not known here: grant their use to the job's role. An `https://` URI gives no permissions.
   *
   * @param uri the URI, such as `s3://bucket/prefix`
   */
  public static fromUri(uri: string): S3Location {
    return new UriLocation(uri);
  }

  /**
   * A local file or directory that is uploaded with the app. A directory arrives as a zip file. It can be read only.
   *
   * @param path the path of the file or directory
   * @param options how the asset is made
   */
  public static fromAsset(path: string, options?: assets.AssetOptions): S3Location {
    return new AssetLocation(path, options);
  }

  /**
   * Called when the location is used: grants what the use needs, then says how a request names the location.
   *
   * @param scope the construct that uses the location
   * @param options who uses it, and for what
   */
  public abstract bind(scope: Construct, options: S3LocationBindOptions): S3LocationConfig;
}

class BucketLocation extends S3Location {
  constructor(private readonly bucket: s3.IBucket, private readonly prefix: string) {
    super();
  }

  public bind(_scope: Construct, options: S3LocationBindOptions): S3LocationConfig {
    const { bucket } = this;
    const key = this.prefix.replace(/^\//, '');
    const grant = grantPrefix(options, key, bucket.bucketArn, bucket);
    return { s3Uri: bucket.s3UrlForObject(key === '' ? undefined : key), grant };
  }
}

class UriLocation extends S3Location {
  constructor(private readonly uri: string) {
    super();
  }

  public bind(scope: Construct, options: S3LocationBindOptions): S3LocationConfig {
    return { s3Uri: this.uri, grant: this.grant(scope, options) };
  }

  private grant(scope: Construct, options: S3LocationBindOptions): iam.Grant {
    const arn = (resource: string) => Stack.of(scope).formatArn({ service: 's3', region: '', account: '', resource });
    if (Token.isUnresolved(this.uri) && !this.uri.startsWith('https:')) return grantByToken(options, this.uri, arn);
    const [, bucketName, prefix] = /^s3:\/\/([^/]*)\/?(.*)$/.exec(this.uri) ?? [];
    return bucketName ? grantPrefix(options, prefix, arn(bucketName)) : nothingGranted(options);
  }
}

class AssetLocation extends S3Location {
  private readonly asset: AssetByScope<assets.Asset>;

  constructor(private readonly path: string, options?: assets.AssetOptions) {
    super();
    this.asset = new AssetByScope(`Asset:${path.replace(/\//g, '.')}`, (scope, id) => new assets.Asset(scope, id, { path, ...options }));
  }

  public bind(scope: Construct, { grantee, grantWrite: forWriting }: S3LocationBindOptions): S3LocationConfig {
    if (forWriting) throw new Error(`${scope.node.path}: an asset can be read only, and nothing can be written to it: ${this.path}`);
    const { bucket, s3ObjectKey: key, s3ObjectUrl } = this.asset.in(scope);
    // The service lists what begins with the key before it reads that.
    const grant = grantRead(grantee, { bucket, bucketArn: bucket.bucketArn, objectArns: bucket.arnForObjects(key) }, key);
    return { s3Uri: s3ObjectUrl, grant };
  }
}

function grantPrefix({ grantRead: forReading, grantWrite: forWriting, grantee }: S3LocationBindOptions, prefix: string, bucketArn: string, bucket?: s3.IBucket): iam.Grant {
  const objects = (pattern: string) => ({ bucket, bucketArn, objectArns: `${bucketArn}/${pattern}` });
  return [
    ...forReading ? [grantRead(grantee, objects(`${prefix}*`), prefix === '' ? undefined : `${prefix}*`)] : [],
    ...forWriting ? [grantWrite(grantee, objects(below(prefix)))] : [],
  ].reduce((all, grant) => all.combine(grant), nothingGranted({ grantee }));
}

/** No template can say where the key in a token begins, so all of the bucket may be listed. */
function grantByToken({ grantRead: forReading, grantWrite: forWriting, grantee }: S3LocationBindOptions, uri: string, arn: (resource: string) => string): iam.Grant {
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

/** The keys that the service writes when it is given a prefix: it puts a slash between the prefix and what it adds. */
function below(prefix: string): string {
  return `${prefix.replace(/\/$/, '')}/*`.replace(/^\//, '');
}
