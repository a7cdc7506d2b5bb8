import { SQS_MODEL } from './sqs-model';
import { type QueueSettings, SqsQueue } from './sqs-queue';
import { page } from '../api/page';
import type { Service } from '../api/service';
import { ServiceError } from '../api/service-error';
import type { Clock } from '../clock';
import { decideForService, type PolicyDocument } from '../iam';
import type { JsonObject } from '../json';

interface Queue {
  readonly QueueUrl: string;
}

interface Received extends Queue {
  readonly ReceiptHandle: string;
}

interface ReceiveMessageInput extends Queue {
  readonly AttributeNames?: readonly string[];
  readonly MessageSystemAttributeNames?: readonly string[];
  readonly MaxNumberOfMessages?: number;
  readonly VisibilityTimeout?: number;
}

/** SQS in an account and Region, with the queues of stacks. */
export class SqsQueues implements Service {
  readonly name = 'sqs';
  readonly targetPrefix = 'AmazonSQS';
  readonly contentType = 'application/x-amz-json-1.0';
  readonly invalidInput = 'InvalidParameterValue';
  readonly model = SQS_MODEL;
  readonly operations: Service['operations'] = {
    GetQueueUrl: ({ QueueName: name }: { QueueName: string }) => ({
      QueueUrl: found([...this.queues.values()].find((queue) =>
        queue.name === name)).url,
    }),
    ListQueues: (input: { QueueNamePrefix?: string; MaxResults?: number; NextToken?: string }) => this.list(input),
    GetQueueAttributes: ({ QueueUrl: url, AttributeNames: names = [] }: Queue & { AttributeNames?: string[] }) => this.attributes(url, names),
    SendMessage: ({ QueueUrl: url, MessageBody: body, MessageGroupId: group, DelaySeconds: delay }: Queue & {
      MessageBody: string; MessageGroupId?: string; DelaySeconds?: number;
    }) => this.queue(url).send(body, group, delay),
    ReceiveMessage: (input: ReceiveMessageInput) => this.receive(input),
    DeleteMessage: ({ QueueUrl: url, ReceiptHandle: handle }: Received) => this.queue(url).delete(handle),
    ChangeMessageVisibility: ({ QueueUrl: url, ReceiptHandle: handle, VisibilityTimeout: seconds }: Received & { VisibilityTimeout: number }) =>
      this.queue(url).hide(handle, seconds),
    PurgeQueue: ({ QueueUrl: url }: Queue) => this.queue(url).purge(),
  };

  private readonly queues = new Map<string, SqsQueue>();
  private readonly policies = new Map<string, { readonly urls: readonly string[]; readonly document: PolicyDocument }>();

  constructor(private readonly clock: Clock) {}

  /** Creates a queue or changes its settings. */
  put(url: string, arn: string, settings: QueueSettings): void {
    const existing = this.queues.get(url);
    if (existing) existing.put(settings);
    else this.queues.set(url, new SqsQueue(url, arn, settings, this.clock));
  }

  remove(url: string): void {
    this.queues.delete(url);
  }

  putPolicy(id: string, urls: readonly string[], document: PolicyDocument): void {
    this.policies.set(id, { urls, document });
  }

  removePolicy(id: string): void {
    this.policies.delete(id);
  }

  queueAt(arn: string): SqsQueue {
    return found([...this.queues.values()].find((queue) => queue.arn === arn));
  }

  /** Whether the policy of a queue allows a service to send messages for one of its resources. */
  allow(arn: string, service: string, context: { readonly [key: string]: string }): boolean {
    const { url } = this.queueAt(arn);
    const documents = [...this.policies.values()].filter(({ urls }) => urls.includes(url)).map(({ document }) => document);
    const decisions = documents.map((document) => decideForService(document, service, { action: 'sqs:SendMessage', resource: arn, context }));
    return decisions.includes('allowed') && !decisions.includes('denied');
  }

  private queue(url: string): SqsQueue {
    return found(this.queues.get(url));
  }

  private receive({
    QueueUrl: url, AttributeNames = [], MessageSystemAttributeNames = [], MaxNumberOfMessages: maximum = 1,
    VisibilityTimeout,
  }: ReceiveMessageInput): JsonObject {
    const messages = this.queue(url).receive({
      maximum, visibilityTimeout: VisibilityTimeout, attributes: [...AttributeNames, ...MessageSystemAttributeNames],
    });
    return messages.length > 0 ? { Messages: messages } : {};
  }

  private attributes(url: string, names: readonly string[]) {
    const all = this.queue(url).attributes();
    return { Attributes: Object.fromEntries(Object.entries(all).filter(([name]) => names.includes('All') || names.includes(name))) };
  }

  private list({ QueueNamePrefix: prefix = '', MaxResults: size, NextToken: token }: { QueueNamePrefix?: string; MaxResults?: number; NextToken?: string }) {
    const urls = [...this.queues.values()].filter(({ name }) => name.startsWith(prefix)).map(({ url }) => url).sort();
    const { items, nextToken } = page(urls, size ?? 1000, token, 'InvalidParameterValue');
    // Without a page size, the response is complete and has no token.
    return { QueueUrls: [...items], ...nextToken !== undefined && size !== undefined && { NextToken: nextToken } };
  }
}

function found(queue: SqsQueue | undefined): SqsQueue {
  if (!queue) throw new ServiceError('QueueDoesNotExist', 'The specified queue does not exist.');
  return queue;
}
