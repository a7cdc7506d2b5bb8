import { Aspects } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';

/**
 * Changes the descriptions of the managed policies that CDK creates for statements beyond the size of a role's own policy. They
 * contain the path of the role in the app. A stack that moves in the app would have other policies, because CloudFormation replaces
 * a policy for its description.
 */
export function omitPathFromOverflowPolicies<T extends iam.Role>(role: T): T {
  Aspects.of(role).add({
    visit: (node) => {
      if (node instanceof iam.CfnManagedPolicy && node.description?.endsWith(role.node.path)) node.description = 'Part of the policies of a role';
    },
  });
  return role;
}
