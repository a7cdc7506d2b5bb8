import {
  CloudFormationClient, CreateChangeSetCommand, CreateStackCommand, DeleteStackCommand, DescribeStackEventsCommand, DescribeStacksCommand,
  ExecuteChangeSetCommand, UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { LocalCloud } from '../../../../local/cloud';
import type { StackResult } from '../../../../local/cloudformation';
import type { ExistingRole } from '../../../../local/iam';
import type { Statement } from '../../../../local/iam/policy';
import { clientConfig } from '../../environments/clients';
import { query } from '../../query/requests';

const ACCOUNT = '111122223333';
const arnOf = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const trustOf = (Service: string) => ({ Statement: { Effect: 'Allow' as const, Principal: { Service }, Action: 'sts:AssumeRole' } });
const CLOUDFORMATION = trustOf('cloudformation.amazonaws.com');
const allow = (...Action: string[]): Statement => ({ Effect: 'Allow', Action, Resource: '*' });
const deny = (...Action: string[]): Statement => ({ Effect: 'Deny', Action, Resource: '*' });

const trustPolicy = (Service: string) => ({ Version: '2012-10-17', ...trustOf(Service) });
const role = (Service: string, rest: object = {}) => ({ Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trustPolicy(Service), ...rest } });
const document = (Action: string, rest: object = { Resource: '*' }) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, ...rest }] });
const parameter = (Value: string) => ({ P: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/own', Type: 'String', Value } } });

/** A cloud with roles that CloudFormation is allowed to assume, by name. */
async function cloudWith(roles: { readonly [name: string]: readonly Statement[] }, others: readonly ExistingRole[] = []): Promise<LocalCloud> {
  const given = Object.entries(roles)
    .map(([name, Statement]): ExistingRole => ({ roleArn: arnOf(name), trust: CLOUDFORMATION, policies: [{ Statement }] }));
  return LocalCloud.start({ roles: [...given, ...others], quotas: false, given: { buckets: ['models'] } });
}

describe('an execution role', () => {
  let cloud: LocalCloud;
  let client: CloudFormationClient;
  beforeAll(async () => {
    cloud = await cloudWith(
      { Parameters: [allow('ssm:*')], Nobody: [], Own: [allow('ssm:*')] },
      [{ roleArn: arnOf('Jobs'), trust: trustOf('sagemaker.amazonaws.com') }],
    );
    cloud.clock.start();
    client = new CloudFormationClient(clientConfig(cloud, 'us-east-1'));
  });
  afterAll(async () => {
    client.destroy();
    await cloud.clock.stop();
    await cloud.stop();
  });

  /** Waits until a stack is in a final status. */
  async function settled(StackName: string): Promise<string> {
    for (;;) {
      const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
      const status = Stacks![0].StackStatus!;
      if (!status.endsWith('_IN_PROGRESS')) return status;
    }
  }
  const create = async (StackName: string, template: object, rest: object = {}) =>
    client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify({ Resources: template }), Capabilities: ['CAPABILITY_NAMED_IAM'], ...rest }));

  test.each<[string, string]>([
    ['a role that does not exist', arnOf('Nothing')],
    ['a role that trusts another service', arnOf('Jobs')],
    ['a bootstrap role that is not for CloudFormation', arnOf(`cdk-hnb659fds-deploy-role-${ACCOUNT}-us-east-1`)],
    ['a role of another account', 'arn:aws:iam::444455556666:role/Parameters'],
  ])('cannot be %s', async (_, RoleARN) => {
    const refused = { name: 'ValidationError', message: `Role ${RoleARN} is invalid or cannot be assumed` };
    await expect(create('Refused', parameter('1'), { RoleARN })).rejects.toMatchObject(refused);
    const change = new CreateChangeSetCommand({ StackName: 'Refused', ChangeSetName: 'C', ChangeSetType: 'CREATE', TemplateBody: JSON.stringify({ Resources: parameter('1') }), RoleARN });
    await expect(client.send(change)).rejects.toMatchObject(refused);
    await expect(client.send(new DescribeStacksCommand({ StackName: 'Refused' }))).rejects.toThrow('Stack with id Refused does not exist');
  });

  test('that is not allowed to create a resource fails it with the reason', async () => {
    await create('Denied', parameter('1'), { RoleARN: arnOf('Nobody') });
    expect(await settled('Denied')).toBe('ROLLBACK_COMPLETE');
    const { StackEvents } = await client.send(new DescribeStackEventsCommand({ StackName: 'Denied' }));
    expect(StackEvents!.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')!.ResourceStatusReason).toMatch(
      /^Resource handler returned message: "User: arn:aws:sts::111122223333:assumed-role\/Nobody\/AWSCloudFormation is not authorized to perform: ssm:PutParameter on resource: arn:aws:ssm:us-east-1:111122223333:parameter\/own because no identity-based policy allows the ssm:PutParameter action" \(RequestToken: .*, HandlerErrorCode: AccessDenied\)$/);
  });

  test('is remembered for later operations, until a request names another one', async () => {
    await create('Remembered', parameter('1'), { RoleARN: arnOf('Parameters') });
    expect(await settled('Remembered')).toBe('CREATE_COMPLETE');
    const update = async (value: string, rest: object) => {
      await client.send(new UpdateStackCommand({ StackName: 'Remembered', TemplateBody: JSON.stringify({ Resources: parameter(value) }), ...rest }));
      return settled('Remembered');
    };
    expect(await update('2', {})).toBe('UPDATE_COMPLETE');
    // The rollback needs the same permission.
    expect(await update('3', { RoleARN: arnOf('Nobody') })).toBe('UPDATE_ROLLBACK_FAILED');
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'Remembered' }));
    expect(Stacks![0].RoleARN).toBe(arnOf('Nobody'));
    await client.send(new DeleteStackCommand({ StackName: 'Remembered' }));
    expect(await settled('Remembered')).toBe('DELETE_FAILED');
    await client.send(new DeleteStackCommand({ StackName: 'Remembered', RoleARN: arnOf('Parameters') }));
    await cloud.clock.sleep(60_000);
    expect(cloud.cloudFormation.list().find(({ stackName }) => stackName === 'Remembered')!.status).toBe('DELETE_COMPLETE');
  });

  test('that is gone leaves its stack unchanged until a request names another one', async () => {
    await create('Roles', { Temporary: role('cloudformation.amazonaws.com', { RoleName: 'Temporary', Policies: [{ PolicyName: 'p', PolicyDocument: document('ssm:*') }] }) });
    expect(await settled('Roles')).toBe('CREATE_COMPLETE');
    await create('Orphan', parameter('1'), { RoleARN: arnOf('Temporary') });
    expect(await settled('Orphan')).toBe('CREATE_COMPLETE');
    await client.send(new DeleteStackCommand({ StackName: 'Roles' }));
    await cloud.clock.sleep(60_000);
    const refused = `Role ${arnOf('Temporary')} is invalid or cannot be assumed`;
    await expect(client.send(new DeleteStackCommand({ StackName: 'Orphan' }))).rejects.toThrow(refused);
    await expect(client.send(new UpdateStackCommand({ StackName: 'Orphan', TemplateBody: JSON.stringify({ Resources: parameter('2') }) }))).rejects.toThrow(refused);
    expect(await settled('Orphan')).toBe('CREATE_COMPLETE');
    await client.send(new DeleteStackCommand({ StackName: 'Orphan', RoleARN: arnOf('Own') }));
    await cloud.clock.sleep(60_000);
    await expect(client.send(new DescribeStacksCommand({ StackName: 'Orphan' }))).rejects.toThrow('does not exist');
  });

  test('of a change set is used when the change set is executed', async () => {
    const TemplateBody = JSON.stringify({ Resources: parameter('1') });
    await client.send(new CreateChangeSetCommand({ StackName: 'Changed', ChangeSetName: 'C', ChangeSetType: 'CREATE', TemplateBody, RoleARN: arnOf('Nobody') }));
    await client.send(new ExecuteChangeSetCommand({ StackName: 'Changed', ChangeSetName: 'C' }));
    expect(await settled('Changed')).toBe('ROLLBACK_COMPLETE');
  });
});

