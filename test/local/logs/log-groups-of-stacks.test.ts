import { DescribeLogGroupsCommand, FilterLogEventsCommand, type CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { logsClient } from './setup';
import { LocalCloud } from '../../../local/cloud';

let cloud: LocalCloud;
let client: CloudWatchLogsClient;
beforeEach(async () => {
  cloud = await LocalCloud.start({ startAt: new Date('2026-01-01T00:00:00Z') });
  client = logsClient(cloud.endpoint.url, 'us-east-1');
});
afterEach(async () => {
  client.destroy();
  await cloud.stop();
});

const update = async (properties: object, more: object = {}) => cloud.clock.run(cloud.cloudFormation.deploy({
  stackName: 'Stack', template: { Resources: { Group: { Type: 'AWS::Logs::LogGroup', Properties: properties, ...more } } },
}));
const groups = async () => (await client.send(new DescribeLogGroupsCommand({}))).logGroups!;

test('the log group of a stack exists, changes its retention in place, and goes with its stack', async () => {
  await update({ LogGroupName: '/own', RetentionInDays: 7 });
  expect(await groups()).toMatchObject([{ logGroupName: '/own', retentionInDays: 7 }]);
  await update({ LogGroupName: '/own', RetentionInDays: '30' });
  expect(await groups()).toMatchObject([{ logGroupName: '/own', retentionInDays: 30 }]);
  await update({ LogGroupName: '/own' });
  expect((await groups())[0]).not.toHaveProperty('retentionInDays');
  await cloud.destroy('Stack');
  expect(await groups()).toEqual([]);
});

test('a log group that is there already cannot be created by a stack', async () => {
  cloud.logs.write('/own', 'stream', ['line']);
  const { status, events } = await update({ LogGroupName: '/own' });
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(events.map(({ resourceStatusReason }) => resourceStatusReason)).toContainEqual(expect.stringMatching(/already exists/));
  const { events: kept } = await client.send(new FilterLogEventsCommand({ logGroupName: '/own' }));
  expect(kept).toHaveLength(1);
});

test('a log group with a retention that there is not fails its stack, and one deleted by hand does not', async () => {
  expect((await update({ LogGroupName: '/own', RetentionInDays: 2 })).status).toBe('ROLLBACK_COMPLETE');
  expect(await groups()).toEqual([]);
  await update({ LogGroupName: '/own' });
  cloud.logs.deleteGroup('/own');
  expect((await cloud.destroy('Stack'))!.status).toBe('DELETE_COMPLETE');
});

test('a log group that is retained keeps its events', async () => {
  await update({ LogGroupName: '/own' }, { DeletionPolicy: 'Retain' });
  cloud.logs.write('/own', 'stream', ['line']);
  await cloud.destroy('Stack');
  expect(await groups()).toMatchObject([{ logGroupName: '/own', storedBytes: 30 }]);
});
