import * as iam from 'aws-cdk-lib/aws-iam';
import { DependencyGroup } from 'constructs';

const NOTHING = new DependencyGroup();

/** One for each role: hundreds of jobs may share it. */
const IMMUTABLE_ROLES = new WeakMap<iam.IRole, ImmutableRole>();

/** Who gets what is needed: the role, or nobody where the role is not for this app to change. */
export function granteeOf(role: iam.IRole): iam.IGrantable {
  if (iam.Role.isRole(role) || role instanceof iam.LazyRole) return role;
  const grantee = IMMUTABLE_ROLES.get(role) ?? new ImmutableRole(role);
  IMMUTABLE_ROLES.set(role, grantee);
  return grantee;
}

/** Whether nothing is attached to somebody, whatever is asked for. */
export function isImmutable(grantee: iam.IGrantable): boolean {
  return grantee instanceof ImmutableRole;
}

/** What somebody is allowed to do. */
export interface Permission {
  readonly actions: string[];
  readonly resourceArns: string[];
  readonly conditions?: Record<string, Record<string, unknown>>;
}

/** Allows something to somebody. No statement is made for who takes none: statements are a large part of what a job costs. */
export function allow(grantee: iam.IGrantable, permission: Permission): iam.Grant {
  return grantee instanceof ImmutableRole ? grantee.nothing : iam.Grant.addToPrincipal({ grantee, ...permission });
}

/** A role that is given as it is: it counts as allowed whatever is asked for, and nothing is attached to it. */
class ImmutableRole implements iam.IPrincipal {
  public readonly grantPrincipal = this;
  public readonly assumeRoleAction: string;
  /** The service takes roles of the job's account only. If it were not said, buckets and keys would allow the role something. */
  public readonly principalAccount: string;
  public readonly nothing = iam.Grant.drop(this, 'given as it is');

  constructor(private readonly role: iam.IRole) {
    this.assumeRoleAction = role.assumeRoleAction;
    this.principalAccount = role.stack.account;
  }

  public get policyFragment(): iam.PrincipalPolicyFragment {
    return this.role.policyFragment;
  }

  public addToPrincipalPolicy(): iam.AddToPrincipalPolicyResult {
    return { statementAdded: true, policyDependable: NOTHING };
  }
}
