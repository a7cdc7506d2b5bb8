import { RemovalPolicies, RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * Applies a policy to a construct and everything that was created for it, because a retained job or notebook instance still
 * requires its role and its security group. The rollback of a creation keeps nothing.
 */
export function applyRemovalPolicy(scope: Construct, policy: RemovalPolicy): void {
  RemovalPolicies.of(scope).apply(policy === RemovalPolicy.RETAIN ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : policy);
}
