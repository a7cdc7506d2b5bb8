/** The destination of logs from services. */
export interface LogSink {
  has(logGroupName: string): boolean;
  /** Creates a stream before anything is written, and its group, unless the group must exist. */
  open(logGroupName: string, logStreamName: string, options?: LogWriting): void;
  /** Writes events with the current time. They are lost if the group does not exist and cannot be created. */
  write(logGroupName: string, logStreamName: string, messages: readonly string[], options?: LogWriting): void;
}

export interface LogWriting {
  /** Whether the writer is allowed to create the group. Default: true. */
  readonly createsGroup?: boolean;
}

/** A sink that keeps nothing. */
export const NO_LOG_SINK: LogSink = { has: () => true, open: () => undefined, write: () => undefined };
