import * as iam from 'aws-cdk-lib/aws-iam';
import { DependencyGroup } from 'constructs';

/** Who gets what is needed: the role, or nobody where the role is not for this app to change. */
export function granteeOf(role: iam.IRole): iam.IGrantable {
  return iam.Role.isRole(role) || role instanceof iam.LazyRole ? role : new RoleAsItIs(role);
}

/** A role that is given as it is: it counts as allowed whatever is asked for, and nothing is attached to it. */
class RoleAsItIs implements iam.IPrincipal {
  public readonly grantPrincipal = this;
  public readonly assumeRoleAction: string;
  public readonly principalAccount?: string;

  constructor(private readonly role: iam.IRole) {
    this.assumeRoleAction = role.assumeRoleAction;
    this.principalAccount = role.principalAccount;
  }

  public get policyFragment(): iam.PrincipalPolicyFragment {
    return this.role.policyFragment;
  }

  public addToPrincipalPolicy(): iam.AddToPrincipalPolicyResult {
    return { statementAdded: true, policyDependable: new DependencyGroup() };
  }
}
