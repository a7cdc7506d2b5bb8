import { App, CfnParameter, Duration, PhysicalName, Size, Stack, Tags } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import {
  CompilationFramework, CompilationModel, ContainerImage, HyperParameterTuningJob, InputChannel, JobProviders, MlInstanceType,
  OutputCompressionType, S3Location, TrainingJob, TransformInput,
  TransformJob, type TransformJobProps, TransformModel,
} from '../../src';
import { LEAST_TUNING } from '../fixtures/hyper-parameter-tuning-jobs';
import { actionsOf, complaintOf, type Example, requestOf, statementsOf, templateOf } from '../fixtures/synth';
import { LEAST } from '../fixtures/training-jobs';
import { EXAMPLES, LEAST_TRANSFORM } from '../fixtures/transform-jobs';

const JOB = 'Custom::SageMakerTransformJob';
const IMAGE = ContainerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/serve:v1');
const MODEL = S3Location.fromUri('s3://results/models/model.tar.gz');
const job = (stack: Stack, props: Partial<TransformJobProps> = {}) => (
  new TransformJob(stack, 'Job', { ...LEAST_TRANSFORM, waitTimeout: Duration.minutes(30), ...props }));
const propertiesOf = (example: Example): any => Object.values(templateOf(example).findResources(JOB))[0].Properties;
const resourcesOf = (example: Example, role: string, action: string) => (
  JSON.stringify(statementsOf(templateOf(example), role).filter(({ Action }) => [Action].flat().includes(action)).map(({ Resource }) => Resource)));
const sageMaker = new iam.ServicePrincipal('sagemaker.amazonaws.com');

