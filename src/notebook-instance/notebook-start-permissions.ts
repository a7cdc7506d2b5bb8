import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { grantAnywhere, grantCreateNetworkInterface } from '../execution-role/job-permissions';
import { grantVolumeKey } from '../execution-role/key-access';

/** The resources that the start of a notebook instance uses. */
export interface NotebookStart {
  readonly role: iam.IRole;
  /** The subnet of the instance, if it is in a VPC. */
  readonly subnetIds?: readonly string[];
  readonly volumeEncryptionKey?: kms.IKey;
  /** The secrets of its code repositories. */
  readonly secrets: readonly secretsmanager.ISecret[];
}

const DESCRIBE_NETWORK_ACTIONS = [
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
];

/**
 * Grants the permissions that SageMaker uses on behalf of the caller when an instance starts or changes: to pass the role, to
 * create the network interface, to create the grant of the key, and to read the secrets of repositories.
 */
export function grantWhatStartNeeds(grantee: iam.IGrantable, start: NotebookStart): iam.Grant {
  const passRole = iam.Grant.addToPrincipal({
    grantee,
    actions: ['iam:PassRole'],
    resourceArns: [start.role.roleArn],
    conditions: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
  });
  return grantWhatStartUses(grantee, start).reduce((grants, grant) => grants.combine(grant), passRole);
}

/** Grants the same permissions, without passing the role. */
export function grantWhatStartUses(grantee: iam.IGrantable, { role, secrets, subnetIds, volumeEncryptionKey: key }: NotebookStart): iam.Grant[] {
  return [
    ...subnetIds ? [grantCreateNetworkInterface(role, grantee, subnetIds), grantAnywhere(grantee, DESCRIBE_NETWORK_ACTIONS)] : [],
    ...key ? [grantVolumeKey(key, grantee)] : [],
    ...secrets.map((secret) => secret.grantRead(grantee)),
  ];
}
