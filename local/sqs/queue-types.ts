import type { SqsQueues } from './sqs-queues';
import type { NativeType } from '../cloudformation';
import type { PolicyDocument } from '../iam';

/** AWS::SQS::Queue, which creates queues in SQS. Messages are lost when the process ends. */
export function queueType(type: NativeType, queues: SqsQueues): NativeType {
  return {
    ...type,
    isForgotten: true,
    put(context) {
      const { physicalId, properties } = context;
      const setting = (name: string, byDefault: number) => Number(properties[name] ?? byDefault);
      queues.put(physicalId, String(type.attributes!.Arn(context)), {
        delay: setting('DelaySeconds', 0),
        maximumSize: setting('MaximumMessageSize', 1024 * 1024),
        retention: setting('MessageRetentionPeriod', 4 * 24 * 60 * 60),
        visibilityTimeout: setting('VisibilityTimeout', 30),
      });
    },
    remove: ({ physicalId }) => queues.remove(physicalId),
  };
}

/** AWS::SQS::QueuePolicy, with an effective policy. */
export function queuePolicyType(type: NativeType, queues: SqsQueues): NativeType {
  return {
    ...type,
    isForgotten: true,
    async put(context) {
      await type.put?.(context);
      const { physicalId, properties } = context;
      const {
        Queues: urls,
        PolicyDocument: document,
      } = properties as unknown as { readonly Queues: string[]; readonly PolicyDocument: PolicyDocument };
      queues.putPolicy(physicalId, urls, document);
    },
    remove: ({ physicalId }) => queues.removePolicy(physicalId),
  };
}
