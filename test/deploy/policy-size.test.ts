import type { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { World } from './world';
import { ContainerImage, NotebookInstance, NotebookInstanceDesiredState, MlInstanceType, S3Location, TrainingJob } from '../../src';

let world: World;
afterEach(() => world.stop());

const times = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const roleArn = (index: number) => `arn:aws:iam::111122223333:role/service-role/AmazonSageMaker-ExecutionRole-20260101T00000${index}`;

/** Jobs with names and given roles of a usual length. */
function addJobs(stack: Stack, count: number): void {
  for (const index of times(count)) {
    new TrainingJob(stack, `Job${index}`, {
      trainingJobNamePrefix: `Customer-Churn-Prediction-Model-Training-${index}`,
      role: iam.Role.fromRoleArn(stack, `Given${index}`, roleArn(index)),
      trainingImage: ContainerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/train:v1'),
      outputLocation: S3Location.fromUri('s3://results/models'),
    });
  }
}

/** Notebook instances whose state is held, in a VPC and with a key: whatever the function may need for one. */
function addNotebooks(stack: Stack, count: number): void {
  const [vpc, volumeEncryptionKey] = [new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 }), new kms.Key(stack, 'Key')];
  for (const index of times(count)) {
    new NotebookInstance(stack, `Notebook${index}`, {
      instanceType: MlInstanceType.ML_T3_MEDIUM, desiredState: NotebookInstanceDesiredState.STOPPED, vpc, volumeEncryptionKey,
    });
  }
}

test.each([[1, 2], [28, 2], [1, 12]])(
  'the policies of the function fit into its role: %i jobs with given roles, %i notebook instances whose state is held', async (jobs, notebooks) => {
    world = await World.start({ roles: times(jobs).map((index) => ({ roleArn: roleArn(index) })) });
    const { events, status } = await world.deploy((stack) => {
      addJobs(stack, jobs);
      addNotebooks(stack, notebooks);
    });

    expect(events.find(({ resourceStatus }) => resourceStatus === 'CREATE_FAILED')?.resourceStatusReason).toBeUndefined();
    expect(status).toBe('CREATE_COMPLETE');
  });
