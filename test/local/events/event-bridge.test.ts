import {
  DeleteRuleCommand, DescribeEventBusCommand, DescribeRuleCommand, DisableRuleCommand, EnableRuleCommand, InvalidEventPatternException,
  LimitExceededException, ListEventBusesCommand, ListRuleNamesByTargetCommand, ListRulesCommand, ListTargetsByRuleCommand, PutEventsCommand,
  type PutEventsRequestEntry, PutRuleCommand, PutTargetsCommand, RemoveTargetsCommand, ResourceNotFoundException, type Target,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { ACCOUNT, EventsFixture, queueFor, toQueue } from './setup';

let fixture: EventsFixture;
beforeAll(async () => { fixture = await EventsFixture.start(); });
afterAll(async () => fixture.stop());

const ruleArn = (name: string) => `arn:aws:events:us-east-1:${ACCOUNT}:rule/${name}`;
const put = async (Name: string, pattern: object = { source: ['mine'] }) =>
  fixture.events.send(new PutRuleCommand({ Name, EventPattern: JSON.stringify(pattern) }));
const target = (Id: string, more: Partial<Target> = {}): Target => ({ Id, Arn: `arn:aws:sqs:us-east-1:${ACCOUNT}:${Id}`, ...more });
const send = async (...entries: PutEventsRequestEntry[]) => fixture.events.send(new PutEventsCommand({ Entries: entries }));
const mine = (detail: object, more: PutEventsRequestEntry = {}) => ({ Source: 'mine', DetailType: 'Done', Detail: JSON.stringify(detail), ...more });

describe('a rule', () => {
  test('is created, described, switched off and on, and deleted once it has no targets', async () => {
    expect(await put('rule')).toMatchObject({ RuleArn: ruleArn('rule') });
    const describe = async () => fixture.events.send(new DescribeRuleCommand({ Name: 'rule' }));
    expect(await describe()).toMatchObject({ Name: 'rule', Arn: ruleArn('rule'), EventPattern: '{"source":["mine"]}', State: 'ENABLED', EventBusName: 'default' });
    await fixture.events.send(new DisableRuleCommand({ Name: 'rule' }));
    expect((await describe()).State).toBe('DISABLED');
    await fixture.events.send(new EnableRuleCommand({ Name: 'rule' }));
    expect((await describe()).State).toBe('ENABLED');

    await fixture.events.send(new PutTargetsCommand({ Rule: 'rule', Targets: [target('a'), target('b')] }));
    await expect(fixture.events.send(new DeleteRuleCommand({ Name: 'rule' }))).rejects.toThrow("Rule can't be deleted since it has targets.");
    const { Targets } = await fixture.events.send(new ListTargetsByRuleCommand({ Rule: 'rule' }));
    expect(Targets).toEqual([target('a'), target('b')]);
    const removed = await fixture.events.send(new RemoveTargetsCommand({ Rule: 'rule', Ids: ['a', 'b', 'c'] }));
    expect(removed).toMatchObject({ FailedEntryCount: 1, FailedEntries: [{ TargetId: 'c' }] });
    await fixture.events.send(new DeleteRuleCommand({ Name: 'rule' }));
    await expect(describe()).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  test('is listed by its prefix or by its target, page by page', async () => {
    for (const name of ['list-b', 'list-a', 'list-c']) {
      await put(name);
      await fixture.events.send(new PutTargetsCommand({ Rule: name, Targets: [target('shared')] }));
    }
    const names: string[] = [];
    for (let NextToken: string | undefined, more = true; more;) {
      const page = await fixture.events.send(new ListRulesCommand({ NamePrefix: 'list-', Limit: 2, NextToken }));
      names.push(...page.Rules!.map(({ Name }) => Name!));
      NextToken = page.NextToken;
      more = NextToken !== undefined;
    }
    expect(names).toEqual(['list-a', 'list-b', 'list-c']);
    const { RuleNames } = await fixture.events.send(new ListRuleNamesByTargetCommand({ TargetArn: target('shared').Arn }));
    expect(RuleNames).toEqual(names);
  });

  test('has a pattern or a schedule, five targets at most, and one input for each', async () => {
    await expect(fixture.events.send(new PutRuleCommand({ Name: 'none' }))).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(fixture.events.send(new PutRuleCommand({ Name: 'none', ScheduleExpression: 'daily' }))).rejects.toMatchObject({ name: 'ValidationException' });
    await put('many');
    const Targets = ['1', '2', '3', '4', '5', '6'].map((id) => target(id));
    await expect(fixture.events.send(new PutTargetsCommand({ Rule: 'many', Targets }))).rejects.toBeInstanceOf(LimitExceededException);
    const both = fixture.events.send(new PutTargetsCommand({ Rule: 'many', Targets: [target('1', { Input: '{}', InputPath: '$.detail' })] }));
    await expect(both).rejects.toThrow(/Only one of Input, InputPath, or InputTransformer/);
    await expect(fixture.events.send(new PutRuleCommand({ Name: 'other', EventBusName: 'own', EventPattern: '{"source":["a"]}' }))).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  test('is on the default bus, which is the only one', async () => {
    const bus = { Name: 'default', Arn: `arn:aws:events:us-east-1:${ACCOUNT}:event-bus/default` };
    expect(await fixture.events.send(new DescribeEventBusCommand({}))).toMatchObject(bus);
    expect((await fixture.events.send(new ListEventBusesCommand({}))).EventBuses).toEqual([bus]);
  });
});

describe('an event pattern', () => {
  const EVENT = {
    'id': '1',
    'detail-type': 'Done',
    'source': 'mine',
    'account': ACCOUNT,
    'time': '2026-01-01T00:00:00Z',
    'region': 'us-east-1',
    'resources': ['arn:a', 'arn:b'],
    'detail': { status: 'Failed', name: 'Churn-1', size: 7, ok: false, nothing: null, address: '10.0.0.7', list: ['x', 'y'], items: [{ a: 1 }, { a: 2 }], text: '' },
  };
  const test_ = async (pattern: object) =>
    (await fixture.events.send(new TestEventPatternCommand({ EventPattern: JSON.stringify(pattern), Event: JSON.stringify(EVENT) }))).Result;
  const detail = (pattern: object) => ({ detail: pattern });

  test.each<[string, object]>([
    ['a value of a list', { source: ['theirs', 'mine'] }],
    ['one of the values of an array', { resources: ['arn:b'] }],
    ['numbers, booleans and null', detail({ size: [7], ok: [false], nothing: [null] })],
    ['an empty string', detail({ text: [''] })],
    ['a prefix, a suffix and both whatever their case', detail({ name: [{ prefix: 'Churn' }], status: [{ suffix: 'led' }] })],
    ['a prefix in another case', detail({ name: [{ prefix: { 'equals-ignore-case': 'cHURN' } }] })],
    ['another case', detail({ status: [{ 'equals-ignore-case': 'failed' }] })],
    ['a wildcard', detail({ name: [{ wildcard: 'C*-*' }] })],
    ['a range of numbers', detail({ size: [{ numeric: ['>', 5, '<=', 7] }] })],
    ['a range of addresses', detail({ address: [{ cidr: '10.0.0.0/24' }] })],
    ['anything but', detail({ status: [{ 'anything-but': ['Completed', 'Stopped'] }], name: [{ 'anything-but': { prefix: 'Other' } }], size: [{ 'anything-but': 8 }] })],
    ['what exists and what does not', detail({ status: [{ exists: true }], other: [{ exists: false }] })],
    ['one of several', { $or: [{ source: ['theirs'] }, { detail: { size: [{ numeric: ['=', 7] }] } }] }],
    ['an object in an array', detail({ items: { a: [2] } })],
  ])('finds %s', async (_, pattern) => {
    expect(await test_(pattern)).toBe(true);
  });

  test.each<[string, object]>([
    ['a value in another case', { source: ['Mine'] }],
    ['a number for a string', detail({ size: ['7'] })],
    ['one of two members only', detail({ status: ['Failed'], size: [8] })],
    ['what is absent as anything but', detail({ other: [{ 'anything-but': 'x' }] })],
    ['what is absent as null', detail({ other: [null] })],
    ['an object as a value that exists', { detail: [{ exists: true }] }],
    ['a number out of range', detail({ size: [{ numeric: ['<', 7] }] })],
    ['neither of several', { $or: [{ source: ['theirs'] }, { detail: { size: [8] } }] }],
  ])('does not find %s', async (_, pattern) => {
    expect(await test_(pattern)).toBe(false);
  });

  test.each<[string, object]>([
    ['a value without a list', { source: 'mine' }],
    ['an empty list', { source: [] }],
    ['an empty object', { detail: {} }],
    ['nothing', {}],
    ['an operator that there is not', { source: [{ like: 'x' }] }],
    ['a comparison without a number', detail({ size: [{ numeric: ['>', '5'] }] })],
    ['an address that there is not', detail({ address: [{ cidr: '300.0.0.0/8' }] })],
    ['consecutive wildcards', detail({ name: [{ wildcard: 'a**' }] })],
  ])('with %s is refused', async (_, pattern) => {
    await expect(test_(pattern)).rejects.toBeInstanceOf(InvalidEventPatternException);
  });
});

test('an entry of PutEvents is refused by itself: of a service, without a detail, or for another bus', async () => {
  const { FailedEntryCount, Entries } = await send(
    mine({ a: 1 }), mine({}, { Source: 'aws.sagemaker' }), mine({}, { Detail: 'no JSON' }), { Source: 'mine', DetailType: 'Done' }, mine({}, { EventBusName: 'own' }),
  );
  expect(FailedEntryCount).toBe(4);
  expect(Entries!.map(({ EventId, ErrorCode }) => ErrorCode ?? typeof EventId)).toEqual([
    'string', 'NotAuthorizedForSource', 'MalformedDetail', 'InvalidArgument', 'InvalidArgument',
  ]);
  await expect(send(mine({ text: 'x'.repeat(256 * 1024) }))).rejects.toMatchObject({ name: 'ValidationException' });
});

describe('a target gets', () => {
  const rule = (more: object) => ({
    Rule: { Type: 'AWS::Events::Rule', Properties: { Name: 'to-queue', EventPattern: { source: ['mine'] }, Targets: [{ ...toQueue, ...more }] } },
    ...queueFor('Rule'),
  });
  const receive = async (more: object, detail: object = { name: 'a "b"', list: [1, { c: 2 }] }) => {
    await fixture.deploy(rule(more));
    await fixture.received();
    await send(mine(detail));
    await fixture.seconds(3);
    return fixture.received();
  };
  afterAll(async () => { await fixture.cloud.destroy('Stack'); });

  test('the event', async () => {
    expect(await receive({}, { a: 1 })).toEqual([{
      'version': '0',
      'id': expect.any(String),
      'detail-type': 'Done',
      'source': 'mine',
      'account': ACCOUNT,
      'time': expect.stringMatching(/^2026-01-01T00:.*Z$/),
      'region': 'us-east-1',
      'resources': [],
      'detail': { a: 1 },
    }]);
  });

  test.each<[string, object, unknown]>([
    ['an input of its own', { Input: '{"x":1}' }, { x: 1 }],
    ['a part of the event', { InputPath: '$.detail.list[1]' }, { c: 2 }],
    ['a text from the event', { InputTransformer: { InputPathsMap: { n: '$.detail.name', none: '$.detail.none' }, InputTemplate: '"Job <n> is <none>done by <aws.events.rule-name>."' } }, 'Job a "b" is done by to-queue.'],
    ['JSON from the event', { InputTransformer: { InputPathsMap: { n: '$.detail.name', l: '$.detail.list' }, InputTemplate: '{"name": <n>, "list": <l>, "arn": <aws.events.rule-arn>}' } }, { name: 'a "b"', list: [1, { c: 2 }], arn: ruleArn('to-queue') }],
    ['the event in a member', { InputTransformer: { InputTemplate: '{"e": <aws.events.event.json>}' } }, { e: expect.objectContaining({ source: 'mine' }) }],
  ])('%s', async (_, more, expected) => {
    expect(await receive(more)).toEqual([expected]);
  });
});
