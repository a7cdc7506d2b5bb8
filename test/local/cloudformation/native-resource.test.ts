import { App, aws_ec2 as ec2, aws_lambda as lambda, aws_s3 as s3, aws_sqs as sqs, CfnResource, Stack } from 'aws-cdk-lib';
import { ACCOUNT, custom, failure, history, reasonOf, REGION, success, World } from './world';

const role = (properties: object = {}) => ({ Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17' }, ...properties } });
const fn = (properties: object = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Code: { S3Bucket: 'assets', S3Key: 'abc.zip' }, Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, Handler: 'index.handler', Runtime: 'nodejs22.x', ...properties,
  },
});
const machine = (properties: object = {}) => ({
  Type: 'AWS::StepFunctions::StateMachine',
  Properties: { RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, DefinitionString: '{"StartAt":"A"}', ...properties },
});

test('a function and a state machine come into being in their services, change there, and go', async () => {
  const world = new World();
  const resources = (Timeout: number, comment: string) => ({
    Role: role(),
    Fn: fn({ Timeout, Environment: { Variables: { NAME: { Ref: 'AWS::StackName' } } } }),
    Machine: machine({ DefinitionString: { 'Fn::Join': ['', ['{"Comment":"', comment, '","Resource":"', { 'Fn::GetAtt': ['Fn', 'Arn'] }, '"}']] } }),
  });
  await world.create(resources(60, 'one'));
  const { Fn, Machine, Role } = world.cfn.describe('Stack').resources;
  expect(Fn.physicalId).toMatch(/^Stack-Fn-[A-Za-z0-9]{12}$/);
  expect([...world.functions.values()]).toEqual([{
    functionName: Fn.physicalId,
    functionArn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${Fn.physicalId}`,
    roleArn: `arn:aws:iam::${ACCOUNT}:role/${Role.physicalId}`,
    codeDirectory: '/assets/abc',
    handler: 'index.handler',
    runtime: 'nodejs22.x',
    timeoutSeconds: 60,
    memoryMb: 128,
    environment: { NAME: 'Stack' },
  }]);
  expect([...world.stateMachines.values()]).toEqual([{
    name: expect.stringMatching(/^Machine-[A-Za-z0-9]{12}$/),
    stateMachineArn: Machine.physicalId,
    roleArn: `arn:aws:iam::${ACCOUNT}:role/${Role.physicalId}`,
    definition: { Comment: 'one', Resource: Fn.attributes.Arn },
  }]);

  await world.update(resources(90, 'two'));
  expect([...world.functions.values()].map(({ timeoutSeconds }) => timeoutSeconds)).toEqual([90]);
  expect([...world.stateMachines.values()].map(({ definition }) => definition)).toMatchObject([{ Comment: 'two' }]);

  await world.delete();
  expect([world.functions.size, world.stateMachines.size]).toEqual([0, 0]);
});

test('a function that serves a custom resource is rolled back before the resource, and deleted after it', async () => {
  const world = new World();
  const resources = (Timeout: number) => ({ Role: role(), Fn: fn({ Timeout }), Thing: custom({ ServiceToken: { 'Fn::GetAtt': ['Fn', 'Arn'] }, Timeout }) });
  await world.create(resources(1));
  const seen: string[] = [];
  world.answer = event => {
    seen.push(`${event.RequestType} by ${[...world.functions.values()][0].timeoutSeconds}`);
    return event.ResourceProperties.Timeout === '2' ? failure('broken') : success(event.PhysicalResourceId!);
  };
  await world.update(resources(2));
  await world.delete();
  expect(seen).toEqual(['Update by 2', 'Update by 1', 'Delete by 1']);
});

test('the substitutions of a definition are made', async () => {
  const world = new World();
  await world.create({ Role: role(), Machine: machine({ DefinitionString: undefined, Definition: { A: '${it}' }, DefinitionSubstitutions: { it: 'done' } }) });
  expect([...world.stateMachines.values()][0].definition).toEqual({ A: 'done' });
});

test.each<[string, object, string]>([
  ['a function with an image', fn({ Code: { ImageUri: 'image' } }), 'Only functions with Code.S3Key or Code.ZipFile are emulated'],
  ['a function with inline code of another runtime', fn({ Runtime: 'python3.13', Code: { ZipFile: 'code' } }), 'Inline code is emulated for Node.js, not for python3.13'],
  ['a function without a handler', fn({ Handler: undefined }), 'Runtime and Handler are mandatory'],
  ['a definition that is no JSON', machine({ DefinitionString: '{' }), 'Invalid State Machine Definition'],
  ['a role without a trust policy', role({ AssumeRolePolicyDocument: undefined }), '#: required key [AssumeRolePolicyDocument] not found'],
  ['a model whose data is not named by a string', {
    Type: 'AWS::SageMaker::Model', Properties: { PrimaryContainer: { ModelDataUrl: { Uri: 's3://b/m' }, Mode: ['SingleModel'] } },
  }, '[#/PrimaryContainer/ModelDataUrl: expected type: String, found: JSONObject, #/PrimaryContainer/Mode: expected type: String, found: JSONArray]'],
  ['a wait condition', { Type: 'AWS::CloudFormation::WaitCondition' }, 'AWS::CloudFormation::WaitCondition is not emulated'],
])('%s fails with the reason', async (_, It, reason) => {
  const world = new World();
  const result = await world.create({ Role: role(), It });
  expect(reasonOf(result, 'It', 'CREATE_FAILED')).toContain(reason);
  expect(result.status).toBe('ROLLBACK_COMPLETE');
});

test('an asset that is not there fails the function', async () => {
  const world = new World({ assets: key => { throw new Error(`The specified key does not exist: ${key}`); } });
  expect(reasonOf(await world.create({ Role: role(), Fn: fn() }), 'Fn', 'CREATE_FAILED'))
    .toMatch(/^Resource handler returned message: "The specified key does not exist: abc.zip" \(RequestToken: /);
});

test('a type that is not emulated is accepted without effect and says so, with what is documented of it', async () => {
  const table = (TableName: string, BillingMode: string) => ({ Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName, BillingMode, KeySchema: [] } } });
  const Outputs = { Id: { Value: { Ref: 'Table' } }, Arn: { Value: { 'Fn::GetAtt': ['Table', 'Arn'] } } };
  const world = new World();
  const result = await world.create(table('one', 'a'), { Outputs });
  expect(result.status).toBe('CREATE_COMPLETE');
  expect(reasonOf(result, 'Table', 'CREATE_IN_PROGRESS')).toBe('Not emulated by the local cloud: accepted without effect');
  expect(result.outputs).toEqual({ Id: 'one', Arn: `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/one` });

  const changed = await world.update(table('one', 'b'), { Outputs });
  expect(reasonOf(changed, 'Table', 'UPDATE_IN_PROGRESS')).toBe('Not emulated by the local cloud: accepted without effect');
  const replaced = await world.update(table('two', 'b'), { Outputs });
  expect(history(replaced)).toContain('Table DELETE_COMPLETE');
  expect(replaced.outputs.Id).toBe('two');
});

test.each<[string, object, unknown]>([
  ['AWS::CloudFront::Distribution', { DistributionConfig: { Enabled: true, DefaultCacheBehavior: { TargetOriginId: 'a', ViewerProtocolPolicy: 'allow-all' } } }, expect.stringMatching(/^[0-9a-f]{17}$/)],
  ['AWS::ApiGateway::Method', { RestApiId: 'a', ResourceId: 'b', HttpMethod: 'GET' }, 'a|b|GET'],
  ['AWS::StepFunctions::Activity', { Name: 'mine' }, `arn:aws:states:${REGION}:${ACCOUNT}:activity:mine`],
  ['AWS::SageMaker::Pipeline', { PipelineName: 'p', PipelineDefinition: {}, RoleArn: 'r' }, 'p'],
])('what Ref gives for %s, which is not emulated', async (Type, Properties, expected) => {
  const { outputs } = await new World().create({ It: { Type, Properties } }, { Outputs: { Id: { Value: { Ref: 'It' } } } });
  expect(outputs.Id).toEqual(expected);
});

test('a type that is not documented is refused, and so are attributes and properties that are missing', async () => {
  const create = (Type: string, rest: object = {}) => new World().create({ It: { Type } }, rest);
  await expect(create('AWS::Other::Type')).rejects.toThrow('Template format error: Unrecognized resource types: [AWS::Other::Type]');
  await expect(create('AWS::DynamoDB::Table', { Outputs: { A: { Value: { 'Fn::GetAtt': ['It', 'Nothing'] } } } })).rejects.toThrow('does not support attribute type Nothing');
  expect(reasonOf(await create('AWS::DynamoDB::Table'), 'It', 'CREATE_FAILED')).toContain('#: required key [KeySchema] not found');
});

test('a type can be added', async () => {
  const put = jest.fn();
  const world = new World({ resourceTypes: { 'My::Other::Type': { physicalId: () => 'mine', attributes: { Size: ({ properties }) => properties.A }, put } } });
  const result = await world.create({ Other: { Type: 'My::Other::Type', Properties: { A: 1 } } }, { Outputs: { Size: { Value: { 'Fn::GetAtt': ['Other', 'Size'] } } } });
  expect(result.outputs).toEqual({ Size: '1' });
  expect(put).toHaveBeenCalledWith(expect.objectContaining({ physicalId: 'mine', properties: { A: 1 } }));
});

test('generated names keep to the limits of their types', async () => {
  const world = new World();
  const stackName = `S${'tack'.repeat(20)}`;
  const logicalId = `L${'ogical'.repeat(20)}`;
  await world.create({ [`${logicalId}R`]: role(), [`${logicalId}B`]: { Type: 'AWS::S3::Bucket' } }, {}, { stackName });
  const { [`${logicalId}R`]: aRole, [`${logicalId}B`]: bucket } = world.cfn.describe(stackName).resources;
  expect(aRole.physicalId).toHaveLength(64);
  expect(aRole.physicalId).toMatch(/^Stacktack\w*-Logical\w*-[A-Za-z0-9]{12}$/);
  expect(bucket.physicalId).toHaveLength(63);
  expect(bucket.physicalId).toMatch(/^[a-z0-9-]+$/);
});

test('roles are known with the policies that are attached to them', async () => {
  const world = new World();
  const policy = (Sid: string) => ({ Statement: [{ Sid }] });
  await world.create({
    Role: role({
      RoleName: 'me', Policies: [{ PolicyName: 'inline', PolicyDocument: policy('1') }], ManagedPolicyArns: ['arn:aws:iam::aws:policy/Foreign', { Ref: 'Managed' }],
    }),
    Policy: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'attached', PolicyDocument: policy('2'), Roles: [{ Ref: 'Role' }] } },
    Managed: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'managed', PolicyDocument: policy('3') } },
  });
  const arn = `arn:aws:iam::${ACCOUNT}:role/me`;
  expect(world.cfn.identities()).toEqual({
    [arn]: {
      roleName: 'me',
      roleArn: arn,
      createdAt: expect.any(Function),
      tags: {},
      maxSessionSeconds: 3600,
      assumeRolePolicyDocument: { Version: '2012-10-17' },
      inlinePolicies: { inline: policy('1'), attached: policy('2') },
      managedPolicies: { [`arn:aws:iam::${ACCOUNT}:policy/managed`]: policy('3') },
      foreignPolicies: ['arn:aws:iam::aws:policy/Foreign'],
    },
  });
  await world.delete();
  expect(world.cfn.identities()).toEqual({});
});

test('a stack of the CDK with a VPC, a bucket, a queue and a function is deployed without unknown types', async () => {
  process.env.CDK_VALIDATION = 'false';
  const app = new App({ context: { 'aws:cdk:enable-path-metadata': true } });
  const stack = new Stack(app, 'CdkStack', { env: { account: ACCOUNT, region: REGION } });
  const vpc = new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false });
  vpc.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 });
  const bucket = new s3.Bucket(stack, 'Bucket', { enforceSSL: true });
  const queue = new sqs.Queue(stack, 'Queue');
  const handler = new lambda.Function(stack, 'Fn', {
    vpc, code: lambda.Code.fromAsset(__dirname), handler: 'index.handler', runtime: lambda.Runtime.NODEJS_22_X, environment: { QUEUE: queue.queueUrl },
  });
  bucket.grantRead(handler);
  queue.grantSendMessages(handler);
  new CfnResource(stack, 'Thing', { type: 'Custom::Thing', properties: { ServiceToken: handler.functionArn, Arn: bucket.bucketArn } });
  const { template } = app.synth().getStackByName('CdkStack');

  const world = new World();
  const result = await world.clock.run(world.cfn.deploy({ stackName: 'CdkStack', template }));
  expect(result.status).toBe('CREATE_COMPLETE');
  expect(result.events.filter(({ resourceStatusReason }) => resourceStatusReason?.includes('Not emulated'))).toEqual([]);
  expect(world.sent[0].ResourceProperties.Arn).toBe(`arn:aws:s3:::${world.cfn.describe('CdkStack').resources[stack.getLogicalId(bucket.node.defaultChild as never)].physicalId}`);
  const deleted = (await world.clock.run(world.cfn.deleteStack('CdkStack')))!;
  expect(deleted.status).toBe('DELETE_COMPLETE');
  expect(history(deleted).filter(event => event.endsWith('DELETE_SKIPPED'))).toHaveLength(1);
});
