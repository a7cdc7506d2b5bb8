import { CfnOutput, CfnResource, RemovalPolicy, Tags } from 'aws-cdk-lib';
import { type JobOptions, type Kind, JOB_SCENARIOS } from './kinds';
import { type Contents, eventsOf, World } from './world';

describe.each(JOB_SCENARIOS)('$name', (kind) => {
  let world: World;
  beforeEach(async () => {
    world = await World.start();
    kind.behave(world.cloud, (variant) => (variant.startsWith('bad') ? { failure: `AlgorithmError: variant ${variant}, exit code: 1` } : {}));
  });
  afterEach(() => world.stop());

  const started = () => world.requests(kind.operation('Create')).map((request) => request[kind.nameMember]);
  /** The jobs of the kind that run; the ones that they launch run as well. */
  const running = () => world.running.filter((name) => started().includes(name));
  const deleted = () => world.requests(kind.operation('Delete')).map((request) => request[kind.nameMember]);
  const tagsOf = (request: any) => Object.fromEntries(request.Tags.map(({ Key, Value }: any) => [Key, Value]));

  test('is created and waited for, and its name and its result can be read', async () => {
    const result = await world.deploy(withJob(kind));

    expect(result.status).toBe('CREATE_COMPLETE');
    expect(eventsOf(result, 'Job')).toEqual(expect.arrayContaining(['CREATE_COMPLETE']));
    const [name] = started();
    expect(name).toMatch(/^stack-job-[a-z0-9]{11}000$/);
    expect(result.outputs).toEqual({ Name: name, Result: kind.resultOf(name) });
    expect(world.running).toEqual([]);
  });

  test('belongs to its resource by its tags', async () => {
    const { stackId } = await world.deploy(withJob(kind));

    const [request] = world.requests(kind.operation('Create'));
    expect(tagsOf(request)).toEqual({
      'cdk-sagemaker-jobs:stack-id': stackId,
      'cdk-sagemaker-jobs:logical-id': expect.stringMatching(/^Job/),
      'cdk-sagemaker-jobs:identity': expect.stringMatching(/^1:[a-z0-9]{25}$/),
      'cdk-sagemaker-jobs:request-id': expect.any(String),
      'cdk-sagemaker-jobs:waits': 'true',
    });
  });

  test('stays as it is when nothing has changed', async () => {
    await world.deploy(withJob(kind));
    const calls = world.cloud.endpoint.calls.length;
    const result = await world.deploy(withJob(kind));

    expect(result.changed).toBe(false);
    expect(world.cloud.endpoint.calls.length).toBe(calls);
  });

  test('is tagged anew and not run anew when only tags change', async () => {
    await world.deploy(withJob(kind, {}, { team: 'a', stage: 'test' }));
    const result = await world.deploy(withJob(kind, {}, { team: 'b' }));

    expect(result.status).toBe('UPDATE_COMPLETE');
    expect(eventsOf(result, 'Job')).toContain('UPDATE_COMPLETE');
    expect(started()).toHaveLength(1);
    expect(deleted()).toEqual([]);
    expect(world.running).toEqual([]);
    expect(world.requests('AddTags')).toEqual([{ ResourceArn: expect.any(String), Tags: [{ Key: 'team', Value: 'b' }] }]);
    expect(world.requests('DeleteTags')).toEqual([{ ResourceArn: expect.any(String), TagKeys: ['stage'] }]);
  });

  test('is replaced by another when its request changes, and its record stays until the stack is deleted', async () => {
    await world.deploy(withJob(kind));
    const result = await world.deploy(withJob(kind, { variant: 'second' }));

    expect(result.status).toBe('UPDATE_COMPLETE');
    expect(eventsOf(result, 'Job')).toEqual(expect.arrayContaining(['UPDATE_COMPLETE', 'DELETE_IN_PROGRESS', 'DELETE_COMPLETE']));
    const [first, second] = started();
    expect(second).not.toBe(first);
    expect(result.outputs.Name).toBe(second);
    expect(deleted()).toEqual([]);
    await world.destroy();
    expect(deleted()).toEqual([second, first]);
  });

  test('runs again when its rerun trigger changes', async () => {
    await world.deploy(withJob(kind, { rerunTrigger: 'monday' }));
    const result = await world.deploy(withJob(kind, { rerunTrigger: 'tuesday' }));

    expect(result.status).toBe('UPDATE_COMPLETE');
    expect(eventsOf(result, 'Job')).toEqual(expect.arrayContaining(['UPDATE_COMPLETE', 'DELETE_COMPLETE']));
    expect(started()).toHaveLength(2);
    expect(deleted()).toEqual([]);
    expect(world.running).toEqual([]);
  });

  test('that fails takes the new stack with it, says why, and leaves nothing', async () => {
    const result = await world.deploy(withJob(kind, { variant: 'bad' }));

    expect(result.status).toBe('ROLLBACK_COMPLETE');
    const [name] = started();
    const [failure] = eventsOf(result, 'Job').filter((event) => event.startsWith('CREATE_FAILED'));
    expect(failure).toMatch(new RegExp(`${kind.label} '${name}' ended as ${kind.failedWord}: .*AlgorithmError: variant bad, exit code: 1`));
    expect(failure).toContain(`$252Faws$252Fsagemaker$252F${kind.logGroup}$3FlogStreamNameFilter$3D${name}`);
    expect(deleted()).toEqual([name]);
    expect(world.running).toEqual([]);
  });

  test('that fails in an update gives way to the old one, which is not run again', async () => {
    const { outputs } = await world.deploy(withJob(kind));
    const result = await world.deploy(withJob(kind, { variant: 'bad' }));

    expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(started()).toHaveLength(2);
    const [first, failed] = started();
    expect(world.cloud.cloudFormation.describe('Stack').outputs.map(({ value }) => value)).toEqual(expect.arrayContaining(Object.values(outputs)));
    expect(deleted()).toEqual([]);

    expect((await world.destroy())!.status).toBe('DELETE_COMPLETE');
    expect(deleted()).toEqual([failed, first]);
  });

  test('that failed is tried again by the next update', async () => {
    await world.deploy(withJob(kind));
    await world.deploy(withJob(kind, { variant: 'bad' }));
    kind.behave(world.cloud, () => ({}));
    const result = await world.deploy(withJob(kind, { variant: 'bad' }));

    expect(result.status).toBe('UPDATE_COMPLETE');
    expect(started()).toHaveLength(3);
  });

  test('is kept when something else fails in the update that replaced it, and so is the record of the new one', async () => {
    const { outputs } = await world.deploy(withJob(kind));
    const result = await world.deploy((stack) => {
      const job = withJob(kind, { variant: 'second' })(stack);
      kind.add(stack, 'Other', { variant: 'bad-other' }).job.node.addDependency(job);
    });

    expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(started()[0]).toBe(outputs.Name);
    expect(deleted()).toEqual([]);
    expect(started()).toHaveLength(3);
    expect(world.running).toEqual([]);
  });

  test('that runs is stopped before its stack is gone', async () => {
    kind.behave(world.cloud, () => ({ seconds: 7200, stoppingSeconds: 100 }));
    await world.deploy(withJob(kind, { waitForCompletion: false }));
    expect(running()).toHaveLength(1);
    const result = await world.destroy();

    expect(result!.status).toBe('DELETE_COMPLETE');
    const [name] = started();
    expect(world.requests(kind.operation('Stop'))).toEqual([{ [kind.nameMember]: name }]);
    expect(deleted()).toEqual([name]);
    expect(world.running).toEqual([]);
  });

  test('that is retained stays, and runs on', async () => {
    kind.behave(world.cloud, () => ({ seconds: 1800 }));
    await world.deploy(withJob(kind, { waitForCompletion: false, removalPolicy: RemovalPolicy.RETAIN }));
    const result = await world.destroy();

    expect(eventsOf(result, 'Job')).toContain('DELETE_SKIPPED');
    expect(running()).toEqual(started());
    expect(deleted()).toEqual([]);

    await world.cloud.clock.advance(3 * 3600_000);
    const description = await world.call(kind.operation('Describe'), { [kind.nameMember]: started()[0] });
    expect(Object.entries(description).filter(([member]) => member.endsWith('JobStatus'))).toEqual([[expect.anything(), expect.stringMatching(/^completed$/i)]]);
  });

  test('that somebody else has deleted is no obstacle for the deletion of its stack', async () => {
    await world.deploy(withJob(kind));
    await world.call(kind.operation('Delete'), { [kind.nameMember]: started()[0] });
    await world.cloud.clock.advance(60_000);

    expect((await world.destroy())!.status).toBe('DELETE_COMPLETE');
  });

  test('is one job although every event is delivered three times', async () => {
    await world.stop();
    world = await World.start({ deliver: (_event, invoke) => { for (let time = 0; time < 3; time++) invoke(); } });
    kind.behave(world.cloud, () => ({}));
    await world.deploy(withJob(kind));
    await world.deploy(withJob(kind, { variant: 'second' }));
    const result = await world.destroy();

    expect(result!.status).toBe('DELETE_COMPLETE');
    expect(eventsOf(result, 'Job')).toContain('DELETE_COMPLETE');
    expect(started()).toHaveLength(2);
    expect(deleted()).toEqual(started().reverse());
    expect(world.running).toEqual([]);
  });

  test('is one job although every event is delivered again after minutes, and after hours', async () => {
    await world.stop();
    world = await World.start({
      deliver: (_event, invoke) => {
        invoke();
        for (const later of [90_000, 10 * 60_000, 5 * 3_600_000]) {
          // The function may be gone with its stack by then.
          world.cloud.clock.setTimeout(() => { try { invoke(); } catch { /* nothing is left to deliver to */ } }, later);
        }
      },
    });
    kind.behave(world.cloud, (variant) => (variant === 'bad' ? { failure: 'AlgorithmError' } : { seconds: 1200 }));
    await world.deploy(withJob(kind));
    expect((await world.deploy(withJob(kind, { variant: 'second' }))).status).toBe('UPDATE_COMPLETE');
    expect((await world.deploy(withJob(kind, { variant: 'bad' }))).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    await world.deploy((stack) => void kind.add(stack, 'Other'));
    await world.cloud.clock.advance(6 * 3_600_000);

    expect(started()).toHaveLength(4);
    expect(world.running).toEqual([]);
  });

  test('that was handed over and has failed since is followed by another when a deployment waits for it', async () => {
    kind.behave(world.cloud, () => ({ failure: 'AlgorithmError' }));
    await world.deploy(withJob(kind, { waitForCompletion: false }));
    await world.cloud.clock.advance(3_600_000);
    kind.behave(world.cloud, () => ({ seconds: 36_000 }));
    const tagged = await world.deploy(withJob(kind, { waitForCompletion: false }, { team: 'a' }));
    expect(tagged.status).toBe('UPDATE_COMPLETE');
    expect(started()).toHaveLength(1);
    kind.behave(world.cloud, () => ({}));
    const result = await world.deploy(withJob(kind, {}, { team: 'a' }));

    expect(result.status).toBe('UPDATE_COMPLETE');
    expect(started()).toHaveLength(2);
    expect(result.outputs.Name).toBe(started()[1]);
  });

  test('is one of two of the same name in two stacks that know nothing of each other', async () => {
    const results = await Promise.all([world.deploy(withJob(kind), 'One'), world.deploy(withJob(kind), 'Two')]);

    expect(results.map(({ status }) => status)).toEqual(['CREATE_COMPLETE', 'CREATE_COMPLETE']);
    for (const result of results) expect(eventsOf(result, 'Job')).toContain('CREATE_COMPLETE');
    expect(started()).toHaveLength(2);
    expect(world.running).toEqual([]);
    await world.destroy('One');
    expect(deleted()).toEqual(started().filter((name) => name.startsWith('one-')));
  });

  test('with an exact name is refused when the name is taken by a job of somebody else, which is left alone', async () => {
    const [{ [kind.nameMember]: _name, Tags: _tags, ...foreign }] = await requestsOfOneJob(world, kind);
    await world.call(kind.operation('Create'), { ...foreign, [kind.nameMember]: 'taken' });
    const result = await world.deploy(withJob(kind, { name: 'taken' }), 'Other');

    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(eventsOf(result, 'Job').join()).toContain("The exact name 'taken' is in use by another job.");
    expect(deleted()).not.toContain('taken');
    expect(world.requests(kind.operation('Stop'))).toEqual([]);
  });

  test('with an exact name cannot be changed into another job, and nothing starts', async () => {
    await world.deploy(withJob(kind, { name: 'exactly-this' }));
    const result = await world.deploy(withJob(kind, { name: 'exactly-this', variant: 'second' }));

    expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(eventsOf(result, 'Job').join()).toContain("The exact name 'exactly-this' is in use by an earlier job. A new job needs another name");
    expect(started()).toEqual(['exactly-this']);
    expect(deleted()).toEqual([]);
  });

  test('logs neither the URL of a response nor its request', async () => {
    await world.deploy(withJob(kind, { variant: 'secret-word' }));
    await world.destroy();

    const log = world.functionLog();
    expect(log).toContain('"answer":"SUCCESS"');
    expect(log).not.toContain('X-Amz-Signature');
    expect(log).not.toContain('secret-word');
  });

  test('with a member that no release knows yet is refused by the name of that member', async () => {
    const result = await world.deploy((stack) => {
      (withJob(kind)(stack).node.defaultChild as CfnResource).addPropertyOverride('Request.OutputConfigOfTomorrow', 'x');
    });

    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(eventsOf(result, 'Job').join()).toContain('OutputConfigOfTomorrow: unknown member');
    expect(started()).toEqual([]);
  });
});

/** A stack with one job, and its name and result as outputs. */
function withJob(kind: Kind, options?: JobOptions, tags: { [key: string]: string } = {}) {
  return (stack: Parameters<Contents>[0]) => {
    const { job, name, result } = kind.add(stack, 'Job', options);
    for (const [key, value] of Object.entries(tags)) Tags.of(job).add(key, value);
    new CfnOutput(stack, 'Name', { value: name });
    if (options?.waitForCompletion !== false) new CfnOutput(stack, 'Result', { value: result });
    return job;
  };
}

async function requestsOfOneJob(world: World, kind: Kind): Promise<any[]> {
  await world.deploy(withJob(kind), 'Foreign');
  return world.requests(kind.operation('Create'));
}
