import { Duration, type Stack, Tags } from 'aws-cdk-lib';
import * as codecommit from 'aws-cdk-lib/aws-codecommit';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as fsx from 'aws-cdk-lib/aws-fsx';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as jobs from '../../src';

/** A role that no stack makes. */
export const IMPORTED_ROLE = 'arn:aws:iam::111122223333:role/Imported';

const ACCOUNT = '111122223333';
const SAGEMAKER = `arn:aws:sagemaker:eu-west-1:${ACCOUNT}:`;
const HUB = 'arn:aws:sagemaker:eu-west-1:aws:hub-content/SageMakerPublicHub';

/** A stack with everything for which the library allows something to somebody. */
export function everything(stack: Stack, phase: string): void {
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-12345678', availabilityZones: ['eu-west-1a'], privateSubnetIds: ['subnet-12345678'] });
  const key = new kms.Key(stack, 'Key');
  const bucket = new s3.Bucket(stack, 'Results', { encryptionKey: key });
  const results = (prefix: string) => jobs.S3Location.fromBucket(bucket, prefix);
  const image = jobs.ContainerImage.fromEcrRepository(ecr.Repository.fromRepositoryName(stack, 'Images', 'train'), 'v1');
  const secured = { vpc, outputEncryptionKey: key, volumeEncryptionKey: key };
  const training = { trainingImage: image, inputDataConfig: [jobs.InputChannel.fromS3('train', results('train/'))], outputLocation: results('models/') };
  const rule = {
    ruleConfigurationName: 'Rule', ruleEvaluatorImage: jobs.ContainerImage.fromEcrRepository(ecr.Repository.fromRepositoryName(stack, 'Rules', 'rules'), 'v1'),
  };

  new jobs.TrainingJob(stack, 'Watched', {
    ...training,
    ...secured,
    hyperParameters: { phase },
    checkpointConfig: { location: results('checkpoints/') },
    debugHookConfig: { outputLocation: results('tensors/') },
    debugRuleConfigurations: [rule],
    tensorBoardOutputConfig: { outputLocation: results('board/') },
    profilerConfig: { outputLocation: results('profiles/') },
    enableRemoteDebug: true,
    enableSessionTagChaining: true,
    mlflowConfig: { mlflowResourceArn: `${SAGEMAKER}mlflow-tracking-server/server` },
  });
  new jobs.TrainingJob(stack, 'Mounting', {
    ...training,
    vpc,
    trainingImage: jobs.ContainerImage.fromPrivateRegistry('registry.example.com/train:v1', {
      credentialsProvider: lambda.Function.fromFunctionArn(stack, 'Credentials', `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:credentials`),
    }),
    inputDataConfig: [
      jobs.InputChannel.fromEfs('efs', efs.FileSystem.fromFileSystemAttributes(stack, 'Efs', {
        fileSystemId: 'fs-12345678', securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'EfsGroup', 'sg-22222222', { mutable: false }),
      }), '/train', { fileSystemAccessMode: jobs.FileSystemAccessMode.RW }),
      jobs.InputChannel.fromFsxLustre('lustre', fsx.LustreFileSystem.fromLustreFileSystemAttributes(stack, 'Lustre', {
        fileSystemId: 'fs-0123456789abcdef0', dnsName: 'lustre.example.com', securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'LustreGroup', 'sg-33333333'),
      }), '/mount/train'),
    ],
  });
  const planned = new jobs.TrainingJob(stack, 'Planned', {
    ...training,
    role: new iam.Role(stack, 'GivenRole', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') }),
    instanceType: jobs.MlInstanceType.ML_P5_48XLARGE,
    trainingPlanArn: `${SAGEMAKER}training-plan/plan`,
    enableRemoteDebug: phase !== 'create',
    waitForCompletion: false,
  });
  Tags.of(planned).add(phase, 'true');
  new jobs.TrainingJob(stack, 'Serverless', {
    outputLocation: results('models/'),
    serverlessJobConfig: {
      baseModelArn: `${HUB}/Model/model/1.0.0`,
      jobType: jobs.ServerlessJobType.EVALUATION,
      evaluationType: jobs.EvaluationType.CUSTOM_SCORER_EVALUATION,
      evaluator: jobs.Evaluator.fromFunction(lambda.Function.fromFunctionArn(stack, 'Scorer', `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:scorer`)),
    },
    mlflowConfig: { mlflowResourceArn: `${SAGEMAKER}mlflow-app/app` },
    modelPackageConfig: { modelPackageGroupArn: `${SAGEMAKER}model-package-group/group`, sourceModelPackageArn: `${SAGEMAKER}model-package/source/1` },
  });
  new jobs.TrainingJob(stack, 'Imported', { ...training, role: iam.Role.fromRoleArn(stack, 'ImportedRole', IMPORTED_ROLE) });

  new jobs.HyperParameterTuningJob(stack, 'Tuning', {
    hyperParameterTuningJobObjective: jobs.HyperParameterTuningJobObjective.maximize('accuracy'),
    parameterRanges: [jobs.ParameterRange.integer('depth', 2, 8)],
    maxNumberOfTrainingJobs: 1,
    trainingJobDefinition: {
      ...training, ...secured, hyperParameters: { phase }, metricDefinitions: [{ name: 'accuracy', regex: 'accuracy: (.*)' }],
    },
  });
  new jobs.CompilationJob(stack, 'Compilation', {
    model: jobs.CompilationModel.fromS3(results('trained/model.tar.gz'), { framework: jobs.CompilationFramework.XGBOOST }),
    outputLocation: results('compiled/'),
    rerunTrigger: phase,
    target: jobs.CompilationTarget.fromDevice(jobs.TargetDevice.ML_C5),
    vpc,
    outputEncryptionKey: key,
  });
  new jobs.ProcessingJob(stack, 'Processing', {
    ...secured,
    image,
    rerunTrigger: phase,
    processingInputs: [
      jobs.ProcessingInput.fromS3('raw', results('raw/')),
      jobs.ProcessingInput.fromAthena('events', {
        database: 'web',
        queryString: 'SELECT * FROM events',
        workGroup: 'analytics',
        outputLocation: results('athena/'),
        outputEncryptionKey: key,
        outputFormat: jobs.AthenaResultFormat.PARQUET,
      }),
      jobs.ProcessingInput.fromRedshift('orders', {
        clusterId: 'warehouse',
        database: 'sales',
        dbUser: 'reader',
        clusterRole: new iam.Role(stack, 'ClusterRole', { assumedBy: new iam.ServicePrincipal('redshift.amazonaws.com') }),
        queryString: 'SELECT * FROM orders',
        outputLocation: results('redshift/'),
        outputEncryptionKey: key,
        outputFormat: jobs.RedshiftResultFormat.PARQUET,
      }),
    ],
    processingOutputs: [jobs.ProcessingOutput.toS3('clean', results('clean/')), jobs.ProcessingOutput.toFeatureGroup('features', 'customers')],
  });
  new jobs.TransformJob(stack, 'Transform', {
    model: jobs.TransformModel.fromS3(results('served/model.tar.gz'), { image, vpc }),
    rerunTrigger: phase,
    transformInput: jobs.TransformInput.fromS3(results('customers/')),
    outputLocation: results('predictions/'),
    outputEncryptionKey: key,
    volumeEncryptionKey: key,
    dataCaptureConfig: { outputLocation: results('captured/'), outputEncryptionKey: key },
    waitTimeout: Duration.minutes(100),
  });
  new jobs.OptimizationJob(stack, 'Optimized', {
    modelSource: jobs.OptimizationModelSource.fromModelName('llama', { dataLocations: [results('llama/')] }),
    deploymentInstanceType: jobs.MlInstanceType.ML_G5_12XLARGE,
    optimizationConfigs: [
      jobs.OptimizationTechnique.quantization({ image }),
      jobs.OptimizationTechnique.speculativeDecoding(jobs.ModelSpeculativeDecodingTechnique.EAGLE, {
        trainingDataSource: jobs.SpeculativeDecodingTrainingData.fromS3(results('chats/')),
      }),
    ],
    outputLocation: results('optimized/'),
    outputEncryptionKey: key,
    outputModelName: 'llama-optimized',
    rerunTrigger: phase,
    vpc,
  });
  new jobs.NotebookInstance(stack, 'Notebook', {
    instanceType: jobs.MlInstanceType.ML_T3_MEDIUM,
    vpc,
    volumeEncryptionKey: key,
    desiredState: jobs.NotebookInstanceDesiredState[phase === 'create' ? 'IN_SERVICE' : 'STOPPED'],
    ipAddressType: jobs.NotebookInstanceIpAddressType[phase === 'create' ? 'DUALSTACK' : 'IPV4'],
    defaultCodeRepository: jobs.NotebookInstanceCodeRepository.fromCodeCommit(codecommit.Repository.fromRepositoryName(stack, 'Code', 'code')),
    additionalCodeRepositories: [jobs.NotebookInstanceCodeRepository.fromPrivateGitUrl('https://git.example.com/code.git', {
      secret: secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'git'),
    })],
  });
}
