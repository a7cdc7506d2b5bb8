import { Duration } from 'aws-cdk-lib';
import { InProcessCloud, type InProcessOptions } from './in-process';
import { play } from './schedule';
import type { StackPlan } from './templates';
import type { FaultRule } from '../../local/faults';
import { type Course, deletable, type JobOptions, JOB_SCENARIOS } from '../deploy/kinds';

const SLOW = { seconds: 7200 };
const BAD = { seconds: 30, failure: 'AlgorithmError' };

describe.each(JOB_SCENARIOS.map(({ name }, index) => ({ name, index })))('$name', ({ index }) => {
  let cloud: InProcessCloud;
  afterEach(() => cloud.stop());

  const job = (options: JobOptions = {}): StackPlan => ({ A: { kind: index, options: { maxRuntime: Duration.hours(3), ...options } } });
  const bad: StackPlan = { B: { kind: index, options: { variant: 'bad' } } };

  function start(options: InProcessOptions, courses: { [variant: string]: Course } = {}): void {
    cloud = new InProcessCloud(options);
    JOB_SCENARIOS[index].behave(cloud as never, (variant) => courses[variant] ?? {});
  }

  function started(): number {
    return cloud.calls.filter(({ operation, output }) => operation === JOB_SCENARIOS[index].operation('Create') && output).length;
  }

  async function destroyed(): Promise<string[]> {
    expect((await cloud.destroy())?.status ?? 'DELETE_COMPLETE').toBe('DELETE_COMPLETE');
    await cloud.clock.advance(3 * 3_600_000);
    cloud.invariants.finished();
    return [...cloud.invariants.broken];
  }

  test('an update that is delivered after its rollback was answered starts nothing', async () => {
    start({ faults: [{ fault: 'late', match: { operation: 'Update', resource: '*JobA*' }, seconds: 240, when: { nth: 1 } }] }, { second: SLOW });
    await cloud.deploy(job());
    await cloud.interrupt(job({ variant: 'second' }), 60, async () => cloud.cloudFormation.cancelUpdate('Stack'));
    await cloud.clock.advance(3_600_000);

    expect(started()).toBe(1);
    expect(cloud.sagemaker.running()).toEqual([]);
    expect(await destroyed()).toEqual([]);
  });

  test('a creation that is delivered after its deletion was answered starts nothing', async () => {
    start({ faults: [{ fault: 'late', match: { operation: 'Create', resource: '*JobA*' }, seconds: 600 }] }, { bad: BAD });
    const result = await cloud.deploy({ ...job(), ...bad });

    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(await destroyed()).toEqual([]);
    expect(started()).toBe(1);
  });

  test('an event that Lambda could not deliver for twenty minutes is handled, for CloudFormation still waits', async () => {
    start({ faults: [{ fault: 'late', match: { operation: 'Create' }, seconds: 1200 }] });
    expect((await cloud.deploy(job({ maxRuntime: Duration.minutes(10) }))).status).toBe('CREATE_COMPLETE');
    expect(await destroyed()).toEqual([]);
  });

  test('a job whose creation was cancelled can be deleted: the id that CloudFormation makes up need not be a name', async () => {
    start({}, { first: SLOW, bad: BAD });
    const result = await cloud.deploy({ ...job(), ...bad });

    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(await destroyed()).toEqual([]);
  });

  test('the deletions of an old and a new job of one resource, sent together, are both answered', async () => {
    start({}, { first: SLOW, bad: BAD });
    await cloud.deploy(job({ waitForCompletion: false }));
    await cloud.deploy({ ...job({ variant: 'second' }), ...bad }, { disableRollback: true });
    const before = cloud.clock.now();

    expect(await destroyed()).toEqual([]);
    expect(cloud.calls.filter(({ operation }) => operation === JOB_SCENARIOS[index].operation('Delete')).length).toBeGreaterThanOrEqual(deletable(JOB_SCENARIOS[index], ['old', 'new']).length);
    expect(cloud.clock.now() - before).toBeLessThan(3.5 * 3_600_000);
  });

  test('a rollback reuses the second try at a request', async () => {
    const courses: { [variant: string]: Course } = { first: BAD };
    start({}, courses);
    await cloud.deploy(job({ waitForCompletion: false }));
    await cloud.clock.advance(3_600_000);
    courses.first = {};
    await cloud.deploy(job());
    expect(started()).toBe(2);
    courses.third = BAD;
    const failing = { kind: index, options: { variant: 'third' }, after: 'A' };
    const result = await cloud.deploy({ ...job({ variant: 'second' }), B: failing });

    expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(cloud.calls.filter(({ operation, input, output }) => output && operation === JOB_SCENARIOS[index].operation('Create') && JSON.stringify(input).includes('first'))).toHaveLength(2);
    expect(await destroyed()).toEqual([]);
  });

  test('an event that comes twice is answered once although Step Functions is throttled', async () => {
    start({
      faults: [
        { fault: 'throttle', match: { operation: 'StartExecution' }, when: { first: 6 } },
        { fault: 'duplicate', match: { operation: 'Create' }, seconds: 0 },
      ],
    });
    expect((await cloud.deploy(job({ maxRuntime: Duration.minutes(10) }))).status).toBe('CREATE_COMPLETE');
    expect(await destroyed()).toEqual([]);
  });

  test.each([2, 3, 4])('a service that refuses every %ith call does not refuse the same one of a step for ever', async (every) => {
    start({ faults: [{ fault: 'throttle', match: { service: 'sagemaker' }, when: { every } }] });
    const before = cloud.clock.now();
    expect((await cloud.deploy(job({ maxRuntime: Duration.minutes(10) }))).status).toBe('CREATE_COMPLETE');
    expect((await cloud.deploy(job({ maxRuntime: Duration.minutes(10), variant: 'second' }), { tags: { team: 'a' } })).status).toBe('UPDATE_COMPLETE');
    expect(cloud.clock.now() - before).toBeLessThan(900_000);
    expect(await destroyed()).toEqual([]);
  });

  test('a failure is reported only after its job has stopped, even if the function fails repeatedly in between', async () => {
    const operation = JOB_SCENARIOS[index].operation('Describe');
    start({ faults: [{ fault: 'kill-before', match: { operation }, when: { nth: [22, 23, 24, 25, 26, 27] } }] }, { first: { seconds: 5000, stoppingSeconds: 600 } });
    const result = await cloud.deploy(job({ waitTimeout: Duration.minutes(5) }), { disableRollback: true });

    expect(result.status).toBe('CREATE_FAILED');
    expect(cloud.sagemaker.running()).toEqual([]);
    expect(await destroyed()).toEqual([]);
  });

  test('a job is stopped that the service started although its creation seemed to fail when the time for that was up', async () => {
    const operation = JOB_SCENARIOS[index].operation('Create');
    start({ faults: [{ fault: 'throttle', match: { operation }, when: { until: 890 } }, { fault: 'lost-answer', match: { operation } }] }, { first: SLOW });
    const result = await cloud.deploy(job({ waitTimeout: Duration.minutes(30) }), { disableRollback: true });

    expect(result.status).toBe('CREATE_FAILED');
    expect(started()).toBe(1);
    expect(cloud.sagemaker.running()).toEqual([]);
    expect(await destroyed()).toEqual([]);
  });

  const TELLS_NOTHING: FaultRule = { fault: 'kill-after', match: { service: 'lambda' }, when: { until: 120 } };

  test('a job is stopped of whose creation no step could tell the next one', async () => {
    start({ faults: [TELLS_NOTHING] }, { first: SLOW });
    const result = await cloud.deploy(job(), { disableRollback: true });

    expect(result.status).toBe('CREATE_FAILED');
    expect(started()).toBe(1);
    expect(cloud.sagemaker.running()).toEqual([]);
    expect(await destroyed()).toEqual([]);
  });

  test('a job that is not waited for runs on, although the steps that had answered could not tell the next one', async () => {
    start({ faults: [TELLS_NOTHING] }, { first: SLOW });
    const result = await cloud.deploy(job({ waitForCompletion: false }));
    await cloud.clock.advance(600_000);

    expect(result.status).toBe('CREATE_COMPLETE');
    expect(cloud.sagemaker.running()).not.toEqual([]);
    expect(await destroyed()).toEqual([]);
  });

  test('a job is waited for although Lambda runs no function for ten minutes', async () => {
    start({ faults: [{ fault: 'throttle', match: { service: 'lambda' }, when: { from: 60, until: 660 } }] }, { first: { seconds: 1200 } });
    expect((await cloud.deploy(job())).status).toBe('CREATE_COMPLETE');
    expect(started()).toBe(1);
    expect(await destroyed()).toEqual([]);
  });
});

