import { described, event, first, identity, notFound, oneJob, owned, play, Script, SENT, signedAt } from './script';
import { identityOf, JobScript, nameOf } from './scripted-training-jobs';
import { accept, advance } from '../../lambda/advance';
import { executionNames } from '../../lambda/naming';

test('a deletion does not end the work for an event that was sent after it', async () => {
  const script = new Script(notFound);
  const later = executionNames(identity('Train', 'request-of-a-new-creation'), Date.parse('2026-01-01T00:10:00Z')).name;
  script.executing = [later];
  await play(script, first({ RequestType: 'Delete', PhysicalResourceId: 's-train-1', ResponseURL: signedAt(Date.parse('2026-01-01T00:00:00Z')) }));
  expect(script.ended).toEqual([]);
});

test('of two updates sent in the same second, the one that goes back to the job that CloudFormation knows ends the other', async () => {
  const ended = async (given: object, before: object) => {
    const [wanted, old] = [given, before].map((Request) => ({ ...event().ResourceProperties, Request }));
    const job = { ...old, Request: { HyperParameters: { variant: 'known' } } };
    const script = new Script((operation, { TrainingJobName: name }) => {
      if (operation === 'ListTags') return owned({ 'identity': identityOf(job), 'request-id': 'request-1' });
      return operation === 'DescribeTrainingJob' && name !== nameOf(job) ? notFound() : described('Completed');
    });
    script.time = SENT;
    script.executing = [executionNames(identity('Train', 'request-2', 'Update'), SENT).name];
    await accept(event({ RequestType: 'Update', PhysicalResourceId: nameOf(job), ResponseURL: signedAt(SENT), ResourceProperties: wanted, OldResourceProperties: old }), script);
    await play(script, script.steps[0]);
    return script.ended.length;
  };
  const [known, other] = ['known', 'other'].map((variant) => ({ HyperParameters: { variant } }));
  expect(await ended(known, other)).toBe(1);
  expect(await ended(other, known)).toBe(0);
});

test('a deletion ends what still works for the resource, and believes that there is no job only when no invocation of that can be under way', async () => {
  const script = new Script(notFound);
  const { name } = executionNames(identity('Train', 'request-of-the-creation'));
  script.executing = [name, executionNames(identity('Train', 'request-1', 'Delete')).name, executionNames(identity('Other', 'request-of-the-creation')).name];
  await play(script, first({ RequestType: 'Delete', PhysicalResourceId: 'invented by CloudFormation' }));
  expect(script.ended).toEqual([name]);
  expect(script.time).toBeGreaterThanOrEqual(60_000);
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'SUCCESS' })]);
});

test('a deletion does not end the deletion of another job of the resource, which CloudFormation waits for as well', async () => {
  const script = new Script(notFound);
  script.executing = [executionNames(identity('Train', 'request-of-the-other-deletion', 'Delete')).name];
  await play(script, first({ RequestType: 'Delete', PhysicalResourceId: 's-train-1' }));
  expect(script.ended).toEqual([]);
});

test('a deletion whose creation was never answered looks for that once more when it would be listed', async () => {
  const script: Script = new Script(notFound);
  const creation = executionNames(identity('Train', 'request-of-the-creation')).name;
  script.executions.running = async () => (script.time >= 35_000 && !script.ended.includes(creation) ? [creation] : []);
  await play(script, first({ RequestType: 'Delete', PhysicalResourceId: 'invented by CloudFormation' }));
  expect(script.ended).toEqual([creation]);
  expect(script.time).toBeGreaterThanOrEqual(100_000);
});

test('an update that goes back to the job that CloudFormation knows looks once more for the update that was given up', async () => {
  const properties = event().ResourceProperties;
  const script: Script = new Script((operation, { TrainingJobName: name }) => {
    if (operation === 'ListTags') return owned({ identity: identityOf(properties) });
    return name === nameOf(properties) ? described('Completed') : notFound();
  });
  const givenUp = executionNames(identity('Train', 'request-given-up', 'Update')).name;
  script.executions.running = async () => (script.time >= 8_000 && !script.ended.includes(givenUp) ? [givenUp] : []);
  await play(script, first({
    RequestType: 'Update', PhysicalResourceId: nameOf(properties), OldResourceProperties: { ...properties, Request: { HyperParameters: { variant: 'other' } } },
  }));
  expect(script.ended).toEqual([givenUp]);
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'SUCCESS', PhysicalResourceId: nameOf(properties) })]);
});

