import { Duration } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { InProcessCloud } from './in-process';
import type { StackPlan } from './templates';
import type { FaultRule } from '../../local/faults';
import { type Course, type JobOptions, KINDS } from '../deploy/kinds';

/** Something that a user does to a stack. */
export type Command =
  /** Deploys it; an update may be cancelled after so many seconds, a creation may be followed by a deletion then. */
  | { readonly do: 'deploy'; readonly plan: StackPlan; readonly interruptAfter?: number; readonly disableRollback?: boolean }
  /** Deploys what was deployed before the last change. */
  | { readonly do: 'revert' }
  | { readonly do: 'destroy' }
  | { readonly do: 'idle'; readonly seconds: number };

/** What users do, and what goes wrong meanwhile. */
export interface Schedule {
  /** Chance depends on it only: how long calls take, how late lists are. */
  readonly seed: number;
  readonly commands: readonly Command[];
  readonly faults: readonly FaultRule[];
  /** How many instances of a type the account has. Default: any number. */
  readonly instances?: number;
}

/** How jobs go on, by the variant of their request. No log may hold these words. */
const COURSES: { readonly [variant: string]: Course } = {
  'secret-quick': {},
  'secret-other': { seconds: 60 },
  'secret-slow': { seconds: 7200 },
  'secret-bad': { seconds: 30, failure: 'AlgorithmError: out of luck, exit code: 1' },
  'secret-stubborn': { seconds: 5000, stoppingSeconds: 2400 },
};

const jobOptions: fc.Arbitrary<JobOptions> = fc.record({
  variant: fc.constantFrom(...Object.keys(COURSES)),
  maxRuntime: fc.constantFrom(Duration.minutes(10), Duration.hours(3)),
  waitForCompletion: fc.constantFrom(undefined, undefined, undefined, false),
  acceptStopped: fc.constantFrom(undefined, undefined, true),
  rerunTrigger: fc.constantFrom(undefined, undefined, 'again'),
});

const plan: fc.Arbitrary<StackPlan> = fc.dictionary(
  fc.constantFrom('A', 'B', 'C'),
  fc.record({ kind: fc.integer({ min: 0, max: KINDS.length - 1 }), options: jobOptions, after: fc.constantFrom(undefined, 'A') }),
).map((slots) => (slots.A ? { ...slots, A: { ...slots.A, after: undefined } } : slots));

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('deploy' as const),
      plan,
      interruptAfter: fc.option(fc.integer({ min: 1, max: 900 }), { nil: undefined, freq: 2 }),
      disableRollback: fc.constantFrom(undefined, undefined, undefined, true),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'revert' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'destroy' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('idle' as const), seconds: fc.integer({ min: 1, max: 10_000 }) }) },
);

/** So long some faults go on at most, in seconds: after it, every deployment has a chance. */
const until = fc.integer({ min: 30, max: 2400 });
const nth = fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1, maxLength: 2 });
const sageMaker = { service: 'sagemaker' };
const event = fc.record({ operation: fc.constantFrom('Create', 'Update', 'Delete', '*') });

const fault: fc.Arbitrary<FaultRule> = fc.oneof(
  fc.record({
    fault: fc.constantFrom('throttle' as const, 'error' as const, 'lost-answer' as const, 'lost-request' as const),
    match: fc.constant(sageMaker),
    when: fc.record({ probability: fc.constantFrom(0.1, 0.3, 0.9), until }),
  }),
  fc.record({ fault: fc.constant('throttle' as const), match: fc.constant({ service: 'states' }), when: fc.record({ probability: fc.constant(0.3), until }) }),
  fc.record({ fault: fc.constantFrom('kill-before' as const, 'kill-after' as const), when: fc.record({ nth }) }),
  fc.record({ fault: fc.constantFrom('kill-before' as const, 'kill-after' as const), match: fc.constant({ operation: 'Invoke' }), when: fc.record({ nth }) }),
  fc.record({
    fault: fc.constant('kill-after' as const),
    match: fc.constantFrom({ operation: 'Create*Job' }, { operation: 'Stop*Job' }, { operation: 'Delete*Job' }, { operation: 'Respond' }, { operation: 'StartExecution' }),
    when: fc.constant({ nth: 1 }),
  }),
  fc.record({ fault: fc.constant('rate-limit' as const), match: fc.constant(sageMaker), perSecond: fc.constant(0.5), when: fc.record({ until }) }),
  fc.record({ fault: fc.constant('delay' as const), match: fc.constant(sageMaker), seconds: fc.integer({ min: 1, max: 8 }), when: fc.record({ nth }) }),
  fc.record({ fault: fc.constantFrom('account-limit' as const, 'role-not-spread' as const), when: fc.record({ until }) }),
  fc.record({ fault: fc.constant('stale' as const), seconds: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ fault: fc.constant('capacity' as const), when: fc.record({ until }) }),
  fc.record({ fault: fc.constant('duplicate' as const), match: event, seconds: fc.constantFrom(0, 1, 90, 1000) }),
  fc.record({ fault: fc.constant('late' as const), match: event, seconds: fc.integer({ min: 1, max: 900 }), when: fc.record({ nth }) }),
  fc.record({ fault: fc.constant('reorder' as const), match: event, seconds: fc.integer({ min: 1, max: 900 }), when: fc.record({ nth }) }),
);

