export { decideForService } from './evaluate';
export { keyOfBucket } from './bucket-key';
export { authorizeCalls } from './calls';
export { Iam } from './iam';
export type { PolicyDocument } from './policy';
export { ServiceReference } from './reference';
export type { ExistingRole } from './roles';
export { executionRoles, functionRoles, stateMachineRoles } from './service-roles';
