import { custom, failure, history, silent, success, World } from './world';
import { Clock } from '../../../local/clock';
import type { StackState } from '../../../local/cloudformation';

/** The engine has begun something and ends after some seconds; the next one finishes it. */
async function interrupted(world: World, begun: { readonly done: Promise<unknown> }, seconds: number): Promise<World> {
  void begun.done;
  await world.clock.advance(seconds * 1000);
  return world.restart();
}

const begin = (world: World, Resources: object, rest: object = {}) => world.cfn.beginCreate({ stackName: 'Stack', template: { Resources, ...rest } });
const update = (world: World, Resources: object, rest: object = {}) => world.cfn.beginUpdate({ stackName: 'Stack', template: { Resources, ...rest } });
const three = (Size = 1) => ({ First: custom({ Size }), Second: custom({ Size, Of: { Ref: 'First' } }), Third: custom({ Size, Of: { Ref: 'Second' } }) });
const bucket = { Type: 'AWS::S3::Bucket' };

test('a creation goes on: what is complete stays, what waits for its response waits, what has not begun begins', async () => {
  const world = new World();
  world.answer = () => success('id', {}, 10);
  const next = await interrupted(world, begin(world, three(), { Outputs: { Id: { Value: { Ref: 'Third' } } } }), 15);
  const result = await next.resume();
  expect(world.requests()).toEqual(['Create First', 'Create Second']);
  expect(next.requests()).toEqual(['Create Third']);
  expect(result).toMatchObject({ status: 'CREATE_COMPLETE', outputs: { Id: 'id' } });
  expect(history({ ...result, events: next.cfn.describe('Stack').events })).toEqual([
    'Stack CREATE_IN_PROGRESS',
    ...['First', 'Second', 'Third'].flatMap(id => [`${id} CREATE_IN_PROGRESS`, `${id} CREATE_IN_PROGRESS`, `${id} CREATE_COMPLETE`]),
    'Stack CREATE_COMPLETE',
  ]);
});

test('a response that never comes is waited for until its hour is over, not for another hour', async () => {
  const world = new World();
  world.answer = event => event.RequestType === 'Create' ? silent : success(event.PhysicalResourceId!);
  const start = world.clock.now();
  const next = await interrupted(world, begin(world, { Thing: custom() }), 1800);
  expect((await next.resume()).status).toBe('ROLLBACK_COMPLETE');
  expect(next.clock.now() - start).toBe(3601_000);
});

