import { DescribeLogStreamsCommand, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { JOB_KINDS, type JobKind } from '../../src/contract';
import type { AwsClients } from '../aws-clients';

export interface LogLine {
  readonly time: Date;
  readonly text: string;
}

/** The number of log streams that are read, such as of instances or of the newest training jobs of a tuning job. */
const STREAMS = 3;
/** The lines of a stream before it is followed. */
const FIRST_LINES = 20;

/** The new lines of a job's log. */
export class LogReader {
  private readonly positions = new Map<string, string>();

  constructor(private readonly aws: AwsClients, private readonly kind: JobKind, private readonly jobName: string) {}

  /** Returns the lines since the last call. A job without a log has none. */
  async read(): Promise<LogLine[]> {
    const { logGroup: logGroupName, logStream } = JOB_KINDS[this.kind];
    try {
      const { logStreams = [] } = await this.aws.logs.send(new DescribeLogStreamsCommand({
        logGroupName, logStreamNamePrefix: `${this.jobName}${logStream}`, descending: true, limit: STREAMS,
      }));
      const lines: LogLine[] = [];
      for (const { logStreamName } of logStreams) lines.push(...await this.readStream(logGroupName, logStreamName!));
      return lines.sort((one, other) => Number(one.time) - Number(other.time));
    } catch (error) {
      if ((error as Error).name === 'ResourceNotFoundException') return [];
      throw error;
    }
  }

  private async readStream(logGroupName: string, logStreamName: string): Promise<LogLine[]> {
    const nextToken = this.positions.get(logStreamName);
    const { events = [], nextForwardToken } = await this.aws.logs.send(new GetLogEventsCommand({
      logGroupName, logStreamName, nextToken, startFromHead: nextToken !== undefined, ...nextToken === undefined && { limit: FIRST_LINES },
    }));
    this.positions.set(logStreamName, nextForwardToken!);
    return events.map(({ timestamp, message = '' }) => ({ time: new Date(timestamp!), text: printable(message) }));
  }
}

/** Removes what would move the cursor of a terminal. The last part of a line that overwrites itself is shown. */
function printable(message: string): string {
  return message.trimEnd().split('\r').at(-1)!.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '').replace(/\t/g, '  ').replace(/[\u0000-\u001f\u007f]/g, '');
}
