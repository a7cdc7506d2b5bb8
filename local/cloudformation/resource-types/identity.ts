import { createHash } from 'node:crypto';
import { arn, byArn, byEntry, byName, hex, type NativeTypes } from './native-type';

/** Types of IAM and KMS. Their documents stay in the resource's properties: see `../identity`. */
export const IDENTITY: NativeTypes = {
  'AWS::IAM::Role': byName('RoleName', { max: 64 }, {
    required: ['AssumeRolePolicyDocument'],
    immutable: ['Path'],
    attributes: {
      Arn: ({ partition, account, properties, physicalId }) => `arn:${partition}:iam::${account}:role${properties.Path ?? '/'}${physicalId}`,
      RoleId: c => `AROA${createHash('sha256').update(c.stackId + c.physicalId).digest('hex').slice(0, 17).toUpperCase()}`,
    },
  }),
  'AWS::IAM::Policy': byEntry({ required: ['PolicyName', 'PolicyDocument'], strings: ['PolicyName'] }),
  'AWS::IAM::ManagedPolicy': byArn(
    'ManagedPolicyName', { max: 128 },
    (name, { partition, account, properties }) => `arn:${partition}:iam::${account}:policy${properties.Path ?? '/'}${name}`, {
      required: ['PolicyDocument'],
      immutable: ['Description', 'Path'],
      attributes: { PolicyArn: ({ physicalId }) => physicalId },
    }),
  'AWS::KMS::Key': {
    physicalId: () => [8, 4, 4, 4, 12].map(hex).join('-'),
    attributes: { Arn: c => arn('kms', `key/${c.physicalId}`, c), KeyId: c => c.physicalId },
  },
  'AWS::KMS::Alias': byName('AliasName', {}, { required: ['AliasName', 'TargetKeyId'] }),
};
