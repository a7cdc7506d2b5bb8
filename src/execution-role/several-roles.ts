import * as iam from 'aws-cdk-lib/aws-iam';
import { DependencyGroup } from 'constructs';

/** Returns the principal of a job with one or more roles. Undefined without a role. */
export function principalOf(roles: readonly iam.IRole[]): iam.IPrincipal | undefined {
  const principals = [...new Set(roles.map(({ grantPrincipal }) => grantPrincipal))];
  return principals.length > 1 ? new SeveralRoles(principals) : principals[0];
}

/** Several roles as one principal. Each of them receives every permission. */
class SeveralRoles implements iam.IPrincipal {
  public readonly grantPrincipal = this;
  public readonly assumeRoleAction: string;
  /** SageMaker accepts only roles of the job's account. */
  public readonly principalAccount?: string;

  constructor(private readonly principals: readonly iam.IPrincipal[]) {
    this.assumeRoleAction = principals[0].assumeRoleAction;
    this.principalAccount = principals[0].principalAccount;
  }

  /** The principals of a resource policy. */
  public get policyFragment(): iam.PrincipalPolicyFragment {
    return new iam.CompositePrincipal(...this.principals).policyFragment;
  }

  public addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    // A copy for each role, because a policy can change its statements.
    const results = this.principals.map((principal) => principal.addToPrincipalPolicy(statement.copy()));
    const policyDependable = new DependencyGroup(...results.flatMap((result) => result.policyDependable ?? []));
    return { statementAdded: results.every(({ statementAdded }) => statementAdded), policyDependable };
  }
}
