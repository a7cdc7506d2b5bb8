import { event, first, identity, play } from './script';
import { identityOf, JobScript, nameOf, OWNER, serviceError } from './scripted-training-jobs';
import { advance } from '../../lambda/advance';
import { executionNames } from '../../lambda/naming';

const properties = event().ResourceProperties;
const withProperties = (changes: object) => ({ ...properties, ...changes });
const creationOf = (script: JobScript) => script.calls.filter(([operation]) => operation === 'CreateTrainingJob').map(([, input]) => input);

test('a job is created from the request, with the tags of its owner behind those of the user', async () => {
  const given = withProperties({ Request: { RoleArn: 'role', ResourceConfig: { InstanceCount: '2' }, Tags: [{ Key: 'team', Value: 'vision' }] } });
  const script = new JobScript();
  await advance(first({ ResourceProperties: given }), script);
  expect(creationOf(script)).toEqual([{
    TrainingJobName: nameOf(given),
    RoleArn: 'role',
    ResourceConfig: { InstanceCount: 2 },
    Tags: [
      { Key: 'team', Value: 'vision' },
      { Key: 'cdk-sagemaker-jobs:stack-id', Value: OWNER.stackId },
      { Key: 'cdk-sagemaker-jobs:logical-id', Value: 'Train' },
      { Key: 'cdk-sagemaker-jobs:identity', Value: identityOf(given) },
      { Key: 'cdk-sagemaker-jobs:request-id', Value: 'request-1' },
      { Key: 'cdk-sagemaker-jobs:waits', Value: 'true' },
    ],
  }]);
});

test.each(['s3://bucket/models', 's3://bucket/models/', 's3://bucket/models//'])('a job writes to a place of its own below %s', async (S3OutputPath) => {
  const script = new JobScript();
  const given = withProperties({ Request: { OutputDataConfig: { S3OutputPath, KmsKeyId: 'key' } }, OutputMember: 'OutputDataConfig.S3OutputPath' });
  await advance(first({ ResourceProperties: given }), script);
  expect(creationOf(script)).toMatchObject([{ OutputDataConfig: { S3OutputPath: `s3://bucket/models/${nameOf(given)}/`, KmsKeyId: 'key' } }]);
});

describe('a creation that finds jobs of the same request', () => {
  /** Plays it until a job is waited for, or an answer is there. */
  async function find(statuses: string[], given: Record<string, unknown> = properties, tags: Record<string, string> = {}) {
    const script = new JobScript();
    statuses.forEach((status, index) => script.jobs.add(nameOf(given, index + 1), status, given, { tags }));
    let step = first({ ResourceProperties: given });
    for (let steps = 0; steps < 100 && !step.done && step.memo.jobName === undefined; steps++) {
      step = await advance(step, script);
      script.time += (step.wait ?? 0) * 1000;
    }
    const { memo } = step;
    const created = creationOf(script).map(({ TrainingJobName }) => TrainingJobName);
    return { script, jobName: memo.jobName, created, response: script.responses[0] };
  }

  test('goes on with the one that an earlier delivery of the event has started', async () => {
    for (const status of ['InProgress', 'Stopping', 'Failed', 'Stopped', 'Completed']) {
      const { created, jobName } = await find([status], properties, { 'cdk-sagemaker-jobs:request-id': 'request-1' });
      expect([created, jobName]).toEqual([[], nameOf(properties)]);
    }
  });

  test.each(['InProgress', 'Completed', 'AStatusOfTomorrow'])('takes one that another event has started and that is %s', async (status) => {
    const { created, jobName } = await find([status]);
    expect([created, jobName]).toEqual([[], nameOf(properties)]);
  });

  test('that an earlier creation has started gets the later one as its only owner', async () => {
    const script = new JobScript();
    const job = script.jobs.add(nameOf(properties), 'InProgress', properties);
    script.executing = [executionNames(identity('Train', 'an earlier request'), 0).name];
    let step = first();
    while (step.memo.jobName === undefined) {
      step = await advance(step, script);
      script.time += (step.wait ?? 0) * 1000;
    }
    expect(job.tags.get('cdk-sagemaker-jobs:request-id')).toBe('request-1');
    expect([script.ended.length, job.status, creationOf(script)]).toEqual([1, 'InProgress', []]);
  });

  test.each(['Failed', 'Stopped', 'Stopping', 'Deleting'])('starts another one behind one that is %s', async (status) => {
    const { created, jobName } = await find([status]);
    expect([created, jobName]).toEqual([[nameOf(properties, 2)], nameOf(properties, 2)]);
  });

  test('takes one that was stopped where that is accepted', async () => {
    const given = withProperties({ Wait: { Seconds: '600', AcceptStopped: 'true' } });
    const { created, response } = await find(['Stopped'], given);
    expect([created, response.Status]).toEqual([[], 'SUCCESS']);
  });

  test('looks at all attempts', async () => {
    expect((await find(['Failed', 'Stopped', 'InProgress'])).jobName).toBe(nameOf(properties, 3));
  });

  test('does not take one of another request under the same name', async () => {
    expect((await find(['Completed'], properties, { 'cdk-sagemaker-jobs:identity': 'another' })).created).toEqual([nameOf(properties, 2)]);
  });

  test.each([
    ['another resource', { 'cdk-sagemaker-jobs:logical-id': 'Other' }],
    ['another stack', { 'cdk-sagemaker-jobs:stack-id': 'other' }],
  ])('skips the name of a job of %s', async (_whose, tags) => {
    const { created } = await find(['Completed'], properties, tags);
    expect(created).toEqual([nameOf(properties, 2)]);
  });

  test('fails when all names are in use', async () => {
    const { response } = await find(['Failed', 'Failed', 'Failed', 'Failed']);
    expect(response.Reason).toBe(`Training job '${nameOf(properties)}' was not started: all names for it are in use.`);
  });
});

