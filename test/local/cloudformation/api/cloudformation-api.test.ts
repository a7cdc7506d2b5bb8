import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Capability,
  CloudFormationClient, CreateChangeSetCommand, CreateStackCommand, DeleteChangeSetCommand, DeleteStackCommand, DescribeChangeSetCommand,
  DescribeStackEventsCommand, DescribeStackResourceCommand, DescribeStacksCommand, ExecuteChangeSetCommand, GetTemplateCommand,
  GetTemplateSummaryCommand, ListExportsCommand, paginateDescribeStackEvents, paginateDescribeStacks, paginateListChangeSets,
  paginateListStackResources, paginateListStacks,
  RollbackStackCommand, UpdateStackCommand, UpdateTerminationProtectionCommand, waitUntilChangeSetCreateComplete,
  waitUntilStackCreateComplete, waitUntilStackDeleteComplete, waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { LocalCloud } from '../../../../local/cloud';
import { query } from '../../query/requests';

const TOPIC = { Type: 'AWS::SNS::Topic', Properties: { DisplayName: 'first' } };
/** A function that there is not: what needs it fails. */
const BROKEN = { Type: 'Custom::Broken', Properties: { ServiceToken: 'arn:aws:lambda:us-east-1:111122223333:function:none' } };
const StackName = 'Stack';

let cloud: LocalCloud;
let client: CloudFormationClient;
beforeEach(async () => {
  cloud = await LocalCloud.start({ realTimeOutside: true });
  cloud.clock.start();
  client = new CloudFormationClient({
    endpoint: cloud.endpoint.url, region: cloud.region, credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' }, maxAttempts: 1,
  });
});
afterEach(async () => {
  client.destroy();
  await cloud.clock.stop();
  await cloud.stop();
});

const waiter = () => ({ client, minDelay: 0.02, maxDelay: 0.02, maxWaitTime: 20 });
const body = (Resources: object, rest: object = {}) => JSON.stringify({ Resources, ...rest });
async function create(Resources: object = { Topic: TOPIC }, rest: object = {}, input: object = {}) {
  await client.send(new CreateStackCommand({ StackName, TemplateBody: body(Resources, rest), ...input }));
  await waitUntilStackCreateComplete(waiter(), { StackName });
}
async function describe1(name = StackName) {
  return (await client.send(new DescribeStacksCommand({ StackName: name }))).Stacks![0];
}

