import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudState } from '../../../local/persistence/cloud-state';
import { SageMaker } from '../../../local/sagemaker';
import { FunctionError, type Functions, type Json } from '../../../local/services';
import { LocalStateMachines } from '../../../local/stepfunctions';
import { executionArn, invoke, machineArn } from '../stepfunctions/setup';

const PLACE = { account: '111122223333', region: 'eu-central-1' };
const START = Date.parse('2026-01-01T00:00:00Z');

/** Step Functions whose state is in a directory; what the function does is up to the test. */
class Process {
  static async start(work: (payload: Json) => Promise<Json> = async (payload) => payload): Promise<Process> {
    const process = new Process(work);
    const environment = {
      ...PLACE,
      sagemaker: new SageMaker({ clock: process.clock, ...PLACE, record: process.state.environment(PLACE).sageMaker }),
      stateMachines: process.stateMachines,
      functions: {} as never,
      cloudFormation: { on: jest.fn(), restore: async () => [], resume: () => [] },
    };
    await process.state.restore({ endpoint: { port: 1 }, environments: { all: () => [environment] } });
    return process;
  }

  /** What the function was given, and when in seconds from the start of all. */
  readonly invocations: [number, Json][] = [];
  readonly state = new CloudState(directory, { startAt: new Date(START) });
  readonly clock = this.state.clock;
  readonly stateMachines: LocalStateMachines;

  private constructor(work: (payload: Json) => Promise<Json>) {
    this.stateMachines = new LocalStateMachines(this.clock, {
      invoke: async (_: string, payload: Json) => {
        this.invocations.push([this.seconds, payload]);
        return work(payload);
      },
    } as Partial<Functions> as Functions, this.state.environment(PLACE).executionLogs);
  }

  get seconds(): number {
    return (this.clock.now() - START) / 1000;
  }

  put(States: { [state: string]: object }, more: object = {}): void {
    const definition = { StartAt: Object.keys(States)[0], States, ...more } as unknown as Json;
    this.stateMachines.put({ name: 'machine', stateMachineArn: machineArn(), roleArn: 'arn:aws:iam::111122223333:role/machine', definition });
  }

  begin(name = 'execution', input: Json = {}): void {
    this.stateMachines.operations.StartExecution({ stateMachineArn: machineArn(), name, input: JSON.stringify(input) });
  }

  describe(name = 'execution') {
    return this.stateMachines.operations.DescribeExecution({ executionArn: executionArn(name) }) as { [member: string]: Json };
  }

  /** Time passes until so many seconds from the start of all, and a little more: what is due then has happened. */
  async until(seconds: number): Promise<void> {
    await this.clock.advance((seconds - this.seconds) * 1000 + 1);
  }
}

let directory: string;
beforeEach(() => { directory = mkdtempSync(join(tmpdir(), 'executions-')); });
afterEach(() => rmSync(directory, { recursive: true }));

const waiting = {
  First: invoke({ Parameters: { FunctionName: 'f', Payload: 'first' }, Next: 'Wait' }),
  Wait: { Type: 'Wait', Seconds: 3600, Next: 'Last' },
  Last: invoke({ Parameters: { 'FunctionName': 'f', 'Payload.$': '$.result' }, End: true }),
};

test('an execution waits to the end of its time, and what it had done is not done again', async () => {
  // given
  const first = await Process.start(async () => 'done');
  first.put(waiting);
  first.begin();
  await first.until(1800);
  // when
  const second = await Process.start();
  const before = second.describe();
  await second.until(3600);
  // then
  expect(first.invocations).toEqual([[0, 'first']]);
  expect(before).toEqual(first.describe());
  expect(second.invocations).toEqual([[3600, 'done']]);
  expect(second.describe()).toMatchObject({ status: 'SUCCEEDED', output: '{"result":"done"}', startDate: START / 1000, stopDate: START / 1000 + 3600 });
});

