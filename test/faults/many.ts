import { App, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { InProcessCloud, STACK } from './in-process';
import { ContainerImage, S3Location, TrainingJob } from '../../src';
import { JOB_SCENARIOS } from '../deploy/kinds';

/** What became of many jobs. */
export interface Throng {
  readonly status: string;
  readonly minutes: number;
  readonly started: number;
  readonly refused: number;
  readonly broken: readonly string[];
}

/** Deploys and deletes a stack of many jobs in an account whose SageMaker takes so many calls a second, whatever they are. */
export async function throttleMany(jobs: number, perSecond: number): Promise<Throng> {
  const cloud = new InProcessCloud({ faults: [{ fault: 'rate-limit', match: { service: 'sagemaker' }, perSecond }] });
  try {
    JOB_SCENARIOS[0].behave(cloud as never, () => ({}));
    const begun = cloud.clock.now();
    const { status } = await cloud.deployTemplate(templateOfMany(jobs));
    const minutes = Math.round((cloud.clock.now() - begun) / 60_000);
    await cloud.destroy();
    await cloud.clock.advance(3_600_000);
    cloud.invariants.finished();
    return { status, minutes, started: cloud.history.jobs.length, refused: cloud.faults.injected.length, broken: [...cloud.invariants.broken] };
  } finally {
    cloud.stop();
  }
}

/** A template holds 500 resources, so the jobs share a role. */
function templateOfMany(jobs: number): object {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, STACK, { env: { region: 'eu-west-1', account: '111122223333' } });
  const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/training');
  for (let index = 0; index < jobs; index++) {
    new TrainingJob(stack, `Job${index}`, {
      role,
      trainingImage: ContainerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/train:v1'),
      outputLocation: S3Location.fromUri('s3://results/models'),
      hyperParameters: { variant: String(index) },
      maxRuntime: Duration.minutes(5),
      waitTimeout: Duration.minutes(50),
    });
  }
  const { Resources } = app.synth().getStackByName(STACK).template as { Resources: object };
  return { Resources };
}
