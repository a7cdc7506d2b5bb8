import { ACCOUNT, custom, failure, reasonOf, REGION, success, World } from './world';
import type { IdentityService } from '../../../local/services';

/** A template whose resource reads a parameter of the Parameter Store. */
const STORED = { Version: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/data/version' } };
const reader = { Reader: custom({ Version: { Ref: 'Version' } }) };
const write = (world: World, value: string) => world.parameters.put({ name: '/data/version', value, type: 'String', overwrite: true });
const versions = (world: World) => world.sent.map(({ ResourceProperties }) => ResourceProperties.Version);

describe('a parameter of the Parameter Store', () => {
  test('whose value has changed is a change of the stack that reads it', async () => {
    const world = new World();
    write(world, '1');
    await world.create(reader, { Parameters: STORED });
    expect((await world.update(reader, { Parameters: STORED })).changed).toBe(false);
    write(world, '2');
    const changeSet = world.cfn.createChangeSet({ stackName: 'Stack', changeSetName: 'changes', template: { Resources: reader, Parameters: STORED } });
    expect(changeSet.changes).toMatchObject([{ logicalResourceId: 'Reader', details: [{ changeSource: 'ParameterReference', causingEntity: 'Version' }] }]);
    expect(await world.clock.run(world.cfn.executeChangeSet('changes', 'Stack'))).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(versions(world)).toEqual(['1', '2']);
    expect((await world.update(reader, { Parameters: STORED })).changed).toBe(false);
  });

  test('that changes during an update is read once, and a rollback goes back to the value before', async () => {
    const world = new World();
    write(world, '1');
    const resources = (Size: number) => ({ ...reader, Bad: custom({ Size, Of: { Ref: 'Reader' } }, { DependsOn: 'Reader' }), Late: custom({ Version: { Ref: 'Version' } }, { DependsOn: 'Bad' }) });
    await world.create(resources(1), { Parameters: STORED });
    write(world, '2');
    world.answer = ({ LogicalResourceId, ResourceProperties, PhysicalResourceId }) => {
      write(world, '3');
      return LogicalResourceId === 'Bad' && ResourceProperties.Size === '2' ? failure('broken', PhysicalResourceId) : success(PhysicalResourceId!);
    };
    expect(await world.update(resources(2), { Parameters: STORED })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(world.sent.filter(({ LogicalResourceId }) => LogicalResourceId === 'Reader').map(({ ResourceProperties }) => ResourceProperties.Version))
      .toEqual(['1', '2', '1']);
  });

  test('that is a list is one for the template', async () => {
    const world = new World();
    write(world, 'a, b');
    const Parameters = { Version: { Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: '/data/version' } };
    await world.create({ Reader: custom({ Second: { 'Fn::Select': [1, { Ref: 'Version' }] } }) }, { Parameters });
    expect(world.sent[0].ResourceProperties.Second).toBe('b');
  });

  test('that does not exist refuses the stack', async () => {
    await expect(new World().create(reader, { Parameters: STORED })).rejects.toThrow('Unable to fetch parameters [/data/version]');
  });

  test('is read by a dynamic reference, also in a version of its own', async () => {
    const world = new World();
    write(world, '1');
    write(world, '2');
    await world.create({ Reader: custom({ Now: '{{resolve:ssm:/data/version}}', First: '{{resolve:ssm:/data/version:1}}' }) });
    expect(world.sent[0].ResourceProperties).toMatchObject({ Now: '2', First: '1' });
  });
});

describe('Fn::GetStackOutput', () => {
  const producer = (Size: number) => ({ stackName: 'Producer', template: { Resources: { Job: custom({ Size }) }, Outputs: { Job: { Value: { Ref: 'Job' } } } } });
  const bySize: World['answer'] = ({ RequestType, PhysicalResourceId, ResourceProperties, LogicalResourceId }) =>
    success(RequestType === 'Delete' || LogicalResourceId !== 'Job' ? PhysicalResourceId ?? LogicalResourceId : `job-${ResourceProperties.Size}`);
  const output = (rest: object = {}) => ({ 'Fn::GetStackOutput': { StackName: 'Producer', OutputName: 'Job', ...rest } });
  const read = (world: World) => world.sent.filter(({ LogicalResourceId }) => LogicalResourceId === 'Reader').map(({ ResourceProperties }) => ResourceProperties.Job);
  async function started(rest: object = {}, options = {}): Promise<World> {
    const world = new World(options);
    world.answer = bySize;
    await world.clock.run(world.cfn.createStack(producer(1)));
    await world.create({ Reader: custom({ Job: output(rest) }) });
    return world;
  }

  test('reads the value at creation, and anew at an update of the stack that reads', async () => {
    const world = await started();
    expect(read(world)).toEqual(['job-1']);
    await world.clock.run(world.cfn.updateStack(producer(2)));
    expect(read(world)).toEqual(['job-1']);
    expect((await world.update({ Reader: custom({ Job: output() }) })).changed).toBe(false);
    await world.update({ Reader: custom({ Job: output() }), Other: custom() });
    expect(read(world)).toEqual(['job-1', 'job-2']);
  });

  test('locks nothing: the stack that is read changes and goes', async () => {
    const world = await started();
    expect((await world.clock.run(world.cfn.deleteStack('Producer')))!.status).toBe('DELETE_COMPLETE');
    const result = await world.update({ Reader: custom({ Job: output() }), Other: custom() });
    expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(reasonOf(result, 'Reader', 'UPDATE_FAILED')).toBe('Stack with id Producer does not exist');
    expect(read(world)).toEqual(['job-1']);
  });

  test('of an output that does not exist fails the operation', async () => {
    const world = new World();
    await world.clock.run(world.cfn.createStack(producer(1)));
    const result = await world.create({ Reader: custom({ Job: output({ OutputName: 'None' }) }) });
    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(reasonOf(result, 'Reader', 'CREATE_FAILED')).toBe('Output None not found in stack Producer');
  });

  test('is unknown in a change set: what it replaces is planned as a replacement, and the same template is no change', async () => {
    const world = new World();
    world.answer = bySize;
    await world.clock.run(world.cfn.createStack(producer(1)));
    const resources = { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: output() } } };
    await world.create(resources);
    const change = (changeSetName: string, Resources: object) => world.cfn.createChangeSet({ stackName: 'Stack', changeSetName, template: { Resources } });
    expect(change('same', resources)).toMatchObject({ status: 'FAILED', changes: [] });
    expect(change('more', { ...resources, Other: custom() }).changes).toMatchObject([
      { action: 'Add', logicalResourceId: 'Other' },
      {
        action: 'Modify',
        logicalResourceId: 'Bucket',
        replacement: 'True',
        details: [{ target: { name: 'BucketName', requiresRecreation: 'Always', beforeValue: 'job-1', afterValue: '{{changeSet:KNOWN_AFTER_APPLY}}' } }],
      },
    ]);
    // The value is the same after all.
    await world.clock.run(world.cfn.executeChangeSet('more', 'Stack'));
    expect(world.cfn.describe('Stack').resources.Bucket).toMatchObject({ status: 'CREATE_COMPLETE', physicalId: 'job-1' });
  });

  test('is not read anew by a rollback', async () => {
    const world = await started();
    await world.clock.run(world.cfn.updateStack(producer(2)));
    world.answer = event => event.LogicalResourceId === 'Bad' && event.RequestType === 'Create' ? failure('broken') : bySize(event);
    await world.update({ Reader: custom({ Job: output() }), Bad: custom({}, { DependsOn: 'Reader' }) });
    expect(read(world)).toEqual(['job-1', 'job-2', 'job-1']);
  });

  test('is refused where nothing may be read, with unknown members, and without a name', async () => {
    const create = (Resources: object, rest = {}) => new World().create(Resources, rest);
    await expect(create({ A: custom() }, { Conditions: { C: { 'Fn::Equals': [output(), 'x'] } } })).rejects.toThrow('Fn::GetStackOutput is not allowed here');
    for (const wrong of [{ StackName: 'Producer' }, { StackName: 'Producer', OutputName: 'Job', Account: ACCOUNT }]) {
      const result = await create({ A: custom({ Job: { 'Fn::GetStackOutput': wrong } }) });
      expect(reasonOf(result, 'A', 'CREATE_FAILED')).toMatch(/requires a StackName and an OutputName/);
    }
  });

  test('of another region or account is read there', async () => {
    const places: string[] = [];
    const otherOutputs = (place: { account: string; region: string }) => {
      places.push(`${place.account} ${place.region}`);
      return place.region === 'eu-south-1' ? undefined : { read: ({ stackName, outputName }: { stackName: string; outputName: string }) => `${outputName} of ${stackName}` };
    };
    const RoleArn = 'arn:aws:iam::444455556666:role/reader';
    expect(read(await started({ Region: 'us-east-1', RoleArn }, { otherOutputs }))).toEqual(['Job of Producer']);
    expect(places).toEqual(['444455556666 us-east-1']);
    expect(read(await started({ Region: REGION }, { otherOutputs }))).toEqual(['job-1']);
    const world = await started({ Region: 'eu-south-1' }, { otherOutputs });
    expect(world.cfn.describe('Stack').status).toBe('ROLLBACK_COMPLETE');
    expect(read(await started({ RoleArn: 'arn:aws-cn:iam::444455556666:role/reader' }, { otherOutputs }))).toEqual([]);
  });

  test('needs the right to describe the stack, of the execution role or of the one that is named', async () => {
    const asked: object[] = [];
    const refusalOf: IdentityService['refusalOf'] = (request) => {
      asked.push(request);
      return request.roleArn === undefined ? undefined : 'not authorized';
    };
    const identities: IdentityService = { put: () => undefined, remove: () => undefined, trusts: () => true, refusalOf };
    const world = new World();
    const guarded = new World({ services: { ...world.services, identities } });
    await guarded.clock.run(guarded.cfn.createStack({ stackName: 'Producer', template: { Resources: { Topic: { Type: 'AWS::SNS::Topic' } }, Outputs: { Job: { Value: 'x' } } } }));
    const RoleArn = `arn:aws:iam::${ACCOUNT}:role/reader`;
    const result = await guarded.create({ Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: output({ RoleArn }) } } });
    expect(reasonOf(result, 'Topic', 'CREATE_FAILED')).toBe('not authorized');
    const { stackId } = guarded.cfn.describe('Producer');
    expect(asked).toEqual([{ action: 'cloudformation:DescribeStacks', resource: stackId, roleArn: RoleArn, assumedBy: ACCOUNT }]);
  });
});
