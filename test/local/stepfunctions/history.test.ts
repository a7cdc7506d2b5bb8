import {
  DescribeStateMachineCommand, DescribeStateMachineForExecutionCommand, ExecutionDoesNotExist, GetExecutionHistoryCommand,
  type GetExecutionHistoryCommandInput, type HistoryEvent, InvalidToken, ListStateMachinesCommand, paginateGetExecutionHistory,
  paginateListExecutions,
  paginateListStateMachines, StateMachineDoesNotExist, StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { executionArn, FUNCTION, invoke, machineArn, StateMachinesFixture } from './setup';
import { FunctionError } from '../../../local/services';

let cloud: StateMachinesFixture;
beforeEach(async () => { cloud = await StateMachinesFixture.start(); });
afterEach(async () => cloud.stop());

async function history(input: Partial<GetExecutionHistoryCommandInput> = {}): Promise<HistoryEvent[]> {
  const { events } = await cloud.client.send(new GetExecutionHistoryCommand({ executionArn: executionArn('execution'), ...input }));
  return events!;
}
const types = async (input: Partial<GetExecutionHistoryCommandInput> = {}) => (await history(input)).map(({ type }) => type);
const TASK = ['TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskSucceeded', 'TaskStateExited'];

describe("an execution's history", () => {
  test('has its states with what they took and gave, and the work of its tasks, in the order of time', async () => {
    cloud.put({ StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 60, Next: 'Work' }, Work: invoke({ End: true }) } });
    await cloud.execute({ a: 1 }, 60);
    const events = await history();
    expect(events.map(({ type }) => type)).toEqual(['ExecutionStarted', 'WaitStateEntered', 'WaitStateExited', ...TASK, 'ExecutionSucceeded']);
    expect(events.map(({ id, previousEventId }) => [id, previousEventId])).toEqual(events.map((_, index) => [index + 1, index]));
    expect(events[0].executionStartedEventDetails).toEqual({
      input: '{"a":1}', inputDetails: { truncated: false }, roleArn: 'arn:aws:iam::111122223333:role/machine',
    });
    expect(events[1]).toMatchObject({ timestamp: new Date('2026-01-01T00:00:00Z'), stateEnteredEventDetails: { name: 'Wait', input: '{"a":1}' } });
    expect(events[2].timestamp).toEqual(new Date('2026-01-01T00:01:00Z'));
    expect(events[4].taskScheduledEventDetails).toMatchObject({
      resourceType: 'lambda', resource: 'invoke', region: 'eu-central-1', parameters: JSON.stringify({ FunctionName: FUNCTION, Payload: { a: 1 } }),
    });
    expect(JSON.parse(events[6].taskSucceededEventDetails!.output!)).toMatchObject({ Payload: { a: 1 }, StatusCode: 200 });
    expect(events[7].stateExitedEventDetails).toMatchObject({ name: 'Work', output: '{"result":{"a":1}}' });
    expect(events[8].executionSucceededEventDetails!.output).toBe('{"result":{"a":1}}');
  });

  test("has each attempt of a task and its error, also of a function's ARN as the resource", async () => {
    let attempt = 0;
    cloud.work = async () => {
      if (++attempt === 1) throw new FunctionError('Mine', 'reason');
      return 'done';
    };
    const Work = { Type: 'Task', Resource: FUNCTION, End: true, Retry: [{ ErrorEquals: ['Mine'], IntervalSeconds: 10 }] };
    cloud.put({ StartAt: 'Work', States: { Work } });
    await cloud.execute('text', 10);
    const events = await history();
    expect(events.map(({ type }) => type)).toEqual([
      'ExecutionStarted', 'TaskStateEntered',
      'LambdaFunctionScheduled', 'LambdaFunctionStarted', 'LambdaFunctionFailed',
      'LambdaFunctionScheduled', 'LambdaFunctionStarted', 'LambdaFunctionSucceeded',
      'TaskStateExited', 'ExecutionSucceeded',
    ]);
    expect(events[2].lambdaFunctionScheduledEventDetails).toMatchObject({ resource: FUNCTION, input: '"text"' });
    expect(events[4].lambdaFunctionFailedEventDetails).toMatchObject({ error: 'Mine', cause: expect.stringContaining('reason') });
    expect(events[7].lambdaFunctionSucceededEventDetails!.output).toBe('"done"');
  });

  test('tells of a failure, a timeout and an abortion, and of the state that was aborted', async () => {
    cloud.work = async () => { throw new FunctionError('Mine', 'reason'); };
    cloud.put({ StartAt: 'Work', States: { Work: invoke({ End: true }) } });
    await cloud.execute();
    expect((await history()).slice(-2)).toMatchObject([
      { type: 'TaskFailed', taskFailedEventDetails: { resourceType: 'lambda', resource: 'invoke', error: 'Mine' } },
      { type: 'ExecutionFailed', executionFailedEventDetails: { error: 'Mine', cause: expect.stringContaining('reason') } },
    ]);

    cloud.put({ TimeoutSeconds: 60, StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 100, End: true } } });
    await cloud.startExecution('late');
    await cloud.startExecution('stopped');
    await cloud.client.send(new StopExecutionCommand({ executionArn: executionArn('stopped'), error: 'Enough', cause: 'why' }));
    await cloud.clock.advance(61_000);
    expect((await types({ executionArn: executionArn('late') })).at(-1)).toBe('ExecutionTimedOut');
    const aborted = await history({ executionArn: executionArn('stopped') });
    expect(aborted.map(({ type }) => type)).toEqual(['ExecutionStarted', 'WaitStateEntered', 'WaitStateAborted', 'ExecutionAborted']);
    expect(aborted.at(-1)!.executionAbortedEventDetails).toEqual({ error: 'Enough', cause: 'why' });
  });

  test('has the branches of a parallel state', async () => {
    const branch = (name: string) => ({ StartAt: name, States: { [name]: { Type: 'Pass', End: true } } });
    cloud.put({ StartAt: 'Both', States: { Both: { Type: 'Parallel', Branches: [branch('A'), branch('B')], End: true } } });
    await cloud.execute();
    const all = await types();
    expect(all.slice(0, 3)).toEqual(['ExecutionStarted', 'ParallelStateEntered', 'ParallelStateStarted']);
    expect(all.slice(-3)).toEqual(['ParallelStateSucceeded', 'ParallelStateExited', 'ExecutionSucceeded']);
    expect(all.filter((type) => type === 'PassStateExited')).toHaveLength(2);
  });

  test("is read in pages by the SDK's paginator, in either order, and without its data", async () => {
    cloud.put({ StartAt: 'Work', States: { Work: invoke({ End: true }) } });
    await cloud.execute();
    const read: (string | undefined)[] = [];
    for await (const { events } of paginateGetExecutionHistory({ client: cloud.client, pageSize: 3 }, { executionArn: executionArn('execution') })) {
      read.push(...events!.map(({ type }) => type));
    }
    expect(read).toEqual(['ExecutionStarted', ...TASK, 'ExecutionSucceeded']);
    expect(await types({ reverseOrder: true, maxResults: 1 })).toEqual(['ExecutionSucceeded']);
    const [started] = await history({ includeExecutionData: false });
    expect(started.executionStartedEventDetails).toEqual({ roleArn: 'arn:aws:iam::111122223333:role/machine' });
    await expect(history({ nextToken: 'x' })).rejects.toBeInstanceOf(InvalidToken);
    await expect(history({ executionArn: executionArn('nobody') })).rejects.toBeInstanceOf(ExecutionDoesNotExist);
  });

  test('has room for 25,000 events, and the execution fails where it needs more', async () => {
    const Again = { Type: 'Choice', Choices: [{ Variable: '$.a', NumericEquals: 2, Next: 'End' }], Default: 'Pass' };
    cloud.put({ StartAt: 'Pass', States: { Pass: { Type: 'Pass', Next: 'Again' }, Again, End: { Type: 'Succeed' } } });
    expect(await cloud.execute({ a: 1 }, 1)).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: 'The execution reached the maximum number of history events (25000).',
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution history event limit exceeded',
    });
    const [last] = await history({ reverseOrder: true });
    expect(last).toMatchObject({ id: 25_000, type: 'ExecutionFailed' });
  });
});

