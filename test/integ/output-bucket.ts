import { CfnOutput, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';

/** Adds a bucket with its name as an output. A scenario empties it before it deletes the stack. */
export function bucketOf(stack: Stack): s3.Bucket {
  const bucket = new s3.Bucket(stack, 'Bucket', { removalPolicy: RemovalPolicy.DESTROY });
  new CfnOutput(stack, 'BucketName', { value: bucket.bucketName });
  return bucket;
}
