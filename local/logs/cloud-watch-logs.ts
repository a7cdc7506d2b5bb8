import { page } from '../api/page';
import type { Service } from '../api/service';
import type { Clock } from '../clock';
import { after, eventsBefore, eventsFrom, pageSize, readToken, tokenOf } from './event-page';
import { readFilterPattern } from './filter-pattern';
import { eventSize, LogGroup, type LogGroupSettings } from './log-group';
import type { LogSink, LogWriting } from './log-sink';
import { isBefore, type LogEvent, type LogStream, uploadSequenceToken } from './log-stream';
import { LOGS_MODEL } from './logs-model';
import { ServiceError } from '../api/service-error';

export interface CloudWatchLogsOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly account: string;
  /** The time for callers from outside, in milliseconds since the epoch. Default: the time of the clock. */
  readonly outsideNow?: () => number;
}

interface GroupInput {
  readonly logGroupName: string;
}

interface StreamInput extends GroupInput {
  readonly logStreamName: string;
}

interface GroupReference {
  readonly logGroupName?: string;
  readonly logGroupIdentifier?: string;
}

interface DescribeLogGroupsInput {
  readonly logGroupNamePrefix?: string;
  readonly logGroupNamePattern?: string;
  readonly logGroupClass?: string;
  readonly nextToken?: string;
  readonly limit?: number;
}

interface DescribeLogStreamsInput extends GroupReference {
  readonly logStreamNamePrefix?: string;
  readonly orderBy?: 'LogStreamName' | 'LastEventTime';
  readonly descending?: boolean;
  readonly nextToken?: string;
  readonly limit?: number;
}

interface GetLogEventsInput extends GroupReference {
  readonly logStreamName: string;
  readonly startTime?: number;
  readonly endTime?: number;
  readonly nextToken?: string;
  readonly limit?: number;
  readonly startFromHead?: boolean;
}

interface FilterLogEventsInput extends GroupReference {
  readonly logStreamNames?: readonly string[];
  readonly logStreamNamePrefix?: string;
  readonly startTime?: number;
  readonly endTime?: number;
  readonly filterPattern?: string;
  readonly nextToken?: string;
  readonly limit?: number;
}

interface PutLogEventsInput extends StreamInput {
  readonly logEvents: readonly { readonly timestamp: number; readonly message: string }[];
}

const HOUR = 60 * 60 * 1000;
const MAX_BATCH_BYTES = 1_048_576;
const DESCRIBE_PAGE = 50;

/** CloudWatch Logs of an account and Region. */
export class CloudWatchLogs implements Service, LogSink {
  readonly name = 'logs';
  readonly targetPrefix = 'Logs_20140328';
  readonly contentType = 'application/x-amz-json-1.1';
  readonly invalidInput = 'InvalidParameterException';
  readonly model = LOGS_MODEL;
  readonly operations: Service['operations'] = {
    CreateLogGroup: ({ logGroupName, ...settings }: GroupInput & LogGroupSettings) => this.createGroup(logGroupName, settings),
    DeleteLogGroup: ({ logGroupName }: GroupInput) => this.deleteGroup(logGroupName),
    DescribeLogGroups: (input: DescribeLogGroupsInput) => this.describeGroups(input),
    PutRetentionPolicy: ({ logGroupName, retentionInDays }: GroupInput & { readonly retentionInDays: number }) =>
      this.retain(logGroupName, retentionInDays),
    DeleteRetentionPolicy: ({ logGroupName }: GroupInput) => this.retain(logGroupName),
    CreateLogStream: ({ logGroupName, logStreamName }: StreamInput) => void this.group(logGroupName).createStream(logStreamName, this.now),
    DeleteLogStream: ({ logGroupName, logStreamName }: StreamInput) => this.group(logGroupName).deleteStream(logStreamName),
    DescribeLogStreams: (input: DescribeLogStreamsInput) => this.describeStreams(input),
    PutLogEvents: (input: PutLogEventsInput) => this.putEvents(input),
    GetLogEvents: (input: GetLogEventsInput) => this.getEvents(input),
    FilterLogEvents: (input: FilterLogEventsInput) => this.filterEvents(input),
    StartLiveTail: () => {
      throw new ServiceError('InvalidOperationException', 'StartLiveTail is not emulated by the local cloud. FilterLogEvents finds the same events.');
    },
  };

  private readonly groups = new Map<string, LogGroup>();
  private sequence = 0;

  constructor(private readonly options: CloudWatchLogsOptions) {}

  has(logGroupName: string): boolean {
    return this.groups.has(logGroupName);
  }

