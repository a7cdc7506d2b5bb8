export interface Limit {
  /** The least and the largest number. */
  readonly from?: number;
  readonly to?: number;
  /** The least and the largest length of a string, or size of a list. */
  readonly min?: number;
  readonly max?: number;
  /** The whole string must match it. */
  readonly pattern?: RegExp;
  /** The value must be one of these. */
  readonly values?: readonly string[];
  /** The keys of a map must match it. */
  readonly keys?: RegExp;
  /** The number must be one of these, or a multiple of the last one. */
  readonly steps?: readonly number[];
}

const range = (from: number, to?: number): Limit => ({ from, to });
const text = (max: number, pattern?: RegExp): Limit => ({ min: 1, max, pattern });

const IAM_NAME = /^[\w+=,.@-]+$/;
const ROLE_PATH: Limit = { min: 1, max: 512, pattern: /^(\/|\/[\u0021-\u007e]+\/)$/ };
const POLICY_PATH: Limit = { min: 1, max: 512, pattern: /^(\/[A-Za-z0-9.,+@=_-]+)*\/$/ };
const RETRIES: { readonly [member: string]: Limit } = { MaximumEventAgeInSeconds: range(60, 86_400), MaximumRetryAttempts: range(0, 185) };
const under = (path: string, limits: { readonly [member: string]: Limit }) =>
  Object.fromEntries(Object.entries(limits).map(([member, limit]) => [`${path}.${member}`, limit]));

/** Values that the API has as an enumeration, and aws-service-spec as any string. */
const oneOf = (...values: readonly string[]): Limit => ({ values });
/** The characters of the names and descriptions of security groups. */
const EC2_TEXT = /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]*$/;
/** An IPv4 block with a netmask from /16 to /28. */
const BLOCK: Limit = { pattern: /^\d{1,3}(\.\d{1,3}){3}\/(1[6-9]|2[0-8])$/ };
const PORT = range(-1, 65_535);
const RULE: { readonly [member: string]: Limit } = { Description: { max: 255, pattern: EC2_TEXT }, FromPort: PORT, ToPort: PORT };

/**
 * The limits of properties, which aws-service-spec does not contain as types. `*` stands for each item of a list. The sources are the
 * documentation of the properties in aws-service-spec, the registry schemas of the types, and the API that creates a type:
 *
 * - CloudWatch API, PutMetricAlarm; AWS KMS API, CreateKey, CreateAlias, EnableKeyRotation; IAM API, CreateRole, CreatePolicy, PutRolePolicy
 * - Amazon EC2 API, CreateSecurityGroup, AuthorizeSecurityGroupIngress, CreateSubnet, CreateVpc, CreateFlowLogs, CreateNatGateway; Amazon VPC
 *   User Guide, VPC CIDR blocks
 * - Amazon ECR API, CreateRepository, PutLifecyclePolicy; Amazon EventBridge API, PutRule, PutTargets; EventBridge User Guide, Quotas
 * - Lambda API, CreateFunction, AddPermission; CloudWatch Logs API, CreateLogGroup; EventBridge Scheduler API, CreateSchedule, CreateScheduleGroup
 * - Amazon SNS API, CreateTopic, Subscribe; Amazon SQS API, CreateQueue; Systems Manager API, PutParameter; Step Functions API, CreateStateMachine
 * - Amazon SageMaker API, CreateModel, CreateEndpointConfig, CreateEndpoint, CreateCodeRepository
 */
