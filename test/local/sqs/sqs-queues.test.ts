import {
  ChangeMessageVisibilityCommand, DeleteMessageCommand, GetQueueAttributesCommand, GetQueueUrlCommand, paginateListQueues, QueueDoesNotExist,
  ReceiptHandleIsInvalid, ReceiveMessageCommand, SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { ACCOUNT, EventsFixture } from '../events/setup';

let fixture: EventsFixture;
let QueueUrl: string;
beforeEach(async () => {
  fixture = await EventsFixture.start();
  await fixture.deploy({ Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'queue', VisibilityTimeout: 60, MessageRetentionPeriod: 3600 } } });
  QueueUrl = (await fixture.sqs.send(new GetQueueUrlCommand({ QueueName: 'queue' }))).QueueUrl!;
});
afterEach(async () => fixture.stop());

const send = async (MessageBody: string) => fixture.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
const receive = async () => (await fixture.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'] }))).Messages ?? [];
const attributes = async () => (await fixture.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes!;

describe('a message of a queue', () => {
  test('is hidden after it was received, comes again later, and is gone once it is deleted', async () => {
    await send('one');
    const [first] = await receive();
    expect(first).toMatchObject({ Body: 'one', Attributes: { ApproximateReceiveCount: '1' } });
    expect(await receive()).toEqual([]);
    expect(await attributes()).toMatchObject({ ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '1' });
    await fixture.seconds(60);
    const [again] = await receive();
    expect(again).toMatchObject({ MessageId: first.MessageId, Attributes: { ApproximateReceiveCount: '2' } });
    await fixture.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: again.ReceiptHandle }));
    await fixture.seconds(60);
    expect(await receive()).toEqual([]);
  });

  test('is visible again when its receiver says so, and is lost after the retention', async () => {
    await send('one');
    const [{ ReceiptHandle }] = await receive();
    await fixture.sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
    expect(await receive()).toHaveLength(1);
    await fixture.seconds(3600);
    expect(await receive()).toEqual([]);
  });

  test('needs a queue and a receipt', async () => {
    const other = fixture.sqs.send(new SendMessageCommand({ QueueUrl: `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/other`, MessageBody: 'x' }));
    await expect(other).rejects.toBeInstanceOf(QueueDoesNotExist);
    await expect(fixture.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'x' }))).rejects.toBeInstanceOf(ReceiptHandleIsInvalid);
  });
});

test('a queue of a stack is listed, tells of its settings, and goes with its stack', async () => {
  expect(await attributes()).toMatchObject({ QueueArn: `arn:aws:sqs:us-east-1:${ACCOUNT}:queue`, VisibilityTimeout: '60', MessageRetentionPeriod: '3600' });
  const urls: string[] = [];
  for await (const page of paginateListQueues({ client: fixture.sqs, pageSize: 1 }, {})) urls.push(...page.QueueUrls ?? []);
  expect(urls).toEqual([QueueUrl]);
  await fixture.cloud.destroy('Stack');
  await expect(attributes()).rejects.toBeInstanceOf(QueueDoesNotExist);
});
