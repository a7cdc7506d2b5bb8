import { handle, Notebook } from './scripted-notebook';

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

  test.each([
    ['they are the same', { Scripts: 'a' }, { Scripts: 'a' }],
    ['there were none before', {}, { Scripts: 'b' }],
    ['there are none any more', { Scripts: 'a' }, {}],
    ['they were those of another instance', { Scripts: 'a', NotebookInstanceName: 'former' }, { Scripts: 'b' }],
  ])('need no restart when %s', async (_why, before, given) => {
    const notebook = new Notebook();
    const { Status } = await handle(notebook, { before, properties: given });
    expect([Status, notebook.calls]).toEqual(['SUCCESS', []]);
  });

  test('need no restart when the instance is to stop', async () => {
    const notebook = new Notebook();
    await handle(notebook, { properties: { Scripts: 'b', DesiredState: 'STOPPED' }, before: { Scripts: 'a' } });
    expect(notebook.calls).toEqual(['Stop']);
  });
});

test('the platform is changed in place while the instance is stopped', async () => {
  const notebook = new Notebook();
  notebook.members.PlatformIdentifier = 'notebook-al2-v3';
  const { Status, Data } = await handle(notebook, { properties: { PlatformIdentifier: 'notebook-al2023-v1' } });
  expect([Status, Data.PlatformIdentifier, notebook.calls]).toEqual(['SUCCESS', 'notebook-al2023-v1', ['Stop', 'Update', 'Start']]);
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

  test('stays as it is when none is wanted any more', async () => {
    const notebook = new Notebook();
    notebook.members.IpAddressType = 'dualstack';
    await handle(notebook, { before: { IpAddressType: 'dualstack' } });
    expect([notebook.members.IpAddressType, notebook.calls]).toEqual(['dualstack', []]);
  });

  test('of a failed instance of which no state is wanted is changed without a start', async () => {
    const notebook = new Notebook();
    notebook.status = 'Failed';
    const { Status } = await handle(notebook, { properties: { IpAddressType: 'dualstack' } });
    expect([Status, notebook.calls]).toEqual(['SUCCESS', ['Update']]);
  });

  test('that the service does not take is told', async () => {
    const notebook = new Notebook();
    notebook.members.IpAddressType = 'ipv4';
    notebook.takesUpdates = false;
    const { Status, Reason } = await handle(notebook, { properties: { IpAddressType: 'dualstack' } });
    expect([Status, notebook.calls]).toEqual(['FAILED', ['Stop', 'Update']]);
    expect(Reason).toBe("Notebook instance 'lab' still has the IpAddressType 'ipv4' after it was changed to 'dualstack'.");
  });

  test('of which nothing is said stays as it is', async () => {
    const notebook = new Notebook();
    notebook.members.IpAddressType = 'dualstack';
    await handle(notebook, { before: {} });
    expect(notebook.calls).toEqual([]);
  });

  test('that is there already needs nothing', async () => {
    const notebook = new Notebook();
    await handle(notebook, { properties: { IpAddressType: 'ipv4' } });
    expect([notebook.calls, notebook.looks]).toEqual([[], 1]);
  });
});

test('an update waits until it would see the work for an event before it: that of a rollback comes right after the one that it takes back', async () => {
  const notebook = new Notebook();
  const { Status, seconds } = await handle(notebook, { properties: { DesiredState: 'IN_SERVICE' }, before: { DesiredState: 'STOPPED' } });
  expect([Status, notebook.calls]).toEqual(['SUCCESS', []]);
  expect(seconds).toBe(40);
});
