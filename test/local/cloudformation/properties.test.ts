import { ACCOUNT, reasonOf, World } from './world';

const ROLE = `arn:aws:iam::${ACCOUNT}:role/Given`;
const lambda = (more: object) => ['AWS::Lambda::Function', { Role: ROLE, Code: { S3Bucket: 'bucket', S3Key: 'k.zip' }, Handler: 'a.b', Runtime: 'nodejs22.x', ...more }] as const;

/** The reason why a resource with these properties cannot be created, without its beginning. */
async function refusal([Type, Properties]: readonly [string, object]): Promise<string | undefined> {
  const result = await new World().create({ It: { Type, Properties } });
  return reasonOf(result, 'It', 'CREATE_FAILED')?.replace(/^Properties validation failed for resource It with message:\n/, '');
}

test.each<[string, readonly [string, object], string]>([
  ['a property that the type does not have', ['AWS::SQS::Queue', { Timeout: 3 }], '[#: extraneous key [Timeout] is not permitted]'],
  ['a property that a structure does not have', lambda({ VpcConfig: { Subnets: ['a'] } }), '[#/VpcConfig: extraneous key [Subnets] is not permitted]'],
  ['a required property of a structure', ['AWS::SageMaker::Model', { Containers: [{ MultiModelConfig: {}, ImageConfig: {} }] }],
    '[#/Containers/0/ImageConfig: required key [RepositoryAccessMode] not found]'],
  ['a string in place of a number', ['AWS::SQS::Queue', { VisibilityTimeout: 'abc' }], '[#/VisibilityTimeout: expected type: Integer, found: String]'],
  ['a fraction in place of an integer', lambda({ Timeout: 1.5 }), '[#/Timeout: expected type: Integer, found: Number]'],
  ['a string in place of a list', lambda({ Layers: 'a' }), '[#/Layers: expected type: JSONArray, found: String]'],
  ['a list in place of a string', lambda({ Description: ['a'] }), '[#/Description: expected type: String, found: JSONArray]'],
  ['a string in place of a structure', lambda({ Environment: 'a' }), '[#/Environment: expected type: JSONObject, found: String]'],
  ['a string in place of a boolean', ['AWS::SNS::Topic', { FifoTopic: 'yes' }], '[#/FifoTopic: expected type: Boolean, found: String]'],
  ['a structure in the value of a map', lambda({ Environment: { Variables: { NAME: {} } } }), '[#/Environment/Variables/NAME: expected type: String, found: JSONObject]'],
  ['a tag without a value', lambda({ Tags: [{ Key: 'a' }] }), '[#/Tags/0: required key [Value] not found]'],
  ['a value outside of an enumeration', ['AWS::Logs::LogGroup', { RetentionInDays: 2 }], '[#/RetentionInDays: 2 is not a valid enum value]'],
  ['a timeout of more than 15 minutes', lambda({ Timeout: 901 }), '[#/Timeout: 901 is not less or equal to 900]'],
  ['a session of less than an hour', ['AWS::IAM::Role', { AssumeRolePolicyDocument: {}, MaxSessionDuration: 60 }], '[#/MaxSessionDuration: 60 is not greater or equal to 3600]'],
  ['a description that is too long', lambda({ Description: 'x'.repeat(257) }), '[#/Description: expected maxLength: 256, actual: 257]'],
  ['a variable whose name has one letter', lambda({ Environment: { Variables: { A: '1' } } }), '[#/Environment/Variables: extraneous key [A] is not permitted]'],
  ['a name with other characters', ['AWS::SQS::Queue', { QueueName: 'a b' }], '[#/QueueName: failed validation constraint for keyword [pattern]]'],
  ['a name in a list', ['AWS::Events::Rule', { EventPattern: {}, Targets: [{ Id: 'a b', Arn: 'arn:aws:sqs:eu-west-1:111122223333:q' }] }],
    '[#/Targets/0/Id: failed validation constraint for keyword [pattern]]'],
  ['a list that is too long', lambda({ Layers: ['a', 'b', 'c', 'd', 'e', 'f'] }), '[#/Layers: expected maximum item count: 5, found: 6]'],
  ['a period that is no full minute', ['AWS::CloudWatch::Alarm', { ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1, Period: 90 }],
    '[#/Period: 90 is not one of 10, 20, 30, 60 or a multiple of 60]'],
  ['a path of a policy with other characters', ['AWS::IAM::ManagedPolicy', { PolicyDocument: {}, Path: '/a:b/' }], '[#/Path: failed validation constraint for keyword [pattern]]'],
  ['a source that is no ARN', ['AWS::Lambda::Permission', { Action: 'lambda:InvokeFunction', FunctionName: 'f', Principal: 'events.amazonaws.com', SourceArn: 'arn:events:rule' }],
    '[#/SourceArn: failed validation constraint for keyword [pattern]]'],
  ['a description of a security group with other characters', ['AWS::EC2::SecurityGroup', { GroupDescription: 'für alle' }], '[#/GroupDescription: failed validation constraint for keyword [pattern]]'],
  ['a name of a security group that looks like an ID', ['AWS::EC2::SecurityGroup', { GroupDescription: 'd', GroupName: 'sg-own' }], '[#/GroupName: failed validation constraint for keyword [pattern]]'],
  ['a port of a rule in a security group', ['AWS::EC2::SecurityGroup', { GroupDescription: 'd', SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 65_536, ToPort: 65_536 }] }],
    '[#/SecurityGroupIngress/0/FromPort: 65536 is not less or equal to 65535, #/SecurityGroupIngress/0/ToPort: 65536 is not less or equal to 65535]'],
  ['a description of a rule that is too long', ['AWS::EC2::SecurityGroupIngress', { IpProtocol: 'tcp', Description: 'x'.repeat(256) }], '[#/Description: expected maxLength: 255, actual: 256]'],
  ['a VPC that is too large', ['AWS::EC2::VPC', { CidrBlock: '10.0.0.0/8' }], '[#/CidrBlock: failed validation constraint for keyword [pattern]]'],
  ['a subnet that is too small', ['AWS::EC2::Subnet', { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/29' }], '[#/CidrBlock: failed validation constraint for keyword [pattern]]'],
  ['an unknown tenancy', ['AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16', InstanceTenancy: 'own' }], '[#/InstanceTenancy: own is not a valid enum value]'],
  ['an interval of a flow log', ['AWS::EC2::FlowLog', { ResourceId: 'vpc-1', ResourceType: 'VPC', MaxAggregationInterval: 61 }], '[#/MaxAggregationInterval: 61 is not a valid enum value]'],
  ['an unknown protocol of a subscription', ['AWS::SNS::Subscription', { TopicArn: 'arn:aws:sns:eu-west-1:111122223333:t', Protocol: 'fax' }], '[#/Protocol: fax is not a valid enum value]'],
  ['a display name of a topic that is too long', ['AWS::SNS::Topic', { DisplayName: 'x'.repeat(101) }], '[#/DisplayName: expected maxLength: 100, actual: 101]'],
  ['an unknown scope of a queue', ['AWS::SQS::Queue', { FifoQueue: true, DeduplicationScope: 'all' }], '[#/DeduplicationScope: all is not a valid enum value]'],
  ['a message that is too large for a queue', ['AWS::SQS::Queue', { MaximumMessageSize: 1_048_577 }], '[#/MaximumMessageSize: 1048577 is not less or equal to 1048576]'],
  ['a name of a parameter with other characters', ['AWS::SSM::Parameter', { Name: '/a b', Type: 'String', Value: 'v' }], '[#/Name: failed validation constraint for keyword [pattern]]'],
  ['an input of a target that is too long', ['AWS::Events::Rule', { ScheduleExpression: 'rate(1 day)', Targets: [{ Id: 'a', Arn: 'arn', Input: 'x'.repeat(8193) }] }],
    '[#/Targets/0/Input: expected maxLength: 8192, actual: 8193]'],
  ['an age of events that is too short', ['AWS::Events::Rule', { ScheduleExpression: 'rate(1 day)', Targets: [{ Id: 'a', Arn: 'arn', RetryPolicy: { MaximumEventAgeInSeconds: 59 } }] }],
    '[#/Targets/0/RetryPolicy/MaximumEventAgeInSeconds: 59 is not greater or equal to 60]'],
  ['more than five actions of an alarm', ['AWS::CloudWatch::Alarm', { ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1, AlarmActions: ['a', 'b', 'c', 'd', 'e', 'f'] }],
    '[#/AlarmActions: expected maximum item count: 5, found: 6]'],
  ['a lifecycle policy of a repository that is too short', ['AWS::ECR::Repository', { LifecyclePolicy: { LifecyclePolicyText: '{}' } }],
    '[#/LifecyclePolicy/LifecyclePolicyText: expected minLength: 100, actual: 2]'],
  ['a property of a type that is not emulated', ['AWS::DynamoDB::Table', { KeySchema: [], Name: 'x' }], '[#: extraneous key [Name] is not permitted]'],
])('%s is rejected with the message of CloudFormation', async (_, resource, reason) => {
  expect(await refusal(resource)).toBe(reason);
});

test('all faults of a resource are in one reason', async () => {
  expect(await refusal(['AWS::SQS::Queue', { DelaySeconds: 901, KmsKey: 'x' }]))
    .toBe('[#: extraneous key [KmsKey] is not permitted, #/DelaySeconds: 901 is not less or equal to 900]');
});

test.each<[string, readonly [string, object]]>([
  ['numbers and booleans as strings', ['AWS::SQS::Queue', { DelaySeconds: '900', FifoQueue: 'false' }]],
  ['numbers and booleans for strings', ['AWS::SSM::Parameter', { Name: '/a', Type: 'String', Value: 5 }]],
  ['any document where the type is not specified', ['AWS::SQS::Queue', { RedrivePolicy: { deadLetterTargetArn: 'x', maxReceiveCount: 1 } }]],
])('CloudFormation accepts %s', async (_, resource) => {
  expect(await refusal(resource)).toBeUndefined();
});

test('an update is checked like a creation', async () => {
  const world = new World();
  const queue = (DelaySeconds: number) => ({ Queue: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds } } });
  await world.create(queue(1));
  expect(reasonOf(await world.update(queue(901)), 'Queue', 'UPDATE_FAILED')).toContain('#/DelaySeconds: 901 is not less or equal to 900');
});
