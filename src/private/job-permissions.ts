import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { grantLogs, grantNetworkInterfaces } from './permissions';

/** What the role of any job has to be able to do beyond what it is granted by the things that the job uses. */
export interface JobPermissions {
  /** The last parts of the names of the log groups that the job writes to. */
  readonly logGroups: readonly string[];
  readonly inVpc: boolean;
}

export function grantJob(scope: Construct, grantee: iam.IGrantable, { inVpc, logGroups }: JobPermissions): void {
  grantLogs(scope, grantee, ...logGroups);
  iam.Grant.addToPrincipal({
    grantee,
    actions: ['cloudwatch:PutMetricData'],
    resourceArns: ['*'],
    conditions: { StringLike: { 'cloudwatch:namespace': '/aws/sagemaker/*' } },
  });
  if (inVpc) grantNetworkInterfaces(grantee);
}