describe('a model that is created for the job', () => {
  const created: Example = (stack) => job(stack, { model: TransformModel.fromS3(MODEL, { image: IMAGE }) });

  test('has a role with what the model and the job need, and no more', () => {
    const template = templateOf(created);

    expect(actionsOf(template, 'JobModelRole')).toEqual([
      'cloudwatch:PutMetricData',
      'ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetAuthorizationToken', 'ecr:GetDownloadUrlForLayer',
      'logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents',
      's3:AbortMultipartUpload', 's3:GetObject', 's3:ListBucket', 's3:PutObject',
    ]);
    expect(JSON.stringify(statementsOf(template, 'JobModelRole'))).toContain('log-group:/aws/sagemaker/TransformJobs:*');
    expect(resourcesOf(created, 'JobModelRole', 's3:PutObject')).toContain('results/predictions/*');
    expect(resourcesOf(created, 'JobModelRole', 's3:GetObject')).toMatch(/models\/model\.tar\.gz\*.*data\/customers\/\*/);
  });

  test('exists before the job, and its policies before both', () => {
    const template = templateOf(created);

    const [[modelId]] = Object.entries(template.findResources('AWS::SageMaker::Model'));
    template.hasResource('AWS::SageMaker::Model', { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^JobModelRoleDefaultPolicy')]) });
    template.hasResource(JOB, {
      Properties: { Request: { ModelName: { 'Fn::GetAtt': [modelId, 'ModelName'] } } },
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('^JobModelRoleDefaultPolicy')]),
    });
  });

  test.each([
    ['a.b', undefined, 'model.modelName: must consist of letters, digits and hyphens, with no hyphen at either end; got a.b'],
    ['a'.repeat(64), undefined, `model.modelName: must have at most 63 characters; got 64 characters: ${'a'.repeat(64)}`],
    ['a', S3Location.fromUri('models/model.tar.gz'), 'model.location: must begin with s3:// or https://, and name a bucket; got models/model.tar.gz'],
    ['a', S3Location.fromUri('s3://models/churn/'), 'model.location: must be a single gzip compressed tar archive (.tar.gz); got s3://models/churn/'],
  ])('with the name %s and other artifacts is rejected if CreateModel would reject it', (modelName, location, complaint) => {
    expect(complaintOf((stack) => job(stack, { model: TransformModel.fromS3(location ?? MODEL, { image: IMAGE, modelName }) })))
      .toBe(`Validation failed with the following errors:\n  [Stack/Job] ${complaint}`);
  });

  test('has no explicit name if CDK generates it only when needed, because only the job refers to the model', () => {
    const model = TransformModel.fromS3(MODEL, { image: IMAGE, modelName: PhysicalName.GENERATE_IF_NEEDED });
    const template = templateOf((stack) => ['First', 'Second'].forEach((id) => new TransformJob(stack, id, { ...LEAST_TRANSFORM, model })));

    template.resourcePropertiesCountIs('AWS::SageMaker::Model', { ModelName: Match.absent() }, 2);
  });

  test('has an archive of artifacts, not the files of an uncompressed model', () => {
    const rule = 'model.location: must be a single gzip compressed tar archive (.tar.gz)';
    const options = { image: IMAGE };
    const rejected = (model: (stack: Stack) => TransformModel) => complaintOf((stack) => job(stack, { model: model(stack) })).includes(rule);
    const uncompressed = { outputCompressionType: OutputCompressionType.NONE };
    const definition = LEAST_TUNING.trainingJobDefinition!;

    expect(rejected((stack) => TransformModel.fromTrainingJob(new TrainingJob(stack, 'Training', { ...LEAST, ...uncompressed }), options))).toBe(true);
    expect(rejected((stack) => TransformModel.fromHyperParameterTuningJob(
      new HyperParameterTuningJob(stack, 'Tuning', { ...LEAST_TUNING, trainingJobDefinition: { ...definition, ...uncompressed } }), options))).toBe(true);
    expect(rejected((stack) => TransformModel.fromHyperParameterTuningJob(new HyperParameterTuningJob(stack, 'Tuning', LEAST_TUNING), options))).toBe(false);
    expect(rejected((stack) => TransformModel.fromS3(S3Location.fromBucket(new s3.Bucket(stack, 'Bucket'), 'models/'), options))).toBe(true);
    expect(rejected((stack) => TransformModel.fromS3(S3Location.fromBucket(new s3.Bucket(stack, 'Bucket'), 'models/model.tar.gz'), options))).toBe(false);
    expect(rejected((stack) => TransformModel.fromS3(S3Location.fromUri(new CfnParameter(stack, 'Uri').valueAsString), options))).toBe(false);
  });

  test.each([['s3://models/model.tar.gz', 0], ['s3://models/model.gz', 1]])('from %s causes %d warnings about archives', (uri, count) => {
    const stack = new Stack(new App(), 'Stack');
    job(stack, { model: TransformModel.fromS3(S3Location.fromUri(uri), { image: IMAGE }) });
    Template.fromStack(stack);

    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('model.location: should be a single gzip'))).toHaveLength(count);
  });

  test('has the artifacts of a training job, which its role may read', () => {
    const example: Example = (stack) => {
      const training = new TrainingJob(stack, 'Training', LEAST);
      job(stack, { model: TransformModel.fromTrainingJob(training, { image: IMAGE }) });
    };

    templateOf(example).hasResourceProperties('AWS::SageMaker::Model', {
      PrimaryContainer: { ModelDataUrl: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Training'), 'ModelArtifacts.S3ModelArtifacts'] } },
    });
    expect(resourcesOf(example, 'JobModelRole', 's3:GetObject')).toContain('results/models');
  });

  test('runs in the VPC, whose network interfaces its role may manage, and the job is what its connections belong to', () => {
    const template = templateOf((stack) => {
      const vpc = new ec2.Vpc(stack, 'Vpc');
      const transform = job(stack, { model: TransformModel.fromS3(MODEL, { image: IMAGE, vpc, enableNetworkIsolation: true }) });
      new ec2.SecurityGroup(stack, 'Database', { vpc }).connections.allowFrom(transform, ec2.Port.tcp(5432));
    });

    const [groupId] = Object.keys(template.findResources('AWS::EC2::SecurityGroup')).filter((id) => id.startsWith('Job'));
    const group = { 'Fn::GetAtt': [groupId, 'GroupId'] };
    template.hasResourceProperties('AWS::SageMaker::Model', { EnableNetworkIsolation: true, VpcConfig: { SecurityGroupIds: [group], Subnets: Match.anyValue() } });
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { SourceSecurityGroupId: group, FromPort: 5432 });
    template.hasResourceProperties(JOB, { SecurityGroups: [group] });
    expect(actionsOf(template, 'JobModelRole')).toContain('ec2:CreateNetworkInterface');
  });

  test('can have an image of a private registry', () => {
    templateOf((stack) => job(stack, { model: TransformModel.fromS3(MODEL, { image: ContainerImage.fromPrivateRegistry('registry.example.com/serve:v1') }) }))
      .hasResourceProperties('AWS::SageMaker::Model', { PrimaryContainer: { ImageConfig: { RepositoryAccessMode: 'Vpc' } } });
  });

  test('is retained with the job, and its role, too', () => {
    const template = templateOf((stack) => job(stack, { model: TransformModel.fromS3(MODEL, { image: IMAGE }), removalPolicy: 'retain' as never }));

    template.hasResource('AWS::SageMaker::Model', { DeletionPolicy: 'RetainExceptOnCreate' });
    for (const role of Object.entries(template.findResources('AWS::IAM::Role', { DeletionPolicy: 'RetainExceptOnCreate' }))) expect(role[0]).toMatch(/^JobModelRole/);
  });

  test('has a role on the path of the organization', () => {
    templateOf((stack) => {
      JobProviders.of(stack).configure({ rolePath: '/team/' });
      created(stack);
    }).hasResourceProperties('AWS::IAM::Role', { Path: '/team/', AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: 'sagemaker.amazonaws.com' } }] } });
  });

  test('reports an image and a network that are wrong by the properties of the model', () => {
    const wrong = TransformModel.fromS3(MODEL, { image: ContainerImage.fromSpark('9.9'), vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } });

    const complaint = complaintOf((stack) => job(stack, { model: wrong }));
    expect(complaint).toContain("model.image: unknown version '9.9'");
    expect(complaint).toContain('model.vpcSubnets: requires `vpc`');
  });

  test('with an exact name cannot be used by two jobs, each of which would create a model', () => {
    const named = TransformModel.fromS3(MODEL, { image: IMAGE, modelName: 'churn' });
    const complaint = complaintOf((stack) => ['First', 'Second'].forEach((id) => new TransformJob(stack, id, { ...LEAST_TRANSFORM, model: named })));

    expect(complaint).toContain('model.modelName: must be unique, but 2 jobs create a model with this name; define the model, and use `TransformModel.fromCfnModel()`; got churn');
  });
});

