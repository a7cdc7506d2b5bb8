import { Duration } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { FOREIGN_TAG, FOREIGN_VARIANT, squat, startLookalikes } from './foreign';
import { InProcessCloud } from './in-process';
import type { JobPlan, NotebookPlan, StackPlan, TemplateOptions } from './templates';
import { ServiceError } from '../../local/api/service-error';
import type { CustomResourceEvent } from '../../local/cloudformation';
import type { FaultRule } from '../../local/faults';
import { type Course, type JobOptions, JOB_SCENARIOS, keepsRecords } from '../deploy/kinds';

/** What a user deploys. */
export interface Contents extends TemplateOptions {
  readonly plan: StackPlan;
}

/** Something that a user does to a stack. */
export type Command =
  /** Deploys it; an update may be cancelled after so many seconds, a creation may be followed by a deletion then. */
  | Contents & { readonly do: 'deploy'; readonly interruptAfter?: number; readonly disableRollback?: boolean }
  /** Deploys what was deployed before the last change. */
  | { readonly do: 'revert' }
  /** Goes on with a rollback that has failed, or rolls back what was left as it had failed. */
  | { readonly do: 'recover' }
  | { readonly do: 'destroy' }
  | { readonly do: 'idle'; readonly seconds: number }
  /** Stops or deletes a job of the stack in the console, or tags it; which one, by its number. */
  | { readonly do: 'stop' | 'delete' | 'tag'; readonly job: number };

/** What users do, and what goes wrong meanwhile. */
export interface Schedule {
  /** Chance depends on it only: ids, how long calls take, how late lists are, for how long the handler waits. */
  readonly seed: number;
  readonly commands: readonly Command[];
  readonly faults: readonly FaultRule[];
  /** How many instances of a type the account has. Default: any number. */
  readonly instances?: number;
  /** Whether services throttle calls by themselves, and lists of jobs are late. Default: true. */
  readonly quotas?: boolean;
  /** Before this event, counted from 1, somebody else starts a job under the name that the event is going to ask for. */
  readonly squatted?: number;
}

/** How jobs go on, by the variant of their request. No log may hold these words. */
const COURSES: { readonly [variant: string]: Course } = {
  secret_quick: {},
  secret_other: { seconds: 60 },
  secret_slow: { seconds: 7200 },
  secret_bad: { seconds: 30, failure: 'AlgorithmError: out of luck, exit code: 1' },
  secret_stubborn: { seconds: 5000, stoppingSeconds: 2400 },
};
const FOREIGN_COURSE: Course = { seconds: 86_000 };

function sometimes<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

/** One window, several, or none. */
const waiting = fc.oneof(
  fc.record({ maxRuntime: fc.constantFrom(Duration.minutes(10), Duration.hours(3)) }),
  fc.record({ maxRuntime: fc.constant(Duration.hours(3)), waitTimeout: fc.constantFrom(Duration.minutes(5), Duration.hours(2)) }),
  fc.record({ maxRuntime: fc.constantFrom(Duration.minutes(10), Duration.hours(3)), waitForCompletion: fc.constant(false) }),
);

const jobOptions: fc.Arbitrary<JobOptions> = fc.tuple(waiting, fc.record({
  variant: fc.constantFrom(...Object.keys(COURSES)),
  acceptStopped: fc.constantFrom(undefined, undefined, true),
  rerunTrigger: fc.constantFrom(undefined, undefined, 'again'),
})).map(([wait, rest]) => ({ ...wait, ...rest }));

/** A job of mostly one kind: of another kind it would be another resource, and no update of the one before. */
function job(usual: number): fc.Arbitrary<JobPlan> {
  return fc.record({
    kind: fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.nat({ max: JOB_SCENARIOS.length - 1 }) }),
    options: jobOptions,
    after: usual === 0 ? fc.constant(undefined) : fc.constantFrom(undefined, 'A'),
    role: fc.constantFrom(undefined, undefined, 'arn:aws:iam::111122223333:role/other'),
    environment: fc.constantFrom({ TOKEN: 'secret_token' }, { TOKEN: 'secret_token' }, { TOKEN: 'secret_key' }),
  });
}

