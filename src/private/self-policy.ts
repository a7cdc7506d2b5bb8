import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/**
 * What a resource's own role may do with the resource. The resource waits for its role's permissions, and cannot wait for
 * those that name it: they are a policy of their own, which comes after it.
 */
export class SelfPolicy implements iam.IPrincipal {
  public readonly assumeRoleAction = 'sts:AssumeRole';
  private policy?: iam.Policy;

  constructor(private readonly scope: Construct, private readonly role: iam.IRole) {}

  public get grantPrincipal(): iam.IPrincipal {
    return this;
  }

  public get policyFragment(): iam.PrincipalPolicyFragment {
    return this.role.policyFragment;
  }

  public addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    this.policy ??= new iam.Policy(this.scope, 'SelfPolicy', { roles: [this.role] });
    this.policy.addStatements(statement);
    return { statementAdded: true, policyDependable: this.policy };
  }
}
