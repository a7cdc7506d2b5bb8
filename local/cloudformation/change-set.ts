import type { StackSource } from './stack-source';

export type ChangeSetType = 'CREATE' | 'UPDATE' | 'IMPORT';

/** Where a change is, of DescribeChangeSet. */
export type ChangeScope = 'Properties' | 'Metadata' | 'Tags' | 'DeletionPolicy' | 'UpdateReplacePolicy';

/** Why one property, or another attribute, changes. */
export interface ChangeDetail {
  readonly target: {
    readonly attribute: ChangeScope;
    /** Of a property. */
    readonly name?: string;
    readonly requiresRecreation: 'Never' | 'Conditionally' | 'Always';
    /** Told only with property values, as the following are. */
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

/** What a change set does to a resource. */
export interface ResourceChange {
  readonly action: 'Add' | 'Modify' | 'Remove' | 'Import';
  readonly logicalResourceId: string;
  readonly physicalResourceId?: string;
  readonly resourceType: string;
  readonly policyAction?: 'Delete' | 'Retain' | 'ReplaceAndDelete' | 'ReplaceAndRetain';
  /** Of a modification, like the following. */
  readonly replacement?: 'True' | 'False' | 'Conditional';
  readonly scope: ChangeScope[];
  readonly details: ChangeDetail[];
  /** JSON of the properties and the metadata. */
  readonly beforeContext?: string;
  readonly afterContext?: string;
}

/** What DescribeChangeSet tells. */
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
  /** Of the request that created it. */
  readonly clientToken?: string;
  readonly onStackFailure?: OnStackFailure;
  readonly includeNestedStacks?: boolean;
  readonly capabilities?: string[];
  readonly roleArn?: string;
  readonly notificationArns?: string[];
  readonly changes: ResourceChange[];
}

export type OnStackFailure = 'DO_NOTHING' | 'ROLLBACK' | 'DELETE';
