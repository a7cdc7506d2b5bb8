import type { Clock } from '../clock';
import type { LogSink } from '../logs';
import type { LogPermission } from './execution-role';

/** A job's log in a group of the service: what its containers print. */
export class JobLog {
  private streams: readonly string[] = [];

  /**
   * @param group Such as `/aws/sagemaker/TrainingJobs`
   * @param permission What its role allows when the containers start
   */
  constructor(
    private readonly group: string,
    private readonly clock: Clock,
    private readonly sink: LogSink,
    private readonly permission: () => LogPermission,
  ) {}

  /** The containers start; all lines go to the first of these streams. */
  open(...streams: string[]): void {
    const { isWritten, createsGroup } = this.permission();
    if (!isWritten) return;
    this.streams = streams;
    streams.forEach((stream) => this.sink.open(this.group, stream, { createsGroup }));
  }

  /** Prints lines at even distances over a phase, the first one at once, until the phase is over or interrupted. */
  async print(lines: readonly string[] = [], phaseSeconds = 0, signal?: AbortSignal): Promise<void> {
    const distance = phaseSeconds * 1000 / lines.length;
    try {
      for (const [index, line] of lines.entries()) {
        if (index > 0 && distance > 0) await this.clock.sleep(distance, signal);
        this.write(line);
      }
    } catch (error) {
      if (!signal?.aborted) throw error;
    }
  }

  write(...lines: string[]): void {
    // Who may write when the containers start has made the group, so it is not made again.
    if (this.streams.length > 0) this.sink.write(this.group, this.streams[0], lines, { createsGroup: false });
  }
}
