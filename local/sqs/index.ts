export { queuePolicyType, queueType } from './queue-types';
export { SqsQueues } from './sqs-queues';
