import { Stack } from 'aws-cdk-lib';
import {
  CompilationJob, HyperParameterTuningJob, JobProviders, NotebookInstance, MlInstanceType, OptimizationJob, ProcessingJob, TrainingJob, TransformJob,
  TransformModel,
} from '../../src';
import { LEAST_COMPILATION } from '../fixtures/compilation-jobs';
import { LEAST_TUNING } from '../fixtures/hyper-parameter-tuning-jobs';
import { LEAST_OPTIMIZATION } from '../fixtures/optimization-jobs';
import { LEAST_PROCESSING } from '../fixtures/processing-jobs';
import { type Example, templateOf } from '../fixtures/synth';
import { LEAST } from '../fixtures/training-jobs';
import { LEAST_TRANSFORM } from '../fixtures/transform-jobs';

/** What the roles say of who may assume them, by the beginnings of their logical ids. */
function trustOf(example: Example, role: string): any[] {
  const [found] = Object.entries(templateOf(example).findResources('AWS::IAM::Role')).filter(([id]) => id.startsWith(role));
  return found[1].Properties.AssumeRolePolicyDocument.Statement;
}

const thisAccount = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };
const arnsOf = (service: string, ...resources: string[]) => resources.map((resource) => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:${service}:`, { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, `:${resource}`]],
}));
const SAGEMAKER = { Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' } };

test('the role of a training job is assumed for training jobs of this account and region, and for the processing jobs that evaluate their rules', () => {
  expect(trustOf((stack) => new TrainingJob(stack, 'Job', LEAST), 'JobRole')).toEqual([{
    ...SAGEMAKER,
    Action: 'sts:AssumeRole',
    Condition: { ArnLike: { 'aws:SourceArn': arnsOf('sagemaker', 'training-job/*', 'processing-job/*') } },
  }]);
});

test('the role of a processing job is assumed for processing jobs of this account and region', () => {
  expect(trustOf((stack) => new ProcessingJob(stack, 'Job', LEAST_PROCESSING), 'JobRole')).toEqual([{
    ...SAGEMAKER, Action: 'sts:AssumeRole', Condition: { ArnLike: { 'aws:SourceArn': arnsOf('sagemaker', 'processing-job/*') } },
  }]);
});

test('the role of a compilation job is assumed for compilation jobs of this account and region', () => {
  expect(trustOf((stack) => new CompilationJob(stack, 'Job', LEAST_COMPILATION), 'JobRole')).toEqual([{
    ...SAGEMAKER, Action: 'sts:AssumeRole', Condition: { ArnLike: { 'aws:SourceArn': arnsOf('sagemaker', 'compilation-job/*') } },
  }]);
});

test('the role of a model for a transform job is assumed for resources of this account and region', () => {
  const example: Example = (stack) => new TransformJob(stack, 'Job', {
    ...LEAST_TRANSFORM, model: TransformModel.fromS3(LEAST_TRANSFORM.outputLocation, { image: LEAST_PROCESSING.image }),
  });
  expect(trustOf(example, 'JobModelRole')).toEqual([{
    ...SAGEMAKER, Action: 'sts:AssumeRole', Condition: { ArnLike: { 'aws:SourceArn': arnsOf('sagemaker', '*') } },
  }]);
});

// The service does not document that it supplies a key for these.
describe.each<[string, string, Example]>([
  ['tuning job', 'JobRole', (stack: Stack) => new HyperParameterTuningJob(stack, 'Job', LEAST_TUNING)],
  ['optimization job', 'JobRole', (stack: Stack) => new OptimizationJob(stack, 'Job', LEAST_OPTIMIZATION)],
  ['notebook instance', 'NotebookRole', (stack: Stack) => new NotebookInstance(stack, 'Notebook', { instanceType: MlInstanceType.ML_T3_MEDIUM })],
])('the role of a %s', (_, role, example) => {
  test('has no condition in its trust policy', () => {
    expect(trustOf(example, role)).toEqual([{ ...SAGEMAKER, Action: 'sts:AssumeRole' }]);
  });

  test('requires this account if the organization asks for it', () => {
    const configured: Example = (stack) => {
      JobProviders.of(stack).configure({ requireSourceAccount: true });
      return example(stack);
    };
    expect(trustOf(configured, role)).toEqual([{ ...SAGEMAKER, Action: 'sts:AssumeRole', Condition: thisAccount }]);
  });
});

test('session tags are taken under the same conditions', () => {
  const statements = trustOf((stack) => new TrainingJob(stack, 'Job', { ...LEAST, enableSessionTagChaining: true }), 'JobRole');
  expect(statements.flatMap(({ Action }) => Action as string[]).sort()).toEqual(['sts:AssumeRole', 'sts:TagSession']);
  for (const { Condition } of statements) expect(Condition).toEqual({ ArnLike: { 'aws:SourceArn': arnsOf('sagemaker', 'training-job/*', 'processing-job/*') } });
});

test('the role of the state machine is assumed for state machines of this account and region', () => {
  expect(trustOf((stack) => new TrainingJob(stack, 'Job', LEAST), 'SageMakerJobProviderStateMachineRole')).toEqual([{
    Effect: 'Allow',
    Principal: { Service: 'states.amazonaws.com' },
    Action: 'sts:AssumeRole',
    Condition: { ...thisAccount, ArnLike: { 'aws:SourceArn': arnsOf('states', 'stateMachine:*')[0] } },
  }]);
});