export const LIMITS: { readonly [type: string]: { readonly [path: string]: Limit } } = {
  'AWS::CloudWatch::Alarm': {
    AlarmName: text(255),
    AlarmDescription: { max: 1024 },
    AlarmActions: { max: 5 },
    Dimensions: { max: 30 },
    InsufficientDataActions: { max: 5 },
    OKActions: { max: 5 },
    ComparisonOperator: oneOf(
      'GreaterThanOrEqualToThreshold', 'GreaterThanThreshold', 'LessThanThreshold', 'LessThanOrEqualToThreshold',
      'LessThanLowerOrGreaterThanUpperThreshold', 'LessThanLowerThreshold', 'GreaterThanUpperThreshold',
    ),
    Statistic: oneOf('SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'),
    TreatMissingData: oneOf('breaching', 'notBreaching', 'ignore', 'missing'),
    DatapointsToAlarm: range(1),
    EvaluationPeriods: range(1),
    MetricName: text(255),
    Namespace: text(255, /^[^:].*$/),
    Period: { steps: [10, 20, 30, 60] },
  },
  'AWS::EC2::FlowLog': { MaxAggregationInterval: oneOf('60', '600') },
  'AWS::EC2::NatGateway': { ConnectivityType: oneOf('private', 'public') },
  'AWS::EC2::SecurityGroup': {
    GroupDescription: { max: 255, pattern: EC2_TEXT },
    GroupName: { max: 255, pattern: /^(?!sg-)[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]*$/ },
    ...under('SecurityGroupEgress.*', RULE),
    ...under('SecurityGroupIngress.*', RULE),
  },
  'AWS::EC2::SecurityGroupEgress': RULE,
  'AWS::EC2::SecurityGroupIngress': RULE,
  'AWS::EC2::Subnet': { CidrBlock: BLOCK },
  'AWS::EC2::VPC': { CidrBlock: BLOCK, InstanceTenancy: oneOf('default', 'dedicated', 'host') },
  'AWS::ECR::Repository': {
    'LifecyclePolicy.LifecyclePolicyText': { min: 100, max: 30_720 },
    'RepositoryName': { min: 2, max: 256, pattern: /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/ },
  },
  'AWS::Events::Rule': {
    'Name': text(64, /^[.\-\w]+$/),
    'Description': { max: 512 },
    'ScheduleExpression': { max: 256 },
    'Targets': { max: 5 },
    'RoleArn': text(1600),
    'Targets.*.Arn': text(1600),
    'Targets.*.Id': text(64, /^[.\-\w]+$/),
    'Targets.*.Input': { max: 8192 },
    'Targets.*.InputPath': { max: 256 },
    'Targets.*.InputTransformer.InputPathsMap': { keys: /^[A-Za-z0-9_-]{1,256}$/ },
    'Targets.*.InputTransformer.InputTemplate': text(8192),
    'Targets.*.RoleArn': text(1600),
    'Targets.*.SqsParameters.MessageGroupId': { max: 100 },
    ...under('Targets.*.RetryPolicy', RETRIES),
  },
  'AWS::IAM::ManagedPolicy': { ManagedPolicyName: text(128, IAM_NAME), Description: { max: 1000 }, Path: POLICY_PATH },
  'AWS::IAM::Policy': { PolicyName: text(128, IAM_NAME) },
  'AWS::IAM::Role': {
    'RoleName': text(64, IAM_NAME),
    'Description': { max: 1000 },
    'MaxSessionDuration': range(3600, 43_200),
    'Path': ROLE_PATH,
    'Policies.*.PolicyName': text(128, IAM_NAME),
  },
  'AWS::KMS::Alias': { TargetKeyId: text(256), AliasName: text(256, /^alias\/(?!aws\/)[a-zA-Z0-9:/_-]+$/) },
  'AWS::KMS::Key': { Description: { max: 8192 }, PendingWindowInDays: range(7, 30), RotationPeriodInDays: range(90, 2560) },
  'AWS::Lambda::Function': {
    'FunctionName': text(64, /^[\w-]+$/),
    'Description': { max: 256 },
    'Handler': { max: 128, pattern: /^\S+$/ },
    'Role': { pattern: /^arn:aws[a-zA-Z-]*:iam::\d{12}:role\/?[\w+=,.@\-/]+$/ },
    'Timeout': range(1, 900),
    'MemorySize': range(128, 10_240),
    'EphemeralStorage.Size': range(512, 10_240),
    'ReservedConcurrentExecutions': range(0),
    'Environment.Variables': { keys: /^[a-zA-Z]\w+$/ },
    'Layers': { max: 5 },
    'Architectures': { min: 1, max: 1 },
    'Code.S3Bucket': { min: 3, max: 63, pattern: /^[\w.-]*(?<!\.)$/ },
    'Code.S3Key': text(1024),
    'CodeSigningConfigArn': { pattern: /^arn:aws[a-zA-Z-]*:lambda:[a-z0-9-]+:\d{12}:code-signing-config:csc-[a-z0-9]{17}$/ },
    'FileSystemConfigs': { max: 1 },
    'KmsKeyArn': { pattern: /^(arn:aws[a-zA-Z-]*:[a-z0-9-.]+:.*)?$/ },
    'VpcConfig.SubnetIds': { max: 16 },
    'VpcConfig.SecurityGroupIds': { max: 5 },
    'LoggingConfig.LogGroup': text(512, /^[.\-_/#A-Za-z0-9]+$/),
  },
  'AWS::Lambda::Permission': {
    Action: text(256, /^(lambda:[*]|lambda:[a-zA-Z]+|[*])$/),
    EventSourceToken: text(256, /^[\w.-]+$/),
    Principal: text(256),
    PrincipalOrgID: { pattern: /^o-[a-z0-9]{10,32}$/ },
    SourceAccount: { pattern: /^\d{12}$/ },
    SourceArn: { min: 12, max: 1024, pattern: /^arn:aws[a-zA-Z0-9-]*:[a-zA-Z0-9-]+:([a-z0-9-]+-\d)?:(\d{12})?:.*$/ },
  },
  'AWS::Logs::LogGroup': { LogGroupName: text(512, /^[.\-_/#A-Za-z0-9]+$/), KmsKeyId: { max: 256, pattern: /^arn:[a-z0-9-]+:kms:[a-z0-9-]+:\d{12}:(key|alias)\/.+$/ } },
  'AWS::SNS::Subscription': { Protocol: oneOf('http', 'https', 'email', 'email-json', 'sms', 'sqs', 'application', 'lambda', 'firehose') },
  'AWS::SNS::Topic': { TopicName: text(256, /^[\w-]+(\.fifo)?$/), DisplayName: { max: 100 } },
  'AWS::SQS::Queue': {
    QueueName: text(80, /^[\w-]+(\.fifo)?$/),
    DeduplicationScope: oneOf('messageGroup', 'queue'),
    DelaySeconds: range(0, 900),
    FifoThroughputLimit: oneOf('perQueue', 'perMessageGroupId'),
    KmsDataKeyReusePeriodSeconds: range(60, 86_400),
    MaximumMessageSize: range(1024, 1_048_576),
    MessageRetentionPeriod: range(60, 1_209_600),
    ReceiveMessageWaitTimeSeconds: range(0, 20),
    VisibilityTimeout: range(0, 43_200),
  },
  'AWS::SSM::Parameter': {
    Name: text(1011, /^[a-zA-Z0-9_.\-/]+$/), Description: { max: 1024 }, AllowedPattern: { max: 1024 }, Policies: text(4096),
  },
  'AWS::SageMaker::CodeRepository': { CodeRepositoryName: text(63, /^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/) },
  'AWS::SageMaker::Endpoint': { EndpointName: text(63, /^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/) },
  'AWS::SageMaker::EndpointConfig': {
    'EndpointConfigName': text(63, /^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/),
    'ProductionVariants': { min: 1, max: 10 },
    'ProductionVariants.*.InitialInstanceCount': range(1),
    'ProductionVariants.*.InitialVariantWeight': range(0),
    'ProductionVariants.*.ServerlessConfig.MaxConcurrency': range(1, 200),
    'ProductionVariants.*.ServerlessConfig.MemorySizeInMB': range(1024, 6144),
  },
  'AWS::SageMaker::Model': { ModelName: text(63, /^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/), Containers: { max: 15 } },
  'AWS::Scheduler::Schedule': {
    'Name': text(64, /^[.\-\w]+$/),
    'Description': { max: 512 },
    'ScheduleExpression': text(256),
    'FlexibleTimeWindow.MaximumWindowInMinutes': range(1, 1440),
    'ScheduleExpressionTimezone': text(50),
    'GroupName': text(64, /^[.\-\w]+$/),
    'Target.SqsParameters.MessageGroupId': text(128),
    'Target.Arn': text(1600),
    'Target.RoleArn': text(1600, /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/),
    ...under('Target.RetryPolicy', RETRIES),
  },
  'AWS::Scheduler::ScheduleGroup': { Name: text(64, /^[.\-\w]+$/) },
  'AWS::StepFunctions::StateMachine': { 'StateMachineName': text(80), 'DefinitionString': text(1_048_576), 'RoleArn': text(256), 'EncryptionConfiguration.KmsDataKeyReusePeriodSeconds': range(60, 900), 'EncryptionConfiguration.KmsKeyId': text(2048) },
};