const plan: fc.Arbitrary<StackPlan> = fc.record({ A: job(0), B: job(1), C: job(2) }, { requiredKeys: [] });

const notebook: fc.Arbitrary<NotebookPlan> = fc.record({
  desiredState: fc.constantFrom('IN_SERVICE' as const, 'STOPPED' as const),
  instanceType: fc.constantFrom('ml.t3.medium', 'ml.m5.xlarge'),
});

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('deploy' as const),
      plan,
      notebook: sometimes(notebook),
      tags: fc.constantFrom(undefined, undefined, { team: 'a' }),
      stage: fc.constantFrom(undefined, undefined, undefined, 'Production'),
      interruptAfter: sometimes(fc.integer({ min: 1, max: 900 })),
      disableRollback: fc.constantFrom(undefined, undefined, undefined, true),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'revert' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'recover' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'destroy' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('idle' as const), seconds: fc.integer({ min: 1, max: 10_000 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('stop' as const, 'delete' as const, 'tag' as const), job: fc.nat({ max: 9 }) }) },
);

/** So long some faults go on at most, in seconds: after it, every deployment has a chance. */
const until = fc.integer({ min: 30, max: 2400 });
const nth = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 3 });
const probability = fc.constantFrom(0.1, 0.3, 0.9);
const sageMaker = { service: 'sagemaker' };
const invocation = { operation: 'Invoke' };
const event = fc.record({ operation: fc.constantFrom('Create', 'Update', 'Delete', '*') });
/** Lambda delivers an event at least once, and for six hours at most. */
const seconds = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 900 }) }, { weight: 1, arbitrary: fc.integer({ min: 900, max: 21_600 }) });
const kill = fc.constantFrom('kill-before' as const, 'kill-after' as const);

const fault: fc.Arbitrary<FaultRule> = fc.oneof(
  fc.record({
    fault: fc.constantFrom('throttle' as const, 'error' as const, 'lost-answer' as const, 'lost-request' as const),
    match: fc.constant(sageMaker),
    when: fc.record({ probability, until }),
  }),
  fc.record({ fault: fc.constantFrom('throttle' as const, 'lost-answer' as const), match: fc.constant({ service: 'states' }), when: fc.record({ probability: fc.constant(0.3), until }) }),
  fc.record({ fault: fc.constantFrom('throttle' as const, 'error' as const), match: fc.constant(invocation), when: fc.record({ probability, until }) }),
  fc.record({ fault: fc.constant('throttle' as const), match: fc.constant(sageMaker), when: fc.record({ every: fc.integer({ min: 2, max: 9 }), until }) }),
  fc.record({ fault: kill, when: fc.record({ nth }) }),
  fc.record({ fault: kill, match: fc.constant(invocation), when: fc.record({ nth }) }),
  fc.record({ fault: kill, when: fc.record({ probability: fc.constant(0.1), until }) }),
  fc.record({
    fault: kill,
    match: fc.constantFrom({ operation: 'Create*Job' }, { operation: 'Stop*Job' }, { operation: 'Delete*Job' }, { operation: 'Respond' }, { operation: '*Execution' }),
    when: fc.record({ nth: fc.integer({ min: 1, max: 3 }) }),
  }),
  fc.record({ fault: fc.constant('rate-limit' as const), match: fc.constant(sageMaker), perSecond: fc.constant(0.5), when: fc.record({ until }) }),
  fc.record({ fault: fc.constant('delay' as const), match: fc.constant(sageMaker), seconds: fc.integer({ min: 1, max: 20 }), when: fc.record({ nth }) }),
  fc.record({ fault: fc.constantFrom('account-limit' as const, 'role-not-spread' as const), when: fc.record({ until }) }),
  fc.record({ fault: fc.constant('stale' as const), seconds: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ fault: fc.constant('capacity' as const), when: fc.record({ until }) }),
  fc.record({ fault: fc.constant('duplicate' as const), match: event, seconds }),
  fc.record({ fault: fc.constantFrom('late' as const, 'reorder' as const), match: event, seconds, when: fc.record({ nth }) }),
);