describe('schedules that have broken an invariant', () => {
  const minutes = Duration.minutes(10);

  test('the job that a rollback went back to stays, although it was stopped and a later attempt is deleted', async () => {
    const { broken } = await play({
      seed: 0,
      faults: [],
      commands: [
        { do: 'deploy', plan: { B: { kind: 0, options: { variant: 'secret_slow', maxRuntime: minutes, acceptStopped: true } } } },
        {
          do: 'deploy',
          plan: {
            B: { kind: 0, options: { variant: 'secret_slow', maxRuntime: minutes, waitForCompletion: false } },
            A: { kind: 0, options: { variant: 'secret_slow', maxRuntime: minutes } },
          },
          interruptAfter: 660,
        },
      ],
    });
    expect(broken).toEqual([]);
  });

  test('the record of a job stays as long as its creation may be at work, which would start it once more', async () => {
    const job = { kind: 0, options: { variant: 'secret_quick', maxRuntime: minutes } };
    for (let seed = 0; seed < 10; seed++) {
      const { broken } = await play({
        seed,
        commands: [{ do: 'deploy', plan: { A: job, B: job, C: job } }],
        faults: [
          { fault: 'capacity', when: { until: 709 } },
          { fault: 'lost-answer', match: { service: 'sagemaker' }, when: { probability: 0.9, until: 1094 } },
          { fault: 'throttle', match: { service: 'states' }, when: { probability: 0.3, until: 49 } },
        ],
      });
      expect(broken).toEqual([]);
    }
  });

  test('the update of a notebook instance that is rolled back does not stop it afterwards', async () => {
    const lasting = { variant: 'secret_quick', maxRuntime: minutes, waitForCompletion: false };
    const { broken } = await play({
      seed: 407283566,
      // The job of the update, whose name is taken, fails while the instance is about to be stopped.
      squatted: 6,
      faults: [{ fault: 'throttle', match: { service: 'sagemaker' }, when: { every: 9, until: 168 } }],
      commands: [
        {
          do: 'deploy',
          plan: {
            B: { kind: 1, options: { ...lasting, waitForCompletion: true, waitTimeout: Duration.hours(2) } },
            C: { kind: 2, options: lasting },
          },
          notebook: { desiredState: 'IN_SERVICE', instanceType: 'ml.m5.xlarge' },
        },
        { do: 'deploy', plan: { A: { kind: 0, options: lasting } }, notebook: { desiredState: 'STOPPED', instanceType: 'ml.m5.xlarge' } },
      ],
    });
    expect(broken).toEqual([]);
  });

  test('a creation does not go on after its deletion, however seldom Lambda runs the function', async () => {
    const quick = { variant: 'secret_quick', maxRuntime: minutes };
    const { broken } = await play({
      seed: 714771680,
      squatted: 1,
      faults: [
        { fault: 'duplicate', match: { operation: '*' }, seconds: 120 },
        { fault: 'throttle', match: { operation: 'Invoke' }, when: { probability: 0.9, until: 1087 } },
        { fault: 'account-limit', when: { until: 991 } },
      ],
      commands: [{
        do: 'deploy',
        plan: {
          A: { kind: 0, options: { ...quick, waitForCompletion: false } },
          B: { kind: 1, options: quick },
          C: { kind: 2, options: { ...quick, maxRuntime: Duration.hours(3), waitTimeout: Duration.minutes(5) }, after: 'A' },
        },
      }],
    });
    expect(broken).toEqual([]);
  });

  test('a job is stopped that a step has started after the deletion had been sent, although its own deletion knows of the one before', async () => {
    const { broken } = await play({
      seed: 0,
      faults: [{ fault: 'kill-before', when: { probability: 0.1, until: 808 } }],
      commands: [
        { do: 'deploy', plan: { C: { kind: 2, options: { variant: 'secret_bad', maxRuntime: minutes, waitForCompletion: false } } } },
        { do: 'deploy', plan: { C: { kind: 2, options: { variant: 'secret_slow', maxRuntime: minutes } } }, interruptAfter: 707, disableRollback: true },
        { do: 'deploy', plan: {} },
      ],
    });
    expect(broken).toEqual([]);
  });

  test('a job is created again in the second in which the failed one was deleted', async () => {
    const quick = { variant: 'secret_quick', maxRuntime: minutes };
    const bad = { variant: 'secret_bad', maxRuntime: minutes };
    const { broken } = await play({
      seed: 9,
      faults: [
        { fault: 'throttle', match: { service: 'sagemaker' }, when: { probability: 0.1, until: 303 } },
        { fault: 'lost-answer', match: { service: 'sagemaker' }, when: { probability: 0.9, until: 938 } },
      ],
      commands: [
        {
          do: 'deploy',
          plan: {
            A: { kind: 0, options: { ...bad, maxRuntime: Duration.hours(3), waitTimeout: Duration.minutes(5) } },
            B: { kind: 1, options: { ...quick, waitForCompletion: false }, after: 'A' },
          },
          interruptAfter: 328,
          disableRollback: true,
        },
        {
          do: 'deploy',
          plan: { A: { kind: 0, options: quick }, B: { kind: 1, options: { ...bad, waitForCompletion: false } } },
          notebook: { desiredState: 'IN_SERVICE', instanceType: 'ml.t3.medium' },
          interruptAfter: 640,
          disableRollback: true,
        },
        { do: 'deploy', plan: {} },
        { do: 'revert' },
        { do: 'deploy', plan: {} },
      ],
    });
    expect(broken).toEqual([]);
  });
});
