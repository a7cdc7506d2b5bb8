import { Annotations, Aspects } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { type Construct, DependencyGroup, type IDependable } from 'constructs';
import { DedicatedPolicy } from '../execution-role/dedicated-policy';
import { createNotebookRole, passedRoleArn } from '../execution-role/execution-role';
import { grantLogs, grantNetworkInterfaces } from '../execution-role/job-permissions';
import { grantVolumeKey } from '../execution-role/key-access';

export interface NotebookPermissions {
  /** The role that the user specified. */
  readonly role?: iam.IRole;
  /** The subnet of the instance, if it is in a VPC. */
  readonly subnetIds?: readonly string[];
  readonly volumeEncryptionKey?: kms.IKey;
}

/** The execution role of a notebook instance, and the permissions that the instance requires before it is used. */
export class NotebookRole {
  readonly role: iam.IRole;
  /** The grantee of the permissions that the instance requires before it starts. An imported role is not changed. */
  readonly needs: iam.IPrincipal;
  /** The roles that the manager of the instance passes. A created role is not named; its path is. */
  readonly passedRolesArn: string;
  private readonly selfPolicy: DedicatedPolicy;

  constructor(scope: Construct, { role, subnetIds, volumeEncryptionKey }: NotebookPermissions) {
    this.role = role ?? createNotebookRole(scope);
    this.passedRolesArn = role?.roleArn ?? passedRoleArn(this.role);
    this.selfPolicy = new DedicatedPolicy(scope, 'SelfPolicy', this.role);
    const isOfApp = iam.Role.isRole(this.role) || this.role instanceof iam.LazyRole;
    this.needs = isOfApp ? new DedicatedPolicy(scope, 'RolePolicy', this.role) : new ImportedRole(scope, this.role);
    // No warning, because every role for notebooks has permission to write their logs.
    if (isOfApp) grantLogs(scope, this.needs, 'NotebookInstances');
    if (subnetIds) grantNetworkInterfaces(scope, this.needs, subnetIds);
    if (volumeEncryptionKey) grantVolumeKey(volumeEncryptionKey, this.needs);
  }

  /** The dependencies of the instance, whose creation runs scripts and creates the network interface with these permissions. */
  get dependables(): IDependable[] {
    return this.needs instanceof DedicatedPolicy && this.needs.policy ? [this.needs.policy] : [];
  }

  /**
   * Returns the grantee of a permission that names the instance. Such a permission of its own role is attached after the instance
   * is created.
   */
  granteeFor(grantee: iam.IGrantable): iam.IGrantable {
    const { grantPrincipal } = grantee;
    const isOwn = grantPrincipal === this.role.grantPrincipal || (this.needs instanceof DedicatedPolicy && grantPrincipal === this.needs);
    return isOwn ? this.selfPolicy : grantee;
  }
}

/** Leaves the role unchanged, and warns of the missing permissions. */
class ImportedRole implements iam.IPrincipal {
  public readonly assumeRoleAction = 'sts:AssumeRole';
  /** As with jobs, the key of the volume must not grant permissions to the role. */
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
      `role: should allow the actions that the instance requires, because an imported role is not changed: ${[...this.actions].sort().join(', ')}`);
  }
}
