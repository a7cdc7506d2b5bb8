import { custom, failure, history, success, World } from './world';
import type { ChangeSetInput, ResourceChange } from '../../../local/cloudformation';

const bucket = (BucketName: unknown, rest: object = {}) => ({ Type: 'AWS::S3::Bucket', Properties: { BucketName }, ...rest });

function create(world: World, Resources: object, input: Partial<ChangeSetInput> & { readonly rest?: object } = {}) {
  const { rest, ...others } = input;
  return world.cfn.createChangeSet({ stackName: 'Stack', changeSetName: 'changes', template: { Resources, ...rest }, ...others });
}
const execute = (world: World, input = {}) => world.clock.run(world.cfn.executeChangeSet('changes', 'Stack', input));

/** The changes in short. */
function short({ action, logicalResourceId, replacement, details }: ResourceChange): string {
  const causes = details.map(({ target: { attribute, name, requiresRecreation }, evaluation, changeSource, causingEntity }) =>
    [name ?? attribute, requiresRecreation, evaluation, changeSource, causingEntity].filter(Boolean).join(' '));
  return [action, logicalResourceId, replacement, ...causes.map(cause => `(${cause})`)].filter(Boolean).join(' ');
}

test('a change set for a creation makes a stack that is in review, and its execution creates the resources', async () => {
  const world = new World();
  const changeSet = create(world, { Thing: custom() }, { changeSetType: 'CREATE', description: 'first', tags: { a: 'b' } });
  expect(changeSet).toMatchObject({ status: 'CREATE_COMPLETE', executionStatus: 'AVAILABLE', description: 'first', tags: { a: 'b' } });
  expect(changeSet.changes.map(short)).toEqual(['Add Thing']);
  expect(changeSet.changeSetId).toMatch(/^arn:aws:cloudformation:eu-west-1:111122223333:changeSet\/changes\/[-0-9a-f]{36}$/);
  expect(world.cfn.describe('Stack')).toMatchObject({ stackId: changeSet.stackId, status: 'REVIEW_IN_PROGRESS', resources: {} });

  const result = await execute(world);
  expect(result.status).toBe('CREATE_COMPLETE');
  expect(world.cfn.describe('Stack').events.map(({ resourceStatus }) => resourceStatus).slice(0, 2)).toEqual(['REVIEW_IN_PROGRESS', 'CREATE_IN_PROGRESS']);
  expect(world.cfn.describe('Stack').tags).toEqual({ a: 'b' });
  expect(world.cfn.describeChangeSet(changeSet.changeSetId).executionStatus).toBe('EXECUTE_COMPLETE');
});

test('a stack in review can only be created by a change set, or be deleted', async () => {
  const world = new World();
  create(world, { Thing: custom() }, { changeSetType: 'CREATE' });
  await expect(world.update({ Thing: custom() })).rejects.toThrow('is in REVIEW_IN_PROGRESS state and can not be updated');
  expect((await world.delete()).status).toBe('DELETE_COMPLETE');
  expect(world.requests()).toEqual([]);
});

test('resources that come, change and go', async () => {
  const world = new World();
  await world.create({ Same: custom(), Changed: custom({ Size: 1 }, { Metadata: { a: 1 } }), Gone: custom(), Kept: custom({}, { DeletionPolicy: 'Retain' }) });
  const { changes } = create(world, { Same: custom(), Changed: custom({ Size: 2 }, { Metadata: { a: 2 } }), New: custom() });
  expect(changes.map(short)).toEqual([
    'Add New',
    'Modify Changed False (Size Never Static DirectModification) (Metadata Never Static DirectModification)',
    'Remove Gone',
    'Remove Kept',
  ]);
  expect(changes.map(({ policyAction }) => policyAction)).toEqual([undefined, undefined, 'Delete', 'Retain']);
  expect(changes[1]).toMatchObject({ physicalResourceId: 'Changed-1', resourceType: 'Custom::Thing', scope: ['Properties', 'Metadata'] });
  expect(changes[1].details[0].target).toMatchObject({ path: '/Properties/Size', beforeValue: '1', afterValue: '2', attributeChangeType: 'Modify' });
});

