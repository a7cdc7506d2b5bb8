/*
 * A process with a local cloud: it begins something, or goes on with what an earlier one has begun, and kills itself at a
 * moment, or tells how it ended.
 */
import { LocalCloud } from '../../../local/cloud';
import type { JobTransition } from '../../../local/sagemaker';
import { GIVEN_RESOURCES } from '../../fixtures/given-resources';

/** What a process is told. */
export interface Orders {
  readonly directory: string;
  /** Of the assembly. */
  readonly deploy?: string;
  readonly destroy?: boolean;
  /** Whether the deletion does not wait for what is under way. */
  readonly destroyAtOnce?: boolean;
  /** The reason with which all jobs fail. */
  readonly failure?: string;
  /** The call or event at which the process is killed, such as `StopTrainingJob` or `Training CREATE_IN_PROGRESS`. Default: none. */
  readonly killAt?: string;
  /** How often that has to come. Default: once. */
  readonly times?: number;
}

/** What a process tells. */
export interface Report {
  readonly time: number;
  readonly status: string;
  readonly events: readonly string[];
  /** The names of the jobs with their statuses. */
  readonly jobs: { readonly [name: string]: string };
  readonly running: readonly string[];
  /** The calls that this process has answered. */
  readonly calls: readonly string[];
}

async function main({ directory, deploy, destroy, destroyAtOnce, failure, killAt, times = 1 }: Orders): Promise<void> {
  const cloud = await LocalCloud.start({ given: GIVEN_RESOURCES, directory, startAt: new Date('2026-01-01T00:00:00Z'), behavior: () => ({ trainingSeconds: 1200, failure }) });
  let left = times;
  const happens = (what: string) => {
    if (what === killAt && --left === 0) process.kill(process.pid, 'SIGKILL');
  };
  cloud.endpoint.on('call', ({ operation }) => happens(operation));
  cloud.cloudFormation.on('event', ({ logicalResourceId, resourceStatus }) => happens(`${logicalResourceId} ${resourceStatus}`));
  cloud.sagemaker.on('transition', ({ status }: JobTransition) => happens(status));

  if (destroyAtOnce) await cloud.destroy('Training');
  for (const { done } of cloud.restoration.resumed) await cloud.clock.run(done);
  if (deploy !== undefined) await cloud.deploy(deploy, 'Training');
  if (destroy) await cloud.destroy('Training');

  // Lists show everything then.
  await cloud.clock.advance(10_000);
  const [stack] = cloud.cloudFormation.list();
  const { TrainingJobSummaries: jobs } = cloud.sagemaker.call('ListTrainingJobs', {}) as any;
  const report: Report = {
    time: cloud.clock.now(),
    status: stack.status,
    events: stack.events.map(({ logicalResourceId, resourceStatus }) => `${logicalResourceId} ${resourceStatus}`),
    jobs: Object.fromEntries(jobs.map((job: any) => [job.TrainingJobName, job.TrainingJobStatus])),
    running: cloud.sagemaker.running(),
    calls: cloud.endpoint.calls.map(({ operation }) => operation),
  };
  await cloud.stop();
  console.log(JSON.stringify(report));
}

void main(JSON.parse(process.argv[2]) as Orders);
