import * as iam from 'aws-cdk-lib/aws-iam';
import { DependencyGroup, type IConstruct } from 'constructs';

/** Returns the principal of a job with the specified roles. Grants to a job without a known role add a warning, as for other imported resources of CDK. */
export function principalOf(job: IConstruct, roles: readonly iam.IRole[]): iam.IPrincipal {
  const principals = [...new Set(roles.map(({ grantPrincipal }) => grantPrincipal))];
  return principals.length > 1 ? new SeveralRoles(...principals) : principals[0] ?? new iam.UnknownPrincipal({ resource: job });
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
