import { custom, World } from './world';

const Resources = { Queue: { Type: 'AWS::SQS::Queue' } };
const refusal = async (template: object) => {
  const world = new World();
  return world.cfn.createStack({ stackName: 'Stack', template }).then(() => undefined, (error: Error & { code: string }) => `${error.code}: ${error.message}`);
};

test.each<[string, object, string]>([
  ['an unknown section', { Resources, Output: {} }, 'Invalid template property or properties [Output]'],
  ['another version', { Resources, AWSTemplateFormatVersion: '2020-01-01' }, 'Unrecognized value of AWSTemplateFormatVersion: 2020-01-01'],
  ['a description that is no string', { Resources, Description: {} }, 'Description must be a string'],
  ['a description that is too long', { Resources, Description: 'x'.repeat(1025) }, "'Description' length is greater than 1024"],
  ['a parameter without a type', { Resources, Parameters: { P: { Default: 'a' } } }, 'Every Parameters object must contain a Type member'],
  ['an unknown type of parameter', { Resources, Parameters: { P: { Type: 'Text' } } }, 'Unrecognized parameter type: Text'],
  ['an unknown list of parameters', { Resources, Parameters: { P: { Type: 'List<Boolean>' } } }, 'Unrecognized parameter type: List<Boolean>'],
  ['an unknown member of a parameter', { Resources, Parameters: { P: { Type: 'String', Pattern: 'a' } } }, "Invalid template parameter property 'Pattern'"],
  ['a parameter name with a dash', { Resources, Parameters: { 'a-b': { Type: 'String' } } }, 'Parameter name a-b is non alphanumeric'],
  ['a default that is a structure', { Resources, Parameters: { P: { Type: 'String', Default: {} } } }, 'Every Default member must be a string'],
  ['a mapping with a structure', { Resources, Mappings: { M: { a: { b: { c: 'd' } } } } }, 'Every Mappings attribute must be a String or a List'],
  ['a mapping with one level', { Resources, Mappings: { M: { a: 'b' } } }, 'Every Mappings member M must be a map'],
  ['an output without a value', { Resources, Outputs: { O: { Description: 'a' } } }, 'Every Outputs member must contain a Value object'],
  ['an output with an unknown member', { Resources, Outputs: { O: { Value: 'a', Name: 'b' } } }, "Invalid template output property 'Name'"],
  ['an export without a name', { Resources, Outputs: { O: { Value: 'a', Export: {} } } }, 'Output O is malformed'],
  ['properties that are a list', { Resources: { A: { Type: 'AWS::SQS::Queue', Properties: [] } } }, 'Every Properties member must be an object'],
  ['a resource that is a string', { Resources: { A: 'AWS::SQS::Queue' } }, 'Every Resources object must contain a Type member'],
])('a template with %s is rejected', async (_, template, message) => {
  expect(await refusal(template)).toMatch(/^ValidationError: /);
  expect(await refusal(template)).toContain(message);
});

test('the value of a parameter has at most 4096 bytes', async () => {
  const world = new World();
  const template = { Resources, Parameters: { P: { Type: 'String' } } };
  await expect(world.cfn.createStack({ stackName: 'Stack', template, parameters: { P: 'x'.repeat(4097) } })).rejects.toThrow("Parameter 'P' must contain at most 4096 bytes");
});

test.each([
  ['Description', { Description: 'one' }, { Description: 'two' }],
  ['Mappings', { Mappings: { M: { a: { b: 'c' } } } }, { Mappings: { M: { a: { b: 'd' } } } }],
  ['Conditions', { Conditions: { C: { 'Fn::Equals': ['a', 'a'] } } }, { Conditions: { C: { 'Fn::Equals': ['a', 'b'] } } }],
  ['Metadata', { Metadata: { a: 1 } }, { Metadata: { a: 2 } }],
])('a change of %s alone is no update', async (_, before, after) => {
  const world = new World();
  await world.create(Resources, before);
  expect(() => world.cfn.beginUpdate({ stackName: 'Stack', template: { Resources, ...after } })).toThrow('No updates are to be performed.');
});

test('a change of a mapping that changes a property is an update', async () => {
  const world = new World();
  const queue = { Queue: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: { 'Fn::FindInMap': ['M', 'a', 'b'] } } } };
  const mapped = (b: string) => ({ Mappings: { M: { a: { b } } } });
  await world.create(queue, mapped('1'));
  expect((await world.update(queue, mapped('2'))).events.map(({ resourceStatus }) => resourceStatus)).toContain('UPDATE_COMPLETE');
  expect(world.cfn.describe('Stack').resources.Queue.properties).toEqual({ DelaySeconds: '2' });
});

describe('Fn::ForEach', () => {
  const Transform = 'AWS::LanguageExtensions';

  test('creates a resource, a property and an output for each item, nested, with the identifier in keys and values', async () => {
    const world = new World();
    const { outputs, status } = await world.create({
      'Fn::ForEach::Sizes': ['Size', { Ref: 'Sizes' }, {
        'Fn::ForEach::Colors': ['Color', ['red', 'dark-blue'], {
          'Thing${Size}&{Color}': custom({ Name: { 'Fn::Sub': '${Size} ${Color} in ${AWS::Region}' }, Size: { Ref: 'Size' } }),
        }],
      }],
      'All': custom({ 'Fn::ForEach::Tags': ['Key', ['a', 'b'], { '${Key}Tag': { 'Fn::Sub': 'tag ${Key}' } }] }),
    }, {
      Transform,
      Parameters: { Sizes: { Type: 'CommaDelimitedList', Default: 'S,L' } },
      Outputs: { 'Fn::ForEach::Outs': ['Size', { Ref: 'Sizes' }, { 'Out${Size}': { Value: { Ref: 'Thing${Size}red' } } }] },
    });
    expect(status).toBe('CREATE_COMPLETE');
    expect(outputs).toEqual({ OutS: 'ThingSred-1', OutL: 'ThingLred-1' });
    const { resources } = world.cfn.describe('Stack');
    expect(Object.keys(resources).sort()).toEqual(['All', 'ThingLdarkblue', 'ThingLred', 'ThingSdarkblue', 'ThingSred']);
    expect(resources.ThingLdarkblue.properties).toMatchObject({ Name: 'L dark-blue in eu-west-1', Size: 'L' });
    expect(resources.All.properties).toMatchObject({ aTag: 'tag a', bTag: 'tag b' });
  });

  test.each<[string, object, string]>([
    ['without its transform', { Resources: { 'Fn::ForEach::L': ['I', ['a'], { 'A${I}': custom() }] } }, 'Resource name Fn::ForEach::L is non alphanumeric'],
    ['without a map', { Transform, Resources: { ...Resources, 'Fn::ForEach::L': ['I', ['a']] } }, 'Fn::ForEach::L requires an identifier, a collection and a map'],
    ['with a collection that reads a resource', { Transform, Resources: { ...Resources, 'Fn::ForEach::L': ['I', { Ref: 'Queue' }, { 'A${I}': custom() }] } }, 'Queue is a resource and cannot be used here'],
    ['whose keys are the same', { Transform, Resources: { ...Resources, 'Fn::ForEach::L': ['I', ['a', 'b'], { A: custom() }] } }, 'creates A more than once'],
    ['that creates an invalid name', { Transform, Resources: { ...Resources, 'Fn::ForEach::L': ['I', ['a-b'], { 'A${I}': custom() }] } }, 'Resource name Aa-b is non alphanumeric'],
  ])('%s is rejected', async (_, template, message) => {
    expect(await refusal(template)).toContain(message);
  });
});
