import * as iam from 'aws-cdk-lib/aws-iam';
import { DependencyGroup } from 'constructs';
import { arnPatterns } from '../job/state-value';

const NOTHING = new DependencyGroup();

/** One object for each role, because hundreds of jobs may share a role. */
const IMMUTABLE_ROLES = new WeakMap<iam.IRole, ImmutableRole>();

/**
 * Returns the grantee of a job's permissions: the role, or a principal without effect if this app must not change the role or does
 * not know it.
 */
export function granteeOf(role: iam.IRole | undefined): iam.IGrantable {
  if (!role) return UNKNOWN_ROLE;
  if (iam.Role.isRole(role) || role instanceof iam.LazyRole) return role;
  const grantee = IMMUTABLE_ROLES.get(role) ?? new ImmutableRole(role);
  IMMUTABLE_ROLES.set(role, grantee);
  return grantee;
}

/** Whether grants to a grantee have no effect. */
export function isImmutable(grantee: iam.IGrantable): boolean {
  return grantee instanceof ImmutableRole;
}

/** A permission. */
export interface Permission {
  readonly actions: string[];
  readonly resourceArns: string[];
  readonly conditions?: Record<string, Record<string, unknown>>;
}

/** A resource whose policy is extended for a principal of another account. */
interface ResourceWithPolicy {
  readonly resource: iam.IResourceWithPolicy;
  /** The ARNs in its policy. Default: the ones of the permission. */
  readonly resourceSelfArns?: string[];
}

/**
 * Grants a permission, with a wildcard in place of each value of a state. Creates no statement for an immutable role, because
 * statements are a large part of the cost of a job.
 */
export function allow(grantee: iam.IGrantable, permission: Permission, resource?: ResourceWithPolicy): iam.Grant {
  if (grantee instanceof ImmutableRole && !resource) return grantee.nothing;
  const resourceArns = arnPatterns(permission.resourceArns);
  if (resourceArns.length === 0) return iam.Grant.drop(grantee, 'the ARN is a value of a state');
  const options = { ...permission, grantee, resourceArns };
  return resource ? iam.Grant.addToPrincipalOrResource({ ...options, ...resource }) : iam.Grant.addToPrincipal(options);
}

/** An immutable role: grants succeed without effect. */
class ImmutableRole implements iam.IPrincipal {
  public readonly grantPrincipal = this;
  public readonly assumeRoleAction: string;
  /**
   * SageMaker accepts only roles of the job's account. Without an account, buckets and keys would grant permissions to the role.
   */
  public readonly principalAccount?: string;
  public readonly nothing = iam.Grant.drop(this, 'immutable role');

  constructor(private readonly role?: iam.IRole) {
    this.assumeRoleAction = role?.assumeRoleAction ?? 'sts:AssumeRole';
    this.principalAccount = role?.stack.account;
  }

  public get policyFragment(): iam.PrincipalPolicyFragment {
    return this.role!.policyFragment;
  }

  public addToPrincipalPolicy(): iam.AddToPrincipalPolicyResult {
    return { statementAdded: true, policyDependable: NOTHING };
  }
}

/** A role that is unknown. Policies of resources cannot contain it, so they must not be extended for it. */
const UNKNOWN_ROLE = new ImmutableRole();
