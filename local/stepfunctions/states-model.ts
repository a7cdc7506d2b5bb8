import { type Model, structure } from '../api/api-model';

/**
 * The operations on executions and state machines. The service responds to invalid names, ARNs and inputs with specific errors,
 * so their limits are not here.
 */
export const STEP_FUNCTIONS_MODEL: Model = {
  operations: {
    StartExecution: { input: 'StartExecutionInput' },
    StopExecution: { input: 'StopExecutionInput' },
    DescribeExecution: { input: 'DescribeExecutionInput' },
    ListExecutions: { input: 'ListExecutionsInput' },
    GetExecutionHistory: { input: 'GetExecutionHistoryInput' },
    RedriveExecution: { input: 'RedriveExecutionInput' },
    DescribeStateMachine: { input: 'DescribeStateMachineInput' },
    DescribeStateMachineForExecution: { input: 'DescribeExecutionInput' },
    ListStateMachines: { input: 'ListStateMachinesInput' },
  },
  shapes: {
    String: { type: 'string' },
    Error: { type: 'string', min: 0, max: 256 },
    Cause: { type: 'string', min: 0, max: 32768 },
    Status: { type: 'string', enum: ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'] },
    PageSize: { type: 'integer', min: 0, max: 1000 },
    PageToken: { type: 'string', min: 1, max: 1024 },
    ExecutionsPageToken: { type: 'string', min: 1, max: 3096 },
    MapRunArn: { type: 'string', min: 1, max: 2000 },
    StartExecutionInput: structure(['stateMachineArn'], { stateMachineArn: 'String', name: 'String', input: 'String' }),
    StopExecutionInput: structure(['executionArn'], { executionArn: 'String', error: 'Error', cause: 'Cause' }),
    Boolean: { type: 'boolean' },
    IncludedData: { type: 'string', enum: ['ALL_DATA', 'METADATA_ONLY'] },
    RedriveFilter: { type: 'string', enum: ['REDRIVEN', 'NOT_REDRIVEN'] },
    ClientToken: { type: 'string', min: 1, max: 64, pattern: '[!-~]+' },
    DescribeExecutionInput: structure(['executionArn'], { executionArn: 'String', includedData: 'IncludedData' }),
    GetExecutionHistoryInput: structure(['executionArn'], {
      executionArn: 'String', maxResults: 'PageSize', reverseOrder: 'Boolean', nextToken: 'PageToken', includeExecutionData: 'Boolean',
    }),
    RedriveExecutionInput: structure(['executionArn'], { executionArn: 'String', clientToken: 'ClientToken' }),
    DescribeStateMachineInput: structure(['stateMachineArn'], { stateMachineArn: 'String', includedData: 'IncludedData' }),
    ListStateMachinesInput: structure([], { maxResults: 'PageSize', nextToken: 'PageToken' }),
    ListExecutionsInput: structure([], {
      stateMachineArn: 'String',
      mapRunArn: 'MapRunArn',
      statusFilter: 'Status',
      redriveFilter: 'RedriveFilter',
      maxResults: 'PageSize',
      nextToken: 'ExecutionsPageToken',
    }),
  },
};
