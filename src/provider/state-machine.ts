import { Aws } from 'aws-cdk-lib';

/** The errors of Lambda if the function did not run, or if its result is unknown. */
const LAMBDA_ERRORS = ['TooManyRequests', 'Service', 'AWSLambda', 'SdkClient', 'ClientExecutionTimeout'].map((name) => `Lambda.${name}Exception`);

/** A wait of at least this number of seconds begins a round of steps without a choice. */
const LONG_WAIT_SECONDS = 6;
/** The number of steps in a round. Each takes two transitions, and the round takes one more. */
const STEPS_IN_ROUND = 6;

/**
 * The state machine that handles one event of CloudFormation. It invokes the function, waits for the number of seconds that the
 * function returns, and invokes it again until the function has responded to CloudFormation.
 *
 * State transitions are nearly the whole cost of waiting for a job. During long waits, the state machine therefore checks only
 * after several steps whether the event is done. The remaining steps of a round then have nothing to do, and their waits take no
 * time.
 */
export function stateMachineDefinition(functionArn: string): object {
  // A redriven execution must not start a job, so the function receives the number of redrives.
  const payload = { 'event.$': '$.event', 'memo.$': '$.memo', 'redriven.$': '$$.Execution.RedriveCount' };
  const invoke = { Type: 'Task', Resource: `arn:${Aws.PARTITION}:states:::lambda:invoke`, OutputPath: '$.Payload' };
  const step = {
    ...invoke,
    // An invocation can be repeated at any point, because every step reads the current state first.
    Retry: [
      // Without Lambda, nothing can respond to CloudFormation, so the retries continue for the whole hour.
      { ErrorEquals: LAMBDA_ERRORS, IntervalSeconds: 2, BackoffRate: 2, MaxAttempts: 200, MaxDelaySeconds: 30, JitterStrategy: 'FULL' },
      { ErrorEquals: ['States.ALL'], IntervalSeconds: 2, BackoffRate: 2, MaxAttempts: 5, MaxDelaySeconds: 30 },
    ],
    Next: 'Done?',
  };
  const Parameters = { FunctionName: functionArn, Payload: payload };
  const failure = { ErrorEquals: ['States.ALL'] };
  // A step of a round leaves its retries to the step that begins rounds.
  const inner = { ...invoke, Parameters, Catch: [{ ...failure, ResultPath: null, Next: 'Advance' }] };
  const wait = { Type: 'Wait', SecondsPath: '$.wait' };
  const inRound = Array.from({ length: STEPS_IN_ROUND - 1 }, (_, index) => index + 1);
  return {
    StartAt: 'Advance',
    TimeoutSeconds: 2 * 3600,
    States: {
      'Advance': { ...step, Parameters, Catch: [{ ...failure, ResultPath: '$.error', Next: 'GiveUp' }] },
      'Done?': {
        Type: 'Choice',
        Choices: [
          { Variable: '$.done', IsPresent: true, Next: 'Done' },
          { Variable: '$.wait', NumericGreaterThanEquals: LONG_WAIT_SECONDS, Next: 'Wait1' },
        ],
        Default: 'Wait',
      },
      'Wait': { ...wait, Next: 'Advance' },
      ...Object.fromEntries(inRound.flatMap((number) => [
        [`Wait${number}`, { ...wait, Next: `Advance${number}` }],
        [`Advance${number}`, { ...inner, Next: number === inRound.length ? 'Wait' : `Wait${number + 1}` }],
      ])),
      // The function receives its own failure, so that it stops the job and responds to CloudFormation.
      'GiveUp': { ...step, Parameters: { FunctionName: functionArn, Payload: { ...payload, 'error.$': '$.error' } } },
      // Events on the account's event bus contain the output of an execution, so it has neither the request nor the response URL.
      'Done': { Type: 'Succeed', OutputPath: '$.done' },
    },
  };
}
