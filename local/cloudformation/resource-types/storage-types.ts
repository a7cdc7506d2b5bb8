import { arn, byArn, byEntry, byName, documentOf, named, type NativeTypes, type PhysicalContext } from './native-type';
import { validationError } from '../../api/service-error';
import { GIVEN } from '../../ssm/parameters';

const groupOf = ({ properties: { GroupName: name = 'default' } }: PhysicalContext) => String(name);
const scheduleArn = (c: PhysicalContext) => arn('scheduler', `schedule/${groupOf(c)}/${c.physicalId}`, c);
/** The source for which EventBridge Scheduler assumes a role: "Confused deputy prevention", EventBridge Scheduler User Guide. */
const scheduleGroupArn = (c: PhysicalContext) => arn('scheduler', `schedule-group/${groupOf(c)}`, c);

function checkScheduleRole(c: PhysicalContext): void {
  const { RoleArn } = c.properties.Target as { readonly RoleArn: string };
  if (c.services.identities?.trusts(RoleArn, 'scheduler.amazonaws.com', scheduleGroupArn(c)) ?? true) return;
  throw validationError('The execution role you provide must allow AWS EventBridge Scheduler to assume the role.');
}

/** Creating a parameter again leaves it unchanged, even if others have written to it since. */
function putParameter(c: PhysicalContext): void {
  const { parameters } = c.services;
  const {
    Type, Value, Description, AllowedPattern, Tier,
    Tags,
  } = c.properties as { readonly [property: string]: string } & { readonly Tags?: { readonly [key: string]: string } };
  if (Type !== 'String' && Type !== 'StringList') throw validationError(`#/Type: ${Type} is not a valid enum value`);
  const owner = `${c.stackId}/${c.logicalId}`;
  const existing = parameters!.find(c.physicalId);
  if (!c.previous && existing?.owner === owner) return;
  // The bootstrap stack takes ownership of the parameter that the account came with.
  const isTakenOver = existing?.owner === GIVEN;
  if (c.previous && !existing) throw validationError(`Parameter ${c.physicalId} not found`);
  parameters!.put({
    name: c.physicalId,
    value: String(Value),
    type: Type,
    owner,
    overwrite: isTakenOver || c.previous !== undefined,
    ...Description !== undefined && { description: Description },
    ...AllowedPattern !== undefined && { allowedPattern: AllowedPattern },
    ...(Tier === 'Standard' || Tier === 'Advanced') && { tier: Tier },
    ...Tags && !existing && { tags: Tags },
  });
}

function checkPolicy({ properties, services }: PhysicalContext): void {
  services.identities?.checkResourcePolicy?.(properties.PolicyDocument, 'other');
}

const queueName = named('QueueName', { max: 80 });

/** Buckets, repositories, log groups, schedules, and targets of events and alarms. */
export const STORAGE: NativeTypes = {
  'AWS::S3::Bucket': byName('BucketName', { max: 63, lowerCase: true }, {
    attributes: {
      Arn: c => `arn:${c.partition}:s3:::${c.physicalId}`,
      DomainName: c => `${c.physicalId}.s3.${c.urlSuffix}`,
      DualStackDomainName: c => `${c.physicalId}.s3.dualstack.${c.region}.${c.urlSuffix}`,
      RegionalDomainName: c => `${c.physicalId}.s3.${c.region}.${c.urlSuffix}`,
      WebsiteURL: c => `http://${c.physicalId}.s3-website-${c.region}.${c.urlSuffix}`,
    },
  }),
  'AWS::S3::BucketPolicy': byEntry({ immutable: ['Bucket'], put: checkPolicy }),
  'AWS::ECR::Repository': byName('RepositoryName', { max: 256, lowerCase: true }, {
    put: ({ properties: { RepositoryPolicyText: policy }, services }) => {
      if (policy !== undefined) services.identities?.checkResourcePolicy?.(documentOf(policy), 'other');
    },
    attributes: {
      Arn: c => arn('ecr', `repository/${c.physicalId}`, c),
      RepositoryUri: c => `${c.account}.dkr.ecr.${c.region}.${c.urlSuffix}/${c.physicalId}`,
    },
  }),
  'AWS::Logs::LogGroup': byName('LogGroupName', { max: 512 }, { attributes: { Arn: c => arn('logs', `log-group:${c.physicalId}:*`, c) } }),
  'AWS::Events::Rule': byName('Name', { max: 64 }, { immutable: ['EventBusName'], attributes: { Arn: c => arn('events', `rule/${c.physicalId}`, c) } }),
  'AWS::Scheduler::Schedule': byName('Name', { max: 64 }, {
    put: checkScheduleRole,
    attributes: { Arn: scheduleArn },
  }),
  'AWS::Scheduler::ScheduleGroup': byName('Name', { max: 64 }, {
    attributes: { Arn: c => arn('scheduler', `schedule-group/${c.physicalId}`, c), State: () => 'ACTIVE' },
  }),
  'AWS::SNS::Topic': byArn('TopicName', { max: 256 }, (name, c) => arn('sns', name, c), {
    immutable: ['FifoTopic'],
    attributes: { TopicArn: c => c.physicalId, TopicName: c => c.physicalId.split(':').pop()! },
  }),
  'AWS::SNS::TopicPolicy': byEntry({ put: checkPolicy, attributes: { Id: c => c.physicalId } }),
  'AWS::SNS::Subscription': byEntry({
    immutable: ['Endpoint', 'Protocol', 'TopicArn'], attributes: { Arn: c => c.physicalId },
  }),
  'AWS::SQS::Queue': {
    nameProperty: queueName.nameProperty,
    immutable: ['QueueName', 'FifoQueue'],
    physicalId: c => `https://sqs.${c.region}.${c.urlSuffix}/${c.account}/${queueName.name(c)}`,
    attributes: {
      Arn: c => arn('sqs', c.physicalId.split('/').pop()!, c),
      QueueName: c => c.physicalId.split('/').pop()!,
      QueueUrl: c => c.physicalId,
    },
  },
  'AWS::SQS::QueuePolicy': byEntry({ put: checkPolicy, attributes: { Id: c => c.physicalId } }),
  'AWS::SSM::Parameter': byName('Name', { max: 1011 }, {
    exists: (name, { parameters }) => parameters!.find(name) !== undefined,
    put: putParameter,
    actual: (c) => {
      const parameter = c.services.parameters!.find(c.physicalId);
      return parameter && { ...c.properties, Value: c.services.parameters!.value(c.physicalId)! };
    },
    remove: c => void c.services.parameters!.delete(c.physicalId),
    attributes: { Type: c => c.properties.Type, Value: c => c.properties.Value },
  }),
  'AWS::CloudWatch::Alarm': byName('AlarmName', { max: 255 }, { attributes: { Arn: c => arn('cloudwatch', `alarm:${c.physicalId}`, c) } }),
  'AWS::CDK::Metadata': byEntry(),
  'AWS::CloudFormation::WaitConditionHandle': byEntry(),
};
