import { CfnOutput, CfnResource, RemovalPolicy, type Stack, Tags } from 'aws-cdk-lib';
import { behave, deletable, type JobOptions, keepsRecords, type Kind, JOB_SCENARIOS, ofEach } from './kinds';
import { type Contents, eventsOf, World } from './world';

let world: World;
beforeEach(async () => {
  world = await World.start();
  behave(world.cloud, (variant) => (variant.startsWith('bad')
    ? { failure: `AlgorithmError: variant ${variant}, exit code: 1`, log: ['loading', `ValueError: unknown ${variant}`] }
    : {}));
});
afterEach(() => world.stop());

const tagsOf = (request: any) => Object.fromEntries(request.Tags.map(({ Key, Value }: any) => [Key, Value]));
const started = () => ofEach((kind) => world.started(kind));
const numberOfStarted = () => ofEach((kind) => world.started(kind).length);
const deleted = () => ofEach((kind) => world.deleted(kind));
const running = () => ofEach((kind) => world.runningOf(kind));
const none = ofEach(() => []);
const times = (count: number) => ofEach(() => count);
const requests = (verb: Parameters<Kind['operation']>[0]) => ofEach((kind) => world.requests(kind.operation(verb)));

/** Adds a job with its name and its result as outputs. */
function addJob(stack: Stack, kind: Kind, options?: JobOptions, tags: { [key: string]: string } = {}) {
  const { job, name, result } = kind.add(stack, kind.name, options);
  for (const [key, value] of Object.entries(tags)) Tags.of(job).add(key, value);
  new CfnOutput(stack, `${kind.name}Name`, { value: name });
  if (options?.waitForCompletion !== false) new CfnOutput(stack, `${kind.name}Result`, { value: result });
  return job;
}

/** A stack with a job of each kind. */
const oneOfEach = (options?: JobOptions, tags?: { [key: string]: string }): Contents => (stack) => {
  for (const kind of JOB_SCENARIOS) addJob(stack, kind, options, tags);
};