/** Random schedules. */
export const schedules: fc.Arbitrary<Schedule> = fc.record({
  seed: fc.nat(),
  commands: fc.array(command, { minLength: 1, maxLength: 7 }),
  faults: fc.array(fault, { maxLength: 4 }),
  instances: fc.constantFrom(undefined, undefined, 1, 2),
  quotas: fc.constantFrom(undefined, undefined, false),
  squatted: sometimes(fc.integer({ min: 1, max: 6 })),
});

/** What came of a schedule. */
export interface Outcome {
  readonly broken: readonly string[];
  readonly faults: number;
  readonly jobs: number;
  readonly cloud: InProcessCloud;
}

/** Runs a schedule among jobs of others, deletes the stack, and lets pass the hours in which an event may yet come. */
export async function play({ seed, commands, faults, instances, quotas, squatted }: Schedule): Promise<Outcome> {
  let events = 0;
  const beforeEvent = (next: CustomResourceEvent, account: InProcessCloud) => {
    if (++events === squatted) squat(account, next);
  };
  const cloud = new InProcessCloud({ seed, faults, quotas, beforeEvent, instanceLimits: instances === undefined ? undefined : { 'ml.m5.xlarge': instances } });
  try {
    for (const kind of JOB_SCENARIOS) kind.behave(cloud as never, (variant) => (variant === FOREIGN_VARIANT ? FOREIGN_COURSE : COURSES[variant]));
    startLookalikes(cloud);
    const deployed: Contents[] = [];
    for (const next of commands) await unlessRefused(() => carryOut(cloud, next, deployed));
    for (let attempts = 0; attempts < 3 && isThere(cloud); attempts++) await cloud.destroy();
    await cloud.clock.advance(7 * 3_600_000);
    cloud.invariants.finished();
    if (isThere(cloud)) cloud.invariants.note([[3, 'the stack cannot be deleted']]);
    return { broken: [...cloud.invariants.broken], faults: cloud.faults.injected.length, jobs: cloud.history.jobs.length, cloud };
  } finally {
    cloud.stop();
  }
}

async function carryOut(cloud: InProcessCloud, next: Command, deployed: Contents[]): Promise<void> {
  switch (next.do) {
    case 'idle': return cloud.clock.advance(next.seconds * 1000);
    case 'destroy': return void await cloud.destroy();
    case 'recover': return void await cloud.recover();
    case 'revert': return deployed.length > 1 ? void await cloud.deploy(deployed.at(-2)!.plan, deployed.at(-2)) : undefined;
    case 'stop':
    case 'delete':
    case 'tag': return byHand(cloud, next);
    case 'deploy': deployed.push(next);
  }
  if (next.interruptAfter === undefined) await cloud.deploy(next.plan, next);
  else await cloud.interrupt(next.plan, next.interruptAfter, () => interruption(cloud), next);
}

/** Somebody changes a job in the console. */
async function byHand(cloud: InProcessCloud, { do: what, job: number }: Extract<Command, { readonly job: number }>): Promise<void> {
  const { jobs } = cloud.history;
  const target = jobs[number % Math.max(1, jobs.length)];
  // SageMaker has no operation that deletes a record of such a kind.
  if (!target || what === 'delete' && keepsRecords(target.kind)) return;
  const { kind: { nameMember, operation }, name, arn } = target;
  try {
    if (what === 'tag') cloud.sagemaker.call('AddTags', { ResourceArn: arn, Tags: [{ Key: FOREIGN_TAG, Value: '1' }] });
    else cloud.sagemaker.call(operation(what === 'stop' ? 'Stop' : 'Delete'), { [nameMember]: name });
    target.isDeletedByHand ||= what === 'delete';
  } catch (error) {
    // It has ended, still runs, or is gone.
    if (!(error instanceof ServiceError)) throw error;
  }
  await cloud.clock.advance(60_000);
}

/**
 * Cancels an update; a creation cannot be cancelled but by deleting the stack. What becomes of the update of a stack that has
 * never been stable, and so has nothing to go back to, is not documented.
 */
async function interruption(cloud: InProcessCloud): Promise<void> {
  const stack = cloud.cloudFormation.list().find(({ stackName, status }) => stackName === 'Stack' && status !== 'DELETE_COMPLETE');
  if (stack?.status === 'UPDATE_IN_PROGRESS' && stack.stable) cloud.cloudFormation.cancelUpdate('Stack');
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
