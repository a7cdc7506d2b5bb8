import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Comparison, Measured } from './measure';
import { LocalCloud } from '../local/cloud';
import { GIVEN_RESOURCES } from '../test/fixtures/given-resources';
import { ContainerImage, S3Location, TrainingJob } from 'cdk-sagemaker-jobs';

const JOBS = 400;
/** A Region with the smaller quotas of Step Functions. */
const REGION = 'eu-central-1';
/** The documented quota of SageMaker, which the local cloud applies. */
const CREATIONS_PER_SECOND = 1;
const AT_ONCE = 100;

const OPERATIONS = ['creation', 'update', 'deletion'] as const;
type Operation = typeof OPERATIONS[number];

/** The figures of one operation on the stack. */
interface Figures {
  /** The virtual time from the first event of a job to the last one, in seconds. */
  readonly duration: number;
  /** The time when the last job could have ended if each had been created as early as possible, in seconds. */
  readonly arithmeticLimit: number;
  /** The number of jobs that the operation started. */
  readonly started: number;
  readonly listExecutions: number;
  /** The number of calls of Step Functions that exceeded the quota. */
  readonly refused: number;
  /** The share of the calls of SageMaker that exceeded the quota. */
  readonly throttled: number;
  /** The duration on this machine, in seconds. */
  readonly seconds: number;
}

/** Deploys, updates and deletes a stack of many jobs in the local cloud, with the documented quotas. */
export async function measure(seed: number): Promise<{ readonly [operation in Operation]: Figures }> {
  const directory = mkdtempSync(join(tmpdir(), 'scale-'));
  const cloud = await LocalCloud.start({
    given: GIVEN_RESOURCES,
    startAt: new Date('2026-01-01T00:00:00Z'),
    region: REGION,
    seed,
    instanceLimits: { 'ml.m5.xlarge': AT_ONCE },
    maxProcesses: PROCESSES,
  });
  try {
    const figures: Partial<Record<Operation, Figures>> = {};
    let shortest = Infinity;
    for (const operation of OPERATIONS) {
      const before = cloud.endpoint.calls.length;
      const began = performance.now();
      const { events, status } = (operation === 'deletion'
        ? await cloud.destroy('Many')
        : await cloud.deploy(assemblyOf(join(directory, operation), operation), 'Many'))!;
      const seconds = (performance.now() - began) / 1000;
      if (!/^(CREATE|UPDATE|DELETE)_COMPLETE$/.test(status)) {
        throw new Error(`${status}: ${events.find(({ resourceStatus }) => resourceStatus.endsWith('_FAILED'))?.resourceStatusReason}`);
      }
      const times = events.filter(({ resourceType }) => resourceType === 'Custom::SageMakerTrainingJob').map(({ timestamp }) => Date.parse(timestamp));
      const calls = [...cloud.endpoint.calls].slice(before);
      const refused = (service: string) => calls.filter((call) => call.service === service && 'error' in call.outcome
        && /Throttling/.test(JSON.stringify(call.outcome.error))).length;
      for (const { operation: name, outcome } of calls) {
        const job: any = 'output' in outcome && name === 'DescribeTrainingJob' ? outcome.output : {};
        if (job.TrainingJobStatus === 'Completed') shortest = Math.min(shortest, job.TrainingEndTime - job.CreationTime);
      }
      figures[operation] = {
        duration: (Math.max(...times) - Math.min(...times)) / 1000,
        arithmeticLimit: operation === 'deletion' ? 0 : arithmeticLimit(shortest),
        started: calls.filter((call) => call.operation === 'CreateTrainingJob' && 'output' in call.outcome).length,
        listExecutions: calls.filter((call) => call.operation === 'ListExecutions').length,
        refused: refused('states'),
        throttled: refused('sagemaker') / calls.filter(({ service }) => service === 'sagemaker').length,
        seconds,
      };
    }
    return figures as { readonly [operation in Operation]: Figures };
  } finally {
    await cloud.stop();
    rmSync(directory, { recursive: true });
  }
}

/** The number of processes of the function. Each has its own list of executions, as each environment of Lambda has. */
const PROCESSES = 24;

/** A template can contain 500 resources, so the jobs share a role. An update runs every job again. */
function assemblyOf(outdir: string, operation: Operation) {
  const app = new App({ outdir });
  const stack = new Stack(app, 'Many');
  const bucket = Bucket.fromBucketName(stack, 'Bucket', 'models');
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
  for (let index = 0; index < JOBS; index++) {
    new TrainingJob(stack, `Job${index}`, {
      trainingImage: ContainerImage.fromUri(`111122223333.dkr.ecr.${REGION}.amazonaws.com/train:v1`),
      outputLocation: S3Location.fromBucket(bucket, 'models/'),
      hyperParameters: { index: String(index), version: operation },
      maxRuntime: Duration.minutes(5),
      role,
    });
  }
  return app.synth();
}

function arithmeticLimit(jobSeconds: number): number {
  const ends: number[] = [];
  for (let job = 0; job < JOBS; job++) ends.push(Math.max(job / CREATIONS_PER_SECOND, ends[job - AT_ONCE] ?? 0) + jobSeconds);
  return ends[JOBS - 1];
}

const figures = new Map<number, ReturnType<typeof measure>>();

async function figuresOf(seed: number) {
  const result = figures.get(seed) ?? measure(seed);
  figures.set(seed, result);
  return result;
}

export const SCALE: Comparison[] = OPERATIONS.flatMap((operation): Comparison[] => {
  const figure = (name: keyof Figures, title: string): Measured => ({ name: title, once: async (seed) => (await figuresOf(seed))[operation][name] });
  const measureOf = (what: string) => `${operation} of ${JOBS} jobs, ${what}`;
  return [
    operation === 'deletion'
      ? { measure: measureOf('virtual s'), subject: figure('duration', 'documented quotas') }
      : { measure: measureOf('virtual s'), subject: figure('duration', 'documented quotas'), against: figure('arithmeticLimit', 'arithmetic limit'), goal: 1.2 },
    { measure: measureOf('started jobs'), subject: figure('started', 'documented quotas'), guard: operation === 'deletion' ? 0 : JOBS },
    { measure: measureOf('ListExecutions'), subject: figure('listExecutions', 'documented quotas') },
    { measure: measureOf('calls of Step Functions beyond the quota'), subject: figure('refused', 'documented quotas'), guard: 0 },
    { measure: measureOf('share of the SageMaker calls beyond the quota'), subject: figure('throttled', 'documented quotas') },
    { measure: measureOf('time on this machine (s)'), subject: figure('seconds', 'documented quotas') },
  ];
}).map((comparison) => ({ ...comparison, rounds: 2 }));
