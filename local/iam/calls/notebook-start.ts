import { kmsKeyArn } from '../../kms-key';
import type { NotebookSettings } from '../../sagemaker/notebook/notebook-types';
import type { AccessRequest } from '../policy';
import type { CallContext } from './permissions';

/** The operations that start an instance. */
const OPERATIONS = ['CreateNotebookInstance', 'StartNotebookInstance'];

/**
 * Returns the permissions that the caller of a start needs in addition to passing the role: "Amazon SageMaker API Permissions:
 * Actions, Permissions, and Resources Reference".
 */
export function neededToStart(operation: string, settings: NotebookSettings, { region, account }: CallContext): AccessRequest[] {
  if (!OPERATIONS.includes(operation)) return [];
  const { SubnetId: subnet, KmsKeyId: key } = settings;
  const keyArn = kmsKeyArn(key, { region, account });
  return [
    ...subnet === undefined ? [] : [
      { action: 'ec2:CreateNetworkInterface', resource: `arn:aws:ec2:${region}:${account}:subnet/${subnet}`, context: {} },
      ...['NetworkInterfaces', 'SecurityGroups', 'Subnets', 'Vpcs'].map((noun) => ({ action: `ec2:Describe${noun}`, resource: '*', context: {} })),
    ],
    ...keyArn === undefined ? [] : [
      { action: 'kms:DescribeKey', resource: keyArn, context: {} },
      { action: 'kms:CreateGrant', resource: keyArn, context: { 'kms:GrantIsForAWSResource': 'true', 'kms:ViaService': `sagemaker.${region}.amazonaws.com` } },
    ],
  ];
}