describe('what still works for the resource of a deletion', () => {
  const creation = executionNames(identity('Train', 'request-of-the-creation')).name;
  const deletion = () => first({ RequestType: 'Delete', PhysicalResourceId: 's-train-0123456789' });

  test('is ended by the second step, when the memory of it is safe', async () => {
    const script = new Script(notFound);
    script.executing = [creation];
    const second = await advance(deletion(), script);
    expect([script.ended, second.wait]).toEqual([[], 1]);
    script.time += 1000;
    const third = await advance(second, script);
    expect([script.ended, third.wait]).toEqual([[creation], 60]);
  });

  test('is waited for until its last invocation has timed out', async () => {
    const script = new Script(notFound);
    script.executing = [creation];
    await play(script, deletion());
    expect(script.time).toBe(61_000);
  });

  test('is waited for where it was gone before it could be ended: it may have been ended by a step that was repeated', async () => {
    const script = new Script(notFound);
    script.executing = [creation];
    const second = await advance(deletion(), script);
    script.executing = [];
    await play(script, second);
    expect(script.time).toBe(61_000);
  });

  test('is ended however late the next step comes', async () => {
    const script = new Script(notFound);
    script.executing = [creation];
    const second = await advance(deletion(), script);
    script.time += 600_000;
    await play(script, second);
    expect(script.ended).toEqual([creation]);
    expect(script.time).toBe(661_000);
  });

  test('is remembered before it is ended also where it is found by a later step', async () => {
    const script = new Script(notFound);
    script.time = 40_000;
    script.executing = [creation];
    const step = { ...deletion(), memo: { sentAt: 0, begunAt: 0, confirmedCurrent: true, drainedAt: 0 } };
    const second = await advance(step, script);
    expect([script.ended, second.wait]).toEqual([[], 1]);
    await advance(second, script);
    expect(script.ended).toEqual([creation]);
  });

  test('is ended also where it was sent long before', async () => {
    const script = new Script(notFound);
    script.time = SENT;
    const earlier = executionNames(identity('Train', 'request-of-the-creation'), SENT - 600_000).name;
    script.executing = [earlier];
    await play(script, { ...deletion(), event: { ...deletion().event, ResponseURL: signedAt(SENT) }, memo: { sentAt: SENT } });
    expect(script.ended).toEqual([earlier]);
  });

  test('is looked for once, however long the deletion waits for its job', async () => {
    const script: Script = new Script(oneJob((operation) => (operation === 'ListTags' ? owned({ identity: identityOf(event().ResourceProperties) }) : described(script.time < 600_000 ? 'Stopping' : 'Stopped'))));
    await play(script, first({ RequestType: 'Delete', PhysicalResourceId: 'Train' }));
    expect(script.time).toBeGreaterThan(600_000);
    expect(script.askedRunning).toBe(1);
  });

  test('is ended as well where it has begun to work since it was looked for', async () => {
    const script = new Script(notFound);
    const other = executionNames(identity('Train', 'request-of-an-update', 'Update')).name;
    script.executing = [creation];
    const second = await advance(deletion(), script);
    script.executing.push(other);
    await play(script, second);
    expect(script.ended).toEqual([creation, other]);
  });
});

test('a deletion is answered by its first step where nothing works for the resource, and its creation was answered', async () => {
  const { ResourceProperties } = event();
  const script = new JobScript();
  script.jobs.add(nameOf(ResourceProperties), 'Completed', ResourceProperties);
  for (const PhysicalResourceId of [nameOf(ResourceProperties), 'Train']) {
    expect((await advance(first({ RequestType: 'Delete', PhysicalResourceId }), script)).done).toBe(true);
  }
});
