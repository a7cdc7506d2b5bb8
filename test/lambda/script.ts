import { advance } from '../../lambda/advance';
import type { CloudFormationEvent, Step } from '../../lambda/events';
import type { Services } from '../../lambda/handler-services';

// What the steps log is not for the readers of test results.
beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
});

/** A service of which the test says what it answers, and which remembers what it was asked. */
export class Script implements Services {
  readonly calls: [string, any][] = [];
  readonly responses: any[] = [];
  readonly ended: string[] = [];
  readonly steps: Step[] = [];
  readonly region = 'eu-west-1';
  readonly functionTimeout = 60;
  executing: string[] = [];
  /** How often the executions that run were asked for. */
  askedRunning = 0;
  /** The times since when the executions were asked for. */
  readonly askedSince: number[] = [];
  time = 0;

  readonly sageMaker = {
    call: async (operation: string, input: any) => {
      this.calls.push([operation, input]);
      // Lists are empty unless the script has jobs.
      return /^List\w+Jobs$/.test(operation) && !this.hasJobs ? {} : this.answer(operation, input);
    },
  };
  readonly executions = {
    start: async (name: string, input?: unknown) => {
      this.executing.push(name);
      this.steps.push(input as Step);
    },
    running: async () => {
      this.askedRunning++;
      return this.executing;
    },
    since: async (time: number) => {
      this.askedSince.push(time);
      return [...this.executing, ...this.ended];
    },
    stop: async (name: string) => {
      this.ended.push(name);
      this.executing = this.executing.filter((other) => other !== name);
    },
  };

  constructor(private readonly answer: (operation: string, input: any) => any, private readonly hasJobs = false) {}

  readonly now = () => this.time;
  networkInterfacesOf = async (_securityGroupId: string): Promise<string[]> => [];
  readonly respond = async (_url: string, body: string) => { this.responses.push(JSON.parse(body)); };

  operations(): string[] {
    return this.calls.map(([operation]) => operation);
  }

  /** The operations that change something, in the order of their calls. */
  changes(): string[] {
    return this.operations().filter((operation) => !/^(Describe|List)/.test(operation));
  }
}

/** When CloudFormation sent the event, where a test says so. */
export const SENT = Date.parse('2026-01-01T00:00:00Z');
export const signedAt = (ms: number) => `https://example.com/secret?X-Amz-Date=${new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '')}&X-Amz-Signature=x`;

export const event = (changes: Partial<CloudFormationEvent> = {}): CloudFormationEvent => ({
  RequestType: 'Create',
  RequestId: 'request-1',
  ResponseURL: 'https://example.com/secret',
  ResourceType: 'Custom::SageMakerTrainingJob',
  LogicalResourceId: 'Train',
  StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/s/1',
  ResourceProperties: { Request: { RoleArn: 'role' }, NamePrefix: 's-train', Wait: { Seconds: '600' } },
  ...changes,
});
export const identity = (LogicalResourceId: string, RequestId: string, RequestType: CloudFormationEvent['RequestType'] = 'Create') => ({
  LogicalResourceId, RequestId, RequestType,
});
export const first = (changes?: Partial<CloudFormationEvent>): Step => ({ event: event(changes), memo: { sentAt: 0 } });

export const notFound = () => { throw Object.assign(new Error('Requested resource not found.'), { name: 'ValidationException' }); };
/** Answers for one name only, the first that is asked for. */
export function oneJob(answer: (operation: string) => any) {
  let name: string | undefined;
  return (operation: string, { TrainingJobName }: any) => {
    name ??= TrainingJobName;
    return TrainingJobName !== undefined && TrainingJobName !== name ? notFound() : answer(operation);
  };
}
export const described = (status: string, more: object = {}) => ({ TrainingJobArn: 'arn', TrainingJobStatus: status, ...more });
export const owned = (more: object = {}) => ({
  Tags: Object.entries({ 'stack-id': event().StackId, 'logical-id': 'Train', ...more }).map(([key, Value]) => ({ Key: `cdk-sagemaker-jobs:${key}`, Value })),
});

/** Steps until the event is answered. */
export async function play(script: Script, step: Step): Promise<Step> {
  let now = step;
  for (let steps = 0; !now.done; steps++) {
    expect(steps).toBeLessThan(2000);
    script.time += (now.wait ?? 0) * 1000;
    now = await advance(now, script);
  }
  return now;
}
