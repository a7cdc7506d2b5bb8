import { skipPauses } from './pauses';
import type { JsonService } from '../../lambda/json-service';
import { bindExecutions } from '../../lambda/state-machine-executions';

const ARN = 'arn:aws:states:eu-west-1:111122223333:stateMachine:m';
const bind = (service: JsonService) => bindExecutions(service, ARN, () => 0);

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
  expect(await bind(stepFunctions(RECORD)).running(0)).toEqual(['e5', 'e3', 'e1']);
});

test('events share a list of executions if it is not older than each of them needs', async () => {
  const calls: object[] = [];
  let time = 1000;
  const executions = bindExecutions(stepFunctions(RECORD.slice(0, 1), calls), ARN, () => time);
  await Promise.all([executions.running(1000), executions.running(900)]);
  time = 2000;
  expect(await executions.running(1000)).toEqual(['e5']);
  expect(calls).toHaveLength(1);
  await executions.running(1001);
  expect(calls).toHaveLength(2);
});

test('a list that failed is not shared', async () => {
  const answers = [async () => { throw new Error('throttled'); }, async () => ({ executions: [] })];
  const executions = bind({ call: async () => answers.shift()!() } as unknown as JsonService);
  await expect(executions.running(0)).rejects.toThrow('throttled');
  expect(await executions.running(0)).toEqual([]);
});

test('the executions since a time are listed whether they run or not, and no page is read that holds none of them', async () => {
  const calls: object[] = [];
  expect(await bind(stepFunctions(RECORD, calls)).since(3000)).toEqual(['e5', 'e4', 'e3']);
  expect(calls).toMatchObject([
    { operation: 'ListExecutions', stateMachineArn: ARN, maxResults: 1000 },
    { operation: 'ListExecutions', stateMachineArn: ARN, maxResults: 1000, nextToken: '2' },
  ]);
});

test('an execution is stopped by its name, and people can read why', async () => {
  const calls: object[] = [];
  await bind(stepFunctions([], calls)).stop('e1');
  expect(calls).toMatchObject([{ operation: 'StopExecution', executionArn: 'arn:aws:states:eu-west-1:111122223333:execution:m:e1', cause: 'CloudFormation no longer waits for it' }]);
});

test('an execution that does not exist any more needs no stop', async () => {
  const answer = (name: string) => ({ call: async () => { throw Object.assign(new Error(name), { name }); } }) as unknown as JsonService;
  await expect(bind(answer('ExecutionDoesNotExist')).stop('e1')).resolves.toBeUndefined();
  await expect(bind(answer('AccessDeniedException')).stop('e1')).rejects.toThrow('AccessDeniedException');
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
    const error: unknown = await bind({ call } as unknown as JsonService).start('e1', { memo: {} }).catch((thrown: unknown) => thrown);
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
