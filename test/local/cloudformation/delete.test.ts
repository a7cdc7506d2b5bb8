import { custom, failure, history, reasonOf, success, World } from './world';

test('resources are deleted in the reverse order, independent ones together', async () => {
  const world = new World();
  await world.create({ A: custom(), B: custom({ Of: { Ref: 'A' } }), C: custom({}, { DependsOn: 'A' }) });
  const result = await world.delete();
  expect(history(result)).toEqual([
    'Stack DELETE_IN_PROGRESS',
    'B DELETE_IN_PROGRESS',
    'C DELETE_IN_PROGRESS',
    'B DELETE_COMPLETE',
    'C DELETE_COMPLETE',
    'A DELETE_IN_PROGRESS',
    'A DELETE_COMPLETE',
    'Stack DELETE_COMPLETE',
  ]);
});

test('a failed Delete stops only what it depends on; the stack can be deleted again, or without the resource', async () => {
  const world = new World();
  await world.create({ A: custom(), B: custom({ Of: { Ref: 'A' } }), Other: custom() });
  world.answer = event => event.LogicalResourceId === 'B' ? failure('stuck', 'b') : success(event.PhysicalResourceId!);
  await expect(world.delete(['B'])).rejects.toThrow('DELETE_FAILED');
  const first = await world.delete();
  expect(first).toMatchObject({ status: 'DELETE_FAILED', statusReason: 'The following resource(s) failed to delete: [B]. ' });
  expect(reasonOf(first, 'B', 'DELETE_FAILED')).toContain('stuck');
  expect(Object.keys(world.cfn.describe('Stack').resources)).toEqual(['A', 'B']);
  const second = await world.delete(['B']);
  expect(second.status).toBe('DELETE_COMPLETE');
  expect(history(second)).toEqual(expect.arrayContaining(['B DELETE_SKIPPED', 'A DELETE_COMPLETE']));
});

test('a Delete that is never answered fails after an hour', async () => {
  const world = new World();
  await world.create({ Thing: custom() });
  world.answer = () => ({ silent: true });
  const started = world.clock.now();
  expect((await world.delete()).status).toBe('DELETE_FAILED');
  expect(world.clock.now() - started).toBe(3600_000);
});

test('a retained resource is skipped and gets no Delete', async () => {
  const world = new World();
  await world.create({ Kept: custom({}, { DeletionPolicy: 'Retain' }), KeptToo: custom({}, { DeletionPolicy: 'RetainExceptOnCreate' }), Gone: custom() });
  const result = await world.delete();
  expect(history(result)).toEqual(expect.arrayContaining(['Kept DELETE_SKIPPED', 'KeptToo DELETE_SKIPPED', 'Gone DELETE_COMPLETE']));
  expect(world.requests().slice(3)).toEqual(['Delete Gone Gone-1']);
});

test('in the rollback of a creation Retain keeps and RetainExceptOnCreate does not', async () => {
  const world = new World();
  world.answer = event => event.LogicalResourceId === 'Bad' && event.RequestType === 'Create' ? failure('broken') : success(event.PhysicalResourceId ?? 'id');
  const result = await world.create({
    Kept: custom({}, { DeletionPolicy: 'Retain' }),
    Gone: custom({}, { DeletionPolicy: 'RetainExceptOnCreate' }),
    Bad: custom({}, { DependsOn: ['Kept', 'Gone'] }),
  });
  expect(history(result)).toEqual(expect.arrayContaining(['Kept DELETE_SKIPPED', 'Gone DELETE_COMPLETE']));
});

test('a deleted stack is found by its id, its name is free, and to delete it again is no error', async () => {
  const world = new World();
  const { stackId } = await world.create({ Thing: custom() });
  await world.delete();
  expect(world.cfn.describe(stackId).status).toBe('DELETE_COMPLETE');
  expect(() => world.cfn.describe('Stack')).toThrow('Stack with id Stack does not exist');
  expect(await world.cfn.deleteStack('Stack')).toBeUndefined();
  expect((await world.create({ Thing: custom() })).stackId).not.toBe(stackId);
});

test('an export can be read by other stacks, and not be changed or deleted while it is', async () => {
  const world = new World();
  const exporting = (value: string) => ({ Outputs: { Out: { Value: value, Export: { Name: { 'Fn::Sub': '${AWS::StackName}-out' } } } } });
  await world.create({ Thing: custom() }, exporting('v1'));
  const importer = { Reader: custom({ Value: { 'Fn::ImportValue': 'Stack-out' } }) };
  await world.create(importer, {}, { stackName: 'Reader' });
  expect(world.sent[1].ResourceProperties.Value).toBe('v1');

  const changed = await world.update({ Thing: custom() }, exporting('v2'));
  expect(reasonOf(changed, 'Stack', 'UPDATE_ROLLBACK_IN_PROGRESS')).toBe('Export Stack-out cannot be updated as it is in use by Reader. ');
  expect(changed.outputs).toEqual({ Out: 'v1' });
  const deleted = await world.delete();
  expect(deleted).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE', statusReason: 'Delete canceled. Cannot delete export Stack-out as it is in use by Reader.' });

  await world.clock.run(world.cfn.deleteStack('Reader'));
  expect((await world.delete()).status).toBe('DELETE_COMPLETE');
});

test('an export that does not exist fails the stack, and so does one that exists already', async () => {
  const world = new World();
  const missing = await world.create({ Reader: custom({ Value: { 'Fn::ImportValue': 'nothing' } }) });
  expect(reasonOf(missing, 'Stack', 'ROLLBACK_IN_PROGRESS')).toBe('No export named nothing found. Rollback requested by user.');
  const outputs = { Outputs: { Out: { Value: 'v', Export: { Name: 'same' } } } };
  await world.create({ Thing: custom() }, outputs, { stackName: 'First' });
  const second = await world.create({ Thing: custom() }, outputs, { stackName: 'Second' });
  expect(second.status).toBe('ROLLBACK_COMPLETE');
  expect(reasonOf(second, 'Second', 'ROLLBACK_IN_PROGRESS')).toBe('Export with name same is already exported by stack First. Rollback requested by user.');
});
