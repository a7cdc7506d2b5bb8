import { CfnOutput, Duration, type Stack } from 'aws-cdk-lib';
import { behave, deletable, type JobOptions, JOB_SCENARIOS, type Kind, ofEach } from './kinds';
import { type Contents, eventsOf, World } from './world';
import { RESOURCE_TYPE } from '../../src/contract';

const HOUR = 3600;

let world: World;
beforeEach(async () => { world = await World.start(); });
afterEach(() => world.stop());

const started = () => ofEach((kind) => world.started(kind));
const numberOfStarted = () => ofEach((kind) => world.started(kind).length);
const deleted = () => ofEach((kind) => world.deleted(kind));
const running = () => ofEach((kind) => world.runningOf(kind));
const none = ofEach(() => []);

/** Adds a job with its result as an output. */
function addJob(stack: Stack, kind: Kind, options: JobOptions): void {
  const { result } = kind.add(stack, kind.name, options);
  if (options.waitForCompletion !== false) new CfnOutput(stack, `${kind.name}Result`, { value: result });
}

/** A stack with a job of each kind. */
const oneOfEach = (options: JobOptions | ((kind: Kind) => JobOptions)): Contents => (stack) => {
  for (const kind of JOB_SCENARIOS) addJob(stack, kind, typeof options === 'function' ? options(kind) : options);
};
/** The values of the outputs of a stack, by name. */
const outputsNow = () => Object.fromEntries(world.cloud.cloudFormation.describe('Stack').outputs.map(({ key, value }) => [key, value]));

describe('a job of each kind', () => {
  test('of three hours is waited for in windows of less than an hour each', async () => {
    behave(world.cloud, () => ({ seconds: 3 * HOUR }));
    const result = await world.deploy(oneOfEach({ maxRuntime: Duration.hours(4) }));

    expect(result.status).toBe('CREATE_COMPLETE');
    expect(world.hours).toBeGreaterThan(3);
    expect(world.hours).toBeLessThan(3.3);
    expect(result.outputs).toEqual(Object.fromEntries(JOB_SCENARIOS.map((kind) => [`${kind.name}Result`, kind.resultOf(world.started(kind)[0])])));
    const isComplete = (logicalId: string) => eventsOf(result, logicalId).includes('CREATE_COMPLETE');
    expect(ofEach(({ name }) => ['', 'Window2', 'Window3', 'Window4'].filter((window) => isComplete(name + window)))).toEqual(ofEach(() => ['', 'Window2', 'Window3', 'Window4']));
    expect(numberOfStarted()).toEqual(ofEach(() => 1));
  });

  test('that is not waited for runs on after the deployment', async () => {
    behave(world.cloud, () => ({ seconds: HOUR }));
    const result = await world.deploy(oneOfEach({ waitForCompletion: false }));

    expect(result.status).toBe('CREATE_COMPLETE');
    expect(ofEach(({ name }) => eventsOf(result, name).includes('CREATE_COMPLETE'))).toEqual(ofEach(() => true));
    expect(numberOfStarted()).toEqual(ofEach(() => 1));
    expect(deleted()).toEqual(none);
    expect(world.hours).toBeLessThan(0.05);
    expect(running()).toEqual(started());
  });

  test('with another exact name of an update that is cancelled is stopped, and its record is deleted', async () => {
    const names = (prefix: string) => ofEach(({ name }) => `${prefix}-${name}`);
    await world.deploy(oneOfEach(({ name }) => ({ name: names('one')[name] })));
    behave(world.cloud, () => ({ seconds: 3 * HOUR }));
    const updating = world.deploy(oneOfEach(({ name }) => ({ name: names('two')[name], variant: 'second' })));
    await world.cloud.clock.advance(600_000);
    world.cloud.cloudFormation.cancelUpdate('Stack');
    const result = await updating;

    expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(world.running).toEqual([]);
    expect(started()).toEqual(ofEach(({ name }) => [names('one')[name], names('two')[name]]));
    expect(deleted()).toEqual(ofEach((kind) => deletable(kind, [names('two')[kind.name]])));
  });

  test('of a canceled update is stopped, and the earlier job is current again without a new run', async () => {
    const { outputs } = await world.deploy(oneOfEach({}));
    behave(world.cloud, () => ({ seconds: 3 * HOUR }));
    const updating = world.deploy(oneOfEach({ variant: 'second', maxRuntime: Duration.hours(4) }));
    await world.cloud.clock.advance(600_000);
    expect(running()).toEqual(ofEach(() => [expect.any(String)]));
    world.cloud.cloudFormation.cancelUpdate('Stack');
    const result = await updating;

    expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(outputsNow()).toEqual(outputs);
    expect(numberOfStarted()).toEqual(ofEach(() => 2));
    expect(deleted()).toEqual(none);
    expect(world.running).toEqual([]);
  });
});

