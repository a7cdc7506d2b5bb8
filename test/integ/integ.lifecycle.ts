import assert from 'node:assert/strict';
import { CfnOutput, Duration, Tags } from 'aws-cdk-lib';
import { bucketOf } from './output-bucket';
import { ONE_TRAINING_INSTANCE, type Scenario } from './scenario';
import { addShellJob } from './shell-job';
import { InputChannel, S3Location } from '../../src';

/** A job is created, kept by changes that do not affect its result, replaced, reused and deleted. */
export const LIFECYCLE: Scenario = {
  name: 'lifecycle',
  usd: 0.05,
  quotas: [ONE_TRAINING_INSTANCE],
  settles: [
    'tagging-action', 'narrow-logs', 'narrow-output', 'list-prefix', 'role-in-minutes', 'not-found', 'lists-in-a-minute', 'found-in-a-minute', 'signed-date', 'clock-skew',
  ],
  async run(stage) {
    const { outputs: { BucketName: bucketName } } = await stage.deploy((stack) => void bucketOf(stack));
    await stage.put(bucketName, 'train/data.csv', '1,2\n');
    const deploy = async (variant: string, tag = 'a') => stage.deploy((stack) => {
      const bucket = bucketOf(stack);
      const job = addShellJob(stack, stage, {
        seconds: 20,
        environment: { VARIANT: variant },
        inputDataConfig: [InputChannel.fromS3('train', S3Location.fromBucket(bucket, 'train/'), { contentType: 'text/csv' })],
        outputLocation: S3Location.fromBucket(bucket, 'models/'),
        maxRuntime: Duration.minutes(10),
      });
      Tags.of(job).add('tag', tag);
      new CfnOutput(stack, 'JobName', { value: job.trainingJobName });
      new CfnOutput(stack, 'Model', { value: job.s3ModelArtifacts });
    });
    const first = await deploy('one');
    assert.equal(first.status, 'UPDATE_COMPLETE', first.reasons);
    const { JobName: job, Model: model } = first.outputs;
    assert.ok(model.startsWith(`s3://${bucketName}/models/${job}/`), model);
    const description = await stage.describeJob(job);
    assert.equal(description.TrainingJobStatus, 'Completed');
    await stage.expectLog(job);

    const tagged = await deploy('one', 'b');
    assert.deepEqual([tagged.status, tagged.outputs.JobName], ['UPDATE_COMPLETE', job], tagged.reasons);
    assert.equal((await stage.tagsOf(description.TrainingJobArn!)).tag, 'b');

    const second = await deploy('two');
    assert.equal(second.status, 'UPDATE_COMPLETE', second.reasons);
    assert.notEqual(second.outputs.JobName, job);

    const back = await deploy('one');
    assert.deepEqual([back.status, back.outputs.JobName], ['UPDATE_COMPLETE', job], 'the job of the first request is reused');
    await stage.expectNothingRuns();
    await stage.destroy();
    await stage.expectNoRecords();
  },
};
