import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ContainerImage, S3Location, TrainingJob } from 'cdk-sagemaker-jobs';
import type { Comparison } from './measure';
import { LocalCloud, type LocalCloudOptions } from '../local/cloud';
import { GIVEN_RESOURCES } from '../test/fixtures/given-resources';

const JOBS = 400;
const CREATIONS_PER_SECOND = 2;
const AT_ONCE = 100;

/** The limits that a stack of many jobs meets. */
const ACCOUNTS = {
  unlimited: {},
  limited: {
    instanceLimits: { 'ml.m5.xlarge': AT_ONCE },
    faults: [{ fault: 'rate-limit', match: { service: 'sagemaker', operation: 'CreateTrainingJob' }, perSecond: CREATIONS_PER_SECOND }],
  },
} as const satisfies { readonly [name: string]: LocalCloudOptions };

interface Figures {
  /** The duration on this machine, in seconds. */
  readonly deployment: number;
  readonly deletion: number;
  /** The memory of this process, without the functions. */
  readonly megabytes: number;
  /** The virtual time from the first event of a job to the last one, and its minimum, in seconds. */
  readonly duration: number;
  readonly arithmeticLimit: number;
  readonly started: number;
  /** The maximum within one virtual second of the deployment, and the average. */
  readonly describesInOneSecond: number;
  readonly describesPerSecond: number;
}

/** Deploys and deletes a stack of many jobs in the local cloud, and measures the operations. */
async function measure(account: keyof typeof ACCOUNTS): Promise<Figures> {
  const directory = mkdtempSync(join(tmpdir(), 'scale-'));
  const cloud = await LocalCloud.start({ given: GIVEN_RESOURCES, startAt: new Date('2026-01-01T00:00:00Z'), ...ACCOUNTS[account] });
  try {
    const app = new App({ outdir: directory });
    addJobs(new Stack(app, 'Many'));
    const assembly = app.synth();
    const [created, deployment] = await timed(async () => cloud.deploy(assembly, 'Many'));
    if (created.status !== 'CREATE_COMPLETE') throw new Error(`${created.status}: ${created.events.find(({ resourceStatus }) => resourceStatus === 'CREATE_FAILED')?.resourceStatusReason}`);
    const duration = seconds(created.events
      .filter(({ resourceType }) => resourceType === 'Custom::SageMakerTrainingJob')
      .map(({ timestamp }) => Date.parse(timestamp)));
    const calls = [...cloud.endpoint.calls];
    const [deleted, deletion] = await timed(async () => cloud.destroy('Many'));
    if (deleted?.status !== 'DELETE_COMPLETE') throw new Error(`${deleted?.status}: ${deleted?.statusReason}`);

    const jobs = calls.flatMap(({ operation, outcome }) => {
      const job: any = 'output' in outcome && operation === 'DescribeTrainingJob' ? outcome.output : {};
      return job.TrainingJobStatus === 'Completed' ? [job.TrainingEndTime - job.CreationTime] : [];
    });
    const describes = Map.groupBy(calls.filter(({ operation }) => operation === 'DescribeTrainingJob'), ({ time }) => Math.floor(time.getTime() / 1000));
    const counts = [...describes.values()].map(({ length }) => length);
    return {
      deployment,
      deletion,
      megabytes: process.memoryUsage.rss() / 2 ** 20,
      duration,
      arithmeticLimit: account === 'limited' ? arithmeticLimit(Math.min(...jobs)) : Math.min(...jobs),
      started: calls.filter(({ operation, outcome }) => operation === 'CreateTrainingJob' && 'output' in outcome).length,
      describesInOneSecond: Math.max(...counts),
      describesPerSecond: counts.reduce((sum, count) => sum + count, 0) / duration,
    };
  } finally {
    await cloud.stop();
    rmSync(directory, { recursive: true });
  }
}

/** The time when the last job could have ended if each had been created as early as possible. */
function arithmeticLimit(jobSeconds: number): number {
  const ends: number[] = [];
  for (let job = 0; job < JOBS; job++) ends.push(Math.max(job / CREATIONS_PER_SECOND, ends[job - AT_ONCE] ?? 0) + jobSeconds);
  return ends[JOBS - 1];
}

/** A template can contain 500 resources, so the jobs share a role. */
function addJobs(stack: Stack): void {
  const bucket = Bucket.fromBucketName(stack, 'Bucket', 'models');
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
  for (let index = 0; index < JOBS; index++) {
    new TrainingJob(stack, `Job${index}`, {
      trainingImage: ContainerImage.fromUri('111122223333.dkr.ecr.us-east-1.amazonaws.com/train:v1'),
      outputLocation: S3Location.fromBucket(bucket, 'models/'),
      hyperParameters: { index: String(index) },
      maxRuntime: Duration.minutes(5),
      role,
    });
  }
}

function seconds(times: readonly number[]): number {
  return (Math.max(...times) - Math.min(...times)) / 1000;
}

async function timed<T>(action: () => Promise<T>): Promise<[T, number]> {
  const began = performance.now();
  const result = await action();
  return [result, (performance.now() - began) / 1000];
}

const figures = new Map<string, Promise<Figures>>();

function figuresOf(account: keyof typeof ACCOUNTS): Promise<Figures> {
  const result = figures.get(account) ?? measure(account);
  figures.set(account, result);
  return result;
}

const NAMES = { unlimited: 'no limits', limited: `${CREATIONS_PER_SECOND} creations per second, ${AT_ONCE} jobs at once` };

export const SCALE: Comparison[] = (['limited', 'unlimited'] as const).flatMap((account): Comparison[] => {
  const figure = (name: keyof Figures) => ({ name: NAMES[account], once: async () => (await figuresOf(account))[name] });
  return [
    {
      measure: `${JOBS} jobs, until all have ended (virtual s)`,
      subject: figure('duration'),
      against: { ...figure('arithmeticLimit'), name: 'arithmetic limit' },
      reach: account === 'limited' ? 1.2 : undefined,
    },
    { measure: `${JOBS} jobs, started jobs`, subject: figure('started'), reach: JOBS },
    { measure: `${JOBS} jobs, maximum polls of jobs per second`, subject: figure('describesInOneSecond') },
    { measure: `${JOBS} jobs, average polls of jobs per second`, subject: figure('describesPerSecond') },
    { measure: `${JOBS} jobs, deployment on this machine (s)`, subject: figure('deployment') },
    { measure: `${JOBS} jobs, deletion on this machine (s)`, subject: figure('deletion') },
    { measure: `${JOBS} jobs, memory of the local cloud (MB)`, subject: figure('megabytes') },
  ];
}).map((comparison) => ({ ...comparison, exact: true }));
