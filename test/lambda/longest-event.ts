import type { CloudFormationEvent } from '../../lambda/events';

/** An event whose members have the greatest possible length, which leaves the least room in its response. */
export const LONGEST_EVENT: CloudFormationEvent = {
  RequestType: 'Create',
  RequestId: '5b2c9f2e-0000-4000-8000-000000000000',
  ResponseURL: 'https://example.com/secret',
  ResourceType: 'Custom::SageMakerTrainingJob',
  LogicalResourceId: 'L'.repeat(255),
  StackId: `arn:aws:cloudformation:ap-southeast-1:111122223333:stack/${'s'.repeat(128)}/00000000-0000-4000-8000-000000000000`,
  ResourceProperties: {},
};
