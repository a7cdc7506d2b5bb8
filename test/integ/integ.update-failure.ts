import assert from 'node:assert/strict';
import { CfnOutput, Duration } from 'aws-cdk-lib';
import { bucketOf } from './output-bucket';
import { ONE_TRAINING_INSTANCE, type Scenario } from './scenario';
import { addShellJob } from './shell-job';
import { S3Location } from '../../src';

/** An update whose job fails is rolled back to the job from before, which does not run again. */
export const UPDATE_FAILURE: Scenario = {
  name: 'update-failure',
  usd: 0.05,
  quotas: [ONE_TRAINING_INSTANCE],
  settles: ['failed-update-id'],
  async run(stage) {
    const deploy = async (exitCode: number) => stage.deploy((stack) => {
      const outputLocation = S3Location.fromBucket(bucketOf(stack));
      const job = addShellJob(stack, stage, { seconds: 20, exitCode, outputLocation, maxRuntime: Duration.minutes(10) });
      new CfnOutput(stack, 'JobName', { value: job.trainingJobName });
    });
    const first = await deploy(0);
    assert.equal(first.status, 'CREATE_COMPLETE', first.reasons);
    const failed = await deploy(1);
    assert.equal(failed.status, 'UPDATE_ROLLBACK_COMPLETE');
    assert.match(failed.reasons, /ended as Failed: AlgorithmError/);
    assert.equal(failed.outputs.JobName, first.outputs.JobName);
    await stage.expectNothingRuns();
    assert.equal((await stage.trainingJobs()).length, 2, 'the rollback runs no job');
    await stage.destroy();
    await stage.expectNoRecords();
  },
};
