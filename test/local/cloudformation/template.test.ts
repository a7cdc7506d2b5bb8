import { custom, reasonOf, World } from './world';
import { Template } from '../../../local/cloudformation/stack-template';
import type { Json } from '../../../local/services';

const ENVIRONMENT = {
  region: 'eu-west-1', account: '111122223333', partition: 'aws', urlSuffix: 'amazonaws.com', stackName: 'Stack', stackId: 'arn:aws:cloudformation:stack',
};

/** What a property becomes, in a template with a resource `Thing` whose attributes are named after themselves. */
function resolved(Value: unknown, sections: object = {}, parameters: { [name: string]: string } = {}): Json {
  const body = { Resources: { It: { Type: 'Custom::It', Properties: { Value } }, Thing: { Type: 'Custom::Thing' } }, ...sections };
  const template = new Template(body as never, { parameters }, ENVIRONMENT, {
    find: () => undefined, value: reference => reference.replace(/:\d+$/, '') === '/key' ? 'stored' : undefined,
  });
  return template.desired('It', {
    ref: logicalId => `${logicalId}-id`,
    getAtt: (_, attribute) => attribute === 'List' ? ['x', 'y'] : `<${attribute}>`,
    importValue: name => `imported ${name}`,
    getStackOutput: ({ stackName, outputName, region = 'here' }) => `${outputName} of ${stackName} in ${region}`,
  }).properties.Value;
}

