import type { ChangeSetType, OnStackFailure } from './change-set';
import type { ResourceToImport } from './imports';
import type { StackEvent, StackStatus } from './state';

/** What a stack is to be made from. */
export interface SourceInput {
  /** The template's text, or the document that it holds. Default: the one that the stack has. */
  readonly template?: string | object;
  readonly parameters?: { readonly [name: string]: string | PreviousValue };
  /** Default: the ones that the stack has. */
  readonly tags?: { readonly [key: string]: string };
  readonly capabilities?: string[];
  readonly roleArn?: string;
  readonly notificationArns?: string[];
}

/** A parameter keeps its value. */
export interface PreviousValue {
  readonly usePreviousValue: true;
}

/** What the requests that begin an operation have in common. */
export interface OperationInput {
  /** A request that is repeated with its token begins nothing again. */
  readonly clientRequestToken?: string;
}

export interface StackInput extends SourceInput, OperationInput {
  readonly stackName: string;
  /** Leaves everything as it is when the operation fails. */
  readonly disableRollback?: boolean;
  /** A rollback deletes what the operation has created, too, where its policy is to retain it. */
  readonly retainExceptOnCreate?: boolean;
  /** Of a creation. Default: ROLLBACK. */
  readonly onFailure?: OnStackFailure;
  /** Of a creation. */
  readonly enableTerminationProtection?: boolean;
}

export interface ChangeSetInput extends SourceInput, OperationInput {
  /** The stack's name or id. */
  readonly stackName: string;
  readonly changeSetName: string;
  /** Default: UPDATE. */
  readonly changeSetType?: ChangeSetType;
  /** Of an import. */
  readonly resourcesToImport?: readonly ResourceToImport[];
  readonly description?: string;
  readonly includeNestedStacks?: boolean;
  readonly onStackFailure?: OnStackFailure;
}

export interface ExecutionInput extends OperationInput {
  readonly disableRollback?: boolean;
  readonly retainExceptOnCreate?: boolean;
}

export interface DeletionInput extends OperationInput {
  /** Logical ids of what stays: only where a deletion has failed before. */
  readonly retainResources?: string[];
  /** What cannot be deleted stays, and the stack goes: only where a deletion has failed before. */
  readonly force?: boolean;
}

export interface RollbackInput extends OperationInput {
  /** Deletes what was created, too, where its policy is to retain it. */
  readonly retainExceptOnCreate?: boolean;
}

export interface ContinuationInput extends OperationInput {
  /** Logical ids of resources that failed in the rollback and are left as they are. */
  readonly resourcesToSkip?: string[];
}

/** An operation that is under way. */
export interface Begun {
  readonly stackName: string;
  readonly stackId: string;
  /** Settled when the stack has reached its last status, which takes the time of the clock. */
  readonly done: Promise<StackResult>;
}

/** How an operation ended. */
export interface StackResult {
  readonly stackName: string;
  readonly stackId: string;
  readonly status: StackStatus;
  readonly statusReason?: string;
  /** `false` when no updates were to be performed. */
  readonly changed: boolean;
  readonly outputs: { readonly [key: string]: string };
  /** The events of this operation. */
  readonly events: StackEvent[];
}
