import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type Comparison, mean, type Measured } from './measure';
import { pollWithProviderFramework } from './provider-framework';
import { LocalCloud } from '../local/cloud';
import { fraction } from '../local/fraction';
import { GIVEN_RESOURCES } from '../test/fixtures/given-resources';
import { ContainerImage, S3Location, TrainingJob } from 'cdk-sagemaker-jobs';

/** The maximum difference of the lengths of the jobs. With different lengths, no length coincides with the polls by chance. */
const SPREAD_SECONDS = 60;
/** AWS Step Functions pricing, standard workflows, US East (N. Virginia). */
const USD_PER_TRANSITION = 0.000025;
/** AWS Lambda pricing, x86, US East (N. Virginia). */
const USD_PER_INVOCATION = 0.0000002;
const USD_PER_GIGABYTE_SECOND = 0.0000166667;
/** The function has 256 MB. The duration of a poll, which is mostly the call of SageMaker, is an assumption. */
const GIGABYTE_SECONDS_PER_INVOCATION = 0.25 * 0.1;

/** The jobs of a measurement. */
export interface JobsToPoll {
  readonly minutes: number;
  readonly jobs: number;
  /** The shortest and the longest upload of a model, in seconds. */
  readonly uploads: readonly [number, number];
  readonly seed?: number;
}

/** The average cost of waiting for a job. */
export interface PollingCost {
  readonly invocations: number;
  readonly transitions: number;
  /** The number of SageMaker calls. */
  readonly calls: number;
  /** The number of seconds from the end of the job to the response. */
  readonly delay: number;
  /** The longest delay of one of the jobs, in seconds. */
  readonly longestDelay: number;
  /** The duration of each job in seconds. */
  readonly lengths: readonly number[];
}

/** Returns the price of invocations and transitions, in USD. */
export function usdOf({ invocations, transitions }: Pick<PollingCost, 'invocations' | 'transitions'>): number {
  return transitions * USD_PER_TRANSITION + invocations * (USD_PER_INVOCATION + GIGABYTE_SECONDS_PER_INVOCATION * USD_PER_GIGABYTE_SECOND);
}

/** Deploys jobs that run for about a number of minutes into the local cloud, and counts the calls of the real function. */
export async function pollingCost(toPoll: JobsToPoll): Promise<PollingCost> {
  const { jobs, minutes, seed } = toPoll;
  const directory = mkdtempSync(join(tmpdir(), 'polling-'));
  const cloud = await LocalCloud.start({
    given: GIVEN_RESOURCES,
    startAt: new Date('2026-01-01T00:00:00Z'),
    behavior: (request: any) => phases(toPoll, Number(request.HyperParameters.index)),
    seed,
  });
  try {
    const app = new App({ outdir: directory });
    addJobs(new Stack(app, 'Polling'), minutes, jobs);
    const { events, status } = await cloud.deploy(app.synth(), 'Polling');
    if (status !== 'CREATE_COMPLETE') throw new Error(status);

    const ended = new Map(cloud.endpoint.calls.flatMap(({ operation, outcome }): [string, Date[]][] => {
      const job: any = 'output' in outcome && operation === 'DescribeTrainingJob' ? outcome.output : {};
      return job.TrainingJobStatus === 'Completed' ? [[job.HyperParameters.index, [job.CreationTime, job.TrainingEndTime].map((time) => new Date(time * 1000))]] : [];
    }));
    const waits = [...ended].map(([index, [from, to]]) => ({
      length: (to.getTime() - from.getTime()) / 1000,
      delay: (Math.max(...events
        .filter(({ logicalResourceId, resourceStatus }) => logicalResourceId.startsWith(`Job${index}x`) && resourceStatus === 'CREATE_COMPLETE')
        .map(({ timestamp }) => Date.parse(timestamp))) - to.getTime()) / 1000,
    }));
    const [handler] = Object.values(cloud.cloudFormation.describe('Polling').resources).filter(({ type }) => type === 'AWS::Lambda::Function');
    return {
      invocations: cloud.functions.invocations(`arn:aws:lambda:${cloud.region}:${cloud.account}:function:${handler.physicalId}`) / jobs,
      transitions: cloud.stateMachines.executions().reduce((sum, { transitions }) => sum + transitions, 0) / jobs,
      calls: cloud.endpoint.calls.filter(({ service }) => service === 'sagemaker').length / jobs,
      delay: mean(waits.map(({ delay }) => delay)),
      longestDelay: Math.max(...waits.map(({ delay }) => delay)),
      lengths: waits.map(({ length }) => length),
    };
  } finally {
    await cloud.stop();
    rmSync(directory, { recursive: true });
  }
}

