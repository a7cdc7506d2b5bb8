import {
  CloudFormationClient, CreateStackCommand, DescribeStackEventsCommand, DescribeStacksCommand, GetStackPolicyCommand, SetStackPolicyCommand,
  UpdateStackCommand, type UpdateStackCommandInput, waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { LocalCloud } from '../../../../local/cloud';

const StackName = 'Stack';
let cloud: LocalCloud;
let client: CloudFormationClient;
beforeEach(async () => {
  cloud = await LocalCloud.start();
  cloud.clock.start();
  client = new CloudFormationClient({ endpoint: cloud.endpoint.url, region: cloud.region, credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 's' }, maxAttempts: 1 });
});
afterEach(async () => {
  client.destroy();
  await cloud.clock.stop();
  await cloud.stop();
});

const queue = (more: object) => ({ Type: 'AWS::SQS::Queue', Properties: more });
const topic = (DisplayName: string) => ({ Type: 'AWS::SNS::Topic', Properties: { DisplayName } });
const body = (Resources: object) => JSON.stringify({ Resources });
const policy = (...Statement: object[]) => JSON.stringify({ Statement: Statement.map((statement) => ({ Principal: '*', Effect: 'Allow', Action: 'Update:*', Resource: '*', ...statement })) });
const NO_QUEUES = policy({}, { Effect: 'Deny', Condition: { StringEquals: { ResourceType: ['AWS::SQS::Queue'] } } });

async function create(StackPolicyBody?: string) {
  await client.send(new CreateStackCommand({ StackName, TemplateBody: body({ Queue: queue({ DelaySeconds: 1 }), Topic: topic('a') }), StackPolicyBody }));
  await waitUntilStackCreateComplete({ client, minDelay: 0.02, maxDelay: 0.02, maxWaitTime: 20 }, { StackName });
}
/** Updates the stack; gives its status and the reasons of the failures. */
async function update(Resources: object, input: Partial<UpdateStackCommandInput> = {}) {
  await client.send(new UpdateStackCommand({ StackName, TemplateBody: body(Resources), ...input }));
  for (;;) {
    const { Stacks: [{ StackStatus, StackStatusReason }] = [] } = await client.send(new DescribeStacksCommand({ StackName })) as any;
    if (StackStatus.endsWith('_IN_PROGRESS')) continue;
    const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
    const reasons = StackEvents.flatMap((event) => [event.ResourceStatus?.includes('ROLLBACK_IN_PROGRESS') || event.ResourceStatus?.endsWith('FAILED') ? event.ResourceStatusReason : undefined]);
    return { status: StackStatus, reasons: reasons.filter(Boolean).join('\n') + (StackStatusReason ?? '') };
  }
}

test('a stack policy denies updates of the resources that it names, and allows others', async () => {
  await create(NO_QUEUES);
  expect((await client.send(new GetStackPolicyCommand({ StackName }))).StackPolicyBody).toBe(NO_QUEUES);
  expect(await update({ Queue: queue({ DelaySeconds: 2 }), Topic: topic('a') })).toEqual({
    status: 'UPDATE_ROLLBACK_COMPLETE', reasons: expect.stringContaining('denied by stack policy: Statement [#2] denies [Update:Modify] for resource [LogicalResourceId/Queue]'),
  });
  expect(await update({ Queue: queue({ DelaySeconds: 1 }), Topic: topic('b') })).toMatchObject({ status: 'UPDATE_COMPLETE' });
});

test('an update that replaces or removes a resource is an action of its own', async () => {
  await create(policy({ Action: 'Update:Modify' }));
  expect(await update({ Queue: queue({ DelaySeconds: 1, QueueName: 'another' }), Topic: topic('a') })).toMatchObject({
    status: 'UPDATE_ROLLBACK_COMPLETE', reasons: expect.stringContaining('no statement allows [Update:Replace] for resource [LogicalResourceId/Queue]'),
  });
  expect(await update({ Topic: topic('a') })).toMatchObject({
    status: 'UPDATE_ROLLBACK_COMPLETE', reasons: expect.stringContaining('no statement allows [Update:Delete] for resource [LogicalResourceId/Queue]'),
  });
  expect(await update({ Queue: queue({ DelaySeconds: 3 }), Topic: topic('a') })).toMatchObject({ status: 'UPDATE_COMPLETE' });
});

test('a policy during an update replaces the stack policy once', async () => {
  await create(NO_QUEUES);
  const changed = { Queue: queue({ DelaySeconds: 2 }), Topic: topic('a') };
  expect(await update(changed, { StackPolicyDuringUpdateBody: policy({}) })).toMatchObject({ status: 'UPDATE_COMPLETE' });
  expect(await update({ ...changed, Queue: queue({ DelaySeconds: 3 }) })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
});

test.each([
  ['no JSON', '{', 'Syntax errors in policy'],
  ['another effect', policy({ Effect: 'Maybe' }), 'Invalid effect'],
  ['an action of a service', policy({ Action: 's3:*' }), 'Invalid action'],
  ['another principal', policy({ Principal: 'me' }), 'Invalid principal'],
  ['a resource that is no logical ID', policy({ Resource: 'Queue' }), 'Invalid resource'],
  ['no action', policy({ Action: undefined }), 'Invalid action'],
  ['an empty list of actions', policy({ Action: [] }), 'Invalid action'],
  ['actions and excluded actions', policy({ NotAction: 'Update:Delete' }), 'Invalid action'],
  ['no resource', policy({ Resource: undefined }), 'Invalid resource'],
  ['resources and excluded resources', policy({ NotResource: 'LogicalResourceId/Queue' }), 'Invalid resource'],
  ['a statement that is no object', JSON.stringify({ Statement: ['Allow'] }), 'Syntax errors in policy'],
  ['another condition', policy({ Condition: { StringEquals: { 'aws:x': 'y' } } }), 'Invalid condition'],
])('a stack policy with %s is rejected', async (_, StackPolicyBody, reason) => {
  await create();
  await expect(client.send(new SetStackPolicyCommand({ StackName, StackPolicyBody }))).rejects.toMatchObject({ name: 'ValidationError', message: `Error validating stack policy: ${reason}` });
  expect((await client.send(new GetStackPolicyCommand({ StackName }))).StackPolicyBody).toBeUndefined();
});
