import { join } from 'node:path';
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type { Construct } from 'constructs';
import {
  AssemblyType,
  CompilationJob,
  CompilationModel,
  CompilationTarget,
  ContainerImage,
  CompilationFramework,
  HyperParameterScalingType,
  HyperParameterTuningJob,
  HyperParameterTuningJobObjective,
  InputChannel,
  JoinSource,
  ParameterRange,
  ProcessingInput,
  ProcessingJob,
  ProcessingOutput,
  ProcessingScript,
  S3Location,
  SplitType,
  TargetDevice,
  MlInstanceType,
  TrainingFramework,
  TrainingJob,
  TransformInput,
  TransformJob,
  TransformModel,
  type HyperParameterTrainingJobDefinition,
} from 'cdk-sagemaker-jobs';

export interface PipelineStackProps extends StackProps {
  /** The version of the raw data. Changing it runs every job again, and serves the new model. */
  readonly dataVersion: string;
  /** The script that prepares the data. Changing it runs every job again. Default: `preprocess.py`. */
  readonly script?: string;
  /** The maximum number of training jobs that the tuning job launches. */
  readonly maxNumberOfTrainingJobs?: number;
}

/**
 * Prepares data, trains a baseline while it tunes a model, predicts with the best model, and compiles it and serves it on an endpoint.
 */