test.each<[string, unknown, Json | undefined]>([
  ['Fn::GetStackOutput', { 'Fn::GetStackOutput': { StackName: { 'Fn::Sub': '${Thing}-stack' }, OutputName: 'Job', Region: 'eu-west-1' } }, 'Job of Thing-id-stack in eu-west-1'],
  ['Ref of a resource', { Ref: 'Thing' }, 'Thing-id'],
  ['Ref of a pseudo parameter', [{ Ref: 'AWS::Region' }, { Ref: 'AWS::AccountId' }, { Ref: 'AWS::Partition' }, { Ref: 'AWS::URLSuffix' }],
    ['eu-west-1', '111122223333', 'aws', 'amazonaws.com']],
  ['the stack itself', [{ Ref: 'AWS::StackName' }, { Ref: 'AWS::StackId' }, { Ref: 'AWS::NotificationARNs' }], ['Stack', 'arn:aws:cloudformation:stack', []]],
  ['AWS::NoValue as a property', { a: 1, b: { Ref: 'AWS::NoValue' } }, { a: 1 }],
  ['AWS::NoValue in a list', ['a', { Ref: 'AWS::NoValue' }, 'b'], ['a', 'b']],
  ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Thing', 'A.b:c'] }, '<A.b:c>'],
  ['Fn::GetAtt as a dotted string', { 'Fn::GetAtt': 'Thing.A.b:c' }, '<A.b:c>'],
  ['Fn::Sub of a string', { 'Fn::Sub': '${Thing}/${Thing.A.b}/${AWS::Region}/${!Kept}' }, 'Thing-id/<A.b>/eu-west-1/${Kept}'],
  ['Fn::Sub with variables', { 'Fn::Sub': ['${Own}-${Thing}', { Own: { Ref: 'AWS::StackName' } }] }, 'Stack-Thing-id'],
  ['Fn::Join, with numbers as strings', { 'Fn::Join': ['-', ['a', 1, { Ref: 'Thing' }]] }, 'a-1-Thing-id'],
  ['Fn::Join of a list attribute', { 'Fn::Join': [',', { 'Fn::GetAtt': ['Thing', 'List'] }] }, 'x,y'],
  ['Fn::Select and Fn::Split', { 'Fn::Select': ['1', { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
  ['Fn::Select in Fn::GetAZs', { 'Fn::Select': [2, { 'Fn::GetAZs': '' }] }, 'eu-west-1c'],
  ['Fn::GetAZs of a region', { 'Fn::GetAZs': { Ref: 'AWS::Region' } }, ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']],
  ['Fn::Cidr', { 'Fn::Cidr': ['10.1.0.0/16', '3', 8] }, ['10.1.0.0/24', '10.1.1.0/24', '10.1.2.0/24']],
  ['Fn::Cidr across bytes', { 'Fn::Select': [1, { 'Fn::Cidr': ['10.1.255.128/9', 2, 17] }] }, '10.2.0.0/15'],
  ['Fn::Base64', { 'Fn::Base64': { 'Fn::Sub': 'echo ${AWS::Region}' } }, Buffer.from('echo eu-west-1').toString('base64')],
  ['Fn::ImportValue', { 'Fn::ImportValue': { 'Fn::Sub': '${AWS::StackName}-x' } }, 'imported Stack-x'],
  ['an object whose keys only look like functions', { Ref: 'a', More: 'b' }, { Ref: 'a', More: 'b' }],
])('%s', (_, value, expected) => {
  expect(resolved(value)).toEqual(expected);
});

test('Fn::FindInMap finds a value, or gives its default', () => {
  const Mappings = { Sizes: { 'eu-west-1': { small: 'S', list: ['a'] } } };
  expect(resolved({ 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'small'] }, { Mappings })).toBe('S');
  expect(resolved({ 'Fn::FindInMap': ['Sizes', 'eu-west-1', 'list'] }, { Mappings })).toEqual(['a']);
  expect(resolved({ 'Fn::FindInMap': ['Sizes', 'mars', 'small', { DefaultValue: { Ref: 'AWS::Region' } }] }, { Mappings, Transform: 'AWS::LanguageExtensions' })).toBe('eu-west-1');
  expect(() => resolved({ 'Fn::FindInMap': ['Sizes', 'mars', 'small', { DefaultValue: 'S' }] }, { Mappings })).toThrow('requires the transform AWS::LanguageExtensions');
  expect(() => resolved({ 'Fn::FindInMap': ['Sizes', 'mars', 'small'] }, { Mappings })).toThrow('Unable to get mapping for Sizes::mars::small');
});

test('conditions are combined and choose values', () => {
  const Conditions = {
    Here: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] },
    There: { 'Fn::Not': [{ Condition: 'Here' }] },
    Both: { 'Fn::And': [{ Condition: 'Here' }, { Condition: 'There' }] },
    Either: { 'Fn::Or': [{ Condition: 'There' }, { Condition: 'Here' }] },
    Number: { 'Fn::Equals': [1, '1'] },
  };
  const If = (name: string) => resolved({ 'Fn::If': [name, 'yes', { Ref: 'AWS::NoValue' }] }, { Conditions }) ?? 'no';
  expect(Object.keys(Conditions).map(If)).toEqual(['yes', 'no', 'no', 'yes', 'yes']);
  expect(() => If('Nowhere')).toThrow('Unresolved condition dependency Nowhere');
  expect(() => resolved('', { Conditions: { A: { Condition: 'B' }, B: { Condition: 'A' } } })).toThrow('Circular condition dependency');
});

test('parameters have given values, defaults, lists and values from the Parameter Store', () => {
  const Parameters = {
    Given: { Type: 'String' },
    Default: { Type: 'Number', Default: 3 },
    List: { Type: 'CommaDelimitedList', Default: 'a, b' },
    Stored: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/key' },
  };
  const value = Object.keys(Parameters).map(Ref => ({ Ref }));
  expect(resolved(value, { Parameters }, { Given: 'g' })).toEqual(['g', '3', ['a', 'b'], 'stored']);
  expect(() => resolved(value, { Parameters })).toThrow('Parameters: [Given] must have values');
  expect(() => resolved(value, { Parameters }, { Given: 'g', Other: 'o' })).toThrow('Parameters: [Other] do not exist in the template');
});

test.each<[object, string, string]>([
  [{ AllowedValues: ['a', 'b'] }, 'c', 'must be one of AllowedValues [a, b]'],
  [{ AllowedPattern: '[a-z]+' }, 'a1', 'must match pattern [a-z]+'],
  [{ AllowedPattern: '[a-z]+', ConstraintDescription: 'letters only' }, 'a1', 'failed to satisfy constraint: letters only'],
  [{ MinLength: 2 }, 'a', 'at least 2 characters'],
  [{ MaxLength: 2 }, 'abc', 'at most 2 characters'],
  [{ Type: 'Number' }, 'many', 'must be a number'],
  [{ Type: 'Number', MinValue: 2 }, '1', 'not less than 2'],
  [{ Type: 'Number', MaxValue: 2 }, '3', 'not greater than 2'],
])('a parameter with %j refuses %s', (definition, value, message) => {
  expect(() => resolved('', { Parameters: { P: { Type: 'String', ...definition } } }, { P: value })).toThrow(message);
});

const refuses = async (template: object | string, message: string | RegExp) => {
  const world = new World();
  await expect(world.cfn.createStack({ stackName: 'Stack', template })).rejects.toMatchObject({ code: 'ValidationError' });
  await expect(world.cfn.createStack({ stackName: 'Stack', template })).rejects.toThrow(message);
  expect(world.cfn.list()).toEqual([]);
};

test.each<[string, object, string | RegExp]>([
  ['an unresolved Ref', { A: custom({ X: { Ref: 'Nope' } }) }, 'Template format error: Unresolved resource dependencies [Nope] in the Resources block of the template'],
  ['an unresolved Fn::Sub', { A: custom({ X: { 'Fn::Sub': '${Nope}' } }) }, 'Unresolved resource dependencies [Nope]'],
  ['an unresolved DependsOn', { A: custom({}, { DependsOn: 'Nope' }) }, 'Unresolved resource dependencies [Nope]'],
  ['an unresolved Fn::GetAtt', { A: custom({ X: { 'Fn::GetAtt': ['Nope', 'Arn'] } }) }, 'instance of Fn::GetAtt references undefined resource Nope'],
  ['an attribute that the type lacks', { B: { Type: 'AWS::S3::Bucket' }, A: custom({ X: { 'Fn::GetAtt': ['B', 'Size'] } }) },
    'resource B does not support attribute type Size in Fn::GetAtt'],
  ['an unknown attribute of a type that is not emulated', { B: { Type: 'AWS::DynamoDB::Table' }, A: custom({ X: { 'Fn::GetAtt': ['B', 'Size'] } }) }, 'attribute type Size'],
  ['a circle', { A: custom({ X: { Ref: 'B' } }), B: custom({}, { DependsOn: 'A' }), C: custom({ X: { Ref: 'A' } }) },
    'Circular dependency between resources: [A, B]'],
  ['no resources', {}, 'At least one Resources member must be defined'],
  ['a resource without a type', { A: {} }, 'must contain a Type member'],
  ['a type that is none', { A: { Type: 'Bucket' } }, 'Unrecognized resource types: [Bucket]'],
  ['a custom type of more than 60 characters', { A: { ...custom(), Type: `Custom::${'x'.repeat(53)}` } }, 'Unrecognized resource types: [Custom::x'],
  ['a custom type with other characters', { A: { ...custom(), Type: 'Custom::A.B' } }, 'Unrecognized resource types: [Custom::A.B]'],
  ['an unknown member of a resource', { A: custom({}, { Propertys: {} }) }, "Invalid template resource property 'Propertys'"],
  ['a logical id with other characters', { 'A-B': custom() }, 'Resource name A-B is non alphanumeric'],
  ['a null', { A: custom({ X: null }) }, "[/Resources/A/Properties/X] 'null' values are not allowed in templates"],
  ['a function that is not emulated', { A: custom({ X: { 'Fn::Transform': {} } }) }, 'Fn::Transform is not emulated'],
  ['a function among other members', { A: custom({ X: { 'Fn::Sub': '', 'b': 1 } }) }, 'must be the only member'],
  ['a custom resource without a token', { A: { Type: 'Custom::A' } }, 'ServiceToken'],
  ['an unknown policy', { A: custom({}, { DeletionPolicy: 'Keep' }) }, 'Unrecognized DeletionPolicy Keep'],
  ['a snapshot of what has none', { A: custom({}, { DeletionPolicy: 'Snapshot' }) }, 'does not support deletion policy Snapshot'],
  ['too many resources', Object.fromEntries(Array.from({ length: 501 }, (_, n) => [`A${n}`, custom()])), 'Number of resources, 501, is greater than maximum allowed, 500'],
])('a template with %s is refused before anything is deployed', (_, Resources, message) => refuses({ Resources }, message));

test('a template of 500 resources is deployed', async () => {
  const result = await new World().create(Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`A${n}`, custom()])));
  expect(result.status).toBe('CREATE_COMPLETE');
});

