import { ACCOUNT, history, REGION, reasonOf, World } from './world';
import type { JobTransition } from '../../../local/sagemaker';
import { testWithScripts } from '../../with-scripts';

const notebook = (properties: object = {}, rest: object = {}) => ({
  Type: 'AWS::SageMaker::NotebookInstance',
  Properties: { NotebookInstanceName: 'Book', InstanceType: 'ml.t3.medium', RoleArn: `arn:aws:iam::${ACCOUNT}:role/notebook`, ...properties },
  ...rest,
});
const config = (OnStart: string, properties: object = {}) => ({
  Type: 'AWS::SageMaker::NotebookInstanceLifecycleConfig',
  Properties: { OnStart: [{ Content: { 'Fn::Base64': OnStart } }], ...properties },
});
const configured = { LifecycleConfigName: { 'Fn::GetAtt': ['Config', 'NotebookInstanceLifecycleConfigName'] } };

let world: World;
let statuses: string[];
beforeEach(() => {
  world = new World();
  statuses = [];
  world.sagemaker.on('transition', ({ status }: JobTransition) => statuses.push(status));
});
afterEach(() => world.sagemaker.stop());

const described = (NotebookInstanceName = 'Book') => world.sagemaker.call('DescribeNotebookInstance', { NotebookInstanceName });
const stopByHand = async () => {
  world.sagemaker.call('StopNotebookInstance', { NotebookInstanceName: 'Book' });
  await world.clock.advance(31_000);
  statuses = [];
};

