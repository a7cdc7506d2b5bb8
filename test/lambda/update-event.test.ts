import { event, first, play } from './script';
import { type Given, JobScript, nameOf, serviceError } from './scripted-training-jobs';

const properties = event().ResourceProperties;
const requestOf = (Request: object, more: object = {}) => ({ ...properties, Request: { RoleArn: 'role', ...Request }, ...more });

/** Plays an update from some properties to others, of which CloudFormation knows a job. */
async function update(script: JobScript, before: Record<string, unknown>, after: Record<string, unknown>, physicalId = nameOf(before)) {
  await play(script, first({ RequestType: 'Update', PhysicalResourceId: physicalId, ResourceProperties: after, OldResourceProperties: before }));
  expect(script.responses).toHaveLength(1);
  return script.responses[0];
}

/** A script with the job that CloudFormation knows. */
function known(before: Record<string, unknown>, status = 'Completed', job: Given = {}) {
  const script = new JobScript();
  script.jobs.add(nameOf(before), status, before, job);
  return script;
}

const NO_WAIT = { Wait: { Seconds: '0' } };
const FORMER = requestOf({ HyperParameters: { depth: '5' } }, NO_WAIT);
const LATTER = requestOf({ HyperParameters: { depth: '6' } }, NO_WAIT);

test('another request starts another job, and the former one stays for a rollback', async () => {
  const script = known(FORMER);
  expect(await update(script, FORMER, LATTER)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: nameOf(LATTER) });
  expect(script.changes()).toEqual(['CreateTrainingJob']);
  expect(script.jobs.statuses).toEqual({ [nameOf(FORMER)]: 'Completed', [nameOf(LATTER)]: 'InProgress' });
});

test('an update whose new job fails is answered under the job that CloudFormation knows, and goes back to', async () => {
  const script = known(FORMER);
  script.jobs.add(nameOf(LATTER), 'Failed', LATTER, { tags: { 'cdk-sagemaker-jobs:request-id': 'request-1' } });
  expect(await update(script, FORMER, LATTER)).toMatchObject({ Status: 'FAILED', PhysicalResourceId: nameOf(FORMER) });
});

test('the same request keeps the job that CloudFormation knows, whichever attempt it is', async () => {
  const script = new JobScript();
  script.jobs.add(nameOf(FORMER, 2), 'Completed', FORMER);
  const other = { ...FORMER, Wait: { Seconds: '60' } };
  expect(await update(script, FORMER, other, nameOf(FORMER, 2))).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: nameOf(FORMER, 2) });
  expect(script.changes()).toEqual([]);
});

test.each(['Failed', 'Stopped'])('the same request starts another job where the one that CloudFormation knows is %s', async (status) => {
  const script = known(FORMER, status, { tags: { 'cdk-sagemaker-jobs:waits': 'true' } });
  expect(await update(script, FORMER, FORMER)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: nameOf(FORMER, 2) });
});

test('a job whose record was deleted runs again under a new name where the template reads a value that the record alone had', async () => {
  const read = { ...FORMER, Reads: ['BillableTimeInSeconds'] };
  expect(await update(new JobScript(), read, read, nameOf(FORMER))).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: nameOf(FORMER, 2) });
});

test('a job with an exact name whose record was deleted runs again under this name', async () => {
  const read = { ...FORMER, Name: 'exactly-this', Reads: ['BillableTimeInSeconds'] };
  expect(await update(new JobScript(), read, read, 'exactly-this')).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'exactly-this' });
});

test('a job that CloudFormation knows by name, and that belongs to another principal, is neither kept nor changed', async () => {
  const script = new JobScript();
  script.jobs.add(nameOf(FORMER, 2), 'Completed', FORMER, { tags: { 'cdk-sagemaker-jobs:stack-id': 'other' } });
  expect(await update(script, FORMER, FORMER, nameOf(FORMER, 2))).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: nameOf(FORMER) });
});

