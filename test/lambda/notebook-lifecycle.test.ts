import { NotebookInstanceStatus } from '@aws-sdk/client-sagemaker';
import { SENT } from './script';
import { handle, Notebook, serviceError } from './scripted-notebook';
import { executionNames } from '../../lambda/naming';

test('describes an instance, with empty values where the service has nothing to say', async () => {
  const notebook = new Notebook();
  delete notebook.members.Url;
  const { Status, PhysicalResourceId, Data } = await handle(notebook);
  expect([Status, PhysicalResourceId, notebook.looks]).toEqual(['SUCCESS', 'lab', 1]);
  expect(Data).toEqual({
    NotebookInstanceName: 'lab',
    NotebookInstanceStatus: 'InService',
    Url: '',
    NetworkInterfaceId: '',
    FailureReason: '',
    LifecycleScriptOutcome: 'Succeeded',
  });
  expect(notebook.calls).toEqual([]);
});

test.each([
  ['Pending', {}, 'NotRun'],
  ['Stopped', {}, 'NotRun'],
  ['Failed', { FailureReason: 'Notebook Instance Lifecycle Config took longer than 5 minutes' }, 'Failed'],
  ['InService', { NotebookInstanceLifecycleConfigName: undefined }, 'None'],
])('an instance that is %s and of which nothing is wanted is described as it is', async (status, members, outcome) => {
  const notebook = new Notebook();
  notebook.status = status;
  Object.assign(notebook.members, members);
  const { Status, Data } = await handle(notebook);
  expect([Status, Data.NotebookInstanceStatus, Data.LifecycleScriptOutcome, notebook.looks]).toEqual(['SUCCESS', status, outcome, 1]);
  expect(notebook.calls).toEqual([]);
});

test('everything that a template may read is described', async () => {
  const notebook = new Notebook();
  const members = {
    NotebookInstanceArn: 'arn',
    Url: 'url',
    NetworkInterfaceId: 'eni-1',
    IpAddressType: 'ipv4',
    InstanceType: 'ml.t3.medium',
    PlatformIdentifier: 'notebook-al2023-v1',
    VolumeSizeInGB: 5,
    FailureReason: 'none',
  };
  const times = { CreationTime: new Date(0), LastModifiedTime: new Date(1000) };
  Object.assign(notebook.members, members, times, { RoleArn: 'role' });
  expect((await handle(notebook)).Data).toEqual({
    ...members,
    NotebookInstanceName: 'lab',
    NotebookInstanceStatus: 'InService',
    LifecycleScriptOutcome: 'Succeeded',
    CreationTime: '1970-01-01T00:00:00.000Z',
    LastModifiedTime: '1970-01-01T00:00:01.000Z',
  });
});

test.each(Object.values(NotebookInstanceStatus))('the status %s is known', async (status) => {
  const notebook = new Notebook();
  notebook.status = status;
  expect((await handle(notebook)).Status).toBe(status === 'Deleting' ? 'FAILED' : 'SUCCESS');
});

describe('a desired state', () => {
  test.each(['Pending', 'Updating', 'InMaintenance', 'PendingMaintenance'])('is waited for where the instance is %s', async (status) => {
    const notebook = new Notebook();
    notebook.status = status;
    notebook.moves = [status, 'InService'];
    const { Status, Data } = await handle(notebook, { properties: { DesiredState: 'IN_SERVICE' } });
    expect([Status, Data.NotebookInstanceStatus, notebook.calls]).toEqual(['SUCCESS', 'InService', []]);
  });

  test.each([
    ['InService', 'IN_SERVICE', []],
    ['Stopped', 'IN_SERVICE', ['Start']],
    ['Failed', 'IN_SERVICE', ['Start']],
    ['InService', 'STOPPED', ['Stop']],
    ['Stopped', 'STOPPED', []],
  ] as const)('from %s to %s: %p', async (status, DesiredState, calls) => {
    const notebook = new Notebook();
    notebook.status = status;
    const { Status, Data, seconds } = await handle(notebook, { properties: { DesiredState } });
    expect([Status, Data.NotebookInstanceStatus]).toEqual(['SUCCESS', DesiredState === 'STOPPED' ? 'Stopped' : 'InService']);
    expect(notebook.calls).toEqual(calls);
    if (calls.length === 0) expect(notebook.looks).toBe(1);
    expect(seconds).toBeLessThan(28);
  });

  test('is reached from a status that another one follows', async () => {
    const notebook = new Notebook();
    await notebook.call('StopNotebookInstance', { NotebookInstanceName: 'lab' });
    const { Status } = await handle(notebook, { properties: { DesiredState: 'IN_SERVICE' } });
    expect([Status, notebook.calls]).toEqual(['SUCCESS', ['Stop', 'Start']]);
  });

  test('a failed instance cannot be stopped, which is said clearly', async () => {
    const notebook = new Notebook();
    notebook.status = 'Failed';
    notebook.members.FailureReason = 'Insufficient capacity';
    const { Status, Reason } = await handle(notebook, { properties: { DesiredState: 'STOPPED' }, before: {} });
    expect(Status).toBe('FAILED');
    expect(Reason).toContain("'lab' has the status Failed: Insufficient capacity.");
    expect(Reason).toContain('cannot be stopped: start it, or delete it.');
  });

  test('an instance that does not get there fails the deployment before CloudFormation gives up', async () => {
    const notebook = new Notebook();
    notebook.status = 'InMaintenance';
    const { Status, Reason } = await handle(notebook, { properties: { DesiredState: 'IN_SERVICE' } });
    expect(Status).toBe('FAILED');
    expect(Reason).toContain("'lab' was still InMaintenance when CloudFormation's time limit was reached");
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
    expect(Reason).toMatch(/'lab' has the status Failed: Insufficient capacity\. .* If the rollback also fails, start the instance, and then continue the rollback\.$/);
  });
});

