import { Aws } from 'aws-cdk-lib';

/** The errors of Lambda if the function did not run, or if its result is unknown. */
const LAMBDA_ERRORS = ['TooManyRequests', 'Service', 'AWSLambda', 'SdkClient', 'ClientExecutionTimeout'].map((name) => `Lambda.${name}Exception`);

/**
 * The state machine that handles one event of CloudFormation. It invokes the function, waits for the number of seconds that the
 * function returns, and invokes it again until the function has responded to CloudFormation.
 */
export function stateMachineDefinition(functionArn: string): object {
  // A redriven execution must not start a job, so the function receives the number of redrives.
  const payload = { 'event.$': '$.event', 'memo.$': '$.memo', 'redriven.$': '$$.Execution.RedriveCount' };
  const step = {
    Type: 'Task',
    Resource: `arn:${Aws.PARTITION}:states:::lambda:invoke`,
    OutputPath: '$.Payload',
    // An invocation can be repeated at any point, because every step reads the current state first.
    Retry: [
      // Without Lambda, nothing can respond to CloudFormation, so the retries continue for the whole hour.
      { ErrorEquals: LAMBDA_ERRORS, IntervalSeconds: 2, BackoffRate: 2, MaxAttempts: 200, MaxDelaySeconds: 30, JitterStrategy: 'FULL' },
      { ErrorEquals: ['States.ALL'], IntervalSeconds: 2, BackoffRate: 2, MaxAttempts: 5, MaxDelaySeconds: 30 },
    ],
    Next: 'Done?',
  };
  return {
    StartAt: 'Advance',
    TimeoutSeconds: 2 * 3600,
    States: {
      'Advance': {
        ...step,
        Parameters: { FunctionName: functionArn, Payload: payload },
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'GiveUp' }],
      },
      'Done?': {
        Type: 'Choice',
        Choices: [{ Variable: '$.done', IsPresent: true, Next: 'Done' }],
        Default: 'Wait',
      },
      'Wait': { Type: 'Wait', SecondsPath: '$.wait', Next: 'Advance' },
      // The function receives its own failure, so that it stops the job and responds to CloudFormation.
      'GiveUp': { ...step, Parameters: { FunctionName: functionArn, Payload: { ...payload, 'error.$': '$.error' } } },
      // Events on the account's event bus contain the output of an execution, so it has neither the request nor the response URL.
      'Done': { Type: 'Succeed', OutputPath: '$.done' },
    },
  };
}