describe('a caller', () => {
  let cloud: LocalCloud;
  const open = { AWS: ACCOUNT };
  const caller = (RoleName: string, ...statements: Statement[]) => ({
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName,
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: open, Action: 'sts:AssumeRole' }] },
      Policies: [{ PolicyName: 'p', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
    },
  });
  const passing = (service: string, resource = arnOf('Execution')): Statement => ({
    Effect: 'Allow', Action: 'iam:PassRole', Resource: resource, Condition: { StringEquals: { 'iam:PassedToService': service } },
  });
  const ON_OWN: Statement = { Effect: 'Allow', Action: 'cloudformation:*', Resource: `arn:aws:cloudformation:us-east-1:${ACCOUNT}:stack/Own*/*` };
  beforeAll(async () => {
    cloud = await cloudWith({ Execution: [allow('ssm:*')] });
    const Resources = {
      Passes: caller('Passes', ON_OWN, passing('cloudformation.amazonaws.com')),
      PassesElsewhere: caller('PassesElsewhere', ON_OWN, passing('lambda.amazonaws.com')),
      PassesNothing: caller('PassesNothing', ON_OWN),
      RequiresTheRole: caller('RequiresTheRole', { ...allow('cloudformation:*'), Condition: { StringEquals: { 'cloudformation:RoleArn': arnOf('Execution') } } }, passing('cloudformation.amazonaws.com')),
    };
    expect((await cloud.clock.run(cloud.cloudFormation.createStack({ stackName: 'Callers', template: { Resources } }))).status).toBe('CREATE_COMPLETE');
    await cloud.clock.advance(20_000);
  });
  afterAll(() => cloud.stop());

  async function createAs(name: string, StackName: string, RoleARN?: string): Promise<string> {
    const { document: answer } = await query(cloud, 'sts', { Action: 'AssumeRole', RoleArn: arnOf(name), RoleSessionName: 'me' });
    const client = new CloudFormationClient(clientConfig(cloud, 'us-east-1', String(answer.AssumeRoleResponse.AssumeRoleResult.Credentials.AccessKeyId)));
    const TemplateBody = JSON.stringify({ Resources: { P: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: '1' } } } });
    const result = await client.send(new CreateStackCommand({ StackName, TemplateBody, RoleARN })).then(() => 'begun', ({ message }: Error) => message);
    client.destroy();
    return result;
  }

  test.each<[string, string, string, string | undefined, string]>([
    ['that is allowed to pass it names an execution role', 'Passes', 'Own1', arnOf('Execution'), 'begun'],
    ['that is allowed to pass it to another service does not', 'PassesElsewhere', 'Own2', arnOf('Execution'), 'is not authorized to perform: iam:PassRole on resource: arn:aws:iam::111122223333:role/Execution'],
    ['that is not allowed to pass it does not', 'PassesNothing', 'Own3', arnOf('Execution'), 'is not authorized to perform: iam:PassRole'],
    ['that names none needs no permission to pass it', 'PassesNothing', 'Own4', undefined, 'begun'],
    ['that is not allowed to create the stack is rejected', 'PassesNothing', 'Other', undefined, `is not authorized to perform: cloudformation:CreateStack on resource: arn:aws:cloudformation:us-east-1:${ACCOUNT}:stack/Other/*`],
    ['with a condition on the execution role names it', 'RequiresTheRole', 'Own5', arnOf('Execution'), 'begun'],
    ['with a condition on the execution role cannot omit it', 'RequiresTheRole', 'Own6', undefined, 'is not authorized to perform: cloudformation:CreateStack'],
  ])('%s', async (_, name, stackName, roleArn, outcome) => {
    expect(await createAs(name, stackName, roleArn)).toContain(outcome);
  });
});

