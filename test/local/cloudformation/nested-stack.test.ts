import { custom, failure, history, reasonOf, silent, success, World } from './world';

const TEMPLATES: { [url: string]: object } = {
  'https://bucket/one': {
    Parameters: { Size: { Type: 'String' }, Zones: { Type: 'CommaDelimitedList', Default: 'a' } },
    Resources: { Inner: custom({ Size: { Ref: 'Size' }, Zones: { Ref: 'Zones' } }) },
    Outputs: { Id: { Value: { Ref: 'Inner' } } },
  },
  'https://bucket/two': { Resources: { Other: custom() }, Outputs: { Id: { Value: { Ref: 'Other' } } } },
};
const templateAt = (url: string) => JSON.stringify(TEMPLATES[url]);
const nested = (TemplateURL: string, Parameters?: object) => ({ Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL, ...Parameters && { Parameters } } });
const one = (Size: string, rest: object = {}) => nested('https://bucket/one', { Size, ...rest });
const reader = custom({ Of: { 'Fn::GetAtt': ['Nested', 'Outputs.Id'] } });
const world = () => new World({ templateAt });
const inner = (aWorld: World) => aWorld.cfn.list().find(({ parentId }) => parentId !== undefined)!;

test('a nested stack is created, read, updated and deleted with its parent', async () => {
  const aWorld = world();
  await aWorld.create({ Nested: one('s', { Zones: ['x', 'y'] }), Reader: reader }, {}, { tags: { a: 'b' } });
  const { stackId, stackName, parentId, tags, status } = inner(aWorld);
  expect(aWorld.sent).toMatchObject([
    { StackId: stackId, LogicalResourceId: 'Inner', ResourceProperties: { Size: 's', Zones: ['x', 'y'] } },
    { StackId: parentId, LogicalResourceId: 'Reader', ResourceProperties: { Of: 'Inner-1' } },
  ]);
  expect({ parentId, tags, status }).toEqual({ parentId: aWorld.cfn.describe('Stack').stackId, tags: { a: 'b' }, status: 'CREATE_COMPLETE' });
  expect(stackName).toMatch(/^Stack-Nested-[A-Za-z0-9]{12}$/);
  expect(aWorld.cfn.describe('Stack').resources.Nested.physicalId).toBe(stackId);

  const updated = await aWorld.update({ Nested: nested('https://bucket/two'), Reader: reader });
  expect(updated.status).toBe('UPDATE_COMPLETE');
  expect(aWorld.requests().slice(2)).toEqual(['Create Other', 'Delete Inner Inner-1', 'Update Reader Reader-1']);

  expect((await aWorld.delete()).status).toBe('DELETE_COMPLETE');
  expect(inner(aWorld).status).toBe('DELETE_COMPLETE');
});

test('a nested stack that cannot be created fails its parent, which deletes it', async () => {
  const aWorld = world();
  aWorld.answer = event => event.RequestType === 'Create' ? failure('broken') : success(event.PhysicalResourceId!);
  const result = await aWorld.create({ Nested: one('s') });
  expect(reasonOf(result, 'Nested', 'CREATE_FAILED')).toMatch(/^Embedded stack arn:\S+ was not successfully created: /);
  expect(result.status).toBe('ROLLBACK_COMPLETE');
  expect(inner(aWorld).status).toBe('DELETE_COMPLETE');
});

test('a nested stack is updated back when its parent rolls back', async () => {
  const aWorld = world();
  const resources = (Size: string) => ({ Nested: one(Size), Bad: custom({ Size }, { DependsOn: 'Nested' }) });
  await aWorld.create(resources('s'));
  aWorld.answer = event => event.LogicalResourceId === 'Bad' && event.ResourceProperties.Size === 'l' ? failure('broken') : success(event.PhysicalResourceId!);
  expect((await aWorld.update(resources('l'))).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(inner(aWorld).parameters.Size).toBe('s');
});

test('an update that is cancelled cancels the one of the nested stack', async () => {
  const aWorld = world();
  await aWorld.create({ Nested: one('s') });
  aWorld.answer = event => event.ResourceProperties.Size === 'l' ? silent : success(event.PhysicalResourceId!);
  const { done } = aWorld.cfn.beginUpdate({ stackName: 'Stack', template: { Resources: { Nested: one('l') } } });
  await aWorld.clock.advance(60_000);
  aWorld.cfn.cancelUpdate('Stack');
  expect((await aWorld.clock.run(done)).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(inner(aWorld).parameters.Size).toBe('s');
  expect(inner(aWorld).status).toMatch(/^UPDATE_(ROLLBACK_)?COMPLETE$/);
});

test('a parent is deleted while its nested stack is being created', async () => {
  const aWorld = world();
  aWorld.answer = event => event.RequestType === 'Create' ? silent : success(event.PhysicalResourceId!);
  const { done } = aWorld.cfn.beginCreate({ stackName: 'Stack', template: { Resources: { Nested: one('s') } } });
  await aWorld.clock.advance(60_000);
  expect((await aWorld.delete()).status).toBe('DELETE_COMPLETE');
  await done;
  expect(aWorld.requests()).toEqual(['Create Inner', expect.stringMatching(/^Delete Inner Stack-Nested-/)]);
});

test('a creation with a nested stack goes on after the engine has ended', async () => {
  const aWorld = world();
  aWorld.answer = () => success('id', {}, 10);
  void aWorld.cfn.beginCreate({ stackName: 'Stack', template: { Resources: { Nested: one('s'), Reader: reader } } }).done;
  await aWorld.clock.advance(5000);
  const next = aWorld.restart({ templateAt });
  await next.clock.run(Promise.all(next.cfn.resume().map(({ done }) => done)));
  expect([next.cfn.describe('Stack').status, inner(next).status]).toEqual(['CREATE_COMPLETE', 'CREATE_COMPLETE']);
  expect([...aWorld.requests(), ...next.requests()]).toEqual(['Create Inner', 'Create Reader']);
});

test('an output that the nested stack does not have, and a template that is not there', async () => {
  const missing = await world().create({ Nested: one('s'), Reader: custom({ Of: { 'Fn::GetAtt': ['Nested', 'Outputs.Nothing'] } }) });
  expect(reasonOf(missing, 'Reader', 'CREATE_FAILED')).toContain('Output Nothing not found in stack arn:');
  const nowhere = await new World().create({ Nested: one('s') });
  expect(reasonOf(nowhere, 'Nested', 'CREATE_FAILED')).toBe('No template exists at https://bucket/one.');
  expect(history(nowhere).at(-1)).toBe('Stack ROLLBACK_COMPLETE');
});