test('work that was under way is done again', async () => {
  // given
  const first = await Process.start(() => new Promise(() => undefined));
  first.put({ Only: invoke({ End: true }) });
  first.begin('execution', { a: 1 });
  await new Promise((resolve) => setTimeout(resolve, 10));
  // when
  const second = await Process.start();
  await second.until(0);
  // then
  expect([...first.invocations, ...second.invocations]).toEqual([[0, { a: 1 }], [0, { a: 1 }]]);
  expect(second.describe()).toMatchObject({ status: 'SUCCEEDED' });
});

test('an attempt that has failed is not repeated, and the next one comes when it was to come', async () => {
  // given
  const fails = async () => { throw new FunctionError('Busy', 'later'); };
  const first = await Process.start(fails);
  const retry = { Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 60, MaxAttempts: 1, BackoffRate: 1 }], Catch: [{ ErrorEquals: ['Busy'], Next: 'Caught' }] };
  first.put({ Only: invoke({ ...retry, End: true }), Caught: { Type: 'Pass', End: true } });
  first.begin();
  await first.until(30);
  // when
  const second = await Process.start(fails);
  await second.until(60);
  const third = await Process.start();
  // then
  expect([first, second, third].map(({ invocations }) => invocations.map(([seconds]) => seconds))).toEqual([[0], [60], []]);
  expect(third.describe()).toMatchObject({ status: 'SUCCEEDED', output: expect.stringContaining('Busy') });
});

test('a time limit counts from the beginning', async () => {
  // given
  const first = await Process.start();
  first.put(waiting, { TimeoutSeconds: 3000 });
  first.begin();
  await first.until(1800);
  // when
  const second = await Process.start();
  await second.until(3599);
  // then
  expect(second.describe()).toMatchObject({ status: 'TIMED_OUT', stopDate: START / 1000 + 3000 });
});

test('executions that have ended are as they were, and their names are taken', async () => {
  // given
  const first = await Process.start();
  first.put(waiting);
  first.begin('stopped', { a: 1 });
  first.begin('running');
  first.stateMachines.operations.StopExecution({ executionArn: executionArn('stopped'), error: 'E', cause: 'C' });
  await first.until(1);
  // when
  const second = await Process.start();
  // then
  const list = ({ stateMachines }: Process) => stateMachines.operations.ListExecutions({ stateMachineArn: machineArn() });
  expect(second.describe('stopped')).toEqual(first.describe('stopped'));
  expect(second.describe('stopped')).toMatchObject({ status: 'ABORTED', error: 'E', cause: 'C', input: '{"a":1}' });
  expect(list(second)).toMatchObject({ executions: expect.arrayContaining([{ name: 'running' }, { name: 'stopped' }].map(expect.objectContaining)) });
  expect(() => second.begin('stopped')).toThrow('Execution Already Exists');
});

test('an execution keeps the definition with which it began', async () => {
  // given
  const first = await Process.start(async () => 'done');
  first.put(waiting);
  first.begin();
  await first.until(1800);
  first.put({ Other: { Type: 'Pass', Result: 'other', End: true } });
  // when
  const second = await Process.start();
  second.put({ Other: { Type: 'Pass', Result: 'other', End: true } });
  await second.until(3600);
  // then
  expect(second.describe()).toMatchObject({ status: 'SUCCEEDED', output: '{"result":"done"}' });
});

test('nothing is left of the executions of a state machine that was removed', async () => {
  // given
  const first = await Process.start();
  first.put(waiting);
  first.begin();
  await first.until(1);
  // when
  first.stateMachines.remove(machineArn());
  await first.until(2);
  // then
  expect(readdirSync(join(directory, 'environments', '111122223333_eu-central-1', 'executions'))).toEqual([]);
});

test('the end of a process is not the end of its executions', async () => {
  // given
  const first = await Process.start();
  first.put(waiting);
  first.begin();
  await first.until(1800);
  // when
  first.state.close();
  first.stateMachines.stop();
  const second = await Process.start();
  // then
  expect(second.describe()).toMatchObject({ status: 'RUNNING' });
});
