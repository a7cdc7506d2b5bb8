import { SENT, signedAt } from './script';
import { accept, advance } from '../../lambda/advance';
import type { CloudFormationEvent, Step } from '../../lambda/events';
import type { Services } from '../../lambda/handler-services';
import { type NotebookInstanceStateProperties, RESOURCE_TYPE } from '../../src/contract';

/** A notebook instance as the service has it: it needs some looks to get from one status to the next. */
export class Notebook {
  status = 'InService';
  members: Record<string, unknown> = { Url: 'lab.notebook.eu-west-1.sagemaker.aws', NotebookInstanceLifecycleConfigName: 'scripts' };
  readonly calls: string[] = [];
  /** How often it was described. */
  looks = 0;
  /** Errors that the next calls of an operation meet. */
  readonly errors: { [operation: string]: Error[] } = {};
  /** What becomes of a start. */
  outcome = 'InService';
  exists = true;
  /** Whether an update changes anything. */
  takesUpdates = true;
  /** The statuses that follow, one with each look. */
  moves: string[] = [];

  async call(operation: string, input: Record<string, unknown>): Promise<Record<string, any>> {
    expect(input.NotebookInstanceName).toBe('lab');
    const error = this.errors[operation]?.shift();
    if (error) throw error;
    if (!this.exists) throw serviceError('ValidationException', 'RecordNotFound');
    if (operation === 'DescribeNotebookInstance') {
      this.looks++;
      const description = { NotebookInstanceName: 'lab', NotebookInstanceStatus: this.status, ...this.members };
      this.status = this.moves.shift() ?? this.status;
      return description;
    }
    this.calls.push(operation.replace('NotebookInstance', ''));
    if (operation === 'StartNotebookInstance') return this.move(['Stopped', 'Failed'], 'Pending', 'Pending', this.outcome);
    if (operation === 'StopNotebookInstance') return this.move(['InService'], 'Stopping', 'Stopping', 'Stopped');
    const { NotebookInstanceName: _name, ...members } = input;
    if (this.takesUpdates) Object.assign(this.members, members);
    return this.move(['Stopped', 'Failed'], 'Updating', 'Stopped');
  }

  private move(from: string[], status: string, ...then: string[]): Record<string, any> {
    if (!from.includes(this.status)) throw serviceError('ValidationException', `Status (${this.status}) not in ([${from.join(', ')}])`);
    this.status = status;
    this.moves = then;
    return {};
  }
}

export function serviceError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400 } });
}

interface Run {
  readonly event?: Partial<CloudFormationEvent>;
  readonly properties?: Partial<NotebookInstanceStateProperties>;
  /** The properties before an update. */
  readonly before?: Partial<NotebookInstanceStateProperties>;
  /** Executions that run beside the event's own. */
  readonly running?: string[];
  /** What the first step has crashed with again and again. */
  readonly error?: { readonly Error: string };
}

const properties = (given: Partial<NotebookInstanceStateProperties> = {}) => ({
  ServiceToken: 'arn', NotebookInstanceName: 'lab', Notebook: { InstanceType: 'ml.t3.medium' }, ...given,
});

/** Handles an event as the state machine does, and returns what CloudFormation hears, and after how many seconds. */
export async function handle(notebook: Notebook, { event, properties: given, before, running = [], error }: Run = {}): Promise<Record<string, any>> {
  let now = SENT;
  let answer = '';
  const steps: Step[] = [];
  const services: Services = {
    sageMaker: notebook,
    executions: {
      start: async (_name, input) => void steps.push(input as Step),
      running: async () => [...running],
      since: async () => [...running],
      stop: async (name) => void running.splice(running.indexOf(name), 1),
    },
    respond: async (_url, body) => {
      answer = body;
    },
    now: () => now,
    region: 'eu-west-1',
    functionTimeout: 60,
    networkInterfacesOf: async () => [],
  };
  await accept({
    RequestType: before ? 'Update' : 'Create',
    RequestId: 'request',
    ResponseURL: signedAt(SENT),
    ResourceType: RESOURCE_TYPE.notebookInstanceState,
    LogicalResourceId: 'State',
    StackId: 'stack',
    ...before ? { PhysicalResourceId: 'lab', OldResourceProperties: properties(before) } : {},
    ResourceProperties: properties(given),
    ...event,
  }, services);
  let step = error ? { ...steps[0], error } : steps[0];
  for (let count = 0; !step.done; count++) {
    expect(count).toBeLessThan(1000);
    // What is remembered goes through the state machine as JSON.
    step = await advance(JSON.parse(JSON.stringify(step)), services);
    now += (step.wait ?? 0) * 1000;
  }
  const seconds = (now - SENT) / 1000;
  expect(seconds).toBeLessThanOrEqual(3600);
  return { ...JSON.parse(answer), seconds };
}
