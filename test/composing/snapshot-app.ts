import { join } from 'node:path';
import { App, Duration, Stack, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  BuiltInAlgorithm, ContainerImage, HyperParameterTuningJob, HyperParameterTuningJobObjective, InputChannel, NotebookInstanceLifecycleScript,
  NotebookInstance, MlInstanceType, ParameterRange, S3Location, TrainingJob,
} from '../../src';

/** The template of an app with data and scripts of its own, in the directory that it finds them in. */
export function template(directory: string): object {
  const stack = new Stack(new App(), 'Churn');
  Tags.of(stack).add('team', 'vision');
  const bucket = new s3.Bucket(stack, 'Models');
  const definition = {
    trainingImage: ContainerImage.fromBuiltInAlgorithm(BuiltInAlgorithm.XGBOOST, { version: '1.7-1' }),
    hyperParameters: { objective: 'reg:squarederror', num_round: '10' },
    inputDataConfig: ['train', 'validation'].map((name) => InputChannel.fromS3(name, S3Location.fromAsset(join(directory, 'data.csv')), { contentType: 'text/csv' })),
    outputLocation: S3Location.fromBucket(bucket, 'models'),
  };
  const training = new TrainingJob(stack, 'Training', { ...definition, waitTimeout: Duration.hours(3) });
  new HyperParameterTuningJob(stack, 'Tuning', {
    hyperParameterTuningJobObjective: HyperParameterTuningJobObjective.minimize('validation:rmse'),
    parameterRanges: [ParameterRange.integer('max_depth', 2, 8)],
    maxNumberOfTrainingJobs: 4,
    maxParallelTrainingJobs: 2,
    trainingJobDefinition: definition,
  });
  const notebook = new NotebookInstance(stack, 'Notebook', {
    instanceType: MlInstanceType.ML_T3_MEDIUM,
    onStart: [NotebookInstanceLifecycleScript.fromFile(join(directory, 'start.sh'))],
    idleStop: { after: Duration.hours(1) },
  });
  training.grantRun(notebook);
  return Template.fromStack(stack).toJSON();
}

if (require.main === module) process.stdout.write(JSON.stringify(template(process.argv[2]), undefined, 1));
