import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { S3Location, S3LocationBindOptions, S3LocationConfig } from '../data/s3-location';

/** The model of a job. Its URI is known when the job has ended, and its permissions follow from the output of the job. */
export class ModelArtifacts extends S3Location {
  constructor(private readonly uri: () => string, private readonly grantReadOutput: (grantee: iam.IGrantable) => iam.Grant) {
    super();
  }

  public bind(scope: Construct, { grantee, forReading, forWriting }: S3LocationBindOptions): S3LocationConfig {
    if (forWriting) throw new Error(`${scope.node.path}: the model of a job is read-only and cannot be an output location; got modelArtifacts`);
    return { uri: this.uri(), grant: forReading ? this.grantReadOutput(grantee) : undefined };
  }
}
