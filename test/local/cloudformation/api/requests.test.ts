import { CloudFormationClient, CreateChangeSetCommand, GetTemplateCommand, ValidateTemplateCommand } from '@aws-sdk/client-cloudformation';
import { LocalCloud } from '../../../../local/cloud';
import { query } from '../../query/requests';

let cloud: LocalCloud;
let client: CloudFormationClient;
beforeAll(async () => {
  cloud = await LocalCloud.start();
  client = new CloudFormationClient({ endpoint: cloud.endpoint.url, region: cloud.region, credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 's' }, maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await cloud.stop();
});

const TemplateBody = JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });
const tags = (count: number) => Object.assign({}, ...Array.from({ length: count }, (_, index) => ({ [`Tags.member.${index + 1}.Key`]: `k${index}`, [`Tags.member.${index + 1}.Value`]: 'v' })));

test.each<[string, { [parameter: string]: string }, string]>([
  ['without a required member', { Action: 'CreateStack', TemplateBody }, "Value null at 'stackName' failed to satisfy constraint: Member must not be null"],
  ['with a name that has other characters', { Action: 'CreateChangeSet', StackName: 'S', ChangeSetName: '1a', TemplateBody },
    "Value '1a' at 'changeSetName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*"],
  ['with a value outside of an enumeration', { Action: 'CreateStack', StackName: 'S', TemplateBody, OnFailure: 'MAYBE' },
    "Value 'MAYBE' at 'onFailure' failed to satisfy constraint: Member must satisfy enum value set: [DO_NOTHING, ROLLBACK, DELETE]"],
  ['with an unknown capability', { 'Action': 'CreateStack', 'StackName': 'S', TemplateBody, 'Capabilities.member.1': 'CAPABILITY_ALL' }, "at 'capabilities' failed to satisfy constraint"],
  ['with a number below its range', { Action: 'CreateStack', StackName: 'S', TemplateBody, TimeoutInMinutes: '0' }, "Value '0' at 'timeoutInMinutes'"],
  ['with a token that is too long', { Action: 'CreateStack', StackName: 'S', TemplateBody, ClientRequestToken: 'x'.repeat(129) }, 'Member must have length less than or equal to 128'],
  ['with more than 50 tags', { Action: 'CreateStack', StackName: 'S', TemplateBody, ...tags(51) }, 'Member must have length less than or equal to 50'],
  ['with a tag of AWS', { 'Action': 'CreateStack', 'StackName': 'S', TemplateBody, 'Tags.member.1.Key': 'aws:x', 'Tags.member.1.Value': 'y' }, 'aws: prefixed tag key names are not allowed'],
  ['with a tag without a value', { 'Action': 'CreateStack', 'StackName': 'S', TemplateBody, 'Tags.member.1.Key': 'a', 'Tags.member.1.Value': '' }, 'Member must have length greater than or equal to 1'],
  ['with six topics', { Action: 'CreateStack', StackName: 'S', TemplateBody, ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`NotificationARNs.member.${n}`, `arn:aws:sns:us-east-1:111122223333:t${n}`])) },
    'Member must have length less than or equal to 5'],
  ['with a body of more than 51,200 bytes', { Action: 'CreateStack', StackName: 'S', TemplateBody: TemplateBody + ' '.repeat(51_200) }, "at 'templateBody' failed to satisfy constraint"],
  ['without a template', { Action: 'UpdateStack', StackName: 'S' }, 'Either Template URL or Template Body must be specified.'],
  ['with a template and the previous one', { Action: 'UpdateStack', StackName: 'S', TemplateBody, UsePreviousTemplate: 'true' }, 'You cannot specify both usePreviousTemplate and Template Body/Template URL.'],
  ['with a timeout, which is not emulated', { Action: 'CreateStack', StackName: 'S', TemplateBody, TimeoutInMinutes: '5' }, 'The local cloud does not emulate the member TimeoutInMinutes.'],
  ['with types of resources, which are not emulated', { 'Action': 'CreateStack', 'StackName': 'S', TemplateBody, 'ResourceTypes.member.1': 'AWS::SNS::*' }, 'The local cloud does not emulate the member ResourceTypes.'],
  ['with rollback triggers, which are not emulated', { 'Action': 'CreateStack', 'StackName': 'S', TemplateBody, 'RollbackConfiguration.MonitoringTimeInMinutes': '5' }, 'The local cloud does not emulate the member RollbackConfiguration.'],
  ['with a role that is no ARN', { Action: 'CreateStack', StackName: 'S', TemplateBody, RoleARN: 'me' }, 'Member must have length greater than or equal to 20'],
])('a request %s is rejected', async (_, form, message) => {
  const { status, document } = await query(cloud, 'cloudformation', form);
  expect({ status, code: document.ErrorResponse?.Error.Code }).toEqual({ status: 400, code: 'ValidationError' });
  expect(document.ErrorResponse.Error.Message).toContain(message);
  expect(cloud.cloudFormation.list()).toEqual([]);
});

