import { FilterLogEventsCommand, type FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import { logsClient } from './setup';
import { Endpoint } from '../../../local/endpoint';
import { CloudWatchLogs } from '../../../local/logs';
import type { FunctionConfiguration } from '../../../local/services';
import { FunctionsFixture } from '../lambda/setup';

let cloud: FunctionsFixture;
let endpoint: Endpoint;
let logs: CloudWatchLogs;
/** What the roles of functions do not allow. */
let denied: string[];
beforeEach(async () => {
  denied = [];
  const roles = {
    trusts: () => true, writesLogs: () => !denied.includes('PutLogEvents'), createsLogGroup: () => !denied.includes('CreateLogGroup'),
  };
  cloud = new FunctionsFixture({ roles, logs: (clock) => { logs = new CloudWatchLogs({ clock, region: 'eu-central-1', account: '111122223333' }); return logs; } });
  endpoint = await Endpoint.start(cloud.clock, [logs]);
});
afterEach(async () => {
  await cloud.stop();
  await endpoint.stop();
});

const ID = '[0-9a-f-]{36}';
const TIME = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z';
const HANDLER = 'exports.handler = async (event) => { console.log("at work"); return event; };';

async function invoke(code: string, event: object = {}, changes: Partial<FunctionConfiguration> = {}): Promise<void> {
  await cloud.clock.run(cloud.functions.invoke(cloud.put('work', code, changes), event as never)).catch(() => undefined);
}

async function events(logGroupName = '/aws/lambda/work'): Promise<FilteredLogEvent[]> {
  const client = logsClient(endpoint.url);
  try {
    return (await client.send(new FilterLogEventsCommand({ logGroupName }))).events!;
  } finally {
    client.destroy();
  }
}
const messages = async (logGroupName?: string) => (await events(logGroupName)).map(({ message }) => message!);

describe("a function's log", () => {
  test('has what it prints between START, END and REPORT, in a stream of the day and the process', async () => {
    await invoke(HANDLER);
    const found = await events();
    expect(found.map(({ message }) => message)).toEqual([
      expect.stringMatching(`^START RequestId: ${ID} Version: \\$LATEST$`),
      expect.stringMatching(`^${TIME}\t${ID}\tINFO\tat work$`),
      expect.stringMatching(`^END RequestId: ${ID}$`),
      expect.stringMatching(`^REPORT RequestId: ${ID}\tDuration: [\\d.]+ ms\tBilled Duration: \\d+ ms\tMemory Size: 128 MB\tMax Memory Used: \\d+ MB\tInit Duration: [\\d.]+ ms$`),
    ]);
    expect(found[0]).toMatchObject({ logStreamName: expect.stringMatching(/^2026\/01\/01\/\[\$LATEST\][0-9a-f]{32}$/), timestamp: cloud.clock.now() });
  });

  test('keeps what one call prints together, with its level, and tells of a start of the process only once', async () => {
    await invoke('exports.handler = async () => { console.error("one\\ntwo"); console.warn({ a: 1 }); process.stdout.write("three\\n"); };');
    expect(await messages()).toEqual(expect.arrayContaining([
      expect.stringMatching(/\tERROR\tone\ntwo$/), expect.stringMatching(/\tWARN\t\{ a: 1 \}$/), 'three',
    ]));
    await cloud.functions.invoke(cloud.put('twice', HANDLER), {});
    await cloud.functions.invoke('arn:aws:lambda:eu-central-1:111122223333:function:twice', {});
    const reports = (await messages('/aws/lambda/twice')).filter((message) => message.startsWith('REPORT'));
    expect(reports.map((report) => report.includes('Init Duration'))).toEqual([true, false]);
  });

  test('tells of an error with its trace', async () => {
    await invoke('exports.handler = async () => { throw new TypeError("broken"); };');
    const [, error] = await messages();
    expect(error).toMatch(new RegExp(`^${TIME}\t${ID}\tERROR\tInvoke Error \t\\{"errorType":"TypeError","errorMessage":"broken","stack":\\["TypeError: broken"`));
  });

  test.each([
    ['a timeout', 'exports.handler = () => new Promise(() => setInterval(() => {}, 1000));', /Task timed out after 0\.20 seconds$/, /\tStatus: timeout$/],
    ['an exit', 'exports.handler = () => process.exit(3);', /^RequestId: \S+ Error: Runtime exited with error: exit status 3\nRuntime\.ExitError$/, /\tStatus: error\tError Type: Runtime\.ExitError$/],
  ])('tells of %s, and in the report too', async (_, code, line, report) => {
    await invoke(code, {}, { timeoutSeconds: 0.2 });
    const found = await messages();
    expect(found).toContainEqual(expect.stringMatching(line));
    expect(found.at(-1)).toMatch(report);
  });

  test('goes to the group that its configuration names, in streams with its name', async () => {
    await invoke(HANDLER, {}, { logGroup: '/shared' });
    const found = await events('/shared');
    expect(found).toHaveLength(4);
    expect(found[0].logStreamName).toMatch(/^2026\/01\/01\/work\[\$LATEST\][0-9a-f]{32}$/);
  });

  test('is where the function is told that it is', async () => {
    await invoke('exports.handler = async (_, { logGroupName, logStreamName }) => console.log(logGroupName, logStreamName);');
    const [start, printed] = await events();
    expect(printed.message).toMatch(new RegExp(`\tINFO\t/aws/lambda/work ${start.logStreamName!.replace(/[[\]$]/g, '\\$&')}$`));
  });

  test.each([
    ['to write', 'PutLogEvents'],
    ['to create its group, which is not there', 'CreateLogGroup'],
  ])('is lost where the role does not allow %s', async (_, action) => {
    denied = [action];
    await invoke(HANDLER);
    await expect(events()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('is kept where the role does not allow to create its group, which is there', async () => {
    logs.createGroup('/aws/lambda/work');
    denied = ['CreateLogGroup'];
    await invoke(HANDLER);
    expect(await messages()).toHaveLength(4);
  });
});
