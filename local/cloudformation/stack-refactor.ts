/** The location of a resource in a stack refactor. */
export interface ResourceLocation {
  /** The name or ID of the stack. */
  readonly stackName: string;
  readonly logicalResourceId: string;
}

export interface ResourceMapping {
  readonly source: ResourceLocation;
  readonly destination: ResourceLocation;
}

/** The input of CreateStackRefactor. */
export interface StackRefactorInput {
  readonly description?: string;
  readonly enableStackCreation?: boolean;
  readonly resourceMappings?: readonly ResourceMapping[];
  readonly stackDefinitions: ReadonlyArray<{ readonly stackName: string; readonly template: string }>;
}

/** An item of ListStackRefactorActions. */
export interface StackRefactorAction {
  readonly action: 'MOVE' | 'CREATE';
  readonly entity: 'RESOURCE' | 'STACK';
  readonly physicalResourceId?: string;
  readonly description: string;
  readonly detection: 'AUTO' | 'MANUAL';
  readonly resourceMapping?: ResourceMapping;
}

/** The output of DescribeStackRefactor. */
export interface StackRefactorState {
  readonly stackRefactorId: string;
  readonly description?: string;
  stackIds: string[];
  readonly status: 'CREATE_COMPLETE' | 'CREATE_FAILED';
  readonly statusReason?: string;
  executionStatus: 'UNAVAILABLE' | 'AVAILABLE' | 'OBSOLETE' | 'EXECUTE_IN_PROGRESS' | 'EXECUTE_COMPLETE' | 'EXECUTE_FAILED';
  executionStatusReason?: string;
  readonly actions: readonly StackRefactorAction[];
}

/** Types that CloudFormation does not refactor. Custom resources, which have any type, are recognized separately. */
export const NOT_REFACTORED = [
  'AWS::CloudFormation::CustomResource', 'AWS::CloudFormation::Macro', 'AWS::CloudFormation::WaitCondition', 'AWS::CloudFormation::WaitConditionHandle',
  'AWS::DynamoDB::GlobalTable', 'AWS::EC2::EIP', 'AWS::EC2::LaunchTemplate', 'AWS::EC2::NetworkInterfacePermission', 'AWS::EC2::PlacementGroup',
  'AWS::EC2::VPCDHCPOptionsAssociation', 'AWS::EC2::VolumeAttachment', 'AWS::IAM::AccessKey', 'AWS::IAM::UserToGroupAddition',
  'AWS::Lambda::EventInvokeConfig', 'AWS::Route53::RecordSet', 'AWS::Route53::RecordSetGroup', 'AWS::StepFunctions::StateMachineVersion',
];
