import { Fixture, request } from './setup';

let cloud: Fixture;
beforeAll(async () => { cloud = await Fixture.start(); });
afterAll(async () => cloud.stop());

/** The message of the ValidationException with which a request is refused. */
async function refusal(changes: object): Promise<string> {
  const error = await cloud.create('job', changes).then(() => { throw new Error('accepted'); }, (reason: Error) => reason);
  expect(error.name).toBe('ValidationException');
  return error.message;
}

/** A request that no SDK has looked at. */
async function post(body: string, headers: Record<string, string> = {}) {
  const response = await fetch(cloud.endpoint.url, {
    method: 'POST',
    headers: {
      'X-Amz-Target': 'SageMaker.CreateTrainingJob',
      'Content-Type': 'application/x-amz-json-1.1',
      'Authorization': 'AWS4-HMAC-SHA256 Credential=AKIDRAW/20260101/eu-central-1/sagemaker/aws4_request, SignedHeaders=host, Signature=0',
      ...headers,
    },
    body,
  });
  return { status: response.status, body: await response.json() as { __type: string; message: string } };
}

describe('the constraints of single members', () => {
  test('a name has at most 63 characters', async () => {
    expect(await refusal({ TrainingJobName: 'x'.repeat(64) })).toContain(
      `Value '${'x'.repeat(64)}' at 'trainingJobName' failed to satisfy constraint: Member must have length less than or equal to 63`,
    );
  });

  test.each(['-job', 'job-', 'my_job', 'job 1'])('%p is no name', async (name) => {
    expect(await refusal({ TrainingJobName: name })).toBe(
      `1 validation error detected: Value '${name}' at 'trainingJobName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}`,
    );
  });

  test('what is required is named with its path, and all violations at once', async () => {
    expect(await refusal({ RoleArn: undefined, OutputDataConfig: {} })).toBe(
      "2 validation errors detected: Value null at 'roleArn' failed to satisfy constraint: Member must not be null; "
      + "Value null at 'outputDataConfig.s3OutputPath' failed to satisfy constraint: Member must not be null",
    );
  });

  test('a role has to be the ARN of a role', async () => {
    expect(await refusal({ RoleArn: 'arn:aws:iam::111122223333:user/training' })).toMatch(/at 'roleArn' .* regular expression pattern/);
  });

  test('an instance type has to be one that the service knows', async () => {
    expect(await refusal({ ResourceConfig: { InstanceType: 'ml.nothing.large', InstanceCount: 1, VolumeSizeInGB: 1 } })).toMatch(
      /^1 validation error detected: Value 'ml.nothing.large' at 'resourceConfig.instanceType' failed to satisfy constraint: Member must satisfy enum value set: \[/,
    );
  });

  test('there are at most 100 hyperparameters, with values of at most 2500 characters', async () => {
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`p${index}`, '1']));
    expect(await refusal({ HyperParameters: many })).toContain("at 'hyperParameters' failed to satisfy constraint: Member must have length less than or equal to 100");
    expect(await refusal({ HyperParameters: { p: 'x'.repeat(2501) } })).toContain('Map value must satisfy constraint: [Member must have length less than or equal to 2500');
  });

  test('there are 1 to 20 channels', async () => {
    const channel = request('x').InputDataConfig![0];
    expect(await refusal({ InputDataConfig: [] })).toContain('Member must have length greater than or equal to 1');
    expect(await refusal({ InputDataConfig: Array(21).fill(channel) })).toContain('Member must have length less than or equal to 20');
  });

  test('there are 1 to 30 retries', async () => {
    expect(await refusal({ RetryStrategy: { MaximumRetryAttempts: 0 } })).toContain("Value '0' at 'retryStrategy.maximumRetryAttempts' failed to satisfy constraint: Member must have value greater than or equal to 1");
    expect(await refusal({ RetryStrategy: { MaximumRetryAttempts: 31 } })).toContain('Member must have value less than or equal to 30');
  });

  test('there are at most 5 security groups and 16 subnets', async () => {
    expect(await refusal({ VpcConfig: { SecurityGroupIds: Array(6).fill('sg-1'), Subnets: Array(17).fill('subnet-1') } })).toMatch(
      /^2 validation errors detected: .* at 'vpcConfig.securityGroupIds' .* equal to 5; .* at 'vpcConfig.subnets' .* equal to 16$/,
    );
  });

  test('a scalar in a list is reported with the list', async () => {
    expect(await refusal({ VpcConfig: { SecurityGroupIds: ['sg-1', 'sg 2'], Subnets: ['subnet-1'] } })).toContain(
      "Value '[sg-1, sg 2]' at 'vpcConfig.securityGroupIds' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 32",
    );
  });

  test('all that is wrong stands in one message, lists counted from 1', async () => {
    const [channel] = request('x').InputDataConfig!;
    const resources = { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: -1 };
    expect(await refusal({ ResourceConfig: resources, InputDataConfig: [channel, { ...channel, InputMode: 'fastfile' }] })).toBe(
      '2 validation errors detected: '
      + "Value 'fastfile' at 'inputDataConfig.2.member.inputMode' failed to satisfy constraint: Member must satisfy enum value set: [Pipe, File, FastFile]; "
      + "Value '-1' at 'resourceConfig.volumeSizeInGB' failed to satisfy constraint: Member must have value greater than or equal to 0",
    );
  });

  test('what is in a structure in a list has a path with its place', async () => {
    expect(await refusal({ InputDataConfig: [{ ChannelName: 'a b', DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://b/k' } } }] }))
      .toContain("Value 'a b' at 'inputDataConfig.1.member.channelName'");
  });
});

describe('what does not deserialize', () => {
  test.each([
    ['a string for a number', { StoppingCondition: { MaxRuntimeInSeconds: '3600' } }, 'STRING_VALUE can not be converted to an Integer'],
    ['a string for a boolean', { EnableNetworkIsolation: 'false' }, 'STRING_VALUE can not be converted to a Boolean'],
    ['a number for a string', { HyperParameters: { epochs: 3 } }, 'NUMBER_VALUE can not be converted to a String'],
    ['a structure for a list', { Tags: { key: 'value' } }, 'Expected list or null'],
  ])('%s is refused', async (_, changes, message) => {
    const { status, body } = await post(JSON.stringify({ ...request('job'), ...changes }));
    expect({ status, ...body }).toEqual({ status: 400, __type: 'SerializationException', message });
  });

  test('a body that is no JSON is refused', async () => {
    expect((await post('{')).body.__type).toBe('SerializationException');
  });
});

describe('the protocol', () => {
  test('members that the service does not know are dropped', async () => {
    const { status } = await post(JSON.stringify({ ...request('unknown-member'), Unknown: 1, ResourceConfig: { ...request('x').ResourceConfig, Other: 1 } }));
    expect(status).toBe(200);
    const described = await cloud.describe('unknown-member');
    expect(described.ResourceConfig).toEqual(request('x').ResourceConfig);
  });

  test('a null is the same as nothing', async () => {
    expect((await post(JSON.stringify({ ...request('with-null'), VpcConfig: null }))).status).toBe(200);
  });

  test.each([
    ['an operation that does not exist', { 'X-Amz-Target': 'SageMaker.CreateNothing' }],
    ['another service', { 'X-Amz-Target': 'Other.CreateTrainingJob' }],
    ['another content type', { 'Content-Type': 'application/json' }],
  ])('%s is unknown', async (_, headers) => {
    expect(await post('{}', headers)).toMatchObject({ status: 400, body: { __type: 'UnknownOperationException' } });
  });

  test('a call without credentials is refused', async () => {
    expect(await post('{}', { Authorization: '' })).toMatchObject({ status: 403, body: { __type: 'MissingAuthenticationTokenException' } });
  });
});

describe('the rules between members', () => {
  const resources = { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 10 };
  const group = { InstanceGroupName: 'a', InstanceType: 'ml.m5.large', InstanceCount: 1 };
  const channel = request('x').InputDataConfig![0];
  const source = channel.DataSource!.S3DataSource!;
  const vpc = { Subnets: ['subnet-1'], SecurityGroupIds: ['sg-1'] };
  const fileSystem = {
    ChannelName: 'a',
    DataSource: { FileSystemDataSource: { FileSystemId: 'fs-01234567', FileSystemAccessMode: 'ro', FileSystemType: 'EFS', DirectoryPath: '/data' } },
  };
  const image = request('x').AlgorithmSpecification!.TrainingImage;
  const inVpc = { TrainingInputMode: 'File', TrainingImage: image, TrainingImageConfig: { TrainingRepositoryAccessMode: 'Vpc' } };
  const preference = (type: string, rest: object = {}) => ({ InstanceType: `ml.${type}`, ...rest });
  const preferences = (list: object[], rest: object = {}) => ({ ResourceConfig: { InstancePreferences: list, VolumeSizeInGB: 10, ...rest } });
  const debuggerRule = { RuleConfigurationName: 'rule', RuleEvaluatorImage: image };
  const evaluation = { BaseModelArn: 'arn:aws:sagemaker:eu-central-1:aws:hub-content/SageMakerPublicHub/Model/m/1.0.0', JobType: 'Evaluation' };
  const plan = 'arn:aws:sagemaker:eu-central-1:111122223333:training-plan/plan';

  test.each([
    ['a training image or an algorithm is needed', { AlgorithmSpecification: { TrainingInputMode: 'File' } }, /TrainingImage and AlgorithmName/],
    [
      'a training image and an algorithm exclude each other',
      { AlgorithmSpecification: { TrainingInputMode: 'File', TrainingImage: 'image', AlgorithmName: 'algorithm' } },
      /TrainingImage and AlgorithmName/,
    ],
    ['instances are needed', { ResourceConfig: { VolumeSizeInGB: 10 } }, /InstanceType, InstanceGroups and InstancePreferences/],
    ['an instance type and groups exclude each other', { ResourceConfig: { ...resources, InstanceGroups: [group] } }, /InstanceType, InstanceGroups/],
    ['an instance type needs a count', { ResourceConfig: { ...resources, InstanceCount: 0 } }, /InstanceCount/],
    ['groups have their own counts', { ResourceConfig: { InstanceGroups: [group], InstanceCount: 1, VolumeSizeInGB: 10 } }, /InstanceCount/],
    ['resources are needed', { ResourceConfig: undefined }, /ResourceConfig must be specified unless ServerlessJobConfig/],
    ['a stopping condition is needed', { StoppingCondition: undefined }, /StoppingCondition must be specified unless ServerlessJobConfig/],
    ['an algorithm is needed', { AlgorithmSpecification: undefined }, /AlgorithmSpecification must be specified unless ServerlessJobConfig/],
    ['a spot job says how long it waits', { EnableManagedSpotTraining: true }, /MaxWaitTimeInSeconds must be specified/],
    ['only a spot job waits', { StoppingCondition: { MaxRuntimeInSeconds: 60, MaxWaitTimeInSeconds: 60 } }, /unless EnableManagedSpotTraining/],
    [
      'a spot job waits at least as long as it runs',
      { EnableManagedSpotTraining: true, StoppingCondition: { MaxRuntimeInSeconds: 61, MaxWaitTimeInSeconds: 60 } },
      /greater than or equal to MaxRuntimeInSeconds/,
    ],
    ['a job runs at most 28 days', { StoppingCondition: { MaxRuntimeInSeconds: 28 * 86400 + 1 } }, /at most 28 days/],
    [
      'a spot job keeps no warm pool',
      {
        EnableManagedSpotTraining: true,
        StoppingCondition: { MaxRuntimeInSeconds: 60, MaxWaitTimeInSeconds: 60 },
        ResourceConfig: { ...resources, KeepAlivePeriodInSeconds: 60 },
      },
      /KeepAlivePeriodInSeconds/,
    ],
    ['groups keep no warm pool', { ResourceConfig: { InstanceGroups: [group], KeepAlivePeriodInSeconds: 60 } }, /KeepAlivePeriodInSeconds/],
    ['channels have different names', { InputDataConfig: [channel, channel] }, /names of the channels/],
    ['a channel has a source', { InputDataConfig: [{ ChannelName: 'a', DataSource: {} }] }, /Exactly one source/],
    [
      'an augmented manifest is read through a pipe',
      { InputDataConfig: [{ ChannelName: 'a', DataSource: { S3DataSource: { ...source, S3DataType: 'AugmentedManifestFile' } } }] },
      /Pipe input mode/,
    ],
    ['only what is piped is decompressed', { InputDataConfig: [{ ...channel, CompressionType: 'Gzip' }] }, /CompressionType can only be used with the Pipe/],
    ['files are not wrapped into records', { InputDataConfig: [{ ...channel, RecordWrapperType: 'RecordIO' }] }, /RecordWrapperType must be None in the File/],
    ['a file system is reached through a VPC', { InputDataConfig: [fileSystem] }, /VpcConfig must be specified where a channel reads a file system/],
    ['a file system has files', { InputDataConfig: [{ ...fileSystem, InputMode: 'FastFile' }], VpcConfig: vpc }, /File input mode/],
    ['a private registry is reached through a VPC', { AlgorithmSpecification: inVpc }, /VpcConfig must be specified where TrainingRepositoryAccessMode/],
    ['preferences are different', preferences([preference('m5.large'), preference('m5.large')], { InstanceCount: 1 }), /only once in InstancePreferences/],
    ['preferences need a count', preferences([preference('m5.large')]), /InstanceCount must be specified either in every preference/],
    [
      'preferences have a count each, or none has',
      preferences([preference('m5.large', { InstanceCount: 1 }), preference('m5.xlarge')]),
      /InstanceCount must be specified either in every preference/,
    ],
    [
      'preferences have their counts or that of the job',
      preferences([preference('m5.large', { InstanceCount: 1 })], { InstanceCount: 1 }),
      /InstanceCount must be specified either in every preference/,
    ],
    ['preferences are no spot instances', { ...preferences([preference('m5.large')], { InstanceCount: 1 }), EnableManagedSpotTraining: true }, /InstancePreferences must not/],
    [
      'preferences have their plans or that of the job',
      preferences([preference('p5.48xlarge', { TrainingPlanArns: [plan] })], { InstanceCount: 1, TrainingPlanArn: plan }),
      /TrainingPlanArns in InstancePreferences/,
    ],
    ['instances without local storage need a volume', { ResourceConfig: { ...resources, VolumeSizeInGB: undefined } }, /VolumeSizeInGB must be specified for ml.m5.large/],
    [
      'local storage takes no key',
      { ResourceConfig: { ...resources, InstanceType: 'ml.g5.xlarge', VolumeKmsKeyId: 'key' } },
      /VolumeKmsKeyId must not be specified for ml.g5.xlarge/,
    ],
    [
      'a serverless job has no volume of its own',
      { ServerlessJobConfig: { ...evaluation, EvaluationType: 'BenchmarkEvaluation' }, ResourceConfig: { VolumeSizeInGB: 10 } },
      /VolumeSizeInGB must not be specified together with ServerlessJobConfig/,
    ],
    ['a serverless evaluation says how it evaluates', { ServerlessJobConfig: evaluation, ResourceConfig: undefined }, /EvaluationType must be specified/],
    ['directory buckets take no key', { OutputDataConfig: { S3OutputPath: 's3://models--use1-az4--x-s3/out', KmsKeyId: 'key' } }, /S3 Express One Zone/],
    [
      'the rules of the debugger and of the profiler have different names',
      { DebugRuleConfigurations: [debuggerRule], ProfilerRuleConfigurations: [debuggerRule] },
      /RuleConfigurationName must be unique: rule/,
    ],
    [
      'collections have different names',
      { DebugHookConfig: { S3OutputPath: 's3://b/k', CollectionConfigurations: [{ CollectionName: 'losses' }, { CollectionName: 'losses' }] } },
      /CollectionName must be unique: losses/,
    ],
    ['the profiler has only some intervals', { ProfilerConfig: { ProfilingIntervalInMilliseconds: 300 } }, /must be one of 100, 200, 500, 1000, 5000, 60000/],
  ])('%s', async (_, changes, message) => {
    expect(await refusal(changes)).toMatch(message);
  });

  test.each([
    ['groups of instances', { ResourceConfig: { InstanceGroups: [group], VolumeSizeInGB: 10 } }],
    ['preferences with one count for all', preferences([preference('m5.large'), preference('g5.xlarge')], { InstanceCount: 2 })],
    ['preferences with counts of their own', preferences([preference('m5.large', { InstanceCount: 2 }), preference('g5.xlarge', { InstanceCount: 1 })])],
    ['no volume where there is local storage', { ResourceConfig: { InstanceType: 'ml.g5.xlarge', InstanceCount: 1 } }],
    ['a file system in a VPC', { InputDataConfig: [fileSystem], VpcConfig: vpc }],
    ['a private registry in a VPC', { AlgorithmSpecification: inVpc, VpcConfig: vpc }],
    ['compression that is piped', { InputDataConfig: [{ ...channel, InputMode: 'Pipe', CompressionType: 'Gzip', RecordWrapperType: 'RecordIO' }] }],
    ['no compression', { InputDataConfig: [{ ...channel, CompressionType: 'None', RecordWrapperType: 'None' }] }],
  ])('accepted: %s', async (what, changes) => {
    await expect(cloud.create(`accepted-${what.replace(/\W/g, '-')}`, changes)).resolves.toBeDefined();
  });
});
