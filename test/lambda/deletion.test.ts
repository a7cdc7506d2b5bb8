import { described, event, first, identity, notFound, oneJob, owned, play, Script } from './script';
import { identityOf } from './scripted-training-jobs';
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

test('a job of another owner is not deleted, whatever its name', async () => {
  const script = new Script((operation) => (operation === 'ListTags' ? owned({ 'logical-id': 'Other' }) : described('InProgress')));
  await play(script, first({ RequestType: 'Delete', PhysicalResourceId: 's-train-1', ResourceProperties: { ...event().ResourceProperties, Name: 's-train-1', NamePrefix: undefined } }));
  expect(script.operations()).not.toContain('StopTrainingJob');
  expect(script.operations()).not.toContain('DeleteTrainingJob');
});
