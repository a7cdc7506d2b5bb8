import { Duration } from 'aws-cdk-lib';
import { InProcessCloud, type InProcessOptions } from './in-process';
import type { StackPlan } from './templates';
import type { FaultRule } from '../../local/faults';
import { type Course, type JobOptions, JOB_SCENARIOS } from '../deploy/kinds';

const SAGEMAKER = { service: 'sagemaker' };

describe.each(JOB_SCENARIOS.map((kind, index) => ({ name: kind.name, kind, index })))('$name', ({ kind, index }) => {
  let cloud: InProcessCloud;
  afterEach(() => cloud.stop());

  const job = (options: JobOptions = {}) => ({ kind: index, options: { maxRuntime: Duration.minutes(50), ...options } });
  const started = () => cloud.calls.filter(({ operation, output }) => operation === kind.operation('Create') && output).length;
  const minutes = () => (cloud.clock.now() - Date.parse('2026-01-01T00:00:00Z')) / 60_000;

  function start(options: InProcessOptions = {}, course: Course = {}): void {
    cloud = new InProcessCloud(options);
    kind.behave(cloud as never, () => course);
  }

  /** Deploys and destroys a stack. */
  async function live(plan: StackPlan): Promise<(string | undefined)[]> {
    const created = await cloud.deploy(plan);
    const destroyed = await cloud.destroy();
    await cloud.clock.advance(3_600_000);
    cloud.invariants.finished();
    return [created.status, destroyed?.status, ...cloud.invariants.broken];
  }

  const many = (count: number): StackPlan => Object.fromEntries(Array.from({ length: count }, (_, slot) => [`S${slot}`, job({ variant: `v${slot}` })]));

  test.each<[string, FaultRule]>([
    ['SageMaker is unavailable for twenty minutes', { fault: 'error', match: SAGEMAKER, when: { from: 50, until: 1250 } }],
    ['SageMaker cannot be reached for twenty minutes', { fault: 'lost-request', match: SAGEMAKER, when: { from: 50, until: 1250 } }],
    ['IAM has not spread the role for a minute', { fault: 'role-not-spread', when: { until: 110 } }],
    ['what was created is not found for twenty seconds', { fault: 'stale', seconds: 20 }],
  ])('is started once and deployed although %s', async (_what, fault) => {
    start({ faults: [fault] });
    expect(await live({ A: job() })).toEqual(['CREATE_COMPLETE', 'DELETE_COMPLETE']);
    expect(started()).toBe(1);
    expect(cloud.faults.injected).not.toHaveLength(0);
  });

  test('is one of sixty that share two calls a second: all are started once, and deployed', async () => {
    start({ faults: [{ fault: 'rate-limit', match: SAGEMAKER, perSecond: 2, burst: 10 }] });
    expect(await live(many(60))).toEqual(['CREATE_COMPLETE', 'DELETE_COMPLETE']);
    expect(started()).toBe(60);
  }, 180_000);

  test('takes forty minutes to stop, and its deletion waits for that', async () => {
    // SageMaker itself limits the stopping of training jobs, so it is asked late there.
    start(['CompilationJob', 'ProcessingJob', 'TransformJob', 'OptimizationJob'].includes(kind.name) ? {} : { faults: [{ fault: 'error', match: { operation: kind.operation('Stop') }, when: { until: 2400 } }] }, { seconds: 7200, stoppingSeconds: 2400 });
    expect(await live({ A: job({ waitForCompletion: false, maxRuntime: Duration.hours(3) }) })).toEqual(['CREATE_COMPLETE', 'DELETE_COMPLETE']);
    expect(minutes()).toBeGreaterThan(40);
  });

  test('has a status that nobody knows: the failure names it, and nothing is left', async () => {
    start({ faults: [{ fault: 'unknown-status', match: { operation: kind.operation('Describe') }, status: 'Hibernating', when: { until: 60 } }] });
    const result = await cloud.deploy({ A: job() });
    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(result.events.map(({ resourceStatusReason = '' }) => resourceStatusReason).join()).toContain("has the status 'Hibernating', which this handler version does not support");
    await cloud.clock.advance(3_600_000);
    cloud.invariants.finished();
    expect(cloud.invariants.broken).toEqual([]);
  });
});
