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
  /** Lists the executions that have begun since a time. Step Functions lists the newest first. */
  const list = async (since: number, filter: object = {}, token?: string): Promise<string[]> => {
    const { executions, nextToken } = await stepFunctions.call('ListExecutions', { stateMachineArn, ...filter, maxResults: 1000, nextToken: token });
    const found = (executions as ListedExecution[]).filter(({ startDate }) => startDate * 1000 >= since);
    const names = found.map(({ name }) => name);
    return nextToken && found.length === executions.length ? [...names, ...await list(since, filter, nextToken)] : names;
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
          // A starting function seldom needs this module.
          const { setTimeout } = await import('node:timers/promises');
          await setTimeout(START_DELAY);
        }
      }
    },
    async running(notBefore) {
      if (last && last.at >= notBefore) return last.names;
      const current = last = { at: now(), names: list(0, { statusFilter: 'RUNNING' }) };
      try {
        return await current.names;
      } catch (error) {
        if (last === current) last = undefined;
        throw error;
      }
    },
    since: (time) => list(time),
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
