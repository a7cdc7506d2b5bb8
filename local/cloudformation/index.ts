export { CloudFormation, type CloudFormationOptions, type StackInput, type StackResult } from './cloudformation';
export type { CustomResourceEvent, Deliver } from './custom-resource';
export { CloudFormationError } from './errors';
export type { Identities, Identity } from './identity';
export type { NativeContext, NativeType, NativeTypes, PhysicalContext } from './resource-types';
export type { Output, ResourceState, StackEvent, StackState, StackStatus } from './state';
