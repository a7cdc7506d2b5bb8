import { Validations } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';

const RUNTIME = 'The runtime is the one that the function is bundled for and tested on, and it changes with a release of the library';
const NO_TRACING = 'Tracing has a price for each step: JobProviders.of(app).configure({ tracing: true }) turns it on';
const NO_QUEUE = 'An event is of no use later: CloudFormation waits for its answer, and says when there was none';

/** Says why the function is as it is, to the rules of cdk-nag that would have it otherwise. */
export function acknowledgeFunction(handler: lambda.Function, { tracing }: { readonly tracing?: boolean }): void {
  Validations.of(handler).acknowledge(
    { id: 'AwsSolutions::AwsSolutions-L1', reason: RUNTIME },
    { id: 'Serverless::Serverless-LambdaLatestVersion', reason: RUNTIME },
    { id: 'Serverless::Serverless-LambdaDLQ', reason: NO_QUEUE },
    ...tracing ? [] : [{ id: 'Serverless::Serverless-LambdaTracing', reason: NO_TRACING }],
  );
}

/** The same of the state machine. */
export function acknowledgeStateMachine(stateMachine: sfn.StateMachine, { tracing }: { readonly tracing?: boolean }): void {
  if (tracing) return;
  Validations.of(stateMachine).acknowledge(
    { id: 'AwsSolutions::AwsSolutions-SF2', reason: NO_TRACING },
    { id: 'Serverless::Serverless-StepFunctionStateMachineXray', reason: NO_TRACING },
  );
}
