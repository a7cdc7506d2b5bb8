import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import {
  ContainerImage, HyperParameterTuningJob, ModelSpeculativeDecodingTechnique, OptimizationJob, type OptimizationJobProps, OptimizationModelSource,
  OptimizationTechnique, OutputCompressionType, S3Location, ServerlessJobType, SpeculativeDecodingTrainingData, TrainingJob,
} from '../../src';
import { LEAST_TUNING } from '../fixtures/hyper-parameter-tuning-jobs';
import { EXAMPLES, LEAST_OPTIMIZATION } from '../fixtures/optimization-jobs';
import { actionsOf, complaintOf, type Example, requestOf, statementsOf, templateOf } from '../fixtures/synth';
import { LEAST } from '../fixtures/training-jobs';

const JOB = 'Custom::SageMakerOptimizationJob';
const UNCOMPRESSED = 'modelSource.location: should be the key prefix of uncompressed files';
const OF_TRAINING_JOB = `${UNCOMPRESSED}; got an archive (GZIP). Set \`outputCompressionType\` of the training job to \`OutputCompressionType.NONE\``;
const HUB_MODEL = 'arn:aws:sagemaker:eu-west-1:aws:hub-content/SageMakerPublicHub/Model/model/1.0.0';
const EAGLE = ModelSpeculativeDecodingTechnique.EAGLE;
const job = (stack: Stack, props: Partial<OptimizationJobProps> = {}) => new OptimizationJob(stack, 'Job', { ...LEAST_OPTIMIZATION, waitTimeout: Duration.minutes(30), ...props });
const optimizationRequest = (example: Example) => requestOf(example, JOB);
const propertiesOf = (example: Example): any => Object.values(templateOf(example).findResources(JOB))[0].Properties;
const resourcesOf = (example: Example, action: string) => statementsOf(templateOf(example), 'JobRole').filter(({ Action }) => [Action].flat().includes(action)).map(({ Resource }) => JSON.stringify(Resource));

describe('role', () => {
  test('the default role may do what the least job needs, and no more', () => {
    const template = templateOf((stack) => job(stack));

    expect(actionsOf(template, 'JobRole')).toEqual([
      'cloudwatch:PutMetricData',
      'logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents',
      's3:AbortMultipartUpload', 's3:GetObject', 's3:ListBucket', 's3:PutObject',
    ]);
  });

  test('logs and metrics are allowed for every log group and namespace of SageMaker, because those of optimization jobs are not documented', () => {
    const statements = statementsOf(templateOf((stack) => job(stack)), 'JobRole');

    expect(JSON.stringify(statements)).toContain(':log-group:/aws/sagemaker/*:*');
    expect(statements.find(({ Action }) => Action === 'cloudwatch:PutMetricData').Condition).toEqual({ StringLike: { 'cloudwatch:namespace': ['/aws/sagemaker/*'] } });
  });

  test('in a VPC, with a key and with images the role may use them', () => {
    const image = ContainerImage.fromDlc('djl-inference', '0.36.0-lmi27.0.0-cu130');
    const template = templateOf((stack) => job(stack, {
      vpc: new ec2.Vpc(stack, 'Vpc'), outputEncryptionKey: new kms.Key(stack, 'Key'), optimizationConfigs: [OptimizationTechnique.compilation({ image })],
    }));

    expect(actionsOf(template, 'JobRole')).toEqual(expect.arrayContaining(['ec2:CreateNetworkInterface', 'ecr:BatchGetImage', 'kms:Encrypt', 'kms:GenerateDataKey']));
  });

  test('an imported role gets nothing attached', () => {
    const template = templateOf(EXAMPLES.speculative);

    expect(Object.keys(template.findResources('AWS::IAM::Policy')).filter((id) => !id.startsWith('SageMakerJobProvider'))).toEqual([]);
  });

  test('the manifest of training data and its objects may be read', () => {
    const trainingDataSource = SpeculativeDecodingTrainingData.fromManifest(S3Location.fromUri('s3://data/chats.manifest'), { dataLocations: [S3Location.fromUri('s3://data/chats/')] });
    const read = resourcesOf((stack) => job(stack, { optimizationConfigs: [OptimizationTechnique.speculativeDecoding(EAGLE, { trainingDataSource })] }), 's3:GetObject').join();

    expect(read).toContain('data/chats.manifest*');
    expect(read).toContain('data/chats/*');
  });

  test('the models of SageMaker that are the source and the destination may be described by their names in lowercase', () => {
    const example: Example = (stack) => job(stack, { modelSource: OptimizationModelSource.fromModelName('Llama'), outputModelName: 'Llama-Eagle' });

    expect(resourcesOf(example, 'sagemaker:DescribeModel')).toEqual([expect.stringContaining(':model/llama"'), expect.stringContaining(':model/llama-eagle"')]);
    expect(resourcesOf(example, 'sagemaker:CreateModel')).toEqual([expect.stringContaining(':model/llama-eagle"')]);
  });

  test('a model whose name only the deployment knows may be described among all, because its ARN contains the name in lowercase', () => {
    const example: Example = (stack) => job(stack, { modelSource: OptimizationModelSource.fromModelName(new CfnParameter(stack, 'Name').valueAsString) });

    expect(resourcesOf(example, 'sagemaker:DescribeModel')).toEqual([expect.stringContaining(':model/*"')]);
  });
});