describe('a model of the app', () => {
  const withRole = (stack: Stack) => {
    const role = new iam.Role(stack, 'Serving', { assumedBy: sageMaker });
    return { role, model: new sagemaker.CfnModel(stack, 'Model', { executionRoleArn: role.roleArn, primaryContainer: { image: 'image' } }) };
  };

  test('shares its role, which is found by the ARN in the model', () => {
    const template = templateOf((stack) => job(stack, { model: TransformModel.fromCfnModel(withRole(stack).model) }));

    expect(actionsOf(template, 'Serving')).toEqual([
      'cloudwatch:PutMetricData', 'logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents',
      's3:AbortMultipartUpload', 's3:GetObject', 's3:ListBucket', 's3:PutObject',
    ]);
    template.hasResource(JOB, { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^ServingDefaultPolicy')]) });
  });

  test('can have its role named', () => {
    const template = templateOf((stack) => {
      const { model } = withRole(stack);
      job(stack, { model: TransformModel.fromCfnModel(model, { role: new iam.Role(stack, 'Other', { assumedBy: sageMaker }) }) });
    });

    expect(actionsOf(template, 'Serving')).toEqual([]);
    expect(actionsOf(template, 'Other')).toContain('s3:PutObject');
  });

  test.each<[string, (stack: Stack) => string | undefined]>([
    ['by an ARN', () => 'arn:aws:iam::111122223333:role/Serving'],
    ['by a part of an ARN', (stack) => `arn:${stack.partition}:iam::111122223333:role/Serving`],
    ['by none', () => undefined],
  ])('with a role %s leaves the permissions to the user', (_, executionRoleArn) => {
    const template = templateOf((stack) => job(stack, {
      model: TransformModel.fromCfnModel(new sagemaker.CfnModel(stack, 'Model', { executionRoleArn: executionRoleArn(stack) })),
    }));

    expect(Object.keys(template.findResources('AWS::IAM::Policy')).filter((id) => !id.startsWith('SageMakerJobProvider'))).toEqual([]);
  });
});

describe('a model by its name', () => {
  test('without a role gets nothing attached, and the job can be granted nothing, with a warning', () => {
    const stack = new Stack(new App(), 'Stack');
    new s3.Bucket(stack, 'Bucket', { bucketName: 'express--x-s3' });
    const transform = job(stack, {
      transformInput: TransformInput.fromS3(S3Location.fromUri('s3://express--eun1-az1--x-s3/data/')),
      outputEncryptionKey: new kms.Key(stack, 'Key'),
    });
    iam.Grant.addToPrincipal({ grantee: transform, actions: ['sqs:SendMessage'], resourceArns: ['*'] });

    expect(Object.keys(Template.fromStack(stack).findResources('AWS::IAM::Policy')).filter((id) => !id.startsWith('SageMakerJobProvider'))).toEqual([]);
    Annotations.fromStack(stack).hasWarning('/Stack/Job', Match.stringLikeRegexp('Add statement to this resource\'s role'));
  });

  test('with its role grants it what every feature of the job needs', () => {
    const example: Example = (stack) => {
      const role = new iam.Role(stack, 'Serving', { assumedBy: sageMaker });
      const key = new kms.Key(stack, 'Key');
      job(stack, {
        model: TransformModel.fromModelName('churn', { role }),
        transformInput: TransformInput.fromManifest(S3Location.fromUri('s3://data/list.manifest'), { dataLocations: [S3Location.fromUri('s3://data/listed/')] }),
        outputEncryptionKey: key,
        volumeEncryptionKey: key,
        dataCaptureConfig: { outputLocation: S3Location.fromUri('s3://captured/churn') },
      });
    };

    expect(resourcesOf(example, 'Serving', 's3:GetObject')).toMatch(/data\/listed\/\*.*data\/list\.manifest\*/);
    expect(resourcesOf(example, 'Serving', 's3:PutObject')).toMatch(/results\/predictions\/\*.*captured\/churn\/\*/);
    expect(actionsOf(templateOf(example), 'Serving').filter((action) => action.startsWith('kms:')))
      .toEqual(['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey']);
  });

  test('with its security groups has connections, and without them says where they come from', () => {
    const stack = new Stack(new App(), 'Stack');
    const group = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-0123456789abcdef0');

    expect(job(stack, { model: TransformModel.fromModelName('churn', { securityGroups: [group] }) }).connections.securityGroups).toEqual([group]);
    expect(() => new TransformJob(stack, 'Other', LEAST_TRANSFORM).connections)
      .toThrow('Stack/Other: connections: only a transform job with `vpc` or `securityGroups` of its TransformModel has security groups');
  });

  test('is passed by nobody: neither the function nor who runs similar jobs passes a role', () => {
    const template = templateOf((stack) => job(stack).grantRun(new iam.Role(stack, 'Notebook', { assumedBy: sageMaker })));

    expect(actionsOf(template, 'Notebook')).toEqual(['sagemaker:AddTags', 'sagemaker:CreateTransformJob', 'sagemaker:DescribeTransformJob', 'sagemaker:StopTransformJob']);
    expect(actionsOf(template, 'SageMakerJobProvider')).not.toContain('iam:PassRole');
    expect(actionsOf(template, 'SageMakerJobProvider')).not.toContain('sagemaker:DeleteTransformJob');
  });
});

describe('the output', () => {
  test('of each job is at a prefix of its own, or at a fixed one that jobs share', () => {
    const [own, shared] = [EXAMPLES.joined, EXAMPLES.manifest].map(propertiesOf);

    expect([own.OutputMember, own.SharedOutput]).toEqual(['TransformOutput.S3OutputPath', undefined]);
    expect([shared.OutputMember, shared.SharedOutput]).toEqual([undefined, 'true']);
  });

  test('is the input of another job, which may read it with its key', () => {
    const template = templateOf((stack) => {
      const transform = job(stack, { outputEncryptionKey: new kms.Key(stack, 'Key') });
      new TrainingJob(stack, 'Training', { ...LEAST, inputDataConfig: [InputChannel.fromS3('train', transform.output)] });
    });

    const [transform] = Object.keys(template.findResources(JOB));
    template.hasResourceProperties('Custom::SageMakerTrainingJob', {
      Request: { InputDataConfig: [{ DataSource: { S3DataSource: { S3Uri: { 'Fn::GetAtt': [transform, 'TransformOutput.S3OutputPath'] } } } }] },
    });
    expect(JSON.stringify(statementsOf(template, 'TrainingRole'))).toContain('results/predictions*');
    expect(actionsOf(template, 'TrainingRole')).toContain('kms:Decrypt');
  });

  test('of a job that nobody waits for is not known', () => {
    expect(complaintOf((stack) => {
      const transform = new TransformJob(stack, 'Job', { ...LEAST_TRANSFORM, waitForCompletion: false });
      new TrainingJob(stack, 'Training', { ...LEAST, inputDataConfig: [InputChannel.fromS3('train', transform.output)] });
    })).toContain('outputUri: must not be read if `waitForCompletion` is false');
  });
});

describe('an imported job', () => {
  const transformJobArn = 'arn:aws:sagemaker:eu-west-1:111122223333:transform-job/vision-1';

  test('with its output can be read', () => {
    const template = templateOf((stack) => {
      const imported = TransformJob.fromTransformJobAttributes(stack, 'Job', { transformJobArn, output: S3Location.fromUri('s3://results/vision-1/') });
      expect([imported.transformJobName, imported.outputUri]).toEqual(['vision-1', 's3://results/vision-1/']);
      imported.grantReadOutput(new iam.Role(stack, 'Reader', { assumedBy: sageMaker }));
    });

    expect(actionsOf(template, 'Reader')).toEqual(['s3:GetObject', 's3:ListBucket']);
  });

  test('without its output and its security groups says where to pass them', () => {
    const imported = TransformJob.fromTransformJobArn(new Stack(new App(), 'Stack'), 'Job', transformJobArn);

    expect(() => imported.outputUri).toThrow(
      'Stack/Job: outputUri: unknown for an imported transform job; pass `output` (TransformOutput.S3OutputPath) to TransformJob.fromTransformJobAttributes()');
    expect(() => imported.connections).toThrow('connections: unknown for an imported transform job; pass `securityGroups` to TransformJob.fromTransformJobAttributes()');
  });

  test('by its name has its ARN in lowercase', () => {
    const imported = TransformJob.fromTransformJobName(new Stack(new App(), 'Stack'), 'Job', 'Vision-1');

    expect(imported.transformJobArn).toMatch(/:transform-job\/vision-1$/);
  });
});

test('rules match the status of the job by its name', () => {
  templateOf((stack) => job(stack).onFailed('Failed')).hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      'detail-type': ['SageMaker Transform Job State Change'],
      'detail': { TransformJobName: [{ prefix: 'stack-job-' }], TransformJobStatus: ['Failed'] },
    },
  });
});

