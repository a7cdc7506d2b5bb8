export type { ChangeSetType, ResourceChange } from './change-set';
export { CloudFormation } from './cloudformation';
export type { CustomResourceEvent, Deliver } from './custom-resource';
export type { Identities, Identity, IdentityView } from './identity';
export type { Begun, ChangeSetInput, DeletionInput, StackInput, StackResult } from './requests';
export { NATIVE_TYPES } from './resource-types';
export type { NativeType } from './resource-types';
export type { CloudFormationOptions, NotRestored } from './options';
export type { Output, ResourceState, StackEvent, StackState, StackStatus } from './state';