describe('a job of each kind', () => {
  test('is created and waited for, and its name and its result can be read', async () => {
    const result = await world.deploy(oneOfEach());

    expect(result.status).toBe('CREATE_COMPLETE');
    expect(ofEach(({ name }) => eventsOf(result, name).includes('CREATE_COMPLETE'))).toEqual(ofEach(() => true));
    expect(started()).toEqual(ofEach(() => [expect.stringMatching(/^stack-[a-z]+job-[a-z0-9]{11}000$/)]));
    expect(result.outputs).toEqual(Object.fromEntries(JOB_SCENARIOS.flatMap((kind) => {
      const [name] = world.started(kind);
      return [[`${kind.name}Name`, name], [`${kind.name}Result`, kind.resultOf(name)]];
    })));
    expect(world.running).toEqual([]);
  });

  test('belongs to its resource by its tags, and logs neither the URL of a response nor its request', async () => {
    const { stackId } = await world.deploy(oneOfEach({ variant: 'secret-word' }));

    expect(ofEach((kind) => world.requests(kind.operation('Create')).map(tagsOf))).toEqual(ofEach(({ name }) => [{
      'cdk-sagemaker-jobs:stack-id': stackId,
      'cdk-sagemaker-jobs:logical-id': expect.stringMatching(new RegExp(`^${name}`)),
      'cdk-sagemaker-jobs:identity': expect.stringMatching(/^1:[a-z0-9]{25}$/),
      'cdk-sagemaker-jobs:request-id': expect.any(String),
      'cdk-sagemaker-jobs:waits': 'true',
    }]));
    await world.destroy();
    const log = world.functionLog();
    expect(log).toContain('"answer":"SUCCESS"');
    expect(log).not.toContain('X-Amz-Signature');
    expect(log).not.toContain('secret-word');
  });

  test('stays as it is when nothing has changed', async () => {
    await world.deploy(oneOfEach());
    const calls = world.cloud.endpoint.calls.length;
    const result = await world.deploy(oneOfEach());

    expect(result.changed).toBe(false);
    expect(world.cloud.endpoint.calls.length).toBe(calls);
  });

  test('is tagged anew and not run anew when only tags change', async () => {
    await world.deploy(oneOfEach({}, { team: 'a', stage: 'test' }));
    const result = await world.deploy(oneOfEach({}, { team: 'b' }));

    expect(result.status).toBe('UPDATE_COMPLETE');
    expect(ofEach(({ name }) => eventsOf(result, name).includes('UPDATE_COMPLETE'))).toEqual(ofEach(() => true));
    expect(numberOfStarted()).toEqual(times(1));
    expect(deleted()).toEqual(none);
    expect(world.running).toEqual([]);
    const changed = (operation: string) => world.requests(operation).map(({ ResourceArn, ...change }) => ({ job: ResourceArn.split('/').at(-1), ...change }));
    const ofJobs = (change: object) => JOB_SCENARIOS.map((kind) => ({ job: world.started(kind)[0], ...change }));
    expect(new Set(changed('AddTags'))).toEqual(new Set(ofJobs({ Tags: [{ Key: 'team', Value: 'b' }] })));
    expect(new Set(changed('DeleteTags'))).toEqual(new Set(ofJobs({ TagKeys: ['stage'] })));
  });

  test('is replaced by another when its request changes, and its record stays until the stack is deleted', async () => {
    await world.deploy(oneOfEach());
    const result = await world.deploy(oneOfEach({ variant: 'second' }));

    expect(result.status).toBe('UPDATE_COMPLETE');
    expect(ofEach(({ name }) => eventsOf(result, name))).toEqual(ofEach(() => expect.arrayContaining(['UPDATE_COMPLETE', 'DELETE_IN_PROGRESS', 'DELETE_COMPLETE'])));
    expect(ofEach((kind) => new Set(world.started(kind)).size)).toEqual(times(2));
    expect(ofEach(({ name }) => [result.outputs[`${name}Name`]])).toEqual(ofEach((kind) => world.started(kind).slice(1)));
    expect(deleted()).toEqual(none);
    await world.destroy();
    expect(deleted()).toEqual(ofEach((kind) => deletable(kind, world.started(kind).reverse())));
  });

  test('runs again when its rerun trigger changes', async () => {
    await world.deploy(oneOfEach({ rerunTrigger: 'monday' }));
    const result = await world.deploy(oneOfEach({ rerunTrigger: 'tuesday' }));

    expect(result.status).toBe('UPDATE_COMPLETE');
    expect(ofEach(({ name }) => eventsOf(result, name))).toEqual(ofEach(() => expect.arrayContaining(['UPDATE_COMPLETE', 'DELETE_COMPLETE'])));
    expect(numberOfStarted()).toEqual(times(2));
    expect(deleted()).toEqual(none);
    expect(world.running).toEqual([]);
  });

  test('that runs is stopped before its stack is gone', async () => {
    behave(world.cloud, () => ({ seconds: 7200, stoppingSeconds: 100 }));
    await world.deploy(oneOfEach({ waitForCompletion: false }));
    expect(running()).toEqual(started());
    const result = await world.destroy();

    expect(result!.status).toBe('DELETE_COMPLETE');
    expect(numberOfStarted()).toEqual(times(1));
    expect(requests('Stop')).toEqual(ofEach((kind) => [{ [kind.nameMember]: world.started(kind)[0] }]));
    expect(deleted()).toEqual(ofEach((kind) => deletable(kind, world.started(kind))));
    expect(world.running).toEqual([]);
  });

  test('that is retained stays, and runs on', async () => {
    behave(world.cloud, () => ({ seconds: 1800 }));
    await world.deploy(oneOfEach({ waitForCompletion: false, removalPolicy: RemovalPolicy.RETAIN }));
    const result = await world.destroy();

    expect(ofEach(({ name }) => eventsOf(result, name).includes('DELETE_SKIPPED'))).toEqual(ofEach(() => true));
    expect(running()).toEqual(started());
    expect(deleted()).toEqual(none);

    await world.cloud.clock.advance(3 * 3600_000);
    for (const kind of JOB_SCENARIOS) {
      const description = await world.call(kind.operation('Describe'), { [kind.nameMember]: world.started(kind)[0] });
      expect(Object.entries(description).filter(([member]) => member.endsWith('JobStatus'))).toEqual([[expect.anything(), expect.stringMatching(/^completed$/i)]]);
    }
  });

  test('does not prevent the deletion of its stack after another user has deleted it', async () => {
    await world.deploy(oneOfEach());
    for (const kind of JOB_SCENARIOS.filter((each) => !keepsRecords(each))) await world.call(kind.operation('Delete'), { [kind.nameMember]: world.started(kind)[0] });
    await world.cloud.clock.advance(60_000);

    expect((await world.destroy())!.status).toBe('DELETE_COMPLETE');
  });

  test('is one job although every event is delivered three times', async () => {
    await world.stop();
    world = await World.start({ deliver: (_event, invoke) => { for (let time = 0; time < 3; time++) invoke(); } });
    behave(world.cloud, () => ({}));
    await world.deploy(oneOfEach());
    await world.deploy(oneOfEach({ variant: 'second' }));
    const result = await world.destroy();

    expect(result!.status).toBe('DELETE_COMPLETE');
    expect(ofEach(({ name }) => eventsOf(result, name).includes('DELETE_COMPLETE'))).toEqual(ofEach(() => true));
    expect(numberOfStarted()).toEqual(times(2));
    expect(deleted()).toEqual(ofEach((kind) => deletable(kind, world.started(kind).reverse())));
    expect(world.running).toEqual([]);
  });

  test('that was handed over and has failed since is followed by another when a deployment waits for it', async () => {
    behave(world.cloud, () => ({ failure: 'AlgorithmError' }));
    await world.deploy(oneOfEach({ waitForCompletion: false }));
    await world.cloud.clock.advance(3_600_000);
    behave(world.cloud, () => ({ seconds: 36_000 }));
    const tagged = await world.deploy(oneOfEach({ waitForCompletion: false }, { team: 'a' }));
    expect(tagged.status).toBe('UPDATE_COMPLETE');
    expect(numberOfStarted()).toEqual(times(1));
    behave(world.cloud, () => ({}));
    const result = await world.deploy(oneOfEach({}, { team: 'a' }));

    expect(result.status).toBe('UPDATE_COMPLETE');
    expect(numberOfStarted()).toEqual(times(2));
    expect(ofEach(({ name }) => result.outputs[`${name}Name`])).toEqual(ofEach((kind) => world.started(kind)[1]));
  });

  test('is one of two of the same name in two stacks that know nothing of each other', async () => {
    const results = await Promise.all([world.deploy(oneOfEach(), 'One'), world.deploy(oneOfEach(), 'Two')]);

    expect(results.map(({ status }) => status)).toEqual(['CREATE_COMPLETE', 'CREATE_COMPLETE']);
    for (const result of results) expect(ofEach(({ name }) => eventsOf(result, name).includes('CREATE_COMPLETE'))).toEqual(ofEach(() => true));
    expect(numberOfStarted()).toEqual(times(2));
    expect(world.running).toEqual([]);
    await world.destroy('One');
    expect(deleted()).toEqual(ofEach((kind) => deletable(kind, world.started(kind).filter((name) => name.startsWith('one-')))));
  });
});

