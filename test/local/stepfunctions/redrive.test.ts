import { ExecutionDoesNotExist, ExecutionNotRedrivable, GetExecutionHistoryCommand, ListExecutionsCommand, RedriveExecutionCommand } from '@aws-sdk/client-sfn';
import { executionArn, FUNCTION, invoke, machineArn, StateMachinesFixture } from './setup';
import { FunctionError, type Json } from '../../../local/services';

const DAY = 24 * 60 * 60 * 1000;

let cloud: StateMachinesFixture;
/** Whether the function fails. */
let broken: boolean;
beforeEach(async () => {
  cloud = await StateMachinesFixture.start();
  broken = true;
  cloud.work = async (payload) => {
    if (broken) throw new FunctionError('Mine', 'reason');
    return payload;
  };
  cloud.put({
    StartAt: 'Prepare',
    States: {
      Prepare: { Type: 'Pass', Result: { prepared: true }, Next: 'Work' },
      Work: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: {
          FunctionName: FUNCTION,
          Payload: { 'data.$': '$', 'input.$': '$$.Execution.Input', 'started.$': '$$.Execution.StartTime', 'name.$': '$$.Execution.Name' },
        },
        ResultSelector: { 'result.$': '$.Payload' },
        Retry: [{ ErrorEquals: ['Mine'], MaxAttempts: 1, IntervalSeconds: 10 }],
        Next: 'Wait',
      },
      Wait: { Type: 'Wait', Seconds: 60, End: true },
    },
  });
});
afterEach(async () => cloud.stop());

const redrive = async (name = 'execution', clientToken?: string) =>
  cloud.client.send(new RedriveExecutionCommand({ executionArn: executionArn(name), clientToken }));
const types = async () => (await cloud.client.send(new GetExecutionHistoryCommand({ executionArn: executionArn('execution') }))).events!.map(({ type }) => type);
const names = async (redriveFilter: 'REDRIVEN' | 'NOT_REDRIVEN') =>
  (await cloud.client.send(new ListExecutionsCommand({ stateMachineArn: machineArn(), redriveFilter }))).executions!.map(({ name }) => name);

