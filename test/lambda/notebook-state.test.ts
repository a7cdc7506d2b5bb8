import { accept, advance } from '../../lambda/advance';
import type { CloudFormationEvent, Step } from '../../lambda/events';
import { executionNames } from '../../lambda/naming';
import type { Services } from '../../lambda/services';
import { type NotebookInstanceStateProperties, RESOURCE_TYPE } from '../../src/private/contract';

/** A notebook instance as the service has it: it needs some looks to get from one status to the next. */
class Notebook {
  status = 'InService';
  members: Record<string, unknown> = { Url: 'lab.notebook.eu-west-1.sagemaker.aws', NotebookInstanceLifecycleConfigName: 'scripts' };
  readonly calls: string[] = [];
  /** Errors that the next calls of an operation meet. */
  readonly errors: { [operation: string]: Error[] } = {};
  /** What becomes of a start. */
  outcome = 'InService';
  exists = true;
  private moves: string[] = [];

  async call(operation: string, input: Record<string, unknown>): Promise<Record<string, any>> {
    expect(input.NotebookInstanceName).toBe('lab');
    const error = this.errors[operation]?.shift();
    if (error) throw error;
    if (!this.exists) throw serviceError('ValidationException', 'RecordNotFound');
    if (operation === 'DescribeNotebookInstance') {
      const description = { NotebookInstanceName: 'lab', NotebookInstanceStatus: this.status, ...this.members };
      this.status = this.moves.shift() ?? this.status;
      return description;
    }
    this.calls.push(operation.replace('NotebookInstance', ''));
    if (operation === 'StartNotebookInstance') return this.move(['Stopped', 'Failed'], 'Pending', 'Pending', this.outcome);
    if (operation === 'StopNotebookInstance') return this.move(['InService'], 'Stopping', 'Stopping', 'Stopped');
    const { NotebookInstanceName: _name, ...members } = input;
    Object.assign(this.members, members);
    return this.move(['Stopped', 'Failed'], 'Updating', 'Stopped');
  }

  private move(from: string[], status: string, ...then: string[]): Record<string, any> {
    if (!from.includes(this.status)) throw serviceError('ValidationException', `Status (${this.status}) not in ([${from.join(', ')}])`);
    this.status = status;
    this.moves = then;
    return {};
  }
}

function serviceError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400 } });
}

interface Run {
  readonly event?: Partial<CloudFormationEvent>;
  readonly properties?: Partial<NotebookInstanceStateProperties>;
  /** The properties before an update. */
  readonly before?: Partial<NotebookInstanceStateProperties>;
  /** Executions that run beside the event's own. */
  readonly running?: string[];
}

const properties = (given: Partial<NotebookInstanceStateProperties> = {}) => ({
  ServiceToken: 'arn', NotebookInstanceName: 'lab', Notebook: { InstanceType: 'ml.t3.medium' }, ...given,
});

/** Handles an event as the state machine does, and returns what CloudFormation hears. */
async function handle(notebook: Notebook, { event, properties: given, before, running = [] }: Run = {}): Promise<Record<string, any>> {
  let now = 0;
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
    pause: async () => undefined,
    functionTimeout: 60,
  };
  await accept({
    RequestType: before ? 'Update' : 'Create',
    RequestId: 'request',
    ResponseURL: 'https://secret',
    ResourceType: RESOURCE_TYPE.notebookInstanceState,
    LogicalResourceId: 'State',
    StackId: 'stack',
    ...before ? { PhysicalResourceId: 'lab', OldResourceProperties: properties(before) } : {},
    ResourceProperties: properties(given),
    ...event,
  }, services);
  let step = steps[0];
  for (let count = 0; !step.done; count++) {
    expect(count).toBeLessThan(1000);
    // What is remembered goes through the state machine as JSON.
    step = await advance(JSON.parse(JSON.stringify(step)), services);
    now += (step.wait ?? 0) * 1000;
  }
  expect(now).toBeLessThanOrEqual(3600_000);
  return JSON.parse(answer);
}

beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
});
afterEach(() => jest.restoreAllMocks());

test('describes an instance, with empty values where the service has nothing to say', async () => {
  const notebook = new Notebook();
  const { Status, PhysicalResourceId, Data } = await handle(notebook);
  expect({ Status, PhysicalResourceId }).toEqual({ Status: 'SUCCESS', PhysicalResourceId: 'lab' });
  expect(Data).toEqual({
    NotebookInstanceName: 'lab',
    NotebookInstanceStatus: 'InService',
    Url: 'lab.notebook.eu-west-1.sagemaker.aws',
    NetworkInterfaceId: '',
    FailureReason: '',
    LifecycleScriptOutcome: 'Succeeded',
  });
  expect(notebook.calls).toEqual([]);
});

test.each([
  ['Stopped', {}, 'NotRun'],
  ['Failed', { FailureReason: 'Notebook Instance Lifecycle Config took longer than 5 minutes' }, 'Failed'],
  ['InService', { NotebookInstanceLifecycleConfigName: undefined }, 'None'],
])('an instance that is %s and of which nothing is wanted is described as it is', async (status, members, outcome) => {
  const notebook = new Notebook();
  notebook.status = status;
  Object.assign(notebook.members, members);
  const { Status, Data } = await handle(notebook);
  expect([Status, Data.NotebookInstanceStatus, Data.LifecycleScriptOutcome]).toEqual(['SUCCESS', status, outcome]);
  expect(notebook.calls).toEqual([]);
});

