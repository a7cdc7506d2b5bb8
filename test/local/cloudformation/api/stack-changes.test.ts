import {
  CloudFormationClient, ContinueUpdateRollbackCommand, CreateChangeSetCommand, type CreateChangeSetCommandInput, CreateStackCommand,
  CreateStackRefactorCommand,
  type CreateStackRefactorCommandInput, DeleteStackCommand, DescribeChangeSetCommand, DescribeStackEventsCommand, DescribeStackRefactorCommand,
  DescribeStackResourcesCommand, DescribeStacksCommand, ExecuteChangeSetCommand, ExecuteStackRefactorCommand, GetTemplateSummaryCommand,
  paginateListExports, paginateListImports,
  paginateListStackRefactorActions, paginateListStackRefactors, RollbackStackCommand, UpdateStackCommand, waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
  waitUntilStackImportComplete, waitUntilStackRefactorCreateComplete, waitUntilStackRefactorExecuteComplete, waitUntilStackRollbackComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DeleteParameterCommand, GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { LocalCloud } from '../../../../local/cloud';

/** A function that does not exist: what needs it fails. */
const BROKEN = { Type: 'Custom::Broken', Properties: { ServiceToken: 'arn:aws:lambda:us-east-1:111122223333:function:none' } };
const topic = (DisplayName: string) => ({ Type: 'AWS::SNS::Topic', Properties: { DisplayName } });
const parameter = (Name: string, Value = 'x', rest: object = {}) => ({ Type: 'AWS::SSM::Parameter', Properties: { Name, Type: 'String', Value }, ...rest });

let cloud: LocalCloud;
let client: CloudFormationClient;
let ssm: SSMClient;
let s3: S3Client;
beforeEach(async () => {
  cloud = await LocalCloud.start({ realTimeOutside: true });
  cloud.clock.start();
  const options = { endpoint: cloud.endpoint.url, region: cloud.region, credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' }, maxAttempts: 1 };
  client = new CloudFormationClient(options);
  ssm = new SSMClient(options);
  s3 = new S3Client({ ...options, forcePathStyle: true });
});
afterEach(async () => {
  for (const each of [client, ssm, s3]) each.destroy();
  await cloud.clock.stop();
  await cloud.stop();
});

const waiter = () => ({ client, minDelay: 0.02, maxDelay: 0.02, maxWaitTime: 20 });
const body = (Resources: object, rest: object = {}) => JSON.stringify({ Resources, ...rest });
async function create(StackName: string, Resources: object, rest: object = {}, input: object = {}) {
  await client.send(new CreateStackCommand({ StackName, TemplateBody: body(Resources, rest), ...input }));
  await waitUntilStackCreateComplete(waiter(), { StackName });
}
async function update(StackName: string, Resources: object, rest: object = {}, input: object = {}) {
  await client.send(new UpdateStackCommand({ StackName, TemplateBody: body(Resources, rest), ...input }));
  await waitUntilStackUpdateComplete(waiter(), { StackName });
}
const stackOf = async (StackName: string) => (await client.send(new DescribeStacksCommand({ StackName }))).Stacks![0];
const resourcesOf = async (StackName: string) => (await client.send(new DescribeStackResourcesCommand({ StackName }))).StackResources!;
const valueOf = async (Name: string) => (await ssm.send(new GetParameterCommand({ Name }))).Parameter!.Value;
async function ended(StackName: string): Promise<string> {
  for (;;) {
    const { StackStatus } = await stackOf(StackName);
    if (!StackStatus!.endsWith('_IN_PROGRESS')) return StackStatus!;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('exports and imports', () => {
  const producer = (value: string) => [{ Topic: topic(value) }, { Outputs: { Value: { Value: value, Export: { Name: 'value' } } } }] as const;
  const consumer = { Reader: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { 'Fn::ImportValue': 'value' } } } };

  test('an export in use is listed with its importers and can neither change nor go', async () => {
    await create('Producer', ...producer('1'));
    await create('Consumer', consumer);
    const exported: string[] = [];
    for await (const { Exports = [] } of paginateListExports({ client }, {})) exported.push(...Exports.map(({ Name }) => Name!));
    const importers: string[] = [];
    for await (const { Imports = [] } of paginateListImports({ client }, { ExportName: 'value' })) importers.push(...Imports);
    expect({ exported, importers }).toEqual({ exported: ['value'], importers: ['Consumer'] });

    await expect(update('Producer', ...producer('2'))).rejects.toThrow();
    expect(await ended('Producer')).toBe('UPDATE_ROLLBACK_COMPLETE');
    await client.send(new DeleteStackCommand({ StackName: 'Producer' }));
    expect(await ended('Producer')).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect((await stackOf('Producer')).StackStatusReason).toMatch(/Cannot delete export value as it is in use by Consumer/);

    await client.send(new DeleteStackCommand({ StackName: 'Consumer' }));
    await waitUntilStackDeleteComplete(waiter(), { StackName: 'Consumer' });
    await client.send(new DeleteStackCommand({ StackName: 'Producer' }));
    await waitUntilStackDeleteComplete(waiter(), { StackName: 'Producer' });
  });

  test('an export that no stack imports is an error', async () => {
    await expect(paginateListImports({ client }, { ExportName: 'value' }).next()).rejects.toMatchObject({ name: 'ValidationError', message: "Export 'value' is not imported by any stack." });
  });
});

describe('operations that fail', () => {
  test('without a rollback what was made stays; the stack is rolled back on demand, as its waiter follows', async () => {
    await create('Stack', { Topic: topic('1') });
    await expect(update('Stack', { Topic: topic('2'), Broken: BROKEN }, {}, { DisableRollback: true })).rejects.toThrow();
    expect((await stackOf('Stack')).StackStatus).toBe('UPDATE_FAILED');
    await expect(update('Stack', { Topic: topic('3') })).rejects.toThrow(/disable-rollback parameter/);
    await client.send(new RollbackStackCommand({ StackName: 'Stack' }));
    await waitUntilStackRollbackComplete(waiter(), { StackName: 'Stack' }).catch(() => undefined);
    expect(await ended('Stack')).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  test('a stack whose update failed without a rollback is updated further, or deleted', async () => {
    await create('Stack', { Topic: topic('1') });
    await expect(update('Stack', { Topic: topic('2'), Broken: BROKEN }, {}, { DisableRollback: true })).rejects.toThrow();
    await update('Stack', { Topic: topic('2') }, {}, { DisableRollback: true });
    await expect(update('Stack', { Topic: topic('3'), Broken: BROKEN }, {}, { DisableRollback: true })).rejects.toThrow();
    await client.send(new DeleteStackCommand({ StackName: 'Stack' }));
    await waitUntilStackDeleteComplete(waiter(), { StackName: 'Stack' });
  });

  test('a rollback that fails goes on without the resources that are skipped', async () => {
    await create('Stack', { First: parameter('/first', '1'), Topic: topic('1') });
    await client.send(new UpdateStackCommand({
      StackName: 'Stack', TemplateBody: body({ First: parameter('/first', '2'), Topic: topic('2'), Broken: { ...BROKEN, DependsOn: 'First' } }), DisableRollback: true,
    }));
    expect(await ended('Stack')).toBe('UPDATE_FAILED');
    // Without the parameter, its return is refused.
    await ssm.send(new DeleteParameterCommand({ Name: '/first' }));
    await client.send(new RollbackStackCommand({ StackName: 'Stack' }));
    expect(await ended('Stack')).toBe('UPDATE_ROLLBACK_FAILED');
    await expect(client.send(new ContinueUpdateRollbackCommand({ StackName: 'Stack', ResourcesToSkip: ['Broken'] }))).rejects.toThrow(/not in UPDATE_FAILED state: \[Broken\]/);
    await client.send(new ContinueUpdateRollbackCommand({ StackName: 'Stack', ResourcesToSkip: ['First'] }));
    expect(await ended('Stack')).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  test.each(['CreateStack', 'ExecuteChangeSet'])('RetainExceptOnCreate of %s deletes at its rollback what the policy would retain', async (operation) => {
    const Resources = (retained: string) => ({ Retained: parameter(retained, 'x', { DeletionPolicy: 'Retain' }), Broken: { ...BROKEN, DependsOn: 'Retained' } });
    const attempt = async (StackName: string, name: string, RetainExceptOnCreate: boolean) => {
      const TemplateBody = body(Resources(name));
      if (operation === 'CreateStack') {
        await client.send(new CreateStackCommand({ StackName, TemplateBody, RetainExceptOnCreate }));
      } else {
        await client.send(new CreateChangeSetCommand({ StackName, ChangeSetName: 'create', ChangeSetType: 'CREATE', TemplateBody }));
        await client.send(new ExecuteChangeSetCommand({ StackName, ChangeSetName: 'create', RetainExceptOnCreate }));
      }
      return ended(StackName);
    };
    expect(await attempt('Kept', '/kept', false)).toBe('ROLLBACK_COMPLETE');
    expect(await attempt('Gone', '/gone', true)).toBe('ROLLBACK_COMPLETE');
    expect(await valueOf('/kept')).toBe('x');
    await expect(valueOf('/gone')).rejects.toMatchObject({ name: 'ParameterNotFound' });
  });

  test.each(['ROLLBACK', 'DELETE'] as const)('the policy RetainExceptOnCreate retains nothing of a creation that fails, with OnFailure %s', async (OnFailure) => {
    const Resources = { Own: parameter('/own', 'x', { DeletionPolicy: 'RetainExceptOnCreate' }), Broken: { ...BROKEN, DependsOn: 'Own' } };
    const { StackId } = await client.send(new CreateStackCommand({ StackName: 'Stack', TemplateBody: body(Resources), OnFailure }));
    expect(await ended(StackId!)).toBe(OnFailure === 'DELETE' ? 'DELETE_COMPLETE' : 'ROLLBACK_COMPLETE');
    await expect(valueOf('/own')).rejects.toMatchObject({ name: 'ParameterNotFound' });
  });

  test('the policy RetainExceptOnCreate deletes what a failed update has created, and retains it after one that succeeded', async () => {
    const own = (name: string) => parameter(name, 'x', { DeletionPolicy: 'RetainExceptOnCreate' });
    await create('Stack', { Topic: topic('1') });
    await expect(update('Stack', { Topic: topic('1'), Own: own('/failed'), Broken: { ...BROKEN, DependsOn: 'Own' } })).rejects.toThrow();
    expect(await ended('Stack')).toBe('UPDATE_ROLLBACK_COMPLETE');
    await expect(valueOf('/failed')).rejects.toMatchObject({ name: 'ParameterNotFound' });
    await update('Stack', { Topic: topic('1'), Own: own('/succeeded') });
    await client.send(new DeleteStackCommand({ StackName: 'Stack' }));
    await waitUntilStackDeleteComplete(waiter(), { StackName: 'Stack' });
    expect(await valueOf('/succeeded')).toBe('x');
  });
});

describe('a deletion', () => {
  /** A stack that cannot be deleted: its bucket is not empty. */
  async function undeletable(): Promise<string> {
    await create('Stack', { Topic: topic('1'), Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'full-bucket' } } });
    await s3.send(new PutObjectCommand({ Bucket: 'full-bucket', Key: 'object', Body: 'x' }));
    await client.send(new DeleteStackCommand({ StackName: 'Stack' }));
    expect(await ended('Stack')).toBe('DELETE_FAILED');
    return (await stackOf('Stack')).StackId!;
  }

  test('leaves the resources that are to be retained, once it has failed', async () => {
    const StackName = await undeletable();
    await expect(client.send(new DeleteStackCommand({ StackName, RetainResources: ['None'] }))).rejects.toThrow(/do not exist: \[None\]/);
    await client.send(new DeleteStackCommand({ StackName, RetainResources: ['Bucket'] }));
    await waitUntilStackDeleteComplete(waiter(), { StackName });
    expect(cloud.s3.store.has('full-bucket')).toBe(true);
  });

  test('that is forced leaves what it cannot delete, and only once it has failed', async () => {
    const StackName = await undeletable();
    await create('Other', { Topic: topic('1') });
    await expect(client.send(new DeleteStackCommand({ StackName: 'Other', DeletionMode: 'FORCE_DELETE_STACK' }))).rejects.toThrow(/only in the DELETE_FAILED state/);
    await client.send(new DeleteStackCommand({ StackName, DeletionMode: 'FORCE_DELETE_STACK' }));
    await waitUntilStackDeleteComplete(waiter(), { StackName });
    expect(cloud.s3.store.has('full-bucket')).toBe(true);
  });

  test('ends the events of the stack by its name', async () => {
    await create('Stack', { Topic: topic('1') });
    const { StackId } = await stackOf('Stack');
    await client.send(new DeleteStackCommand({ StackName: 'Stack' }));
    await waitUntilStackDeleteComplete(waiter(), { StackName: StackId! });
    await expect(client.send(new DescribeStackEventsCommand({ StackName: 'Stack' }))).rejects.toMatchObject({
      name: 'ValidationError', message: 'Stack [Stack] does not exist',
    });
    expect((await client.send(new DescribeStackEventsCommand({ StackName: StackId! }))).StackEvents![0].ResourceStatus).toBe('DELETE_COMPLETE');
  });
});

describe('the limits of templates', () => {
  test('a template in a request has at most 51,200 bytes', async () => {
    const Resources = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`Topic${index}`, topic('x'.repeat(1000))]));
    await expect(create('Stack', Resources)).rejects.toThrow(/'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200/);
  });

  test('a template has at most 200 outputs', async () => {
    const Outputs = Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`Output${index}`, { Value: 'x' }]));
    await expect(create('Stack', { Topic: topic('1') }, { Outputs })).rejects.toThrow(/Number of outputs, 201, is greater than maximum allowed, 200/);
  });
});

