import * as iam from 'aws-cdk-lib/aws-iam';
import { DependencyGroup } from 'constructs';

const NOTHING = new DependencyGroup();

/** Who gets what is needed: the role, or nobody where the role is not for this app to change. */
export function granteeOf(role: iam.IRole): iam.IGrantable {
  return iam.Role.isRole(role) || role instanceof iam.LazyRole ? role : new RoleAsItIs(role);
}

/** A role that is given as it is: it counts as allowed whatever is asked for, and nothing is attached to it. */
class RoleAsItIs implements iam.IPrincipal {
  public readonly grantPrincipal = this;
  public readonly assumeRoleAction: string;
  /** The service takes roles of the job's account only. If it were not said, buckets and keys would allow the role something. */
  public readonly principalAccount: string;

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
