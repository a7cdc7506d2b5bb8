import { handle, Notebook, serviceError } from './scripted-notebook';

/** An instance that is stopped. */
function stopped(): Notebook {
  const notebook = new Notebook();
  notebook.status = 'Stopped';
  return notebook;
}

const START = { properties: { DesiredState: 'IN_SERVICE' } } as const;
const STOP = { properties: { DesiredState: 'STOPPED' } } as const;

test('a start that fails is told with its reason and the way to the logs', async () => {
  const notebook = new Notebook();
  notebook.status = 'Stopped';
  notebook.outcome = 'Failed';
  notebook.members.FailureReason = 'The lifecycle script failed.';
  const { Status, Reason } = await handle(notebook, { properties: { DesiredState: 'IN_SERVICE' } });
  expect(Status).toBe('FAILED');
  expect(Reason).toMatch(/^Notebook instance 'lab' has the status Failed: The lifecycle script failed\. Logs: https:\/\/eu-west-1\.console.*NotebookInstances.*lab$/);
  expect(notebook.calls).toEqual(['Start']);
});

test('a start is tried again when the account has no room, or a call was throttled', async () => {
  const notebook = new Notebook();
  notebook.status = 'Stopped';
  notebook.errors.StartNotebookInstance = [serviceError('ResourceLimitExceeded', 'limit'), serviceError('ThrottlingException', 'slow')];
  notebook.errors.DescribeNotebookInstance = [serviceError('AccessDeniedException', 'the policy has not spread'), serviceError('ThrottlingException', 'slow')];
  const { Status } = await handle(notebook, { properties: { DesiredState: 'IN_SERVICE' } });
  expect([Status, notebook.calls]).toEqual(['SUCCESS', ['Start']]);
});

test('a stop that another principal was quicker with is no error', async () => {
  const notebook = new Notebook();
  const call = notebook.call.bind(notebook);
  jest.spyOn(notebook, 'call').mockImplementation(async (operation, input) => {
    if (operation === 'StopNotebookInstance' && notebook.status === 'InService') await call(operation, input);
    return call(operation, input);
  });
  const { Status, Data } = await handle(notebook, { properties: { DesiredState: 'STOPPED' } });
  expect([Status, Data.NotebookInstanceStatus]).toEqual(['SUCCESS', 'Stopped']);
});

test.each([
  ['The script failed at a.b', 'The script failed at a.b'],
  ['The script failed.', 'The script failed'],
])('a start that fails is told in sentences: %p', async (FailureReason, told) => {
  const notebook = stopped();
  notebook.outcome = 'Failed';
  notebook.members.FailureReason = FailureReason;
  expect((await handle(notebook, START)).Reason).toContain(`has the status Failed: ${told}. Logs: `);
});

test('a start that fails without a reason is told with the way to the logs', async () => {
  const notebook = stopped();
  notebook.outcome = 'Failed';
  expect((await handle(notebook, START)).Reason).toMatch(/^Notebook instance 'lab' has the status Failed\. Logs: https:\S+$/);
});

test('an instance that another principal stops while it starts is not started again', async () => {
  const notebook = stopped();
  notebook.outcome = 'Stopped';
  const { Status, Reason } = await handle(notebook, START);
  expect([Status, Reason, notebook.calls]).toEqual(['FAILED', "Notebook instance 'lab' was stopped by another principal while it started.", ['Start']]);
});

test('a start is tried again while IAM has not spread the role', async () => {
  const notebook = stopped();
  notebook.errors.StartNotebookInstance = [serviceError('ValidationException', 'Could not assume role arn')];
  expect((await handle(notebook, START)).Status).toBe('SUCCESS');
});

test('a start fails after five minutes if SageMaker cannot assume the role', async () => {
  const notebook = stopped();
  notebook.errors.StartNotebookInstance = Array.from({ length: 1000 }, () => serviceError('ValidationException', 'Could not assume role arn'));
  const { Status, Reason, seconds } = await handle(notebook, START);
  expect([Status, Reason]).toEqual(['FAILED', expect.stringContaining('Could not assume role arn')]);
  expect(seconds).toBeGreaterThanOrEqual(300);
  expect(seconds).toBeLessThanOrEqual(330);
});

test('a start for which there is no room in time is told before CloudFormation gives up', async () => {
  const notebook = stopped();
  notebook.errors.StartNotebookInstance = Array.from({ length: 1000 }, () => serviceError('ResourceLimitExceeded', 'The limit is 0 Instances'));
  const { Status, Reason, seconds } = await handle(notebook, START);
  expect([Status, Reason]).toEqual(['FAILED', 'ResourceLimitExceeded: The limit is 0 Instances']);
  expect(seconds).toBeGreaterThanOrEqual(3480);
});

test.each([
  ['start', 'StartNotebookInstance', stopped(), START],
  ['stop', 'StopNotebookInstance', new Notebook(), STOP],
])('a %s that is refused is told at once', async (_what, operation, notebook, run) => {
  notebook.errors[operation] = [serviceError('ValidationException', 'it is not allowed')];
  const { Status, Reason, seconds } = await handle(notebook, run);
  expect([Status, Reason]).toEqual(['FAILED', expect.stringContaining('ValidationException: it is not allowed. Request reference: ')]);
  expect(seconds).toBeLessThan(5);
});

test('an instance that vanishes right before it is stopped is gone', async () => {
  const notebook = new Notebook();
  const call = notebook.call.bind(notebook);
  jest.spyOn(notebook, 'call').mockImplementation(async (operation, input) => {
    if (operation === 'StopNotebookInstance') notebook.exists = false;
    return call(operation, input);
  });
  expect((await handle(notebook, STOP)).Reason).toBe("Notebook instance 'lab' does not exist: another principal deleted it.");
});
