import {
  CreateLogGroupCommand, CreateLogStreamCommand, DeleteLogGroupCommand, DeleteLogStreamCommand, DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand, GetLogEventsCommand, type GetLogEventsCommandInput, InvalidOperationException, InvalidParameterException,
  paginateDescribeLogGroups, paginateDescribeLogStreams, paginateFilterLogEvents, paginateGetLogEvents, PutLogEventsCommand,
  PutRetentionPolicyCommand,
  ResourceAlreadyExistsException, ResourceNotFoundException, StartLiveTailCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { LogsFixture, START } from './setup';

let cloud: LogsFixture;
beforeEach(async () => { cloud = await LogsFixture.start(); });
afterEach(async () => cloud.stop());

const numbers = (count: number, prefix = '') => Array.from({ length: count }, (_, index) => `${prefix}${index}`);
const GROUP_ARN = 'arn:aws:logs:eu-central-1:111122223333:log-group:group';

describe('a log group', () => {
  test('is created, described with a retention, and deleted', async () => {
    await cloud.createGroup();
    await cloud.client.send(new PutRetentionPolicyCommand({ logGroupName: 'group', retentionInDays: 14 }));
    const describe = async () => (await cloud.client.send(new DescribeLogGroupsCommand({}))).logGroups!;
    expect(await describe()).toEqual([{
      logGroupName: 'group',
      creationTime: START,
      retentionInDays: 14,
      metricFilterCount: 0,
      arn: `${GROUP_ARN}:*`,
      logGroupArn: GROUP_ARN,
      storedBytes: 0,
      logGroupClass: 'STANDARD',
    }]);
    await cloud.client.send(new DeleteRetentionPolicyCommand({ logGroupName: 'group' }));
    expect((await describe())[0].retentionInDays).toBeUndefined();
    await cloud.client.send(new DeleteLogGroupCommand({ logGroupName: 'group' }));
    expect(await describe()).toEqual([]);
  });

  test('is found by its prefix or a part of its name, page by page in the order of names', async () => {
    for (const name of ['/b/two', '/b/one', '/a/one']) await cloud.createGroup(name);
    const names: string[] = [];
    for await (const { logGroups } of paginateDescribeLogGroups({ client: cloud.client, pageSize: 1 }, { logGroupNamePrefix: '/b' })) {
      names.push(...logGroups!.map(({ logGroupName }) => logGroupName!));
    }
    expect(names).toEqual(['/b/one', '/b/two']);
    const { logGroups } = await cloud.client.send(new DescribeLogGroupsCommand({ logGroupNamePattern: 'ONE' }));
    expect(logGroups!.map(({ logGroupName }) => logGroupName)).toEqual(['/a/one', '/b/one']);
  });

  test('cannot be created twice, nor under another kind of name, nor used before it is there', async () => {
    await cloud.createGroup();
    await expect(cloud.createGroup()).rejects.toBeInstanceOf(ResourceAlreadyExistsException);
    await expect(cloud.createGroup('a b')).rejects.toBeInstanceOf(InvalidParameterException);
    await expect(cloud.client.send(new DeleteLogGroupCommand({ logGroupName: 'other' }))).rejects.toBeInstanceOf(ResourceNotFoundException);
    await expect(cloud.filter({ logGroupName: 'other' })).rejects.toBeInstanceOf(ResourceNotFoundException);
    const retain = cloud.client.send(new PutRetentionPolicyCommand({ logGroupName: 'group', retentionInDays: 2 }));
    await expect(retain).rejects.toThrow(/Valid values are: \[1, 3, 5/);
  });

  test('no longer shows the events whose retention is over', async () => {
    await cloud.createGroup('group', 'stream');
    await cloud.put('stream', ['old']);
    await cloud.client.send(new PutRetentionPolicyCommand({ logGroupName: 'group', retentionInDays: 1 }));
    await cloud.clock.advance(20 * 60 * 60 * 1000);
    await cloud.put('stream', ['new'], 20 * 60 * 60);
    expect(await cloud.filter()).toEqual(['old', 'new']);
    await cloud.clock.advance(5 * 60 * 60 * 1000);
    expect(await cloud.filter()).toEqual(['new']);
  });
});

describe('a log stream', () => {
  test('tells of its first and last events, and is deleted', async () => {
    await cloud.createGroup('group', 'stream');
    expect(await cloud.streams()).toEqual([{
      logStreamName: 'stream', creationTime: START, arn: `${GROUP_ARN}:log-stream:stream`, storedBytes: 0, uploadSequenceToken: expect.any(String),
    }]);
    await cloud.clock.advance(5000);
    await cloud.put('stream', ['a', 'b'], 2);
    expect((await cloud.streams())[0])
      .toMatchObject({ firstEventTimestamp: START + 2000, lastEventTimestamp: START + 3000, lastIngestionTime: START + 5000 });
    await cloud.client.send(new DeleteLogStreamCommand({ logGroupName: 'group', logStreamName: 'stream' }));
    expect(await cloud.streams()).toEqual([]);
  });

  test('is listed by name or by its last event, page by page', async () => {
    await cloud.createGroup('group', 'a', 'b', 'c');
    for (const [second, name] of ['b', 'c', 'a'].entries()) await cloud.put(name, ['x'], second);
    const list = async (input: object) => {
      const names: string[] = [];
      for await (const { logStreams } of paginateDescribeLogStreams({ client: cloud.client, pageSize: 2 }, { logGroupName: 'group', ...input })) {
        names.push(...logStreams!.map(({ logStreamName }) => logStreamName!));
      }
      return names;
    };
    expect(await list({})).toEqual(['a', 'b', 'c']);
    expect(await list({ orderBy: 'LastEventTime', descending: true })).toEqual(['a', 'c', 'b']);
    expect(await list({ logStreamNamePrefix: 'b' })).toEqual(['b']);
    await expect(list({ orderBy: 'LastEventTime', logStreamNamePrefix: 'b' })).rejects.toBeInstanceOf(InvalidParameterException);
    await expect(cloud.client.send(new DescribeLogStreamsCommand({}))).rejects.toThrow(/Exactly one of/);
  });

  test('needs a group, and a name of its own without colons', async () => {
    await cloud.createGroup('group', 'stream');
    const create = async (logGroupName: string, logStreamName: string) =>
      cloud.client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
    await expect(create('group', 'stream')).rejects.toBeInstanceOf(ResourceAlreadyExistsException);
    await expect(create('other', 'stream')).rejects.toBeInstanceOf(ResourceNotFoundException);
    await expect(create('group', 'a:b')).rejects.toBeInstanceOf(InvalidParameterException);
  });
});

describe('PutLogEvents', () => {
  beforeEach(async () => cloud.createGroup('group', 'stream'));
  const put = async (...timestamps: number[]) => cloud.client.send(new PutLogEventsCommand({
    logGroupName: 'group', logStreamName: 'stream', logEvents: timestamps.map((timestamp) => ({ timestamp, message: String(timestamp) })),
  }));
  const HOUR = 60 * 60 * 1000;

  test('rejects events of the far future and the far past, and takes the others', async () => {
    expect((await put(START - 15 * 24 * HOUR)).rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1 });
    expect((await put(START, START + 3 * HOUR)).rejectedLogEventsInfo).toEqual({ tooNewLogEventStartIndex: 1 });
    expect((await put(START + 1)).rejectedLogEventsInfo).toBeUndefined();
    expect(await cloud.filter()).toEqual([String(START), String(START + 1)]);
  });

  test('refuses a batch that is not in order, spans more than a day or is too large', async () => {
    await expect(put(START, START - 1)).rejects.toThrow(/chronological order/);
    await expect(put(START - 25 * HOUR, START)).rejects.toThrow(/24 hours/);
    const large = { timestamp: START, message: 'x'.repeat(1_048_576 - 25) };
    const command = new PutLogEventsCommand({ logGroupName: 'group', logStreamName: 'stream', logEvents: [large] });
    await expect(cloud.client.send(command)).rejects.toThrow(/exceeds the maximum/);
  });
});

describe('GetLogEvents', () => {
  beforeEach(async () => {
    await cloud.createGroup('group', 'stream');
    await cloud.put('stream', numbers(5));
  });
  const get = async (input: Partial<GetLogEventsCommandInput> = {}) => {
    const { events, ...tokens } = await cloud.client.send(new GetLogEventsCommand({ logGroupName: 'group', logStreamName: 'stream', ...input }));
    return { messages: events!.map(({ message }) => message), ...tokens };
  };

  test('gives the latest events first, or the earliest ones, and reads on in both directions', async () => {
    const latest = await get({ limit: 2 });
    expect(latest.messages).toEqual(['3', '4']);
    const before = await get({ limit: 2, nextToken: latest.nextBackwardToken });
    expect(before.messages).toEqual(['1', '2']);
    expect((await get({ limit: 2, nextToken: before.nextForwardToken })).messages).toEqual(['3', '4']);
    expect((await get({ limit: 2, startFromHead: true })).messages).toEqual(['0', '1']);
  });

  test('gives the token that it was given at the end of the stream, and later what has come since', async () => {
    const { nextForwardToken: token } = await get();
    const end = await get({ nextToken: token });
    expect(end).toMatchObject({ messages: [], nextForwardToken: token });
    await cloud.put('stream', ['new'], 5);
    expect((await get({ nextToken: token })).messages).toEqual(['new']);
  });

  test("is read to its end by the SDK's paginator", async () => {
    const messages: string[] = [];
    const config = { client: cloud.client, pageSize: 2, stopOnSameToken: true };
    for await (const { events } of paginateGetLogEvents(config, { logGroupName: 'group', logStreamName: 'stream', startFromHead: true })) {
      messages.push(...events!.map(({ message }) => message!));
    }
    expect(messages).toEqual(numbers(5));
  });

  test('gives the events from a time to before another', async () => {
    expect((await get({ startTime: START + 1000, endTime: START + 3000 })).messages).toEqual(['1', '2']);
    await expect(get({ nextToken: 'forged' })).rejects.toBeInstanceOf(InvalidParameterException);
  });
});

describe('FilterLogEvents', () => {
  beforeEach(async () => {
    await cloud.createGroup('group', 'a', 'b');
    await cloud.put('a', ['0', '2', '4']);
    await cloud.put('b', ['1', '3', '5'], 0.5);
  });

  test("gives the events of all streams by time, with the stream of each, to the SDK's paginator", async () => {
    const events = [];
    for await (const page of paginateFilterLogEvents({ client: cloud.client, pageSize: 4 }, { logGroupName: 'group' })) events.push(...page.events!);
    expect(events.map(({ message, logStreamName }) => `${logStreamName}${message}`)).toEqual(['a0', 'b1', 'a2', 'b3', 'a4', 'b5']);
    expect(events[0]).toMatchObject({ timestamp: START, ingestionTime: START, eventId: expect.stringMatching(/^\d{56}$/) });
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(6);
  });

  test('gives those of some streams, of a prefix, or of a time with its end', async () => {
    expect(await cloud.filter({ logStreamNames: ['b'] })).toEqual(['1', '3', '5']);
    expect(await cloud.filter({ logStreamNamePrefix: 'a' })).toEqual(['0', '2', '4']);
    expect(await cloud.filter({ startTime: START + 500, endTime: START + 1500 })).toEqual(['1', '2', '3']);
    expect(await cloud.filter({ logGroupName: undefined, logGroupIdentifier: GROUP_ARN, limit: 1 })).toEqual(['0']);
    await expect(cloud.filter({ logStreamNames: ['b'], logStreamNamePrefix: 'a' })).rejects.toBeInstanceOf(InvalidParameterException);
    await expect(cloud.filter({ logStreamNames: ['other'] })).rejects.toBeInstanceOf(ResourceNotFoundException);
  });
});

describe('a filter pattern', () => {
  const MESSAGES = ['ERROR one', 'WARN two', 'error three', 'ERROR and WARN "four"'];
  beforeEach(async () => {
    await cloud.createGroup('group', 'stream');
    await cloud.put('stream', MESSAGES);
  });

  test.each([
    ['', MESSAGES],
    ['ERROR', [MESSAGES[0], MESSAGES[3]]],
    ['ERROR WARN', [MESSAGES[3]]],
    ['?ERROR ?WARN', [MESSAGES[0], MESSAGES[1], MESSAGES[3]]],
    ['ERROR -WARN', [MESSAGES[0]]],
    ['"ERROR one"', [MESSAGES[0]]],
    ['"\\"four\\""', [MESSAGES[3]]],
    ['%[Ee]rror|two%', [MESSAGES[1], MESSAGES[2]]],
  ])('%j finds events by their terms', async (filterPattern, found) => {
    expect(await cloud.filter({ filterPattern })).toEqual(found);
  });

  test.each(['{ $.level = "ERROR" }', '[time, level]', 'depth=5', '"open', '%(group)%'])('%j is refused', async (filterPattern) => {
    await expect(cloud.filter({ filterPattern })).rejects.toBeInstanceOf(InvalidParameterException);
  });
});

test('StartLiveTail is refused in a sentence', async () => {
  const tail = cloud.client.send(new StartLiveTailCommand({ logGroupIdentifiers: [GROUP_ARN] }));
  await expect(tail).rejects.toBeInstanceOf(InvalidOperationException);
  await expect(cloud.client.send(new StartLiveTailCommand({ logGroupIdentifiers: [GROUP_ARN] }))).rejects.toThrow(/not emulated by the local cloud/);
});

test('an input that the API does not allow is InvalidParameterException', async () => {
  await expect(cloud.client.send(new CreateLogGroupCommand({ logGroupName: '' }))).rejects.toMatchObject({
    name: 'InvalidParameterException', message: expect.stringContaining("at 'logGroupName' failed to satisfy constraint"),
  });
});
