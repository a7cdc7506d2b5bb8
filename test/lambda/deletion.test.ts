import { described, event, first, identity, notFound, oneJob, owned, play, Script } from './script';
import { identityOf, JobScript, nameOf, serviceError } from './scripted-training-jobs';
import { executionNames } from '../../lambda/naming';

test('a job that is deleted between two looks at it is no obstacle for a deletion', async () => {
  let exists = true;
  const script: Script = new Script(oneJob((operation) => {
    if (operation === 'ListTags') {
      exists = false;
      return notFound();
    }
    return exists ? described('Completed') : notFound();
  }));
  await play(script, first({ RequestType: 'Delete', PhysicalResourceId: 's-train-1' }));
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'SUCCESS' })]);
});

test('a job that does not stop in time leaves a deletion that says so and can be repeated', async () => {
  const script = new Script(oneJob((operation) => (operation === 'ListTags' ? owned() : operation === 'DescribeTrainingJob' ? described('Stopping') : {})));
  await play(script, first({ RequestType: 'Delete', PhysicalResourceId: 's-train-1', ResourceProperties: { ...event().ResourceProperties, NamePrefix: undefined, Name: 's-train-1' } }));
  expect(script.responses[0]).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 's-train-1', Reason: expect.stringContaining('is still Stopping after it was asked to stop. Try again later.') });
  expect(script.time).toBeLessThan(3600_000);
});

test('a deletion does not ask the service for a job by a physical id that CloudFormation made up: it may be no name at all', async () => {
  const script = new Script((_operation, { TrainingJobName }) => {
    if (/[A-Z]/.test(TrainingJobName)) throw Object.assign(new Error('1 validation error detected'), { name: 'ValidationException' });
    return notFound();
  });
  await play(script, first({ RequestType: 'Delete', PhysicalResourceId: 's-Train-1ABCDEFGHIJK' }));
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'SUCCESS' })]);
});

test('a deletion finds a job that an invocation under way starts at the last moment', async () => {
  let status: string | undefined;
  const script: Script = new Script(oneJob((operation) => {
    if (operation === 'StopTrainingJob') status = 'Stopped';
    if (operation === 'ListTags') return owned({ identity: identityOf(event().ResourceProperties) });
    if (operation !== 'DescribeTrainingJob') return {};
    if (script.time > 30_000 && !script.operations().includes('StopTrainingJob')) status = 'InProgress';
    return status ? described(status) : notFound();
  }));
  script.executing = [executionNames(identity('Train', 'request-of-the-creation')).name];
  await play(script, first({ RequestType: 'Delete', PhysicalResourceId: 'invented by CloudFormation' }));
  expect(script.operations()).toContain('StopTrainingJob');
});

describe('a deletion with a security group that was created for the job', () => {
  const properties = { ...event().ResourceProperties, SecurityGroups: ['sg-1'] };
  const name = nameOf(properties);

  /** Deletes a job whose network interface is deleted after a number of seconds. */
  async function remove(seconds: number, prepare: (script: JobScript) => void = () => {}) {
    const script = new JobScript();
    script.jobs.add(name, 'InProgress', properties);
    script.networkInterfacesOf = async (group) => (script.time < seconds * 1000 ? [`eni-of-${group}`] : []);
    prepare(script);
    await play(script, first({ RequestType: 'Delete', PhysicalResourceId: name, ResourceProperties: properties }));
    return script;
  }

  test('waits until no network interface uses the group', async () => {
    const { responses, time } = await remove(300);
    expect(responses).toEqual([expect.objectContaining({ Status: 'SUCCESS' })]);
    expect(time).toBeGreaterThanOrEqual(300_000);
    expect(time).toBeLessThan(330_000);
  });

  test('fails after ten minutes with the network interfaces that are left', async () => {
    const { responses, time } = await remove(10_000);
    expect(responses).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: expect.stringContaining('still use the security group of the job: eni-of-sg-1.') })]);
    expect(time).toBeLessThan(700_000);
  });

  test('does not wait if the function cannot describe network interfaces', async () => {
    const { responses, time } = await remove(10_000, (script) => {
      script.networkInterfacesOf = async () => { throw serviceError('UnauthorizedOperation', 'not authorized'); };
    });
    expect(responses).toEqual([expect.objectContaining({ Status: 'SUCCESS' })]);
    expect(time).toBeLessThan(100_000);
  });

  test('does not wait while a job that replaces the deleted one uses the group', async () => {
    const other = { ...properties, Request: { RoleArn: 'role', HyperParameters: { a: '1' } } };
    const { responses, time } = await remove(10_000, (script) => void script.jobs.add(nameOf(other), 'InProgress', other));
    expect(responses).toEqual([expect.objectContaining({ Status: 'SUCCESS' })]);
    expect(time).toBeLessThan(100_000);
  });
});

test('a job of another owner is not deleted, whatever its name', async () => {
  const script = new Script((operation) => (operation === 'ListTags' ? owned({ 'logical-id': 'Other' }) : described('InProgress')));
  await play(script, first({ RequestType: 'Delete', PhysicalResourceId: 's-train-1', ResourceProperties: { ...event().ResourceProperties, Name: 's-train-1', NamePrefix: undefined } }));
  expect(script.operations()).not.toContain('StopTrainingJob');
  expect(script.operations()).not.toContain('DeleteTrainingJob');
});
