import { isDeepStrictEqual } from 'node:util';
import { isObject, type JsonObject } from '../../json';
import type { Json, ResourceChange } from '../../services';
import type { AccessRequest, RequestContext } from '../policy';
import type { CallContext } from './permissions';
import { permissionsOfSageMaker } from './sagemaker';

/** The context that the permissions of changes depend on. */
export interface ChangeContext extends CallContext {
  /** Returns the ARN of a role of the account by its name. */
  roleArnOf(name: string): string;
}

/** The actions with which CloudFormation changes a type of resource, as far as it always needs them. */
interface Calls {
  readonly create?: readonly string[];
  readonly update?: readonly string[];
  readonly delete?: readonly string[];
  /** Further actions, which set a property: of a creation with the property, and of each change of it. */
  readonly setting?: { readonly [property: string]: string };
  /** Returns the ARNs of the resources of the actions. Default: the resource itself. */
  readonly on?: (change: ResourceChange, context: ChangeContext) => readonly string[];
  /** Returns the ARNs of other resources that the creation is authorized for. */
  readonly within?: (change: ResourceChange, context: ChangeContext) => readonly string[];
  /** The properties that pass a role, with the service. `*` stands for each item of a list. */
  readonly passedRoles?: { readonly [path: string]: string };
}

const regional = (service: string, resource: string, { account, region }: ChangeContext) => `arn:aws:${service}:${region}:${account}:${resource}`;
const listed = (value: Json | undefined): string[] => (value === undefined ? [] : [value].flat().map(String));

/** A type of EC2, whose ARN ends in its ID. Those of a VPC are also authorized for the VPC. */
function ofEc2(segment: string, create: string, remove: string, rest: Calls = {}): Calls {
  return {
    create: [`ec2:${create}`],
    delete: [`ec2:${remove}`],
    on: ({ physicalId }, context) => [regional('ec2', `${segment}/${physicalId}`, context)],
    ...rest,
  };
}

/** A type that is an entry of other resources of EC2. */
function inEc2(property: string, segment: string, create: string, remove: string, rest: Calls = {}): Calls {
  return ofEc2(segment, create, remove, { on: ({ properties }, context) => [regional('ec2', `${segment}/${properties[property]}`, context)], ...rest });
}

const inVpc: Calls['within'] = ({ properties: { VpcId: vpc } }, context) => listed(vpc).map((id) => regional('ec2', `vpc/${id}`, context));
const policiesOn: Calls['on'] = ({ properties: { Roles: roles } }, { roleArnOf }) => listed(roles).map(roleArnOf);
const functionOf: Calls['on'] = ({ properties: { FunctionName: name } }, context) =>
  [String(name).startsWith('arn:') ? String(name) : regional('lambda', `function:${name}`, context)];
const keyOf: Calls['on'] = ({ physicalId, properties: { TargetKeyId: key } }, context) =>
  [regional('kms', physicalId, context), String(key).startsWith('arn:') ? String(key) : regional('kms', `key/${key}`, context)];
const bucketOf: Calls['on'] = ({ properties: { Bucket: bucket } }) => [`arn:aws:s3:::${bucket}`];
const groupOf: Calls['on'] = ({ physicalId }, context) => [regional('logs', `log-group:${physicalId}`, context)];

/**
 * The actions by type: the handlers in the CloudFormation registry, and the Service Authorization Reference of each service. Actions that
 * only read, and those that tag, are left out.
 */
