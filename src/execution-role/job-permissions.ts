import { Arn, ArnFormat, Fn, Stack, Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { allow, isImmutable } from './grantee';
import { acknowledgeWildcards } from './wildcards';

/** What the role of any job has to be able to do beyond what it is granted by the things that the job uses. */
export interface JobPermissions {
  /** The last parts of the names of the log groups that the job writes to; its metrics have namespaces of the same names. */
  readonly logGroups: readonly string[];
  /** The subnets that the job runs in, if it is in a VPC. */
  readonly subnetIds?: readonly string[];
}

export function grantJob(scope: Construct, grantee: iam.IGrantable, { logGroups, subnetIds }: JobPermissions): void {
  if (isImmutable(grantee)) return;
  grantLogs(scope, grantee, ...logGroups);
  grantAnywhere(grantee, ['cloudwatch:PutMetricData'], {
    StringEquals: { 'cloudwatch:namespace': logGroups.map((name) => `/aws/sagemaker/${name}`) },
  });
  if (subnetIds) grantNetworkInterfaces(scope, grantee, subnetIds);
}

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

/** A subnet that is shared has the account of its owner in its ARN. A list that is a token has ids that only the deployment knows. */
function subnets(scope: Construct, subnetIds: readonly string[]): string[] {
  return (Token.isUnresolved(subnetIds) ? ['*'] : subnetIds).map((id) => Stack.of(scope).formatArn({ service: 'ec2', account: '*', resource: 'subnet', resourceName: id }));
}

/** Allows to look at content of a hub. IAM asks for the hub as well, and names content without its version. */
export function grantHubContent(scope: Construct, grantee: iam.IGrantable, contentArn: string): void {
  const components = Arn.split(contentArn, ArnFormat.SLASH_RESOURCE_NAME);
  const [hub, type, name] = partsOf(components.resourceName!);
  const arn = (resource: string, resourceName: string) => Stack.of(scope).formatArn({ ...components, resource, resourceName });
  const content = arn('hub-content', `${hub}/${type}/${name}`);
  const resourceArns = [arn('hub', hub), content, `${content}/*`];
  allow(grantee, { actions: ['sagemaker:DescribeHubContent'], resourceArns });
  acknowledgeWildcards(grantee, resourceArns, 'All versions of the content');
}

function partsOf(resourceName: string): string[] {
  return Token.isUnresolved(resourceName) ? [0, 1, 2].map((index) => Fn.select(index, Fn.split('/', resourceName))) : resourceName.split('/');
}
