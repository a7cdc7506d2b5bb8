import { Arn, ArnFormat, Fn, Stack, Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { allow, isImmutable } from './grantee';
import { acknowledgeWildcards } from './wildcards';
import { asPattern, isStateValue } from '../job/state-value';

/** Permissions of a job's role in addition to the ones that the resources of the job grant. */
export interface JobPermissions {
  /**
   * The last parts of the names of the log groups that the job writes to, or `*` if they are not documented. The namespaces of its
   * metrics have the same names.
   */
  readonly logGroups: readonly string[];
  /** The subnets of the job, if it runs in a VPC. */
  readonly subnetIds?: readonly string[];
  /** Grants the permissions of a job in a VPC. Default: `grantNetworkInterfaces`. */
  readonly grantNetwork?: typeof grantNetworkInterfaces;
}

export function grantJob(
  scope: Construct, grantee: iam.IGrantable, { grantNetwork = grantNetworkInterfaces, logGroups, subnetIds }: JobPermissions,
): void {
  if (isImmutable(grantee)) return;
  grantLogs(scope, grantee, ...logGroups);
  grantAnywhere(grantee, ['cloudwatch:PutMetricData'], {
    [logGroups.includes('*') ? 'StringLike' : 'StringEquals']: { 'cloudwatch:namespace': logGroups.map((name) => `/aws/sagemaker/${name}`) },
  });
  if (subnetIds) grantNetwork(scope, grantee, subnetIds);
}

/** The actions that describe a VPC before network interfaces are created. */
const DESCRIBE_NETWORK_ACTIONS = [
  'ec2:DescribeDhcpOptions',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
];

const MANAGE_NETWORK_ACTIONS = ['ec2:CreateNetworkInterfacePermission', 'ec2:DeleteNetworkInterface', 'ec2:DeleteNetworkInterfacePermission'];

/** The reason for statements without ARNs. */
export const NO_RESOURCES = 'The actions do not support resource-level permissions';

/** Grants actions that do not support resource-level permissions, optionally with conditions. */
export function grantAnywhere(grantee: iam.IGrantable, actions: string[], conditions?: Record<string, Record<string, unknown>>): iam.Grant {
  const grant = allow(grantee, { actions, resourceArns: ['*'], conditions });
  acknowledgeWildcards(grantee, ['*'], NO_RESOURCES);
  return grant;
}

/** Grants permission to write to log groups of SageMaker, by the last parts of their names. */
export function grantLogs(scope: Construct, grantee: iam.IGrantable, ...logGroups: string[]): void {
  const resourceArns = logGroups
    .map((name) => Stack.of(scope).formatArn({
      service: 'logs', resource: 'log-group', resourceName: `/aws/sagemaker/${name}`, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    }))
    .flatMap((arn) => [arn, `${arn}:*`]);
  const actions = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'];
  allow(grantee, { actions, resourceArns });
  acknowledgeWildcards(grantee, resourceArns, 'SageMaker chooses the names of the log streams in the log group');
}

/**
 * Grants permission to manage network interfaces of SageMaker in subnets. The permission to delete interfaces has no condition,
 * because AWS documents none for SageMaker.
 */
export function grantNetworkInterfaces(scope: Construct, grantee: iam.IGrantable, subnetIds: readonly string[]): void {
  grantCreateNetworkInterface(scope, grantee, subnetIds);
  allow(grantee, {
    actions: MANAGE_NETWORK_ACTIONS,
    resourceArns: [networkInterfaces(scope)],
  });
  grantAnywhere(grantee, DESCRIBE_NETWORK_ACTIONS);
}

/**
 * Grants permission to manage network interfaces without conditions and resources, as "How to use SageMaker AI execution roles"
 * requires for processing jobs.
 */
export function grantNetworkOfProcessing(_scope: Construct, grantee: iam.IGrantable): void {
  allow(grantee, { actions: [...DESCRIBE_NETWORK_ACTIONS, 'ec2:CreateNetworkInterface', ...MANAGE_NETWORK_ACTIONS].sort(), resourceArns: ['*'] });
  acknowledgeWildcards(grantee, ['*'], 'SageMaker rejects a processing job in a VPC if the permission has conditions or resources');
}

/**
 * Grants permission to manage network interfaces of a compilation job, which needs more of them than other jobs.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/neo-vpc.html
 */
export function grantNetworkOfCompilation(scope: Construct, grantee: iam.IGrantable, subnetIds: readonly string[]): void {
  grantNetworkInterfaces(scope, grantee, subnetIds);
  allow(grantee, { actions: ['ec2:ModifyNetworkInterfaceAttribute'], resourceArns: [networkInterfaces(scope), securityGroups(scope)] });
  grantAnywhere(grantee, ['ec2:DescribeVpcEndpoints']);
}

/** Grants permission to create network interfaces in subnets. EC2 accepts only security groups of the subnet's VPC. */
export function grantCreateNetworkInterface(scope: Construct, grantee: iam.IGrantable, subnetIds: readonly string[]): iam.Grant {
  const resourceArns = [
    networkInterfaces(scope),
    securityGroups(scope),
    ...subnets(scope, subnetIds),
  ];
  const grant = allow(grantee, { actions: ['ec2:CreateNetworkInterface'], resourceArns });
  acknowledgeWildcards(grantee, resourceArns, 'A network interface has no ID before it is created, and a shared subnet belongs to another account');
  return grant;
}

function networkInterfaces(scope: Construct): string {
  return Stack.of(scope).formatArn({ service: 'ec2', resource: 'network-interface', resourceName: '*' });
}

function securityGroups(scope: Construct): string {
  return Stack.of(scope).formatArn({ service: 'ec2', account: '*', resource: 'security-group', resourceName: '*' });
}

/** The ARN of a shared subnet contains the account of its owner. The ids of a token are known only at deployment. */
function subnets(scope: Construct, subnetIds: readonly string[]): string[] {
  return (Token.isUnresolved(subnetIds) ? ['*'] : subnetIds).map((id) => Stack.of(scope).formatArn({ service: 'ec2', account: '*', resource: 'subnet', resourceName: id }));
}

/** Whether a string can be the ARN of hub content. A check reports other strings. */
export function isHubContentArn(arn: string): boolean {
  return Token.isUnresolved(arn) || isStateValue(arn) || /^arn:[^:]+:sagemaker:[^:]*:[^:]*:hub-content\/[^/]+\/[^/]+\/[^/]+/.test(arn);
}

/** Grants permission to describe hub content. IAM also authorizes the action on the hub, and on content without its version. */
export function grantHubContent(scope: Construct, grantee: iam.IGrantable, contentArn: string): void {
  const pattern = asPattern(contentArn);
  if (!isHubContentArn(pattern)) return;
  const components = Arn.split(pattern, ArnFormat.SLASH_RESOURCE_NAME);
  const [hub, type, name] = partsOf(components.resourceName!);
  const arn = (resource: string, resourceName: string) => Stack.of(scope).formatArn({ ...components, resource, resourceName });
  const content = arn('hub-content', `${hub}/${type}/${name}`);
  const resourceArns = [arn('hub', hub), content, `${content}/*`];
  allow(grantee, { actions: ['sagemaker:DescribeHubContent'], resourceArns });
  acknowledgeWildcards(grantee, resourceArns, 'IAM authorizes the action on all versions of the content');
}

function partsOf(resourceName: string): string[] {
  return Token.isUnresolved(resourceName) ? [0, 1, 2].map((index) => Fn.select(index, Fn.split('/', resourceName))) : resourceName.split('/');
}
