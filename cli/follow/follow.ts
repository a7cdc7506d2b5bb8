import { setTimeout } from 'node:timers/promises';
import { type JobState, stateOf } from './job-state';
import { LineView } from './line-view';
import { LogReader } from './log-reader';
import { type FoundJob, StackJobs } from './stack-jobs';
import { TerminalView } from './terminal-view';
import { type FollowedJob, jobsOf, type View } from './view';
import { JOB_KINDS, type JobKind } from '../../src/contract';
import { AwsClients, type AwsEnvironment } from '../aws-clients';
import { messageFor, isNotFound, isThrottled, UserError } from '../user-error';

export interface FollowOptions extends AwsEnvironment {
  readonly stack?: string;
  readonly job?: string;
  /** The time between two rounds, in seconds. */
  readonly interval: number;
}

export const EXIT = { succeeded: 0, failed: 1, unknown: 2, interrupted: 130 } as const;

/** The jobs and the stack at one moment. */
interface Round {
  readonly jobs: readonly FoundJob[];
  readonly heading: string;
  readonly isAtWork: boolean;
}

interface Result {
  readonly status: number;
  readonly sentences: readonly string[];
}

/** Rounds without work before the jobs of a deployment have ended: the next job may be about to start. */
const IDLE_ROUNDS = 2;
/** SageMaker describes at least five jobs a second, for all callers together. This is a tenth of that for each job. */
const SECONDS_PER_JOB = 0.5;
const LONGEST_INTERVAL = 60;

/** Shows jobs until they have ended. Returns the exit status. */
export async function follow(options: FollowOptions): Promise<number> {
  const aws = new AwsClients(options);
  const view: View = process.stdout.isTTY ? await TerminalView.open() : new LineView(process.stdout);
  const interrupted = new Promise<Result>((settle) => {
    view.onInterrupt(() => settle({ status: EXIT.interrupted, sentences: ['The view has ended. The jobs and the deployment continue.'] }));
  });
  try {
    const { status, sentences } = await Promise.race([new Follower(aws, options, view).run(), interrupted]);
    view.close(...sentences);
    // A request that is still open must not delay the end.
    if (status === EXIT.interrupted) process.exit(status);
    return status;
  } catch (error) {
    view.close();
    console.error(messageFor(error));
    return EXIT.unknown;
  }
}

class Follower {
  private readonly followed = new Map<string, FollowedJob>();
  private readonly logs = new Map<string, LogReader>();
  private readonly estimates = new Map<string, number | undefined>();
  private stack?: StackJobs;
  private single?: FoundJob;
  private interval: number;

  constructor(private readonly aws: AwsClients, private readonly options: FollowOptions, private readonly view: View) {
    this.interval = options.interval;
  }

  async run(): Promise<Result> {
    let idle = 0;
    for (;;) {
      const round = await this.patiently(() => this.round());
      if (round) {
        const current = [...this.followed.values()];
        const isRunning = current.some(({ state }) => state === undefined || state.end === undefined);
        idle = round.isAtWork || isRunning ? 0 : idle + 1;
        if (idle > 0 && (!/_IN_PROGRESS$/.test(round.heading) || idle >= IDLE_ROUNDS)) return this.result(current);
      }
      await setTimeout(1000 * Math.max(this.interval, SECONDS_PER_JOB * this.followed.size));
    }
  }

  private async round(): Promise<Round> {
    const round = await this.look();
    for (const found of round.jobs) {
      const before = this.followed.get(found.label);
      const last = before?.jobName === found.jobName ? before : undefined;
      // The description of an ended job does not change any more.
      const state = last?.state?.end === undefined ? await this.describe(found.kind, found.jobName) ?? last?.state : last.state;
      this.followed.set(found.label, { ...found, state, estimate: await this.estimate(found) });
      this.view.update({ heading: round.heading, jobs: [...this.followed.values()] });
    }
    for (const [label, job] of this.followed) {
      if (!job.state || job.state.end || round.jobs.some(({ jobName }) => jobName === job.jobName)) continue;
      this.followed.set(label, { ...job, state: await this.describe(job.kind, job.jobName) ?? await this.deleted(job, job.state) });
    }
    this.view.update({ heading: round.heading, jobs: [...this.followed.values()] });
    await this.readLog();
    return round;
  }

