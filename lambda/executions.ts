import { setTimeout } from 'node:timers/promises';
import type { ListExecutionsOutput } from '@aws-sdk/client-sfn';
import { isAccessDenied } from './errors';
import type { Executions } from './services';
import type { StepFunctions } from './step-functions';

/** How often, and after how many milliseconds, an execution is started that the function may not start yet. */
const START_TRIES = 5;
const START_DELAY = 4000;

/** The executions of a state machine. */
export function bindExecutions(stepFunctions: StepFunctions, stateMachineArn: string): Executions {
  const executionArn = (name: string) => `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  return {
    async start(name, input) {
      for (let tries = 1; ; tries++) {
        try {
          await stepFunctions.call('StartExecution', { stateMachineArn, name, input: JSON.stringify(input) });
          return;
        } catch (error) {
          if (isA('ExecutionAlreadyExists', error)) return;
          // The policy that allows it is seconds old at the first deployment of a stack.
          if (!isAccessDenied(error) || tries === START_TRIES) throw error;
          await setTimeout(START_DELAY);
        }
      }
    },
    async exists(name) {
      try {
        await stepFunctions.call('DescribeExecution', { executionArn: executionArn(name) });
        return true;
      } catch (error) {
        if (isA('ExecutionDoesNotExist', error)) return false;
        throw error;
      }
    },
    async running() {
      const names: string[] = [];
      let page: ListExecutionsOutput | undefined;
      do {
        page = await stepFunctions.call('ListExecutions', {
          stateMachineArn, statusFilter: 'RUNNING', maxResults: 1000, nextToken: page?.nextToken,
        }) as ListExecutionsOutput;
        names.push(...page.executions!.map(({ name }) => name!));
      } while (page.nextToken);
      return names;
    },
    async stop(name) {
      await stepFunctions.call('StopExecution', { executionArn: executionArn(name), cause: 'CloudFormation no longer waits for it' });
    },
  };
}

function isA(name: string, error: unknown): boolean {
  return (error as Error).name === name;
}
