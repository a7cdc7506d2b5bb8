import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps, TimeZone, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import {
  ContainerImage,
  InputChannel,
  NotebookInstanceLifecycleScript,
  NotebookInstanceCodeRepository,
  NotebookInstance,
  MlInstanceType,
  S3Location,
  TrainingJob,
} from 'cdk-sagemaker-jobs';

/** A notebook in a VPC that stops when it is idle, with permission to run jobs like the training job of the stack. */
export class NotebookStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);

    const vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 });
    Validations?.of(vpc).acknowledge({ id: 'AwsSolutions::AwsSolutions-VPC7', reason: 'The VPC of this example contains only the notebook' });
    const key = new kms.Key(this, 'Key', { enableKeyRotation: true, removalPolicy: RemovalPolicy.DESTROY });
    const results = new s3.Bucket(this, 'Results', { enforceSSL: true, removalPolicy: RemovalPolicy.DESTROY });
    Validations?.of(results).acknowledge({ id: 'AwsSolutions::AwsSolutions-S1', reason: 'The bucket contains only models, which can be trained again' });

    const data = s3.Bucket.fromBucketName(this, 'Data', 'churn-data');
    // The image of the built-in algorithm in eu-west-1. It contains the program, so the job needs only data.
    const repository = ecr.Repository.fromRepositoryArn(this, 'XGBoost', 'arn:aws:ecr:eu-west-1:141502667606:repository/sagemaker-xgboost');
    const training = new TrainingJob(this, 'Training', {
      trainingImage: ContainerImage.fromEcrRepository(repository, '1.7-1'),
      hyperParameters: { objective: 'binary:logistic', num_round: '50' },
      inputDataConfig: [InputChannel.fromS3('train', S3Location.fromBucket(data, 'train/'), { contentType: 'text/csv' })],
      outputLocation: S3Location.fromBucket(results, 'models/'),
      maxRuntime: Duration.minutes(5),
    });

    const notebook = new NotebookInstance(this, 'Notebook', {
      instanceType: MlInstanceType.ML_T3_MEDIUM,
      vpc,
      volumeEncryptionKey: key,
      defaultCodeRepository: NotebookInstanceCodeRepository.fromGitUrl('https://github.com/aws/amazon-sagemaker-examples.git'),
      onStart: [NotebookInstanceLifecycleScript.fromInline('echo "Ready since $(date)" > /home/ec2-user/SageMaker/ready.txt', { name: 'greeting' })],
      idleStop: { after: Duration.hours(1) },
      schedule: {
        stop: scheduler.ScheduleExpression.cron({ hour: '20', minute: '0', timeZone: TimeZone.EUROPE_BERLIN }),
      },
    });
    training.grantRun(notebook);
    training.grantReadOutput(notebook);

    new CfnOutput(this, 'Url', { value: notebook.notebookInstanceUrl });
  }
}
