import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { ContainerImage, S3Location, TrainingJob } from '../../../src';

/** The assembly of a stack `Training` with a job for each number of epochs. */
export function assembly(directory: string, ...epochs: string[]): string {
  const app = new App({ outdir: mkdtempSync(join(directory, 'cdk.out-')) });
  const stack = new Stack(app, 'Training');
  for (const count of epochs) {
    const job = new TrainingJob(stack, `Job${count}`, {
      trainingImage: ContainerImage.fromUri('111122223333.dkr.ecr.us-east-1.amazonaws.com/train:v1'),
      outputLocation: S3Location.fromUri('s3://results/models'),
      hyperParameters: { epochs: count },
    });
    new CfnOutput(stack, `Output${count}`, { value: job.trainingJobName });
  }
  return app.synth().directory;
}
