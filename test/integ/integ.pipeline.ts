import assert from 'node:assert/strict';
import { CfnOutput, Duration } from 'aws-cdk-lib';
import { bucketOf } from './output-bucket';
import { ONE_PROCESSING_INSTANCE, ONE_TRAINING_INSTANCE, ONE_TRANSFORM_INSTANCE, type Scenario } from './scenario';
import * as jobs from '../../src';

const IMAGE = jobs.ContainerImage.fromBuiltInAlgorithm(jobs.BuiltInAlgorithm.XGBOOST, { version: '1.7-1' });
const INSTANCE = jobs.MlInstanceType.of('ml.m5.large');
const { fromBucket } = jobs.S3Location;

/** Data is prepared, a model is trained on it, and predicts in batch. A change reruns only the jobs that depend on it. */
export const PIPELINE: Scenario = {
  name: 'pipeline',
  usd: 0.1,
  quotas: [ONE_PROCESSING_INSTANCE, ONE_TRAINING_INSTANCE, ONE_TRANSFORM_INSTANCE],
  settles: [],
  async run(stage) {
    const { outputs: { BucketName: bucketName } } = await stage.deploy((stack) => void bucketOf(stack));
    const rows = Array.from({ length: 60 }, (_, index) => `${index % 7},${index % 3}`);
    await stage.put(bucketName, 'raw/data.csv', `${rows.map((row, index) => `${index % 2},${row}`).join('\n')}\n`);
    await stage.put(bucketName, 'customers/data.csv', `${rows.join('\n')}\n`);
    const deploy = async (rounds: number) => stage.deploy((stack) => {
      const bucket = bucketOf(stack);
      const preparation = new jobs.ProcessingJob(stack, 'Preparation', {
        processingJobNamePrefix: stage.prefix,
        image: IMAGE,
        instanceType: INSTANCE,
        containerEntrypoint: ['/bin/sh', '-c', 'cp /opt/ml/processing/input/raw/* /opt/ml/processing/output/train/'],
        processingInputs: [jobs.ProcessingInput.fromS3('raw', fromBucket(bucket, 'raw/'))],
        processingOutputs: [jobs.ProcessingOutput.toS3('train', fromBucket(bucket, 'prepared'))],
        maxRuntime: Duration.minutes(15),
      });
      const training = new jobs.TrainingJob(stack, 'Training', {
        trainingJobNamePrefix: stage.prefix,
        trainingImage: IMAGE,
        instanceType: INSTANCE,
        hyperParameters: { objective: 'binary:logistic', num_round: rounds },
        inputDataConfig: [jobs.InputChannel.fromS3('train', preparation.output('train'), { contentType: 'text/csv' })],
        outputLocation: fromBucket(bucket, 'models'),
        maxRuntime: Duration.minutes(15),
      });
      const predictions = new jobs.TransformJob(stack, 'Predictions', {
        transformJobNamePrefix: stage.prefix,
        model: jobs.TransformModel.fromTrainingJob(training, { image: IMAGE, modelName: training.trainingJobName }),
        instanceType: INSTANCE,
        transformInput: jobs.TransformInput.fromS3(fromBucket(bucket, 'customers/'), { contentType: 'text/csv', splitType: jobs.SplitType.LINE }),
        assembleWith: jobs.AssemblyType.LINE,
        outputLocation: fromBucket(bucket, 'predictions'),
        waitTimeout: Duration.minutes(30),
      });
      new CfnOutput(stack, 'Prepared', { value: preparation.processingJobName });
      new CfnOutput(stack, 'Trained', { value: training.trainingJobName });
      new CfnOutput(stack, 'Predicted', { value: predictions.transformJobName });
    });
    const first = await deploy(5);
    assert.equal(first.status, 'UPDATE_COMPLETE', first.reasons);
    const { Predicted: predicted, Prepared: prepared, Trained: trained } = first.outputs;
    const [channel] = (await stage.describeJob(trained)).InputDataConfig!;
    assert.equal(channel.DataSource!.S3DataSource!.S3Uri, `s3://${bucketName}/prepared/${prepared}/`);
    const { ModelName: model, TransformJobStatus: status, TransformOutput: output } = await stage.describeTransformJob(predicted);
    assert.deepEqual([status, model, output?.S3OutputPath], ['Completed', trained, `s3://${bucketName}/predictions/${predicted}/`]);

    const second = await deploy(6);
    assert.equal(second.status, 'UPDATE_COMPLETE', second.reasons);
    assert.equal(second.outputs.Prepared, prepared, 'the preparation does not depend on the training');
    assert.notEqual(second.outputs.Trained, trained);
    assert.notEqual(second.outputs.Predicted, predicted);

    const back = await deploy(5);
    assert.equal(back.status, 'UPDATE_COMPLETE', back.reasons);
    assert.deepEqual(back.outputs, first.outputs, 'the jobs of the first requests are reused');
    await stage.expectNothingRuns();
    await stage.destroy();
    await stage.expectNoRecords();
  },
};