test('a replacement, and what reads it', async () => {
  const world = new World();
  const resources = (name: string, rest: object = {}) => ({ Bucket: bucket(name, rest), Reader: custom({ Name: { Ref: 'Bucket' }, Arn: { 'Fn::GetAtt': ['Bucket', 'Arn'] } }) });
  await world.create(resources('one'));
  const { changes } = create(world, resources('two', { UpdateReplacePolicy: 'Retain' }));
  expect(changes.map(short)).toEqual([
    'Modify Bucket True (BucketName Always Static DirectModification) (UpdateReplacePolicy Never Static DirectModification)',
    'Modify Reader False (Name Never Dynamic ResourceReference Bucket) (Arn Never Dynamic ResourceAttribute Bucket.Arn)',
  ]);
  expect(changes[0].policyAction).toBe('ReplaceAndRetain');
  expect(changes[1].details[0].target.afterValue).toBe('{{changeSet:KNOWN_AFTER_APPLY}}');
});

test('a resource that may be replaced, because of what it reads', async () => {
  const world = new World();
  const resources = (Size: number) => ({ Thing: custom({ Size }), Bucket: bucket({ 'Fn::GetAtt': ['Thing', 'Name'] }) });
  world.answer = event => success('id', { Name: `name-${event.ResourceProperties.Size}` });
  await world.create(resources(1));
  expect(create(world, resources(2)).changes.map(short)).toEqual([
    'Modify Thing False (Size Never Static DirectModification)',
    'Modify Bucket Conditional (BucketName Always Dynamic ResourceAttribute Thing.Name)',
  ]);
});

test('a property that reads a new resource through functions, and one that a parameter changes', async () => {
  const world = new World();
  const rest = { Parameters: { Size: { Type: 'String' } } };
  const part = { 'Fn::Select': [5, { 'Fn::Split': [':', { 'Fn::GetAtt': ['New', 'Arn'] }] }] };
  await world.create({ Thing: custom({ Part: 'none', Size: { Ref: 'Size' } }) }, rest, { parameters: { Size: 's' } });
  const { changes } = create(world, { Thing: custom({ Part: part, Size: { Ref: 'Size' } }), New: bucket('new') }, { rest, parameters: { Size: 'l' } });
  expect(changes.map(short)).toEqual([
    'Add New',
    'Modify Thing False (Part Never Dynamic ResourceAttribute New.Arn) (Size Never Static ParameterReference Size)',
  ]);
});

test('the tags of a stack change the tags of its resources', async () => {
  const world = new World();
  const role = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {}, Tags: [{ Key: 'own', Value: '1' }] } };
  await world.create({ Role: role }, {}, { tags: { own: '2', all: 'a' } });
  expect(world.cfn.describe('Stack').resources.Role.properties.Tags).toEqual([{ Key: 'own', Value: '1' }, { Key: 'all', Value: 'a' }]);
  expect(create(world, { Role: role }, { tags: { all: 'b' } }).changes.map(short)).toEqual(['Modify Role False (Tags Never Static DirectModification)']);
});

test('a change set without changes fails and cannot be executed', async () => {
  const world = new World();
  await world.create({ Thing: custom() });
  const changeSet = create(world, { Thing: custom() });
  expect(changeSet).toMatchObject({
    status: 'FAILED',
    statusReason: "The submitted information didn't contain changes. Submit different information to create a change set.",
    executionStatus: 'UNAVAILABLE',
    changes: [],
  });
  await expect(execute(world)).rejects.toMatchObject({
    code: 'InvalidChangeSetStatus', message: `ChangeSet [${changeSet.changeSetId}] cannot be executed in its current status of [FAILED]`,
  });
});

