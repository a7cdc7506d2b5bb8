import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { type Course, deletable, JOB_SCENARIOS, type JobOptions, type Kind } from './kinds';
import { digestOfRequest, jobName, laterTries } from '../../lambda/naming';
import { type JobKind, type JobProperties, OWNER_TAG } from '../../src/contract';
import { identitiesOf } from '../../src/identity';
import { isJob } from '../faults/history';
import { InProcessCloud, type InProcessOptions, type Settings, STACK } from '../faults/in-process';
import { type JobPlan, type StackPlan } from '../faults/templates';
import rerunRows from '../fixtures/rerun-rows.json';

/*
 * The rows of changes that run a job again, or do not, for each kind with the affected member. The handler
 * runs in this process; what it does in a process of its own is in the other files.
 */

/** The column of the table for jobs in a nested stack. */
const NESTED = 'in a nested stack';
/** The rows of the table: `runs` for each kind and for nested stacks, or the reason why it does not. */
const ROWS: { readonly [row: string]: { readonly [kind: string]: string } } = rerunRows;
/** The rows that are described here. */
const described = new Set<string>();

const BAD = { seconds: 30, failure: 'AlgorithmError: out of luck, exit code: 1' };
const SLOW = { seconds: 7200 };
const COURSES: { readonly [variant: string]: Course } = { bad: BAD, slow: SLOW };

const kindNameOf = ({ name }: Kind) => `${name[0].toLowerCase()}${name.slice(1)}` as JobKind;

/** A life of a stack, and what is asked of it. */
class Life {
  readonly cloud: InProcessCloud;
  /** When the stack was deleted. */
  deletedAt?: number;

  constructor(readonly kind: Kind, private readonly index: number, options: InProcessOptions = {}, private readonly isNested = false) {
    this.cloud = new InProcessCloud(options);
    this.behave();
  }

  /** Says how jobs go on from now on. */
  behave(scenarios: { readonly [variant: string]: Course } = {}): void {
    this.kind.behave(this.cloud as never, (variant) => scenarios[variant] ?? COURSES[variant] ?? {});
  }

  job(options: JobOptions = {}): JobPlan {
    return { kind: this.index, options: { maxRuntime: Duration.minutes(50), ...options } };
  }

  /** Deploys a job in slot A, and jobs of other slots. */
  deploy(options: JobOptions | undefined, others: StackPlan = {}, settings: Settings = {}) {
    return this.cloud.deploy({ ...options && { A: this.job(options) }, ...others }, { ...settings, isNested: this.isNested });
  }

  /** Begins to deploy a job in slot A, and cancels the update after some minutes. */
  cancel(options: JobOptions) {
    const { cloud, isNested } = this;
    return cloud.interrupt({ A: this.job(options) }, 300, async () => cloud.cloudFormation.cancelUpdate(STACK), { isNested });
  }

  /** A job that fails, so that the operation is rolled back after the job of slot A is done. */
  get sibling(): StackPlan {
    return { B: { ...this.job({ variant: 'bad' }), after: 'A' } };
  }

  /** The names of the jobs that were started for slot A, in order. */
  get started(): string[] {
    return this.cloud.history.jobs.filter(({ event }) => event.LogicalResourceId.startsWith(`${this.kind.name}A`)).map(({ name }) => name);
  }

  /** The job that slot A stands for. */
  get current(): string {
    return this.cloud.history.currentOf(this.cloud.history.jobs.find(({ name }) => name === this.started[0])!.event)!;
  }

  /** Somebody calls an operation of a job by hand. */
  call(verb: 'Describe' | 'Stop' | 'Delete', name: string): Record<string, unknown> {
    if (verb === 'Delete') this.cloud.history.jobs.find((job) => job.name === name)!.isDeletedByHand = true;
    return this.cloud.sagemaker.call(this.kind.operation(verb), { [this.kind.nameMember]: name });
  }