export class PipelineStack extends Stack {
  constructor(scope: Construct, id: string, props: PipelineStackProps) {
    super(scope, id, props);

    const data = s3.Bucket.fromBucketName(this, 'Data', 'churn-data');
    const results = new s3.Bucket(this, 'Results', { enforceSSL: true, removalPolicy: RemovalPolicy.DESTROY });
    Validations?.of(results).acknowledge({ id: 'AwsSolutions::AwsSolutions-S1', reason: 'The bucket contains only data and models, which can be created again' });
    // The image of the built-in algorithm in eu-west-1.
    const xgboost = ecr.Repository.fromRepositoryArn(this, 'XGBoost', 'arn:aws:ecr:eu-west-1:141502667606:repository/sagemaker-xgboost');

    const preprocessing = new ProcessingJob(this, 'Preprocessing', {
      image: ContainerImage.fromFramework(TrainingFramework.SCIKIT_LEARN, '1.4-2'),
      script: ProcessingScript.fromAsset(props.script ?? join(__dirname, 'preprocess.py')),
      containerArguments: ['--validation-fraction', '0.2'],
      processingInputs: [ProcessingInput.fromS3('raw', S3Location.fromBucket(data, 'raw/'))],
      processingOutputs: [
        ProcessingOutput.toS3('train', S3Location.fromBucket(results, 'prepared/train')),
        ProcessingOutput.toS3('validation', S3Location.fromBucket(results, 'prepared/validation')),
      ],
      maxRuntime: Duration.minutes(10),
      rerunTrigger: props.dataVersion,
    });

    // The options shared by the baseline and the tuning job.
    const training: HyperParameterTrainingJobDefinition = {
      trainingImage: ContainerImage.fromEcrRepository(xgboost, '1.7-1'),
      inputDataConfig: [
        InputChannel.fromS3('train', preprocessing.output('train'), { contentType: 'text/csv' }),
        InputChannel.fromS3('validation', preprocessing.output('validation'), { contentType: 'text/csv' }),
      ],
      outputLocation: S3Location.fromBucket(results, 'models/'),
      instanceType: MlInstanceType.ML_M5_2XLARGE,
      maxRuntime: Duration.minutes(10),
    };
    const hyperParameters = { objective: 'binary:logistic', eval_metric: 'auc', num_round: '200' };

    const baseline = new TrainingJob(this, 'Baseline', { ...training, hyperParameters });

    const tuning = new HyperParameterTuningJob(this, 'Tuning', {
      hyperParameterTuningJobObjective: HyperParameterTuningJobObjective.maximize('validation:auc'),
      parameterRanges: [
        ParameterRange.integer('max_depth', 2, 8),
        ParameterRange.continuous('eta', 0.01, 0.5, { scalingType: HyperParameterScalingType.LOGARITHMIC }),
      ],
      maxNumberOfTrainingJobs: props.maxNumberOfTrainingJobs ?? 6,
      maxParallelTrainingJobs: 3,
      maxRuntime: Duration.minutes(30),
      trainingJobDefinition: { ...training, hyperParameters },
    });

    // The first column of the data is the label, which the model does not receive. The prediction is the last column of the output.
    const predictions = new TransformJob(this, 'Predictions', {
      model: TransformModel.fromHyperParameterTuningJob(tuning, { image: training.trainingImage! }),
      transformInput: TransformInput.fromS3(preprocessing.output('validation'), { contentType: 'text/csv', splitType: SplitType.LINE }),
      outputLocation: S3Location.fromBucket(results, 'predictions'),
      accept: 'text/csv',
      assembleWith: AssemblyType.LINE,
      dataProcessing: { inputFilter: '$[1:]', joinSource: JoinSource.INPUT },
      waitTimeout: Duration.minutes(50),
    });

    const compilation = new CompilationJob(this, 'Compilation', {
      model: CompilationModel.fromHyperParameterTuningJob(tuning, { framework: CompilationFramework.XGBOOST }),
      outputLocation: S3Location.fromBucket(results, 'compiled/'),
      target: CompilationTarget.fromDevice(TargetDevice.ML_M5),
      maxRuntime: Duration.minutes(10),
    });

    const serving = new iam.Role(this, 'Serving', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
    compilation.grantReadOutput(serving);
    // SageMaker owns the images that serve compiled models.
    serving.addToPolicy(new iam.PolicyStatement({
      actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      resources: [this.formatArn({ service: 'ecr', account: '*', resource: 'repository', resourceName: '*' })],
    }));
    serving.addToPolicy(new iam.PolicyStatement({ actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }));
    Validations?.of(serving).acknowledge(
      { id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]', reason: 'ecr:GetAuthorizationToken does not support resource-level permissions' },
      {
        id: `AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ecr:${this.region}:*:repository/*]`,
        reason: 'The account and the repository of the SageMaker image are known only after the compilation',
      },
    );
    const model = new sagemaker.CfnModel(this, 'Model', {
      executionRoleArn: serving.roleArn,
      primaryContainer: { image: compilation.inferenceImage, modelDataUrl: compilation.s3ModelArtifacts },
    });
    // SageMaker checks the model data with this role when it creates the model.
    model.node.addDependency(serving);
    const configuration = new sagemaker.CfnEndpointConfig(this, 'EndpointConfig', {
      productionVariants: [{
        variantName: 'AllTraffic',
        modelName: model.attrModelName,
        instanceType: 'ml.m5.large',
        initialInstanceCount: 1,
        initialVariantWeight: 1,
      }],
    });
    const endpoint = new sagemaker.CfnEndpoint(this, 'Endpoint', { endpointConfigName: configuration.attrEndpointConfigName });

    new CfnOutput(this, 'TrainingData', { value: preprocessing.outputUri('train') });
    new CfnOutput(this, 'BaselineModel', { value: baseline.s3ModelArtifacts });
    new CfnOutput(this, 'BestDepth', { value: tuning.bestTrainingJob.hyperParameter('max_depth') });
    new CfnOutput(this, 'BestAuc', { value: tuning.bestTrainingJob.objectiveValue });
    new CfnOutput(this, 'BestModel', { value: tuning.bestTrainingJob.s3ModelArtifacts });
    new CfnOutput(this, 'PredictionsUri', { value: predictions.outputUri });
    new CfnOutput(this, 'CompiledModel', { value: compilation.s3ModelArtifacts });
    new CfnOutput(this, 'EndpointName', { value: endpoint.attrEndpointName });
  }
}
