import {
  CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand, DescribeLogStreamsCommand, FilterLogEventsCommand,
  type FilterLogEventsCommandInput, PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { Clock } from '../../../local/clock';
import { Endpoint } from '../../../local/endpoint';
import { CloudWatchLogs } from '../../../local/logs';

export const START = Date.parse('2026-01-01T00:00:00Z');

export function logsClient(endpoint: string, region = 'eu-central-1'): CloudWatchLogsClient {
  return new CloudWatchLogsClient({
    endpoint, region, credentials: { accessKeyId: 'a', secretAccessKey: 's' }, maxAttempts: 1, disableHostPrefix: true,
  });
}

/** A local CloudWatch Logs with a real client. */
export class LogsFixture {
  static async start(): Promise<LogsFixture> {
    const fixture = new LogsFixture();
    fixture.endpoint = await Endpoint.start(fixture.clock, [fixture.logs]);
    fixture.client = logsClient(fixture.endpoint.url);
    return fixture;
  }

  readonly clock = new Clock({ startAt: new Date(START) });
  readonly logs = new CloudWatchLogs({ clock: this.clock, region: 'eu-central-1', account: '111122223333' });
  client!: CloudWatchLogsClient;
  private endpoint!: Endpoint;

  async createGroup(logGroupName = 'group', ...streams: string[]): Promise<void> {
    await this.client.send(new CreateLogGroupCommand({ logGroupName }));
    for (const logStreamName of streams) await this.client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  }

  /** Puts an event for each of these messages, a second apart, from so many seconds after the beginning. */
  async put(logStreamName: string, messages: readonly string[], fromSecond = 0) {
    return this.client.send(new PutLogEventsCommand({
      logGroupName: 'group', logStreamName, logEvents: messages.map((message, index) => ({ message, timestamp: START + (fromSecond + index) * 1000 })),
    }));
  }

  async streams(logGroupName = 'group') {
    return (await this.client.send(new DescribeLogStreamsCommand({ logGroupName }))).logStreams!;
  }

  async filter(input: Partial<FilterLogEventsCommandInput> = {}): Promise<string[]> {
    const { events } = await this.client.send(new FilterLogEventsCommand({ logGroupName: 'group', ...input }));
    return events!.map(({ message }) => message!);
  }

  async stop(): Promise<void> {
    this.client.destroy();
    await this.endpoint.stop();
  }
}