  createGroup(name: string, settings: LogGroupSettings = {}): void {
    if (this.has(name)) throw new ServiceError('ResourceAlreadyExistsException', 'The specified log group already exists');
    const { region, account } = this.options;
    this.groups.set(name, new LogGroup(name, `arn:aws:logs:${region}:${account}:log-group:${name}`, this.now, settings));
  }

  deleteGroup(name: string): void {
    this.group(name);
    this.groups.delete(name);
  }

  /** The retention of a group in days, or nothing if its events never expire. */
  retentionOf(name: string): number | undefined {
    return this.groups.get(name)?.retentionInDays;
  }

  /** @param days Default: events never expire */
  retain(name: string, days?: number): void {
    this.group(name).retain(days);
  }

  open(logGroupName: string, logStreamName: string, { createsGroup = true }: LogWriting = {}): void {
    if (!this.has(logGroupName) && createsGroup) this.createGroup(logGroupName);
    const group = this.groups.get(logGroupName);
    if (group && !group.streams.has(logStreamName)) group.createStream(logStreamName, this.now);
  }

  write(logGroupName: string, logStreamName: string, messages: readonly string[], writing?: LogWriting): void {
    this.open(logGroupName, logStreamName, writing);
    const stream = this.groups.get(logGroupName)?.streams.get(logStreamName);
    if (stream) messages.filter((message) => message !== '').forEach((message) => this.add(stream, message, this.now));
  }

  /** Returns the newest events in the streams of a job, which have its name as their name or as a folder. */
  ofJob(logGroupName: string, jobName: string, limit: number): LogEvent[] {
    const streams = [...this.groups.get(logGroupName)?.streams.values() ?? []].filter(({ name }) => name === jobName || name.startsWith(`${jobName}/`));
    return streams.flatMap(({ events }) => events.slice(-limit)).sort((one, other) => one.sequence - other.sequence).slice(-limit);
  }

  private get now(): number {
    return this.options.outsideNow?.() ?? this.options.clock.now();
  }

  private add(stream: LogStream, message: string, timestamp: number): void {
    stream.add({ timestamp, ingestionTime: this.now, message, clockTime: this.options.clock.now(), sequence: this.sequence++ });
  }

  private group(name: string): LogGroup {
    const group = this.groups.get(name);
    if (!group) throw new ServiceError('ResourceNotFoundException', 'The specified log group does not exist.');
    return group;
  }

  /** Returns a group by name, or by an identifier, which is a name or an ARN. */
  private referenced({ logGroupName, logGroupIdentifier }: GroupReference): LogGroup {
    if ((logGroupName === undefined) === (logGroupIdentifier === undefined)) {
      throw invalid('Exactly one of logGroupName and logGroupIdentifier must be specified.');
    }
    return this.group(logGroupName ?? /^arn:[^:]*:logs:[^:]*:[^:]*:log-group:([^:]*)$/.exec(logGroupIdentifier!)?.[1] ?? logGroupIdentifier!);
  }

  private describeGroups({ logGroupNamePrefix: prefix, logGroupNamePattern: pattern, logGroupClass, nextToken, limit }: DescribeLogGroupsInput) {
    if (prefix !== undefined && pattern !== undefined) throw invalid('logGroupNamePrefix and logGroupNamePattern are mutually exclusive.');
    const found = [...this.groups.values()]
      .filter((group) => group.name.startsWith(prefix ?? '') && group.name.toLowerCase().includes((pattern ?? '').toLowerCase()))
      .filter((group) => logGroupClass === undefined || group.logGroupClass === logGroupClass)
      .sort((one, other) => compare(one.name, other.name));
    const { items, nextToken: next } = page(found, limit ?? DESCRIBE_PAGE, nextToken, 'InvalidParameterException');
    return { logGroups: items.map((group) => group.describe()), ...next !== undefined && { nextToken: next } };
  }

  private describeStreams(input: DescribeLogStreamsInput) {
    const { logStreamNamePrefix: prefix, orderBy = 'LogStreamName', descending = false, nextToken, limit } = input;
    const group = this.referenced(input);
    const byTime = orderBy === 'LastEventTime';
    if (byTime && prefix !== undefined) throw invalid('Cannot order by LastEventTime with a logStreamNamePrefix.');
    const last = ({ events }: LogStream) => events.at(-1)?.timestamp ?? -Infinity;
    const found = [...group.streams.values()]
      .filter(({ name }) => name.startsWith(prefix ?? ''))
      .sort((one, other) => (byTime ? compare(last(one), last(other)) : 0) || compare(one.name, other.name));
    if (descending) found.reverse();
    const { items, nextToken: next } = page(found, limit ?? DESCRIBE_PAGE, nextToken, 'InvalidParameterException');
    return { logStreams: items.map((stream) => stream.describe(group.arn)), ...next !== undefined && { nextToken: next } };
  }