describe('a desired state', () => {
  test.each([
    ['InService', 'IN_SERVICE', []],
    ['Stopped', 'IN_SERVICE', ['Start']],
    ['Failed', 'IN_SERVICE', ['Start']],
    ['InService', 'STOPPED', ['Stop']],
    ['Stopped', 'STOPPED', []],
  ] as const)('from %s to %s: %p', async (status, DesiredState, calls) => {
    const notebook = new Notebook();
    notebook.status = status;
    const { Status, Data } = await handle(notebook, { properties: { DesiredState } });
    expect([Status, Data.NotebookInstanceStatus]).toEqual(['SUCCESS', DesiredState === 'STOPPED' ? 'Stopped' : 'InService']);
    expect(notebook.calls).toEqual(calls);
  });

  test('is reached from a status that another one follows', async () => {
    const notebook = new Notebook();
    await notebook.call('StopNotebookInstance', { NotebookInstanceName: 'lab' });
    const { Status } = await handle(notebook, { properties: { DesiredState: 'IN_SERVICE' } });
    expect([Status, notebook.calls]).toEqual(['SUCCESS', ['Stop', 'Start']]);
  });

  test('a start that fails is told with its reason and the way to the logs', async () => {
    const notebook = new Notebook();
    notebook.status = 'Stopped';
    notebook.outcome = 'Failed';
    notebook.members.FailureReason = 'The lifecycle script failed.';
    const { Status, Reason } = await handle(notebook, { properties: { DesiredState: 'IN_SERVICE' } });
    expect(Status).toBe('FAILED');
    expect(Reason).toMatch(/^Notebook instance 'lab' is Failed: The lifecycle script failed\. Logs: https:\/\/eu-west-1\.console.*NotebookInstances.*lab$/);
    expect(notebook.calls).toEqual(['Start']);
  });

  test('a failed instance cannot be stopped, which is said clearly', async () => {
    const notebook = new Notebook();
    notebook.status = 'Failed';
    notebook.members.FailureReason = 'Insufficient capacity';
    const { Status, Reason } = await handle(notebook, { properties: { DesiredState: 'STOPPED' }, before: {} });
    expect(Status).toBe('FAILED');
    expect(Reason).toContain("'lab' is Failed: Insufficient capacity.");
    expect(Reason).toContain('cannot be stopped: start it, or delete it.');
  });

  test('an instance that does not get there fails the deployment before CloudFormation gives up', async () => {
    const notebook = new Notebook();
    notebook.status = 'InMaintenance';
    const { Status, Reason } = await handle(notebook, { properties: { DesiredState: 'IN_SERVICE' } });
    expect(Status).toBe('FAILED');
    expect(Reason).toContain("'lab' was still InMaintenance when CloudFormation's time was up");
  });

  test('a start is tried again when the account has no room, or a call was throttled', async () => {
    const notebook = new Notebook();
    notebook.status = 'Stopped';
    notebook.errors.StartNotebookInstance = [serviceError('ResourceLimitExceeded', 'limit'), serviceError('ThrottlingException', 'slow')];
    notebook.errors.DescribeNotebookInstance = [serviceError('AccessDeniedException', 'the policy has not spread'), serviceError('ThrottlingException', 'slow')];
    const { Status } = await handle(notebook, { properties: { DesiredState: 'IN_SERVICE' } });
    expect([Status, notebook.calls]).toEqual(['SUCCESS', ['Start']]);
  });

  test('a stop that somebody else was quicker with is no error', async () => {
    const notebook = new Notebook();
    const call = notebook.call.bind(notebook);
    jest.spyOn(notebook, 'call').mockImplementation(async (operation, input) => {
      if (operation === 'StopNotebookInstance' && notebook.status === 'InService') await call(operation, input);
      return call(operation, input);
    });
    const { Status, Data } = await handle(notebook, { properties: { DesiredState: 'STOPPED' } });
    expect([Status, Data.NotebookInstanceStatus]).toEqual(['SUCCESS', 'Stopped']);
  });
});

describe('an instance that has failed after CloudFormation changed it', () => {
  const [former, latter] = [{ InstanceType: 'ml.t3.medium' }, { InstanceType: 'ml.m5.xlarge' }];
  const failed = () => {
    const notebook = new Notebook();
    notebook.status = 'Failed';
    notebook.members.FailureReason = 'Insufficient capacity';
    return notebook;
  };

  test.each([['an update', former, latter], ['its rollback, which looks the same', latter, former]])('is described when no state is held: %s', async (_what, before, after) => {
    const notebook = failed();
    const { Status, Data } = await handle(notebook, { before: { Notebook: before }, properties: { Notebook: after } });
    expect([Status, Data.NotebookInstanceStatus, Data.FailureReason]).toEqual(['SUCCESS', 'Failed', 'Insufficient capacity']);
    expect(notebook.calls).toEqual([]);
  });

  test('is started when it is to be in service, and if it fails again the way out is told', async () => {
    const notebook = failed();
    notebook.outcome = 'Failed';
    const { Status, Reason } = await handle(notebook, {
      before: { Notebook: former, DesiredState: 'IN_SERVICE' }, properties: { Notebook: latter, DesiredState: 'IN_SERVICE' },
    });
    expect([Status, notebook.calls]).toEqual(['FAILED', ['Start']]);
    expect(Reason).toMatch(/'lab' is Failed: Insufficient capacity\. .* A rollback that ends here goes on when somebody has started the instance\.$/);
  });
});

