import { ACCOUNT, custom, reasonOf, REGION, World } from './world';

const SECRET = 'AWS::SecretsManager::Secret';
const ARN = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:key`;
const parameter = (Value: unknown, rest: object = {}) => ({ Type: 'AWS::SSM::Parameter', Properties: { Name: '/copy', Type: 'String', Value, ...rest } });
const failureOf = (result: Parameters<typeof reasonOf>[0], logicalId: string) => reasonOf(result, logicalId, 'CREATE_FAILED');

let world: World;
beforeEach(() => { world = new World(); });

describe('a secret of a stack', () => {
  const valueOf = (arn: string) => world.secrets.read(arn).string!;
  const created = async (properties: object) => {
    const { outputs, status } = await world.create({ Key: { Type: SECRET, Properties: properties } }, { Outputs: { Arn: { Value: { Ref: 'Key' } }, Id: { Value: { 'Fn::GetAtt': 'Key.Id' } } } });
    expect({ status, Id: outputs.Id }).toEqual({ status: 'CREATE_COMPLETE', Id: outputs.Arn });
    return String(outputs.Arn);
  };

  test('has a value, a generated name, tags of its own and of the stack, and goes with the stack', async () => {
    const { outputs } = await world.create(
      { Key: { Type: SECRET, Properties: { SecretString: 'value', Description: 'a key', Tags: [{ Key: 'a', Value: '1' }] } } },
      { Outputs: { Arn: { Value: { Ref: 'Key' } } } }, { tags: { b: '2' } },
    );
    expect(world.secrets.find(String(outputs.Arn))).toMatchObject({ name: expect.stringMatching(/^Key-\w{12}$/), description: 'a key', tags: { a: '1', b: '2' } });
    expect(valueOf(String(outputs.Arn))).toBe('value');
    await world.delete();
    expect(world.secrets.all()).toEqual([]);
    // There is no recovery window, so the name is free.
    expect(await created({ Name: 'key', SecretString: 'a' })).toMatch(new RegExp(`^${ARN}-\\w{6}$`));
  });

  test('has a generated value', async () => {
    expect(valueOf(await created({ GenerateSecretString: {} }))).toMatch(/^\S{32}$/);
  });

  test('has a generated member of a template', async () => {
    const GenerateSecretString = { SecretStringTemplate: '{"user": "me"}', GenerateStringKey: 'password', PasswordLength: '12', ExcludePunctuation: 'true' };
    expect(JSON.parse(valueOf(await created({ GenerateSecretString })))).toEqual({ user: 'me', password: expect.stringMatching(/^[A-Za-z0-9]{12}$/) });
  });

  test('gets a new version when its value or the way of its generation changes, and no other', async () => {
    const secret = (properties: object) => ({ Key: { Type: SECRET, Properties: { Name: 'key', ...properties } } });
    await world.create(secret({ GenerateSecretString: { PasswordLength: 20 } }));
    const before = valueOf('key');
    await world.update(secret({ GenerateSecretString: { PasswordLength: 20 }, Description: 'new', Tags: [{ Key: 'a', Value: '1' }] }));
    expect(valueOf('key')).toBe(before);
    expect(world.secrets.find('key')).toMatchObject({ description: 'new', tags: { a: '1' } });
    await world.update(secret({ GenerateSecretString: { PasswordLength: 21 } }));
    expect(valueOf('key')).toHaveLength(21);
    expect(world.secrets.find('key')).toMatchObject({ description: '', tags: {} });
    await world.update(secret({ SecretString: 'fixed' }));
    expect(valueOf('key')).toBe('fixed');
    expect(world.secrets.read('key', { stage: 'AWSPREVIOUS' }).string).toHaveLength(21);
  });

  test.each<[string, object, string]>([
    ['both values', { SecretString: 'a', GenerateSecretString: {} }, 'both SecretString and GenerateSecretString'],
    ['a key without a template', { GenerateSecretString: { GenerateStringKey: 'a' } }, 'must be specified together'],
    ['a template that is no object', { GenerateSecretString: { GenerateStringKey: 'a', SecretStringTemplate: '[]' } }, 'valid JSON object'],
    ['an unknown property', { Value: 'a' }, 'extraneous key [Value]'],
    ['no characters', { GenerateSecretString: { ExcludeNumbers: true, ExcludeCharacters: '0', PasswordLength: 2 } }, 'too short'],
  ])('with %s fails', async (_, properties, reason) => {
    expect(failureOf(await world.create({ Key: { Type: SECRET, Properties: properties } }), 'Key')).toContain(reason);
  });

  test('with the name of a secret that no stack created fails', async () => {
    world.secrets.create({ name: 'key' });
    expect(failureOf(await world.create({ Key: { Type: SECRET, Properties: { Name: 'key' } } }), 'Key')).toContain('already exists');
  });
});

describe('a reference to a secret', () => {
  const read = async (key: string) => {
    const result = await world.create({ Copy: parameter(`{{resolve:secretsmanager:${key}}}`) });
    return failureOf(result, 'Copy') ?? world.parameters.value('/copy');
  };
  beforeEach(() => {
    world.secrets.create({ name: 'key', string: '{"user":"me","port":5432,"more":{"a":1}}', token: 'first' });
    world.secrets.create({ name: 'text', arn: `${ARN.replace(/key$/, 'text')}-AbCdEf`, string: 'plain' });
  });

  test.each([
    ['the name', 'text', 'plain'],
    ['the name with empty parts', 'text::::', 'plain'],
    ['the name with its kind', 'text:SecretString', 'plain'],
    ['the ARN', `${ARN.replace(/key$/, 'text')}-AbCdEf`, 'plain'],
    ['the ARN without its suffix, and empty parts', `${ARN.replace(/key$/, 'text')}:SecretString:::`, 'plain'],
    ['a JSON key', 'key:SecretString:user', 'me'],
    ['a JSON key with a number', 'key:SecretString:port::', '5432'],
    ['a JSON key with an object', 'key:SecretString:more', '{"a":1}'],
    ['a JSON key, by ARN', `${ARN}:SecretString:user`, 'me'],
  ])('by %s becomes the value', async (_, key, value) => {
    expect(await read(key)).toBe(value);
  });

  test('names a version by its label or its id', async () => {
    world.secrets.putVersion('key', { string: '{"user":"you"}' }, 'second');
    expect(await read('key:SecretString:user')).toBe('you');
    await world.delete();
    expect(await read('key:SecretString:user:AWSPREVIOUS')).toBe('me');
    await world.delete();
    expect(await read('key:SecretString:user::first')).toBe('me');
  });

  test.each([
    ['an unknown secret', 'nothing', 'can\'t find the specified secret'],
    ['an unknown label', 'text:SecretString::AWSPENDING', 'staging label: AWSPENDING'],
    ['a label and an id', 'text:SecretString::AWSCURRENT:first', 'The dynamic reference is invalid'],
    ['another kind', 'text:SecretBinary', 'The dynamic reference is invalid'],
    ['a key of a text', 'text:SecretString:user', 'Could not parse SecretString JSON'],
    ['an unknown key', 'key:SecretString:password', 'Could not find a value associated with JSONKey in SecretString'],
  ])('to %s fails its resource', async (_, key, reason) => {
    expect(await read(key)).toContain(reason);
  });

  test('stays a reference in the stack, and a new value of the secret is no change of the stack', async () => {
    const resources = (Description: string) => ({ Copy: parameter('{{resolve:secretsmanager:text}}', { Description }) });
    await world.create(resources('a'));
    expect(JSON.stringify(world.cfn.list())).not.toContain('plain');
    world.secrets.putVersion('text', { string: 'rotated' });
    expect((await world.update(resources('a'))).changed).toBe(false);
    expect(world.parameters.value('/copy')).toBe('plain');
    await world.update(resources('b'));
    expect(world.parameters.value('/copy')).toBe('rotated');
  });

  test('is no drift, although the service has another value', async () => {
    await world.create({ Copy: parameter('{{resolve:secretsmanager:text}}'), Key: { Type: SECRET, Properties: { Name: 'own', Description: 'a', SecretString: 'x' } } });
    expect(world.cfn.detectDrift('Stack').status).toBe('IN_SYNC');
    world.secrets.update('own', { description: 'b' });
    const { resources } = world.cfn.detectDrift('Stack');
    expect(resources.flatMap(({ differences }) => differences)).toEqual([{ differenceType: 'NOT_EQUAL', propertyPath: '/Description', expectedValue: 'a', actualValue: 'b' }]);
    expect(JSON.stringify(resources)).not.toContain('plain');
    world.secrets.delete('own');
    expect(world.cfn.detectDrift('Stack').resources.map(({ status }) => status)).toEqual(['IN_SYNC', 'DELETED']);
  });

  test('may be composed by functions, as CDK does', async () => {
    const Value = { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Key' }, ':SecretString:password::}}']] };
    const GenerateSecretString = { SecretStringTemplate: '{}', GenerateStringKey: 'password' };
    expect(await world.create({ Key: { Type: SECRET, Properties: { Name: 'made', GenerateSecretString } }, Copy: parameter(Value) })).toMatchObject({ status: 'CREATE_COMPLETE' });
    expect(world.parameters.value('/copy')).toBe(JSON.parse(world.secrets.read('made').string!).password);
  });

  test.each<[string, object, object, string]>([
    ['a custom resource', { It: custom({ Nested: { Value: ['{{resolve:secretsmanager:text}}'] } }) }, {}, 'Secrets Manager reference is not supported in: [Custom::Thing/Properties/Nested/Value]'],
    ['a custom resource, composed', { It: custom({ Value: { 'Fn::Sub': '{{resolve:secretsmanager:${AWS::Region}}}' } }) }, {}, 'Secrets Manager reference is not supported in: [Custom::Thing/Properties/Value]'],
    ['an output', { It: parameter('a') }, { Outputs: { Out: { Value: '{{resolve:secretsmanager:text}}' } } }, 'Secrets Manager reference is not supported in: [Outputs/Out/Value]'],
    ['metadata', { It: { ...parameter('a'), Metadata: { a: '{{resolve:secretsmanager:text}}' } } }, {}, 'Secrets Manager reference is not supported in: [AWS::SSM::Parameter/Metadata]'],
  ])('in %s is refused', async (_, resources, sections, message) => {
    expect(() => world.cfn.beginCreate({ stackName: 'Stack', template: { Resources: resources, ...sections } })).toThrow(message);
  });

  test('is one of at most 60 references of a template', () => {
    const resources = (count: number) => ({ It: parameter('{{resolve:ssm:/none}}'.repeat(count)) });
    const create = (count: number) => world.cfn.beginCreate({ stackName: 'Stack', template: { Resources: resources(count) } });
    expect(() => create(61)).toThrow('at most 60 dynamic references; it contains 61');
    expect(() => create(60)).not.toThrow();
  });
});

describe('a reference to a secure string', () => {
  const user = (Password: string) => ({ Type: 'AWS::IAM::User', Properties: { LoginProfile: { Password } } });
  beforeEach(() => {
    world.parameters.put({ name: '/secure', value: 'hidden', type: 'SecureString' });
    world.parameters.put({ name: '/plain', value: 'seen', type: 'String' });
  });

  test('is accepted where it is documented, and stays a reference in the stack', async () => {
    expect(await world.create({ User: user('{{resolve:ssm-secure:/secure:1}}') })).toMatchObject({ status: 'CREATE_COMPLETE' });
    expect(JSON.stringify(world.cfn.list())).not.toContain('hidden');
  });

  test.each<[string, object, string]>([
    ['another property', parameter('{{resolve:ssm-secure:/secure:1}}'), 'SSM Secure reference is not supported in: [AWS::SSM::Parameter/Properties/Value]'],
    ['a custom resource', custom({ Value: '{{resolve:ssm-secure:/secure}}' }), 'SSM Secure reference is not supported in: [Custom::Thing/Properties/Value]'],
  ])('in %s is refused', (_, resource, message) => {
    expect(() => world.cfn.beginCreate({ stackName: 'Stack', template: { Resources: { It: resource } } })).toThrow(message);
  });

  test('that is no ssm-secure reference is refused', async () => {
    expect(failureOf(await world.create({ Copy: parameter('{{resolve:ssm:/secure}}') }), 'Copy')).toContain('have types not supported by CloudFormation');
    const Parameters = { Secure: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/secure' } };
    expect(() => world.cfn.beginCreate({ stackName: 'Other', template: { Resources: { It: parameter('a') }, Parameters } })).toThrow('have types not supported by CloudFormation');
  });
});

test('a reference to a version of a parameter becomes its value, and to a version that does not exist fails', async () => {
  world.parameters.put({ name: '/plain', value: 'first', type: 'String' });
  world.parameters.put({ name: '/plain', value: 'second', type: 'String', overwrite: true });
  await world.create({ Copy: parameter('{{resolve:ssm:/plain:1}}-{{resolve:ssm:/plain}}') });
  expect(world.parameters.value('/copy')).toBe('first-second');
  expect(reasonOf(await world.update({ Copy: parameter('{{resolve:ssm:/plain:9}}') }), 'Copy', 'UPDATE_FAILED')).toContain('[ssm:/plain:9] cannot be found');
});

test('a reference to another service fails its resource', async () => {
  expect(failureOf(await world.create({ Copy: parameter('{{resolve:vault:key}}') }), 'Copy')).toContain('vault is no service of dynamic references');
});