test('a change of outputs only has no changes of resources, and can be executed', async () => {
  const world = new World();
  await world.create({ Thing: custom() });
  expect(create(world, { Thing: custom() }, { rest: { Outputs: { Id: { Value: { Ref: 'Thing' } } } } })).toMatchObject({ status: 'CREATE_COMPLETE', changes: [] });
  expect((await execute(world)).outputs).toEqual({ Id: 'Thing-1' });
});

test('an execution deletes the other change sets, another update makes them obsolete', async () => {
  const world = new World();
  await world.create({ Thing: custom({ Size: 1 }) });
  create(world, { Thing: custom({ Size: 2 }) });
  create(world, { Thing: custom({ Size: 3 }) }, { changeSetName: 'other' });
  expect(world.cfn.listChangeSets('Stack').map(({ changeSetName }) => changeSetName)).toEqual(['changes', 'other']);
  await execute(world);
  expect(world.cfn.listChangeSets('Stack').map(({ changeSetName, executionStatus }) => [changeSetName, executionStatus])).toEqual([['changes', 'EXECUTE_COMPLETE']]);

  create(world, { Thing: custom({ Size: 4 }) }, { changeSetName: 'late' });
  await world.update({ Thing: custom({ Size: 5 }) });
  expect(world.cfn.describeChangeSet('late', 'Stack').executionStatus).toBe('OBSOLETE');
});

test('an execution that fails says so, and rolls back or not as it is told', async () => {
  const world = new World();
  await world.create({ Thing: custom({ Size: 1 }) });
  world.answer = event => event.ResourceProperties.Size === '2' ? failure('broken') : success(event.PhysicalResourceId!);
  create(world, { Thing: custom({ Size: 2 }) });
  const result = await execute(world, { disableRollback: true });
  expect(history(result).at(-1)).toBe('Stack UPDATE_FAILED');
  expect(world.cfn.describeChangeSet('changes', 'Stack').executionStatus).toBe('EXECUTE_FAILED');
});

test('a failed creation by a change set deletes its stack, when it is told to', async () => {
  const world = new World();
  world.answer = event => event.RequestType === 'Create' ? failure('broken') : success(event.PhysicalResourceId!);
  create(world, { Thing: custom() }, { changeSetType: 'CREATE', onStackFailure: 'DELETE' });
  expect((await execute(world)).status).toBe('DELETE_COMPLETE');
});

test('names that are not there, or there already', async () => {
  const world = new World();
  expect(() => create(world, { Thing: custom() })).toThrow('Stack [Stack] does not exist');
  create(world, { Thing: custom() }, { changeSetType: 'CREATE', clientRequestToken: 'one' });
  expect(create(world, { Thing: custom() }, { changeSetType: 'CREATE', clientRequestToken: 'one' }).changeSetName).toBe('changes');
  expect(() => create(world, { Thing: custom() }, { changeSetType: 'CREATE' })).toThrow('ChangeSet [changes] already exists');
  await execute(world);
  expect(() => create(world, { Thing: custom() }, { changeSetType: 'CREATE', changeSetName: 'again' }))
    .toThrow('Stack [Stack] already exists and cannot be created again with the changeSet [again].');
  world.cfn.deleteChangeSet('changes', 'Stack');
  world.cfn.deleteChangeSet('changes', 'Stack');
  expect(() => world.cfn.describeChangeSet('changes', 'Stack')).toThrow(expect.objectContaining({ code: 'ChangeSetNotFound' }));
});

test('a template that is refused leaves neither a change set nor a stack', () => {
  const world = new World();
  expect(() => create(world, { Thing: custom({ Of: { Ref: 'Nothing' } }) }, { changeSetType: 'CREATE' })).toThrow('Unresolved resource dependencies [Nothing]');
  expect(world.cfn.list()).toEqual([]);
});
