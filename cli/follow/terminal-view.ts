import { emitKeypressEvents } from 'node:readline';
import { styleText } from 'node:util';
import type { JobState } from './job-state';
import type { LogLine } from './log-reader';
import { type FollowedJob, jobsOf, metricsText, type Picture, type View } from './view';

type LogUpdate = typeof import('log-update', { with: { 'resolution-mode': 'import' } }).default;

const BAR_WIDTH = 20;
/** The lines of a log that are kept for each job. */
const KEPT_LINES = 50;

const COLORS = { succeeded: 'green', failed: 'red', stopped: 'yellow' } as const;

/** A line for each job and the end of a log, which are drawn again every second. */
export class TerminalView implements View {
  static async open(): Promise<TerminalView> {
    const { default: draw } = await import('log-update');
    return new TerminalView(draw);
  }

  private picture: Picture = { heading: 'Finding the jobs …', jobs: [] };
  private readonly lines = new Map<string, LogLine[]>();
  private choice?: string;
  /** The newest time that the service has reported: its clock may be ahead of this machine's. */
  private newest = 0;
  private interrupt?: () => void;
  private readonly redraw: NodeJS.Timeout;

  private constructor(private readonly draw: LogUpdate) {
    this.redraw = setInterval(() => this.show(), 1000);
    if (process.stdin.isTTY) {
      emitKeypressEvents(process.stdin);
      process.stdin.setRawMode(true);
      process.stdin.on('keypress', (_text, key) => this.onKey(key));
    }
  }

  update(picture: Picture): void {
    this.picture = picture;
    const times = jobsOf(picture.jobs).flatMap(({ state }) => [...state!.phases.map(({ since }) => since), state!.endedAt]);
    this.newest = Math.max(this.newest, ...times.map((time) => Number(time ?? 0)));
    this.show();
  }

  log({ jobName }: FollowedJob, lines: readonly LogLine[]): void {
    this.lines.set(jobName, [...this.lines.get(jobName) ?? [], ...lines].slice(-KEPT_LINES));
    this.newest = Math.max(this.newest, ...lines.map(({ time }) => Number(time)));
    this.show();
  }

  note(line: string): void {
    this.draw.clear();
    process.stdout.write(`${line}\n`);
    this.show();
  }

  /** The chosen job, otherwise the first running one. */
  selected(jobs: readonly FollowedJob[]): string | undefined {
    const existing = jobsOf(jobs);
    const chosen = existing.find(({ label }) => label === this.choice);
    return (chosen ?? existing.find(({ state }) => !state!.end) ?? existing[0])?.label;
  }

  onInterrupt(handler: () => void): void {
    this.interrupt = handler;
    process.once('SIGINT', handler);
  }

  close(...sentences: readonly string[]): void {
    clearInterval(this.redraw);
    if (process.stdin.isTTY) process.stdin.setRawMode(false).pause();
    this.show();
    this.draw.done();
    for (const line of sentences) process.stdout.write(`${line}\n`);
  }

  private onKey({ name, ctrl }: { readonly name?: string; readonly ctrl?: boolean }): void {
    if (ctrl && name === 'c') this.interrupt?.();
    if (name !== 'tab') return;
    const labels = jobsOf(this.picture.jobs).map(({ label }) => label);
    this.choice = labels[(labels.indexOf(this.selected(this.picture.jobs)!) + 1) % labels.length];
    this.show();
  }

  private show(): void {
    const { columns = 80, rows = 24 } = process.stdout;
    const { heading, jobs } = this.picture;
    const cut = (text: string) => (text.length < columns ? text : `${text.slice(0, columns - 2)}…`);
    const width = Math.max(0, ...jobs.map(({ label }) => label.length));
    const selected = jobs.find(({ label }) => label === this.selected(jobs));
    const shown = jobs.slice(0, Math.max(1, rows - 8));
    const rest = jobs.length - shown.length;
    const log = (selected && this.lines.get(selected.jobName)) ?? [];
    const logRows = Math.max(0, Math.min(10, rows - shown.length - 5));
    this.draw([
      ...heading ? [cut(heading)] : [],
      ...shown.map((job) => colored(job.state?.end, cut(`${job === selected && jobs.length > 1 ? '>' : ' '} ${this.row(job, width)}`))),
      ...rest > 0 ? [cut(`  and ${rest} more`)] : [],
      ...log.length > 0 && logRows > 0 ? ['', cut(`Log of ${selected!.jobName}:`), ...log.slice(-logRows).map(({ text }) => cut(`  ${text}`))] : [],
    ].join('\n'));
  }

  private row({ label, state, estimate }: FollowedJob, width: number): string {
    if (!state) return `${label.padEnd(width)}  waiting`;
    const phase = state.phases.at(-1)!.name;
    return [label.padEnd(width), phase.padEnd(11), this.progress(state, estimate), metricsText(state), state.failureReason].filter(Boolean).join('  ');
  }

  private progress(state: JobState, estimate: number | undefined): string {
    const { startedAt, endedAt, limit, trials, end } = state;
    const now = Number(endedAt ?? Math.max(Date.now(), this.newest));
    const seconds = startedAt && Math.max(0, (now - Number(startedAt)) / 1000);
    const elapsed = seconds === undefined ? '' : duration(seconds);
    if (trials) return `${bar(trials.ended / trials.maximum)} ${trials.ended} of ${trials.maximum}, ${elapsed}`;
    if (end !== undefined || seconds === undefined) return elapsed;
    const whole = estimate ?? limit;
    if (whole === undefined) return elapsed;
    return `${bar(seconds / whole)} ${elapsed} of ${estimate === undefined ? 'at most ' : 'about '}${duration(whole)}`;
  }
}

function bar(fraction: number): string {
  const done = Math.round(Math.min(1, fraction) * BAR_WIDTH);
  return '█'.repeat(done) + '░'.repeat(BAR_WIDTH - done);
}

function duration(seconds: number): string {
  const [hours, minutes, rest] = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part) => String(Math.floor(part)).padStart(2, '0'));
  return `${hours}:${minutes}:${rest}`;
}

function colored(end: JobState['end'], text: string): string {
  return end === undefined || process.env.NO_COLOR ? text : styleText(COLORS[end], text);
}