describe('a stack', () => {
  test('is created, changed and deleted, and waiters follow', async () => {
    await create({ Topic: TOPIC }, {
      Description: 'about topics',
      Parameters: { Name: { Type: 'String', Default: 'a' }, Secret: { Type: 'String', NoEcho: true } },
      Outputs: { Arn: { Value: { Ref: 'Topic' }, Description: 'a topic', Export: { Name: 'topic' } } },
    }, { Tags: [{ Key: 'owner', Value: 'me' }], Parameters: [{ ParameterKey: 'Secret', ParameterValue: 'secret' }] });
    const stack = await describe1();
    expect(stack).toMatchObject({
      StackStatus: 'CREATE_COMPLETE',
      Description: 'about topics',
      Parameters: [{ ParameterKey: 'Name', ParameterValue: 'a' }, { ParameterKey: 'Secret', ParameterValue: '****' }],
      Tags: [{ Key: 'owner', Value: 'me' }],
      Outputs: [{ OutputKey: 'Arn', OutputValue: expect.stringMatching(/^arn:aws:sns:/), Description: 'a topic', ExportName: 'topic' }],
      EnableTerminationProtection: false,
    });
    expect((await client.send(new ListExportsCommand({}))).Exports).toMatchObject([{ Name: 'topic', ExportingStackId: stack.StackId }]);

    const TemplateBody = body({ Topic: { ...TOPIC, Properties: { DisplayName: 'second' } } });
    await client.send(new UpdateStackCommand({ StackName, TemplateBody }));
    await waitUntilStackUpdateComplete(waiter(), { StackName });
    expect((await client.send(new GetTemplateCommand({ StackName }))).TemplateBody).toBe(TemplateBody);
    await expect(client.send(new UpdateStackCommand({ StackName, TemplateBody }))).rejects.toMatchObject({
      name: 'ValidationError', message: 'No updates are to be performed.',
    });

    await client.send(new DeleteStackCommand({ StackName }));
    await waitUntilStackDeleteComplete(waiter(), { StackName: stack.StackId! });
    await expect(describe1()).rejects.toMatchObject({ name: 'ValidationError', message: 'Stack with id Stack does not exist' });
    expect((await describe1(stack.StackId)).StackStatus).toBe('DELETE_COMPLETE');
  });

  test('that exists already is an error of its own class', async () => {
    await create();
    await expect(create()).rejects.toMatchObject({ name: 'AlreadyExistsException' });
  });

  test('is protected from deletion as long as it is to be', async () => {
    await create();
    await client.send(new UpdateTerminationProtectionCommand({ StackName, EnableTerminationProtection: true }));
    await expect(client.send(new DeleteStackCommand({ StackName }))).rejects.toThrow(/TerminationProtection/);
  });

  test('whose creation was left as it failed is rolled back later', async () => {
    await expect(create({ Broken: BROKEN }, {}, { DisableRollback: true })).rejects.toThrow();
    expect((await describe1()).StackStatus).toBe('CREATE_FAILED');
    await client.send(new RollbackStackCommand({ StackName }));
    await cloud.clock.advance(60_000);
    expect((await describe1()).StackStatus).toBe('ROLLBACK_COMPLETE');
  });

  test('tells of its resources and events page by page', async () => {
    await create(Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`Topic${index}`, TOPIC])));
    const resources: string[] = [];
    for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName })) {
      resources.push(...StackResourceSummaries.map(({ LogicalResourceId }) => LogicalResourceId!));
    }
    expect(new Set(resources).size).toBe(120);
    const { StackResourceDetail } = await client.send(new DescribeStackResourceCommand({ StackName, LogicalResourceId: 'Topic7' }));
    expect(StackResourceDetail).toMatchObject({ ResourceStatus: 'CREATE_COMPLETE', ResourceType: 'AWS::SNS::Topic', PhysicalResourceId: expect.any(String) });

    const times: number[] = [];
    for await (const { StackEvents = [] } of paginateDescribeStackEvents({ client }, { StackName })) {
      times.push(...StackEvents.map(({ Timestamp }) => Timestamp!.getTime()));
    }
    expect(times).toHaveLength(2 + 3 * 120);
    expect(times.every((time, index) => index === 0 || time < times[index - 1])).toBe(true);
  });

  test('is listed by its status, deleted ones too', async () => {
    await create();
    await client.send(new DeleteStackCommand({ StackName }));
    await waitUntilStackDeleteComplete(waiter(), { StackName });
    const names = async (input: object) => {
      const found: string[] = [];
      for await (const { StackSummaries = [] } of paginateListStacks({ client }, input)) {
        found.push(...StackSummaries.map((stack) => stack.StackName!));
      }
      return found;
    };
    expect(await names({})).toEqual([StackName]);
    expect(await names({ StackStatusFilter: ['CREATE_COMPLETE'] })).toEqual([]);
  });
});

describe('times', () => {
  test('are those of the caller, however far the clock has gone', async () => {
    await cloud.clock.advance(48 * 3600 * 1000);
    const before = Date.now();
    await create();
    const { StackEvents } = await client.send(new DescribeStackEventsCommand({ StackName }));
    expect(StackEvents!.at(-1)!.Timestamp!.getTime()).toBeGreaterThanOrEqual(before);
    expect(StackEvents![0].Timestamp!.getTime()).toBeLessThan(Date.now() + 1000);
  });

  test('are not later than now for what another process has done', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'times-'));
    const once = await LocalCloud.start({ directory, startAt: new Date(Date.now() + 48 * 3600 * 1000) });
    await once.clock.run(once.cloudFormation.createStack({ stackName: StackName, template: { Resources: { Topic: TOPIC } } }));
    await once.stop();
    const again = await LocalCloud.start({ directory, realTimeOutside: true });
    const { document } = await query(again, 'cloudformation', { Action: 'DescribeStackEvents', StackName });
    const events: Array<{ Timestamp: string }> = document.DescribeStackEventsResponse.DescribeStackEventsResult.StackEvents.member;
    expect(events.length).toBeGreaterThan(0);
    for (const { Timestamp } of events) expect(Date.parse(Timestamp)).toBeLessThanOrEqual(Date.now());
    await again.stop();
    rmSync(directory, { recursive: true });
  });
});

