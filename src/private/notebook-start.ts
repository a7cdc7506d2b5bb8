import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';

/** What a start of a notebook instance has to do with. */
export interface NotebookStart {
  readonly role: iam.IRole;
  readonly inVpc: boolean;
  readonly volumeEncryptionKey?: kms.IKey;
  /** The secrets of its code repositories. */
  readonly secrets: readonly secretsmanager.ISecret[];
}

const NETWORK_ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
];

/**
 * Allows what the service does in the name of its caller when an instance starts, or is changed, beside the action itself:
 * it passes the role, and makes the network interface, the grant of the key and the clone of the repositories.
 */
export function grantWhatStartNeeds(grantee: iam.IGrantable, { inVpc, role, secrets, volumeEncryptionKey: key }: NotebookStart): iam.Grant {
  const allow = (actions: string[], resource: string, conditions?: Record<string, Record<string, unknown>>) =>
    iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [resource], conditions });
  const passRole = allow(['iam:PassRole'], role.roleArn, { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } });
  return [
    ...inVpc ? [allow(NETWORK_ACTIONS, '*')] : [],
    ...key ? [
      allow(['kms:DescribeKey'], key.keyArn),
      allow(['kms:CreateGrant'], key.keyArn, { Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
    ] : [],
    ...secrets.map((secret) => secret.grantRead(grantee)),
  ].reduce((grants, grant) => grants.combine(grant), passRole);
}
