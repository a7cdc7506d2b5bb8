import type { StackSource } from './stack-source';

export type ChangeSetType = 'CREATE' | 'UPDATE' | 'IMPORT';

/** The attribute that changes, as in DescribeChangeSet. */
export type ChangeScope = 'Properties' | 'Metadata' | 'Tags' | 'DeletionPolicy' | 'UpdateReplacePolicy';

/** The reason why a property, or another attribute, changes. */
export interface ChangeDetail {
  readonly target: {
    readonly attribute: ChangeScope;
    /** The name of the property. */
    readonly name?: string;
    readonly requiresRecreation: 'Never' | 'Conditionally' | 'Always';
    /** Like the following members, included only with property values. */
    readonly path?: string;
    readonly beforeValue?: string;
    readonly afterValue?: string;
    readonly attributeChangeType?: 'Add' | 'Remove' | 'Modify';
  };
  /** Whether the new value is known before the change set is executed. */
  readonly evaluation: 'Static' | 'Dynamic';
  readonly changeSource: 'ResourceReference' | 'ParameterReference' | 'ResourceAttribute' | 'DirectModification' | 'Automatic';
  readonly causingEntity?: string;
}

/** The effect of a change set on a resource. */
export interface ResourceChange {
  readonly action: 'Add' | 'Modify' | 'Remove' | 'Import';
  readonly logicalResourceId: string;
  readonly physicalResourceId?: string;
  readonly resourceType: string;
  readonly policyAction?: 'Delete' | 'Retain' | 'ReplaceAndDelete' | 'ReplaceAndRetain';
  /** Like the following members, only for modifications. */
  readonly replacement?: 'True' | 'False' | 'Conditional';
  readonly scope: ChangeScope[];
  readonly details: ChangeDetail[];
  /** The properties and the metadata as JSON. */
  readonly beforeContext?: string;
  readonly afterContext?: string;
}

/** The output of DescribeChangeSet. */
export interface ChangeSetState extends StackSource {
  readonly changeSetName: string;
  readonly changeSetId: string;
  readonly changeSetType: ChangeSetType;
  readonly stackName: string;
  readonly stackId: string;
  readonly description?: string;
  readonly creationTime: string;
  readonly status: 'CREATE_COMPLETE' | 'FAILED';
  readonly statusReason?: string;
  executionStatus: 'UNAVAILABLE' | 'AVAILABLE' | 'EXECUTE_IN_PROGRESS' | 'EXECUTE_COMPLETE' | 'EXECUTE_FAILED' | 'OBSOLETE';
  /** The token of the request that created the change set. */
  readonly clientToken?: string;
  readonly onStackFailure?: OnStackFailure;
  readonly includeNestedStacks?: boolean;
  readonly capabilities?: string[];
  readonly roleArn?: string;
  readonly notificationArns?: string[];
  readonly changes: ResourceChange[];
}

export type OnStackFailure = 'DO_NOTHING' | 'ROLLBACK' | 'DELETE';
