import type { Json } from '../services';
import type { ResourceState, StackState } from './state';
import type { JsonObject } from '../json';

export interface Identity {
  readonly roleName: string;
  readonly roleArn: string;
  /** Returns the time of the creation. Default: unknown. */
  readonly createdAt?: () => string;
  readonly assumeRolePolicyDocument: Json;
  readonly inlinePolicies: { readonly [name: string]: Json };
  /** The documents of managed policies that a stack of this Region creates. */
  readonly managedPolicies: { readonly [policyArn: string]: Json };
  /** The ARNs of other managed policies, such as AWS managed policies. */
  readonly foreignPolicies: string[];
  readonly tags?: { readonly [key: string]: string };
  /** The maximum duration of a session, in seconds. */
  readonly maxSessionSeconds?: number;
  /** The permissions boundary, with its document if a stack of this Region creates it. */
  readonly permissionsBoundary?: { readonly policyArn: string; readonly document?: Json };
}

/** A managed policy of the account. */
export interface ManagedPolicy {
  readonly arn: string;
  /** Returns the time of the creation. Default: unknown. */
  readonly createdAt?: () => string;
  readonly document: Json;
  readonly description?: string;
}

/** The roles, by ARN. */
export type Identities = { readonly [roleArn: string]: Identity };

/** The properties of a resource as a caller sees them, or nothing if the resource is not visible. */
export type IdentityView = (resource: ResourceState) => JsonObject | undefined;

interface Seen {
  readonly resource: ResourceState;
  readonly stack: StackState;
  readonly properties: JsonObject;
}

/** Returns the roles of the stacks with their policies. */
export function identities(stacks: StackState[], view: IdentityView = ({ properties }) => properties): Identities {
  const seen = stacks
    .flatMap(stack => [...Object.values(stack.resources), ...stack.retained].map(resource => ({ resource, stack })))
    .filter(({ resource: { physicalId, type } }) => physicalId !== undefined && type.startsWith('AWS::IAM::'))
    .map(({ resource, stack }) => ({ resource, stack, properties: view(resource) }))
    .filter((entry): entry is Seen => entry.properties !== undefined);
  const ofType = (wanted: string) => seen.filter(({ resource }) => resource.type === wanted);
  const managed = new Map(ofType('AWS::IAM::ManagedPolicy').map(({ resource, properties }) => [resource.physicalId!, properties]));
  const inlineOf = attachments(ofType('AWS::IAM::Policy').map(({ properties }) => [String(properties.PolicyName), properties] as const));
  const managedOf = attachments([...managed]);
  // A role has no ARN until it is created.
  const roles = ofType('AWS::IAM::Role').filter(({ resource }) => resource.attributes.Arn !== undefined);
  return Object.fromEntries(roles.map(({ resource: { physicalId, attributes }, properties, stack }) => {
    const roleName = physicalId!;
    const attachedArns = (properties.ManagedPolicyArns ?? []) as string[];
    const attached = attachedArns.filter(arn => managed.has(arn)).map(arn => [arn, managed.get(arn)!.PolicyDocument] as const);
    const boundary = properties.PermissionsBoundary as string | undefined;
    const roleArn = String(attributes.Arn);
    return [roleArn, {
      roleName,
      roleArn,
      createdAt: () => createdAt(stack, roleName),
      assumeRolePolicyDocument: properties.AssumeRolePolicyDocument,
      inlinePolicies: { ...ownPolicies(properties), ...inlineOf.get(roleName) },
      managedPolicies: { ...Object.fromEntries(attached), ...managedOf.get(roleName) },
      foreignPolicies: attachedArns.filter(arn => !managed.has(arn)),
      tags: Object.fromEntries(((properties.Tags ?? []) as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, String(Value)])),
      maxSessionSeconds: Number(properties.MaxSessionDuration ?? 3600),
      ...boundary !== undefined && { permissionsBoundary: { policyArn: boundary, document: managed.get(boundary)?.PolicyDocument } },
    }];
  }));
}

/** Returns the time when a stack created, or imported, a resource. */
export function createdAt({ creationTime, events }: Pick<StackState, 'creationTime' | 'events'>, physicalId: string): string {
  return events.find((event) => event.physicalResourceId === physicalId)?.timestamp ?? creationTime;
}

/** Returns the inline policies in the properties of a role. */
export function ownPolicies({ Policies = [] }: { readonly [property: string]: Json }): Identity['inlinePolicies'] {
  const policies = Policies as Array<{ PolicyName: string; PolicyDocument: Json }>;
  return Object.fromEntries(policies.map(({ PolicyName, PolicyDocument }) => [PolicyName, PolicyDocument]));
}

/** The documents of policies, by role name and policy name. */
function attachments(policies: ReadonlyArray<readonly [string, JsonObject]>): Map<string, { [policy: string]: Json }> {
  const byRole = new Map<string, { [policy: string]: Json }>();
  for (const [name, { Roles = [], PolicyDocument }] of policies) {
    for (const role of Roles as string[]) byRole.set(role, { ...byRole.get(role), [name]: PolicyDocument });
  }
  return byRole;
}