  tags(name: string): Record<string, string> {
    const arn = this.cloud.history.jobs.find((job) => job.name === name)!.arn;
    const { Tags } = this.cloud.sagemaker.call('ListTags', { ResourceArn: arn }) as { Tags: { Key: string; Value: string }[] };
    return Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
  }

  hasRecord(name: string): boolean {
    try {
      this.call('Describe', name);
      return true;
    } catch {
      return false;
    }
  }

  isRunning(name: string): boolean {
    return this.cloud.history.isRunning(this.cloud.history.jobs.find((job) => job.name === name)!);
  }

  wait(seconds: number): Promise<void> {
    return this.cloud.clock.advance(seconds * 1000);
  }

  /** Deletes the stack; nothing of it is left then. */
  async end(): Promise<void> {
    expect((await this.cloud.destroy())?.status).toBe('DELETE_COMPLETE');
    this.deletedAt = this.cloud.clock.now();
    await this.wait(3 * 3600);
    this.cloud.invariants.finished();
    expect(this.cloud.invariants.broken).toEqual([]);
    expect(this.started.filter((name) => !this.hasRecord(name))).toEqual(deletable(this.kind, this.started));
  }
}

describe.each(JOB_SCENARIOS.flatMap((kind, index) => [
  { name: kind.name, kind, index, isNested: false },
  { name: `${kind.name} ${NESTED}`, kind, index, isNested: true },
]))('$name', ({ kind, index, isNested }) => {
  let life: Life;
  beforeEach(() => { life = new Life(kind, index, {}, isNested); });
  afterEach(() => life.cloud.stop());

  /** A row of the table, for this kind unless the table says why not. */
  function row(title: string, run: () => Promise<void>): void {
    described.add(title);
    const cells = ROWS[title];
    if (cells?.[kind.name] === 'runs' && (!isNested || cells[NESTED] === 'runs')) test(title, run);
  }

  row('a job whose sibling fails in an update is reused by the next deployment', async () => {
    await life.deploy({ variant: 'a' });
    expect((await life.deploy({ variant: 'b' }, life.sibling)).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect((await life.deploy({ variant: 'b' })).status).toBe('UPDATE_COMPLETE');
    expect(life.started).toHaveLength(2);
    expect(life.current).toBe(life.started[1]);
    await life.end();
  });

  row('a job is reused when its request returns', async () => {
    await life.deploy({ variant: 'a' });
    await life.deploy({ variant: 'b' });
    await life.deploy({ variant: 'a' });
    expect(life.started).toHaveLength(2);
    expect(life.current).toBe(life.started[0]);
    await life.end();
  });

  row('a job whose construct is taken out and put back is reused', async () => {
    const others = { B: life.job({ variant: 'other' }) };
    await life.deploy({ variant: 'a' }, others);
    await life.deploy(undefined, others);
    expect(life.hasRecord(life.started[0])).toBe(true);
    await life.deploy({ variant: 'a' }, others);
    expect(life.started).toHaveLength(1);
    await life.end();
  });

  row('a job that has ended is not started again for another runtime limit', async () => {
    await life.deploy({ variant: 'a' });
    expect((await life.deploy({ variant: 'a', maxRuntime: Duration.minutes(40) })).status).toBe('UPDATE_COMPLETE');
    // The runtime limit inside a tuning definition decides how far each training job gets.
    expect(life.started).toHaveLength(kind.name === 'HyperParameterTuningJob' ? 2 : 1);
    await life.end();
  });

  row('a job that its rollback has stopped is no result, and runs', async () => {
    await life.deploy(undefined, { C: life.job({ variant: 'other' }) });
    const plan = { variant: 'slow', waitForCompletion: false, maxRuntime: Duration.hours(3) };
    expect((await life.deploy(plan, { C: life.job({ variant: 'other' }), ...life.sibling })).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(life.isRunning(life.started[0])).toBe(false);
    await life.deploy(plan, { C: life.job({ variant: 'other' }) });
    expect(life.started).toHaveLength(2);
    expect(life.isRunning(life.started[1])).toBe(true);
    await life.end();
  });

  for (const [how, variant] of [['stopped', 'slow'], ['failed', 'bad']]) {
    row(`a job that was handed over and has ${how} stays as it is when a tag is added`, async () => {
      const plan = { variant, waitForCompletion: false, maxRuntime: Duration.hours(3) };
      await life.deploy(plan);
      await life.wait(600);
      if (variant === 'slow') life.call('Stop', life.started[0]);
      await life.wait(600);
      expect((await life.deploy(plan, {}, { tags: { team: 'a' } })).status).toBe('UPDATE_COMPLETE');
      expect(life.started).toHaveLength(1);
      await life.end();
    });
  }

  row('a job that has failed runs again under a new name when its limit is raised, and its record stays', async () => {
    life.behave({ slow: { seconds: 2400 } });
    await life.deploy(undefined, { C: life.job({ variant: 'other' }) });
    const others = { C: life.job({ variant: 'other' }) };
    expect((await life.deploy({ variant: 'slow', maxRuntime: Duration.minutes(10) }, others)).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect((await life.deploy({ variant: 'slow', maxRuntime: Duration.minutes(50) }, others)).status).toBe('UPDATE_COMPLETE');
    expect(life.started).toHaveLength(2);
    expect(new Set(life.started).size).toBe(2);
    expect(life.hasRecord(life.started[0])).toBe(true);
    await life.end();
  });

  row('a later window that runs out of time stops the job, and a longer wait runs it again', async () => {
    const plan = { variant: 'slow', maxRuntime: Duration.hours(3) };
    await life.deploy(undefined, { C: life.job({ variant: 'other' }) });
    const others = { C: life.job({ variant: 'other' }) };
    await life.deploy({ ...plan, waitTimeout: Duration.minutes(100) }, others, { disableRollback: true });
    expect(life.isRunning(life.started[0])).toBe(false);
    const again = await life.deploy({ ...plan, waitTimeout: Duration.minutes(200) }, others, { disableRollback: true });
    expect(again.status).toBe('UPDATE_COMPLETE');
    expect(life.started).toHaveLength(2);
    await life.end();
  });

  row('a later window that runs out of time stops the job, and another runtime limit runs it again', async () => {
    const plan = { variant: 'slow', waitTimeout: Duration.minutes(100) };
    const others = { C: life.job({ variant: 'other' }) };
    await life.deploy(undefined, others);
    await life.deploy({ ...plan, maxRuntime: Duration.hours(3) }, others, { disableRollback: true });
    expect(life.isRunning(life.started[0])).toBe(false);
    life.behave({ slow: {} });
    expect((await life.deploy({ ...plan, maxRuntime: Duration.hours(4) }, others, { disableRollback: true })).status).toBe('UPDATE_COMPLETE');
    expect(life.started).toHaveLength(2);
    await life.end();
  });

  row('the record of a job that fails in a creation without rollback stays', async () => {
    expect((await life.deploy({ variant: 'bad' }, {}, { disableRollback: true })).status).toBe('CREATE_FAILED');
    expect(life.hasRecord(life.started[0])).toBe(true);
    life.behave({ bad: {} });
    expect((await life.deploy({ variant: 'bad' }, {}, { disableRollback: true })).status).toBe('UPDATE_COMPLETE');
    expect(life.started.map((name) => life.hasRecord(name))).toEqual([true, true]);
    await life.end();
  });

  row('the record of a job that has failed stays', async () => {
    await life.deploy({ variant: 'a' });
    await life.deploy({ variant: 'bad' });
    expect(life.started.map((name) => life.hasRecord(name))).toEqual([true, true]);
    await life.end();
  });

  row('tags that other tools have put on a job stay; those that the template had go', async () => {
    await life.deploy({ variant: 'a' }, {}, { tags: { team: 'a' } });
    life.cloud.sagemaker.call('AddTags', { ResourceArn: life.cloud.history.jobs[0].arn, Tags: [{ Key: 'cost', Value: '1' }] });
    await life.deploy({ variant: 'a' }, {}, { tags: { owner: 'b' } });
    const { team, cost, owner } = life.tags(life.started[0]);
    expect({ team, cost, owner }).toEqual({ team: undefined, cost: '1', owner: 'b' });
    await life.end();
  });

  row('a foreign job that has the name of the next try is skipped', async () => {
    life.cloud.stop();
    let isReady = false;
    life = new Life(kind, index, {
      beforeEvent: ({ RequestId, RequestType, ResourceProperties, ResourceType, StackId }, cloud) => {
        if (!isReady || RequestType !== 'Update' || !isJob(ResourceType)) return;
        isReady = false;
        const properties = ResourceProperties as unknown as JobProperties;
        const [identity] = identitiesOf(kindNameOf(kind), properties);
        const [tried] = laterTries(digestOfRequest(RequestId));
        const { input: { Tags: _, ...request } } = cloud.calls.find(({ operation }) => operation === kind.operation('Create'))!;
        cloud.sagemaker.call(kind.operation('Create'), { ...request, [kind.nameMember]: jobName(properties, StackId, identity, tried) });
      },
    });
    const plan = { variant: 'slow', waitForCompletion: false, maxRuntime: Duration.hours(3) };
    await life.deploy(plan);
    life.call('Stop', life.started[0]);
    await life.wait(600);
    isReady = true;
    life.behave({ slow: {} });
    expect((await life.deploy({ variant: 'slow', maxRuntime: Duration.hours(3), waitTimeout: Duration.minutes(50) })).status).toBe('UPDATE_COMPLETE');
    expect(life.started).toHaveLength(2);
    await life.end();
  });

  /** Changes the request, or the definition of its training jobs. */
  const changed = (change: (request: Record<string, any>) => void): Settings => ({
    edit: (request) => change(request.TrainingJobDefinition ?? request),
  });
  const otherRole = changed((request) => { request.RoleArn = 'arn:aws:iam::111122223333:role/other'; });

  row('a job that has ended is not started again for another role', async () => {
    await life.deploy({ variant: 'a' });
    expect((await life.deploy({ variant: 'a' }, {}, otherRole)).status).toBe('UPDATE_COMPLETE');
    expect(life.started).toHaveLength(1);
    await life.end();
  });

  const network = { VpcConfig: { SecurityGroupIds: ['sg-11111111'], Subnets: ['subnet-11111111'] } };
  const otherConditions: readonly (readonly [string, Settings])[] = [
    ['another network', changed((request) => Object.assign(request, kind.name === 'ProcessingJob' ? { NetworkConfig: network } : network))],
    ['another key of its volume', changed((request) => { (request.ResourceConfig ?? request.TransformResources ?? request.ProcessingResources.ClusterConfig).VolumeKmsKeyId = 'another-key'; })],
    ['spot instances', changed((request) => Object.assign(request, {
      EnableManagedSpotTraining: true, StoppingCondition: { ...request.StoppingCondition, MaxWaitTimeInSeconds: 7200 },
    }))],
  ];
  for (const [condition, settings] of otherConditions) {
    row(`a job that has ended is not started again for ${condition}`, async () => {
      await life.deploy({ variant: 'a' });
      expect((await life.deploy({ variant: 'a' }, {}, settings)).status).toBe('UPDATE_COMPLETE');
      expect(life.started).toHaveLength(1);
      await life.end();
    });
  }

  row('another role for a job that runs fails the update, and the job goes on', async () => {
    const plan = { variant: 'slow', waitForCompletion: false, maxRuntime: Duration.hours(3) };
    await life.deploy(plan);
    const { events, status } = await life.deploy(plan, {}, otherRole);
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(events.map(({ resourceStatusReason = '' }) => resourceStatusReason).join()).toContain('Wait until it has ended, stop it, or change `rerunTrigger` to run a new one');
    expect(life.started).toHaveLength(1);
    expect(life.isRunning(life.started[0])).toBe(true);
    await life.end();
  });

  row('a window stops its job however long CloudFormation took before it', async () => {
    life.cloud.stop();
    life = new Life(kind, index, { faults: [{ fault: 'late', match: { operation: 'Create' }, seconds: 700, when: { nth: [3] } }] });
    await life.deploy({ variant: 'slow', maxRuntime: Duration.hours(3), waitTimeout: Duration.minutes(100) }, {}, { disableRollback: true });
    expect(life.cloud.faults.injected).toHaveLength(1);
    expect(life.isRunning(life.started[0])).toBe(false);
    await life.end();
  });

  row('a job that is retained is stopped when its creation is rolled back', async () => {
    const others = { C: life.job({ variant: 'other' }) };
    await life.deploy(undefined, others);
    const plan = { variant: 'slow', waitForCompletion: false, maxRuntime: Duration.hours(3), removalPolicy: RemovalPolicy.RETAIN };
    expect((await life.deploy(plan, { ...others, ...life.sibling })).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(life.isRunning(life.started[0])).toBe(false);
    expect(life.tags(life.started[0])[OWNER_TAG.retained]).toBeUndefined();
    await life.end();
  });

  row('a job that is retained later stays with its record when the stack is deleted', async () => {
    await life.deploy({ variant: 'a' });
    await life.deploy({ variant: 'b' });
    await life.deploy({ variant: 'b', removalPolicy: RemovalPolicy.RETAIN });
    await life.cloud.destroy();
    expect(life.started.filter((name) => !life.hasRecord(name))).toEqual(deletable(kind, [life.started[0]]));
  });

  row('a job that writes to a fixed place runs again when its request returns', async () => {
    await life.deploy({ variant: 'a', separateOutput: false });
    await life.deploy({ variant: 'b', separateOutput: false });
    await life.deploy({ variant: 'a', separateOutput: false });
    expect(life.started).toHaveLength(3);
    await life.end();
  });

  row('a rollback runs a job again that writes to a fixed place', async () => {
    await life.deploy({ variant: 'a', separateOutput: false });
    expect((await life.deploy({ variant: 'b', separateOutput: false }, life.sibling)).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(life.started).toHaveLength(3);
    expect(life.current).toBe(life.started[2]);
    await life.end();
  });

  row('a job with an exact name that has failed needs another name, and a deletion frees the name', async () => {
    const others = { C: life.job({ variant: 'other' }) };
    await life.deploy({ variant: 'a', name: 'exactly-this' }, others);
    const { events } = await life.deploy({ variant: 'b', name: 'exactly-this' }, others);
    expect(events.map(({ resourceStatusReason = '' }) => resourceStatusReason).join()).toContain("The exact name 'exactly-this' is in use by an earlier job.");
    expect(life.started).toHaveLength(1);
    await life.end();
  });

  row('an old failed record that is deleted by hand changes nothing', async () => {
    await life.deploy(undefined, { C: life.job({ variant: 'other' }) });
    const others = { C: life.job({ variant: 'other' }) };
    await life.deploy({ variant: 'bad' }, others);
    life.behave({ bad: {} });
    await life.deploy({ variant: 'bad' }, others);
    life.call('Delete', life.started[0]);
    await life.wait(60);
    await life.deploy({ variant: 'bad' }, { ...others, ...{ B: { ...life.job({ variant: 'slow', maxRuntime: Duration.hours(3), waitTimeout: Duration.minutes(5) }), after: 'A' } } }, { tags: { team: 'a' } });
    expect(life.started).toHaveLength(2);
    expect(life.current).toBe(life.started[1]);
    await life.end();
  });

  row('nothing runs for a tag when the record was deleted by hand and what is read can be derived', async () => {
    await life.deploy({ variant: 'slow', waitForCompletion: false, maxRuntime: Duration.hours(3) });
    life.call('Stop', life.started[0]);
    await life.wait(600);
    life.call('Delete', life.started[0]);
    await life.wait(60);
    expect((await life.deploy({ variant: 'slow', waitForCompletion: false, maxRuntime: Duration.hours(3) }, {}, { tags: { team: 'a' } })).status).toBe('UPDATE_COMPLETE');
    expect(life.started).toHaveLength(1);
    await life.end();
  });

  row('the second try of an update that is cancelled is stopped by the rollback', async () => {
    const plan = { variant: 'slow', waitForCompletion: false, maxRuntime: Duration.hours(3) };
    await life.deploy(plan);
    life.call('Stop', life.started[0]);
    await life.wait(600);
    const waiting = { variant: 'slow', maxRuntime: Duration.hours(3), waitTimeout: Duration.minutes(50) };
    const result = await life.cancel(waiting);
    expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(life.started).toHaveLength(2);
    expect(life.isRunning(life.started[1])).toBe(false);
    expect(life.tags(life.started[1])[OWNER_TAG.ended]).toBe('true');
    await life.end();
  });

  row('a stack that moves into a stage runs nothing', async () => {
    await life.deploy({ variant: 'a' });
    const moved = await life.deploy({ variant: 'a' }, {}, { stage: 'Production', tags: { team: 'a' } });
    expect(moved.status).toBe('UPDATE_COMPLETE');
    expect(life.started).toHaveLength(1);
    expect((await life.deploy({ variant: 'a' }, {}, { tags: { team: 'a' } })).changed).toBe(false);
    await life.end();
  });

  row('a tag of the library cannot be set by a user', async () => {
    await expect(life.deploy({ variant: 'a' }, {}, { tags: { [OWNER_TAG.resource]: 'another' } })).rejects.toThrow('must not begin with `cdk-sagemaker-jobs:`');
  });

  row('an aborted execution that is redriven starts nothing', async () => {
    await life.deploy({ variant: 'a' });
    const plan = { variant: 'slow', maxRuntime: Duration.hours(3), waitTimeout: Duration.minutes(50) };
    await life.cancel(plan);
    expect(life.started).toHaveLength(2);
    const [aborted] = life.cloud.executions.all.filter(({ status }) => status === 'ABORTED');
    life.cloud.executions.redrive(aborted);
    await life.wait(3600);
    expect(aborted.status).toBe('SUCCEEDED');
    expect(life.started).toHaveLength(2);
    expect(life.isRunning(life.started[1])).toBe(false);
    await life.end();
  });

  row('a stack with hundreds of records is deleted although calls are throttled', async () => {
    await life.deploy({ variant: 'a' });
    const [name] = life.started;
    const { input } = life.cloud.calls.find(({ operation }) => operation === kind.operation('Create'))!;
    const others = Array.from({ length: 150 }, (_, nth) => name.slice(0, -3) + String(nth + 1).padStart(3, '0'));
    for (const other of others) {
      const [arn] = Object.values(life.cloud.sagemaker.call(kind.operation('Create'), { ...input, [kind.nameMember]: other }));
      life.cloud.history.jobs.push({ ...life.cloud.history.jobs[0], name: other, arn: String(arn) });
    }
    await life.wait(3600);
    const begun = life.cloud.clock.now();
    await life.end();
    expect(life.deletedAt! - begun).toBeLessThan(1200_000);
  });
});

test.each(Object.entries(ROWS))('the row of the table has a scenario, and for each kind without it the reason: %s', (row, cells) => {
  const isDescribed = described.has(row);
  for (const cell of Object.values(cells)) expect(cell).toMatch(isDescribed ? /^runs$|^.{20,}$/ : /^(?!runs$).{20,}$/);
  expect(Object.keys(cells).sort()).toEqual([NESTED, ...JOB_SCENARIOS.map(({ name }) => name)].sort());
});

test('every scenario is a row of the table', () => {
  expect([...described].filter((row) => !(row in ROWS))).toEqual([]);
});
