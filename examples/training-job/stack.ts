import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps, Tags, Validations } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type { Construct } from 'constructs';
import { ContainerImage, InputChannel, S3Location, MlInstanceType, TrainingJob } from 'cdk-sagemaker-jobs';

export interface ChurnStackProps extends StackProps {
  /** The maximum depth of the trees. */
  readonly maxDepth: number;
}

/** Trains an XGBoost model on spot instances to predict which customers leave. When the deployment has ended, the model is ready. */
export class ChurnStack extends Stack {
  constructor(scope: Construct, id: string, props: ChurnStackProps) {
    super(scope, id, props);

    const data = s3.Bucket.fromBucketName(this, 'Data', 'churn-data');
    const results = new s3.Bucket(this, 'Results', { enforceSSL: true, removalPolicy: RemovalPolicy.DESTROY });
    Validations?.of(results).acknowledge({ id: 'AwsSolutions::AwsSolutions-S1', reason: 'The bucket contains only models, which can be trained again' });
    // The image of the built-in algorithm in eu-west-1.
    const repository = ecr.Repository.fromRepositoryArn(this, 'XGBoost', 'arn:aws:ecr:eu-west-1:141502667606:repository/sagemaker-xgboost');
    const image = ContainerImage.fromEcrRepository(repository, '1.7-1');

    const training = new TrainingJob(this, 'Training', {
      trainingImage: image,
      hyperParameters: {
        objective: 'binary:logistic',
        eval_metric: 'auc',
        num_round: '200',
        max_depth: String(props.maxDepth),
      },
      inputDataConfig: [
        InputChannel.fromS3('train', S3Location.fromBucket(data, 'train/'), { contentType: 'text/csv' }),
        InputChannel.fromS3('validation', S3Location.fromBucket(data, 'validation/'), { contentType: 'text/csv' }),
      ],
      outputLocation: S3Location.fromBucket(results, 'models/'),
      instanceType: MlInstanceType.ML_M5_2XLARGE,
      enableManagedSpotTraining: true,
      maxRuntime: Duration.minutes(20),
      maxWaitTime: Duration.minutes(40),
      checkpointConfig: { location: S3Location.fromBucket(results, 'checkpoints/') },
    });
    Tags.of(training).add('team', 'churn');

    const serving = new iam.Role(this, 'Serving', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
    training.grantReadOutput(serving);
    repository.grantPull(serving);
    Validations?.of(serving).acknowledge({ id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]', reason: 'ecr:GetAuthorizationToken does not support resource-level permissions' });
    const model = new sagemaker.CfnModel(this, 'Model', {
      executionRoleArn: serving.roleArn,
      primaryContainer: {
        image: '141502667606.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-xgboost:1.7-1',
        modelDataUrl: training.s3ModelArtifacts,
      },
    });
    // SageMaker checks the model data with this role when it creates the model.
    model.node.addDependency(serving);
    new CfnOutput(this, 'ModelName', { value: model.attrModelName });
    new CfnOutput(this, 'ModelData', { value: training.s3ModelArtifacts });
  }
}
