import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** What the role of any job has to be able to do beyond what it is granted by the things that the job uses. */
export interface JobPermissions {
  /** The last parts of the names of the log groups that the job writes to. */
  readonly logGroups: readonly string[];
  readonly inVpc: boolean;
}

const VPC_ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:CreateNetworkInterfacePermission',
  'ec2:DeleteNetworkInterface',
  'ec2:DeleteNetworkInterfacePermission',
  'ec2:DescribeDhcpOptions',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
];

export function grantJob(scope: Construct, grantee: iam.IGrantable, { inVpc, logGroups }: JobPermissions): void {
  iam.Grant.addToPrincipal({
    grantee,
    actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
    resourceArns: logGroups.map((name) => Stack.of(scope).formatArn({ service: 'logs', resource: `log-group:/aws/sagemaker/${name}*` })),
  });
  iam.Grant.addToPrincipal({
    grantee,
    actions: ['cloudwatch:PutMetricData'],
    resourceArns: ['*'],
    conditions: { StringLike: { 'cloudwatch:namespace': '/aws/sagemaker/*' } },
  });
  if (inVpc) iam.Grant.addToPrincipal({ grantee, actions: VPC_ACTIONS, resourceArns: ['*'] });
}
