import { App, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ContainerImage, InputChannel, S3Location, TrainingJob } from 'cdk-sagemaker-jobs';
import { type Comparison, timed } from './measure';

const JOBS = 400;

/** Synthesis of a stack full of jobs, with the checks of the jobs or without. */
function synthesis(checked: boolean): () => number {
  return timed(() => {
    const app = new App({ analyticsReporting: false });
    const stack = new Stack(app, 'Stack');
    const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/train');
    for (let job = 0; job < JOBS; job++) {
      const training = new TrainingJob(stack, `Job${job}`, {
        trainingImage: ContainerImage.fromRegistry('111122223333.dkr.ecr.eu-west-1.amazonaws.com/train:v1'),
        hyperParameters: { epochs: '10', lr: '0.1' },
        inputChannels: ['train', 'validation'].map((name) => InputChannel.fromS3(name, S3Location.fromUri(`s3://data/${name}`))),
        outputLocation: S3Location.fromUri('s3://results/models'),
        role,
        maxRuntime: Duration.minutes(10),
      });
      if (!checked) training.node.validate = () => [];
    }
    app.synth();
  });
}

export const VALIDATION: Comparison[] = [{
  measure: `synthesis of ${JOBS} jobs (ms)`,
  subject: { name: 'with the checks', once: synthesis(true) },
  against: { name: 'without', once: synthesis(false) },
  reach: 1.1,
}];
