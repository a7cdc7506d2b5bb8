import type { Json } from '../services';
import type { ResourceState, StackState } from './state';
import type { JsonObject } from '../json';

export interface Identity {
  readonly roleName: string;
  readonly roleArn: string;
  readonly assumeRolePolicyDocument: Json;
  readonly inlinePolicies: { readonly [name: string]: Json };
  /** The documents of the managed policies that a stack of this region has. */
  readonly managedPolicies: { readonly [policyArn: string]: Json };
  /** ARNs of the other managed policies, such as the ones of AWS. */
  readonly foreignPolicies: string[];
  /** The policy that says what the role may do at most, with its document where a stack of this region has it. */
  readonly permissionsBoundary?: { readonly policyArn: string; readonly document?: Json };
}

/** Roles by their ARN. */
export type Identities = { readonly [roleArn: string]: Identity };

/** The properties of a resource as somebody sees them; nothing when he does not see the resource. */
export type IdentityView = (resource: ResourceState) => JsonObject | undefined;

interface Seen {
  readonly resource: ResourceState;
  readonly properties: JsonObject;
}

/** The roles of the stacks with their policies. */
export function identities(stacks: StackState[], view: IdentityView = ({ properties }) => properties): Identities {
  const seen = stacks
    .flatMap(stack => [...Object.values(stack.resources), ...stack.retained])
    .filter(({ physicalId, type }) => physicalId !== undefined && type.startsWith('AWS::IAM::'))
    .map(resource => ({ resource, properties: view(resource) }))
    .filter((entry): entry is Seen => entry.properties !== undefined);
  const ofType = (wanted: string) => seen.filter(({ resource }) => resource.type === wanted);
  const managed = new Map(ofType('AWS::IAM::ManagedPolicy').map(({ resource, properties }) => [resource.physicalId!, properties]));
  const inlineOf = attachments(ofType('AWS::IAM::Policy').map(({ properties }) => [String(properties.PolicyName), properties] as const));
  const managedOf = attachments([...managed]);
  // A role that is still being made has no ARN yet.
  const roles = ofType('AWS::IAM::Role').filter(({ resource }) => resource.attributes.Arn !== undefined);
  return Object.fromEntries(roles.map(({ resource: { physicalId, attributes }, properties }) => {
    const roleName = physicalId!;
    const attachedArns = (properties.ManagedPolicyArns ?? []) as string[];
    const attached = attachedArns.filter(arn => managed.has(arn)).map(arn => [arn, managed.get(arn)!.PolicyDocument] as const);
    const boundary = properties.PermissionsBoundary as string | undefined;
    const roleArn = String(attributes.Arn);
    return [roleArn, {
      roleName,
      roleArn,
      assumeRolePolicyDocument: properties.AssumeRolePolicyDocument,
      inlinePolicies: { ...ownPolicies(properties), ...inlineOf.get(roleName) },
      managedPolicies: { ...Object.fromEntries(attached), ...managedOf.get(roleName) },
      foreignPolicies: attachedArns.filter(arn => !managed.has(arn)),
      ...boundary !== undefined && { permissionsBoundary: { policyArn: boundary, document: managed.get(boundary)?.PolicyDocument } },
    }];
  }));
}

/** The inline policies that a role brings itself. */
export function ownPolicies({ Policies = [] }: { readonly [property: string]: Json }): Identity['inlinePolicies'] {
  const policies = Policies as Array<{ PolicyName: string; PolicyDocument: Json }>;
  return Object.fromEntries(policies.map(({ PolicyName, PolicyDocument }) => [PolicyName, PolicyDocument]));
}

/** The documents of policies by the roles that they name, and then by the policies' names. */
function attachments(policies: ReadonlyArray<readonly [string, JsonObject]>): Map<string, { [policy: string]: Json }> {
  const byRole = new Map<string, { [policy: string]: Json }>();
  for (const [name, { Roles = [], PolicyDocument }] of policies) {
    for (const role of Roles as string[]) byRole.set(role, { ...byRole.get(role), [name]: PolicyDocument });
  }
  return byRole;
}