test('ValidateTemplate returns the parameters and the capabilities of a template, and creates nothing', async () => {
  const template = {
    Description: 'a role',
    Parameters: { Name: { Type: 'String', Default: 'a', Description: 'its name' }, Secret: { Type: 'String', NoEcho: true } },
    Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: { Ref: 'Name' }, AssumeRolePolicyDocument: {} } } },
  };
  expect(await client.send(new ValidateTemplateCommand({ TemplateBody: JSON.stringify(template) }))).toMatchObject({
    Description: 'a role',
    Parameters: [{ ParameterKey: 'Name', DefaultValue: 'a', NoEcho: false, Description: 'its name' }, { ParameterKey: 'Secret', NoEcho: true }],
    Capabilities: ['CAPABILITY_NAMED_IAM'],
    CapabilitiesReason: 'The following resource(s) require capabilities: [AWS::IAM::Role]',
  });
  expect(cloud.cloudFormation.list()).toEqual([]);
});

test.each([
  ['an unresolved reference', { A: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { Ref: 'B' } } } }, 'Unresolved resource dependencies [B]'],
  ['an unknown type', { A: { Type: 'AWS::SNS::Subject' } }, 'Unrecognized resource types: [AWS::SNS::Subject]'],
  ['an attribute that the type does not have', { A: { Type: 'AWS::SNS::Topic' }, B: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { 'Fn::GetAtt': ['A', 'Size'] } } } }, 'does not support attribute type Size'],
])('ValidateTemplate rejects %s', async (_, Resources, message) => {
  await expect(client.send(new ValidateTemplateCommand({ TemplateBody: JSON.stringify({ Resources }) }))).rejects.toMatchObject({ name: 'ValidationError', message: expect.stringContaining(message) });
});

test('GetTemplate returns a template before and after its transforms', async () => {
  const template = { Transform: 'AWS::LanguageExtensions', Resources: { 'Fn::ForEach::Topics': ['Name', ['A', 'B'], { 'Topic${Name}': { Type: 'AWS::SNS::Topic' } }] } };
  await cloud.clock.run(cloud.cloudFormation.createStack({ stackName: 'Loop', template }));
  const bodyOf = async (TemplateStage?: 'Original' | 'Processed') => JSON.parse((await client.send(new GetTemplateCommand({ StackName: 'Loop', TemplateStage }))).TemplateBody!);
  expect(await bodyOf('Original')).toEqual(template);
  expect(Object.keys((await bodyOf()).Resources)).toEqual(['TopicA', 'TopicB']);
});

test('GetTemplate returns no template for a stack that a change set has created, and the template of the change set', async () => {
  const template = JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });
  await client.send(new CreateChangeSetCommand({ StackName: 'Review', ChangeSetName: 'First', ChangeSetType: 'CREATE', TemplateBody: template }));

  expect((await client.send(new GetTemplateCommand({ StackName: 'Review' }))).TemplateBody).toBeUndefined();
  expect((await client.send(new GetTemplateCommand({ StackName: 'Review', ChangeSetName: 'First' }))).TemplateBody).toBe(template);
});