const CALLS: { readonly [type: string]: Calls } = {
  'AWS::CloudFormation::Stack': {
    create: ['cloudformation:CreateStack'], update: ['cloudformation:UpdateStack'], delete: ['cloudformation:DeleteStack'],
  },
  'AWS::CloudWatch::Alarm': { create: ['cloudwatch:PutMetricAlarm'], update: ['cloudwatch:PutMetricAlarm'], delete: ['cloudwatch:DeleteAlarms'] },
  'AWS::EC2::EIP': ofEc2('elastic-ip', 'AllocateAddress', 'ReleaseAddress'),
  'AWS::EC2::FlowLog': ofEc2('vpc-flow-log', 'CreateFlowLogs', 'DeleteFlowLogs', { passedRoles: { DeliverLogsPermissionArn: 'vpc-flow-logs.amazonaws.com' } }),
  'AWS::EC2::InternetGateway': ofEc2('internet-gateway', 'CreateInternetGateway', 'DeleteInternetGateway'),
  'AWS::EC2::NatGateway': ofEc2('natgateway', 'CreateNatGateway', 'DeleteNatGateway'),
  'AWS::EC2::Route': inEc2('RouteTableId', 'route-table', 'CreateRoute', 'DeleteRoute', { update: ['ec2:ReplaceRoute'] }),
  'AWS::EC2::RouteTable': ofEc2('route-table', 'CreateRouteTable', 'DeleteRouteTable', { within: inVpc }),
  'AWS::EC2::SecurityGroup': ofEc2('security-group', 'CreateSecurityGroup', 'DeleteSecurityGroup', {
    setting: { SecurityGroupIngress: 'ec2:AuthorizeSecurityGroupIngress', SecurityGroupEgress: 'ec2:AuthorizeSecurityGroupEgress' },
    within: inVpc,
  }),
  'AWS::EC2::SecurityGroupEgress': inEc2('GroupId', 'security-group', 'AuthorizeSecurityGroupEgress', 'RevokeSecurityGroupEgress'),
  'AWS::EC2::SecurityGroupIngress': inEc2('GroupId', 'security-group', 'AuthorizeSecurityGroupIngress', 'RevokeSecurityGroupIngress'),
  'AWS::EC2::Subnet': ofEc2('subnet', 'CreateSubnet', 'DeleteSubnet', { setting: { MapPublicIpOnLaunch: 'ec2:ModifySubnetAttribute' }, within: inVpc }),
  'AWS::EC2::SubnetRouteTableAssociation': inEc2('RouteTableId', 'route-table', 'AssociateRouteTable', 'DisassociateRouteTable'),
  'AWS::EC2::VPC': ofEc2('vpc', 'CreateVpc', 'DeleteVpc', { setting: { EnableDnsHostnames: 'ec2:ModifyVpcAttribute' } }),
  'AWS::EC2::VPCEndpoint': ofEc2('vpc-endpoint', 'CreateVpcEndpoint', 'DeleteVpcEndpoints', { update: ['ec2:ModifyVpcEndpoint'], within: inVpc }),
  'AWS::EC2::VPCGatewayAttachment': inEc2('InternetGatewayId', 'internet-gateway', 'AttachInternetGateway', 'DetachInternetGateway', { within: inVpc }),
  'AWS::ECR::Repository': {
    create: ['ecr:CreateRepository'],
    delete: ['ecr:DeleteRepository'],
    setting: { LifecyclePolicy: 'ecr:PutLifecyclePolicy', RepositoryPolicyText: 'ecr:SetRepositoryPolicy' },
  },
  'AWS::Events::Rule': {
    create: ['events:PutRule'],
    update: ['events:PutRule'],
    delete: ['events:DeleteRule'],
    setting: { Targets: 'events:PutTargets' },
    passedRoles: { 'RoleArn': 'events.amazonaws.com', 'Targets.*.RoleArn': 'events.amazonaws.com' },
  },
  'AWS::IAM::ManagedPolicy': { create: ['iam:CreatePolicy'], delete: ['iam:DeletePolicy'], update: ['iam:CreatePolicyVersion'] },
  'AWS::IAM::Policy': { create: ['iam:PutRolePolicy'], update: ['iam:PutRolePolicy'], delete: ['iam:DeleteRolePolicy'], on: policiesOn },
  'AWS::IAM::Role': {
    create: ['iam:CreateRole'],
    delete: ['iam:DeleteRole'],
    setting: { Policies: 'iam:PutRolePolicy', ManagedPolicyArns: 'iam:AttachRolePolicy' },
  },
  'AWS::KMS::Alias': { create: ['kms:CreateAlias'], update: ['kms:UpdateAlias'], delete: ['kms:DeleteAlias'], on: keyOf },
  'AWS::KMS::Key': { create: ['kms:CreateKey'], delete: ['kms:ScheduleKeyDeletion'], setting: { EnableKeyRotation: 'kms:EnableKeyRotation' } },
  'AWS::Lambda::Function': {
    create: ['lambda:CreateFunction', 'lambda:GetFunction'],
    delete: ['lambda:DeleteFunction'],
    setting: { ReservedConcurrentExecutions: 'lambda:PutFunctionConcurrency' },
    passedRoles: { Role: 'lambda.amazonaws.com' },
  },
  'AWS::Lambda::Permission': { create: ['lambda:AddPermission'], delete: ['lambda:RemovePermission'], on: functionOf },
  'AWS::Logs::LogGroup': {
    create: ['logs:CreateLogGroup'], delete: ['logs:DeleteLogGroup'], setting: { RetentionInDays: 'logs:PutRetentionPolicy' }, on: groupOf,
  },
  'AWS::S3::Bucket': {
    create: ['s3:CreateBucket'],
    delete: ['s3:DeleteBucket'],
    setting: {
      BucketEncryption: 's3:PutEncryptionConfiguration',
      LifecycleConfiguration: 's3:PutLifecycleConfiguration',
      PublicAccessBlockConfiguration: 's3:PutBucketPublicAccessBlock',
      VersioningConfiguration: 's3:PutBucketVersioning',
    },
  },
  'AWS::S3::BucketPolicy': { create: ['s3:PutBucketPolicy'], update: ['s3:PutBucketPolicy'], delete: ['s3:DeleteBucketPolicy'], on: bucketOf },
  'AWS::SNS::Subscription': {
    create: ['sns:Subscribe'], delete: ['sns:Unsubscribe'], on: ({ properties: { TopicArn: topic } }) => listed(topic),
  },
  'AWS::SNS::Topic': { create: ['sns:CreateTopic'], update: ['sns:SetTopicAttributes'], delete: ['sns:DeleteTopic'] },
  'AWS::SNS::TopicPolicy': {
    create: ['sns:SetTopicAttributes'],
    update: ['sns:SetTopicAttributes'],
    delete: ['sns:SetTopicAttributes'],
    on: ({ properties: { Topics: topics } }) => listed(topics),
  },
  'AWS::SQS::Queue': { create: ['sqs:CreateQueue'], update: ['sqs:SetQueueAttributes'], delete: ['sqs:DeleteQueue'] },
  'AWS::SQS::QueuePolicy': {
    create: ['sqs:SetQueueAttributes'],
    update: ['sqs:SetQueueAttributes'],
    delete: ['sqs:SetQueueAttributes'],
    on: ({ properties: { Queues: queues } }, context) => listed(queues).map((url) => regional('sqs', url.split('/').pop()!, context)),
  },
  'AWS::SSM::Parameter': {
    create: ['ssm:PutParameter'],
    update: ['ssm:PutParameter'],
    delete: ['ssm:DeleteParameter'],
    on: ({ physicalId }, context) => [regional('ssm', `parameter/${physicalId.replace(/^\//, '')}`, context)],
  },
  'AWS::Scheduler::Schedule': {
    create: ['scheduler:CreateSchedule'],
    update: ['scheduler:UpdateSchedule'],
    delete: ['scheduler:DeleteSchedule'],
    passedRoles: { 'Target.RoleArn': 'scheduler.amazonaws.com' },
  },
  'AWS::Scheduler::ScheduleGroup': { create: ['scheduler:CreateScheduleGroup'], delete: ['scheduler:DeleteScheduleGroup'] },
  'AWS::SecretsManager::Secret': {
    create: ['secretsmanager:CreateSecret'],
    update: ['secretsmanager:UpdateSecret'],
    delete: ['secretsmanager:DeleteSecret'],
    setting: { GenerateSecretString: 'secretsmanager:GetRandomPassword' },
  },
  'AWS::StepFunctions::StateMachine': {
    create: ['states:CreateStateMachine'],
    update: ['states:UpdateStateMachine'],
    delete: ['states:DeleteStateMachine'],
    passedRoles: { RoleArn: 'states.amazonaws.com' },
  },
};

