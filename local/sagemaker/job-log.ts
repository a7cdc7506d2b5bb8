import type { Clock } from '../clock';
import type { LogSink } from '../logs';
import type { LogPermission } from './execution-role';

/** The log of a job: the output of its containers, in a log group of the service. */
export class JobLog {
  private streams: readonly string[] = [];

  /**
   * @param group The log group, such as `/aws/sagemaker/TrainingJobs`
   * @param permission The permissions of the job's role when the containers start
   */
  constructor(
    private readonly group: string,
    private readonly clock: Clock,
    private readonly sink: LogSink,
    private readonly permission: () => LogPermission,
  ) {}

  /** Opens the streams when the containers start. All lines go to the first stream. */
  open(...streams: string[]): void {
    const { isWritten, createsGroup } = this.permission();
    if (!isWritten) return;
    this.streams = streams;
    streams.forEach((stream) => this.sink.open(this.group, stream, { createsGroup }));
  }

  /** Prints evenly spaced lines during a phase, the first one immediately, until the phase ends or is interrupted. */
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
    // The group was created when the containers started, so it is not created again.
    if (this.streams.length > 0) this.sink.write(this.group, this.streams[0], lines, { createsGroup: false });
  }
}
