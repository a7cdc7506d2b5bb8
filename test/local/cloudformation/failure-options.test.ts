import { custom, failure, history, reasonOf, silent, success, World } from './world';
import type { DeletionInput } from '../../../local/cloudformation';

const NO_ROLLBACK = { disableRollback: true };
const bucket = (BucketName: string) => ({ Type: 'AWS::S3::Bucket', Properties: { BucketName } });
const isBad = (size: string): World['answer'] => event =>
  event.LogicalResourceId === 'Bad' && event.ResourceProperties.Size === size && event.RequestType !== 'Delete' ? failure('broken', 'bad-0') : success(event.PhysicalResourceId ?? `${event.LogicalResourceId}-1`);
const rollBack = (world: World, input = {}) => world.clock.run(world.cfn.rollbackStack('Stack', input));

test('without a rollback a failure stops only what depends on it', async () => {
  const world = new World();
  world.answer = event => event.LogicalResourceId === 'Bad' ? failure('broken', 'bad', 1) : success('id', {}, 10);
  const result = await world.create({ Bad: custom(), After: custom({}, { DependsOn: 'Bad' }), Slow: custom(), Next: custom({}, { DependsOn: 'Slow' }) }, {}, NO_ROLLBACK);
  expect(result).toMatchObject({ status: 'CREATE_FAILED', statusReason: 'The following resource(s) failed to create: [Bad]. ' });
  expect(world.requests()).toEqual(['Create Bad', 'Create Slow', 'Create Next']);
});

test('a creation that failed without a rollback goes on with an update that has none either; what failed is deleted and made anew', async () => {
  const world = new World();
  world.answer = isBad('1');
  const resources = (Size: number) => ({ Good: custom(), Bad: custom({ Size }), After: custom({ Of: { Ref: 'Bad' } }) });
  await world.create(resources(1), {}, NO_ROLLBACK);
  await expect(world.update(resources(2))).rejects.toThrow(
    'This stack is currently in a non-terminal [CREATE_FAILED] state. To update the stack from this state, please use the disable-rollback parameter ' +
    'with update-stack API. To rollback to the last known good state, use the rollback-stack API');
  const result = await world.update(resources(2), {}, NO_ROLLBACK);
  expect(result.status).toBe('UPDATE_COMPLETE');
  expect(world.requests()).toEqual(['Create Good', 'Create Bad', 'Delete Bad bad-0', 'Create Bad', 'Create After']);
});

test('the same template again retries what failed', async () => {
  const world = new World();
  world.answer = isBad('1');
  await world.create({ Bad: custom({ Size: 1 }) }, {}, NO_ROLLBACK);
  expect((await world.update({ Bad: custom({ Size: 1 }) }, {}, NO_ROLLBACK)).status).toBe('UPDATE_FAILED');
  world.answer = isBad('none');
  expect((await world.update({ Bad: custom({ Size: 1 }) }, {}, NO_ROLLBACK)).status).toBe('UPDATE_COMPLETE');
});

test('a failed creation is rolled back on demand, and so is an update after it', async () => {
  const world = new World();
  world.answer = isBad('1');
  await world.create({ Good: custom(), Bad: custom({ Size: 1 }) }, {}, NO_ROLLBACK);
  await world.update({ Good: custom(), Bad: custom({ Size: 1 }), More: custom() }, {}, NO_ROLLBACK);
  const result = await rollBack(world);
  expect(result.status).toBe('ROLLBACK_COMPLETE');
  expect(history(result)).toEqual(expect.arrayContaining(['Stack ROLLBACK_IN_PROGRESS', 'Good DELETE_COMPLETE', 'Bad DELETE_COMPLETE', 'More DELETE_COMPLETE']));
  await expect(rollBack(world)).rejects.toThrow('is in ROLLBACK_COMPLETE state');
});

test('a failed update without a rollback returns the failed resource to its last stable state and keeps the others', async () => {
  const world = new World();
  const resources = (Size: number) => ({ Good: custom({ Size }), Bad: custom({ Size }, { DependsOn: 'Good' }) });
  await world.create(resources(1));
  world.answer = isBad('2');
  const result = await world.update(resources(2), {}, NO_ROLLBACK);
  expect(result).toMatchObject({ status: 'UPDATE_FAILED', statusReason: 'The following resource(s) failed to update: [Bad]. ' });
  expect(world.sent.slice(2).map(({ LogicalResourceId, ResourceProperties }) => [LogicalResourceId, ResourceProperties.Size]))
    .toEqual([['Good', '2'], ['Bad', '2'], ['Bad', '1']]);
  expect(world.cfn.describe('Stack').resources.Bad).toMatchObject({ status: 'UPDATE_FAILED', statusReason: expect.stringContaining('broken') });

  const fixed = await world.update(resources(3), {}, NO_ROLLBACK);
  expect(fixed.status).toBe('UPDATE_COMPLETE');
  expect(world.sent.at(-1)).toMatchObject({ LogicalResourceId: 'Bad', ResourceProperties: { Size: '3' }, OldResourceProperties: { Size: '1' } });
});

