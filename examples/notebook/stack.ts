import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps, TimeZone } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import {
  ContainerImage,
  LifecycleScript,
  NotebookCodeRepository,
  NotebookInstance,
  NotebookInstanceType,
  S3Location,
  TrainingJob,
} from 'cdk-sagemaker-jobs';
import type { Construct } from 'constructs';

/** A place to work: a notebook in a VPC that stops when nobody uses it, and may run the stack's training job again. */
export class NotebookStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);

    const vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 });
    const key = new kms.Key(this, 'Key', { enableKeyRotation: true, removalPolicy: RemovalPolicy.DESTROY });
    const results = new s3.Bucket(this, 'Results', { enforceSSL: true, removalPolicy: RemovalPolicy.DESTROY });

    const training = new TrainingJob(this, 'Training', {
      trainingImage: ContainerImage.fromDlc('pytorch-training', '2.3.0-cpu-py311'),
      outputLocation: S3Location.fromBucket(results, 'models/'),
      maxRuntime: Duration.minutes(5),
    });

    const notebook = new NotebookInstance(this, 'Notebook', {
      instanceType: NotebookInstanceType.ML_T3_MEDIUM,
      vpc,
      volumeEncryptionKey: key,
      defaultCodeRepository: NotebookCodeRepository.fromGitUrl('https://github.com/aws/amazon-sagemaker-examples.git'),
      onStart: [LifecycleScript.fromInline('echo "Ready since $(date)" > "$HOME/ready.txt"', { name: 'greeting' })],
      idleStop: { after: Duration.hours(1) },
      schedule: {
        stop: scheduler.ScheduleExpression.cron({ hour: '20', minute: '0', timeZone: TimeZone.EUROPE_BERLIN }),
      },
    });
    training.grantRun(notebook);
    results.grantRead(notebook);

    new CfnOutput(this, 'Url', { value: notebook.url });
  }
}