/** In one stack with others, the failure of the first job cancels theirs. */
describe.each(JOB_SCENARIOS)('$name', (kind) => {
  const startedOf = () => world.started(kind);
  const deletedOf = () => world.deleted(kind);
  const runningOf = () => world.runningOf(kind);
  const alone = (options: JobOptions): Contents => (stack) => addJob(stack, kind, options);

  test('of three hours is replaced, rolled back to and deleted as one of minutes is', async () => {
    behave(world.cloud, (variant) => ({ seconds: 3 * HOUR, failure: variant === 'bad' ? 'AlgorithmError' : undefined }));
    const options = { maxRuntime: Duration.hours(4) };
    const { outputs } = await world.deploy(alone(options));
    const result = await world.deploy(alone({ ...options, variant: 'bad' }));

    expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(startedOf()).toHaveLength(2);
    const [first, failed] = startedOf();
    expect(outputsNow()).toEqual(outputs);
    expect(deletedOf()).toEqual([]);

    await world.destroy();
    expect(deletedOf()).toEqual(deletable(kind, [failed, first]));
  });

  test('that runs longer than the deployment waits is stopped before the deployment fails', async () => {
    behave(world.cloud, () => ({ seconds: 5 * HOUR, stoppingSeconds: 90 }));
    const result = await world.deploy(alone({ maxRuntime: Duration.hours(24), waitTimeout: Duration.minutes(30) }));

    expect(result.status).toBe('ROLLBACK_COMPLETE');
    const [name] = startedOf();
    const failure = eventsOf(result, kind.name).find((event) => event.startsWith('CREATE_FAILED'));
    expect(failure).toContain(`${kind.label} '${name}' was still `);
    expect(failure).toContain('when the wait timeout was reached, and was stopped. Logs: https://');
    expect(world.hours).toBeLessThan(0.7);
    expect(world.requests(kind.operation('Stop'))).toHaveLength(1);
    expect(world.running).toEqual([]);
    expect(deletedOf()).toEqual(deletable(kind, [name]));
  });

  test('that runs longer than all windows is stopped by the last one', async () => {
    behave(world.cloud, () => ({ seconds: 9 * HOUR }));
    const result = await world.deploy(alone({ maxRuntime: Duration.hours(24), waitTimeout: Duration.hours(2) }));

    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(eventsOf(result, `${kind.name}Result`).find((event) => event.startsWith('CREATE_FAILED'))).toContain('and was stopped');
    expect(world.hours).toBeGreaterThan(2);
    expect(world.hours).toBeLessThan(2.3);
    expect(world.running).toEqual([]);
  });

  test('that runs and is not waited for runs on when the update that replaced it is rolled back', async () => {
    behave(world.cloud, (variant) => (variant === 'bad' ? { failure: 'AlgorithmError' } : { seconds: 10 * HOUR }));
    await world.deploy(alone({ waitForCompletion: false }));
    const result = await world.deploy((stack) => {
      alone({ waitForCompletion: false, variant: 'second' })(stack);
      kind.add(stack, 'Other', { variant: 'bad' });
    });

    expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(startedOf()).toHaveLength(3);
    expect(runningOf()).toEqual([startedOf()[0]]);
    expect(deletedOf()).toEqual([]);
  });

  test('that is training when another resource fails is found and stopped, although its creation never answered', async () => {
    behave(world.cloud, (variant) => (variant === 'bad' ? { seconds: 60, failure: 'AlgorithmError' } : { seconds: HOUR }));
    const result = await world.deploy((stack) => {
      kind.add(stack, kind.name);
      kind.add(stack, 'Other', { variant: 'bad' });
    });

    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(eventsOf(result, kind.name)).toContain('CREATE_FAILED: Resource creation cancelled');
    expect(startedOf()).toHaveLength(2);
    expect([...deletedOf()].sort()).toEqual(deletable(kind, [...startedOf()].sort()));
    expect(world.running).toEqual([]);
    expect(world.cloud.stateMachines.executions().filter(({ status }) => status === 'RUNNING')).toEqual([]);
  });

  test('whose creation was never delivered is no obstacle for the deletion of its stack', async () => {
    await world.stop();
    world = await World.start({
      deliver: ({ RequestType, ResourceType }, invoke) => { if (RequestType !== 'Create' || ResourceType === RESOURCE_TYPE.jobHistory) invoke(); },
    });
    const result = await world.deploy(alone({}));

    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(eventsOf(result, kind.name).find((event) => event.startsWith('CREATE_FAILED'))).toContain('did not receive a response');
    expect(world.hours).toBeGreaterThan(1);
    expect(startedOf()).toEqual([]);
  });

  test('that ran before is not stopped by a deployment that begins to wait for it and runs out of time', async () => {
    behave(world.cloud, () => ({ seconds: 20 * HOUR }));
    await world.deploy(alone({ waitForCompletion: false, maxRuntime: Duration.hours(24) }));
    await world.cloud.clock.advance(3_600_000);
    const result = await world.deploy(alone({ waitTimeout: Duration.hours(2), maxRuntime: Duration.hours(24) }));

    expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(startedOf()).toHaveLength(1);
    expect(runningOf()).toEqual(startedOf());
  });
});
