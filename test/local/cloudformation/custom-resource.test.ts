import { ACCOUNT, custom, failure, history, PROVIDER, reasonOf, REGION, silent, success, World } from './world';
import { templateOf } from '../../../local/cloudformation/api/template-source';

const reading = (attribute: string) => custom({ Value: { 'Fn::GetAtt': ['Thing', attribute] } });

test('a Create tells who is asked for what, every scalar a string', async () => {
  const world = new World();
  await world.create({ Thing: custom({ ServiceTimeout: 60, Deep: { Number: 30, Float: 0.5, Flag: false, List: [1, true, 'a', {}] } }) });
  const [event] = world.sent;
  expect(event).toEqual({
    RequestType: 'Create',
    ServiceToken: PROVIDER,
    ResponseURL: expect.stringMatching(/^https:/),
    StackId: expect.stringMatching(`^arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/Stack/[0-9a-f-]{36}$`),
    RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    LogicalResourceId: 'Thing',
    ResourceType: 'Custom::Thing',
    ResourceProperties: { ServiceToken: PROVIDER, ServiceTimeout: '60', Deep: { Number: '30', Float: '0.5', Flag: 'false', List: ['1', 'true', 'a', {}] } },
  });
});

test('integers keep all of their digits, in JSON and in YAML', async () => {
  const world = new World();
  const properties = `"ServiceToken": "${PROVIDER}", "Large": 12345678901234567890, "Safe": [1, -9007199254740991], "Quoted": "\\"9007199254740993", "Fraction": 0.12345678901234567, "Exponent": 1e-00000000000000007`;
  const template = `{"Resources":{"Thing":{"Type":"Custom::Thing","Properties":{${properties}}}}}`;
  await world.clock.run(world.cfn.createStack({ stackName: 'Stack', template }));
  const yaml = templateOf({ TemplateBody: `Resources:\n  Thing: { Type: Custom::Thing, Properties: { ${properties.replaceAll('": ', '" : ')} } }` }, {} as never)!;
  await world.clock.run(world.cfn.createStack({ stackName: 'Other', template: yaml }));
  const expected = { ServiceToken: PROVIDER, Large: '12345678901234567890', Safe: ['1', '-9007199254740991'], Quoted: '"9007199254740993', Fraction: '0.12345678901234566', Exponent: '1e-7' };
  expect(world.sent.map(({ ResourceProperties }) => ResourceProperties)).toEqual([expected, expected]);
});

test('an Update tells the physical id and the old properties, a Delete the present ones', async () => {
  const world = new World();
  await world.create({ Thing: custom({ Size: 1 }) });
  await world.update({ Thing: custom({ Size: 2 }) });
  await world.delete();
  expect(world.sent[1]).toMatchObject({
    RequestType: 'Update', PhysicalResourceId: 'Thing-1', ResourceProperties: { Size: '2' }, OldResourceProperties: { ServiceToken: PROVIDER, Size: '1' },
  });
  expect(world.sent[2]).toMatchObject({ RequestType: 'Delete', PhysicalResourceId: 'Thing-1', ResourceProperties: { Size: '2' } });
  expect(world.sent[2]).not.toHaveProperty('OldResourceProperties');
  expect(new Set(world.sent.map(({ RequestId }) => RequestId)).size).toBe(3);
});

test('AWS::CloudFormation::CustomResource is the same under its own type', async () => {
  const world = new World();
  await world.create({ Thing: { ...custom(), Type: 'AWS::CloudFormation::CustomResource' } });
  expect(world.sent[0].ResourceType).toBe('AWS::CloudFormation::CustomResource');
});

test('Ref is the physical id and Fn::GetAtt reads the data, also under a name with dots', async () => {
  const world = new World();
  world.answer = () => success('the-id', { 'Job.Arn': 'arn:job' });
  const result = await world.create({ Thing: custom() }, {
    Outputs: {
      Id: { Value: { Ref: 'Thing' } },
      List: { Value: { 'Fn::GetAtt': ['Thing', 'Job.Arn'] } },
      Dotted: { Value: { 'Fn::GetAtt': 'Thing.Job.Arn' } },
    },
  });
  expect(result.outputs).toEqual({ Id: 'the-id', List: 'arn:job', Dotted: 'arn:job' });
});

test('a failed Create fails the resource with the reason, and the Delete carries the id of the response', async () => {
  const world = new World();
  world.answer = event => event.RequestType === 'Create' ? failure('no capacity', 'half-made') : success('half-made');
  const result = await world.create({ Thing: custom() });
  expect(result.status).toBe('ROLLBACK_COMPLETE');
  expect(reasonOf(result, 'Thing', 'CREATE_FAILED'))
    .toBe(`Received response status [FAILED] from custom resource. Message returned: no capacity (RequestId: ${world.sent[0].RequestId})`);
  expect(world.requests()).toEqual(['Create Thing', 'Delete Thing half-made']);
});