describe('a redrive', () => {
  test('goes on from the state that was not successful, with its input, and what was done is not done again', async () => {
    expect(await cloud.execute({ a: 1 }, 10)).toMatchObject({ status: 'FAILED', redriveCount: 0, redriveStatus: 'REDRIVABLE' });
    const failed = (await types()).length;
    await cloud.clock.advance(DAY);
    broken = false;
    const { redriveDate } = await redrive();
    expect(redriveDate!.getTime()).toBe(cloud.clock.now());
    const running = await cloud.describe('execution');
    expect(running).toMatchObject({ status: 'RUNNING', redriveCount: 1, redriveDate, startDate: new Date('2026-01-01T00:00:00Z') });
    for (const member of ['stopDate', 'error', 'cause']) expect(running).not.toHaveProperty(member);
    await cloud.clock.advance(61_000);
    const { status, output } = await cloud.describe('execution');
    expect({ status, output: JSON.parse(output!) }).toEqual({
      status: 'SUCCEEDED',
      output: { result: { data: { prepared: true }, input: { a: 1 }, started: '2026-01-01T00:00:00.000Z', name: 'execution' } },
    });
    expect((await types()).slice(failed)).toEqual([
      'ExecutionRedriven', 'TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskSucceeded', 'TaskStateExited', 'WaitStateEntered', 'WaitStateExited', 'ExecutionSucceeded',
    ]);
  });

  test('has all its attempts again, and is redriven again', async () => {
    await cloud.execute({}, 10);
    expect(cloud.payloads).toHaveLength(2);
    await redrive();
    await cloud.clock.advance(11_000);
    expect(await cloud.describe('execution')).toMatchObject({ status: 'FAILED', redriveCount: 1 });
    expect(cloud.payloads).toHaveLength(4);
    broken = false;
    await redrive();
    await cloud.clock.advance(61_000);
    expect(await cloud.describe('execution')).toMatchObject({ status: 'SUCCEEDED', redriveCount: 2, redriveStatus: 'NOT_REDRIVABLE' });
  });

  test('is told to the execution in its context, which knows of none before', async () => {
    const Parameters = { FunctionName: FUNCTION, Payload: { 'count.$': '$$.Execution.RedriveCount', 'time.$': '$$.Execution.RedriveTime' } };
    const isRedriven = { Variable: '$$.Execution.RedriveCount', NumericGreaterThan: 0, Next: 'Tell' };
    cloud.put({
      StartAt: 'Fails',
      States: {
        'Fails': invoke({ Next: 'Redriven?' }),
        'Redriven?': { Type: 'Choice', Choices: [isRedriven], Default: 'No' },
        'No': { Type: 'Pass', Result: 'no', End: true },
        'Tell': { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters, OutputPath: '$.Payload', End: true },
      },
    });
    await cloud.execute();
    broken = false;
    const { redriveDate } = await redrive();
    await cloud.clock.advance(1000);
    expect(JSON.parse((await cloud.describe('execution')).output!)).toEqual({ count: 1, time: redriveDate!.toISOString() });
    await cloud.startExecution('other');
    await cloud.clock.advance(1000);
    expect((await cloud.describe('other')).output).toBe('"no"');
  });

  test('keeps the definition that the execution began with, and has a time limit of its own', async () => {
    cloud.put({ TimeoutSeconds: 60, StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 50, Next: 'Work' }, Work: invoke({ End: true }) } });
    await cloud.execute({}, 50);
    cloud.put({ StartAt: 'Other', States: { Other: { Type: 'Fail' } } });
    broken = false;
    await cloud.clock.advance(DAY);
    await redrive();
    await cloud.clock.advance(1000);
    expect(await cloud.describe('execution')).toMatchObject({ status: 'SUCCEEDED' });
  });

  test('is refused for one that runs or has succeeded, and after fourteen days', async () => {
    await cloud.startExecution('execution');
    await expect(redrive()).rejects.toMatchObject({ name: 'ExecutionNotRedrivable', message: expect.stringContaining('Execution is RUNNING and cannot be redriven') });
    await cloud.clock.advance(11_000);
    await cloud.clock.advance(14 * DAY);
    expect(await cloud.describe('execution')).toMatchObject({ redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: 'Execution redrivable period exceeded' });
    await expect(redrive()).rejects.toBeInstanceOf(ExecutionNotRedrivable);
    broken = false;
    await cloud.startExecution('good');
    await cloud.clock.advance(61_000);
    await expect(redrive('good')).rejects.toThrow('Execution is SUCCEEDED and cannot be redriven');
    await expect(redrive('nobody')).rejects.toBeInstanceOf(ExecutionDoesNotExist);
  });

  test('of the same client token is one redrive for fifteen minutes', async () => {
    await cloud.execute({}, 10);
    const first = await redrive('execution', 'token');
    await cloud.clock.advance(11_000);
    expect(await redrive('execution', 'token')).toMatchObject({ redriveDate: first.redriveDate });
    expect((await cloud.describe('execution')).redriveCount).toBe(1);
    await cloud.clock.advance(15 * 60_000);
    await redrive('execution', 'token');
    expect((await cloud.describe('execution')).redriveCount).toBe(2);
  });

  test('is what lists are filtered by', async () => {
    await cloud.execute({}, 10);
    await cloud.startExecution('other');
    await cloud.clock.advance(11_000);
    await redrive();
    expect(await names('REDRIVEN')).toEqual(['execution']);
    expect(await names('NOT_REDRIVEN')).toEqual(['other']);
    for (const input of [{ statusFilter: 'PENDING_REDRIVE' as const }, { mapRunArn: 'arn:aws:states:eu-central-1:111122223333:mapRun:machine/a:b' }]) {
      await expect(cloud.client.send(new ListExecutionsCommand({ stateMachineArn: machineArn(), ...input }))).rejects.toMatchObject({ name: 'ValidationException' });
    }
  });
});

test('an execution that was stopped while it waited is redriven from its wait', async () => {
  broken = false;
  await cloud.startExecution('execution', {} as Json);
  await cloud.clock.advance(30_000);
  cloud.stateMachines.executions()[0].stop();
  await redrive();
  await cloud.clock.advance(59_000);
  expect((await cloud.describe('execution')).status).toBe('RUNNING');
  await cloud.clock.advance(2000);
  expect((await cloud.describe('execution')).status).toBe('SUCCEEDED');
  expect(cloud.payloads).toHaveLength(1);
});