test('a job whose tags cannot be read is neither taken nor touched', async () => {
  const script = new JobScript();
  script.jobs.add(nameOf(properties), 'InProgress', properties);
  script.jobs.errors.ListTags = [serviceError('OddException', 'no tags')];
  await play(script, first());
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: 'OddException: no tags' })]);
  expect(script.changes()).toEqual([]);
});

test('the tags of a job are read once in a step', async () => {
  const script = new JobScript();
  script.jobs.add(nameOf(properties), 'Completed', properties);
  expect((await advance(first(), script)).done).toBe(true);
  expect(script.operations().filter((operation) => operation === 'ListTags')).toHaveLength(1);
});

describe('an exact name', () => {
  const exact = withProperties({ NamePrefix: undefined, Name: 'exactly-this' });

  /** Plays a creation where there is a job of that name. */
  async function create(status: string, of: unknown = exact) {
    const script = new JobScript();
    script.jobs.add('exactly-this', status, of);
    await play(script, first({ ResourceProperties: withProperties(exact) }));
    return script;
  }

  test.each(['Failed', 'Stopped'])('allows one try only: a new job needs another name where the first is %s', async (status) => {
    const script = await create(status);
    expect(script.changes()).toEqual([]);
    expect(script.responses[0].Reason).toBe("The exact name 'exactly-this' is in use by an earlier job. A new job needs another name. Specify one, or specify a name prefix instead.");
  });

  test('belongs to the job of another request until that is given another name', async () => {
    const script = await create('Completed', withProperties({ ...exact, Request: { HyperParameters: { variant: 'other' } } }));
    expect(script.responses[0].Reason).toContain("The exact name 'exactly-this' is in use by an earlier job.");
    expect(script.changes()).toEqual([]);
  });
});

describe('a job that cannot be started', () => {
  const LIMIT = serviceError('ResourceLimitExceeded', 'The limit is 0 Instances');

  /** Plays a creation that the service refuses so often. */
  async function refuse(error: Error, times: number, Wait: object = { Seconds: '600' }) {
    const script = new JobScript();
    script.jobs.errors.CreateTrainingJob = Array.from({ length: times }, () => error);
    await play(script, first({ ResourceProperties: withProperties({ Wait }) }));
    return script;
  }

  test.each([
    ['another job has to end first', LIMIT],
    ['its role has not spread', serviceError('ValidationException', 'Could not assume role arn')],
    ['a job of its name is being deleted', serviceError('ResourceInUse', 'in use')],
    ['the policy of the function has not spread', serviceError('AccessDeniedException', 'not authorized')],
  ])('for a reason that passes is tried again: %s', async (_why, error) => {
    const script = await refuse(error, 2, { Seconds: '0' });
    expect(creationOf(script)).toHaveLength(3);
    expect(script.responses).toEqual([expect.objectContaining({ Status: 'SUCCESS', PhysicalResourceId: nameOf(properties) })]);
  });

  test.each([
    ['half of the time to wait, so that the job has the other half', { Seconds: '600' }, 300],
    ['half of a window at most', { Seconds: '7200' }, 1650],
    ['a whole window where another resource waits on', { Seconds: '600', HandOver: 'true' }, 3300],
    ['a whole window where nothing waits', { Seconds: '0' }, 3300],
  ])('is tried for %s', async (_howLong, Wait, seconds) => {
    const script = await refuse(LIMIT, 10_000, Wait);
    expect(script.responses).toEqual([expect.objectContaining({
      Status: 'FAILED', Reason: `Training job '${nameOf(properties)}' could not be started: ResourceLimitExceeded: The limit is 0 Instances.`,
    })]);
    expect(script.time / 1000).toBeGreaterThanOrEqual(seconds);
    expect(script.time / 1000).toBeLessThanOrEqual(seconds + 30);
  });

  test.each([{ Seconds: '7200' }, { Seconds: '0' }])('because its role cannot be assumed is tried for five minutes of %p', async (Wait) => {
    const script = await refuse(serviceError('ValidationException', 'Could not assume role arn'), 10_000, Wait);
    expect(script.responses[0].Reason).toContain('could not be started: ValidationException: Could not assume role arn.');
    expect(script.time / 1000).toBeGreaterThanOrEqual(300);
    expect(script.time / 1000).toBeLessThanOrEqual(330);
  });

  test('for a reason that lasts is told at once, with what it is about', async () => {
    const script = await refuse(serviceError('ValidationException', 'RoleArn is malformed'), 1);
    expect(script.responses).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: expect.stringContaining('could not be started: ValidationException: RoleArn is malformed. Property: role.') })]);
    expect(script.time).toBe(0);
  });
});
