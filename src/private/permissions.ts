import { ArnFormat, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { allow } from './grantee';
import { acknowledgeWildcards } from './wildcards';

/** What the service looks at in a VPC before it makes network interfaces there. */
const DESCRIBE_NETWORK_ACTIONS = [
  'ec2:DescribeDhcpOptions',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
];

/** Why there is no ARN in a statement. */
export const NO_RESOURCES = 'Actions that IAM authorizes on no resources';

/** Allows actions that are not about resources, as far as conditions hold. */
export function grantAnywhere(grantee: iam.IGrantable, actions: string[], conditions?: Record<string, Record<string, unknown>>): iam.Grant {
  const grant = allow(grantee, { actions, resourceArns: ['*'], conditions });
  acknowledgeWildcards(grantee, ['*'], NO_RESOURCES);
  return grant;
}

/** Allows to write to log groups of the service, by the last parts of their names. */
export function grantLogs(scope: Construct, grantee: iam.IGrantable, ...logGroups: string[]): void {
  const resourceArns = logGroups
    .map((name) => Stack.of(scope).formatArn({
      service: 'logs', resource: 'log-group', resourceName: `/aws/sagemaker/${name}`, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    }))
    .flatMap((arn) => [arn, `${arn}:*`]);
  const actions = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'];
  allow(grantee, { actions, resourceArns });
  acknowledgeWildcards(grantee, resourceArns, 'The service makes the names of the log streams in the log group');
}

/** Allows to put the service's machines into subnets. */
export function grantNetworkInterfaces(scope: Construct, grantee: iam.IGrantable, subnetIds: readonly string[]): void {
  const interfaces = networkInterfaces(scope);
  grantCreateNetworkInterface(scope, grantee, subnetIds);
  allow(grantee, {
    actions: ['ec2:CreateNetworkInterfacePermission', 'ec2:DeleteNetworkInterface', 'ec2:DeleteNetworkInterfacePermission'],
    resourceArns: [interfaces],
    conditions: { ArnLike: { 'ec2:Subnet': subnets(scope, subnetIds) } },
  });
  grantAnywhere(grantee, DESCRIBE_NETWORK_ACTIONS);
}

/** Allows to make network interfaces in subnets. EC2 takes only security groups of the subnet's VPC. */
export function grantCreateNetworkInterface(scope: Construct, grantee: iam.IGrantable, subnetIds: readonly string[]): iam.Grant {
  const resourceArns = [
    networkInterfaces(scope),
    Stack.of(scope).formatArn({ service: 'ec2', account: '*', resource: 'security-group', resourceName: '*' }),
    ...subnets(scope, subnetIds),
  ];
  const grant = allow(grantee, { actions: ['ec2:CreateNetworkInterface'], resourceArns });
  acknowledgeWildcards(grantee, resourceArns, 'A network interface has no name before it is made, and a shared subnet belongs to another account');
  return grant;
}

function networkInterfaces(scope: Construct): string {
  return Stack.of(scope).formatArn({ service: 'ec2', resource: 'network-interface', resourceName: '*' });
}

/** A subnet that is shared has the account of its owner in its ARN. */
function subnets(scope: Construct, subnetIds: readonly string[]): string[] {
  return subnetIds.map((id) => Stack.of(scope).formatArn({ service: 'ec2', account: '*', resource: 'subnet', resourceName: id }));
}