const WITHOUT_RESOURCE = ['kms:CreateKey', 'secretsmanager:GetRandomPassword'];

/** Returns the permissions that the execution role of a stack needs for a change. A type that is not emulated needs none. */
export function permissionsOfChange(change: ResourceChange, place: ChangeContext): AccessRequest[] {
  const { kind, type } = change;
  if (type.startsWith('AWS::SageMaker::')) return ofSageMaker(change, place);
  if (!Object.hasOwn(CALLS, type)) return [];
  const calls = CALLS[type];
  const keys = keysOf(change);
  const resources = calls.on?.(change, place) ?? [change.arn ?? '*'];
  const set = kind === 'delete' ? [] : Object.entries(calls.setting ?? {}).filter(([property]) => isChanged(property, change)).map(([, action]) => action);
  const actions = [...calls[kind] ?? [], ...set, ...kind === 'update' ? furtherActions(change) : []];
  // Each managed policy is attached on its own.
  const keysOfEach = (action: string) => action === 'iam:AttachRolePolicy'
    ? listed(change.properties.ManagedPolicyArns).map((arn) => ({ ...keys, 'iam:PolicyARN': arn }))
    : [keys];
  return [
    ...actions.flatMap((action) => resources.flatMap((resource) => keysOfEach(action)
      .map((context) => ({ action, resource: WITHOUT_RESOURCE.includes(action) ? '*' : resource, context })))),
    ...kind === 'create' ? calls.create!.flatMap((action) => (calls.within?.(change, place) ?? []).map((resource) => ({ action, resource, context: keys }))) : [],
    ...kind === 'delete' ? [] : [...codeOf(change), ...secretsOf(change, place), ...rolesPassedBy(calls.passedRoles ?? {}, change)],
  ];
}

