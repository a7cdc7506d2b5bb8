import { custom, failure, history, reasonOf, silent, success, World } from './world';

/** Answers with an id made of the property Size: each size is another thing. */
function bySize(world: World): void {
  world.answer = event => success(event.RequestType === 'Delete' ? event.PhysicalResourceId! : `${event.LogicalResourceId}-${event.ResourceProperties.Size}`);
}

const bucket = (name?: string, rest: object = {}) => ({ Type: 'AWS::S3::Bucket', Properties: { ...name && { BucketName: name } }, ...rest });

test('the same template again is no update', async () => {
  const world = new World();
  await world.create({ Thing: custom() });
  const result = await world.update({ Thing: custom() });
  expect(result).toMatchObject({ changed: false, status: 'CREATE_COMPLETE', events: [] });
});

test('only what changed is updated, and what reads a changed value', async () => {
  const world = new World();
  bySize(world);
  const resources = (Size: number) => ({
    Thing: custom({ Size }),
    Reader: custom({ Size: 1, Of: { Ref: 'Thing' } }),
    Follower: custom({ Size: 1 }, { DependsOn: 'Thing' }),
    Bystander: custom({ Size: 1 }),
  });
  await world.create(resources(1));
  const result = await world.update(resources(2));
  expect(result.status).toBe('UPDATE_COMPLETE');
  expect(world.requests().slice(4)).toEqual(['Update Thing Thing-1', 'Update Reader Reader-1', 'Delete Thing Thing-1']);
});

test('a resource that reads a value which did not change is left alone', async () => {
  const world = new World();
  const resources = (Size: number) => ({ Thing: custom({ Size }), Reader: custom({ Of: { Ref: 'Thing' } }) });
  await world.create(resources(1));
  await world.update(resources(2));
  expect(world.requests().slice(2)).toEqual(['Update Thing Thing-1']);
});

test('changed metadata, policies, outputs and tags are updates that no function hears of', async () => {
  const world = new World();
  await world.create({ Thing: custom() });
  const metadata = await world.update({ Thing: custom({}, { Metadata: { Note: 'new' } }) });
  const policy = await world.update({ Thing: custom({}, { Metadata: { Note: 'new' }, DeletionPolicy: 'Retain' }) });
  const output = await world.update({ Thing: custom({}, { DeletionPolicy: 'Retain' }) }, { Outputs: { Id: { Value: { Ref: 'Thing' } } } });
  const tags = await world.update({ Thing: custom({}, { DeletionPolicy: 'Retain' }) }, { Outputs: { Id: { Value: { Ref: 'Thing' } } } }, { tags: { a: 'b' } });
  expect(history(metadata)).toContain('Thing UPDATE_COMPLETE');
  expect(history(policy)).not.toContain('Thing UPDATE_COMPLETE');
  expect(output.outputs).toEqual({ Id: 'Thing-1' });
  expect([metadata, policy, output, tags].map(({ status }) => status)).toEqual(Array(4).fill('UPDATE_COMPLETE'));
  expect(world.requests()).toEqual(['Create Thing']);
});

test('removed resources are deleted after the update, in the reverse order', async () => {
  const world = new World();
  await world.create({ Stay: custom(), A: custom(), B: custom({ Of: { Ref: 'A' } }) });
  const result = await world.update({ Stay: custom({ New: true }) });
  expect(world.requests().slice(3)).toEqual(['Update Stay Stay-1', 'Delete B B-1', 'Delete A A-1']);
  expect(history(result).indexOf('Stack UPDATE_COMPLETE_CLEANUP_IN_PROGRESS')).toBeLessThan(history(result).indexOf('B DELETE_IN_PROGRESS'));
  expect(Object.keys(world.cfn.describe('Stack').resources)).toEqual(['Stay']);
});

test('a Delete that fails in the clean-up is tried three times, and the update has succeeded', async () => {
  const world = new World();
  await world.create({ Stay: custom(), Gone: custom() });
  world.answer = event => event.RequestType === 'Delete' ? failure('stuck', 'x') : success(event.PhysicalResourceId!);
  const result = await world.update({ Stay: custom() });
  expect(result).toMatchObject({ status: 'UPDATE_COMPLETE', statusReason: 'One or more resources could not be deleted.' });
  expect(history(result).filter(event => event === 'Gone DELETE_FAILED')).toHaveLength(3);
  expect(Object.keys(world.cfn.describe('Stack').resources)).toEqual(['Stay']);
});

