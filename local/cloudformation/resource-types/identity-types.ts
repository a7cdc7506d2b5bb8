import { createHash } from 'node:crypto';
import { arn, byArn, byEntry, byName, hex, type NativeType, type NativeTypes } from './native-type';

/** The time for which CloudFormation usually waits until IAM has propagated a new resource, in seconds. */
const SPREADING = 15;

/** Documents stay in the resource's properties. IAM is notified only when they have changed. */
function ofIam(resourceType: string): Pick<NativeType, 'seconds' | 'put' | 'remove'> {
  return {
    seconds: SPREADING,
    put: ({ services, physicalId, properties, previous }) => services.identities?.put(resourceType, physicalId, properties, previous),
    remove: ({ services }) => services.identities?.remove(),
  };
}

export const IDENTITY: NativeTypes = {
  'AWS::IAM::Role': byName('RoleName', { max: 64 }, {
    ...ofIam('AWS::IAM::Role'),
    taggable: true,
    immutable: ['Path'],
    attributes: {
      Arn: ({ partition, account, properties, physicalId }) => `arn:${partition}:iam::${account}:role${properties.Path ?? '/'}${physicalId}`,
      RoleId: c => `AROA${createHash('sha256').update(c.stackId + c.physicalId).digest('hex').slice(0, 17).toUpperCase()}`,
    },
  }),
  'AWS::IAM::Policy': byEntry({ ...ofIam('AWS::IAM::Policy') }),
  'AWS::IAM::ManagedPolicy': byArn(
    'ManagedPolicyName', { max: 128 },
    (name, { partition, account, properties }) => `arn:${partition}:iam::${account}:policy${properties.Path ?? '/'}${name}`, {
      ...ofIam('AWS::IAM::ManagedPolicy'),
      immutable: ['Description', 'Path'],
      attributes: { PolicyArn: ({ physicalId }) => physicalId },
    }),
  'AWS::KMS::Key': {
    put: ({ properties: { KeyPolicy, BypassPolicyLockoutSafetyCheck: isBypassed }, services }) => {
      if (KeyPolicy !== undefined) services.identities?.checkResourcePolicy?.(KeyPolicy, String(isBypassed) === 'true' ? 'other' : 'key');
    },
    physicalId: () => [8, 4, 4, 4, 12].map(hex).join('-'),
    attributes: { Arn: c => arn('kms', `key/${c.physicalId}`, c), KeyId: c => c.physicalId },
  },
  'AWS::KMS::Alias': byName('AliasName', {}, {}),
};
