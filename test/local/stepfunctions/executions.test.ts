import {
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidArn,
  InvalidExecutionInput,
  InvalidName,
  ListExecutionsCommand,
  type ListExecutionsCommandInput,
  StartExecutionCommand,
  StateMachineDoesNotExist,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { executionArn, invoke, machineArn, StateMachinesFixture } from './setup';

let cloud: StateMachinesFixture;
afterEach(async () => cloud.stop());
beforeEach(async () => {
  cloud = await StateMachinesFixture.start();
  cloud.put({ StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 60, Next: 'Work' }, Work: invoke({ End: true }) } });
});

const stop = async (name: string) => cloud.client.send(new StopExecutionCommand({ executionArn: executionArn(name), error: 'Mine', cause: 'why' }));
const list = async (input: Partial<ListExecutionsCommandInput> = {}) => {
  const { executions, nextToken } = await cloud.client.send(new ListExecutionsCommand({ stateMachineArn: machineArn(), ...input }));
  return { names: executions!.map(({ name }) => name), nextToken };
};

describe('starting', () => {
  test('gives the ARN and the time', async () => {
    expect(await cloud.startExecution('name')).toMatchObject({ executionArn: executionArn('name'), startDate: new Date('2026-01-01T00:00:00Z') });
    expect(await cloud.describe('name')).toMatchObject({ status: 'RUNNING', input: '{}', stateMachineArn: machineArn(), name: 'name' });
  });

  test('again with the same name and input gives the execution that runs', async () => {
    const { startDate } = await cloud.startExecution('name', { a: 1 });
    await cloud.clock.advance(10_000);
    expect(await cloud.startExecution('name', { a: 1 })).toMatchObject({ executionArn: executionArn('name'), startDate });
    await cloud.clock.advance(60_000);
    expect(cloud.payloads).toEqual([{ a: 1 }]);
  });

  test('again with another input is refused', async () => {
    await cloud.startExecution('name', { a: 1 });
    await expect(cloud.startExecution('name', { a: 2 })).rejects.toBeInstanceOf(ExecutionAlreadyExists);
  });

  test('again after the end is refused for 90 days', async () => {
    await cloud.startExecution('name');
    await cloud.clock.advance(61_000);
    await expect(cloud.startExecution('name')).rejects.toBeInstanceOf(ExecutionAlreadyExists);
    for (let month = 0; month < 6; month++) await cloud.clock.advance(15 * 24 * 60 * 60 * 1000);
    await expect(cloud.describe('name')).rejects.toBeInstanceOf(ExecutionDoesNotExist);
    await expect(cloud.startExecution('name')).resolves.toBeDefined();
  });

  test.each(['', 'x'.repeat(81), 'a b', 'a/b', 'a:b', 'a*', '{a}'])('%p is no name', async (name) => {
    await expect(cloud.startExecution(name)).rejects.toBeInstanceOf(InvalidName);
  });

  test('an execution without a name gets one', async () => {
    const { executionArn: arn } = await cloud.client.send(new StartExecutionCommand({ stateMachineArn: machineArn() }));
    expect(arn).toMatch(/:execution:machine:[0-9a-f-]{36}$/);
  });

  test.each([
    ['no JSON', '{'],
    ['more than 256 KiB', JSON.stringify('x'.repeat(256 * 1024))],
  ])('%s is no input', async (_, input) => {
    const command = new StartExecutionCommand({ stateMachineArn: machineArn(), input });
    await expect(cloud.client.send(command)).rejects.toBeInstanceOf(InvalidExecutionInput);
  });

  test('needs a state machine', async () => {
    const start = async (stateMachineArn?: string) => cloud.client.send(new StartExecutionCommand({ stateMachineArn }));
    await expect(start(machineArn('other'))).rejects.toBeInstanceOf(StateMachineDoesNotExist);
    await expect(start('machine')).rejects.toBeInstanceOf(InvalidArn);
    await expect(start()).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining("'stateMachineArn'") });
  });
});

describe('stopping', () => {
  test('ends the execution with a reason, and it does no further work', async () => {
    await cloud.startExecution('name');
    await cloud.clock.advance(10_000);
    const { stopDate } = await stop('name');
    await cloud.clock.advance(120_000);
    expect(stopDate).toEqual(new Date('2026-01-01T00:00:10Z'));
    expect(await cloud.describe('name')).toMatchObject({ status: 'ABORTED', error: 'Mine', cause: 'why', stopDate });
    expect(cloud.payloads).toEqual([]);
  });

  test('between two attempts keeps the second one from being made', async () => {
    cloud.work = async () => { throw new Error('x'); };
    cloud.put({ StartAt: 'Work', States: { Work: invoke({ End: true, Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 60 }] }) } });
    await cloud.startExecution('name');
    await cloud.clock.advance(10_000);
    await stop('name');
    await cloud.clock.advance(600_000);
    expect(cloud.payloads).toHaveLength(1);
    expect((await cloud.describe('name')).status).toBe('ABORTED');
  });

  test('changes nothing of an execution that has ended', async () => {
    await cloud.startExecution('name');
    await cloud.clock.advance(61_000);
    await stop('name');
    expect((await cloud.describe('name')).status).toBe('SUCCEEDED');
  });

  test('needs an execution', async () => {
    await expect(stop('nobody')).rejects.toBeInstanceOf(ExecutionDoesNotExist);
    await expect(cloud.client.send(new StopExecutionCommand({ executionArn: machineArn() }))).rejects.toBeInstanceOf(InvalidArn);
  });
});

describe('listing', () => {
  beforeEach(async () => {
    for (const name of ['a', 'b', 'c']) {
      await cloud.startExecution(name);
      await cloud.clock.advance(40_000);
    }
  });

  test('gives the newest first, page by page', async () => {
    const { names, nextToken } = await list({ maxResults: 2 });
    expect(names).toEqual(['c', 'b']);
    expect(await list({ maxResults: 2, nextToken })).toEqual({ names: ['a'] });
  });

  test('finds executions by status', async () => {
    expect((await list({ statusFilter: 'RUNNING' })).names).toEqual(['c']);
    expect((await list({ statusFilter: 'SUCCEEDED' })).names).toEqual(['b', 'a']);
  });

  test.each([
    ['more than 1000 results', { maxResults: 1001 }, 'ValidationException'],
    ['an unknown status', { statusFilter: 'DONE' as never }, 'ValidationException'],
    ['a forged token', { nextToken: 'x' }, 'InvalidToken'],
    ['an unknown state machine', { stateMachineArn: machineArn('other') }, 'StateMachineDoesNotExist'],
  ])('%s is refused', async (_, input, name) => {
    await expect(list(input)).rejects.toMatchObject({ name });
  });
});

test('a state machine that is removed ends its executions', async () => {
  await cloud.startExecution('name');
  const [execution] = cloud.stateMachines.executions();
  cloud.stateMachines.remove(machineArn());
  await cloud.clock.advance(120_000);
  expect(execution.status).toBe('ABORTED');
  expect(cloud.payloads).toEqual([]);
});

test('an execution goes on with the definition that it was started with', async () => {
  await cloud.startExecution('name');
  cloud.put({ StartAt: 'Other', States: { Other: { Type: 'Pass', End: true } } });
  await cloud.clock.advance(61_000);
  expect(cloud.payloads).toHaveLength(1);
});