  private putEvents({ logGroupName, logStreamName, logEvents }: PutLogEventsInput) {
    const group = this.group(logGroupName);
    const stream = group.stream(logStreamName);
    const times = logEvents.map(({ timestamp }) => timestamp);
    if (times.some((time, index) => index > 0 && time < times[index - 1])) {
      throw invalid('Log events in a single PutLogEvents request must be in chronological order.');
    }
    if (times.at(-1)! - times[0] > 24 * HOUR) throw invalid('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.');
    if (logEvents.reduce((sum, { message }) => sum + eventSize(message), 0) > MAX_BATCH_BYTES) {
      throw invalid(`Upload too large: the batch exceeds the maximum of ${MAX_BATCH_BYTES} bytes.`);
    }
    const tooNew = times.findIndex((time) => time > this.now + 2 * HOUR);
    const tooOld = times.filter((time) => time < this.now - 14 * 24 * HOUR).length;
    const expired = times.filter((time) => time < group.expiry(this.now)).length;
    logEvents.slice(Math.max(tooOld, expired), tooNew === -1 ? undefined : tooNew)
      .forEach(({ message, timestamp }) => this.add(stream, message, timestamp));
    const rejected = {
      ...tooNew !== -1 && { tooNewLogEventStartIndex: tooNew },
      ...tooOld > 0 && { tooOldLogEventEndIndex: tooOld },
      ...expired > 0 && { expiredLogEventEndIndex: expired },
    };
    return {
      nextSequenceToken: uploadSequenceToken(stream.events.length),
      ...Object.keys(rejected).length > 0 && { rejectedLogEventsInfo: rejected },
    };
  }

  private getEvents(input: GetLogEventsInput) {
    const { logStreamName, startTime = 0, endTime = Infinity, nextToken, limit, startFromHead = false } = input;
    const group = this.referenced(input);
    const all = group.eventsOf(group.stream(logStreamName), this.now).filter(({ timestamp }) => timestamp >= startTime && timestamp < endTime);
    const { direction, position } = nextToken === undefined ? { direction: startFromHead ? 'f' : 'b' } : readToken(nextToken);
    const candidates = direction === 'f' ? eventsFrom(position, all) : eventsBefore(position ?? END, all);
    const size = direction === 'f' ? pageSize(candidates, limit) : pageSize([...candidates].reverse(), limit);
    const events = direction === 'f' ? candidates.slice(0, size) : candidates.slice(candidates.length - size);
    // Without events, the position stays the same, and at the end of the stream the response repeats the given token.
    const at = position ?? (direction === 'f' ? { timestamp: startTime, sequence: 0 } : this.end(all));
    return {
      events: events.map(({ timestamp, ingestionTime, message }) => ({ timestamp, ingestionTime, message })),
      nextForwardToken: tokenOf('f', events.length > 0 ? after(events.at(-1)!) : at),
      nextBackwardToken: tokenOf('b', events[0] ?? at),
    };
  }

  /** A position after these events. No later event will have the same time and precede it. */
  private end(events: readonly LogEvent[]) {
    return events.length > 0 ? after(events.at(-1)!) : { timestamp: 0, sequence: 0 };
  }

  private filterEvents(input: FilterLogEventsInput) {
    const { logStreamNames: names, logStreamNamePrefix: prefix, startTime = 0, endTime = Infinity, filterPattern = '', nextToken, limit } = input;
    const group = this.referenced(input);
    if (names !== undefined && prefix !== undefined) throw invalid('logStreamNames and logStreamNamePrefix are mutually exclusive.');
    if (startTime > endTime) throw invalid('startTime must not be after endTime.');
    const matches = readFilterPattern(filterPattern);
    const streams = names?.map((name) => group.stream(name)) ?? [...group.streams.values()].filter(({ name }) => name.startsWith(prefix ?? ''));
    const found = streams
      .flatMap((stream) => group.eventsOf(stream, this.now).map((event) => ({ ...event, logStreamName: stream.name })))
      .filter(({ timestamp, message }) => timestamp >= startTime && timestamp <= endTime && matches(message))
      .sort((one, other) => isBefore(one, other) ? -1 : 1);
    const candidates = eventsFrom(nextToken === undefined ? undefined : readToken(nextToken).position, found) as typeof found;
    const events = candidates.slice(0, pageSize(candidates, limit));
    return {
      events: events.map(({ sequence, clockTime: _, ...event }) => ({ ...event, eventId: String(event.timestamp).padStart(28, '0') + String(sequence).padStart(28, '0') })),
      searchedLogStreams: [],
      ...events.length < candidates.length && { nextToken: tokenOf('f', candidates[events.length]) },
    };
  }
}

const END = { timestamp: Infinity, sequence: Infinity };

function compare<T extends string | number>(one: T, other: T): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidParameterException', message);
}