test('a deletion leaves the instance to CloudFormation', async () => {
  const notebook = new Notebook();
  notebook.status = 'Stopped';
  const { Status, PhysicalResourceId, seconds } = await handle(notebook, { event: { RequestType: 'Delete', PhysicalResourceId: 'lab' }, properties: { DesiredState: 'IN_SERVICE' } });
  expect([Status, PhysicalResourceId, notebook.calls, seconds]).toEqual(['SUCCESS', 'lab', [], 0]);
});

test('an event ends what still works for the resource, and what that does meanwhile does not count', async () => {
  const notebook = new Notebook();
  const running = [executionNames({ LogicalResourceId: 'State', RequestId: 'other', RequestType: 'Update' }).name, 'Another-resource'];
  const { Status, seconds } = await handle(notebook, { properties: { DesiredState: 'STOPPED' }, before: {}, running });
  expect([Status, running, notebook.calls]).toEqual(['SUCCESS', ['Another-resource'], ['Stop']]);
  expect(seconds).toBeGreaterThanOrEqual(60);
});

test('of two updates sent in the same second, the one whose execution began later ends the other', async () => {
  const named = (RequestId: string) => executionNames({ LogicalResourceId: 'State', RequestId, RequestType: 'Update' }, SENT).name;
  const [own, other] = [named('request'), named('other')];
  // Step Functions lists the newest first.
  const [first, last] = [[other, own], [own, other]];
  for (const running of [first, last]) await handle(new Notebook(), { properties: { DesiredState: 'STOPPED' }, before: {}, running });
  expect([first, last]).toEqual([[other, own], [own]]);
});

test('a creation ends nothing, for nothing can be at work for the resource before it', async () => {
  const running = [executionNames({ LogicalResourceId: 'State', RequestId: 'other', RequestType: 'Create' }).name];
  await handle(new Notebook(), { running });
  expect(running).toHaveLength(1);
});

test('a step that crashed again and again fails, and nothing more is done', async () => {
  const notebook = new Notebook();
  const { Status, Reason } = await handle(notebook, { properties: { DesiredState: 'STOPPED' }, error: { Error: 'Sandbox.Timedout' } });
  expect([Status, Reason, notebook.calls]).toEqual(['FAILED', 'The handler failed: Sandbox.Timedout. See its log for details.', []]);
});

test.each([
  ['a creation', {}, 'lab'],
  ['an update', { before: {}, event: { PhysicalResourceId: 'former' } }, 'former'],
])('%s fails under the id that CloudFormation knows', async (_what, run, id) => {
  const notebook = new Notebook();
  notebook.status = 'Deleting';
  const { Status, PhysicalResourceId, Reason } = await handle(notebook, run);
  expect([Status, PhysicalResourceId, Reason]).toEqual(['FAILED', id, "Notebook instance 'lab' is being deleted by another principal."]);
});

test('an instance that is gone, and a status that nobody knows, are said', async () => {
  const gone = new Notebook();
  gone.exists = false;
  expect((await handle(gone, { before: {} })).Reason).toBe("Notebook instance 'lab' does not exist: another principal deleted it.");
  gone.exists = true;
  gone.errors.DescribeNotebookInstance = [serviceError('ResourceNotFound', 'no such instance')];
  expect((await handle(gone)).Reason).toContain('does not exist');
  const odd = new Notebook();
  odd.status = 'Hibernating';
  expect((await handle(odd)).Reason).toContain("has the status 'Hibernating', which this handler version does not support");
});

test('a call that is not allowed fails the deployment with what the service says, once the policy must have spread', async () => {
  const notebook = new Notebook();
  notebook.errors.DescribeNotebookInstance = Array.from({ length: 1000 }, () => serviceError('AccessDeniedException', 'not authorized'));
  const { Status, Reason } = await handle(notebook, { properties: { DesiredState: 'IN_SERVICE' } });
  expect([Status, Reason]).toEqual(['FAILED', 'AccessDeniedException: not authorized']);
});
