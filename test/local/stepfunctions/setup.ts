import { DescribeExecutionCommand, type DescribeExecutionCommandInput, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { Clock } from '../../../local/clock';
import { Endpoint } from '../../../local/endpoint';
import type { Functions, Json } from '../../../local/services';
import { LocalStateMachines } from '../../../local/stepfunctions';

export const machineArn = (name = 'machine') => `arn:aws:states:eu-central-1:111122223333:stateMachine:${name}`;
export const executionArn = (name: string, machine = 'machine') => `arn:aws:states:eu-central-1:111122223333:execution:${machine}:${name}`;
export const FUNCTION = 'arn:aws:lambda:eu-central-1:111122223333:function:work';

/** A state that invokes the function in the way of the Step Functions console and the CDK. */
export const invoke = (more: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { 'FunctionName': FUNCTION, 'Payload.$': '$' },
  ResultSelector: { 'result.$': '$.Payload' },
  ...more,
});

/** A local Step Functions with a real client; what the function does is up to the test. */
export class StateMachinesFixture {
  static async start(): Promise<StateMachinesFixture> {
    const fixture = new StateMachinesFixture();
    fixture.endpoint = await Endpoint.start(fixture.clock, [fixture.stateMachines]);
    fixture.client = new SFNClient({
      endpoint: fixture.endpoint.url, region: 'eu-central-1', credentials: { accessKeyId: 'a', secretAccessKey: 's' }, maxAttempts: 1,
    });
    return fixture;
  }

  readonly clock = new Clock({ startAt: new Date('2026-01-01T00:00:00Z') });
  readonly payloads: Json[] = [];
  readonly stateMachines = new LocalStateMachines(this.clock, {
    invoke: async (arn: string, payload: Json) => {
      expect(arn).toBe(FUNCTION);
      this.payloads.push(payload);
      return this.work(payload);
    },
  } as Partial<Functions> as Functions);
  client!: SFNClient;
  private endpoint!: Endpoint;
  work: (payload: Json) => Promise<Json> = async (payload) => payload;

  put(definition: object, name = 'machine'): void {
    this.stateMachines.put({
      name, stateMachineArn: machineArn(name), roleArn: 'arn:aws:iam::111122223333:role/machine', definition: JSON.parse(JSON.stringify(definition)) as Json,
    });
  }

  async startExecution(name: string, input: Json = {}) {
    return this.client.send(new StartExecutionCommand({ stateMachineArn: machineArn(), name, input: JSON.stringify(input) }));
  }

  async describe(name: string, input: Partial<DescribeExecutionCommandInput> = {}) {
    return this.client.send(new DescribeExecutionCommand({ executionArn: executionArn(name), ...input }));
  }

  /** Starts an execution, lets so much time pass and tells what has become of it. */
  async execute(input: Json = {}, seconds = 0) {
    await this.startExecution('execution', input);
    await this.clock.advance(seconds * 1000 + 1);
    return this.describe('execution');
  }

  async stop(): Promise<void> {
    this.stateMachines.stop();
    this.client.destroy();
    await this.endpoint.stop();
  }
}