describe('model source', () => {
  test('the model of a training job is optimized, and may be read', () => {
    const template = templateOf((stack) => {
      const training = new TrainingJob(stack, 'Training', { ...LEAST, outputCompressionType: OutputCompressionType.NONE, waitTimeout: Duration.minutes(30) });
      return job(stack, { modelSource: OptimizationModelSource.fromS3(training.modelArtifacts) });
    });

    const [training] = Object.keys(template.findResources('Custom::SageMakerTrainingJob'));
    template.hasResourceProperties(JOB, { Request: { ModelSource: { S3: { S3Uri: { 'Fn::GetAtt': [training, 'ModelArtifacts.S3ModelArtifacts'] } } } } });
    expect(actionsOf(template, 'JobRole')).toContain('s3:GetObject');
  });

  test.each<[string, (stack: Stack) => S3Location, string | undefined]>([
    ['the model of a training job', (stack) => new TrainingJob(stack, 'Training', LEAST).modelArtifacts, OF_TRAINING_JOB],
    ['the uncompressed model of a training job', (stack) => (
      new TrainingJob(stack, 'Training', { ...LEAST, outputCompressionType: OutputCompressionType.NONE }).modelArtifacts), undefined],
    ['the model of a training job whose compression is a token', (stack) => (
      new TrainingJob(stack, 'Training', { ...LEAST, outputCompressionType: OutputCompressionType.of(new CfnParameter(stack, 'Type').valueAsString) }).modelArtifacts),
    undefined],
    ['the model of a serverless job', (stack) => new TrainingJob(stack, 'Training', {
      outputLocation: LEAST.outputLocation, serverlessJobConfig: { baseModelArn: HUB_MODEL, jobType: ServerlessJobType.FINE_TUNING },
    }).modelArtifacts, undefined],
    ['the model of the best training job', (stack) => new HyperParameterTuningJob(stack, 'Tuning', LEAST_TUNING).bestTrainingJob.modelArtifacts, OF_TRAINING_JOB],
    ['an archive', () => S3Location.fromUri('s3://models/llama.tar.gz'), `${UNCOMPRESSED}; got s3://models/llama.tar.gz`],
    ['a prefix', () => S3Location.fromUri('s3://models/llama/'), undefined],
  ])('%s is a source with a warning unless it is uncompressed', (_, location, warning) => {
    const stack = new Stack(new App(), 'Stack');
    job(stack, { modelSource: OptimizationModelSource.fromS3(location(stack)) });
    Template.fromStack(stack);

    const warnings = Annotations.fromStack(stack).findWarning('/Stack/Job', Match.stringLikeRegexp('^modelSource\\.location: '));
    expect(warnings.map(({ entry }) => entry.data)).toEqual(warning === undefined ? [] : [expect.stringMatching(new RegExp(`^${warning.replace(/[.*?()]/g, '\\$&')} `))]);
  });

  test.each([true, false])('the license is accepted or not as it is said: %s', (acceptEula) => {
    const request = optimizationRequest((stack) => job(stack, { modelSource: OptimizationModelSource.fromS3(S3Location.fromUri('s3://models/llama/'), { acceptEula }) }));

    expect(request.ModelSource).toEqual({ S3: { S3Uri: 's3://models/llama/', ModelAccessConfig: { AcceptEula: acceptEula } } });
  });
});