/** The resources of a template, a change of them, and the actions without which its creation, its update or its deletion fails. */
interface Case {
  readonly resources: object;
  readonly changed?: object;
  readonly create: readonly string[];
  readonly update?: readonly string[];
  readonly delete: readonly string[];
}

const bucket = (...actions: string[]) => ({ Type: 'AWS::S3::Bucket', Properties: { BucketName: 'own', ...Object.assign({}, ...actions) } });
const code = (text: string) => ({ ZipFile: `exports.handler = () => '${text}';` });
const fn = (rest: object = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Role: arnOf('Function'), Runtime: 'nodejs22.x', Handler: 'index.handler', Code: code('one'), ...rest },
});
const machine = (Comment: string) => ({
  Type: 'AWS::StepFunctions::StateMachine',
  Properties: { RoleArn: arnOf('Machine'), DefinitionString: JSON.stringify({ Comment, StartAt: 'A', States: { A: { Type: 'Succeed' } } }) },
});
const VPC = { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } };

const CASES: { readonly [name: string]: Case } = {
  'a function': {
    resources: { It: fn({ ReservedConcurrentExecutions: 2 }) },
    changed: { It: fn({ ReservedConcurrentExecutions: 3, Code: code('two'), Timeout: 4 }) },
    create: ['lambda:CreateFunction', 'lambda:GetFunction', 'lambda:PutFunctionConcurrency', 'iam:PassRole'],
    update: ['lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration', 'lambda:PutFunctionConcurrency'],
    delete: ['lambda:DeleteFunction'],
  },
  'a permission to invoke a function': {
    resources: { It: fn(), May: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: { Ref: 'It' }, Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com' } } },
    create: ['lambda:AddPermission'],
    delete: ['lambda:RemovePermission'],
  },
  'a state machine': {
    resources: { It: machine('one') },
    changed: { It: machine('two') },
    create: ['states:CreateStateMachine', 'iam:PassRole'],
    update: ['states:UpdateStateMachine'],
    delete: ['states:DeleteStateMachine'],
  },
  'a role with a policy': {
    resources: {
      It: role('lambda.amazonaws.com', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'], Policies: [{ PolicyName: 'p', PolicyDocument: document('s3:*') }] }),
      Policy: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'q', Roles: [{ Ref: 'It' }], PolicyDocument: document('s3:*') } },
    },
    changed: {
      It: role('states.amazonaws.com', { Description: 'changed' }),
      Policy: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'q', Roles: [{ Ref: 'It' }], PolicyDocument: document('ssm:*') } },
    },
    create: ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:AttachRolePolicy'],
    update: ['iam:UpdateAssumeRolePolicy', 'iam:UpdateRole', 'iam:PutRolePolicy'],
    delete: ['iam:DeleteRole', 'iam:DeleteRolePolicy'],
  },
  'a managed policy': {
    resources: { It: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document('s3:*') } } },
    changed: { It: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document('ssm:*') } } },
    create: ['iam:CreatePolicy'],
    update: ['iam:CreatePolicyVersion'],
    delete: ['iam:DeletePolicy'],
  },
  'a key with an alias': {
    resources: {
      It: { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: true } },
      Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/own', TargetKeyId: { Ref: 'It' } } },
    },
    changed: {
      It: { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: true, Description: 'changed', KeyPolicy: document('kms:*', { Resource: '*', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }) } },
      Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/own', TargetKeyId: { Ref: 'It' } } },
    },
    create: ['kms:CreateKey', 'kms:EnableKeyRotation', 'kms:CreateAlias'],
    update: ['kms:UpdateKeyDescription', 'kms:PutKeyPolicy'],
    delete: ['kms:ScheduleKeyDeletion', 'kms:DeleteAlias'],
  },
  'a bucket with a policy': {
    resources: {
      It: bucket({ VersioningConfiguration: { Status: 'Enabled' } } as never),
      Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'It' }, PolicyDocument: document('s3:GetObject', { Resource: 'arn:aws:s3:::own/*', Principal: '*' }) } },
    },
    changed: {
      It: bucket({ VersioningConfiguration: { Status: 'Suspended' } } as never),
      Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'It' }, PolicyDocument: document('s3:PutObject', { Resource: 'arn:aws:s3:::own/*', Principal: '*' }) } },
    },
    create: ['s3:CreateBucket', 's3:PutBucketVersioning', 's3:PutBucketPolicy'],
    update: ['s3:PutBucketVersioning', 's3:PutBucketPolicy'],
    delete: ['s3:DeleteBucket', 's3:DeleteBucketPolicy'],
  },
  'a log group': {
    resources: { It: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 1 } } },
    changed: { It: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 3 } } },
    create: ['logs:CreateLogGroup', 'logs:PutRetentionPolicy'],
    update: ['logs:PutRetentionPolicy'],
    delete: ['logs:DeleteLogGroup'],
  },
  'a rule with a target': {
    resources: { It: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(1 day)', Targets: [{ Id: 'a', Arn: `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:m`, RoleArn: arnOf('Function') }] } } },
    changed: { It: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(2 days)', Targets: [] } } },
    create: ['events:PutRule', 'events:PutTargets', 'iam:PassRole'],
    update: ['events:PutRule'],
    delete: ['events:DeleteRule'],
  },
  'a topic and a queue': {
    resources: {
      Topic: { Type: 'AWS::SNS::Topic' },
      Queue: { Type: 'AWS::SQS::Queue' },
      Subscription: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'sqs', Endpoint: { 'Fn::GetAtt': ['Queue', 'Arn'] } } },
    },
    changed: {
      Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: 'changed' } },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 1 } },
      Subscription: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'sqs', Endpoint: { 'Fn::GetAtt': ['Queue', 'Arn'] } } },
    },
    create: ['sns:CreateTopic', 'sqs:CreateQueue', 'sns:Subscribe'],
    update: ['sns:SetTopicAttributes', 'sqs:SetQueueAttributes'],
    delete: ['sns:DeleteTopic', 'sqs:DeleteQueue', 'sns:Unsubscribe'],
  },
  'a secret, and a function that refers to it': {
    resources: {
      It: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'own', GenerateSecretString: {} } },
      Fn: { ...fn({ Environment: { Variables: { SECRET: '{{resolve:secretsmanager:own}}' } } }), DependsOn: 'It' },
    },
    create: ['secretsmanager:CreateSecret', 'secretsmanager:GetRandomPassword', 'secretsmanager:GetSecretValue'],
    delete: ['secretsmanager:DeleteSecret'],
  },
  'a subnet with a security group': {
    resources: {
      Vpc: VPC,
      Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24' } },
      Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: { Ref: 'Vpc' }, GroupDescription: 'd' } },
      Endpoint: { Type: 'AWS::EC2::VPCEndpoint', Properties: { VpcId: { Ref: 'Vpc' }, ServiceName: 'com.amazonaws.us-east-1.s3' } },
    },
    create: ['ec2:CreateVpc', 'ec2:CreateSubnet', 'ec2:CreateSecurityGroup', 'ec2:CreateVpcEndpoint'],
    delete: ['ec2:DeleteVpc', 'ec2:DeleteSubnet', 'ec2:DeleteSecurityGroup', 'ec2:DeleteVpcEndpoints'],
  },
  'a repository': {
    resources: { It: { Type: 'AWS::ECR::Repository' } }, create: ['ecr:CreateRepository'], delete: ['ecr:DeleteRepository'],
  },
  'an alarm': {
    resources: { It: { Type: 'AWS::CloudWatch::Alarm', Properties: { ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1, MetricName: 'm', Namespace: 'n', Period: 60, Statistic: 'Sum', Threshold: 1 } } },
    create: ['cloudwatch:PutMetricAlarm'],
    delete: ['cloudwatch:DeleteAlarms'],
  },
  'a schedule': {
    resources: {
      It: {
        Type: 'AWS::Scheduler::Schedule',
        Properties: {
          FlexibleTimeWindow: { Mode: 'OFF' },
          ScheduleExpression: 'rate(1 day)',
          Target: { Arn: `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:m`, RoleArn: arnOf('Schedule') },
        },
      },
    },
    create: ['scheduler:CreateSchedule', 'iam:PassRole'],
    delete: ['scheduler:DeleteSchedule'],
  },
  'a notebook instance': {
    resources: { It: { Type: 'AWS::SageMaker::NotebookInstance', Properties: { InstanceType: 'ml.t3.medium', RoleArn: arnOf('Jobs'), Tags: [{ Key: 'a', Value: 'b' }] } } },
    changed: { It: { Type: 'AWS::SageMaker::NotebookInstance', Properties: { InstanceType: 'ml.t3.large', RoleArn: arnOf('Jobs'), Tags: [{ Key: 'a', Value: 'b' }] } } },
    create: ['sagemaker:CreateNotebookInstance', 'sagemaker:AddTags', 'iam:PassRole'],
    update: ['sagemaker:StopNotebookInstance', 'sagemaker:UpdateNotebookInstance', 'sagemaker:StartNotebookInstance'],
    delete: ['sagemaker:StopNotebookInstance', 'sagemaker:DeleteNotebookInstance'],
  },
  'a model': {
    resources: { It: { Type: 'AWS::SageMaker::Model', Properties: { ExecutionRoleArn: arnOf('Jobs'), PrimaryContainer: { Image: '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1' } } } },
    create: ['sagemaker:CreateModel', 'iam:PassRole'],
    delete: ['sagemaker:DeleteModel'],
  },
};

