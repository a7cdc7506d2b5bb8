import { Annotations, Aspects } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { type Construct, DependencyGroup, type IDependable } from 'constructs';
import { DedicatedPolicy } from '../execution-role/dedicated-policy';
import { createNotebookRole, passedRoleArn } from '../execution-role/execution-role';
import { grantLogs, grantNetworkInterfaces } from '../execution-role/job-permissions';
import { grantKey, grantVolumeKey } from '../execution-role/key-access';

export interface NotebookPermissions {
  /** The role that the user gave. */
  readonly role?: iam.IRole;
  /** The subnet of the instance, if it is in a VPC. */
  readonly subnetIds?: readonly string[];
  readonly volumeEncryptionKey?: kms.IKey;
}

/** The role of a notebook instance, and what the instance needs of it before anybody works there. */
export class NotebookRole {
  readonly role: iam.IRole;
  /** Gets what the instance needs before it starts. An imported role gets nothing: the user has to see to that. */
  readonly needs: iam.IPrincipal;
  /** The role as whoever looks after the instance passes it: one that was made is not named, but its path is. */
  readonly passedRolesArn: string;
  private readonly selfPolicy: DedicatedPolicy;

  constructor(scope: Construct, { role, subnetIds, volumeEncryptionKey }: NotebookPermissions) {
    this.role = role ?? createNotebookRole(scope);
    this.passedRolesArn = role?.roleArn ?? passedRoleArn(this.role);
    this.selfPolicy = new DedicatedPolicy(scope, 'SelfPolicy', this.role);
    const isOfApp = iam.Role.isRole(this.role) || this.role instanceof iam.LazyRole;
    this.needs = isOfApp ? new DedicatedPolicy(scope, 'RolePolicy', this.role) : new ImportedRole(scope, this.role);
    // Every role for notebooks may write their logs: to warn of that would say nothing.
    if (isOfApp) grantLogs(scope, this.needs, 'NotebookInstances');
    if (subnetIds) grantNetworkInterfaces(scope, this.needs, subnetIds);
    if (volumeEncryptionKey) {
      grantVolumeKey(volumeEncryptionKey, this.needs);
      grantKey(volumeEncryptionKey, this.needs, ['kms:DescribeKey']);
    }
  }

  /** What the instance waits for: scripts run, and the network interface is made, with these permissions while it is created. */
  get dependables(): IDependable[] {
    return this.needs instanceof DedicatedPolicy && this.needs.policy ? [this.needs.policy] : [];
  }

  /** Who gets a permission that names the instance: such a permission of its own role comes after the instance. */
  granteeFor(grantee: iam.IGrantable): iam.IGrantable {
    const { grantPrincipal } = grantee;
    const isOwn = grantPrincipal === this.role.grantPrincipal || (this.needs instanceof DedicatedPolicy && grantPrincipal === this.needs);
    return isOwn ? this.selfPolicy : grantee;
  }
}

/** Attaches nothing to the role, and warns of what is missing then. */
class ImportedRole implements iam.IPrincipal {
  public readonly assumeRoleAction = 'sts:AssumeRole';
  /** As with jobs: the key of the volume must not allow the role anything either. */
  public readonly principalAccount: string;
  private readonly actions = new Set<string>();

  constructor(scope: Construct, private readonly role: iam.IRole) {
    this.principalAccount = role.stack.account;
    // Scripts may be added until the app is synthesized.
    Aspects.of(scope).add({ visit: (node) => { if (node === scope) this.warn(scope); } });
  }

  public get grantPrincipal(): iam.IPrincipal {
    return this;
  }

  public get policyFragment(): iam.PrincipalPolicyFragment {
    return this.role.policyFragment;
  }

  public addToPrincipalPolicy({ actions }: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    actions.forEach((action) => this.actions.add(action));
    return { statementAdded: true, policyDependable: new DependencyGroup() };
  }

  private warn(scope: Construct): void {
    if (this.actions.size === 0) return;
    Annotations.of(scope).addWarningV2('cdk-sagemaker-jobs:imported-notebook-role',
      `role: nothing is attached to an imported role; see that it allows what the instance needs: ${[...this.actions].sort().join(', ')}`);
  }
}