/** The operations of SageMaker, with the permissions that a caller needs for them. */
function ofSageMaker(change: ResourceChange, context: ChangeContext): AccessRequest[] {
  const { kind, physicalId, properties, type } = change;
  const noun = type.split('::')[2];
  const isNotebook = noun === 'NotebookInstance';
  const operations = {
    create: [`Create${noun}`],
    update: isNotebook ? ['Stop', 'Update', 'Start'].map((verb) => verb + noun) : ['Model', 'EndpointConfig'].includes(noun) ? [] : [`Update${noun}`],
    delete: isNotebook ? [`Stop${noun}`, `Delete${noun}`] : [`Delete${noun}`],
  }[kind];
  const name = { [`${noun}Name`]: physicalId.split('/').pop()! };
  return operations.flatMap((operation) => permissionsOfSageMaker(operation, kind === 'delete' ? name : { ...properties, ...name }, context) ?? []);
}

/** The actions of an update that depend on what it changes. */
function furtherActions(change: ResourceChange): string[] {
  const { previous = {}, properties, type } = change;
  const changed = [...new Set([...Object.keys(properties), ...Object.keys(previous)])].filter((property) => isChanged(property, change));
  switch (type) {
    case 'AWS::Lambda::Function': return [
      ...changed.includes('Code') ? ['lambda:UpdateFunctionCode'] : [],
      ...changed.some((property) => !['Code', 'Tags', 'ReservedConcurrentExecutions'].includes(property)) ? ['lambda:UpdateFunctionConfiguration'] : [],
    ];
    case 'AWS::IAM::Role': return [
      ...changed.includes('AssumeRolePolicyDocument') ? ['iam:UpdateAssumeRolePolicy'] : [],
      ...changed.some((property) => ['Description', 'MaxSessionDuration'].includes(property)) ? ['iam:UpdateRole'] : [],
      ...changed.includes('PermissionsBoundary') ? [`iam:${properties.PermissionsBoundary === undefined ? 'Delete' : 'Put'}RolePermissionsBoundary`] : [],
    ];
    case 'AWS::KMS::Key': return [
      ...changed.includes('KeyPolicy') ? ['kms:PutKeyPolicy'] : [],
      ...changed.includes('Description') ? ['kms:UpdateKeyDescription'] : [],
    ];
    default: return [];
  }
}

