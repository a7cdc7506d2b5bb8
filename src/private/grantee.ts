import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** Who gets what is needed: the role, or nobody where the role is not for this app to change. */
export function granteeOf(scope: Construct, role: iam.IRole): iam.IGrantable {
  if (iam.Role.isRole(role) || role instanceof iam.LazyRole) return role;
  return iam.Role.fromRoleArn(scope, 'RoleAsItIs', role.roleArn, { mutable: false });
}
