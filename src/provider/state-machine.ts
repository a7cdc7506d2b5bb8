import { Aws } from 'aws-cdk-lib';

/** What Lambda answers when it does not run the function, or cannot tell what became of it. */
const LAMBDA_ERRORS = ['TooManyRequests', 'Service', 'AWSLambda', 'SdkClient', 'ClientExecutionTimeout'].map((name) => `Lambda.${name}Exception`);

/**
 * The state machine that works on one event of CloudFormation: it runs the function, waits as long as the function says,
 * and runs it again, until the function has answered CloudFormation.
 */
export function stateMachineDefinition(functionArn: string): object {
  // A redriven execution must start no job: the function is told.
  const payload = { 'event.$': '$.event', 'memo.$': '$.memo', 'redriven.$': '$$.Execution.RedriveCount' };
  const step = {
    Type: 'Task',
    Resource: `arn:${Aws.PARTITION}:states:::lambda:invoke`,
    OutputPath: '$.Payload',
    // An invocation can be repeated at any point: every step looks at what is there first.
    Retry: [
      // Without Lambda nobody can answer CloudFormation: it is asked for as long as the hour lasts.
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
      // The function is told that it failed, so that it stops the job and tells CloudFormation.
      'GiveUp': { ...step, Parameters: { FunctionName: functionArn, Payload: { ...payload, 'error.$': '$.error' } } },
      'Done': { Type: 'Succeed' },
    },
  };
}