function isChanged(property: string, { previous = {}, properties }: ResourceChange): boolean {
  return !isDeepStrictEqual(previous[property], properties[property]);
}

/** Lambda reads the code of a function with the permissions of its caller. */
function codeOf(change: ResourceChange): AccessRequest[] {
  const { S3Bucket: bucket, S3Key: key } = (change.properties.Code ?? {}) as JsonObject;
  const isRead = change.type === 'AWS::Lambda::Function' && key !== undefined && isChanged('Code', change);
  return isRead ? [{ action: 's3:GetObject', resource: `arn:aws:s3:::${bucket}/${key}`, context: {} }] : [];
}

/** Dynamic references read their secrets. The random end of the ARN of a secret is not known. */
function secretsOf({ properties }: ResourceChange, place: ChangeContext): AccessRequest[] {
  const references = JSON.stringify(properties).matchAll(/\{\{resolve:secretsmanager:(arn:(?:[^:}]*:){5}[^:}]+|[^:}]+)/g);
  return [...references].map(([, secret]) => ({
    action: 'secretsmanager:GetSecretValue',
    resource: secret.startsWith('arn:') ? secret : regional('secretsmanager', `secret:${secret}-??????`, place),
    context: {},
  }));
}

function rolesPassedBy(passedRoles: NonNullable<Calls['passedRoles']>, { previous = {}, properties }: ResourceChange): AccessRequest[] {
  return Object.entries(passedRoles).flatMap(([path, service]) => {
    const before = valuesAt(previous, path.split('.'));
    return valuesAt(properties, path.split('.')).filter((role) => !before.includes(role))
      .map((role) => ({ action: 'iam:PassRole', resource: role, context: { 'iam:PassedToService': service } }));
  });
}

function valuesAt(value: Json | undefined, [step, ...rest]: readonly string[]): string[] {
  if (value === undefined) return [];
  if (step === undefined) return [String(value)];
  if (step === '*') return [value].flat().flatMap((item) => valuesAt(item, rest));
  return isObject(value) ? valuesAt(value[step], rest) : [];
}

/** The condition keys of a change: the tags, and the permissions boundary of a role. */
function keysOf({ kind, previous, properties }: ResourceChange): RequestContext {
  const tags = tagsOf(properties);
  const { PermissionsBoundary: boundary } = properties;
  return {
    ...kind === 'delete' ? {} : Object.fromEntries(tags.map(([key, value]) => [`aws:RequestTag/${key}`, value])),
    ...kind !== 'delete' && tags.length > 0 && { 'aws:TagKeys': tags.map(([key]) => key) },
    ...kind === 'create' ? {} : Object.fromEntries(tagsOf(previous ?? properties).map(([key, value]) => [`aws:ResourceTag/${key}`, value])),
    ...boundary !== undefined && { 'iam:PermissionsBoundary': String(boundary) },
  };
}

function tagsOf({ Tags: tags = [] }: JsonObject): (readonly [string, string])[] {
  if (!Array.isArray(tags)) return Object.entries(tags as JsonObject).map(([key, value]) => [key, String(value)]);
  return (tags as { readonly Key: string; readonly Value: string }[]).map(({ Key, Value }) => [Key, String(Value)]);
}
