import { type Model, structure } from '../api/api-model';

/** The emulated operations of SQS. */
export const SQS_MODEL: Model = {
  operations: {
    GetQueueUrl: { input: 'GetQueueUrlRequest' },
    ListQueues: { input: 'ListQueuesRequest' },
    GetQueueAttributes: { input: 'GetQueueAttributesRequest' },
    SendMessage: { input: 'SendMessageRequest' },
    ReceiveMessage: { input: 'ReceiveMessageRequest' },
    DeleteMessage: { input: 'DeleteMessageRequest' },
    ChangeMessageVisibility: { input: 'ChangeMessageVisibilityRequest' },
    PurgeQueue: { input: 'QueueRequest' },
  },
  shapes: {
    String: { type: 'string' },
    Strings: { type: 'list', member: 'String' },
    Body: { type: 'string', min: 1 },
    PageSize: { type: 'integer', min: 1, max: 1000 },
    Count: { type: 'integer', min: 1, max: 10 },
    Visibility: { type: 'integer', min: 0, max: 43200 },
    Wait: { type: 'integer', min: 0, max: 20 },
    Delay: { type: 'integer', min: 0, max: 900 },
    QueueRequest: structure(['QueueUrl'], { QueueUrl: 'String' }),
    GetQueueUrlRequest: structure(['QueueName'], { QueueName: 'String', QueueOwnerAWSAccountId: 'String' }),
    ListQueuesRequest: structure([], { QueueNamePrefix: 'String', NextToken: 'String', MaxResults: 'PageSize' }),
    GetQueueAttributesRequest: structure(['QueueUrl'], { QueueUrl: 'String', AttributeNames: 'Strings' }),
    SendMessageRequest: structure(['QueueUrl', 'MessageBody'], { QueueUrl: 'String', MessageBody: 'Body', DelaySeconds: 'Delay', MessageGroupId: 'String' }),
    ReceiveMessageRequest: structure(['QueueUrl'], {
      QueueUrl: 'String',
      AttributeNames: 'Strings',
      MessageSystemAttributeNames: 'Strings',
      MessageAttributeNames: 'Strings',
      MaxNumberOfMessages: 'Count',
      VisibilityTimeout: 'Visibility',
      WaitTimeSeconds: 'Wait',
      ReceiveRequestAttemptId: 'String',
    }),
    DeleteMessageRequest: structure(['QueueUrl', 'ReceiptHandle'], { QueueUrl: 'String', ReceiptHandle: 'String' }),
    ChangeMessageVisibilityRequest: structure(['QueueUrl', 'ReceiptHandle', 'VisibilityTimeout'], {
      QueueUrl: 'String', ReceiptHandle: 'String', VisibilityTimeout: 'Visibility',
    }),
  },
};
