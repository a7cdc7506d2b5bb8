import type { ChangeSetType, OnStackFailure } from './change-set';
import type { ResourceToImport } from './imports';
import type { StackEvent, StackStatus } from './state';

/** The source of a stack. */
export interface SourceInput {
  /** The body of the template, or its document. Default: the template of the stack. */
  readonly template?: string | object;
  readonly parameters?: { readonly [name: string]: string | PreviousValue };
  /** Default: the tags of the stack. */
  readonly tags?: { readonly [key: string]: string };
  readonly capabilities?: string[];
  readonly roleArn?: string;
  readonly notificationArns?: string[];
}

/** Keeps the previous value of a parameter. */
export interface PreviousValue {
  readonly usePreviousValue: true;
}

/** Members shared by requests that begin an operation. */
export interface OperationInput {
  /** The execution role of the stack, also for later operations. Default: the role of the stack. */
  readonly roleArn?: string;
  /** A repeated request with the same token does not begin another operation. */
  readonly clientRequestToken?: string;
}

export interface StackInput extends SourceInput, OperationInput {
  readonly stackName: string;
  /** Whether to keep all resources when the operation fails. */
  readonly disableRollback?: boolean;
  /** Whether a rollback deletes resources that the operation created although their policy retains them. */
  readonly retainExceptOnCreate?: boolean;
  /** Only for creations. Default: ROLLBACK. */
  readonly onFailure?: OnStackFailure;
  /** Only for creations. */
  readonly enableTerminationProtection?: boolean;
  /** A new stack policy. Default: it is not changed. */
  readonly stackPolicy?: string;
  /** Replaces the stack policy during this update. */
  readonly stackPolicyDuringUpdate?: string;
}

export interface ChangeSetInput extends SourceInput, OperationInput {
  /** The name or ID of the stack. */
  readonly stackName: string;
  readonly changeSetName: string;
  /** Default: UPDATE. */
  readonly changeSetType?: ChangeSetType;
  /** Only for imports. */
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
  /** Logical IDs of resources to retain. Only for a stack whose deletion failed. */
  readonly retainResources?: string[];
  /** Whether to delete the stack although some resources cannot be deleted. Only for a stack whose deletion failed. */
  readonly force?: boolean;
}

export interface RollbackInput extends OperationInput {
  /** Whether to delete created resources although their policy retains them. */
  readonly retainExceptOnCreate?: boolean;
}

export interface ContinuationInput extends OperationInput {
  /** Logical IDs of resources that failed in the rollback and are skipped. */
  readonly resourcesToSkip?: string[];
}

/** An operation in progress. */
export interface Begun {
  readonly stackName: string;
  readonly stackId: string;
  /** Settles when the stack has reached a terminal status, which takes virtual time. */
  readonly done: Promise<StackResult>;
}

/** The result of an operation. */
export interface StackResult {
  readonly stackName: string;
  readonly stackId: string;
  readonly status: StackStatus;
  readonly statusReason?: string;
  /** `false` if the stack needed no updates. */
  readonly changed: boolean;
  readonly outputs: { readonly [key: string]: string };
  readonly events: StackEvent[];
}
