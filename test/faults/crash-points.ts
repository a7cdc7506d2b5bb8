import { Duration } from 'aws-cdk-lib';
import { InProcessCloud } from './in-process';
import type { TriedCall } from './platform';
import type { StackPlan } from './templates';
import { type Course, type JobOptions, JOB_SCENARIOS } from '../deploy/kinds';

/** A way that the life of a job can take. */
export interface Path {
  readonly name: string;
  /** How jobs go on, by the variant of their request. Default: they complete. */
  readonly courses?: { readonly [variant: string]: Course };
  /** How the stack must end. */
  readonly ends: string;
  /** What CloudFormation is asked for; the last operation's status is what it comes to. */
  readonly live: (cloud: InProcessCloud, job: (options?: JobOptions) => StackPlan) => Promise<{ readonly status: string } | undefined>;
}

/** Few looks at a job are enough to die at each of them. */
const QUICK = { startingSeconds: 3, downloadingSeconds: 3, seconds: 5, uploadingSeconds: 1, stoppingSeconds: 5 };
const SLOW = { seconds: 7200 };
const BAD = { seconds: 30, failure: 'AlgorithmError' };

/** Every way, for one kind of job. */
export const PATHS: readonly Path[] = [
  { name: 'create', ends: 'CREATE_COMPLETE', live: (cloud, job) => cloud.deploy(job()) },
  { name: 'create without waiting', ends: 'CREATE_COMPLETE', live: (cloud, job) => cloud.deploy(job({ waitForCompletion: false })) },
  { name: 'create in windows', courses: { first: { seconds: 2000 } }, ends: 'CREATE_COMPLETE', live: (cloud, job) => cloud.deploy(job({ waitTimeout: Duration.hours(1) })) },
  {
    name: 'create and run out of time',
    courses: { first: SLOW },
    ends: 'ROLLBACK_COMPLETE',
    live: (cloud, job) => cloud.deploy(job({ maxRuntime: Duration.hours(3), waitTimeout: Duration.minutes(10) })),
  },
  { name: 'fail and roll the creation back', courses: { first: BAD }, ends: 'ROLLBACK_COMPLETE', live: (cloud, job) => cloud.deploy(job()) },
  {
    name: 'replace',
    ends: 'UPDATE_COMPLETE',
    live: async (cloud, job) => {
      await cloud.deploy(job());
      return cloud.deploy(job({ variant: 'second' }));
    },
  },
  {
    name: 'update in place',
    ends: 'UPDATE_COMPLETE',
    live: async (cloud, job) => {
      await cloud.deploy(job());
      return cloud.deploy(job(), { tags: { team: 'b' } });
    },
  },
  {
    name: 'fail and roll the update back',
    courses: { second: BAD },
    ends: 'UPDATE_ROLLBACK_COMPLETE',
    live: async (cloud, job) => {
      await cloud.deploy(job());
      return cloud.deploy(job({ variant: 'second' }));
    },
  },
  {
    name: 'cancel an update',
    courses: { second: SLOW },
    ends: 'UPDATE_ROLLBACK_COMPLETE',
    live: async (cloud, job) => {
      await cloud.deploy(job());
      return cloud.interrupt(job({ variant: 'second', maxRuntime: Duration.hours(3) }), 600, async () => cloud.cloudFormation.cancelUpdate('Stack'));
    },
  },
  ...([['starting', 2, {}], ['running', 400, SLOW], ['completed', 4000, {}], ['failed', 4000, BAD]] as const).map(([stage, seconds, course]): Path => ({
    name: `delete while ${stage}`,
    courses: { first: course },
    ends: 'DELETE_COMPLETE',
    live: async (cloud, job) => {
      await cloud.deploy(job({ waitForCompletion: false, maxRuntime: Duration.hours(3) }));
      await cloud.clock.advance(seconds * 1000);
      return cloud.destroy();
    },
  })),
  {
    name: 'delete while stopping',
    courses: { first: { seconds: 7200, stoppingSeconds: 900 } },
    ends: 'DELETE_COMPLETE',
    live: async (cloud, job) => {
      await cloud.deploy(job({ waitForCompletion: false, maxRuntime: Duration.hours(3) }));
      await cloud.clock.advance(600_000);
      const [running] = cloud.sagemaker.running();
      const kind = JOB_SCENARIOS.find((candidate) => `${cloud.calls.find(({ operation }) => operation.startsWith('Create'))?.operation}` === candidate.operation('Create'))!;
      cloud.sagemaker.call(kind.operation('Stop'), { [kind.nameMember]: running });
      return cloud.destroy();
    },
  },
  {
    name: 'delete while the creation is waited for',
    courses: { first: SLOW },
    ends: 'DELETE_COMPLETE',
    live: async (cloud, job) => {
      let destroyed: { readonly status: string } | undefined;
      await cloud.interrupt(job({ maxRuntime: Duration.hours(3) }), 300, async () => { destroyed = await cloud.destroy(); });
      return destroyed;
    },
  },
];

/**
 * A moment at which the function can die: before the first call of an invocation, or after a call that changes something. At
 * any other moment, everything outside is as it was at one of these.
 */
export interface CrashPoint {
  readonly path: Path;
  readonly call: number;
  readonly moment: 'before' | 'after';
}

/** What came of a run. */
export interface Run {
  readonly status?: string;
  readonly broken: readonly string[];
  /** The calls of services that the function has tried. */
  readonly calls: readonly TriedCall[];
  readonly killed: number;
}

/** Goes a way; at a crash point, the function is killed there. Everything is deleted then. */
export async function walk(path: Path, kind: number, point?: CrashPoint): Promise<Run> {
  const fault = point?.moment === 'before' ? 'kill-before' as const : 'kill-after' as const;
  const cloud = new InProcessCloud({ faults: point ? [{ fault, when: { nth: point.call } }] : [] });
  try {
    JOB_SCENARIOS[kind].behave(cloud as never, (variant) => ({ ...QUICK, ...path.courses?.[variant] }));
    const result = await path.live(cloud, (options = {}) => ({ A: { kind, options: { maxRuntime: Duration.minutes(50), ...options } } }));
    await cloud.destroy();
    await cloud.clock.advance(3 * 3_600_000);
    cloud.invariants.finished();
    const { platform: { tried }, invariants: { broken }, faults: { injected } } = cloud;
    return { status: result?.status, broken, calls: tried, killed: injected.length };
  } finally {
    cloud.stop();
  }
}

/** Goes a way once without a crash, then once for each crash point of it. */
export async function crashEverywhere(path: Path, kind: number): Promise<{ readonly count: number; readonly failures: readonly string[] }> {
  const clean = await walk(path, kind);
  const failures = clean.status === path.ends && clean.broken.length === 0 ? [] : [`without a crash: ${clean.status} ${clean.broken.join()}`];
  let count = 0;
  for (const [index, { changes, isFirst }] of clean.calls.entries()) {
    const call = index + 1;
    for (const moment of [...isFirst ? ['before' as const] : [], ...changes ? ['after' as const] : []]) {
      count++;
      const { status, broken, killed } = await walk(path, kind, { path, call, moment });
      const problems = [...broken, ...status === path.ends ? [] : [`ended as ${status}`], ...killed === 1 ? [] : [`killed ${killed} times`]];
      failures.push(...problems.map((problem) => `${moment} call ${call}: ${problem}`));
    }
  }
  return { count, failures };
}
