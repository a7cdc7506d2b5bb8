import type { Json } from '../services';
import type { StackState } from './state';

export interface Identity {
  readonly roleName: string;
  readonly roleArn: string;
  readonly assumeRolePolicyDocument: Json;
  /** ARNs of policies that no stack of this region has, such as the ones of AWS. */
  readonly foreignPolicies: string[];
  /** Inline and attached policies. */
  readonly policies: { readonly [name: string]: Json };
}

/** Roles by their ARN. */
export type Identities = { readonly [roleArn: string]: Identity };

/** The roles of the stacks with their policies. */
export function identities(stacks: StackState[]): Identities {
  const resources = stacks
    .flatMap(stack => [...Object.values(stack.resources), ...stack.retained])
    .filter(({ physicalId }) => physicalId !== undefined);
  const ofType = (type: string) => resources.filter(resource => resource.type === type);
  const managed = ofType('AWS::IAM::ManagedPolicy');
  return Object.fromEntries(ofType('AWS::IAM::Role').map(({ physicalId, properties, attributes }) => {
    const roleName = physicalId!;
    const attachedArns = (properties.ManagedPolicyArns ?? []) as string[];
    const names = (roles: Json | undefined) => Array.isArray(roles) && roles.includes(roleName);
    const policies: { [name: string]: Json } = {};
    for (const policy of (properties.Policies ?? []) as Array<{ PolicyName: string; PolicyDocument: Json }>) {
      policies[policy.PolicyName] = policy.PolicyDocument;
    }
    for (const policy of ofType('AWS::IAM::Policy')) {
      if (names(policy.properties.Roles)) policies[String(policy.properties.PolicyName)] = policy.properties.PolicyDocument;
    }
    for (const policy of managed) {
      const policyArn = policy.physicalId!;
      if (names(policy.properties.Roles) || attachedArns.includes(policyArn)) policies[policyArn] = policy.properties.PolicyDocument;
    }
    const roleArn = String(attributes.Arn);
    return [roleArn, {
      roleName,
      roleArn,
      assumeRolePolicyDocument: properties.AssumeRolePolicyDocument,
      foreignPolicies: attachedArns.filter(arn => !managed.some(policy => policy.physicalId === arn)),
      policies,
    }];
  }));
}