describe('output', () => {
  test('each job writes below its own name, and no other way is shared', () => {
    const properties = propertiesOf((stack) => job(stack));

    expect(properties.OutputMember).toBe('OutputConfig.S3OutputLocation');
    expect(properties).not.toHaveProperty('SharedOutput');
  });

  test.each<[string, Partial<OptimizationJobProps>, string | undefined]>([
    ['a fixed location', { separateOutput: false }, undefined],
    ['a model of SageMaker', { outputModelName: 'llama' }, 'OutputConfig.S3OutputLocation'],
  ])('%s is shared by the jobs', (_, props, member) => {
    const properties = propertiesOf((stack) => job(stack, props));

    expect([properties.SharedOutput, properties.OutputMember]).toEqual(['true', member]);
  });

  test('who may read the output may read the location and use the key', () => {
    const template = templateOf((stack) => {
      const serving = new iam.Role(stack, 'Serving', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
      job(stack, { outputLocation: S3Location.fromBucket(new s3.Bucket(stack, 'Bucket'), 'optimized/'), outputEncryptionKey: new kms.Key(stack, 'Key') }).grantReadOutput(serving);
    });

    expect(actionsOf(template, 'Serving')).toEqual(['kms:Decrypt', 's3:GetObject', 's3:ListBucket']);
  });

  test('a model can be hosted with the image, the data and the environment of the job', () => {
    const template = templateOf((stack) => {
      const optimization = job(stack, {
        optimizationEnvironment: { OPTION_DTYPE: 'fp16', OPTION_MAX_MODEL_LEN: 2048 },
        optimizationConfigs: [
          OptimizationTechnique.quantization({ overrideEnvironment: { OPTION_QUANTIZE: 'awq' } }), OptimizationTechnique.compilation({ overrideEnvironment: { OPTION_DTYPE: 'bf16' } }),
        ],
      });
      return new sagemaker.CfnModel(stack, 'Model', {
        executionRoleArn: 'arn:aws:iam::111122223333:role/serving',
        primaryContainer: {
          image: optimization.recommendedInferenceImage,
          environment: optimization.modelEnvironment,
          modelDataSource: { s3DataSource: { s3Uri: optimization.s3OutputLocation, s3DataType: 'S3Prefix', compressionType: 'None' } },
        },
      });
    });

    const [id] = Object.keys(template.findResources(JOB));
    template.hasResourceProperties('AWS::SageMaker::Model', {
      PrimaryContainer: {
        Image: { 'Fn::GetAtt': [id, 'OptimizationOutput.RecommendedInferenceImage'] },
        Environment: { OPTION_DTYPE: 'bf16', OPTION_MAX_MODEL_LEN: '2048', OPTION_QUANTIZE: 'awq' },
        ModelDataSource: { S3DataSource: { S3Uri: { 'Fn::GetAtt': [id, 'OutputConfig.S3OutputLocation'] } } },
      },
    });
  });

  test('without environment variables the environment of the model is empty', () => {
    expect(job(new Stack(new App(), 'Stack')).modelEnvironment).toEqual({});
  });
});

describe('complaints', () => {
  test.each<[string, Partial<OptimizationJobProps>, string]>([
    ['an image of a private registry', { optimizationConfigs: [OptimizationTechnique.quantization({ image: ContainerImage.fromPrivateRegistry('registry.example.com/lmi:1') })] },
      'optimizationConfigs[0].image: cannot be an image of a private registry in a VPC for an optimization job'],
    ['an image of Docker Hub', { optimizationConfigs: [OptimizationTechnique.quantization({ image: ContainerImage.fromUri('deepjavalibrary/djl-serving:latest') })] },
      'optimizationConfigs[0].image: must be an image in Amazon ECR'],
    ['two training plans', { trainingPlanArns: ['a', 'b'].map((plan) => `arn:aws:sagemaker:eu-west-1:111122223333:training-plan/${plan}`) },
      'trainingPlanArns: must have at most one training plan; got 2'],
    ['an access key in the environment of a technique', { optimizationConfigs: [OptimizationTechnique.sharding({ overrideEnvironment: { OPTION_TENSOR_PARALLEL_DEGREE: 2, KEY: 'AKIAIOSFODNN7EXAMPLE' } })] },
      'optimizationConfigs[0].overrideEnvironment.KEY: must not contain an access key'],
    ['an access key in the environment', { optimizationEnvironment: { KEY: 'AKIAIOSFODNN7EXAMPLE' } }, 'optimizationEnvironment.KEY: must not contain an access key'],
  ])('%s is an error', (_, props, message) => {
    expect(complaintOf((stack) => job(stack, props))).toContain(message);
  });
});