/** Random schedules. */
export const schedules: fc.Arbitrary<Schedule> = fc.record({
  seed: fc.nat(),
  commands: fc.array(command, { minLength: 1, maxLength: 5 }),
  faults: fc.array(fault, { maxLength: 4 }),
  instances: fc.constantFrom(undefined, undefined, 1, 2),
});

/** What came of a schedule. */
export interface Outcome {
  readonly broken: readonly string[];
  readonly faults: number;
  readonly jobs: number;
  readonly cloud: InProcessCloud;
}

/** Runs a schedule, deletes the stack, and lets some more hours pass. */
export async function play({ seed, commands, faults, instances }: Schedule): Promise<Outcome> {
  const cloud = new InProcessCloud({ seed, faults, instanceLimits: instances === undefined ? undefined : { 'ml.m5.xlarge': instances } });
  try {
    for (const kind of KINDS) kind.behave(cloud as never, (variant) => COURSES[variant]);
    const deployed: StackPlan[] = [];
    for (const next of commands) await unlessRefused(() => carryOut(cloud, next, deployed));
    for (let attempts = 0; attempts < 3 && isThere(cloud); attempts++) await cloud.destroy();
    await cloud.clock.advance(4 * 3_600_000);
    cloud.invariants.finished();
    const leftOver = isThere(cloud) ? ['3: the stack cannot be deleted'] : [];
    return {
      broken: [...cloud.invariants.broken, ...leftOver],
      faults: cloud.faults.injected.length,
      jobs: cloud.calls.filter(({ operation, output }) => /^Create.*Job$/.test(operation) && output).length,
      cloud,
    };
  } finally {
    cloud.stop();
  }
}

async function carryOut(cloud: InProcessCloud, next: Command, deployed: StackPlan[]): Promise<void> {
  if (next.do === 'idle') {await cloud.clock.advance(next.seconds * 1000);} else if (next.do === 'destroy') {await cloud.destroy();} else if (next.do === 'revert') {
    if (deployed.length > 1) await cloud.deploy(deployed.at(-2)!);
  } else {
    deployed.push(next.plan);
    const { plan: contents, interruptAfter, disableRollback } = next;
    if (interruptAfter === undefined) await cloud.deploy(contents, { disableRollback });
    else await cloud.interrupt(contents, interruptAfter, () => interruption(cloud));
  }
}

/** Cancels an update; a creation cannot be cancelled but by deleting the stack. */
async function interruption(cloud: InProcessCloud): Promise<void> {
  const stack = cloud.cloudFormation.list().find(({ stackName, status }) => stackName === 'Stack' && status !== 'DELETE_COMPLETE');
  if (stack?.status === 'UPDATE_IN_PROGRESS') cloud.cloudFormation.cancelUpdate('Stack');
  if (stack?.status === 'CREATE_IN_PROGRESS') await cloud.destroy();
}

function isThere(cloud: InProcessCloud): boolean {
  return cloud.cloudFormation.list().some(({ stackName, status }) => stackName === 'Stack' && status !== 'DELETE_COMPLETE');
}

/** A stack that has failed takes some operations only; then CloudFormation says so. */
async function unlessRefused(action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if ((error as Error).name !== 'ValidationError') throw error;
  }
}
