import type { Clock } from '../clock';
import type { Json } from '../services';
import { managedPolicy } from './managed-policies';
import { asPolicy, type PolicyDocument } from './policy';
import type { Identities, Identity, IdentityView } from '../cloudformation/stack-roles';

/** A role that no stack has made. */
export interface ExistingRole {
  readonly roleArn: string;
  /** Who may assume it. Default: SageMaker. */
  readonly trust?: PolicyDocument;
  /** Default: it allows everything. */
  readonly policies?: readonly PolicyDocument[];
}

/** A role, and what its policies say. */
export interface Role {
  readonly roleArn: string;
  readonly trust: PolicyDocument;
  readonly policies: readonly PolicyDocument[];
  /** What the role may do at most. */
  readonly boundary?: PolicyDocument;
}

export interface RolesOptions {
  readonly clock: Clock;
  readonly existing: readonly ExistingRole[];
  /** Until a new role can be assumed, and a changed policy takes effect. Default: 10. */
  readonly propagationSeconds?: number;
  /** The roles of the account's stacks, in all regions. */
  readonly identities: (view?: IdentityView) => Identities;
}

/** How long a stack's roles may still change without a word after IAM was told of a change. */
const SETTLING = 60_000;
const SAGEMAKER: PolicyDocument = {
  Statement: { Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' }, Action: 'sts:AssumeRole' },
};

/** The roles of the account: those of its stacks, as far as IAM has spread their changes, and those that were there before. */
export class Roles {
  /** How long changes take from now on. */
  propagationSeconds: number;

  private readonly changes = new Map<string, { readonly at: number; readonly previous?: { [property: string]: Json } }>();
  private lastChange = 0;
  private settled?: Identities;

  constructor(private readonly options: RolesOptions) {
    this.propagationSeconds = options.propagationSeconds ?? 10;
  }

  /** A role, or a policy, has got other properties, or its first ones. */
  changed(type: string, physicalId: string, previous?: { [property: string]: Json }): void {
    const key = `${type} ${physicalId}`;
    const known = this.changes.get(key);
    this.changes.set(key, { at: this.now, previous: known && !this.hasSpread(known.at) ? known.previous : previous });
    this.forget();
  }

  /** A role, or a policy, is no more: that takes effect at once. */
  forget(): void {
    this.lastChange = this.now;
    this.settled = undefined;
  }

  /** The roles of the account's stacks. */
  ofStacks(): Identities {
    return this.options.identities();
  }

  /** A role as the services see it now. */
  find(roleArn: string): Role | undefined {
    return this.existing(roleArn) ?? asRole(this.visible()[roleArn]);
  }

  /** A role as IAM itself has it. */
  findLatest(roleArn: string): Role | undefined {
    return this.existing(roleArn) ?? asRole(this.options.identities()[roleArn]);
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
