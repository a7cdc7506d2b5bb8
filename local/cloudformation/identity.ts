import type { Json } from '../services';
import type { JsonObject, ResourceState, StackState } from './state';

export interface Identity {
  readonly roleName: string;
  readonly roleArn: string;
  readonly assumeRolePolicyDocument: Json;
  /** ARNs of policies that no stack of this region has, such as the ones of AWS. */
  readonly foreignPolicies: string[];
  /** Inline and attached policies. */
  readonly policies: { readonly [name: string]: Json };
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
  const attached = attachments([
    ...ofType('AWS::IAM::Policy').map(({ properties }) => [String(properties.PolicyName), properties] as const),
    ...managed,
  ]);
  // A role that is still being made has no ARN yet.
  const roles = ofType('AWS::IAM::Role').filter(({ resource }) => resource.attributes.Arn !== undefined);
  return Object.fromEntries(roles.map(({ resource: { physicalId, attributes }, properties }) => {
    const roleName = physicalId!;
    const policies = Object.fromEntries(((properties.Policies ?? []) as Array<{ PolicyName: string; PolicyDocument: Json }>)
      .map(({ PolicyName, PolicyDocument }) => [PolicyName, PolicyDocument]));
    Object.assign(policies, attached.get(roleName));
    const attachedArns = (properties.ManagedPolicyArns ?? []) as string[];
    for (const arn of attachedArns) if (managed.has(arn)) policies[arn] = managed.get(arn)!.PolicyDocument;
    const boundary = properties.PermissionsBoundary as string | undefined;
    const roleArn = String(attributes.Arn);
    return [roleArn, {
      roleName,
      roleArn,
      assumeRolePolicyDocument: properties.AssumeRolePolicyDocument,
      foreignPolicies: attachedArns.filter(arn => !managed.has(arn)),
      policies,
      ...boundary !== undefined && { permissionsBoundary: { policyArn: boundary, document: managed.get(boundary)?.PolicyDocument } },
    }];
  }));
}

/** The documents of policies by the roles that they name, and then by the policies' names. */
function attachments(policies: ReadonlyArray<readonly [string, JsonObject]>): Map<string, { [policy: string]: Json }> {
  const byRole = new Map<string, { [policy: string]: Json }>();
  for (const [name, { Roles = [], PolicyDocument }] of policies) {
    for (const role of Roles as string[]) byRole.set(role, { ...byRole.get(role), [name]: PolicyDocument });
  }
  return byRole;
}
