import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import { ContainerImage, S3Location, TrainingJob, type TrainingJobProps } from '../../src';
import { MAX_REQUEST_BYTES } from '../../src/contract';

const job = (stack: Stack, props: Partial<TrainingJobProps> = {}) => new TrainingJob(stack, 'Job', {
  trainingImage: ContainerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/train:v1'),
  outputLocation: S3Location.fromUri('s3://results/models'),
  ...props,
});

function withJob(props: (stack: Stack) => Partial<TrainingJobProps>): Stack {
  const stack = new Stack(new App(), 'Stack', { env: { region: 'eu-west-1', account: '111122223333' } });
  job(stack, props(stack));
  return stack;
}

const parameters = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`parameter${index}`, 'x'.repeat(2500)]));

test('a request that no update could carry fails at synthesis, with its size and its largest properties', () => {
  const stack = withJob(() => ({ hyperParameters: parameters(50), environment: { TOKEN: 'x' } }));
  expect(() => Template.fromStack(stack)).toThrow(new RegExp(
    `Job\\] request: must have at most ${MAX_REQUEST_BYTES} bytes of JSON; got 126\\d{3} bytes\\. `
    + 'Pass large values in S3\\. Largest properties: hyperParameters \\(125\\d{3} bytes\\), ',
  ));
});

test('a request of a legal size is rendered', () => {
  expect(() => Template.fromStack(withJob(() => ({ hyperParameters: parameters(45) })))).not.toThrow();
});

const WARNING = Match.stringLikeRegexp('trainingImage: has the tag `latest`, but a new image with this tag does not run the job again');

test('an image with the tag latest is a warning, because another image does not run the job again', () => {
  const stack = withJob((scope) => ({ trainingImage: ContainerImage.fromEcrRepository(new ecr.Repository(scope, 'Repository')) }));
  Annotations.fromStack(stack).hasWarning('/Stack/Job', WARNING);
});

test.each<[string, Partial<TrainingJobProps>]>([
  ['another tag', {}],
  ['a rerun trigger', { trainingImage: ContainerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/train:latest'), rerunTrigger: 'build-7' }],
])('an image with %s is no warning', (_what, props) => {
  Annotations.fromStack(withJob(() => props)).hasNoWarning('/Stack/Job', WARNING);
});

test.each(['true', 'Yes', 'on', '1'])('a rerun trigger of %s is a warning, because it is a new value only once', (rerunTrigger) => {
  Annotations.fromStack(withJob(() => ({ rerunTrigger }))).hasWarning('/Stack/Job', Match.stringLikeRegexp('rerunTrigger: should be a new value for each run, because a constant runs the job again only once'));
});
