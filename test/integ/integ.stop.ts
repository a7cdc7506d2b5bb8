import assert from 'node:assert/strict';
import { Duration } from 'aws-cdk-lib';
import { bucketOf } from './output-bucket';
import { ONE_TRAINING_INSTANCE, type Scenario } from './scenario';
import { addShellJob } from './shell-job';
import { S3Location } from '../../src';

/** The deletion of a stack stops a job that has just started. */
export const STOP: Scenario = {
  name: 'stop',
  usd: 0.05,
  quotas: [ONE_TRAINING_INSTANCE],
  settles: ['resource-tags', 'executions-in-seconds'],
  async run(stage) {
    const created = await stage.deploy((stack) => void addShellJob(stack, stage, {
      seconds: 20 * 3600, outputLocation: S3Location.fromBucket(bucketOf(stack)), maxRuntime: Duration.hours(23), waitForCompletion: false,
    }));
    assert.equal(created.status, 'CREATE_COMPLETE', created.reasons);
    assert.equal((await stage.running()).length, 1);
    await stage.destroy();
    await stage.expectNothingRuns();
    await stage.expectNoRecords();
  },
};