test('a template of more than 1 MB, without JSON or with a transform is refused', async () => {
  await refuses({ Resources: { A: custom() }, Description: 'x'.repeat(1_000_000) }, 'Template may not exceed 1000000 bytes in size.');
  await refuses('Resources:', 'JSON not well-formed');
  await refuses({ Resources: { A: custom() }, Transform: 'AWS::Serverless-2016-10-31' }, 'The transform "AWS::Serverless-2016-10-31" is not emulated');
  await refuses({ Resources: { A: custom() }, Outputs: { O: { Value: { Ref: 'Nope' } } } },
    'Unresolved resource dependencies [Nope] in the Outputs block of the template');
});

test('a stack name with other characters is refused', async () => {
  await expect(new World().cfn.createStack({ stackName: 'my_stack', template: { Resources: { A: custom() } } })).rejects.toThrow("Value 'my_stack' at 'stackName'");
});

test('a resource whose condition does not hold is not there, and must not be referred to', async () => {
  const world = new World();
  const Conditions = { Never: { 'Fn::Equals': ['a', 'b'] } };
  const Absent = custom({}, { Condition: 'Never' });
  const choosing = custom({ X: { 'Fn::If': ['Never', { Ref: 'Absent' }, 'nothing'] } }, { DependsOn: 'Absent' });
  const result = await world.create({ Absent, Choosing: choosing }, { Conditions, Outputs: { O: { Condition: 'Never', Value: { Ref: 'Absent' } } } });
  expect(result.outputs).toEqual({});
  expect(world.requests()).toEqual(['Create Choosing']);
  expect(world.sent[0].ResourceProperties.X).toBe('nothing');
  await expect(world.create({ Absent, User: custom({ X: { Ref: 'Absent' } }) }, { Conditions }, { stackName: 'Second' }))
    .rejects.toThrow('Unresolved resource dependencies [Absent] in the Resources block of the template');
});