test('an update goes on, with its replacement and its clean-up', async () => {
  const world = new World();
  const bySize: World['answer'] = event => success(event.RequestType === 'Delete' ? event.PhysicalResourceId! : `${event.LogicalResourceId}-${event.ResourceProperties.Size}`, {}, 10);
  world.answer = bySize;
  await world.create({ ...three(1), Gone: custom() });
  let next = await interrupted(world, update(world, three(2)), 15);
  expect(next.cfn.describe('Stack').resources.Second.status).toBe('UPDATE_IN_PROGRESS');
  next = await interrupted(next, next.cfn.resume()[0], 25);
  expect(next.cfn.describe('Stack').status).toBe('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  const result = await next.resume();
  expect(result.status).toBe('UPDATE_COMPLETE');
  const { resources, leftovers, stable } = next.cfn.describe('Stack');
  expect(Object.values(resources).map(({ physicalId }) => physicalId)).toEqual(['First-2', 'Second-2', 'Third-2']);
  expect([leftovers, stable]).toEqual([[], undefined]);
  const deleted = next.cfn.describe('Stack').events.filter(({ resourceStatus }) => resourceStatus === 'DELETE_COMPLETE');
  expect(deleted.map(({ physicalResourceId }) => physicalResourceId).sort()).toEqual(['First-1', 'Gone-undefined', 'Second-1', 'Third-1']);
});

test('the rollback of an update goes on', async () => {
  const world = new World();
  world.answer = event => success(event.PhysicalResourceId ?? 'id', {}, 10);
  await world.create(three(1));
  world.answer = event => event.LogicalResourceId === 'Third' && event.ResourceProperties.Size === '2' ? failure('broken') : success(event.PhysicalResourceId!, {}, 10);
  const next = await interrupted(world, update(world, three(2)), 25);
  expect(next.cfn.describe('Stack').status).toBe('UPDATE_ROLLBACK_IN_PROGRESS');
  expect((await next.resume()).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(next.requests()).toEqual(['Update Second id', 'Update Third id']);
  expect(Object.values(next.cfn.describe('Stack').resources).map(({ properties }) => properties.Size)).toEqual([1, 1, 1]);
});

test('the rollback of a creation goes on', async () => {
  const world = new World();
  world.answer = event => event.LogicalResourceId === 'Third' && event.RequestType === 'Create' ? failure('broken', 'third', 5) : success(event.PhysicalResourceId ?? 'id', {}, 10);
  const next = await interrupted(world, begin(world, three()), 30);
  expect(next.cfn.describe('Stack').status).toBe('ROLLBACK_IN_PROGRESS');
  expect((await next.resume()).status).toBe('ROLLBACK_COMPLETE');
  expect([...world.requests(), ...next.requests()].slice(3)).toEqual(['Delete Third third', 'Delete Second id', 'Delete First id']);
});

test('a deletion goes on', async () => {
  const world = new World();
  await world.create(three());
  world.answer = event => success(event.PhysicalResourceId!, {}, 10);
  const next = await interrupted(world, world.cfn.beginDelete('Stack')!, 15);
  expect((await next.resume()).status).toBe('DELETE_COMPLETE');
  expect(world.requests().slice(3)).toEqual(['Delete Third Third-1', 'Delete Second Second-1']);
  expect(next.requests()).toEqual(['Delete First First-1']);
});

test('a native resource in progress is taken up again under its name', async () => {
  const world = new World();
  const next = await interrupted(world, begin(world, { Bucket: bucket }), 0.5);
  const { physicalId } = next.cfn.describe('Stack').resources.Bucket;
  expect((await next.resume()).status).toBe('CREATE_COMPLETE');
  expect(next.cfn.describe('Stack').resources.Bucket.physicalId).toBe(physicalId);
});

test('a native replacement in progress is taken up again, and the old resource goes', async () => {
  const world = new World();
  const named = (BucketName: string) => ({ Bucket: { ...bucket, Properties: { BucketName } } });
  await world.create(named('one'));
  const next = await interrupted(world, update(world, named('two')), 0.5);
  const result = await next.resume();
  expect(result.status).toBe('UPDATE_COMPLETE');
  expect(next.cfn.describe('Stack').resources.Bucket.physicalId).toBe('two');
  expect(history(result)).toEqual(expect.arrayContaining(['Bucket UPDATE_COMPLETE', 'Bucket DELETE_COMPLETE']));
});

test('a native update in progress is not asked for twice', async () => {
  const put = jest.fn();
  const resourceTypes = { 'AWS::S3::Bucket': { physicalId: () => 'mine', put } };
  const world = new World({ resourceTypes });
  const tagged = (Value: string) => ({ Bucket: { ...bucket, Properties: { Tags: [{ Key: 'size', Value }] } } });
  await world.create(tagged('1'));
  void update(world, tagged('2')).done;
  await world.clock.advance(500);
  const next = world.restart({ resourceTypes });
  expect((await next.resume()).status).toBe('UPDATE_COMPLETE');
  expect(put).toHaveBeenCalledTimes(2);
});

test('a replacement that was in progress when something else failed is deleted', async () => {
  const world = new World();
  const resources = (name: string) => ({ Bucket: { ...bucket, Properties: { BucketName: name } }, Bad: custom({ Name: name }) });
  await world.create(resources('one'));
  world.answer = event => event.ResourceProperties.Name === 'two' ? failure('broken', 'x', 0.5) : success(event.PhysicalResourceId!);
  const saved: StackState[] = [];
  world.cfn.on('change', stack => saved.push(JSON.parse(JSON.stringify(stack))));
  await world.update(resources('two'));
  const between = saved.filter(({ status, resources: { Bad, Bucket } }) => status === 'UPDATE_IN_PROGRESS' && Bad.status === 'UPDATE_FAILED' && Bucket.replacement);
  expect(between).toHaveLength(1);
  const next = new World({ stacks: between }, new Clock({ startAt: new Date(world.clock.now()) }), world);
  next.answer = world.answer;
  const result = await next.resume();
  expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(result.events).toContainEqual(expect.objectContaining({ physicalResourceId: 'two', resourceStatus: 'DELETE_COMPLETE' }));
});

test('functions and state machines are made again from the stacks that have them; one whose asset is gone is told', async () => {
  const world = new World();
  await world.create({
    Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {} } },
    Fn: {
      Type: 'AWS::Lambda::Function',
      Properties: { Code: { S3Bucket: 'assets', S3Key: 'abc.zip' }, Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, Handler: 'index.handler', Runtime: 'nodejs22.x' },
    },
    Machine: { Type: 'AWS::StepFunctions::StateMachine', Properties: { RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, DefinitionString: '{"StartAt":"A"}' } },
  });
  const next = world.restart();
  expect(await next.cfn.restore()).toEqual([]);
  expect([...next.functions]).toEqual([...world.functions]);
  expect([...next.stateMachines]).toEqual([...world.stateMachines]);
  const without = world.restart({ assets: () => { throw new Error('no asset'); } });
  expect(await without.cfn.restore()).toEqual([{ stackName: 'Stack', logicalId: 'Fn', reason: 'no asset' }]);
});

test('after each change of what is known of a stack a listener can save it, and an engine can take up every one of these states', async () => {
  const world = new World();
  const resources = (Size: number) => ({ ...three(Size), Bucket: { ...bucket, Properties: { BucketName: `bucket-${Size}` } } });
  world.answer = event => event.LogicalResourceId === 'Third' && event.ResourceProperties.Size === '3' && event.RequestType === 'Update'
    ? failure('broken')
    : success(event.PhysicalResourceId ?? 'id', {}, 2);
  const saved: string[] = [];
  world.cfn.on('change', stack => saved.push(JSON.stringify(stack)));
  const during = async (operation: () => Promise<{ readonly status: string }>, bucketName?: string) => {
    const { status } = await operation();
    for (const state of saved.splice(0)) {
      const next = new World({ stacks: [JSON.parse(state)] }, new Clock({ startAt: new Date(world.clock.now()) }), world);
      next.answer = world.answer;
      const [begun] = next.cfn.resume();
      if (begun) await next.clock.run(begun.done);
      const { stackId } = JSON.parse(state) as StackState;
      const { status: last, resources: now, leftovers, stable } = next.cfn.describe(stackId);
      expect([last, now.Bucket?.physicalId, leftovers, stable]).toEqual([status, bucketName, [], undefined]);
    }
    return status;
  };
  expect(await during(() => world.create(resources(1)), 'bucket-1')).toBe('CREATE_COMPLETE');
  expect(await during(() => world.update(resources(2)), 'bucket-2')).toBe('UPDATE_COMPLETE');
  expect(await during(() => world.update(resources(3)), 'bucket-2')).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await during(() => world.delete())).toBe('DELETE_COMPLETE');
});
