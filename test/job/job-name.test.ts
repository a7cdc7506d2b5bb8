import { App, CfnOutput, PhysicalName, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { CompilationJob, HyperParameterTuningJob, OptimizationJob, ProcessingJob, TrainingJob, TransformJob } from '../../src';
import { JOB_KINDS, type JobKind } from '../../src/contract';
import { defaultNamePrefix, maxPrefixLength } from '../../src/job/job-name';
import { LEAST_COMPILATION } from '../fixtures/compilation-jobs';
import { LEAST_TUNING } from '../fixtures/hyper-parameter-tuning-jobs';
import { LEAST_OPTIMIZATION } from '../fixtures/optimization-jobs';
import { LEAST_PROCESSING } from '../fixtures/processing-jobs';
import { complaintOf } from '../fixtures/synth';
import { LEAST } from '../fixtures/training-jobs';
import { LEAST_TRANSFORM } from '../fixtures/transform-jobs';

/** A job of each kind, and its ARN. */
const JOBS: ReadonlyArray<readonly [property: string, arn: (stack: Stack, name: string) => string]> = [
  ['trainingJobName', (stack, trainingJobName) => new TrainingJob(stack, 'Job', { ...LEAST, trainingJobName }).trainingJobArn],
  ['hyperParameterTuningJobName', (stack, hyperParameterTuningJobName) => (
    new HyperParameterTuningJob(stack, 'Job', { ...LEAST_TUNING, hyperParameterTuningJobName }).hyperParameterTuningJobArn)],
  ['compilationJobName', (stack, compilationJobName) => new CompilationJob(stack, 'Job', { ...LEAST_COMPILATION, compilationJobName }).compilationJobArn],
  ['processingJobName', (stack, processingJobName) => new ProcessingJob(stack, 'Job', { ...LEAST_PROCESSING, processingJobName }).processingJobArn],
  ['transformJobName', (stack, transformJobName) => new TransformJob(stack, 'Job', { ...LEAST_TRANSFORM, transformJobName }).transformJobArn],
  ['optimizationJobName', (stack, optimizationJobName) => new OptimizationJob(stack, 'Job', { ...LEAST_OPTIMIZATION, optimizationJobName }).optimizationJobArn],
];

const NAME = /^[a-z0-9](-*[a-z0-9])*$/;

function prefixOf(stackId: string, path: string[], kind: Parameters<typeof defaultNamePrefix>[1] = 'trainingJob'): string {
  const stack = new Stack(new App(), stackId);
  return defaultNamePrefix(path.reduce((scope: Construct, id) => new Construct(scope, id), stack), kind);
}

test('a prefix tells the stack and the construct', () => {
  expect(prefixOf('Churn', ['Models', 'Train'])).toBe('churn-models-train');
});

test('a prefix stays the same when a stack of the same name moves into a stage', () => {
  const prefixes = [new App(), new Stage(new App(), 'Prod')].map((scope) => {
    return defaultNamePrefix(new Construct(new Stack(scope, 'Churn', { stackName: 'churn' }), 'Train'), 'trainingJob');
  });
  expect(prefixes).toEqual(['churn-train', 'churn-train']);
});

test('a prefix of a stack in a stage tells the stage', () => {
  const stack = new Stack(new Stage(new App(), 'Prod'), 'Churn');
  expect(defaultNamePrefix(new Construct(stack, 'Train'), 'trainingJob')).toBe('prod-churn-train');
});

test.each([
  ['long', 'S'.repeat(100), ['C'.repeat(100), 'Train']],
  ['strange', 'My--Stack', ['ä ö', '--', 'Train it!']],
  ['short', 'a', ['b']],
])('a %s path makes a valid prefix that leaves room for the hash', (_what, stack, path) => {
  for (const kind of Object.keys(JOB_KINDS) as JobKind[]) {
    const prefix = prefixOf(stack, path, kind);
    expect(prefix).toMatch(NAME);
    expect(prefix.length).toBeLessThanOrEqual(maxPrefixLength(kind));
  }
});

test('a short prefix holds whole words, as many as fit', () => {
  expect(prefixOf('ChurnPredictionStack', ['Pipeline', 'Tune'], 'hyperParameterTuningJob')).toBe('churnpre-tune');
});

test.each(JOBS)('%s cannot be a name that CDK generates, because each new job requires a new name', (property, arn) => {
  const complaint = complaintOf((stack) => arn(stack, PhysicalName.GENERATE_IF_NEEDED));

  expect(complaint).toBe('Validation failed with the following errors:\n'
    + `  [Stack/Job] ${property}: cannot be PhysicalName.GENERATE_IF_NEEDED; specify an exact name`);
});

test.each(JOBS)('%s is in lowercase in the ARN that another environment reads', (_property, arn) => {
  const app = new App();
  const [ireland, virginia] = ['eu-west-1', 'us-east-1'].map((region) => new Stack(app, region, { env: { account: '111122223333', region } }));
  new CfnOutput(virginia, 'Arn', { value: arn(ireland, 'Vision-1') });

  expect(JSON.stringify(Template.fromStack(virginia).findOutputs('Arn').Arn.Value)).toMatch(/-job\/vision-1"/);
});