test('a resource whose condition stops to hold is deleted by the update', async () => {
  const world = new World();
  const sections = { Parameters: { On: { Type: 'String' } }, Conditions: { On: { 'Fn::Equals': [{ Ref: 'On' }, 'yes'] } } };
  const resources = { Thing: custom({}, { Condition: 'On' }), Stay: custom() };
  await world.create(resources, sections, { parameters: { On: 'yes' } });
  await world.update(resources, sections, { parameters: { On: 'no' } });
  expect(world.requests().slice(2)).toEqual(['Delete Thing Thing-1']);
});

test('the type of a resource cannot be changed', async () => {
  const world = new World();
  await world.create({ Thing: custom() });
  await expect(world.update({ Thing: { ...custom(), Type: 'Custom::Other' } })).rejects.toThrow(
    'Update of resource type is not permitted. The new template modifies resource type of the following resources: [Thing]');
});

test('an output that is no string fails the stack', async () => {
  const result = await new World().create({ A: custom() }, { Outputs: { O: { Value: ['a'] } } });
  expect(reasonOf(result, 'Stack', 'ROLLBACK_IN_PROGRESS')).toContain('Output O is malformed');
});

test("the CDK's bootstrap version is there", async () => {
  const result = await new World().create({ A: custom() }, {
    Parameters: { BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' } },
    Rules: { CheckBootstrapVersion: { Assertions: [{ Assert: { 'Fn::Not': [{ 'Fn::Contains': [['1', '2'], { Ref: 'BootstrapVersion' }] }] } }] } },
    Outputs: { Version: { Value: { Ref: 'BootstrapVersion' } } },
  });
  expect(Number(result.outputs.Version)).toBeGreaterThan(6);
});

test('the language extensions, with their transform only', () => {
  const Transform = ['AWS::LanguageExtensions'];
  expect(resolved({ 'Fn::Length': { 'Fn::GetAtt': ['Thing', 'List'] } }, { Transform })).toBe(2);
  expect(resolved({ 'Fn::ToJsonString': { id: { Ref: 'Thing' } } }, { Transform })).toBe('{"id":"Thing-id"}');
  expect(() => resolved({ 'Fn::Length': ['a'] })).toThrow('Fn::Length requires the transform');
});

test.each<[string, unknown, number, string]>([
  ['more than fit', '10.0.0.0/24', 3, 'cannot make 3 subnets'],
  ['none', '10.0.0.0/24', 0, 'count 0'],
  ['of IPv6', 'fd00::/48', 1, 'only blocks of IPv4'],
])('Fn::Cidr of subnets, %s, is refused', (_, block, count, complaint) => {
  expect(() => resolved({ 'Fn::Cidr': [block, count, 7] })).toThrow(complaint);
});

test('dynamic references of the Parameter Store are resolved, also where functions made them', () => {
  expect(resolved({ 'Fn::Sub': 'a-{{resolve:ssm:/key}}-${AWS::Region}-{{resolve:ssm:/${Name}:3}}' }, { Parameters: { Name: { Type: 'String', Default: 'key' } } }))
    .toBe('a-stored-eu-west-1-stored');
  expect(() => resolved('{{resolve:ssm:/nothing}}')).toThrow('Parameters: [ssm:/nothing] cannot be found.');
});

test('a parameter of a stack can be read by another one', async () => {
  const world = new World();
  await world.create({ Key: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/mine', Type: 'String', Value: 'v' } } });
  const parameters = { Mine: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/mine' } };
  await world.create({ A: custom({ X: ['{{resolve:ssm:/mine}}', { Ref: 'Mine' }] }) }, { Parameters: parameters }, { stackName: 'Other' });
  expect(world.sent[0].ResourceProperties.X).toEqual(['v', 'v']);
});

test('the functions of rules are allowed in rules only', () => {
  expect(() => resolved({ 'Fn::Contains': [['a'], 'a'] })).toThrow('Fn::Contains cannot be used outside of the Rules block');
});

test('a rule refuses parameters before anything is deployed, when its condition holds', async () => {
  const template = (Rules: object) => ({
    Parameters: {
      Stage: { Type: 'String', Default: 'test' },
      Zones: { Type: 'CommaDelimitedList', Default: 'a,b' },
      BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' },
    },
    Rules,
  });
  const deploy = (RuleCondition: object | undefined, Assert: object) =>
    new World().create({ A: custom() }, template({ Check: { RuleCondition, Assertions: [{ Assert, AssertDescription: 'This is why.' }] } }));
  const isTest = { 'Fn::Equals': [{ Ref: 'Stage' }, 'test'] };
  const zones = (...allowed: string[]) => ({ 'Fn::EachMemberIn': [{ Ref: 'Zones' }, allowed] });
  const oldBootstrap = { 'Fn::Not': [{ 'Fn::Contains': [['1', '2', '3', '4', '5'], { Ref: 'BootstrapVersion' }] }] };
  await expect(deploy(isTest, zones('a', 'b', 'c'))).resolves.toMatchObject({ status: 'CREATE_COMPLETE' });
  await expect(deploy(undefined, oldBootstrap)).resolves.toMatchObject({ status: 'CREATE_COMPLETE' });
  await expect(deploy({ 'Fn::Not': [isTest] }, zones('x'))).resolves.toMatchObject({ status: 'CREATE_COMPLETE' });
  await expect(deploy(isTest, zones('a'))).rejects.toThrow('Rule Check failed: This is why.');
  await expect(deploy(isTest, { 'Fn::EachMemberEquals': [{ Ref: 'Zones' }, 'a'] })).rejects.toThrow('Rule Check failed');
  const world = new World({ ssmParameters: { '/cdk-bootstrap/hnb659fds/version': '5' } });
  await expect(world.create({ A: custom() }, template({ Check: { Assertions: [{ Assert: oldBootstrap }] } }))).rejects.toThrow('Rule Check failed');
});
