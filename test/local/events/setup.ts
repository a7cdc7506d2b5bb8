import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { LocalCloud, type LocalCloudOptions } from '../../../local/cloud';
import type { StackResult } from '../../../local/cloudformation';
import { GIVEN_RESOURCES } from '../../fixtures/given-resources';

export const ACCOUNT = '111122223333';
const OPTIONS = { region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 's' }, maxAttempts: 1 };

/** A queue of a stack, whose policy lets EventBridge send what a rule of that stack finds. */
export function queueFor(rule: string, name = 'events'): { readonly [logicalId: string]: object } {
  return {
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: name } },
    Policy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'Queue' }],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] },
            Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [rule, 'Arn'] } } },
          }],
        },
      },
    },
  };
}

export const toQueue = { Id: 'Queue', Arn: { 'Fn::GetAtt': ['Queue', 'Arn'] } };

/** A local cloud with clients of EventBridge and SQS. */
export class EventsFixture {
  static async start(options: LocalCloudOptions = {}): Promise<EventsFixture> {
    return new EventsFixture(await LocalCloud.start({ given: GIVEN_RESOURCES, startAt: new Date('2026-01-01T00:00:00Z'), ...options }));
  }

  readonly events: EventBridgeClient;
  readonly sqs: SQSClient;

  private constructor(readonly cloud: LocalCloud) {
    this.events = new EventBridgeClient({ ...OPTIONS, endpoint: cloud.endpoint.url });
    this.sqs = new SQSClient({ ...OPTIONS, endpoint: cloud.endpoint.url });
  }

  async deploy(resources: object, stackName = 'Stack'): Promise<StackResult> {
    return this.cloud.clock.run(this.cloud.cloudFormation.deploy({ stackName, template: { Resources: resources } as never }));
  }

  async seconds(seconds: number): Promise<void> {
    await this.cloud.clock.advance(seconds * 1000 + 1);
  }

  /** The bodies of the messages in a queue. */
  async received(name = 'events'): Promise<any[]> {
    const { QueueUrl } = await this.sqs.send(new GetQueueUrlCommand({ QueueName: name }));
    const { Messages = [] } = await this.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    return Messages.map(({ Body }) => JSON.parse(Body!));
  }

  async stop(): Promise<void> {
    this.events.destroy();
    this.sqs.destroy();
    await this.cloud.stop();
  }
}