describe('an import', () => {
  const imported = (Name = '/found', rest: object = {}) => ({ Found: parameter(Name, 'x', { DeletionPolicy: 'Retain', ...rest }) });
  const toImport = (Name = '/found') => ({ ResourceType: 'AWS::SSM::Parameter', LogicalResourceId: 'Found', ResourceIdentifier: { Name } });
  const propose = (input: Partial<CreateChangeSetCommandInput>) => client.send(new CreateChangeSetCommand({
    StackName: 'Stack', ChangeSetName: 'import', ChangeSetType: 'IMPORT', TemplateBody: body(imported()), ResourcesToImport: [toImport()], ...input,
  }));
  async function execute() {
    await client.send(new ExecuteChangeSetCommand({ StackName: 'Stack', ChangeSetName: 'import' }));
    await waitUntilStackImportComplete(waiter(), { StackName: 'Stack' });
  }
  beforeEach(async () => { await ssm.send(new PutParameterCommand({ Name: '/found', Value: 'before', Type: 'String' })); });

  test('brings what exists into a new stack, as it is; updates and deletions follow', async () => {
    await propose({});
    const { Changes } = await client.send(new DescribeChangeSetCommand({ StackName: 'Stack', ChangeSetName: 'import' }));
    expect(Changes).toMatchObject([{ ResourceChange: { Action: 'Import', LogicalResourceId: 'Found', PhysicalResourceId: '/found' } }]);
    await execute();
    expect(await resourcesOf('Stack')).toMatchObject([{ LogicalResourceId: 'Found', PhysicalResourceId: '/found', ResourceStatus: 'IMPORT_COMPLETE' }]);
    expect(await valueOf('/found')).toBe('before');
    await update('Stack', { Found: parameter('/found', 'after', { DeletionPolicy: 'Delete' }) });
    expect(await valueOf('/found')).toBe('after');
    await client.send(new DeleteStackCommand({ StackName: 'Stack' }));
    await waitUntilStackDeleteComplete(waiter(), { StackName: 'Stack' });
    await expect(valueOf('/found')).rejects.toMatchObject({ name: 'ParameterNotFound' });
  });

  test('adds to a stack, also what another one has retained', async () => {
    await create('Former', { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'former-bucket' }, DeletionPolicy: 'Retain' }, Topic: topic('x') });
    await client.send(new DeleteStackCommand({ StackName: 'Former' }));
    await waitUntilStackDeleteComplete(waiter(), { StackName: 'Former' });
    await s3.send(new CreateBucketCommand({ Bucket: 'own-bucket' }));
    await create('Stack', { Topic: topic('1') });
    const bucket = { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain' };
    await propose({
      TemplateBody: body({ Topic: topic('1'), Former: bucket, Own: bucket }),
      ResourcesToImport: [['Former', 'former-bucket'], ['Own', 'own-bucket']].map(([LogicalResourceId, BucketName]) => ({
        ResourceType: 'AWS::S3::Bucket', LogicalResourceId, ResourceIdentifier: { BucketName },
      })),
    });
    await execute();
    expect((await resourcesOf('Stack')).map(({ PhysicalResourceId }) => PhysicalResourceId)).toEqual([expect.anything(), 'former-bucket', 'own-bucket']);
  });

  test('of what is gone when it is executed is rolled back', async () => {
    await create('Stack', { Topic: topic('1') });
    await propose({ TemplateBody: body({ Topic: topic('1'), ...imported() }) });
    await ssm.send(new DeleteParameterCommand({ Name: '/found' }));
    await expect(execute()).rejects.toThrow();
    expect(await ended('Stack')).toBe('IMPORT_ROLLBACK_COMPLETE');
    expect((await resourcesOf('Stack')).map(({ LogicalResourceId }) => LogicalResourceId)).toEqual(['Topic']);
  });

  test.each<[string, Partial<CreateChangeSetCommandInput>, RegExp]>([
    ['of nothing', { ResourcesToImport: undefined }, /at least one resource to import/],
    ['without a deletion policy', { TemplateBody: body(imported('/found', { DeletionPolicy: undefined })) }, /must have DeletionPolicy attribute specified/],
    ['of a resource that does not exist', { TemplateBody: body(imported('/none')), ResourcesToImport: [toImport('/none')] }, /identifier '\/none' was not found/],
    ['under another name than the template has', { ResourcesToImport: [toImport('/other')] }, /does not match the identifier value defined in the template/],
    ['with a resource that is not to be imported', { TemplateBody: body({ ...imported(), Topic: topic('1') }) }, /Resources \[Topic\] is missing from ResourceToImport list/],
    ['with an output', { TemplateBody: body(imported(), { Outputs: { O: { Value: 'x' } } }) }, /cannot modify or add \[Outputs\]/],
    ['of a custom resource', {
      TemplateBody: body({ Found: { ...BROKEN, DeletionPolicy: 'Retain' } }),
      ResourcesToImport: [{ ResourceType: 'Custom::Broken', LogicalResourceId: 'Found', ResourceIdentifier: { Name: 'x' } }],
    }, /ResourceTypes \[Custom::Broken\] are not supported for Import/],
    ['by an identifier of another kind', { ResourcesToImport: [{ ...toImport(), ResourceIdentifier: { Arn: 'x' } }] }, /The resource identifier of AWS::SSM::Parameter is \[Name\]/],
    ['of what is not in the template', { ResourcesToImport: [{ ...toImport(), LogicalResourceId: 'None' }] }, /is missing from ResourceToImport list/],
    ['that is called a creation', { ChangeSetType: 'CREATE' }, /only with the change set type IMPORT/],
  ])('%s is refused and leaves no stack', async (_, input, message) => {
    await expect(propose(input)).rejects.toThrow(message);
    await expect(stackOf('Stack')).rejects.toThrow(/does not exist/);
  });

  test('of what belongs to a stack is refused, and so are other changes', async () => {
    await create('Owner', { Own: parameter('/owned') });
    await expect(propose({ TemplateBody: body(imported('/owned')), ResourcesToImport: [toImport('/owned')] })).rejects.toThrow(/already belongs to stack Owner/);
    await create('Stack', { Topic: topic('1') });
    await expect(propose({ TemplateBody: body({ Topic: topic('2'), ...imported() }) })).rejects.toThrow(/cannot modify or add \[Resources\]/);
  });

  test('is told how resources are identified', async () => {
    const { ResourceIdentifierSummaries } = await client.send(new GetTemplateSummaryCommand({
      TemplateBody: body({
        ...imported(),
        Broken: BROKEN,
      }),
    }));
    expect(ResourceIdentifierSummaries).toEqual([{ ResourceType: 'AWS::SSM::Parameter', LogicalResourceIds: ['Found'], ResourceIdentifiers: ['Name'] }]);
  });
});