describe('a template', () => {
  test('can be where S3 has it', async () => {
    cloud.s3.createBucket('templates');
    cloud.s3.put('templates', 'a/b.json', Buffer.from(body({ Topic: TOPIC })), {});
    for (const [index, TemplateURL] of [
      `${cloud.endpoint.url}/templates/a/b.json`,
      'https://s3.us-east-1.amazonaws.com/templates/a/b.json',
      'https://templates.s3.us-east-1.amazonaws.com/a/b.json',
    ].entries()) {
      await client.send(new CreateStackCommand({ StackName: `Stack${index}`, TemplateURL }));
      await waitUntilStackCreateComplete(waiter(), { StackName: `Stack${index}` });
    }
    await expect(client.send(new CreateStackCommand({ StackName, TemplateURL: `${cloud.endpoint.url}/templates/none` })))
      .rejects.toMatchObject({ name: 'ValidationError', message: 'S3 error: The specified key does not exist.' });
  });

  test('can be YAML, with short forms of functions', async () => {
    const TemplateBody = `
Description: a topic
Parameters:
  Name: { Type: String, Default: short }
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      TopicName: !Join ['-', [!Ref Name, !Sub "in-\${AWS::Region}"]]
Outputs:
  Name:
    Value: !GetAtt Topic.TopicName
`;
    expect(await client.send(new GetTemplateSummaryCommand({ TemplateBody }))).toMatchObject({
      Description: 'a topic', ResourceTypes: ['AWS::SNS::Topic'], Parameters: [{ ParameterKey: 'Name', DefaultValue: 'short' }],
    });
    await client.send(new CreateStackCommand({ StackName, TemplateBody }));
    await waitUntilStackCreateComplete(waiter(), { StackName });
    expect((await describe1()).Outputs).toMatchObject([{ OutputValue: 'short-in-us-east-1' }]);
  });

  test('has no short form of Fn::ForEach, whose key contains the name of the loop', async () => {
    const TemplateBody = `
Transform: AWS::LanguageExtensions
Resources: !ForEach [Name, [A], { 'Topic\${Name}': { Type: AWS::SNS::Topic } }]
`;
    await expect(client.send(new CreateStackCommand({ StackName, TemplateBody }))).rejects.toThrow(/YAML not well-formed.*!ForEach/);
  });

  test('that is neither is refused', async () => {
    await expect(client.send(new CreateStackCommand({ StackName, TemplateBody: 'a: [b' }))).rejects.toThrow(/YAML not well-formed/);
    await expect(client.send(new CreateStackCommand({ StackName }))).rejects.toMatchObject({ name: 'ValidationError' });
  });
});

describe('capabilities', () => {
  const policy = { Version: '2012-10-17', Statement: [] };
  const role = (Properties: object = {}) => ({ Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: policy, ...Properties } } });
  const named = role({ RoleName: 'me' });
  const LANGUAGE = { Transform: 'AWS::LanguageExtensions' };
  const insufficient = (capability: string) => ({
    name: 'InsufficientCapabilitiesException', message: `Requires capabilities : [${capability}]`, $metadata: { httpStatusCode: 400 },
  });
  const send = async (Resources: object, Capabilities: Capability[], rest: object = {}) =>
    client.send(new CreateStackCommand({ StackName, TemplateBody: body(Resources, rest), Capabilities }));

  test('are needed for resources of IAM, and others for named ones', async () => {
    await expect(send(role(), [])).rejects.toMatchObject(insufficient('CAPABILITY_IAM'));
    await expect(send(named, ['CAPABILITY_IAM'])).rejects.toMatchObject(insufficient('CAPABILITY_NAMED_IAM'));
    await expect(describe1()).rejects.toThrow(/does not exist/);
    await send(role(), ['CAPABILITY_NAMED_IAM']);
    await waitUntilStackCreateComplete(waiter(), { StackName });
    expect((await describe1()).Capabilities).toEqual(['CAPABILITY_NAMED_IAM']);
  });

  test('are needed for an update, and for a change set, too', async () => {
    await create();
    const change = { StackName, TemplateBody: body({ Topic: TOPIC, ...named }) };
    await expect(client.send(new UpdateStackCommand(change))).rejects.toMatchObject(insufficient('CAPABILITY_NAMED_IAM'));
    await expect(client.send(new CreateChangeSetCommand({ ...change, ChangeSetName: 'change' }))).rejects.toMatchObject(insufficient('CAPABILITY_NAMED_IAM'));
  });

  test('are needed for an update of the template that the stack has', async () => {
    await create(role(), {}, { Capabilities: ['CAPABILITY_IAM'] });
    await expect(client.send(new UpdateStackCommand({ StackName, UsePreviousTemplate: true, Tags: [{ Key: 'a', Value: 'b' }] })))
      .rejects.toMatchObject(insufficient('CAPABILITY_IAM'));
  });

  test('are needed for macros, except where a change set shows what they make', async () => {
    await expect(send({ Topic: TOPIC }, [], LANGUAGE)).rejects.toMatchObject(insufficient('CAPABILITY_AUTO_EXPAND'));
    const change = { StackName, ChangeSetName: 'change', ChangeSetType: 'CREATE' as const, TemplateBody: body({ Topic: TOPIC }, LANGUAGE) };
    await expect(client.send(new CreateChangeSetCommand(change))).resolves.toBeDefined();
  });

  test('that are needed are told with a template', async () => {
    expect(await client.send(new GetTemplateSummaryCommand({ TemplateBody: body(named) }))).toMatchObject({
      Capabilities: ['CAPABILITY_NAMED_IAM'], CapabilitiesReason: 'The following resource(s) require capabilities: [AWS::IAM::Role]',
    });
  });
});

