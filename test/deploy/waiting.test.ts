import { CfnOutput, Duration } from 'aws-cdk-lib';
import { type JobOptions, JOB_SCENARIOS } from './kinds';
import { type Contents, eventsOf, World } from './world';
import { RESOURCE_TYPE } from '../../src/contract';

const HOUR = 3600;

describe.each(JOB_SCENARIOS)('$name', (kind) => {
  let world: World;
  beforeEach(async () => { world = await World.start(); });
  afterEach(() => world.stop());

  const started = () => world.requests(kind.operation('Create')).map((request) => request[kind.nameMember]);
  /** The jobs of the kind that run; the ones that they launch run as well. */
  const running = () => world.running.filter((name) => started().includes(name));
  const deleted = () => world.requests(kind.operation('Delete')).map((request) => request[kind.nameMember]);

  /** A stack with one job, and its result as an output. */
  const job = (options: JobOptions): Contents => (stack) => {
    const { result } = kind.add(stack, 'Job', options);
    if (options.waitForCompletion !== false) new CfnOutput(stack, 'Result', { value: result });
  };

  test('of three hours is waited for in windows of less than an hour each', async () => {
    kind.behave(world.cloud, () => ({ seconds: 3 * HOUR }));
    const result = await world.deploy(job({ maxRuntime: Duration.hours(4) }));

    expect(result.status).toBe('CREATE_COMPLETE');
    expect(world.hours).toBeGreaterThan(3);
    expect(world.hours).toBeLessThan(3.3);
    const [name] = started();
    expect(result.outputs.Result).toEqual(kind.resultOf(name));
    const completed = ['Job', 'JobWindow2', 'JobWindow3', 'JobWindow4'].map((id) => eventsOf(result, id).filter((event) => event === 'CREATE_COMPLETE').length);
    expect(completed.every((count) => count > 0)).toBe(true);
    expect(started()).toHaveLength(1);
  });

  test('of three hours is replaced, rolled back to and deleted as one of minutes is', async () => {
    kind.behave(world.cloud, (variant) => ({ seconds: 3 * HOUR, failure: variant === 'bad' ? 'AlgorithmError' : undefined }));
    const options = { maxRuntime: Duration.hours(4) };
    const { outputs } = await world.deploy(job(options));
    const result = await world.deploy(job({ ...options, variant: 'bad' }));

    expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(started()).toHaveLength(2);
    const [first, failed] = started();
    expect(world.cloud.cloudFormation.describe('Stack').outputs).toEqual([expect.objectContaining({ value: outputs.Result })]);
    expect(deleted()).toEqual([]);

    await world.destroy();
    expect(deleted()).toEqual([failed, first]);
  });

  test('that runs longer than the deployment waits is stopped before the deployment fails', async () => {
    kind.behave(world.cloud, () => ({ seconds: 5 * HOUR, stoppingSeconds: 90 }));
    const result = await world.deploy(job({ maxRuntime: Duration.hours(24), waitTimeout: Duration.minutes(30) }));

    expect(result.status).toBe('ROLLBACK_COMPLETE');
    const [name] = started();
    const failure = eventsOf(result, 'Job').find((event) => event.startsWith('CREATE_FAILED'));
    expect(failure).toContain(`${kind.label} '${name}' was still `);
    expect(failure).toContain('when the wait timeout was reached, and was stopped. Logs: https://');
    expect(world.hours).toBeLessThan(0.7);
    expect(world.requests(kind.operation('Stop'))).toHaveLength(1);
    expect(world.running).toEqual([]);
    expect(deleted()).toEqual([name]);
  });

  test('that runs longer than all windows is stopped by the last one', async () => {
    kind.behave(world.cloud, () => ({ seconds: 9 * HOUR }));
    const result = await world.deploy(job({ maxRuntime: Duration.hours(24), waitTimeout: Duration.hours(2) }));

    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(eventsOf(result, 'JobWindow3').find((event) => event.startsWith('CREATE_FAILED'))).toContain('and was stopped');
    expect(world.hours).toBeGreaterThan(2);
    expect(world.hours).toBeLessThan(2.3);
    expect(world.running).toEqual([]);
  });

  test('that is not waited for runs on after the deployment', async () => {
    kind.behave(world.cloud, () => ({ seconds: HOUR }));
    const result = await world.deploy(job({ waitForCompletion: false }));

    expect(result.status).toBe('CREATE_COMPLETE');
    expect(eventsOf(result, 'Job')).toContain('CREATE_COMPLETE');
    expect(deleted()).toEqual([]);
    expect(world.hours).toBeLessThan(0.05);
    expect(running()).toEqual(started());
  });

  test('that runs and is not waited for runs on when the update that replaced it is rolled back', async () => {
    kind.behave(world.cloud, (variant) => (variant === 'bad' ? { failure: 'AlgorithmError' } : { seconds: 10 * HOUR }));
    await world.deploy(job({ waitForCompletion: false }));
    const result = await world.deploy((stack) => {
      job({ waitForCompletion: false, variant: 'second' })(stack);
      kind.add(stack, 'Other', { variant: 'bad' });
    });

    expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(started()).toHaveLength(3);
    expect(running()).toEqual([started()[0]]);
    expect(deleted()).toEqual([]);
  });

  test('that is training when another resource fails is found and stopped, although its creation never answered', async () => {
    kind.behave(world.cloud, (variant) => (variant === 'bad' ? { seconds: 60, failure: 'AlgorithmError' } : { seconds: HOUR }));
    const result = await world.deploy((stack) => {
      kind.add(stack, 'Job');
      kind.add(stack, 'Other', { variant: 'bad' });
    });

    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(eventsOf(result, 'Job')).toContain('CREATE_FAILED: Resource creation cancelled');
    expect(started()).toHaveLength(2);
    expect([...deleted()].sort()).toEqual([...started()].sort());
    expect(world.running).toEqual([]);
    expect(world.cloud.stateMachines.executions().filter(({ status }) => status === 'RUNNING')).toEqual([]);
  });

  test('whose creation was never delivered is no obstacle for the deletion of its stack', async () => {
    await world.stop();
    world = await World.start({
      deliver: ({ RequestType, ResourceType }, invoke) => { if (RequestType !== 'Create' || ResourceType === RESOURCE_TYPE.jobHistory) invoke(); },
    });
    const result = await world.deploy(job({}));

    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(eventsOf(result, 'Job').find((event) => event.startsWith('CREATE_FAILED'))).toContain('did not receive a response');
    expect(world.hours).toBeGreaterThan(1);
    expect(started()).toEqual([]);
  });

  test('with another exact name of an update that is cancelled is stopped, and its record is deleted', async () => {
    await world.deploy(job({ name: 'one' }));
    kind.behave(world.cloud, () => ({ seconds: 3 * HOUR }));
    const updating = world.deploy(job({ name: 'two', variant: 'second' }));
    await world.cloud.clock.advance(600_000);
    world.cloud.cloudFormation.cancelUpdate('Stack');
    const result = await updating;

    expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(world.running).toEqual([]);
    expect(started()).toEqual(['one', 'two']);
    expect(deleted()).toEqual(['two']);
  });

  test('that ran before is not stopped by a deployment that begins to wait for it and runs out of time', async () => {
    kind.behave(world.cloud, () => ({ seconds: 20 * HOUR }));
    await world.deploy(job({ waitForCompletion: false, maxRuntime: Duration.hours(24) }));
    await world.cloud.clock.advance(3_600_000);
    const result = await world.deploy(job({ waitTimeout: Duration.hours(2), maxRuntime: Duration.hours(24) }));

    expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(started()).toHaveLength(1);
    expect(running()).toEqual(started());
  });

  test('of an update that is cancelled is stopped, and the old one is taken up again', async () => {
    const { outputs } = await world.deploy(job({}));
    kind.behave(world.cloud, () => ({ seconds: 3 * HOUR }));
    const updating = world.deploy(job({ variant: 'second', maxRuntime: Duration.hours(4) }));
    await world.cloud.clock.advance(600_000);
    expect(running()).toHaveLength(1);
    world.cloud.cloudFormation.cancelUpdate('Stack');
    const result = await updating;

    expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(world.cloud.cloudFormation.describe('Stack').outputs).toEqual([expect.objectContaining({ value: outputs.Result })]);
    expect(started()).toHaveLength(2);
    expect(deleted()).toEqual([]);
    expect(world.running).toEqual([]);
  });
});