describe('a description', () => {
  const definition = { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 60, End: true } } };
  beforeEach(() => cloud.put(definition));

  test('of a state machine has its definition, unless only metadata are asked for', async () => {
    const describe = async (input: object = {}) => cloud.client.send(new DescribeStateMachineCommand({ stateMachineArn: machineArn(), ...input }));
    const described = await describe();
    expect(described).toMatchObject({
      stateMachineArn: machineArn(),
      name: 'machine',
      status: 'ACTIVE',
      type: 'STANDARD',
      roleArn: 'arn:aws:iam::111122223333:role/machine',
      creationDate: new Date('2026-01-01T00:00:00Z'),
      loggingConfiguration: { level: 'OFF' },
      encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
    });
    expect(JSON.parse(described.definition!)).toEqual(definition);
    expect((await describe({ includedData: 'METADATA_ONLY' })).definition).toBe('{}');
    await expect(describe({ stateMachineArn: machineArn('other') })).rejects.toBeInstanceOf(StateMachineDoesNotExist);
  });

  test('of the state machine of an execution has the definition that it began with', async () => {
    await cloud.startExecution('execution');
    cloud.put({ StartAt: 'Other', States: { Other: { Type: 'Pass', End: true } } });
    const described = await cloud.client.send(new DescribeStateMachineForExecutionCommand({ executionArn: executionArn('execution') }));
    expect(described).toMatchObject({ name: 'machine', stateMachineArn: machineArn(), updateDate: new Date('2026-01-01T00:00:00Z') });
    expect(JSON.parse(described.definition!)).toEqual(definition);
  });

  test('of an execution has its input and output, unless only metadata are asked for', async () => {
    await cloud.execute({ a: 1 }, 60);
    expect(await cloud.describe('execution')).toMatchObject({ input: '{"a":1}', output: '{"a":1}', inputDetails: { included: true }, outputDetails: { included: true } });
    const metadata = await cloud.describe('execution', { includedData: 'METADATA_ONLY' });
    expect(metadata).toMatchObject({ status: 'SUCCEEDED', inputDetails: { included: false }, outputDetails: { included: false } });
    expect(metadata).not.toHaveProperty('input');
    expect(metadata).not.toHaveProperty('output');
  });

  test("of all state machines is listed in pages, as executions are by the SDK's paginator", async () => {
    cloud.put(definition, 'second');
    const machines: (string | undefined)[] = [];
    for await (const { stateMachines } of paginateListStateMachines({ client: cloud.client, pageSize: 1 },
      {})) machines.push(...stateMachines!.map(({ name }) => name));
    expect(machines).toEqual(['machine', 'second']);
    expect((await cloud.client.send(new ListStateMachinesCommand({}))).stateMachines![0]).toMatchObject({ type: 'STANDARD', stateMachineArn: machineArn() });
    for (const name of ['a', 'b', 'c']) await cloud.startExecution(name);
    const found: (string | undefined)[] = [];
    for await (const { executions } of paginateListExecutions({ client: cloud.client, pageSize: 2 }, { stateMachineArn: machineArn() })) {
      found.push(...executions!.map(({ name }) => name));
    }
    expect(found.sort()).toEqual(['a', 'b', 'c']);
  });
});