describe('a notebook instance', () => {
  test('is created when it is in service, and stopped before it is deleted', async () => {
    const created = await world.create({ Notebook: notebook() }, {
      Outputs: { Ref: { Value: { Ref: 'Notebook' } }, Name: { Value: { 'Fn::GetAtt': ['Notebook', 'NotebookInstanceName'] } } },
    });
    expect(described()).toMatchObject({ NotebookInstanceStatus: 'InService' });
    expect(created).toMatchObject({
      status: 'CREATE_COMPLETE', outputs: { Ref: `arn:aws:sagemaker:${REGION}:${ACCOUNT}:notebook-instance/book`, Name: 'Book' },
    });
    expect((await world.delete()).status).toBe('DELETE_COMPLETE');
    expect(statuses).toEqual(['Pending', 'InService', 'Stopping', 'Stopped', 'Deleting']);
    expect(() => described()).toThrow('RecordNotFound');
  });

  test('is stopped to be changed, and started again', async () => {
    await world.create({ Notebook: notebook({ VolumeSizeInGB: 10 }) });
    statuses = [];
    const updated = await world.update({ Notebook: notebook({ VolumeSizeInGB: '20', InstanceType: 'ml.t3.large' }) });
    expect(updated.status).toBe('UPDATE_COMPLETE');
    expect(statuses).toEqual(['Stopping', 'Stopped', 'Updating', 'Stopped', 'Pending', 'InService']);
    expect(described()).toMatchObject({ VolumeSizeInGB: 20, InstanceType: 'ml.t3.large' });
  });

  test('that is stopped stays stopped when it is changed', async () => {
    await world.create({ Notebook: notebook() });
    await stopByHand();
    await world.update({ Notebook: notebook({ RootAccess: 'Disabled' }) });
    expect(statuses).toEqual(['Updating', 'Stopped']);
    await world.update({ Notebook: notebook() });
    expect(described()).toMatchObject({ RootAccess: 'Enabled', NotebookInstanceStatus: 'Stopped' });
  });

  test('keeps running when only its tags change', async () => {
    const tags = (...keys: string[]) => ({ Tags: keys.map((Key) => ({ Key, Value: 'x' })) });
    await world.create({ Notebook: notebook(tags('a', 'b')) });
    statuses = [];
    await world.update({ Notebook: notebook(tags('b', 'c')) });
    expect(statuses).toEqual([]);
    expect(world.sagemaker.call('ListTags', { ResourceArn: described().NotebookInstanceArn })).toEqual(tags('b', 'c'));
  });

  test('drifts from the stack by its members and tags, and its lifecycle configuration by its scripts', async () => {
    const drifts = () => Object.fromEntries(world.cfn.detectDrift('Stack').resources.map(({ logicalId, differences, status }) => (
      [logicalId, status === 'MODIFIED' ? differences.map(({ differenceType, propertyPath }) => `${differenceType} ${propertyPath}`) : status])));
    const change = (operation: string, input: object) => world.sagemaker.call(operation, input as never);
    const Tags = [{ Key: 'team', Value: 'vision' }];
    await world.create({ Config: config('echo one', { Tags }), Notebook: notebook({ ...configured, Tags }) });
    expect(drifts()).toEqual({ Config: 'IN_SYNC', Notebook: 'IN_SYNC' });

    await stopByHand();
    change('UpdateNotebookInstance', { NotebookInstanceName: 'Book', DisassociateLifecycleConfig: true, InstanceType: 'ml.t3.large' });
    change('DeleteTags', { ResourceArn: described().NotebookInstanceArn, TagKeys: ['team'] });
    const { NotebookInstanceLifecycleConfigs: [{ NotebookInstanceLifecycleConfigName, NotebookInstanceLifecycleConfigArn }] } = change('ListNotebookInstanceLifecycleConfigs', {}) as any;
    change('UpdateNotebookInstanceLifecycleConfig', { NotebookInstanceLifecycleConfigName, OnStart: [{ Content: 'ZWNobyB0d28=' }] });
    change('AddTags', { ResourceArn: NotebookInstanceLifecycleConfigArn, Tags: [{ Key: 'team', Value: 'language' }] });
    await world.clock.advance(60_000);
    expect(drifts()).toEqual({
      Config: ['NOT_EQUAL /OnStart', 'NOT_EQUAL /Tags'], Notebook: ['NOT_EQUAL /InstanceType', 'REMOVE /LifecycleConfigName', 'REMOVE /Tags'],
    });

    change('DeleteNotebookInstanceLifecycleConfig', { NotebookInstanceLifecycleConfigName });
    expect(drifts()).toMatchObject({ Config: 'DELETED' });
  });

  test('whose volume is to shrink is not changed', async () => {
    await world.create({ Notebook: notebook({ VolumeSizeInGB: 10 }) });
    const result = await world.update({ Notebook: notebook({ VolumeSizeInGB: 5, InstanceType: 'ml.t3.large' }) });
    expect(reasonOf(result, 'Notebook', 'UPDATE_FAILED')).toContain('The volume of a notebook instance can only grow');
    expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    // It was stopped for the update, and a rollback does not know of that.
    expect(described()).toMatchObject({ InstanceType: 'ml.t3.medium', VolumeSizeInGB: 10, NotebookInstanceStatus: 'Stopped' });
  });

  test.each([
    ['KmsKeyId', 'key'], ['SubnetId', 'subnet-1'], ['PlatformIdentifier', 'notebook-al2023-v1'],
  ])('with another %s is another one', async (property, value) => {
    await world.create({ Notebook: notebook({ NotebookInstanceName: undefined }) });
    const before = world.cfn.describe('Stack').resources.Notebook.physicalId;
    const result = await world.update({ Notebook: notebook({ NotebookInstanceName: undefined, [property]: value }) });
    expect(result.status).toBe('UPDATE_COMPLETE');
    expect(world.cfn.describe('Stack').resources.Notebook.physicalId).not.toBe(before);
    expect(world.sagemaker.notebooks.all()).toHaveLength(1);
  });

  test('that somebody else has deleted is deleted', async () => {
    await world.create({ Notebook: notebook() });
    await stopByHand();
    world.sagemaker.call('DeleteNotebookInstance', { NotebookInstanceName: 'Book' });
    await world.clock.advance(21_000);
    expect((await world.delete()).status).toBe('DELETE_COMPLETE');
  });

  test('that exists already is not taken over', async () => {
    world.sagemaker.call('CreateNotebookInstance', { NotebookInstanceName: 'Book', InstanceType: 'ml.t3.medium', RoleArn: `arn:aws:iam::${ACCOUNT}:role/x` });
    const result = await world.create({ Notebook: notebook() });
    expect(reasonOf(result, 'Notebook', 'CREATE_FAILED')).toContain('Cannot create a duplicate Notebook Instance');
    expect(described()).toMatchObject({ NotebookInstanceStatus: 'Pending' });
  });

  test('that is still starting when another resource fails is cancelled, and goes', async () => {
    const result = await world.create({ Notebook: notebook(), Broken: { Type: 'AWS::IAM::Role', DependsOn: 'Bucket' }, Bucket: { Type: 'AWS::S3::Bucket' } });
    expect(reasonOf(result, 'Notebook', 'CREATE_FAILED')).toBe('Resource creation cancelled');
    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(world.sagemaker.notebooks.all()).toEqual([]);
  });

  test('that is still starting when the stack is deleted goes, too', async () => {
    const creating = world.create({ Notebook: notebook() });
    await world.clock.advance(10_000);
    const deleted = await world.delete();
    await creating;
    expect(deleted.status).toBe('DELETE_COMPLETE');
    expect(world.sagemaker.notebooks.all()).toEqual([]);
  });
});

