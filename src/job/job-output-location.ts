import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { S3Location, S3LocationBindOptions, S3LocationConfig } from '../data/s3-location';

/** An output of a job. Its URI is known when the job has ended, and its permissions follow from the location in the props. */
export class JobOutputLocation extends S3Location {
  /**
   * @param property The property of the job that returns the output
   * @param uri The described URI
   * @param grantRead Grants permission to read the output
   * @param isUncompressed Whether the output consists of the files below a prefix, although other outputs of this property are archives
   */
  constructor(
    private readonly property: string,
    private readonly uri: () => string,
    private readonly grantRead: (grantee: iam.IGrantable) => iam.Grant,
    readonly isUncompressed: boolean = false,
  ) {
    super();
  }

  public bind(scope: Construct, { grantee, forReading, forWriting }: S3LocationBindOptions): S3LocationConfig {
    if (forWriting) throw new Error(`${scope.node.path}: the output of a job is read-only and cannot be an output location; got ${this.property}`);
    return { uri: this.uri(), grant: forReading ? this.grantRead(grantee) : undefined };
  }
}
