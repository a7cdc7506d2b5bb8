import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalFunctions } from '../../../local/lambda';
import { CloudState } from '../../../local/persistence/cloud-state';
import { SageMaker } from '../../../local/sagemaker';
import { LocalStateMachines } from '../../../local/stepfunctions';

const ARN = 'arn:aws:lambda:eu-central-1:111122223333:function:function';

const PLACE = { account: '111122223333', region: 'eu-central-1' };

let directory: string;
beforeEach(() => { directory = mkdtempSync(join(tmpdir(), 'events-')); });
afterEach(() => rmSync(directory, { recursive: true }));

/** Lambda, whose state is in a directory, with one function. */
class Process {
  static async start(code: string): Promise<Process> {
    const process = new Process(code);
    const { state, clock, functions } = process;
    const environment = {
      ...PLACE,
      sagemaker: new SageMaker({ clock, ...PLACE }),
      stateMachines: new LocalStateMachines(clock, functions),
      functions,
      cloudFormation: { on: jest.fn(), restore: async () => [], resume: () => [] },
    };
    await state.restore({ endpoint: { port: 1 }, environments: { all: () => [environment] } });
    return process;
  }

  readonly state = new CloudState(join(directory, 'state'), { startAt: new Date('2026-01-01T00:00:00Z') });
  readonly clock = this.state.clock;
  readonly functions: LocalFunctions;

  private constructor(code: string) {
    this.functions = new LocalFunctions({
      clock: this.clock, region: 'eu-central-1', endpointUrl: () => 'http://127.0.0.1:1', events: this.state.environment(PLACE).eventLogs,
    });
    writeFileSync(join(directory, 'index.js'), `exports.handler = async ({ name }) => { console.log(new Date().toISOString().slice(11, 19), name); ${code} };`);
    this.functions.put({
      functionName: 'function',
      functionArn: ARN,
      roleArn: 'arn:aws:iam::111122223333:role/function',
      codeDirectory: directory,
      handler: 'index.handler',
      runtime: 'nodejs22.x',
      timeoutSeconds: 10,
      memoryMb: 128,
      environment: {},
    });
  }

  async end(): Promise<void> {
    this.clock.end();
    this.state.close();
    await this.functions.stop();
  }
}

test('an event whose delivery was cut off is delivered again, and only then forgotten', async () => {
  // given
  const first = await Process.start('await new Promise(() => setTimeout(() => {}, 60_000));');
  first.functions.invokeAsync(ARN, { name: 'event' });
  await first.end();
  // when
  const second = await Process.start('');
  await second.clock.advance(1000);
  const log = second.functions.logs(ARN);
  await second.end();
  // then
  expect(log).toEqual(['00:00:00 event']);
  expect(readdirSync(join(directory, 'state', 'environments', '111122223333_eu-central-1', 'events'))).toEqual([]);
});

test('attempts that have failed count, and the next one comes when it was to come', async () => {
  // given
  const first = await Process.start('throw new Error();');
  first.functions.invokeAsync(ARN, { name: 'event' });
  await first.clock.advance(30_000);
  await first.end();
  // when
  const second = await Process.start('throw new Error();');
  await second.clock.advance(600_000);
  const [log, dropped] = [second.functions.logs(ARN), second.functions.dropped(ARN)];
  await second.end();
  // then
  expect(log).toEqual(['00:01:00 event', '00:03:00 event']);
  expect(dropped).toBe(1);
});
