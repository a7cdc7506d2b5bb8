import type { Permissions } from './permissions';

/** The member that contains the resource, by operation of Step Functions. */
const RESOURCES: { readonly [operation: string]: string } = {
  StartExecution: 'stateMachineArn',
  ListExecutions: 'stateMachineArn',
  DescribeExecution: 'executionArn',
  StopExecution: 'executionArn',
  GetExecutionHistory: 'executionArn',
  RedriveExecution: 'executionArn',
  DescribeStateMachineForExecution: 'executionArn',
  DescribeStateMachine: 'stateMachineArn',
};

export const permissionsOfStates: Permissions = (operation, input) => {
  const member = RESOURCES[operation];
  return member === undefined ? undefined : [{ action: `states:${operation}`, resource: String(input[member]), context: {} }];
};
