import { setTimeout } from 'node:timers/promises';
import type { StateMachineExecutions } from './handler-services';
import type { JsonService } from './json-service';
import { isA, isAccessDenied } from './service-errors';

/** The number of attempts, and their interval in milliseconds, to start an execution before the permission is propagated. */
const START_TRIES = 5;
const START_DELAY = 4000;

interface ListedExecution {
  readonly name: string;
  /** The start time in seconds since the epoch. */
  readonly startDate: number;
}

/** The executions of a state machine. */
export function bindExecutions(stepFunctions: JsonService, stateMachineArn: string, now: () => number): StateMachineExecutions {
  const executionArn = (name: string) => `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  /** Lists executions, newest first, until the caller returns no name for one. */
  const list = async (nameOf: (execution: ListedExecution) => string | undefined, filter: object = {}): Promise<string[]> => {
    const names: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await stepFunctions.call('ListExecutions', { stateMachineArn, ...filter, maxResults: 1000, nextToken });
      for (const execution of page.executions as ListedExecution[]) {
        const name = nameOf(execution);
        if (name === undefined) return names;
        names.push(name);
      }
      nextToken = page.nextToken;
    } while (nextToken);
    return names;
  };
  /** The last list of running executions. ListExecutions has the lowest rate limit of all calls. */
  let last: { readonly at: number; readonly names: Promise<string[]> } | undefined;
  return {
    async start(name, input) {
      for (let tries = 1; ; tries++) {
        try {
          await stepFunctions.call('StartExecution', { stateMachineArn, name, input: JSON.stringify(input) });
          return;
        } catch (error) {
          if (isA('ExecutionAlreadyExists', error)) return;
          // In the first deployment of a stack, the policy with the permission is only seconds old.
          if (!isAccessDenied(error) || tries === START_TRIES) throw error;
          await setTimeout(START_DELAY);
        }
      }
    },
    async running(notBefore) {
      if (last && last.at >= notBefore) return last.names;
      const current = last = { at: now(), names: list(({ name }) => name, { statusFilter: 'RUNNING' }) };
      try {
        return await current.names;
      } catch (error) {
        if (last === current) last = undefined;
        throw error;
      }
    },
    since: (time) => list(({ name, startDate }) => (startDate * 1000 >= time ? name : undefined)),
    async stop(name) {
      try {
        await stepFunctions.call('StopExecution', { executionArn: executionArn(name), cause: 'CloudFormation no longer waits for it' });
      } catch (error) {
        // Lists may show an execution whose record is gone.
        if (!isA('ExecutionDoesNotExist', error)) throw error;
      }
    },
  };
}
