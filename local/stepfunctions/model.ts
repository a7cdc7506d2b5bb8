import { type Model, structure } from '../api/api-model';

/**
 * The operations on executions. The limits of names, ARNs and inputs are not here: the service answers them with errors
 * of their own.
 */
export const STEP_FUNCTIONS_MODEL: Model = {
  operations: {
    StartExecution: { input: 'StartExecutionInput' },
    StopExecution: { input: 'StopExecutionInput' },
    DescribeExecution: { input: 'DescribeExecutionInput' },
    ListExecutions: { input: 'ListExecutionsInput' },
  },
  shapes: {
    String: { type: 'string' },
    Error: { type: 'string', min: 0, max: 256 },
    Cause: { type: 'string', min: 0, max: 32768 },
    Status: { type: 'string', enum: ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'] },
    PageSize: { type: 'integer', min: 0, max: 1000 },
    PageToken: { type: 'string', min: 1, max: 1024 },
    StartExecutionInput: structure(['stateMachineArn'], { stateMachineArn: 'String', name: 'String', input: 'String' }),
    StopExecutionInput: structure(['executionArn'], { executionArn: 'String', error: 'Error', cause: 'Cause' }),
    DescribeExecutionInput: structure(['executionArn'], { executionArn: 'String' }),
    ListExecutionsInput: structure([], { stateMachineArn: 'String', statusFilter: 'Status', maxResults: 'PageSize', nextToken: 'PageToken' }),
  },
};
