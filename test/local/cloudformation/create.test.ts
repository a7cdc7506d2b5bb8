import { custom, failure, history, reasonOf, silent, success, World } from './world';

test('a stack of one resource: its events, in order', async () => {
  const world = new World();
  const seen: string[] = [];
  world.cfn.on('event', ({ logicalResourceId, resourceStatus, timestamp }) => seen.push(`${timestamp.slice(11, 19)} ${logicalResourceId} ${resourceStatus}`));
  const result = await world.create({ Thing: custom() });
  expect(seen).toEqual([
    '00:00:00 Stack CREATE_IN_PROGRESS',
    '00:00:00 Thing CREATE_IN_PROGRESS',
    '00:00:01 Thing CREATE_IN_PROGRESS',
    '00:00:01 Thing CREATE_COMPLETE',
    '00:00:01 Stack CREATE_COMPLETE',
  ]);
  expect(result.events.map(({ physicalResourceId }) => physicalResourceId)).toEqual([result.stackId, '', 'Thing-1', 'Thing-1', result.stackId]);
  expect(result.events.map(event => event.resourceStatusReason))
    .toEqual(['User Initiated', undefined, 'Resource creation Initiated', undefined, undefined]);
  expect(result.events[0].resourceType).toBe('AWS::CloudFormation::Stack');
});

test('independent resources start together, dependent ones when their own dependencies are complete', async () => {
  const world = new World();
  world.answer = event => success(event.LogicalResourceId, {}, event.LogicalResourceId === 'Slow' ? 100 : 10);
  const start = world.clock.now();
  const started: Record<string, number> = {};
  world.cfn.on('event', event => { started[event.logicalResourceId] ??= (new Date(event.timestamp).getTime() - start) / 1000; });
  await world.create({
    Slow: custom(),
    Quick: custom(),
    AfterQuick: custom({ Of: { Ref: 'Quick' } }),
    AfterBoth: custom({}, { DependsOn: ['Slow', 'AfterQuick'] }),
  });
  expect(started).toEqual({ Stack: 0, Slow: 0, Quick: 0, AfterQuick: 10, AfterBoth: 100 });
});

test('a failure cancels what is in progress, starts nothing more, and deletes what was started', async () => {
  const world = new World();
  world.answer = event => {
    if (event.RequestType === 'Delete') return success(event.PhysicalResourceId!);
    if (event.LogicalResourceId === 'Bad') return failure('broken', 'bad', 20);
    return success(`${event.LogicalResourceId}-1`, {}, event.LogicalResourceId === 'Slow' ? 100 : 10);
  };
  const result = await world.create({ Good: custom(), Slow: custom(), Bad: custom(), Never: custom({ Of: { Ref: 'Slow' } }) });
  expect(result.status).toBe('ROLLBACK_COMPLETE');
  expect(reasonOf(result, 'Slow', 'CREATE_FAILED')).toBe('Resource creation cancelled');
  expect(reasonOf(result, 'Stack', 'ROLLBACK_IN_PROGRESS'))
    .toBe('The following resource(s) failed to create: [Bad, Slow]. Rollback requested by user.');
  const deletes = world.requests().slice(3).sort();
  expect(deletes).toEqual(['Delete Bad bad', 'Delete Good Good-1', expect.stringMatching(/^Delete Slow Stack-Slow-[A-Za-z0-9]{12}$/)]);
  expect(world.sent.some(event => event.LogicalResourceId === 'Never')).toBe(false);
  expect(history(result).at(-1)).toBe('Stack ROLLBACK_COMPLETE');
});

test('a rollback deletes in the reverse order', async () => {
  const world = new World();
  world.answer = event => event.LogicalResourceId === 'C' && event.RequestType === 'Create' ? failure('broken', 'c-0') : success(event.PhysicalResourceId ?? 'id');
  await world.create({ A: custom(), B: custom({ Of: { Ref: 'A' } }), C: custom({}, { DependsOn: 'B' }) });
  expect(world.requests()).toEqual(['Create A', 'Create B', 'Create C', 'Delete C c-0', 'Delete B id', 'Delete A id']);
});

