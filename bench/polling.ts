import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ContainerImage, S3Location, TrainingJob } from 'cdk-sagemaker-jobs';
import { type Comparison, mean } from './measure';
import { pollWithProviderFramework } from './provider-framework';
import { LocalCloud } from '../local/cloud';
import { GIVEN_RESOURCES } from '../test/fixtures/given-resources';

/** The number of jobs of about the same length. With several jobs, no length coincides with the polls by chance. */
const JOBS = 20;
/** The maximum difference of their lengths. */
const SPREAD_SECONDS = 60;

/** The average cost of waiting for a job. */
export interface PollingCost {
  readonly invocations: number;
  readonly transitions: number;
  /** The number of SageMaker calls. */
  readonly calls: number;
  /** The number of seconds from the end of the job to the response. */
  readonly delay: number;
  /** The duration of each job in seconds. */
  readonly lengths: readonly number[];
}

/** Deploys jobs that run for about a number of minutes into the local cloud, and counts the calls of the real function. */
export async function pollingCost(minutes: number, jobs: number = JOBS): Promise<PollingCost> {
  const directory = mkdtempSync(join(tmpdir(), 'polling-'));
  const cloud = await LocalCloud.start({
    given: GIVEN_RESOURCES,
    startAt: new Date('2026-01-01T00:00:00Z'),
    behavior: (request: any) => phases(minutes * 60, Number(request.HyperParameters.index), jobs),
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

/** The phases of one of several jobs: the lengths are spread evenly, and so, in another order, are the upload times. */
function phases(meanSeconds: number, index: number, jobs: number) {
  const seconds = meanSeconds + (index / (jobs - 1) - 0.5) * Math.min(SPREAD_SECONDS, meanSeconds);
  const startingSeconds = Math.min(60, seconds / 3);
  const downloadingSeconds = Math.min(30, seconds / 6);
  const uploadingSeconds = Math.min(2 + (7 * index % jobs) / (jobs - 1) * 58, seconds / 6);
  const trainingSeconds = seconds - startingSeconds - downloadingSeconds - uploadingSeconds;
  return { startingSeconds, downloadingSeconds, trainingSeconds, uploadingSeconds };
}

const REACH: { readonly [minutes: number]: { readonly delay: number; readonly invocations?: number } } = {
  1: { delay: 5 }, 10: { delay: 15 }, 60: { delay: 15, invocations: 1 / 3 }, 180: { delay: 15 },
};

const costs = new Map<number, Promise<PollingCost>>();

/** Virtual time gives the same values each time, so each length is simulated once. */
function costOf(minutes: number): Promise<PollingCost> {
  const cost = costs.get(minutes) ?? pollingCost(minutes);
  costs.set(minutes, cost);
  return cost;
}

async function peerCostOf(minutes: number) {
  const { delay, lengths } = await costOf(minutes);
  return pollWithProviderFramework(lengths, delay);
}

export const POLLING: Comparison[] = Object.entries(REACH).map(([key, reach]) => [Number(key), reach] as const).flatMap(([minutes, reach]) => [
  {
    measure: `delay from the end of a job of ${minutes} minutes to the response (s)`,
    subject: { name: 'TrainingJob', once: async () => (await costOf(minutes)).delay },
    reach: reach.delay,
  },
  ...(['invocations', 'transitions', 'calls'] as const).map((what) => ({
    measure: `${what} for a job of ${minutes} minutes`,
    subject: { name: 'TrainingJob', once: async () => (await costOf(minutes))[what] },
    against: { name: 'provider framework with the same delay', once: async () => (await peerCostOf(minutes))[what] },
    reach: what === 'invocations' ? reach.invocations : undefined,
  })),
]).map((comparison) => ({ ...comparison, exact: true }));