test('a Create that is never answered fails after an hour, and its Delete carries an invented id', async () => {
  const world = new World();
  world.answer = event => event.RequestType === 'Create' ? silent : success(event.PhysicalResourceId!);
  const started = world.clock.now();
  const result = await world.create({ Thing: custom() });
  expect(reasonOf(result, 'Thing', 'CREATE_FAILED')).toContain(
    `CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${world.sent[0].RequestId}].`);
  expect(world.clock.now() - started).toBe(3601_000);
  expect(world.sent[1].PhysicalResourceId).toMatch(/^Stack-Thing-[A-Za-z0-9]{12}$/);
});

test('ServiceTimeout shortens the wait, for a Delete too', async () => {
  const world = new World();
  world.answer = () => silent;
  const started = world.clock.now();
  const result = await world.create({ Thing: custom({ ServiceTimeout: '90' }) });
  expect(result.status).toBe('ROLLBACK_FAILED');
  expect(world.clock.now() - started).toBe(180_000);
});

test.each([0, 3601, 1.5, 'soon'])('a ServiceTimeout of %s fails the resource before anything is sent', async timeout => {
  const world = new World();
  const result = await world.create({ Thing: custom({ ServiceTimeout: timeout }) });
  expect(reasonOf(result, 'Thing', 'CREATE_FAILED')).toContain(`Invalid ServiceTimeout: ${timeout}`);
  expect(world.sent).toEqual([]);
});

test('an Update to a wrong ServiceTimeout is neither sent nor rolled back', async () => {
  const world = new World();
  await world.create({ Thing: custom() });
  const result = await world.update({ Thing: custom({ ServiceTimeout: 0 }) });
  expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(world.requests()).toEqual(['Create Thing']);
});

test('a response that comes too late is ignored', async () => {
  const world = new World();
  world.answer = event => event.RequestType === 'Create' ? success('late', {}, 100) : success('any', {}, 200);
  const result = await world.create({ Thing: custom({ ServiceTimeout: 60 }) });
  await world.clock.advance(300_000);
  expect(world.sent[1].PhysicalResourceId).toMatch(/^Stack-Thing-/);
  expect(result.status).toBe('ROLLBACK_FAILED');
  expect(world.cfn.describe('Stack').status).toBe('ROLLBACK_FAILED');
});

test('a function of another region cannot serve', async () => {
  const result = await new World().create({ Thing: custom({ ServiceToken: PROVIDER.replace(REGION, 'us-east-1') }) });
  expect(reasonOf(result, 'Thing', 'CREATE_FAILED')).toBe('Invalid service token.');
});

test('a token that is no function fails, and so does a function that does not exist', async () => {
  const world = new World();
  const absent = PROVIDER.replace('provider', 'absent');
  const result = await world.create({ Token: custom({ ServiceToken: 'nonsense' }) });
  const second = await world.create({ Absent: custom({ ServiceToken: absent }) }, {}, { stackName: 'Second' });
  expect(reasonOf(result, 'Token', 'CREATE_FAILED')).toBe('Invalid service token.');
  expect(reasonOf(second, 'Absent', 'CREATE_FAILED')).toContain(absent);
  expect(history(second)).toContain('Absent DELETE_COMPLETE');
  expect(world.sent).toEqual([]);
});

test('a response of 4096 bytes is read, one more byte is too long', async () => {
  const world = new World();
  let size = 4096;
  world.answer = event => {
    if (event.RequestType === 'Delete') return success(event.PhysicalResourceId!);
    const { StackId, RequestId, LogicalResourceId } = event;
    const body = (filler: string) => JSON.stringify({ Status: 'SUCCESS', PhysicalResourceId: 'id', StackId, RequestId, LogicalResourceId, Data: { filler } });
    return { raw: body('x'.repeat(size - body('').length)) };
  };
  expect((await world.create({ Thing: custom() })).status).toBe('CREATE_COMPLETE');
  size = 4097;
  const result = await world.create({ Thing: custom() }, {}, { stackName: 'Second' });
  expect(reasonOf(result, 'Thing', 'CREATE_FAILED')).toBe('Response object is too long.');
  expect(world.sent.at(-1)!.PhysicalResourceId).toMatch(/^Second-Thing-/);
});

test.each<[string, { [member: string]: string | number | string[] }, string]>([
  ['an empty physical id', { PhysicalResourceId: '' }, 'Invalid PhysicalResourceId'],
  ['a physical id that is no string', { PhysicalResourceId: 7 }, 'Invalid PhysicalResourceId'],
  ['a physical id of more than 1 KB', { PhysicalResourceId: 'x'.repeat(1025) }, 'Invalid PhysicalResourceId'],
  ['another stack', { StackId: 'other' }, 'StackId is not the one of the request'],
  ['another request', { RequestId: 'other' }, 'RequestId is not the one of the request'],
  ['another logical id', { LogicalResourceId: 'Other' }, 'LogicalResourceId is not the one of the request'],
  ['an unknown status', { Status: 'DONE' }, 'Status must be SUCCESS or FAILED'],
  ['a failure without a reason', { Status: 'FAILED' }, 'Reason is required'],
  ['data that is no object', { Data: ['a'] }, 'Data must be an object'],
])('a response with %s fails the resource', async (_, members, reason) => {
  const world = new World();
  world.answer = event => event.RequestType === 'Delete'
    ? success(event.PhysicalResourceId!)
    : { response: { Status: 'SUCCESS', PhysicalResourceId: 'id', ...members } };
  const result = await world.create({ Thing: custom() });
  expect(reasonOf(result, 'Thing', 'CREATE_FAILED')).toContain(reason);
});