test('a failed update is rolled back with the previous properties, and what it added is deleted', async () => {
  const world = new World();
  const resources = (Size: number) => ({ A: custom({ Size }), B: custom({ Size, Of: { Ref: 'A' } }), Untouched: custom() });
  await world.create(resources(1), { Outputs: { Id: { Value: { Ref: 'A' } } } });
  world.answer = event => event.LogicalResourceId === 'B' && event.ResourceProperties.Size === '2' ? failure('broken') : success(event.PhysicalResourceId ?? 'id');
  const result = await world.update({ ...resources(2), Added: custom() });
  expect(world.sent.slice(3).map(({ RequestType, LogicalResourceId, ResourceProperties, OldResourceProperties }) =>
    [RequestType, LogicalResourceId, ResourceProperties.Size, OldResourceProperties?.Size])).toEqual([
    ['Update', 'A', '2', '1'],
    ['Create', 'Added', undefined, undefined],
    ['Update', 'B', '2', '1'],
    ['Update', 'A', '1', '2'],
    ['Update', 'B', '1', '2'],
    ['Delete', 'Added', undefined, undefined],
  ]);
  expect(history(result).slice(-10)).toEqual([
    'B UPDATE_FAILED',
    'Stack UPDATE_ROLLBACK_IN_PROGRESS',
    'A UPDATE_IN_PROGRESS',
    'A UPDATE_COMPLETE',
    'B UPDATE_IN_PROGRESS',
    'B UPDATE_COMPLETE',
    'Stack UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    'Added DELETE_IN_PROGRESS',
    'Added DELETE_COMPLETE',
    'Stack UPDATE_ROLLBACK_COMPLETE',
  ]);
  expect(reasonOf(result, 'Stack', 'UPDATE_ROLLBACK_IN_PROGRESS')).toBe('The following resource(s) failed to update: [B]. ');
  expect(result.outputs).toEqual({ Id: 'A-1' });
  const again = await world.update(resources(1), { Outputs: { Id: { Value: { Ref: 'A' } } } });
  expect(again.changed).toBe(false);
});

test('siblings in progress are cancelled, and their Update is rolled back too', async () => {
  const world = new World();
  const resources = (Size: number) => ({ Bad: custom({ Size }), Slow: custom({ Size }) });
  await world.create(resources(1));
  world.answer = event => {
    if (event.RequestType === 'Delete' || event.ResourceProperties.Size !== '2') return success(event.PhysicalResourceId!);
    return event.LogicalResourceId === 'Bad' ? failure('broken') : silent;
  };
  const result = await world.update({ ...resources(2), NewSlow: custom({ Size: 2 }) });
  expect(reasonOf(result, 'Slow', 'UPDATE_FAILED')).toBe('Resource update cancelled');
  expect(reasonOf(result, 'NewSlow', 'CREATE_FAILED')).toBe('Resource creation cancelled');
  expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(reasonOf(result, 'Stack', 'UPDATE_ROLLBACK_IN_PROGRESS'))
    .toBe('The following resource(s) failed to create: [NewSlow]. The following resource(s) failed to update: [Bad, Slow]. ');
  expect(world.requests().slice(5)).toEqual(['Update Bad Bad-1', 'Update Slow Slow-1', expect.stringMatching(/^Delete NewSlow Stack-NewSlow-/)]);
});

test('the rollback of a replacement: the function finds the old one again, and the new one is deleted', async () => {
  const world = new World();
  bySize(world);
  await world.create({ Thing: custom({ Size: 1 }) });
  const answer = world.answer;
  world.answer = event => event.LogicalResourceId === 'Bad' && event.RequestType === 'Create' ? failure('broken') : answer(event);
  const result = await world.update({ Thing: custom({ Size: 2 }), Bad: custom({ Of: { Ref: 'Thing' } }) });
  expect(world.requests().slice(1)).toEqual([
    'Update Thing Thing-1', 'Create Bad', 'Update Thing Thing-2', 'Delete Bad failed', 'Delete Thing Thing-2',
  ]);
  expect(world.sent.at(-1)!.ResourceProperties.Size).toBe('2');
  expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(world.cfn.describe('Stack').resources.Thing.physicalId).toBe('Thing-1');
});

