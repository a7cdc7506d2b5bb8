import { EventsFixture } from '../events/setup';
import { query } from '../query/requests';

const QUEUE = 'https://sqs.us-east-1.amazonaws.com/111122223333/queue';

let fixture: EventsFixture;
beforeEach(async () => {
  fixture = await EventsFixture.start();
  await fixture.deploy({ Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'queue', VisibilityTimeout: 60 } } });
});
afterEach(async () => fixture.stop());

/** Calls SQS with the AWS Query protocol, as SDKs did before 2023. */
async function call(Action: string, form: { [parameter: string]: string } = {}) {
  const { document, status } = await query(fixture.cloud, 'sqs', { Action, ...form });
  return { status, result: document[`${Action}Response`]?.[`${Action}Result`], error: document.ErrorResponse?.Error };
}

test('messages are sent, received with their attributes and deleted with the AWS Query protocol', async () => {
  expect((await call('GetQueueUrl', { QueueName: 'queue' })).result).toEqual({ QueueUrl: QUEUE });
  expect((await call('SendMessage', { QueueUrl: QUEUE, MessageBody: 'a<b' })).result).toMatchObject({ MD5OfMessageBody: expect.stringMatching(/^[0-9a-f]{32}$/) });
  await call('SendMessage', { QueueUrl: QUEUE, MessageBody: 'second', DelaySeconds: '0' });
  const { result } = await call('ReceiveMessage', { 'QueueUrl': QUEUE, 'MaxNumberOfMessages': '10', 'AttributeName.1': 'ApproximateReceiveCount', 'AttributeName.2': 'SentTimestamp' });
  expect(result.Message).toMatchObject([
    { Body: 'a<b', Attribute: [{ Name: 'ApproximateReceiveCount', Value: '1' }, { Name: 'SentTimestamp', Value: expect.any(String) }] },
    { Body: 'second' },
  ]);
  expect(await call('DeleteMessage', { QueueUrl: QUEUE, ReceiptHandle: result.Message[0].ReceiptHandle })).toMatchObject({ status: 200 });
  const counts = await call('GetQueueAttributes', { 'QueueUrl': QUEUE, 'AttributeName.1': 'ApproximateNumberOfMessagesNotVisible' });
  expect(counts.result).toEqual({ Attribute: { Name: 'ApproximateNumberOfMessagesNotVisible', Value: '1' } });
});

test('queues are listed', async () => {
  expect((await call('ListQueues', { MaxResults: '1' })).result).toEqual({ QueueUrl: QUEUE });
});

test.each([
  ['a queue that does not exist', 'GetQueueUrl', { QueueName: 'other' }, 'AWS.SimpleQueueService.NonExistentQueue', 'does not exist'],
  ['a value out of range', 'ReceiveMessage', { QueueUrl: QUEUE, MaxNumberOfMessages: '11' }, 'InvalidParameterValue', 'less than or equal to 10'],
  ['an operation that is not emulated', 'CreateQueue', { QueueName: 'a' }, 'InvalidAction', 'The local cloud does not emulate sqs:CreateQueue'],
])('%s is refused', async (_, action, form, Code, message) => {
  expect(await call(action, form as never)).toMatchObject({ status: 400, error: { Type: 'Sender', Code, Message: expect.stringContaining(message) } });
});
