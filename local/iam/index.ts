export { decideForService } from './evaluate';
export { keyOfBucket } from './bucket-key';
export { authorizeCalls, callContext } from './calls';
export { Iam, type ResourcePolicies } from './iam';
export type { PolicyDocument } from './policy';
export type { Principal } from './principal';
export { ServiceReference } from './reference';
export { type ExistingRole, Roles } from './roles';
export { executionRoles, functionRoles, stackRoles, stateMachineRoles } from './service-roles';
