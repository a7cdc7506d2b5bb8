import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { S3Location, S3LocationBindOptions, S3LocationConfig } from '../data/s3-location';

/** An output of a job. Its URI is known when the job has ended, and its permissions follow from the location in the props. */
export class JobOutputLocation extends S3Location {
  /**
   * @param property The property of the job that returns the output
   * @param uri The described URI
   * @param grantRead Grants permission to read the output
   * @param compressionTypes The values of `CompressionType` that the output can have, as far as they are known
   */
  constructor(
    private readonly property: string,
    private readonly uri: () => string,
    private readonly grantRead: (grantee: iam.IGrantable) => iam.Grant,
    readonly compressionTypes: readonly string[] = [],
  ) {
    super();
  }

  public bind(scope: Construct, { grantee, forReading, forWriting }: S3LocationBindOptions): S3LocationConfig {
    if (forWriting) throw new Error(`${scope.node.path}: the output of a job is read-only and cannot be an output location; got ${this.property}`);
    return { uri: this.uri(), grant: forReading ? this.grantRead(grantee) : undefined };
  }
}