test('a rollback whose Delete fails ends in ROLLBACK_FAILED and leaves what the resource depends on', async () => {
  const world = new World();
  world.answer = event => event.LogicalResourceId === 'B' ? failure('stuck', 'b') : success('a');
  const result = await world.create({ A: custom(), B: custom({ Of: { Ref: 'A' } }) });
  expect(result.status).toBe('ROLLBACK_FAILED');
  expect(result.statusReason).toBe('The following resource(s) failed to delete: [B]. ');
  expect(reasonOf(result, 'B', 'DELETE_FAILED')).toContain('stuck');
  expect(world.requests()).toEqual(['Create A', 'Create B', 'Delete B b']);
  expect(Object.keys(world.cfn.describe('Stack').resources)).toEqual(['A', 'B']);
});

test('with the rollback disabled everything stays as it is', async () => {
  const world = new World();
  world.answer = event => event.LogicalResourceId === 'Bad' ? failure('broken', 'bad') : success('good');
  const result = await world.create({ Good: custom(), Bad: custom({}, { DependsOn: 'Good' }) }, {}, { disableRollback: true });
  expect(result.status).toBe('CREATE_FAILED');
  expect(result.statusReason).toBe('The following resource(s) failed to create: [Bad]. ');
  expect(world.requests()).toEqual(['Create Good', 'Create Bad']);
  world.answer = event => success(event.PhysicalResourceId!);
  expect((await world.delete()).status).toBe('DELETE_COMPLETE');
  expect(world.requests().slice(2)).toEqual(['Delete Bad bad', 'Delete Good good']);
});

test('a stack that was rolled back can only be deleted', async () => {
  const world = new World();
  world.answer = event => event.RequestType === 'Create' ? failure('broken') : success(event.PhysicalResourceId!);
  const { stackId } = await world.create({ Thing: custom() });
  await expect(world.update({ Thing: custom() })).rejects.toThrow(`Stack:${stackId} is in ROLLBACK_COMPLETE state and can not be updated.`);
  expect((await world.delete()).status).toBe('DELETE_COMPLETE');
});

test('deploy deletes what a failed creation left and creates anew, else it updates', async () => {
  const world = new World();
  const deploy = (Size: number) => world.clock.run(world.cfn.deploy({ stackName: 'Stack', template: { Resources: { Thing: custom({ Size }) } } }));
  world.answer = event => event.RequestType === 'Create' ? failure('broken') : success(event.PhysicalResourceId!);
  const first = await deploy(1);
  world.answer = event => success(event.PhysicalResourceId ?? 'id');
  const second = await deploy(1);
  const third = await deploy(2);
  expect([first.status, second.status, third.status]).toEqual(['ROLLBACK_COMPLETE', 'CREATE_COMPLETE', 'UPDATE_COMPLETE']);
  expect(second.stackId).not.toBe(first.stackId);
  expect(world.cfn.describe(first.stackId).status).toBe('DELETE_COMPLETE');
});

test('a name that is taken is refused', async () => {
  const world = new World();
  await world.create({ Thing: custom() });
  await expect(world.create({ Thing: custom() })).rejects.toMatchObject({ code: 'AlreadyExistsException', message: 'Stack [Stack] already exists' });
});

test('a stack that is being created can be deleted: what is in progress gets a Delete', async () => {
  const world = new World();
  world.answer = event => event.RequestType === 'Create' ? silent : success(event.PhysicalResourceId!);
  const creation = world.cfn.createStack({ stackName: 'Stack', template: { Resources: { Thing: custom(), Next: custom({}, { DependsOn: 'Thing' }) } } });
  await world.clock.advance(60_000);
  const result = await world.delete();
  await creation;
  expect(result.status).toBe('DELETE_COMPLETE');
  expect(world.requests()).toEqual(['Create Thing', expect.stringMatching(/^Delete Thing Stack-Thing-/)]);
  expect(history({ ...result, events: world.cfn.describe(result.stackId).events })).not.toContain('Stack ROLLBACK_IN_PROGRESS');
});

test('the state of a stack is plain JSON from which an engine can go on', async () => {
  const world = new World();
  await world.create({ Thing: custom() });
  const stacks = JSON.parse(JSON.stringify(world.cfn.list()));
  expect(stacks).toEqual(world.cfn.list());
  const next = new World({ stacks });
  expect((await next.delete()).status).toBe('DELETE_COMPLETE');
  expect(next.requests()).toEqual(['Delete Thing Thing-1']);
});
