import { ServiceError } from '../api/service-error';
import { type Identities, type Identity, ownPolicies } from '../cloudformation/stack-roles';
import type { Json } from '../services';

// IAM User Guide, IAM and AWS STS quotas. Sizes are in characters without white space.
const SIZE_OF_INLINE_POLICIES = 10_240;
const SIZE_OF_MANAGED_POLICY = 6144;
/** The default quota. */
const MANAGED_POLICIES_OF_ROLE = 10;

type Properties = { readonly [property: string]: Json };
type Policies = Pick<Identity, 'inlinePolicies' | 'managedPolicies' | 'foreignPolicies'>;

/**
 * Rejects a role or a policy that exceeds a quota.
 *
 * @param roles The existing roles, including the policy
 */
export function checkQuotas(type: string, physicalId: string, properties: Properties, roles: Identities): void {
  if (type === 'AWS::IAM::ManagedPolicy' && sizeOf(properties.PolicyDocument) > SIZE_OF_MANAGED_POLICY) {
    throw limitExceeded(`Cannot exceed quota for PolicySize: ${SIZE_OF_MANAGED_POLICY}`);
  }
  const find = (roleName: string) => Object.values(roles).find((role) => role.roleName === roleName);
  if (type === 'AWS::IAM::Role') checkRole(physicalId, find(physicalId) ?? policiesOfNew(properties));
  for (const roleName of (properties.Roles ?? []) as string[]) {
    const role = find(roleName);
    if (role) checkRole(roleName, role);
  }
}

function checkRole(roleName: string, { inlinePolicies, managedPolicies, foreignPolicies }: Policies): void {
  const size = Object.values(inlinePolicies).reduce<number>((sum, document) => sum + sizeOf(document), 0);
  if (size > SIZE_OF_INLINE_POLICIES) throw limitExceeded(`Maximum policy size of ${SIZE_OF_INLINE_POLICIES} bytes exceeded for role ${roleName}`);
  if (Object.keys(managedPolicies).length + foreignPolicies.length > MANAGED_POLICIES_OF_ROLE) {
    throw limitExceeded(`Cannot exceed quota for PoliciesPerRole: ${MANAGED_POLICIES_OF_ROLE}`);
  }
}

/** The policies of a new role. No other resource can have attached one yet. */
function policiesOfNew(properties: Properties): Policies {
  return { inlinePolicies: ownPolicies(properties), managedPolicies: {}, foreignPolicies: (properties.ManagedPolicyArns ?? []) as string[] };
}

function sizeOf(document: Json): number {
  return JSON.stringify(document).replace(/\s/g, '').length;
}

function limitExceeded(message: string): ServiceError {
  return new ServiceError('LimitExceeded', message, 409);
}