describe('tags', () => {
  const tagged = (tags: Record<string, string>) => requestOf({ Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) });

  test('are changed in place: new ones and other values are added, those of the owner and of AWS stay', async () => {
    const [before, after] = [tagged({ team: 'vision', stage: 'test', old: '1' }), tagged({ team: 'speech', stage: 'test', new: '2' })];
    const script = known(before, 'Completed', { tags: { 'team': 'vision', 'stage': 'test', 'old': '1', 'aws:cloudformation:stack-name': 's' } });
    expect(await update(script, before, after)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: nameOf(before) });
    expect(script.calls.filter(([operation]) => operation.endsWith('Tags') && operation !== 'ListTags')).toEqual([
      ['DeleteTags', { ResourceArn: `arn:${nameOf(before)}`, TagKeys: ['old'] }],
      ['AddTags', { ResourceArn: `arn:${nameOf(before)}`, Tags: [{ Key: 'team', Value: 'speech' }, { Key: 'new', Value: '2' }] }],
    ]);
    expect(script.changes()).toHaveLength(2);
  });

  test('that are as the event wants them are left alone', async () => {
    const before = tagged({ team: 'vision' });
    const script = known(before, 'Completed', { tags: { team: 'vision' } });
    await update(script, before, { ...before, Wait: { Seconds: '60' } });
    expect(script.changes()).toEqual([]);
  });

  test('are all taken away where none is wanted any more', async () => {
    const before = tagged({ team: 'vision' });
    const script = known(before, 'Completed', { tags: { team: 'vision' } });
    await update(script, before, requestOf({}));
    expect(script.changes()).toEqual(['DeleteTags']);
  });

  test('are read from all pages', async () => {
    const before = tagged({ team: 'vision' });
    const script = known(before, 'Completed', { tags: { team: 'vision' } });
    const { answer } = script.jobs;
    script.sageMaker.call = async (operation, input) => {
      script.calls.push([operation, input]);
      const answered = answer(operation, input);
      if (operation !== 'ListTags') return answered;
      const tags = answered.Tags as object[];
      return input.NextToken ? { Tags: tags.slice(2) } : { Tags: tags.slice(0, 2), NextToken: 'more' };
    };
    await update(script, before, requestOf({}));
    expect(script.calls.filter(([operation]) => operation === 'DeleteTags')).toEqual([['DeleteTags', expect.objectContaining({ TagKeys: ['team'] })]]);
  });

  test('of a job that the event has started itself are those of its request', async () => {
    const script = known(FORMER);
    await update(script, FORMER, requestOf({ HyperParameters: { depth: '6' }, Tags: [{ Key: 'team', Value: 'vision' }] }, NO_WAIT));
    expect(script.changes()).toEqual(['CreateTrainingJob']);
  });
});

describe('the warm pool', () => {
  const warm = (KeepAlivePeriodInSeconds: string) => requestOf({ ResourceConfig: { InstanceCount: '1', KeepAlivePeriodInSeconds } });
  const [before, after] = [warm('60'), warm('120')];
  const members = { ResourceConfig: { KeepAlivePeriodInSeconds: 60 } };

  test('of a running job is changed in place, once', async () => {
    const script = known(before, 'InProgress', { members });
    script.jobs.errors.UpdateTrainingJob = [serviceError('ThrottlingException', 'slow'), serviceError('ThrottlingException', 'slow')];
    const given = { ...after, Wait: { Seconds: '60', HandOver: 'true' } };
    expect(await update(script, before, given)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: nameOf(before) });
    const updates = script.calls.filter(([operation]) => operation === 'UpdateTrainingJob');
    expect(updates).toHaveLength(3);
    expect(updates[2][1]).toEqual({ TrainingJobName: nameOf(before), ResourceConfig: { KeepAlivePeriodInSeconds: 120 } });
  });

  test('that a finished job still holds is changed as well', async () => {
    const script = known(before, 'Completed', { members: { ...members, WarmPoolStatus: { Status: 'Available' } } });
    await update(script, before, after);
    expect(script.changes()).toEqual(['UpdateTrainingJob']);
  });

  test('that is gone is not changed', async () => {
    const script = known(before, 'Completed', { members: { ...members, WarmPoolStatus: { Status: 'Terminated' } } });
    expect(await update(script, before, after)).toMatchObject({ Status: 'SUCCESS' });
    expect(script.changes()).toEqual([]);
  });

  test('whose change is refused fails the update, and the job goes on', async () => {
    const script = known(before, 'InProgress', { members });
    script.jobs.errors.UpdateTrainingJob = [serviceError('ValidationException', 'KeepAlivePeriodInSeconds is too long')];
    const { Status, Reason } = await update(script, before, after);
    expect([Status, script.jobs.statuses]).toEqual(['FAILED', { [nameOf(before)]: 'InProgress' }]);
    expect(Reason).toContain('KeepAlivePeriodInSeconds is too long. Property: keepAlivePeriod.');
  });

  test('whose change is refused because the job has just ended is no failure', async () => {
    const script = known(before, 'InProgress', { members });
    const { answer } = script.jobs;
    script.sageMaker.call = async (operation, input) => {
      if (operation === 'UpdateTrainingJob') script.jobs.records.get(nameOf(before))!.status = 'Completed';
      if (operation === 'UpdateTrainingJob') throw serviceError('ValidationException', 'the job is Completed');
      return answer(operation, input);
    };
    expect(await update(script, before, after)).toMatchObject({ Status: 'SUCCESS', Data: { TrainingJobStatus: 'Completed' } });
  });
});
