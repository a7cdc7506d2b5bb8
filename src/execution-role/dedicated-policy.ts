import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { isPrecreated } from './execution-role';

/**
 * Permissions of a role in a dedicated policy. A resource that depends on the default policy of a role waits for all permissions
 * of the role, and none of them may refer to the resource. With a dedicated policy, it waits only for its own permissions.
 */
export class DedicatedPolicy implements iam.IPrincipal {
  public readonly assumeRoleAction = 'sts:AssumeRole';
  public readonly principalAccount?: string;
  private made?: iam.Policy;

  constructor(private readonly scope: Construct, private readonly id: string, private readonly role: iam.IRole) {
    this.principalAccount = role.principalAccount;
  }

  /** The policy. Undefined while it has no statements. */
  public get policy(): iam.Policy | undefined {
    return this.made;
  }

  public get grantPrincipal(): iam.IPrincipal {
    return this;
  }

  public get policyFragment(): iam.PrincipalPolicyFragment {
    return this.role.policyFragment;
  }

  public addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    // A precreated role has no policies in this app. It reports the statements that they must contain.
    if (isPrecreated(this.role)) return this.role.addToPrincipalPolicy(statement);
    this.made ??= new iam.Policy(this.scope, this.id, { roles: [this.role] });
    this.made.addStatements(statement);
    return { statementAdded: true, policyDependable: this.made };
  }
}