test('a replacement that a failed rollback never got to: both physical resources are deleted with the stack', async () => {
  const world = new World();
  bySize(world);
  const things = (Size: number) => ({ First: custom({ Size }), Thing: custom({ Size, Of: { Ref: 'First' } }) });
  await world.create(things(1));
  const answer = world.answer;
  world.answer = event => {
    const isUnwilling = event.LogicalResourceId === 'First' && event.PhysicalResourceId === 'First-2' && event.RequestType === 'Update';
    return event.LogicalResourceId === 'Bad' || isUnwilling ? failure('broken', 'bad') : answer(event);
  };
  const result = await world.update({ ...things(2), Bad: custom({ Of: { Ref: 'Thing' } }) });
  expect(result.status).toBe('UPDATE_ROLLBACK_FAILED');
  expect(world.requests().filter(request => request.startsWith('Update Thing'))).toEqual(['Update Thing Thing-1']);
  world.answer = answer;
  await world.delete();
  expect(world.requests().filter(request => request.startsWith('Delete Thing')).sort()).toEqual(['Delete Thing Thing-1', 'Delete Thing Thing-2']);
});

test('the physical id in a failed response to an Update is not taken over', async () => {
  const world = new World();
  await world.create({ Thing: custom({ Size: 1 }) });
  world.answer = event => event.ResourceProperties.Size === '2' ? failure('broken', 'other') : success(event.PhysicalResourceId!);
  await world.update({ Thing: custom({ Size: 2 }) });
  expect(world.requests().slice(1)).toEqual(['Update Thing Thing-1', 'Update Thing Thing-1']);
});

test('an Update that fails again in the rollback ends in UPDATE_ROLLBACK_FAILED, and the stack can be deleted', async () => {
  const world = new World();
  await world.create({ Thing: custom({ Size: 1 }) });
  world.answer = () => failure('broken');
  const result = await world.update({ Thing: custom({ Size: 2 }) });
  expect(result).toMatchObject({ status: 'UPDATE_ROLLBACK_FAILED', statusReason: 'The following resource(s) failed to update: [Thing]. ' });
  await expect(world.update({ Thing: custom({ Size: 3 }) })).rejects.toThrow('is in UPDATE_ROLLBACK_FAILED state and can not be updated');
  world.answer = event => success(event.PhysicalResourceId!);
  expect((await world.delete()).status).toBe('DELETE_COMPLETE');
});

test('with the rollback disabled a failed update stays, and the stack deletes what a replacement left', async () => {
  const world = new World();
  bySize(world);
  await world.create({ Thing: custom({ Size: 1 }) });
  const answer = world.answer;
  world.answer = event => event.LogicalResourceId === 'Bad' && event.RequestType === 'Create' ? failure('broken', 'bad') : answer(event);
  const result = await world.update({ Thing: custom({ Size: 2 }), Bad: custom({ Of: { Ref: 'Thing' } }) }, {}, { disableRollback: true });
  expect(result).toMatchObject({ status: 'UPDATE_FAILED', statusReason: 'The following resource(s) failed to create: [Bad]. ' });
  await world.delete();
  expect(world.requests().slice(3).sort()).toEqual(['Delete Bad bad', 'Delete Thing Thing-1', 'Delete Thing Thing-2']);
});

test('what such an update has replaced is not deleted when it stands for the resource again', async () => {
  const world = new World();
  bySize(world);
  await world.create({ Thing: custom({ Size: 1 }) });
  const answer = world.answer;
  world.answer = event => event.LogicalResourceId === 'Bad' && event.RequestType === 'Create' ? failure('broken', 'bad') : answer(event);
  await world.update({ Thing: custom({ Size: 2 }), Bad: custom({ Of: { Ref: 'Thing' } }) }, {}, { disableRollback: true });
  expect((await world.update({ Thing: custom({ Size: 1 }) }, {}, { disableRollback: true })).status).toBe('UPDATE_COMPLETE');
  expect(world.cfn.describe('Stack').resources.Thing.physicalId).toBe('Thing-1');
  expect(world.requests().filter(request => request.startsWith('Delete')).sort()).toEqual(['Delete Bad bad', 'Delete Thing Thing-2']);
});