  private async look(): Promise<Round> {
    const { job, stack } = this.options;
    if (job !== undefined) {
      this.single ??= await this.find(job);
      return { jobs: [this.single], heading: '', isAtWork: false };
    }
    this.stack ??= await StackJobs.find(this.aws, stack);
    const { stackName, status, jobs, isAtWork } = await this.stack.look();
    return { jobs, heading: `${stackName} ${status}`, isAtWork };
  }

  /** Finds the kind of a job by its name. */
  private async find(jobName: string): Promise<FoundJob> {
    for (const kind of Object.keys(JOB_KINDS) as JobKind[]) {
      if (await this.describe(kind, jobName)) return { kind, jobName, label: jobName };
    }
    throw new UserError(`The job ${jobName} does not exist in ${await this.aws.region()}. Check its name, the Region and the account.`);
  }

  private async describe(kind: JobKind, jobName: string): Promise<JobState | undefined> {
    const { noun } = JOB_KINDS[kind];
    try {
      return stateOf(kind, await this.aws.callSageMaker(`Describe${noun}`, { [`${noun}Name`]: jobName }));
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  /** The state of a job whose record was deleted before its end was seen, such as by a rollback. */
  private async deleted({ logicalId }: FoundJob, state: JobState): Promise<JobState> {
    const failureReason = await this.stack?.failureReason(logicalId) ?? 'Its record was deleted.';
    return { ...state, end: 'failed', failureReason };
  }

  /** The duration of an earlier job of the same construct, in seconds. */
  private async estimate({ kind, label, previous }: FoundJob): Promise<number | undefined> {
    if (previous !== undefined && !this.estimates.has(label)) {
      const { startedAt, endedAt } = await this.describe(kind, previous) ?? {};
      this.estimates.set(label, startedAt && endedAt && (Number(endedAt) - Number(startedAt)) / 1000);
    }
    return this.estimates.get(label);
  }

  private async readLog(): Promise<void> {
    const job = jobsOf([...this.followed.values()]).find(({ label }) => label === this.view.selected([...this.followed.values()]));
    if (job?.state === undefined) return;
    const { kind, jobName } = job;
    const log = this.logs.get(jobName) ?? new LogReader(this.aws, kind, jobName);
    this.logs.set(jobName, log);
    this.view.log(job, await log.read());
  }

  /** Repeats a throttled round later. */
  private async patiently(round: () => Promise<Round>): Promise<Round | undefined> {
    try {
      const result = await round();
      this.interval = this.options.interval;
      return result;
    } catch (error) {
      if (!isThrottled(error)) throw error;
      this.interval = Math.min(this.interval * 2, LONGEST_INTERVAL);
      this.view.note(`The service throttles the calls. The next attempt is in ${this.interval} seconds.`);
      return undefined;
    }
  }

  private result(jobs: readonly FollowedJob[]): Result {
    const unsuccessful = jobs.filter(({ state }) => state?.end !== 'succeeded');
    if (jobs.length === 0) throw new UserError(`The operation of the stack ${this.stack!.stackName} has ended, and it has no jobs.`);
    if (unsuccessful.length === 0) {
      return { status: EXIT.succeeded, sentences: [jobs.length === 1 ? 'The job succeeded.' : `All ${jobs.length} jobs succeeded.`] };
    }
    return {
      status: EXIT.failed,
      sentences: unsuccessful.map(({ label, jobName, state }) =>
        `${label} (${jobName}) ${state!.end === 'stopped' ? 'was stopped' : 'failed'}${state!.failureReason ? `: ${state!.failureReason}` : '.'}`),
    };
  }
}
