import { skipPauses } from './pauses';
import type { JsonService } from '../../lambda/json-service';
import { bindExecutions } from '../../lambda/state-machine-executions';

const ARN = 'arn:aws:states:eu-west-1:111122223333:stateMachine:m';

/** Step Functions with executions, newest first, two in a page. */
function stepFunctions(executions: { name: string; startDate: number; status?: string }[], calls: object[] = []): JsonService {
  return {
    call: async (operation: string, input: { statusFilter?: string; nextToken?: string }) => {
      calls.push({ operation, ...input });
      const matching = executions.filter(({ status }) => input.statusFilter === undefined || status === input.statusFilter);
      const from = Number(input.nextToken ?? 0);
      return { executions: matching.slice(from, from + 2), ...from + 2 < matching.length ? { nextToken: String(from + 2) } : {} };
    },
  } as unknown as JsonService;
}

const RECORD = [5, 4, 3, 2, 1].map((startDate) => ({ name: `e${startDate}`, startDate, status: startDate % 2 === 0 ? 'SUCCEEDED' : 'RUNNING' }));

test('the executions that run are listed from all pages', async () => {
  expect(await bindExecutions(stepFunctions(RECORD), ARN).running()).toEqual(['e5', 'e3', 'e1']);
});

test('the executions since a time are listed whether they run or not, and no page is read that holds none of them', async () => {
  const calls: object[] = [];
  expect(await bindExecutions(stepFunctions(RECORD, calls), ARN).since(3000)).toEqual(['e5', 'e4', 'e3']);
  expect(calls).toMatchObject([
    { operation: 'ListExecutions', stateMachineArn: ARN, maxResults: 1000 },
    { operation: 'ListExecutions', stateMachineArn: ARN, maxResults: 1000, nextToken: '2' },
  ]);
});

test('an execution is stopped by its name, and people can read why', async () => {
  const calls: object[] = [];
  await bindExecutions(stepFunctions([], calls), ARN).stop('e1');
  expect(calls).toMatchObject([{ operation: 'StopExecution', executionArn: 'arn:aws:states:eu-west-1:111122223333:execution:m:e1', cause: 'CloudFormation no longer waits for it' }]);
});

describe('an execution', () => {
  const denied = Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
  let pauses: number[];

  /** Starts an execution where the first calls meet errors. */
  async function start(...errors: Error[]) {
    const calls: object[] = [];
    const call = async (operation: string, input: object) => {
      calls.push({ operation, ...input });
      if (errors.length > 0) throw errors.shift()!;
      return {};
    };
    const error: unknown = await bindExecutions({ call } as unknown as JsonService, ARN).start('e1', { memo: {} }).catch((thrown: unknown) => thrown);
    return { calls, error };
  }

  beforeEach(() => {
    pauses = skipPauses();
  });
  afterEach(() => jest.restoreAllMocks());

  test('is started with its input as JSON', async () => {
    const { calls, error } = await start();
    expect(calls).toEqual([{ operation: 'StartExecution', stateMachineArn: ARN, name: 'e1', input: '{"memo":{}}' }]);
    expect(error).toBeUndefined();
  });

  test('that was started before is started no second time, and that is no error', async () => {
    const { calls, error } = await start(Object.assign(new Error('taken'), { name: 'ExecutionAlreadyExists' }));
    expect([calls.length, error]).toEqual([1, undefined]);
  });

  test('that may not be started yet, because the policy is new, is started some seconds later', async () => {
    const { calls, error } = await start(denied, denied);
    expect([calls.length, error, pauses]).toEqual([3, undefined, [4000, 4000]]);
  });

  test('that may not be started for long is an error before the function times out', async () => {
    const { calls, error } = await start(...Array.from({ length: 10 }, () => denied));
    expect([calls.length, error, pauses]).toEqual([5, denied, [4000, 4000, 4000, 4000]]);
  });

  test('that is refused for another reason is an error at once', async () => {
    const refused = Object.assign(new Error('no such state machine'), { name: 'StateMachineDoesNotExist' });
    const { calls, error } = await start(refused);
    expect([calls.length, error, pauses]).toEqual([1, refused, []]);
  });
});