describe('a stack refactor', () => {
  const refactor = async (input: CreateStackRefactorCommandInput) => (await client.send(new CreateStackRefactorCommand(input))).StackRefactorId!;
  const described = (StackRefactorId: string) => client.send(new DescribeStackRefactorCommand({ StackRefactorId }));
  async function execute(StackRefactorId: string) {
    await waitUntilStackRefactorCreateComplete(waiter(), { StackRefactorId });
    await client.send(new ExecuteStackRefactorCommand({ StackRefactorId }));
    await waitUntilStackRefactorExecuteComplete(waiter(), { StackRefactorId });
  }
  const mapping = (from: [string, string], to: [string, string]) => {
    const [Source, Destination] = [from, to].map(([StackName, LogicalResourceId]) => ({ StackName, LogicalResourceId }));
    return { Source, Destination };
  };

  test('renames a resource, and everything that reads it stays as it is', async () => {
    await create('Stack', { Old: topic('1'), Reader: parameter('/reader', { Ref: 'Old' } as never) });
    const before = await resourcesOf('Stack');
    const id = await refactor({
      StackDefinitions: [{ StackName: 'Stack', TemplateBody: body({ New: topic('1'), Reader: parameter('/reader', { Ref: 'New' } as never) }) }],
      ResourceMappings: [mapping(['Stack', 'Old'], ['Stack', 'New'])],
      Description: 'rename',
    });
    expect(await described(id)).toMatchObject({ Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE', Description: 'rename' });
    const actions = [];
    for await (const { StackRefactorActions = [] } of paginateListStackRefactorActions({ client },
      { StackRefactorId: id })) actions.push(...StackRefactorActions);
    expect(actions).toMatchObject([{ Action: 'MOVE', Entity: 'RESOURCE', Detection: 'MANUAL', ResourceMapping: { Destination: { LogicalResourceId: 'New' } } }]);
    await execute(id);
    const after = await resourcesOf('Stack');
    expect(after.map(({ LogicalResourceId, PhysicalResourceId }) => [LogicalResourceId, PhysicalResourceId])).toEqual([
      ['New', before[0].PhysicalResourceId], ['Reader', '/reader'],
    ]);
    expect(await valueOf('/reader')).toBe(before[0].PhysicalResourceId);
    const ids: string[] = [];
    for await (const { StackRefactorSummaries = [] } of paginateListStackRefactors({ client }, { ExecutionStatusFilter: ['EXECUTE_COMPLETE'] })) {
      ids.push(...StackRefactorSummaries.map(({ StackRefactorId }) => StackRefactorId!));
    }
    expect(ids).toEqual([id]);
    await expect(client.send(new ExecuteStackRefactorCommand({ StackRefactorId: id }))).rejects.toThrow(/cannot be executed/);
    // The next update sees no difference.
    await expect(update('Stack', { New: topic('1'), Reader: parameter('/reader', { Ref: 'New' } as never) })).rejects.toThrow('No updates are to be performed.');
  });

  test('moves a resource to another stack, and to one that it creates; they go with it', async () => {
    await create('One', { Stay: topic('1'), Own: parameter('/moved'), Far: parameter('/far') });
    await create('Two', { Other: topic('2') });
    const id = await refactor({
      EnableStackCreation: true,
      StackDefinitions: [
        { StackName: 'One', TemplateBody: body({ Stay: topic('1') }) },
        { StackName: 'Two', TemplateBody: body({ Other: topic('2'), Own: parameter('/moved') }) },
        { StackName: 'Three', TemplateBody: body({ Far: parameter('/far') }) },
      ],
    });
    await execute(id);
    expect((await described(id)).StackIds).toHaveLength(3);
    expect((await stackOf('Three')).StackStatus).toBe('CREATE_COMPLETE');
    await client.send(new DeleteStackCommand({ StackName: 'One' }));
    await waitUntilStackDeleteComplete(waiter(), { StackName: 'One' });
    expect([await valueOf('/moved'), await valueOf('/far')]).toEqual(['x', 'x']);
    for (const StackName of ['Two', 'Three']) {
      await client.send(new DeleteStackCommand({ StackName }));
      await waitUntilStackDeleteComplete(waiter(), { StackName });
    }
    await expect(valueOf('/moved')).rejects.toMatchObject({ name: 'ParameterNotFound' });
    await expect(valueOf('/far')).rejects.toMatchObject({ name: 'ParameterNotFound' });
  });

  test('puts an export between stacks where a reference was within one', async () => {
    await create('One', { Topic: topic('1'), Reader: parameter('/reader', { Ref: 'Topic' } as never) });
    await create('Two', { Other: topic('2') });
    const id = await refactor({
      StackDefinitions: [
        { StackName: 'One', TemplateBody: body({ Topic: topic('1') }, { Outputs: { Arn: { Value: { Ref: 'Topic' }, Export: { Name: 'arn' } } } }) },
        { StackName: 'Two', TemplateBody: body({ Other: topic('2'), Reader: parameter('/reader', { 'Fn::ImportValue': 'arn' } as never) }) },
      ],
    });
    await execute(id);
    const importers: string[] = [];
    for await (const { Imports = [] } of paginateListImports({ client }, { ExportName: 'arn' })) importers.push(...Imports);
    expect(importers).toEqual(['Two']);
  });

  test.each<[string, object, string]>([
    ['creates a resource', { Old: topic('1'), Second: topic('2'), More: topic('3') }, 'A stack refactor cannot create resources: [More] of stack Stack.'],
    ['deletes a resource', { Old: topic('1') }, 'A stack refactor cannot delete resources: [Second] of stack Stack.'],
    ['changes a resource', { Old: topic('3'), Second: topic('2') }, 'A stack refactor cannot change the configuration of resources: [Old] of stack Stack.'],
  ])('that %s fails in its creation', async (_, Resources, StatusReason) => {
    await create('Stack', { Old: topic('1'), Second: topic('2') });
    const id = await refactor({ StackDefinitions: [{ StackName: 'Stack', TemplateBody: body(Resources) }] });
    expect(await described(id)).toMatchObject({ Status: 'CREATE_FAILED', ExecutionStatus: 'UNAVAILABLE', StatusReason });
    await expect(waitUntilStackRefactorCreateComplete(waiter(), { StackRefactorId: id })).rejects.toThrow();
    await expect(client.send(new ExecuteStackRefactorCommand({ StackRefactorId: id }))).rejects.toThrow(/cannot be executed/);
  });

  test('of a stack that does not exist, or of none, is refused', async () => {
    const id = await refactor({ StackDefinitions: [{ StackName: 'None', TemplateBody: body({ Topic: topic('1') }) }] });
    expect((await described(id)).StatusReason).toMatch(/Stack \[None\] does not exist/);
    await expect(refactor({ StackDefinitions: [] })).rejects.toThrow(/1 to 5 stacks/);
    await expect(described('none')).rejects.toMatchObject({ name: 'StackRefactorNotFoundException' });
  });
});
