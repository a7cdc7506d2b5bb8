import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { takesNothing } from './grantee';
import { grantAnywhere, grantLogs, grantNetworkInterfaces } from './permissions';

/** What the role of any job has to be able to do beyond what it is granted by the things that the job uses. */
export interface JobPermissions {
  /** The last parts of the names of the log groups that the job writes to; its metrics have namespaces of the same names. */
  readonly logGroups: readonly string[];
  /** The subnets that the job runs in, if it is in a VPC. */
  readonly subnetIds?: readonly string[];
}

export function grantJob(scope: Construct, grantee: iam.IGrantable, { logGroups, subnetIds }: JobPermissions): void {
  if (takesNothing(grantee)) return;
  grantLogs(scope, grantee, ...logGroups);
  grantAnywhere(grantee, ['cloudwatch:PutMetricData'], {
    StringEquals: { 'cloudwatch:namespace': logGroups.map((name) => `/aws/sagemaker/${name}`) },
  });
  if (subnetIds) grantNetworkInterfaces(scope, grantee, subnetIds);
}