describe('scripts that have changed', () => {
  const changed = { properties: { Scripts: 'b' }, before: { Scripts: 'a' } };

  test('start a running instance anew, once', async () => {
    const notebook = new Notebook();
    const { Status, Data } = await handle(notebook, changed);
    expect([Status, Data.NotebookInstanceStatus, notebook.calls]).toEqual(['SUCCESS', 'InService', ['Stop', 'Start']]);
  });

  test('leave a stopped instance stopped, and start a failed one', async () => {
    const stopped = new Notebook();
    stopped.status = 'Stopped';
    await handle(stopped, changed);
    const failed = new Notebook();
    failed.status = 'Failed';
    await handle(failed, changed);
    expect([stopped.calls, failed.calls]).toEqual([[], ['Start']]);
  });

  test('need no restart when CloudFormation has changed the instance as well', async () => {
    const notebook = new Notebook();
    await handle(notebook, { ...changed, before: { Scripts: 'a', Notebook: { InstanceType: 'ml.t3.large' } } });
    expect(notebook.calls).toEqual([]);
  });

  test('need no restart when the instance is to stop', async () => {
    const notebook = new Notebook();
    await handle(notebook, { properties: { Scripts: 'b', DesiredState: 'STOPPED' }, before: { Scripts: 'a' } });
    expect(notebook.calls).toEqual(['Stop']);
  });
});

describe('the IP address type', () => {
  test('is changed while the instance is stopped, which then runs again', async () => {
    const notebook = new Notebook();
    const { Status, Data } = await handle(notebook, { properties: { IpAddressType: 'dualstack' } });
    expect([Status, Data.IpAddressType, notebook.calls]).toEqual(['SUCCESS', 'dualstack', ['Stop', 'Update', 'Start']]);
  });

  test('of a stopped instance is changed without a start', async () => {
    const notebook = new Notebook();
    notebook.status = 'Stopped';
    await handle(notebook, { properties: { IpAddressType: 'dualstack' } });
    expect(notebook.calls).toEqual(['Update']);
  });

  test('goes back to what the service begins with when it is wanted no longer', async () => {
    const notebook = new Notebook();
    notebook.members.IpAddressType = 'dualstack';
    await handle(notebook, { before: { IpAddressType: 'dualstack' } });
    expect([notebook.members.IpAddressType, notebook.calls]).toEqual(['ipv4', ['Stop', 'Update', 'Start']]);
  });

  test('that is there already needs nothing', async () => {
    const notebook = new Notebook();
    await handle(notebook, { properties: { IpAddressType: 'ipv4' } });
    expect(notebook.calls).toEqual([]);
  });
});

test('a deletion leaves the instance to CloudFormation', async () => {
  const notebook = new Notebook();
  const { Status } = await handle(notebook, { event: { RequestType: 'Delete', PhysicalResourceId: 'lab' }, properties: { DesiredState: 'IN_SERVICE' } });
  expect([Status, notebook.calls]).toEqual(['SUCCESS', []]);
});

test('an event ends what still works for the resource, and what that does meanwhile does not count', async () => {
  const notebook = new Notebook();
  const running = [executionNames({ LogicalResourceId: 'State', RequestId: 'other', RequestType: 'Update' }).name, 'Another-resource'];
  const { Status } = await handle(notebook, { properties: { DesiredState: 'STOPPED' }, before: {}, running });
  expect([Status, running, notebook.calls]).toEqual(['SUCCESS', ['Another-resource'], ['Stop']]);
});

test('an instance that is gone, and a status that nobody knows, are said', async () => {
  const gone = new Notebook();
  gone.exists = false;
  expect((await handle(gone, { before: {} })).Reason).toBe("Notebook instance 'lab' does not exist: somebody else deleted it.");
  const odd = new Notebook();
  odd.status = 'Hibernating';
  expect((await handle(odd)).Reason).toContain("has the status 'Hibernating', which this version of the handler does not know");
});

test('a call that is not allowed fails the deployment with what the service says, once the policy must have spread', async () => {
  const notebook = new Notebook();
  notebook.errors.DescribeNotebookInstance = Array.from({ length: 1000 }, () => serviceError('AccessDeniedException', 'not authorized'));
  const { Status, Reason } = await handle(notebook, { properties: { DesiredState: 'IN_SERVICE' } });
  expect([Status, Reason]).toEqual(['FAILED', 'AccessDeniedException: not authorized']);
});