test('a failed update is rolled back on demand to what was there before the first of several', async () => {
  const world = new World();
  const resources = (Size: number) => ({ Good: custom({ Size }), Bad: custom({ Size }, { DependsOn: 'Good' }) });
  const template = { Outputs: { Id: { Value: { Ref: 'Good' } } } };
  await world.create(resources(1), template);
  world.answer = event => isBad(event.ResourceProperties.Size === '1' ? 'none' : String(event.ResourceProperties.Size))(event);
  await world.update(resources(2), template, NO_ROLLBACK);
  await world.update({ ...resources(3), Added: custom() }, template, NO_ROLLBACK);
  const result = await rollBack(world);
  expect(result).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE', outputs: { Id: 'Good-1' } });
  const { resources: now, stable } = world.cfn.describe('Stack');
  expect(Object.values(now).map(({ logicalId, properties }) => [logicalId, properties.Size])).toEqual([['Good', 1], ['Bad', 1]]);
  expect(stable).toBeUndefined();
});

test('what a failed update has created goes with the rollback, on demand also where it is to be retained', async () => {
  for (const retainExceptOnCreate of [true, false]) {
    const world = new World();
    world.answer = isBad('2');
    await world.create({ Bad: custom({ Size: 1 }) });
    await world.update({ Bad: custom({ Size: 2 }, { DependsOn: 'Added' }), Added: custom({}, { DeletionPolicy: 'Retain' }) }, {}, NO_ROLLBACK);
    expect(history(await rollBack(world, { retainExceptOnCreate }))).toContain(`Added ${retainExceptOnCreate ? 'DELETE_COMPLETE' : 'DELETE_SKIPPED'}`);
  }
});

test('nothing is replaced without a rollback', async () => {
  const world = new World();
  await world.create({ Bucket: bucket('one') });
  const result = await world.update({ Bucket: bucket('two') }, {}, NO_ROLLBACK);
  expect(reasonOf(result, 'Bucket', 'UPDATE_FAILED')).toBe('Replacement type updates not supported on stack with disable-rollback.');
  expect(result.status).toBe('UPDATE_FAILED');
});

test('a rollback that failed is continued, without the resources that are to be skipped', async () => {
  const world = new World();
  const resources = (Size: number) => ({ Good: custom({ Size }), Bad: custom({ Size }, { DependsOn: 'Good' }) });
  await world.create(resources(1));
  world.answer = event => event.LogicalResourceId === 'Bad' ? failure('broken') : success(event.PhysicalResourceId!);
  expect((await world.update(resources(2))).status).toBe('UPDATE_ROLLBACK_FAILED');
  await expect(world.update(resources(3))).rejects.toThrow('is in UPDATE_ROLLBACK_FAILED state and can not be updated');

  const carryOn = (resourcesToSkip?: string[]) => world.clock.run(world.cfn.continueUpdateRollback('Stack', { resourcesToSkip }));
  expect((await carryOn()).status).toBe('UPDATE_ROLLBACK_FAILED');
  await expect(carryOn(['Good'])).rejects.toThrow('not in UPDATE_FAILED state: [Good]');
  const before = world.sent.length;
  const result = await carryOn(['Bad']);
  expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(history(result)).toEqual([
    'Stack UPDATE_ROLLBACK_IN_PROGRESS', 'Bad UPDATE_COMPLETE', 'Stack UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', 'Stack UPDATE_ROLLBACK_COMPLETE',
  ]);
  expect(world.sent).toHaveLength(before);
  await expect(carryOn()).rejects.toThrow('is in UPDATE_ROLLBACK_COMPLETE state');
});

test('a cancelled update is rolled back although a failed one would not be', async () => {
  const world = new World();
  await world.create({ Thing: custom({ Size: 1 }) });
  world.answer = event => event.ResourceProperties.Size === '2' ? silent : success(event.PhysicalResourceId!);
  const { done } = world.cfn.beginUpdate({ stackName: 'Stack', template: { Resources: { Thing: custom({ Size: 2 }) } }, ...NO_ROLLBACK });
  await world.clock.advance(60_000);
  world.cfn.cancelUpdate('Stack');
  expect((await world.clock.run(done)).status).toBe('UPDATE_ROLLBACK_COMPLETE');
});