describe('the execution role of a stack with', () => {
  let cloud: LocalCloud;
  let denied: string[] = [];
  /** The role that is allowed everything except what the test denies. */
  const restricted: ExistingRole = {
    roleArn: arnOf('Restricted'),
    trust: CLOUDFORMATION,
    policies: [{ get Statement() { return [allow('*'), ...denied.length > 0 ? [deny(...denied)] : []]; } }],
  };
  beforeAll(async () => {
    const trusting = (name: string, service: string) => ({ roleArn: arnOf(name), trust: trustOf(service) });
    cloud = await cloudWith({}, [
      restricted, trusting('Function', 'lambda.amazonaws.com'), trusting('Machine', 'states.amazonaws.com'), trusting('Schedule', 'scheduler.amazonaws.com'),
      trusting('Jobs', 'sagemaker.amazonaws.com'),
    ]);
  });
  afterEach(async () => {
    denied = [];
    await cloud.destroy('Stack');
  });
  afterAll(() => cloud.stop());

  /** Lets an operation end, and gives the action that a resource lacked. */
  async function lacked(begin: () => Promise<StackResult | undefined>, ...actions: string[]): Promise<string[]> {
    denied = actions;
    const { events = [] } = await cloud.clock.run(begin()) ?? {};
    return [...new Set(events.flatMap(({ resourceStatus, resourceStatusReason = '' }) =>
      resourceStatus.endsWith('_FAILED') ? /is not authorized to perform: (\S+) .*explicit deny/.exec(resourceStatusReason)?.slice(1) ?? [] : []))];
  }
  const create = async (Resources: object) => cloud.cloudFormation.createStack({ stackName: 'Stack', template: { Resources }, roleArn: restricted.roleArn });
  const update = async (Resources: object) => cloud.cloudFormation.updateStack({ stackName: 'Stack', template: { Resources } });

  test.each(Object.entries(CASES))('%s: each action is needed', async (_, { changed, create: creating, delete: deleting, resources, update: updating = [] }) => {
    for (const action of creating) {
      expect(await lacked(async () => create(resources), action)).toEqual([action]);
      denied = [];
      await cloud.destroy('Stack');
    }
    for (const action of deleting) {
      expect(await lacked(async () => create(resources))).toEqual([]);
      expect(await lacked(async () => cloud.cloudFormation.deleteStack('Stack'), action)).toEqual([action]);
      expect(await lacked(async () => cloud.cloudFormation.deleteStack('Stack'))).toEqual([]);
    }
    expect(await lacked(async () => create(resources))).toEqual([]);
    for (const action of updating) {
      // A rollback needs the action, too. It is continued once it is allowed again.
      expect(await lacked(async () => update(changed!), action)).toEqual([action]);
      if (cloud.cloudFormation.describe('Stack').status !== 'UPDATE_ROLLBACK_FAILED') continue;
      expect(await lacked(async () => cloud.cloudFormation.continueUpdateRollback('Stack'))).toEqual([]);
    }
    if (changed) expect(await lacked(async () => update(changed))).toEqual([]);
  });

  test('a custom resource needs to invoke its function, for each event', async () => {
    const source = `exports.handler = async (event) => {
      const body = JSON.stringify({ Status: 'SUCCESS', PhysicalResourceId: 'it', StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId });
      await fetch(event.ResponseURL, { method: 'PUT', body, headers: { 'content-length': String(body.length) } });
    };`;
    const resources = (value: string) => ({
      Fn: fn({ FunctionName: 'provider', Code: { ZipFile: source } }), It: { Type: 'Custom::It', Properties: { ServiceToken: { 'Fn::GetAtt': ['Fn', 'Arn'] }, value } },
    });
    const actions = ['lambda:InvokeFunction'];
    expect(await lacked(async () => create(resources('one')), ...actions)).toEqual(actions);
    await cloud.destroy('Stack');
    expect(await lacked(async () => create(resources('one')))).toEqual([]);
    expect(await lacked(async () => update(resources('two')), ...actions)).toEqual(actions);
    expect(await lacked(async () => cloud.cloudFormation.continueUpdateRollback('Stack'))).toEqual([]);
    expect(await lacked(async () => cloud.cloudFormation.deleteStack('Stack'), ...actions)).toEqual(actions);
    expect(await lacked(async () => cloud.cloudFormation.deleteStack('Stack'))).toEqual([]);
  });

  test('a nested stack passes its execution role to it', async () => {
    const nested = (value: string) => {
      cloud.s3.put('models', `${value}.json`, Buffer.from(JSON.stringify({ Resources: { P: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: value } } } })), {});
      return { It: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: `https://models.s3.us-east-1.amazonaws.com/${value}.json` } } };
    };
    for (const action of ['cloudformation:CreateStack', 'iam:PassRole']) {
      expect(await lacked(async () => create(nested('one')), action)).toEqual([action]);
      denied = [];
      await cloud.destroy('Stack');
    }
    expect(await lacked(async () => create(nested('one')))).toEqual([]);
    const { physicalId } = cloud.cloudFormation.describe('Stack').resources.It;
    const ofNested = () => cloud.cloudFormation.describe(physicalId!);
    expect(ofNested().roleArn).toBe(restricted.roleArn);
    expect(await lacked(async () => update(nested('two')), 'cloudformation:UpdateStack')).toEqual(['cloudformation:UpdateStack']);
    expect(await lacked(async () => cloud.cloudFormation.deleteStack('Stack'), 'ssm:DeleteParameter')).toEqual([]);
    expect(ofNested().events.at(-2)!.resourceStatusReason).toContain('is not authorized to perform: ssm:DeleteParameter');
    expect(await lacked(async () => cloud.cloudFormation.deleteStack('Stack'), 'cloudformation:DeleteStack')).toEqual(['cloudformation:DeleteStack']);
    expect(await lacked(async () => cloud.cloudFormation.deleteStack('Stack'))).toEqual([]);
  });
});