test('another model is another job, and other conditions are the same one', () => {
  const identityOf = (props: Partial<TransformJobProps>) => job(new Stack(new App(), 'Stack'), props).jobIdentity;
  const first = identityOf({});

  expect(identityOf({ maxConcurrentTransforms: 4, modelClientConfig: { invocationsMaxRetries: 0 }, experimentConfig: { runName: 'run' } })).toBe(first);
  expect(identityOf({ model: TransformModel.fromModelName('other') })).not.toBe(first);
  expect(identityOf({ maxPayload: Size.mebibytes(1) })).not.toBe(first);
});

test('tags of the job are in its request', () => {
  expect(requestOf((stack) => Tags.of(job(stack)).add('team', 'vision'), JOB).Tags).toEqual([{ Key: 'team', Value: 'vision' }]);
});

test('a job without a wait timeout waits a day, with a warning', () => {
  const stack = new Stack(new App(), 'Stack');
  new TransformJob(stack, 'Job', LEAST_TRANSFORM);

  Annotations.fromStack(stack).hasWarning('/Stack/Job', Match.stringLikeRegexp('waitTimeout: should be specified for a job without limits of its own'));
});

test('the image of a new model is built for the platform of the instances', () => {
  const seen: unknown[] = [];
  class Image extends ContainerImage {
    bind(_scope: unknown, { platform }: { platform?: { platform: string } }) {
      seen.push(platform?.platform);
      return { imageUri: 'image' };
    }
  }
  job(new Stack(new App(), 'Stack'), { model: TransformModel.fromS3(MODEL, { image: new Image() }), instanceType: MlInstanceType.of('ml.m6g.large') });

  expect(seen).toEqual(['linux/arm64']);
});

