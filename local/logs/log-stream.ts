/** An event in a log stream. Times are in milliseconds since the epoch. */
export interface LogEvent {
  readonly timestamp: number;
  readonly ingestionTime: number;
  readonly message: string;
  /** The time of the clock, which may not be the time for callers. */
  readonly clockTime: number;
  /** Distinguishes events of the same time. Later events have greater numbers. */
  readonly sequence: number;
}

/** A position between events: before all events of the same or a later time and sequence. */
export type Position = Pick<LogEvent, 'timestamp' | 'sequence'>;

/** A log stream and its events, sorted by time. */
export class LogStream {
  readonly events: LogEvent[] = [];
  lastIngestionTime?: number;

  constructor(readonly name: string, readonly creationTime: number) {}

  add(event: LogEvent): void {
    this.lastIngestionTime = event.ingestionTime;
    this.events.splice(placeOf(event, this.events), 0, event);
  }

  describe(groupArn: string) {
    const { name, creationTime, events, lastIngestionTime } = this;
    return {
      logStreamName: name,
      creationTime,
      ...events.length > 0 && { firstEventTimestamp: events[0].timestamp, lastEventTimestamp: events.at(-1)!.timestamp },
      ...lastIngestionTime !== undefined && { lastIngestionTime },
      uploadSequenceToken: uploadSequenceToken(events.length),
      arn: `${groupArn}:log-stream:${name}`,
      // The service has reported no size of streams since 2019.
      storedBytes: 0,
    };
  }
}

export function uploadSequenceToken(events: number): string {
  return String(events + 1).padStart(56, '4');
}

export function isBefore(one: Position, other: Position): boolean {
  return one.timestamp < other.timestamp || one.timestamp === other.timestamp && one.sequence < other.sequence;
}

/** The number of these sorted events before a position. It is nearly always all of them. */
export function placeOf(position: Position, events: readonly Position[]): number {
  let place = events.length;
  while (place > 0 && isBefore(position, events[place - 1])) place--;
  return place;
}
