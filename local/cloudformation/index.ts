export type { ChangeDetail, ChangeScope, ChangeSetState, ChangeSetType, OnStackFailure, ResourceChange } from './change-set';
export { CloudFormation, type CloudFormationOptions, type NotRestored } from './cloudformation';
export type { CustomResourceEvent, Deliver } from './custom-resource';
export { CloudFormationError } from './errors';
export type { Identities, Identity, IdentityView } from './identity';
export type {
  Begun, ChangeSetInput, ContinuationInput, DeletionInput, ExecutionInput, PreviousValue, RollbackInput, SourceInput, StackInput, StackResult,
} from './requests';
export { NATIVE_TYPES } from './resource-types';
export type { NativeContext, NativeType, NativeTypes, PhysicalContext } from './resource-types';
export type { Output, ResourceState, StackEvent, StackState, StackStatus } from './state';
