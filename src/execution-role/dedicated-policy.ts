import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { isPrecreated } from './execution-role';

/**
 * Permissions of a role that are a policy of their own. What waits for a role's default policy waits for everything that
 * anybody allows the role, and must not be named there; with a policy of its own it waits for what it needs itself.
 */
export class DedicatedPolicy implements iam.IPrincipal {
  public readonly assumeRoleAction = 'sts:AssumeRole';
  public readonly principalAccount?: string;
  private made?: iam.Policy;

  constructor(private readonly scope: Construct, private readonly id: string, private readonly role: iam.IRole) {
    this.principalAccount = role.principalAccount;
  }

  /** The policy; nothing as long as nothing is allowed. */
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
    // A role that somebody else creates has no policies here: it reports what they must allow.
    if (isPrecreated(this.role)) return this.role.addToPrincipalPolicy(statement);
    this.made ??= new iam.Policy(this.scope, this.id, { roles: [this.role] });
    this.made.addStatements(statement);
    return { statementAdded: true, policyDependable: this.made };
  }
}
