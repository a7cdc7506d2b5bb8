import type { Clock } from '../clock';
import type { Json } from '../services';
import { managedPolicy } from './managed-policies';
import { asPolicy, type PolicyDocument } from './policy';
import type { Identities, Identity, IdentityView, ManagedPolicy } from '../cloudformation/stack-roles';

/** A role that no stack created. */
export interface ExistingRole {
  readonly roleArn: string;
  /** The trust policy. Default: SageMaker is allowed to assume the role. */
  readonly trust?: PolicyDocument;
  /** Default: the role allows everything. */
  readonly policies?: readonly PolicyDocument[];
}

/** A role with its policies. */
export interface Role {
  readonly roleArn: string;
  readonly trust: PolicyDocument;
  readonly policies: readonly PolicyDocument[];
  /** The permissions boundary. */
  readonly boundary?: PolicyDocument;
  readonly tags?: { readonly [key: string]: string };
  /** The maximum duration of a session, in seconds. Default: 3,600. */
  readonly maxSessionSeconds?: number;
}

export interface RolesOptions {
  readonly clock: Clock;
  readonly existing: readonly ExistingRole[];
  /** The delay until a new role can be assumed or a changed policy takes effect, in seconds. Default: 10. */
  readonly propagationSeconds?: number;
  /** Returns the roles of the account's stacks, in all Regions. */
  readonly identities: (view?: IdentityView) => Identities;
  /** Returns the managed policies of the account's stacks, in all Regions. Default: the policies are not checked. */
  readonly managedPolicies?: () => readonly ManagedPolicy[];
}

/** The time after a notification during which a stack's roles may change again without one, in milliseconds. */
const SETTLING = 60_000;
const SAGEMAKER: PolicyDocument = {
  Statement: { Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' }, Action: 'sts:AssumeRole' },
};

/** The roles of the account: the roles of its stacks, as IAM has propagated them, and roles that existed before. */
export class Roles {
  /** The propagation delay of further changes, in seconds. */
  propagationSeconds: number;

  private readonly changes = new Map<string, { readonly at: number; readonly previous?: { [property: string]: Json } }>();
  private lastChange = 0;
  private settled?: Identities;

  constructor(private readonly options: RolesOptions) {
    this.propagationSeconds = options.propagationSeconds ?? 10;
  }

  /** Registers new or changed properties of a role or a policy. */
  changed(type: string, physicalId: string, previous?: { [property: string]: Json }): void {
    const key = `${type} ${physicalId}`;
    const earlier = this.changes.get(key);
    this.changes.set(key, { at: this.now, previous: earlier && !this.hasSpread(earlier.at) ? earlier.previous : previous });
    this.forget();
  }

  /** Registers the deletion of a role or a policy, which takes effect immediately. */
  forget(): void {
    this.lastChange = this.now;
    this.settled = undefined;
  }

  /** The roles of the account's stacks. */
  ofStacks(): Identities {
    return this.options.identities();
  }

  /** Returns a role as it is propagated to the services now. */
  find(roleArn: string): Role | undefined {
    return this.existing(roleArn) ?? asRole(this.visible()[roleArn]);
  }

  /** Returns a role with its latest properties. */
  findLatest(roleArn: string): Role | undefined {
    return this.existing(roleArn) ?? asRole(this.options.identities()[roleArn]);
  }

  hasManagedPolicy(arn: string): boolean {
    return this.options.managedPolicies?.().some((policy) => policy.arn === arn) ?? true;
  }

  managedPolicies(): readonly ManagedPolicy[] {
    return this.options.managedPolicies?.() ?? [];
  }

  private get now(): number {
    return this.options.clock.now();
  }

  private existing(roleArn: string): Role | undefined {
    const role = this.options.existing.find((candidate) => candidate.roleArn === roleArn);
    if (!role) return undefined;
    const { trust = SAGEMAKER, policies = [managedPolicy('arn:aws:iam::aws:policy/AdministratorAccess')] } = role;
    return { roleArn, trust, policies };
  }

  private visible(): Identities {
    if (this.settled) return this.settled;
    const identities = this.options.identities((resource) => {
      const change = this.changes.get(`${resource.type} ${resource.physicalId}`);
      return change && !this.hasSpread(change.at) ? change.previous : resource.properties;
    });
    if (this.now - this.lastChange > Math.max(SETTLING, this.propagationSeconds * 1000)) this.settled = identities;
    return identities;
  }

  private hasSpread(at: number): boolean {
    return this.now - at >= this.propagationSeconds * 1000;
  }
}

function asRole(identity: Identity | undefined): Role | undefined {
  if (!identity) return undefined;
  const { roleArn, assumeRolePolicyDocument, inlinePolicies, managedPolicies, foreignPolicies, permissionsBoundary } = identity;
  return {
    roleArn,
    trust: asPolicy(assumeRolePolicyDocument),
    tags: identity.tags,
    maxSessionSeconds: identity.maxSessionSeconds,
    policies: [
      ...Object.values(inlinePolicies).map(asPolicy),
      ...Object.values(managedPolicies).map(asPolicy),
      ...foreignPolicies.map(managedPolicy),
    ],
    boundary: permissionsBoundary && (permissionsBoundary.document === undefined
      ? managedPolicy(permissionsBoundary.policyArn)
      : asPolicy(permissionsBoundary.document)),
  };
}
