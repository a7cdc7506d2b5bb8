import assert from 'node:assert/strict';
import { CfnOutput, Duration } from 'aws-cdk-lib';
import { bucketOf } from './output-bucket';
import { ONE_TRAINING_INSTANCE, type Scenario } from './scenario';
import * as jobs from '../../src';

/** A tuning job with one training job. Its role has no condition in its trust policy. */
export const TUNING: Scenario = {
  name: 'tuning',
  usd: 0.1,
  quotas: [ONE_TRAINING_INSTANCE],
  settles: ['trust-without-key'],
  async run(stage) {
    const { outputs: { BucketName: bucketName } } = await stage.deploy((stack) => void bucketOf(stack));
    const rows = Array.from({ length: 60 }, (_, index) => `${index % 2},${index % 7},${index % 3}`);
    for (const channel of ['train', 'validation']) await stage.put(bucketName, `${channel}/data.csv`, `${rows.join('\n')}\n`);
    const tuned = await stage.deploy((stack) => {
      const bucket = bucketOf(stack);
      const search = new jobs.HyperParameterTuningJob(stack, 'Search', {
        hyperParameterTuningJobNamePrefix: stage.prefix.slice(0, 17),
        hyperParameterTuningJobObjective: jobs.AlgorithmMetric.VALIDATION_AUC,
        parameterRanges: [jobs.ParameterRange.integer('max_depth', 2, 4)],
        maxNumberOfTrainingJobs: 1,
        maxParallelTrainingJobs: 1,
        trainingJobDefinition: {
          trainingImage: jobs.ContainerImage.fromBuiltInAlgorithm(jobs.BuiltInAlgorithm.XGBOOST, { version: '1.7-1' }),
          instanceType: jobs.MlInstanceType.of('ml.m5.large'),
          hyperParameters: { objective: 'binary:logistic', num_round: '5', eval_metric: 'auc' },
          inputDataConfig: ['train', 'validation'].map((channel) => (
            jobs.InputChannel.fromS3(channel, jobs.S3Location.fromBucket(bucket, `${channel}/`), { contentType: 'text/csv' }))),
          outputLocation: jobs.S3Location.fromBucket(bucket, 'models/'),
          maxRuntime: Duration.minutes(15),
        },
      });
      new CfnOutput(stack, 'Best', { value: search.bestTrainingJob.trainingJobName });
    });
    assert.equal(tuned.status, 'UPDATE_COMPLETE', tuned.reasons);
    assert.equal((await stage.describeJob(tuned.outputs.Best)).TrainingJobStatus, 'Completed');
    await stage.expectNothingRuns();
    await stage.destroy();
  },
};