test('the data of a manifest in another Region is refused by its property', () => {
  const stack = new Stack(new App(), 'Stack', { env: { region: 'eu-west-1' } });
  const elsewhere = s3.Bucket.fromBucketAttributes(stack, 'Elsewhere', { bucketName: 'elsewhere', region: 'us-east-1' });
  job(stack, { transformInput: TransformInput.fromManifest(S3Location.fromUri('s3://data/list'), { dataLocations: [S3Location.fromBucket(elsewhere)] }) });

  expect(() => Template.fromStack(stack)).toThrow('transformInput.dataLocations[0]: must be in a bucket in eu-west-1, the Region of the stack; got a bucket in us-east-1');
});

test.each<[string, object, string]>([
  ['a model by a string', { model: 'churn' }, 'model: must be of type TransformModel; got the string churn. Use TransformModel.fromModelName()'],
  ['a model of a compilation job', {
    model: CompilationModel.fromS3(MODEL, { framework: CompilationFramework.XGBOOST }),
  }, 'model: must be of type TransformModel; got an object of CompilationModel'],
  ['a property of a processing job', { volumeSize: Size.gibibytes(1) }, 'volumeSize: cannot be passed to TransformJob: it is a property of TrainingJob'],
  ['the data of a manifest for a prefix', {
    transformInput: TransformInput.fromS3(MODEL, { dataLocations: [MODEL] } as object),
  }, 'transformInput.dataLocations: cannot be passed to an input from a prefix: it is a property of an input from a manifest. Remove it'],
  ['an access key in the environment', { environment: { KEY: 'AKIAIOSFODNN7EXAMPLE' } }, 'environment.KEY: must not contain an access key'],
])('%s is refused in the words of the user', (_what, props, message) => {
  expect(complaintOf((stack) => job(stack, props))).toContain(message);
});
