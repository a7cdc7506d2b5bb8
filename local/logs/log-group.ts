import { type LogEvent, LogStream } from './log-stream';
import { ServiceError } from '../api/service-error';

const DAY = 24 * 60 * 60 * 1000;
/** The valid values of PutRetentionPolicy. */
const RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

/** The settings of a new log group. */
export interface LogGroupSettings {
  readonly kmsKeyId?: string;
  readonly logGroupClass?: string;
}

/** A log group and its streams. */
export class LogGroup {
  retentionInDays?: number;
  readonly streams = new Map<string, LogStream>();

  /** @param arn The ARN without the suffix `:*`, which stands for the streams */
  constructor(readonly name: string, readonly arn: string, readonly creationTime: number, private readonly settings: LogGroupSettings) {}

  get logGroupClass(): string {
    return this.settings.logGroupClass ?? 'STANDARD';
  }

  stream(name: string): LogStream {
    const stream = this.streams.get(name);
    if (!stream) throw new ServiceError('ResourceNotFoundException', 'The specified log stream does not exist.');
    return stream;
  }

  createStream(name: string, now: number): LogStream {
    if (this.streams.has(name)) throw new ServiceError('ResourceAlreadyExistsException', 'The specified log stream already exists');
    const stream = new LogStream(name, now);
    this.streams.set(name, stream);
    return stream;
  }

  deleteStream(name: string): void {
    this.stream(name);
    this.streams.delete(name);
  }

  /** @param days Default: events never expire */
  retain(days?: number): void {
    checkRetention(days);
    this.retentionInDays = days;
  }

  /** The time before which events have expired. */
  expiry(now: number): number {
    return this.retentionInDays === undefined ? -Infinity : now - this.retentionInDays * DAY;
  }

  /** The events of a stream that have not expired. */
  eventsOf({ events }: LogStream, now: number): readonly LogEvent[] {
    const expiry = this.expiry(now);
    return events.length > 0 && events[0].timestamp < expiry ? events.filter(({ timestamp }) => timestamp >= expiry) : events;
  }

  describe() {
    const { name, arn, creationTime, retentionInDays, settings: { kmsKeyId }, logGroupClass } = this;
    const messages = [...this.streams.values()].flatMap(({ events }) => events);
    return {
      logGroupName: name,
      creationTime,
      ...retentionInDays !== undefined && { retentionInDays },
      metricFilterCount: 0,
      arn: `${arn}:*`,
      logGroupArn: arn,
      storedBytes: messages.reduce((sum, { message }) => sum + eventSize(message), 0),
      ...kmsKeyId !== undefined && { kmsKeyId },
      logGroupClass,
    };
  }
}

export function checkRetention(days: number | undefined): void {
  if (days === undefined || RETENTION_DAYS.includes(days)) return;
  throw new ServiceError('InvalidParameterException', `Invalid retention value. Valid values are: [${RETENTION_DAYS.join(', ')}]`);
}

/** The size of an event, in bytes. */
export function eventSize(message: string): number {
  return Buffer.byteLength(message) + 26;
}