describe('a change set', () => {
  const ChangeSetName = 'change';
  const make = async (Resources: object, ChangeSetType: 'CREATE' | 'UPDATE') =>
    client.send(new CreateChangeSetCommand({ StackName, ChangeSetName, ChangeSetType, TemplateBody: body(Resources) }));
  const read = async (input: object = {}) => client.send(new DescribeChangeSetCommand({ StackName, ChangeSetName, ...input }));

  test('for a new stack is executed', async () => {
    const { Id, StackId } = await make({ Topic: TOPIC }, 'CREATE');
    await waitUntilChangeSetCreateComplete(waiter(), { StackName, ChangeSetName });
    expect((await describe1()).StackStatus).toBe('REVIEW_IN_PROGRESS');
    expect(await read()).toMatchObject({
      ChangeSetId: Id,
      StackId,
      Status: 'CREATE_COMPLETE',
      ExecutionStatus: 'AVAILABLE',
      Changes: [{ Type: 'Resource', ResourceChange: { Action: 'Add', LogicalResourceId: 'Topic', ResourceType: 'AWS::SNS::Topic' } }],
    });
    await client.send(new ExecuteChangeSetCommand({ StackName, ChangeSetName }));
    await waitUntilStackCreateComplete(waiter(), { StackName });
  });

  test('tells what it changes, and the values only to those who ask for them', async () => {
    await create();
    await make({ Topic: { ...TOPIC, Properties: { DisplayName: 'second' } } }, 'UPDATE');
    const { Changes: [plain] = [] } = await read();
    expect(plain.ResourceChange).toMatchObject({ Action: 'Modify', Replacement: 'False', Scope: ['Properties'] });
    expect(plain.ResourceChange!.Details![0].Target).toEqual({ Attribute: 'Properties', Name: 'DisplayName', RequiresRecreation: 'Never' });
    const { Changes: [detailed] = [] } = await read({ IncludePropertyValues: true });
    expect(detailed.ResourceChange!.Details![0].Target).toMatchObject({ Path: '/Properties/DisplayName', BeforeValue: 'first', AfterValue: 'second' });
    expect(JSON.parse(detailed.ResourceChange!.AfterContext!)).toMatchObject({ Properties: { DisplayName: 'second' } });
  });

  test('is listed with the others of its stack, and with the stack, by paginators', async () => {
    await create();
    await make({ Topic: { ...TOPIC, Properties: { DisplayName: 'second' } } }, 'UPDATE');
    const found = [];
    for await (const { Summaries = [] } of paginateListChangeSets({ client }, { StackName })) found.push(...Summaries);
    expect(found).toMatchObject([{ ChangeSetName, StackName, Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE', CreationTime: expect.any(Date) }]);
    const stacks = [];
    for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {})) stacks.push(...Stacks.map((stack) => stack.StackName));
    expect(stacks).toEqual([StackName]);
  });

  test('that would change nothing has failed', async () => {
    await create();
    await make({ Topic: TOPIC }, 'UPDATE');
    expect(await read()).toMatchObject({ Status: 'FAILED', StatusReason: expect.stringMatching(/didn't contain changes/) });
  });

  test('that was deleted is not found, in a class of its own', async () => {
    await create();
    await make({ Topic: TOPIC }, 'UPDATE');
    await client.send(new DeleteChangeSetCommand({ StackName, ChangeSetName }));
    await expect(read()).rejects.toMatchObject({ name: 'ChangeSetNotFoundException', $metadata: { httpStatusCode: 404 } });
  });
});
