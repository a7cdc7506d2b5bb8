import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { grantLogs, grantNetworkInterfaces } from './permissions';

export interface NotebookPermissions {
  readonly inVpc: boolean;
  readonly volumeEncryptionKey?: kms.IKey;
}

/** The role of a notebook instance for which none is given. */
export function makeNotebookRole(scope: Construct): iam.Role {
  return new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
}

/** What a notebook instance needs before anybody works on it. */
export function grantNotebook(scope: Construct, grantee: iam.IGrantable, { inVpc, volumeEncryptionKey }: NotebookPermissions): void {
  grantLogs(scope, grantee, 'NotebookInstances');
  if (inVpc) grantNetworkInterfaces(grantee);
  volumeEncryptionKey?.grant(grantee, 'kms:CreateGrant', 'kms:DescribeKey');
}
