import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { HyperParameterTuningJob, HyperParameterTuningJobObjective, ParameterRange, S3Location, TrainingJob } from '../../src';
import { LEAST } from '../fixtures/training-jobs';

const account = '111122223333';

/** Two stacks of one app, each in a region of its own. References between them are strong. */
function regions(): { readonly ireland: Stack; readonly virginia: Stack } {
  const app = new App({ context: { '@aws-cdk/core:defaultCrossStackReferences': 'strong' } });
  const [ireland, virginia] = ['eu-west-1', 'us-east-1'].map((region) => new Stack(app, region, { env: { account, region }, crossRegionReferences: true }));
  return { ireland, virginia };
}

/** What a stack writes down for those of other regions. */
const exportsOf = (stack: Stack): string[] => Object.values(Template.fromStack(stack).findResources('Custom::CrossRegionExportWriter'))
  .flatMap(({ Properties }) => Object.values<any>(Properties.WriterProps.exports))
  .map((value) => value['Fn::GetAtt']?.[1] ?? value.Ref);

test('the model of a job is an attribute in another region', () => {
  const { ireland, virginia } = regions();
  const training = new TrainingJob(ireland, 'Training', LEAST);
  new CfnOutput(virginia, 'Model', { value: training.s3ModelArtifacts });

  expect(exportsOf(ireland)).toEqual(['ModelArtifacts.S3ModelArtifacts']);
  Template.fromStack(virginia).hasOutput('Model', { Value: { 'Fn::GetAtt': [Match.stringLikeRegexp('ExportsReader'), Match.stringLikeRegexp('S3ModelArtifacts')] } });
});

test('the best model of a tuning job is an attribute in another region', () => {
  const { ireland, virginia } = regions();
  const tuning = new HyperParameterTuningJob(ireland, 'Tuning', {
    hyperParameterTuningJobObjective: HyperParameterTuningJobObjective.minimize('loss'),
    parameterRanges: [ParameterRange.integer('depth', 1, 8)],
    trainingJobDefinition: { ...LEAST, metricDefinitions: [{ name: 'loss', regex: 'loss: (.*)' }] },
    maxNumberOfTrainingJobs: 4,
    maxParallelTrainingJobs: 2,
  });
  new CfnOutput(virginia, 'Model', { value: tuning.bestTrainingJob.s3ModelArtifacts });

  expect(exportsOf(ireland)).toHaveLength(1);
});

test('a job writes to a bucket of another region', () => {
  const { ireland, virginia } = regions();
  new TrainingJob(ireland, 'Training', { ...LEAST, outputLocation: S3Location.fromBucket(new s3.Bucket(virginia, 'Models'), 'models') });

  expect(exportsOf(virginia)).toHaveLength(2);
  Template.fromStack(ireland).hasResourceProperties('Custom::SageMakerTrainingJob', {
    Request: {
      OutputDataConfig: { S3OutputPath: { 'Fn::Join': ['', ['s3://', { 'Fn::GetAtt': [Match.stringLikeRegexp('ExportsReader'), Match.anyValue()] }, '/models']] } },
    },
  });
});
