export { queuePolicyType, queueType } from './queue-types';
export { SqsQuery } from './sqs-query';
export { SqsQueues } from './sqs-queues';
