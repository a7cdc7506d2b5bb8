import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

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

export interface NotebookPermissions {
  readonly inVpc: boolean;
  readonly volumeEncryptionKey?: kms.IKey;
}

/** The role of a notebook instance for which none is given. */
export function makeNotebookRole(scope: Construct): iam.Role {
  return new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
}

/** A role that was imported gets nothing attached. */
export function granteeOf(scope: Construct, role: iam.IRole): iam.IGrantable {
  if (iam.Role.isRole(role) || role instanceof iam.LazyRole) return role;
  return iam.Role.fromRoleArn(scope, 'RoleAsItIs', role.roleArn, { mutable: false });
}

/** What a notebook instance needs before anybody works on it. */
export function grantNotebook(scope: Construct, grantee: iam.IGrantable, { inVpc, volumeEncryptionKey }: NotebookPermissions): void {
  iam.Grant.addToPrincipal({
    grantee,
    actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
    resourceArns: [Stack.of(scope).formatArn({ service: 'logs', resource: 'log-group:/aws/sagemaker/NotebookInstances*' })],
  });
  if (inVpc) iam.Grant.addToPrincipal({ grantee, actions: VPC_ACTIONS, resourceArns: ['*'] });
  volumeEncryptionKey?.grant(grantee, 'kms:CreateGrant', 'kms:DescribeKey');
}