test('a response that is not JSON fails the resource', async () => {
  const world = new World();
  world.answer = event => event.RequestType === 'Delete' ? success(event.PhysicalResourceId!) : { raw: 'done!' };
  expect(reasonOf(await world.create({ Thing: custom() }), 'Thing', 'CREATE_FAILED')).toContain('not JSON');
});

test('reading an attribute that the response lacks fails the resource that reads it', async () => {
  const world = new World();
  world.answer = event => success(event.LogicalResourceId, { Arn: 'a' });
  const result = await world.create({ Thing: custom(), Reader: reading('Name') });
  expect(reasonOf(result, 'Reader', 'CREATE_FAILED')).toBe(
    `CustomResource attribute error: Vendor response doesn't contain Name attribute in object ${result.stackId}|Thing|${world.sent[0].RequestId}`);
  expect(world.requests()).toEqual(['Create Thing', 'Delete Thing Thing']);
});

test('reading such an attribute in an output fails the stack', async () => {
  const world = new World();
  const result = await world.create({ Thing: custom() }, { Outputs: { Name: { Value: { 'Fn::GetAtt': ['Thing', 'Name'] } } } });
  expect(result.status).toBe('ROLLBACK_COMPLETE');
  expect(reasonOf(result, 'Stack', 'ROLLBACK_IN_PROGRESS')).toContain("Vendor response doesn't contain Name attribute");
});

test('the data of an Update takes the place of all data before it', async () => {
  const world = new World();
  world.answer = event => success('id', event.RequestType === 'Create' ? { Name: 'n' } : {});
  await world.create({ Thing: custom({ Size: 1 }), Reader: reading('Name') });
  const result = await world.update({ Thing: custom({ Size: 2 }), Reader: reading('Name') });
  expect(reasonOf(result, 'Reader', 'UPDATE_FAILED')).toContain("Vendor response doesn't contain Name attribute");
});

test('NoEcho masks what outputs show but not what resources read', async () => {
  const world = new World();
  world.answer = event => ({ response: { Status: 'SUCCESS', PhysicalResourceId: event.LogicalResourceId, NoEcho: true, Data: { Key: 'secret' } } });
  const result = await world.create({ Thing: custom(), Reader: reading('Key') }, { Outputs: { Key: { Value: { 'Fn::GetAtt': ['Thing', 'Key'] } } } });
  expect(result.outputs.Key).toBe('*****');
  expect(world.sent[1].ResourceProperties.Value).toBe('secret');
});

test('another physical id is a replacement: the old one is deleted when the update has succeeded', async () => {
  const world = new World();
  world.answer = event => event.RequestType === 'Delete' ? success(event.PhysicalResourceId!) : success(`thing-${event.ResourceProperties.Size}`);
  await world.create({ Thing: custom({ Size: 1 }) });
  const result = await world.update({ Thing: custom({ Size: 2 }) });
  expect(world.requests().slice(1)).toEqual(['Update Thing thing-1', 'Delete Thing thing-1']);
  expect(world.sent[2].ResourceProperties.Size).toBe('1');
  expect(history(result)).toEqual([
    'Stack UPDATE_IN_PROGRESS',
    'Thing UPDATE_IN_PROGRESS',
    'Thing UPDATE_IN_PROGRESS',
    'Thing UPDATE_COMPLETE',
    'Stack UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'Thing DELETE_IN_PROGRESS',
    'Thing DELETE_COMPLETE',
    'Stack UPDATE_COMPLETE',
  ]);
  expect(world.cfn.describe('Stack').resources.Thing.physicalId).toBe('thing-2');
});

test('the service token cannot be changed', async () => {
  const world = new World();
  await world.create({ Thing: custom() });
  const result = await world.update({ Thing: custom({ ServiceToken: `${PROVIDER}2` }) });
  expect(reasonOf(result, 'Thing', 'UPDATE_FAILED')).toBe('Modifying service token is not allowed.');
  expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(world.requests()).toEqual(['Create Thing']);
});

test('an event can be delivered more than once: the first response counts', async () => {
  const world = new World({ deliver: (_, invoke) => [1, 2, 3].forEach(invoke) });
  let calls = 0;
  world.answer = () => success(`call-${++calls}`, {}, calls);
  const result = await world.create({ Thing: custom() });
  expect(new Set(world.sent.map(({ RequestId }) => RequestId)).size).toBe(1);
  expect(world.sent).toHaveLength(3);
  expect(result.status).toBe('CREATE_COMPLETE');
  expect(world.cfn.describe('Stack').resources.Thing.physicalId).toBe('call-1');
});
