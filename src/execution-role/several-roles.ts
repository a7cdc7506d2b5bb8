import * as iam from 'aws-cdk-lib/aws-iam';
import { DependencyGroup } from 'constructs';

/** Returns the principal of a job with one or more roles, or nothing without a role. */
export function principalOf(roles: readonly iam.IRole[]): iam.IPrincipal | undefined {
  const principals = [...new Set(roles.map(({ grantPrincipal }) => grantPrincipal))];
  return principals.length > 1 ? new SeveralRoles(...principals) : principals[0];
}

/** Several roles as one principal. Each of them receives every permission. */
class SeveralRoles extends iam.CompositePrincipal {
  /** SageMaker accepts only roles of the job's account. */
  public readonly principalAccount = this.principals[0].principalAccount;

  public addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    // A copy for each role, because a policy can change its statements.
    const results = this.principals.map((principal) => principal.addToPrincipalPolicy(statement.copy()));
    const policyDependable = new DependencyGroup(...results.flatMap((result) => result.policyDependable ?? []));
    return { statementAdded: results.every(({ statementAdded }) => statementAdded), policyDependable };
  }
}
