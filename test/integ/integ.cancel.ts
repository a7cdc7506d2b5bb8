import assert from 'node:assert/strict';
import { CfnOutput, Duration } from 'aws-cdk-lib';
import { bucketOf } from './output-bucket';
import { ONE_TRAINING_INSTANCE, type Scenario } from './scenario';
import { addShellJob } from './shell-job';
import { S3Location } from '../../src';

/** An update that is canceled while its job runs stops this job, and returns to the one from before. */
export const CANCEL: Scenario = {
  name: 'cancel',
  usd: 0.05,
  quotas: [ONE_TRAINING_INSTANCE],
  settles: ['cancelled-update'],
  async run(stage) {
    const deploy = async (seconds: number) => stage.deploy((stack) => {
      const job = addShellJob(stack, stage, { seconds, outputLocation: S3Location.fromBucket(bucketOf(stack)), maxRuntime: Duration.hours(23) });
      new CfnOutput(stack, 'JobName', { value: job.trainingJobName });
    });
    const first = await deploy(20);
    assert.equal(first.status, 'CREATE_COMPLETE', first.reasons);
    const updating = deploy(20 * 3600);
    await stage.until('the job of the update runs', 1800, async () => ((await stage.running()).length > 0 ? { value: true } : undefined));
    await stage.cancelUpdate();
    const cancelled = await updating;
    assert.equal(cancelled.status, 'UPDATE_ROLLBACK_COMPLETE');
    assert.equal(cancelled.outputs.JobName, first.outputs.JobName);
    await stage.expectNothingRuns();
    await stage.destroy();
  },
};