test('the return of a failed resource that a cancellation interrupts is done again by the rollback', async () => {
  const world = new World();
  const resources = (Size: number) => ({ Bad: custom({ Size }), Slow: custom({ Size }) });
  await world.create(resources(1));
  const bad = isBad('2');
  world.answer = event => (event.LogicalResourceId === 'Slow' || event.ResourceProperties.Size === '1' ? silent : bad(event));
  const { done } = world.cfn.beginUpdate({ stackName: 'Stack', template: { Resources: resources(2) }, ...NO_ROLLBACK });
  await world.clock.advance(60_000);
  expect(world.requests().slice(2).sort()).toEqual(['Update Bad Bad-1', 'Update Bad Bad-1', 'Update Slow Slow-1']);
  world.answer = event => success(event.PhysicalResourceId!);
  world.cfn.cancelUpdate('Stack');
  expect((await world.clock.run(done)).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(world.requests().slice(5).sort()).toEqual(['Update Bad Bad-1', 'Update Slow Slow-1']);
});

test.each([
  ['DO_NOTHING', 'CREATE_FAILED'],
  ['ROLLBACK', 'ROLLBACK_COMPLETE'],
  ['DELETE', 'DELETE_COMPLETE'],
] as const)('a failed creation with OnFailure %s ends in %s', async (onFailure, status) => {
  const world = new World();
  world.answer = isBad('1');
  expect((await world.create({ Bad: custom({ Size: 1 }) }, {}, { onFailure })).status).toBe(status);
});

test('a protected stack cannot be deleted until its protection is taken away', async () => {
  const world = new World();
  await world.create({ Thing: custom() }, {}, { enableTerminationProtection: true });
  await expect(world.delete()).rejects.toThrow('Stack [Stack] cannot be deleted while TerminationProtection is enabled');
  world.cfn.updateTerminationProtection('Stack', false);
  expect((await world.delete()).status).toBe('DELETE_COMPLETE');
});

test('an operation is under way when it has begun, and a request that is repeated with its token begins nothing again', async () => {
  const world = new World();
  const create = () => world.cfn.beginCreate({ stackName: 'Stack', template: { Resources: { Thing: custom() } }, clientRequestToken: 'one' });
  const [first, again] = [create(), create()];
  expect(world.cfn.describe('Stack').status).toBe('CREATE_IN_PROGRESS');
  expect(again.stackId).toBe(first.stackId);
  const [result] = await world.clock.run(Promise.all([first.done, again.done]));
  expect(result.events.map(({ clientRequestToken }) => clientRequestToken)).toEqual(Array(5).fill('one'));
  expect(world.requests()).toEqual(['Create Thing']);

  const remove = (input: DeletionInput) => world.cfn.beginDelete('Stack', input)!;
  const deletions = [remove({ clientRequestToken: 'two' }), remove({ clientRequestToken: 'three' })];
  await world.clock.run(Promise.all(deletions.map(({ done }) => done)));
  expect(world.requests()).toEqual(['Create Thing', 'Delete Thing Thing-1']);
});

test('what a stack does not give anew it keeps', async () => {
  const world = new World();
  const template = (extra: object) => ({
    Parameters: { Size: { Type: 'String', Default: 's' }, Other: { Type: 'String' } },
    Resources: { Thing: custom({ Size: { Ref: 'Size' }, Other: { Ref: 'Other' }, ...extra }) },
  });
  await world.create({}, {}, { template: template({}), parameters: { Size: 'xl', Other: 'o' }, tags: { a: 'b' } });
  const previous = { usePreviousValue: true } as const;
  await world.update({}, {}, { template: undefined, parameters: { Size: previous, Other: 'p' } });
  expect(world.sent.at(-1)!.ResourceProperties).toMatchObject({ Size: 'xl', Other: 'p' });
  expect(world.cfn.describe('Stack')).toMatchObject({ parameters: { Size: 'xl', Other: 'p' }, tags: { a: 'b' } });
  await expect(world.update({}, {}, { template: template({ New: 1 }), parameters: { Newer: previous } })).rejects
    .toThrow('Invalid input for parameter key Newer. Cannot specify usePreviousValue as true for a parameter key not in the previous template');
});
