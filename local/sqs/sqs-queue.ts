import { createHash, randomUUID } from 'node:crypto';
import { ServiceError } from '../api/service-error';
import type { Clock } from '../clock';

/** The settings of a queue. Times are in seconds. */
export interface QueueSettings {
  readonly delay: number;
  readonly maximumSize: number;
  readonly retention: number;
  readonly visibilityTimeout: number;
}

interface Message {
  readonly id: string;
  readonly body: string;
  readonly groupId?: string;
  readonly sentAt: number;
  visibleAt: number;
  receiptHandle?: string;
  receiveCount: number;
  firstReceivedAt?: number;
}

export interface Receipt {
  readonly maximum: number;
  readonly visibilityTimeout?: number;
  /** Names of system attributes, or `All`. */
  readonly attributes: readonly string[];
}

/** A standard queue. A received message is hidden for a while, and is received again unless it is deleted. */
export class SqsQueue {
  private messages: Message[] = [];
  private settings!: QueueSettings;
  private readonly createdAt: number;
  private modifiedAt: number;

  constructor(readonly url: string, readonly arn: string, settings: QueueSettings, private readonly clock: Clock) {
    this.createdAt = this.modifiedAt = clock.now();
    this.settings = settings;
  }

  get name(): string {
    return this.arn.split(':').pop()!;
  }

  put(settings: QueueSettings): void {
    this.settings = settings;
    this.modifiedAt = this.clock.now();
  }

  send(body: string, groupId?: string, delay = this.settings.delay) {
    const { maximumSize } = this.settings;
    if (Buffer.byteLength(body) > maximumSize) {
      throw new ServiceError('InvalidParameterValue', `One or more parameters are invalid. Reason: Message must be shorter than ${maximumSize} bytes.`);
    }
    const id = randomUUID();
    const now = this.clock.now();
    this.messages.push({ id, body, groupId, sentAt: now, visibleAt: now + delay * 1000, receiveCount: 0 });
    return { MessageId: id, MD5OfMessageBody: md5(body) };
  }

  receive({ maximum, visibilityTimeout = this.settings.visibilityTimeout, attributes }: Receipt) {
    const now = this.clock.now();
    return this.kept().filter(({ visibleAt }) => visibleAt <= now).slice(0, maximum).map((message) => {
      message.receiptHandle = randomUUID();
      message.visibleAt = now + visibilityTimeout * 1000;
      message.receiveCount++;
      message.firstReceivedAt ??= now;
      const all: { readonly [name: string]: string | undefined } = {
        ApproximateReceiveCount: String(message.receiveCount),
        ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
        SentTimestamp: String(message.sentAt),
        MessageGroupId: message.groupId,
      };
      const wanted = Object.entries(all).filter(([name, value]) => value !== undefined && (attributes.includes('All') || attributes.includes(name)));
      return {
        MessageId: message.id,
        ReceiptHandle: message.receiptHandle,
        MD5OfBody: md5(message.body),
        Body: message.body,
        ...wanted.length > 0 && { Attributes: Object.fromEntries(wanted) as { [name: string]: string } },
      };
    });
  }

  /** Deleting a deleted message has no effect. */
  delete(receiptHandle: string): void {
    if (!/^[0-9a-f-]{36}$/.test(receiptHandle)) throw invalidHandle(receiptHandle);
    this.messages = this.messages.filter((message) => message.receiptHandle !== receiptHandle);
  }

  hide(receiptHandle: string, seconds: number): void {
    const message = this.messages.find((candidate) => candidate.receiptHandle === receiptHandle);
    if (!message) throw invalidHandle(receiptHandle);
    message.visibleAt = this.clock.now() + seconds * 1000;
  }

  purge(): void {
    this.messages = [];
  }

  attributes(): { readonly [name: string]: string } {
    const now = this.clock.now();
    const kept = this.kept();
    const hidden = kept.filter(({ visibleAt }) => visibleAt > now);
    const delayed = hidden.filter(({ receiveCount }) => receiveCount === 0);
    const { delay, maximumSize, retention, visibilityTimeout } = this.settings;
    return {
      QueueArn: this.arn,
      ApproximateNumberOfMessages: String(kept.length - hidden.length),
      ApproximateNumberOfMessagesNotVisible: String(hidden.length - delayed.length),
      ApproximateNumberOfMessagesDelayed: String(delayed.length),
      CreatedTimestamp: String(Math.floor(this.createdAt / 1000)),
      LastModifiedTimestamp: String(Math.floor(this.modifiedAt / 1000)),
      DelaySeconds: String(delay),
      MaximumMessageSize: String(maximumSize),
      MessageRetentionPeriod: String(retention),
      ReceiveMessageWaitTimeSeconds: '0',
      VisibilityTimeout: String(visibilityTimeout),
    };
  }

  private kept(): Message[] {
    const oldest = this.clock.now() - this.settings.retention * 1000;
    this.messages = this.messages.filter(({ sentAt }) => sentAt >= oldest);
    return this.messages;
  }
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

function invalidHandle(handle: string): ServiceError {
  return new ServiceError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);
}
