import type { LogLine } from './log-reader';
import { type FollowedJob, jobsOf, metricsText, type Picture, type View } from './view';

/** A line for each event, for a pipe or a file. */
export class LineView implements View {
  private heading = '';
  /** The phases and the progress that were printed, by job. */
  private readonly printed = new Map<string, Set<string>>();
  private readonly progress = new Map<string, string>();

  constructor(private readonly out: NodeJS.WritableStream) {}

  update({ heading, jobs }: Picture): void {
    if (heading !== this.heading) this.line(new Date(), heading.replace(' ', ' | '));
    this.heading = heading;
    for (const { label, jobName, state } of jobs) {
      if (!state) continue;
      const printed = this.printed.get(jobName) ?? new Set();
      this.printed.set(jobName, printed);
      for (const [index, { name, since, message }] of state.phases.entries()) {
        if (printed.has(`${index} ${name}`)) continue;
        printed.add(`${index} ${name}`);
        this.line(since, `${label} | ${jobName} | ${name}${message ? ` | ${message}` : ''}`);
      }
      const { trials } = state;
      const progress = [trials && `${trials.ended} of ${trials.maximum} training jobs`, metricsText(state)].filter(Boolean).join(', ');
      if (progress && progress !== this.progress.get(jobName)) this.line(new Date(), `${label} | ${jobName} | ${progress}`);
      this.progress.set(jobName, progress);
    }
  }

  log({ label, jobName }: FollowedJob, lines: readonly LogLine[]): void {
    for (const { time, text } of lines) this.line(time, `${label} | ${jobName} | log | ${text}`);
  }

  note(line: string): void {
    this.line(new Date(), line);
  }

  /** Only the log of a single job is printed. */
  selected(jobs: readonly FollowedJob[]): string | undefined {
    return jobs.length === 1 ? jobsOf(jobs)[0]?.label : undefined;
  }

  onInterrupt(handler: () => void): void {
    process.once('SIGINT', handler);
  }

  close(...sentences: readonly string[]): void {
    sentences.forEach((line) => this.note(line));
  }

  private line(time: Date, text: string): void {
    this.out.write(`${time.toISOString().slice(0, 19).replace('T', ' ')} | ${text}\n`);
  }
}
