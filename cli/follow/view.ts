import type { JobState } from './job-state';
import type { LogLine } from './log-reader';
import type { FoundJob } from './stack-jobs';

/** A job with its state. */
export interface FollowedJob extends FoundJob {
  /** Undefined until the job exists. */
  readonly state?: JobState;
  /** The expected runtime, in seconds. */
  readonly estimate?: number;
}

export interface Picture {
  /** The stack and its status. */
  readonly heading: string;
  readonly jobs: readonly FollowedJob[];
}

/** The output of `follow`. */
export interface View {
  update(picture: Picture): void;
  log(job: FollowedJob, lines: readonly LogLine[]): void;
  /** Shows a sentence that stays. */
  note(line: string): void;
  /** The label of the job whose log is shown. */
  selected(jobs: readonly FollowedJob[]): string | undefined;
  onInterrupt(handler: () => void): void;
  close(...sentences: readonly string[]): void;
}

/** The jobs that exist. */
export function jobsOf(jobs: readonly FollowedJob[]): FollowedJob[] {
  return jobs.filter(({ state }) => state !== undefined);
}

/** The values of metrics, such as `best validation:auc 0.91`. */
export function metricsText({ metrics }: JobState): string {
  return metrics.map(({ name, value }) => `${name} ${Number(value.toPrecision(6))}`).join(', ');
}