function addJobs(stack: Stack, minutes: number, jobs: number): void {
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
  for (let index = 0; index < jobs; index++) {
    new TrainingJob(stack, `Job${index}x`, {
      trainingImage: ContainerImage.fromUri('111122223333.dkr.ecr.us-east-1.amazonaws.com/train:v1'),
      outputLocation: S3Location.fromUri('s3://models/'),
      hyperParameters: { index: String(index) },
      maxRuntime: Duration.minutes(2 * minutes),
      role,
    });
  }
}

/**
 * The phases of one of several jobs. Lengths and uploads are spread evenly, in another order for each seed, so that few jobs show the
 * mean of many.
 */
function phases({ jobs, minutes, seed = 0, uploads: [shortest, longest] }: JobsToPoll, index: number) {
  const part = (order: number) => ((order + fraction(`${seed}`)) / jobs) % 1;
  const seconds = minutes * 60 + (part(index) - 0.5) * Math.min(SPREAD_SECONDS, minutes * 60);
  const startingSeconds = Math.min(60, seconds / 3);
  const downloadingSeconds = Math.min(30, seconds / 6);
  const uploadingSeconds = Math.min(shortest + part(7 * index + seed) * (longest - shortest), seconds / 6);
  const trainingSeconds = seconds - startingSeconds - downloadingSeconds - uploadingSeconds;
  return { startingSeconds, downloadingSeconds, trainingSeconds, uploadingSeconds };
}

const SHORT_UPLOADS = [2, 6] as const;
const ANY_UPLOADS = [2, 60] as const;

interface Length extends Omit<JobsToPoll, 'uploads' | 'seed'> {
  readonly name: string;
  readonly rounds: number;
  /** The maximum delays and the maximum cost. */
  readonly goals?: { readonly delay: number; readonly longestDelay: number; readonly usd: number };
  readonly guards?: { readonly delay: number };
}

const LENGTHS: readonly Length[] = [
  { name: '1 minute', minutes: 1, jobs: 10, rounds: 5, guards: { delay: 5 } },
  { name: '10 minutes', minutes: 10, jobs: 10, rounds: 5, guards: { delay: 15 } },
  { name: 'an hour', minutes: 60, jobs: 10, rounds: 5, goals: { delay: 12, longestDelay: 30, usd: 0.008 } },
  { name: 'a day', minutes: 24 * 60, jobs: 2, rounds: 1 },
];

const costs = new Map<string, Promise<PollingCost>>();

/** The measures of the same jobs and seed share one deployment. */
function costOf(toPoll: JobsToPoll): Promise<PollingCost> {
  const key = JSON.stringify(toPoll);
  const cost = costs.get(key) ?? pollingCost(toPoll);
  costs.set(key, cost);
  return cost;
}

function comparisonsOf({ goals, guards, jobs, minutes, name, rounds }: Length, uploads: JobsToPoll['uploads']): Comparison[] {
  const isShort = uploads === SHORT_UPLOADS;
  const cost = async (seed: number) => costOf({ jobs, minutes, seed, uploads });
  const peer = async (seed: number) => {
    const { delay, lengths } = await cost(seed);
    return pollWithProviderFramework(lengths, delay);
  };
  const job = `job of ${name}, uploads of ${uploads.join(' to ')} s`;
  const subject = (once: Measured['once']): Measured => ({ name: 'TrainingJob', once });
  const framework = (once: Measured['once']): Measured => ({ name: 'provider framework with the same delay', once });
  return [
    { measure: `${job}: mean delay (s)`, subject: subject(async (seed) => (await cost(seed)).delay), ...isShort && { goal: goals?.delay, guard: guards?.delay } },
    { measure: `${job}: longest delay (s)`, subject: subject(async (seed) => (await cost(seed)).longestDelay), ...isShort && { goal: goals?.longestDelay } },
    { measure: `${job}: USD`, subject: subject(async (seed) => usdOf(await cost(seed))), ...isShort && { goal: goals?.usd } },
    {
      measure: `${job}: USD`,
      subject: subject(async (seed) => usdOf(await cost(seed))),
      against: framework(async (seed) => usdOf(await peer(seed))),
    },
    ...(['invocations', 'transitions', 'calls'] as const).map((what) => ({
      measure: `${job}: ${what}`,
      subject: subject(async (seed) => (await cost(seed))[what]),
      against: framework(async (seed) => (await peer(seed))[what]),
    })),
  ].map((comparison) => ({ ...comparison, rounds }));
}

export const POLLING: Comparison[] = [
  ...LENGTHS.flatMap((length) => comparisonsOf(length, SHORT_UPLOADS)),
  ...LENGTHS.filter(({ rounds }) => rounds > 1).flatMap((length) => comparisonsOf(length, ANY_UPLOADS)),
];
