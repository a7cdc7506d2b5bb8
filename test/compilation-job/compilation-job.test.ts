import { App, CfnOutput, CfnParameter, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import {
  CompilationJob, type CompilationJobProps, CompilationModel, CompilationTarget, CompilerDataType, CompilerSettings, CoreMlDimension,
  CoreMlInput, CoreMlShape, CompilationDataInput, CompilationFramework, HyperParameterTuningJob, S3Location, TargetDevice, TargetPlatformArch,
  TargetPlatformOs, TrainingJob,
} from '../../src';
import { LEAST_COMPILATION } from '../fixtures/compilation-jobs';
import { LEAST_TUNING } from '../fixtures/hyper-parameter-tuning-jobs';
import { actionsOf, complaintOf, type Example, requestOf, statementsOf, templateOf } from '../fixtures/synth';
import { LEAST } from '../fixtures/training-jobs';

const JOB = 'Custom::SageMakerCompilationJob';
const job = (stack: Stack, props: Partial<CompilationJobProps> = {}) => new CompilationJob(stack, 'Job', { ...LEAST_COMPILATION, ...props });
const compilationRequest = (example: Example) => requestOf(example, JOB);
const ONNX = { framework: CompilationFramework.ONNX, dataInputConfig: CompilationDataInput.fromShapes({ data: [1, 3, 224, 224] }) };
const artifact = S3Location.fromUri('s3://models/model.tar.gz');

describe('role', () => {
  test('the default role may do what the least job needs, and no more', () => {
    const template = templateOf((stack) => job(stack));

    expect(actionsOf(template, 'JobRole')).toEqual([
      'cloudwatch:PutMetricData',
      'logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents',
      's3:AbortMultipartUpload', 's3:GetObject', 's3:ListBucket', 's3:PutObject',
    ]);
    expect(JSON.stringify(statementsOf(template, 'JobRole'))).toContain('log-group:/aws/sagemaker/CompilationJobs:*');
  });

  test('in a VPC and with a key the role may use them', () => {
    const template = templateOf((stack) => job(stack, { vpc: new ec2.Vpc(stack, 'Vpc'), outputEncryptionKey: new kms.Key(stack, 'Key') }));

    expect(actionsOf(template, 'JobRole')).toEqual(expect.arrayContaining(['ec2:CreateNetworkInterface', 'kms:DescribeKey', 'kms:GenerateDataKey']));
    // These are documented for compilation jobs only.
    expect(actionsOf(template, 'JobRole')).toEqual(expect.arrayContaining(['ec2:DescribeVpcEndpoints', 'ec2:ModifyNetworkInterfaceAttribute']));
    expect(JSON.stringify(statementsOf(template, 'JobRole'))).not.toContain('ec2:Subnet"');
  });

  test('an imported role gets nothing attached', () => {
    const template = templateOf((stack) => job(stack, { role: iam.Role.fromRoleArn(stack, 'Imported', 'arn:aws:iam::111122223333:role/Compilation') }));

    expect(Object.keys(template.findResources('AWS::IAM::Policy')).filter((id) => !id.startsWith('SageMakerJobProvider'))).toEqual([]);
  });
});

describe('model', () => {
  test('the model of a training job is compiled, and may be read', () => {
    const template = templateOf((stack) => {
      const trainingJob = new TrainingJob(stack, 'Training', { ...LEAST, waitTimeout: Duration.minutes(30) });
      return job(stack, { model: CompilationModel.fromTrainingJob(trainingJob, ONNX) });
    });

    const [training] = Object.keys(template.findResources('Custom::SageMakerTrainingJob'));
    const uri = { 'Fn::GetAtt': [training, 'ModelArtifacts.S3ModelArtifacts'] };
    template.hasResourceProperties(JOB, { Request: { InputConfig: { S3Uri: uri, Framework: 'ONNX' } } });
    const read = statementsOf(template, 'JobRole').find(({ Action }) => Action === 's3:GetObject');
    expect(JSON.stringify(read.Resource)).toContain('results/models*');
  });

  test('the model of a job that has a key may be decrypted', () => {
    const template = templateOf((stack) => {
      const outputEncryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/one');
      const trainingJob = new TrainingJob(stack, 'Training', { ...LEAST, outputEncryptionKey, waitTimeout: Duration.minutes(30) });
      return job(stack, { model: CompilationModel.fromTrainingJob(trainingJob, ONNX) });
    });

    expect(actionsOf(template, 'JobRole')).toContain('kms:Decrypt');
  });

  test('the best model of a tuning job is compiled', () => {
    const template = templateOf((stack) => {
      const tuning = new HyperParameterTuningJob(stack, 'Tuning', { ...LEAST_TUNING, waitTimeout: Duration.minutes(30) });
      return job(stack, { model: CompilationModel.fromHyperParameterTuningJob(tuning, { framework: CompilationFramework.XGBOOST }) });
    });

    const [tuning] = Object.keys(template.findResources('Custom::SageMakerHyperParameterTuningJob'));
    template.hasResourceProperties(JOB, { Request: { InputConfig: { S3Uri: { 'Fn::GetAtt': [tuning, 'BestTrainingJob.ModelArtifacts.S3ModelArtifacts'] } } } });
  });

  test('the model of a job that is not waited for cannot be compiled', () => {
    expect(() => templateOf((stack) => {
      const trainingJob = new TrainingJob(stack, 'Training', { ...LEAST, waitForCompletion: false });
      return job(stack, { model: CompilationModel.fromTrainingJob(trainingJob, ONNX) });
    })).toThrow('[Stack/Training] s3ModelArtifacts: must not be read if `waitForCompletion` is false');
  });

  test('a model package version is looked at by the role', () => {
    const arn = 'arn:aws:sagemaker:eu-west-1:111122223333:model-package/group/1';
    const template = templateOf((stack) => job(stack, { model: CompilationModel.fromModelPackageArn(arn) }));

    template.hasResourceProperties(JOB, { Request: { ModelPackageVersionArn: arn, InputConfig: Match.absent() } });
    expect(statementsOf(template, 'JobRole')).toContainEqual({ Action: 'sagemaker:DescribeModelPackage', Effect: 'Allow', Resource: arn });
  });
});

describe('inputs', () => {
  const shape = CoreMlShape.fixedShape([1, 224, 224, 3]);
  const enumerated = CoreMlShape.enumeratedShapes([[1, 3, 224, 224], [1, 3, 160, 160]]);

  test.each<[string, CompilationDataInput, string]>([
    ['shapes by name', CompilationDataInput.fromShapes({ data1: [1, 28, 28, 1], data2: [1, 10] }), '{"data1":[1,28,28,1],"data2":[1,10]}'],
    ['shapes of a frozen graph', CompilationDataInput.fromShapes({ 'input_tensor:0': [1, 224, 224, 3] }), '{"input_tensor:0":[1,224,224,3]}'],
    ['a list of shapes', CompilationDataInput.fromShapeList([[1, 3, 224, 224], [1, 3, 224, 224]]), '[[1,3,224,224],[1,3,224,224]]'],
    ['a fixed Core ML shape', CompilationDataInput.fromCoreMlInputs({ input_1: CoreMlInput.tensor(shape) }), '{"input_1":{"shape":[1,224,224,3]}}'],
    ['a flexible Core ML shape', CompilationDataInput.fromCoreMlInputs({
      input_1: CoreMlInput.tensor(
        CoreMlShape.flexibleShape([CoreMlDimension.sizeRange(1, 10), ...[224, 224, 3].map((size) => CoreMlDimension.fixedSize(size))]),
        { defaultShape: [1, 224, 224, 3] },
      ),
    }), '{"input_1":{"shape":["1..10",224,224,3],"default_shape":[1,224,224,3]}}'],
    ['a Core ML tensor without a name', CompilationDataInput.fromCoreMlInputList([CoreMlInput.tensor(enumerated, { defaultShape: [1, 3, 224, 224] })]),
      '[{"shape":[[1,3,224,224],[1,3,160,160]],"default_shape":[1,3,224,224]}]'],
    ['a Core ML image', CompilationDataInput.fromCoreMlInputs({ input_1: CoreMlInput.image(shape, { bias: [-1, -1, -1], scale: 0.007843137255 }) }),
      '{"input_1":{"shape":[1,224,224,3],"type":"Image","bias":[-1,-1,-1],"scale":0.007843137255}}'],
    ['JSON as it is', CompilationDataInput.fromJson('{"input": [1]}'), '{"input": [1]}'],
  ])('%s', (_name, dataInputConfig, expected) => {
    const model = CompilationModel.fromS3(artifact, { framework: CompilationFramework.PYTORCH, dataInputConfig });
    const request = compilationRequest((stack) => job(stack, { model }));

    expect(request.InputConfig.DataInputConfig).toBe(expected);
  });

  test('a list of shapes for a framework with named inputs fails at synthesis', () => {
    const dataInputConfig = CompilationDataInput.fromShapeList([[1, 224, 224, 3]]);
    const model = CompilationModel.fromS3(artifact, { framework: CompilationFramework.TENSORFLOW, dataInputConfig });

    expect(complaintOf((stack) => job(stack, { model }))).toMatch(/must be a dictionary of names and shapes/);
  });

  test('a size that is a token is resolved within the JSON', () => {
    const request = compilationRequest((stack) => {
      const size = new CfnParameter(stack, 'Size', { type: 'Number' }).valueAsNumber;
      const dataInputConfig = CompilationDataInput.fromShapes({ data: [1, size] });
      return job(stack, { model: CompilationModel.fromS3(artifact, { framework: CompilationFramework.ONNX, dataInputConfig }) });
    });

    expect(request.InputConfig.DataInputConfig).toEqual({ 'Fn::Join': ['', ['{"data":[1,', { Ref: 'Size' }, ']}']] });
  });
});

describe('target and compiler', () => {
  test.each<[string, CompilerSettings, string]>([
    ['instances', CompilerSettings.forInstances(CompilerDataType.INT64), '{"dtype":"int64"}'],
    ['processors', CompilerSettings.forCpu({ mcpu: 'skylake-avx512', mattr: ['+neon', '+vfpv4'] }), '{"mcpu":"skylake-avx512","mattr":["+neon","+vfpv4"]}'],
    ['NVIDIA', CompilerSettings.forNvidia({ gpuCode: 'sm_72', trtVer: '6.0.1', cudaVer: '10.1' }), '{"gpu-code":"sm_72","trt-ver":"6.0.1","cuda-ver":"10.1"}'],
    ['Android', CompilerSettings.forAndroid({ androidPlatform: 28, mattr: ['+neon'] }), '{"ANDROID_PLATFORM":28,"mattr":["+neon"]}'],
    ['Inferentia', CompilerSettings.forInferentia('--verbose 1 -O2'), '"--verbose 1 -O2"'],
    ['Core ML', CompilerSettings.forCoreMl('labels.txt'), '{"class_labels":"labels.txt"}'],
    ['anything as JSON', CompilerSettings.fromJson('{"tomorrow": true}'), '{"tomorrow": true}'],
  ])('compiler options for %s', (_name, compilerOptions, expected) => {
    expect(compilationRequest((stack) => job(stack, { compilerOptions })).OutputConfig.CompilerOptions).toBe(expected);
  });

  test('a target is a device or a platform', () => {
    const outputOf = (target: CompilationTarget) => compilationRequest((stack) => job(stack, { target })).OutputConfig;

    expect(outputOf(CompilationTarget.fromDevice(TargetDevice.of('tomorrow')))).toEqual({ S3OutputLocation: 's3://results/compiled', TargetDevice: 'tomorrow' });
    expect(outputOf(CompilationTarget.fromPlatform({ os: TargetPlatformOs.ANDROID, arch: TargetPlatformArch.ARM_EABI }))).toEqual({
      S3OutputLocation: 's3://results/compiled', TargetPlatform: { Os: 'ANDROID', Arch: 'ARM_EABI' },
    });
  });
});

describe('network', () => {
  test('in a VPC a security group is made, and the job starts when it can reach the network', () => {
    const template = templateOf((stack) => job(stack, { vpc: new ec2.Vpc(stack, 'Vpc') }));

    const [group] = Object.keys(template.findResources('AWS::EC2::SecurityGroup'));
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
    template.hasResourceProperties(JOB, { Request: { VpcConfig: { SecurityGroupIds: [{ 'Fn::GetAtt': [group, 'GroupId'] }] } } });
    const [{ DependsOn }] = Object.values(template.findResources(JOB));
    expect(DependsOn).toEqual(expect.arrayContaining(Object.keys(template.findResources('AWS::EC2::Route')).filter((id) => id.includes('Private'))));
  });

  test('a job without a VPC has no connections', () => {
    expect(() => templateOf((stack) => job(stack).connections)).toThrow('Stack/Job: connections: only a compilation job with `vpc` has security groups');
  });
});

describe('resource', () => {
  test.each<[string, Partial<CompilationJobProps>, object]>([
    ['by default named after stack and construct', {}, { NamePrefix: 'stack-job', Name: Match.absent(), Rerun: Match.absent() }],
    ['with an exact name', { compilationJobName: 'exact' }, { Name: 'exact', NamePrefix: Match.absent() }],
    ['with a trigger', { rerunTrigger: 'monday' }, { Rerun: 'monday' }],
    ['not waited for', { waitForCompletion: false }, { Wait: { Seconds: '0' } }],
    ['waited for as long as it may run', { maxRuntime: Duration.minutes(10) }, { Wait: { Seconds: '3300' } }],
  ])('a job %s', (_name, props, expected) => {
    templateOf((stack) => job(stack, props)).hasResourceProperties(JOB, expected);
  });

  test('described values are attributes in the words of the API', () => {
    const names = ['compilationJobArn', 's3ModelArtifacts', 'artifactDigest', 'inferenceImage', 'derivedDataInputConfig', 'compilationEndTime'] as const;
    const template = templateOf((stack) => {
      const compilation = job(stack, { waitTimeout: Duration.minutes(10) });
      names.forEach((name) => new CfnOutput(stack, name, { value: compilation[name] }));
    });

    const [id] = Object.keys(template.findResources(JOB));
    expect(Object.values(template.toJSON().Outputs).map(({ Value }: any) => Value)).toEqual([
      'CompilationJobArn', 'ModelArtifacts.S3ModelArtifacts', 'ModelDigests.ArtifactDigest', 'InferenceImage', 'DerivedInformation.DerivedDataInputConfig',
      'CompilationEndTime',
    ].map((attribute) => ({ 'Fn::GetAtt': [id, attribute] })));
  });
});

test('grants are for the names that the job can have, and logs are those of the kind', () => {
  const stack = new Stack(new App(), 'Stack');
  const compilation = CompilationJob.fromCompilationJobName(stack, 'Job', 'Edge');
  const { principalStatement } = compilation.grantDescribe(new iam.User(stack, 'User'));

  expect(principalStatement!.actions).toEqual(['sagemaker:DescribeCompilationJob']);
  expect(JSON.stringify(stack.resolve(principalStatement!.resources))).toContain(':compilation-job/edge');
  expect(compilation.logGroup.logGroupName).toBe('/aws/sagemaker/CompilationJobs');
});

test('a job that exists is known by its ARN', () => {
  const compilation = CompilationJob.fromCompilationJobArn(
    new Stack(new App(), 'Stack'), 'Job', 'arn:aws:sagemaker:us-east-1:444455556666:compilation-job/edge-1',
  );

  expect(compilation.compilationJobName).toBe('edge-1');
  expect(compilation.env).toEqual({ account: '444455556666', region: 'us-east-1' });
});

describe('checks', () => {
  test.each<[string, Partial<CompilationJobProps>, string]>([
    ['a name that is too long', { compilationJobName: 'x'.repeat(64) }, 'compilationJobName: must have 1 to 63 characters; got 64'],
    ['a prefix with underscores', { compilationJobNamePrefix: 'my_job' }, 'compilationJobNamePrefix: must consist of letters, digits and hyphens'],
    ['a name and a prefix', { compilationJobName: 'a', compilationJobNamePrefix: 'b' }, 'compilationJobName: cannot be specified together with `compilationJobNamePrefix`'],
    ['subnets without a VPC', { vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } }, 'vpcSubnets: requires `vpc`'],
  ])('%s is refused', (_name, props, message) => {
    expect(complaintOf((stack) => job(stack, props))).toContain(`[Stack/Job] ${message}`);
  });

  test('tokens pass', () => {
    const text = Lazy.string({ produce: () => 'text' });

    expect(complaintOf((stack) => job(stack, {
      compilationJobName: text,
      model: CompilationModel.fromS3(S3Location.fromUri(text), {
        framework: CompilationFramework.of(text), frameworkVersion: text, dataInputConfig: CompilationDataInput.fromJson(text),
      }),
      compilerOptions: CompilerSettings.fromJson(text),
    }))).toBe('');
  });
});

test('each job writes to a prefix of its own, unless the user wants the exact one', () => {
  const outputMemberOf = (props: Partial<CompilationJobProps>) => {
    const [resource] = Object.values(templateOf((stack) => job(stack, props)).findResources('Custom::SageMakerCompilationJob'));
    return resource.Properties.OutputMember;
  };
  expect(outputMemberOf({})).toBe('OutputConfig.S3OutputLocation');
  expect(outputMemberOf({ separateOutput: false })).toBeUndefined();
});
