import { ACCOUNT, reasonOf, World } from './world';

const ROLE = `arn:aws:iam::${ACCOUNT}:role/Given`;
const lambda = (more: object) => ['AWS::Lambda::Function', { Role: ROLE, Code: { S3Bucket: 'b', S3Key: 'k.zip' }, Handler: 'a.b', Runtime: 'nodejs22.x', ...more }] as const;

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