test('a cancelled update rolls back', async () => {
  const world = new World();
  await world.create({ Thing: custom({ Size: 1 }), Other: custom() });
  world.answer = event => event.ResourceProperties.Size === '2' ? silent : success(event.PhysicalResourceId!);
  const update = world.cfn.updateStack({ stackName: 'Stack', template: { Resources: { Thing: custom({ Size: 2 }), Other: custom() } } });
  await world.clock.advance(60_000);
  world.cfn.cancelUpdate('Stack');
  const result = await world.clock.run(update);
  expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(reasonOf(result, 'Thing', 'UPDATE_FAILED')).toBe('Resource update cancelled');
  expect(reasonOf(result, 'Stack', 'UPDATE_ROLLBACK_IN_PROGRESS')).toBe('User Initiated');
  expect(() => world.cfn.cancelUpdate('Stack')).toThrow('CancelUpdateStack cannot be called from current stack status');
});

test('a stack cannot be updated or deleted while it is updated', async () => {
  const world = new World();
  await world.create({ Thing: custom({ Size: 1 }) });
  const update = world.cfn.updateStack({ stackName: 'Stack', template: { Resources: { Thing: custom({ Size: 2 }) } } });
  await expect(world.update({ Thing: custom({ Size: 3 }) })).rejects.toThrow('is in UPDATE_IN_PROGRESS state and can not be updated');
  await expect(world.delete()).rejects.toThrow('cannot be deleted while in status UPDATE_IN_PROGRESS');
  expect((await world.clock.run(update)).status).toBe('UPDATE_COMPLETE');
});

test('a native resource is replaced when an immutable property changes', async () => {
  const world = new World();
  await world.create({ Bucket: bucket('one') });
  const result = await world.update({ Bucket: bucket('two') });
  expect(result.events.filter(({ logicalResourceId }) => logicalResourceId === 'Bucket')
    .map(({ physicalResourceId, resourceStatus, resourceStatusReason }) => [physicalResourceId, resourceStatus, resourceStatusReason])).toEqual([
    ['one', 'UPDATE_IN_PROGRESS', 'Requested update requires the creation of a new physical resource; hence creating one.'],
    ['two', 'UPDATE_IN_PROGRESS', 'Resource creation Initiated'],
    ['two', 'UPDATE_COMPLETE', undefined],
    ['one', 'DELETE_IN_PROGRESS', undefined],
    ['one', 'DELETE_COMPLETE', undefined],
  ]);
});

test('the rollback of a native replacement returns to the old resource and deletes the new one', async () => {
  const world = new World();
  const resources = (name: string) => ({ Bucket: bucket(name), Reader: custom({ Bucket: { Ref: 'Bucket' } }) });
  await world.create(resources('one'));
  world.answer = event => event.ResourceProperties.Bucket === 'two' ? failure('broken') : success(event.PhysicalResourceId!);
  const result = await world.update(resources('two'));
  expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(result.events.filter(({ logicalResourceId }) => logicalResourceId === 'Bucket').slice(3)
    .map(({ physicalResourceId, resourceStatus }) => `${physicalResourceId} ${resourceStatus}`))
    .toEqual(['one UPDATE_COMPLETE', 'two DELETE_IN_PROGRESS', 'two DELETE_COMPLETE']);
  expect(world.sent.at(-1)!.ResourceProperties.Bucket).toBe('one');
  expect(world.cfn.describe('Stack').resources.Bucket.physicalId).toBe('one');
});

test('a resource with a name of its own cannot be replaced under that name', async () => {
  const world = new World();
  const role = (Path: string) => ({ Type: 'AWS::IAM::Role', Properties: { RoleName: 'me', Path, AssumeRolePolicyDocument: {} } });
  await world.create({ Role: role('/a/') });
  const result = await world.update({ Role: role('/b/') });
  expect(reasonOf(result, 'Role', 'UPDATE_FAILED'))
    .toBe('CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename me and update the stack again.');
  expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
});

test('UpdateReplacePolicy Retain keeps what was replaced, DeletionPolicy Retain what was removed', async () => {
  const world = new World();
  await world.create({ Replaced: bucket('one', { UpdateReplacePolicy: 'Retain' }), Removed: bucket('gone', { DeletionPolicy: 'Retain' }) });
  const result = await world.update({ Replaced: bucket('two', { UpdateReplacePolicy: 'Retain' }) });
  expect(result.events.filter(({ resourceStatus }) => resourceStatus === 'DELETE_SKIPPED').map(({ physicalResourceId }) => physicalResourceId))
    .toEqual(['one', 'gone']);
  const taken = await world.create({ Bucket: bucket('gone') }, {}, { stackName: 'Second' });
  expect(reasonOf(taken, 'Bucket', 'CREATE_FAILED')).toContain('gone already exists');
});
