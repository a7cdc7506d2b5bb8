import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

const NETWORK_INTERFACE_ACTIONS = [
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

/** Allows to write to log groups of the service, by the last parts of their names. */
export function grantLogs(scope: Construct, grantee: iam.IGrantable, ...logGroups: string[]): void {
  iam.Grant.addToPrincipal({
    grantee,
    actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
    resourceArns: logGroups.map((name) => Stack.of(scope).formatArn({ service: 'logs', resource: `log-group:/aws/sagemaker/${name}*` })),
  });
}

/** Allows to put the service's machines into a VPC. */
export function grantNetworkInterfaces(grantee: iam.IGrantable): void {
  iam.Grant.addToPrincipal({ grantee, actions: NETWORK_INTERFACE_ACTIONS, resourceArns: ['*'] });
}