/** In one stack with others, the failure of the first job cancels theirs. */
describe.each(JOB_SCENARIOS)('$name', (kind) => {
  const startedOf = () => world.started(kind);
  const deletedOf = () => world.deleted(kind);
  const alone = (options?: JobOptions) => (stack: Stack) => addJob(stack, kind, options);

  test('that fails takes the new stack with it, says why, and leaves nothing', async () => {
    const result = await world.deploy(alone({ variant: 'bad' }));

    expect(result.status).toBe('ROLLBACK_COMPLETE');
    const [name] = startedOf();
    const [failure] = eventsOf(result, kind.name).filter((event) => event.startsWith('CREATE_FAILED'));
    expect(failure).toMatch(new RegExp(`${kind.label} '${name}' ended as ${kind.failedWord}: .*AlgorithmError: variant bad, exit code: 1`));
    expect(failure).toContain('Its log says: ValueError: unknown bad. Logs: https://');
    expect(world.functionLog()).toMatch(new RegExp(`${kind.label} '${name}': the end of its log ${name}\\S*\nloading\nValueError: unknown bad\n`));
    expect(failure).toContain(`$252Faws$252Fsagemaker$252F${kind.logGroup}$3FlogStreamNameFilter$3D${name}`);
    expect(deletedOf()).toEqual(deletable(kind, [name]));
    expect(world.running).toEqual([]);
  });

  test('that fails in an update gives way to the old one, which is not run again', async () => {
    const { outputs } = await world.deploy(alone());
    const result = await world.deploy(alone({ variant: 'bad' }));

    expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(startedOf()).toHaveLength(2);
    const [first, failed] = startedOf();
    expect(world.cloud.cloudFormation.describe('Stack').outputs.map(({ value }) => value)).toEqual(expect.arrayContaining(Object.values(outputs)));
    expect(deletedOf()).toEqual([]);

    expect((await world.destroy())!.status).toBe('DELETE_COMPLETE');
    expect(deletedOf()).toEqual(deletable(kind, [failed, first]));
  });

  test('that failed is tried again by the next update', async () => {
    await world.deploy(alone());
    await world.deploy(alone({ variant: 'bad' }));
    behave(world.cloud, () => ({}));
    const result = await world.deploy(alone({ variant: 'bad' }));

    expect(result.status).toBe('UPDATE_COMPLETE');
    expect(startedOf()).toHaveLength(3);
  });

  test('is kept when something else fails in the update that replaced it, and so is the record of the new one', async () => {
    const { outputs } = await world.deploy(alone());
    const result = await world.deploy((stack) => {
      const job = alone({ variant: 'second' })(stack);
      kind.add(stack, 'Other', { variant: 'bad-other' }).job.node.addDependency(job);
    });

    expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(startedOf()[0]).toBe(outputs[`${kind.name}Name`]);
    expect(deletedOf()).toEqual([]);
    expect(startedOf()).toHaveLength(3);
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
    behave(world.cloud, (variant) => (variant === 'bad' ? { failure: 'AlgorithmError' } : { seconds: 1200 }));
    await world.deploy(alone());
    expect((await world.deploy(alone({ variant: 'second' }))).status).toBe('UPDATE_COMPLETE');
    expect((await world.deploy(alone({ variant: 'bad' }))).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    await world.deploy((stack) => void kind.add(stack, 'Other'));
    await world.cloud.clock.advance(6 * 3_600_000);

    expect(startedOf()).toHaveLength(4);
    expect(world.running).toEqual([]);
  });

  test('with an exact name is refused when the name is taken by a job of somebody else, which is left alone', async () => {
    const [{ [kind.nameMember]: _name, Tags: _tags, ...foreign }] = await requestsOfOneJob();
    await world.call(kind.operation('Create'), { ...foreign, [kind.nameMember]: 'taken' });
    const result = await world.deploy(alone({ name: 'taken' }), 'Other');

    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(eventsOf(result, kind.name).join()).toContain("The exact name 'taken' is in use by another job.");
    expect(deletedOf()).not.toContain('taken');
    expect(world.requests(kind.operation('Stop'))).toEqual([]);
  });

  test('with an exact name cannot be changed into another job, and nothing starts', async () => {
    await world.deploy(alone({ name: 'exactly-this' }));
    const result = await world.deploy(alone({ name: 'exactly-this', variant: 'second' }));

    expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(eventsOf(result, kind.name).join()).toContain("The exact name 'exactly-this' is in use by an earlier job. A new job needs another name");
    expect(startedOf()).toEqual(['exactly-this']);
    expect(deletedOf()).toEqual([]);
  });

  test('with a member that no release knows yet is refused by the name of that member', async () => {
    const result = await world.deploy((stack) => {
      (alone()(stack).node.defaultChild as CfnResource).addPropertyOverride('Request.OutputConfigOfTomorrow', 'x');
    });

    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(eventsOf(result, kind.name).join()).toContain('OutputConfigOfTomorrow: unknown member');
    expect(startedOf()).toEqual([]);
  });

  async function requestsOfOneJob(): Promise<any[]> {
    await world.deploy(alone(), 'Foreign');
    return world.requests(kind.operation('Create'));
  }
});
