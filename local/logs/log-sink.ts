/** Where services write the logs of what they run. */
export interface LogSink {
  has(logGroupName: string): boolean;
  /** Makes a stream, so that it is there before anything is written; and its group, unless it must exist. */
  open(logGroupName: string, logStreamName: string, options?: LogWriting): void;
  /** Writes events of now. Without a group, where nobody may create one, they are lost. */
  write(logGroupName: string, logStreamName: string, messages: readonly string[], options?: LogWriting): void;
}

export interface LogWriting {
  /** Whether the writer may create the group. Default: yes. */
  readonly createsGroup?: boolean;
}

/** Keeps nothing. */
export const NO_LOG_SINK: LogSink = { has: () => true, open: () => undefined, write: () => undefined };