describe('a lifecycle configuration', () => {
  const outputs = () => world.sagemaker.notebooks.get('Book').machine.runs.map(({ output }) => output.trim());

  testWithScripts('is attached, changed, and detached', async () => {
    await world.create({ Config: config('echo one'), Notebook: notebook(configured) });
    expect(outputs()).toEqual(['one']);
    statuses = [];
    await world.update({ Config: config('echo two'), Notebook: notebook(configured) });
    expect([statuses, outputs()]).toEqual([[], ['one']]);
    await world.update({ Config: config('echo two'), Notebook: notebook({ ...configured, InstanceType: 'ml.t3.large' }) });
    expect(outputs()).toEqual(['one', 'two']);
    const detached = await world.update({ Notebook: notebook({ InstanceType: 'ml.t3.large' }) });
    expect(detached.status).toBe('UPDATE_COMPLETE');
    expect(described()).not.toHaveProperty('NotebookInstanceLifecycleConfigName');
    expect(outputs()).toEqual(['one', 'two']);
  });

  testWithScripts('that fails is the reason why the instance is not created, and nothing of it is left', async () => {
    const result = await world.create({ Config: config('exit 1'), Notebook: notebook(configured) });
    expect(reasonOf(result, 'Notebook', 'CREATE_FAILED')).toMatch(/^Resource handler returned message: "Notebook Instance Lifecycle Config 'arn:.*' failed\. /);
    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(history(result)).toContain('Notebook DELETE_COMPLETE');
    expect(world.sagemaker.notebooks.all()).toEqual([]);
  });

  testWithScripts('that fails at an update is detached again, and the instance runs', async () => {
    await world.create({ Notebook: notebook() });
    const result = await world.update({ Config: config('exit 1'), Notebook: notebook(configured) });
    expect(reasonOf(result, 'Notebook', 'UPDATE_FAILED')).toContain('Notebook Instance Lifecycle Config');
    expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(described()).toMatchObject({ NotebookInstanceStatus: 'InService' });
    expect(described()).not.toHaveProperty('NotebookInstanceLifecycleConfigName');
  });
});

test('schedules and code repositories are accepted', async () => {
  const result = await world.create({
    Group: { Type: 'AWS::Scheduler::ScheduleGroup' },
    Schedule: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: { GroupName: { Ref: 'Group' }, FlexibleTimeWindow: { Mode: 'OFF' }, ScheduleExpression: 'rate(1 day)', Target: { Arn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:start`, RoleArn: `arn:aws:iam::${ACCOUNT}:role/schedule` } },
    },
    Code: { Type: 'AWS::SageMaker::CodeRepository', Properties: { GitConfig: { RepositoryUrl: 'https://host/repository' } } },
    Notebook: notebook({ DefaultCodeRepository: { 'Fn::GetAtt': ['Code', 'CodeRepositoryName'] } }),
  }, { Outputs: { Schedule: { Value: { 'Fn::GetAtt': ['Schedule', 'Arn'] } } } });
  expect(result.status).toBe('CREATE_COMPLETE');
  expect(result.outputs.Schedule).toMatch(new RegExp(`^arn:aws:scheduler:${REGION}:${ACCOUNT}:schedule/Stack-Group-\\w{12}/Stack-Schedule-\\w{12}$`));
  expect(result.events.filter(({ resourceStatusReason }) => resourceStatusReason?.includes('Not emulated'))).toEqual([]);
  expect(described().DefaultCodeRepository).toMatch(/^code-/);
});
