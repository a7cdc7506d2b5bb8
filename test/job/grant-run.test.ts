import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CompilationJob, HyperParameterTuningJob, OptimizationJob, ProcessingJob, TrainingJob } from '../../src';
import { LEAST_COMPILATION } from '../fixtures/compilation-jobs';
import { LEAST_TUNING } from '../fixtures/hyper-parameter-tuning-jobs';
import { LEAST_OPTIMIZATION } from '../fixtures/optimization-jobs';
import { LEAST_PROCESSING } from '../fixtures/processing-jobs';
import { statementsOf, templateOf } from '../fixtures/synth';
import { LEAST } from '../fixtures/training-jobs';

test.each([
  ['TrainingJob', 'training-job', (stack: Stack) => new TrainingJob(stack, 'Job', LEAST)],
  ['HyperParameterTuningJob', 'hyper-parameter-tuning-job', (stack: Stack) => new HyperParameterTuningJob(stack, 'Job', LEAST_TUNING)],
  ['CompilationJob', 'compilation-job', (stack: Stack) => new CompilationJob(stack, 'Job', LEAST_COMPILATION)],
  ['ProcessingJob', 'processing-job', (stack: Stack) => new ProcessingJob(stack, 'Job', LEAST_PROCESSING)],
  ['OptimizationJob', 'optimization-job', (stack: Stack) => new OptimizationJob(stack, 'Job', LEAST_OPTIMIZATION)],
])('somebody else may run a %s such as this one, with its role and under its prefix', (noun, arn, make) => {
  const template = templateOf((stack) => {
    make(stack).grantRun(new iam.Role(stack, 'Notebook', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') }));
  });

  const statements = statementsOf(template, 'Notebook');
  const jobs = { 'Fn::Join': ['', expect.arrayContaining([expect.stringContaining(`:${arn}/stack-job-??????????????`)])] };
  const notAsTheStack = {
    'ForAllValues:StringNotEquals': { 'aws:TagKeys': ['stack-id', 'logical-id', 'identity', 'request-id', 'waits', 'ended', 'retained'].map((tag) => `cdk-sagemaker-jobs:${tag}`) },
  };
  expect(statements).toEqual([
    { Effect: 'Allow', Action: `sagemaker:Create${noun}`, Resource: jobs, Condition: notAsTheStack },
    { Effect: 'Allow', Action: 'sagemaker:AddTags', Resource: jobs, Condition: { ...notAsTheStack, StringEquals: { 'sagemaker:TaggingAction': `Create${noun}` } } },
    {
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^JobRole/), 'Arn'] },
      Condition: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
    },
    { Effect: 'Allow', Action: [`sagemaker:Describe${noun}`, `sagemaker:Stop${noun}`], Resource: jobs },
  ]);
});
