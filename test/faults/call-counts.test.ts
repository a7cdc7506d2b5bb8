import { Duration } from 'aws-cdk-lib';
import { InProcessCloud } from './in-process';
import type { StackPlan } from './templates';
import { JOB_SCENARIOS } from '../deploy/kinds';

const JOBS = 24;
const READS = /^(Describe|List)(TrainingJobs?|Tags|Executions)$/;

/** The calls of a phase for each job, without the ones that wait for a job. */
type Counts = { readonly [operation: string]: number };

let cloud: InProcessCloud;
beforeAll(() => {
  cloud = new InProcessCloud({ quotas: false });
  JOB_SCENARIOS[0].behave(cloud as never, () => ({ seconds: 60 }));
});
afterAll(() => cloud.stop());

const plan = (generation: string, minutes = 30): StackPlan => Object.fromEntries(Array.from({ length: JOBS }, (_, slot) => (
  [`S${slot}`, { kind: 0, options: { variant: `${generation}${slot}`, maxRuntime: Duration.minutes(minutes), waitTimeout: Duration.minutes(50) } }])));

async function countsOf(phase: () => Promise<unknown>): Promise<Counts> {
  // Lists show the last phase.
  await cloud.clock.advance(120_000);
  const from = cloud.calls.length;
  await phase();
  const counts: { [operation: string]: number } = {};
  for (const { operation } of cloud.calls.slice(from)) counts[operation] = (counts[operation] ?? 0) + 1 / JOBS;
  return Object.fromEntries(Object.entries(counts).filter(([operation]) => READS.test(operation) || /^(Create|Delete)/.test(operation)));
}

// SageMaker allows one creation, one deletion and two lists a second; Step Functions allows two to five lists of executions.
test('many jobs are created, changed and deleted with few calls for each job', async () => {
  const create = await countsOf(async () => cloud.deploy(plan('a')));
  const conditions = await countsOf(async () => cloud.deploy(plan('a', 40)));
  const update = await countsOf(async () => cloud.deploy(plan('b', 40)));
  const destroy = await countsOf(async () => cloud.destroy());

  expect(create).toEqual({ CreateTrainingJob: expect.closeTo(1), DescribeTrainingJob: expect.any(Number) });
  const once = expect.closeTo(1) as number;
  expect(conditions).toEqual({ DescribeTrainingJob: once, ListTags: once, ListTrainingJobs: once, ListExecutions: once });
  expect(update.CreateTrainingJob).toBeCloseTo(1);
  expect(update.ListTags).toBeLessThan(4);
  expect(update.ListTrainingJobs).toBeLessThan(4);
  expect(update.ListExecutions).toBeLessThan(3);
  // A stack has the records of two generations.
  expect(destroy.DeleteTrainingJob).toBeCloseTo(2);
  expect(destroy.ListTags).toBeLessThan(4.5);
  expect(destroy.ListTrainingJobs).toBeLessThan(2.5);
  expect(destroy.ListExecutions).toBeLessThan(2);
});
