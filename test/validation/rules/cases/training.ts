import { Lazy, Token } from 'aws-cdk-lib';
import type { RuleCases } from './rule-case';

const SERVERLESS = { ServerlessJobConfig: { JobType: 'FineTuning' } };
const PRIVATE = { AlgorithmSpecification: { TrainingImageConfig: { TrainingRepositoryAccessMode: 'Vpc' } } };
const TOKEN = Token.asString({ Ref: 'Text' });

export const ALGORITHM_CASES: RuleCases = {
  'one-algorithm': {
    broken: { TrainingImage: 'image', AlgorithmName: 'algorithm' },
    at: ['TrainingImage'],
    kept: [{ TrainingImage: 'image' }, { AlgorithmName: TOKEN }],
  },
  'some-algorithm': {
    broken: { TrainingInputMode: 'File' },
    at: ['TrainingImage'],
    kept: [{ TrainingImage: TOKEN }, { AlgorithmName: 'algorithm' }],
  },
  'private-registry-needs-vpc': {
    broken: PRIVATE,
    at: ['VpcConfig'],
    kept: [{ ...PRIVATE, VpcConfig: {} }, { AlgorithmSpecification: { TrainingImageConfig: { TrainingRepositoryAccessMode: 'Platform' } } }, {}],
  },
  'output-key-excludes-s3-express': {
    broken: { S3OutputPath: 's3://fast--euw1-az1--x-s3/models', KmsKeyId: 'key' },
    at: ['KmsKeyId'],
    kept: [{ S3OutputPath: 's3://models/fast--x-s3', KmsKeyId: 'key' }, { S3OutputPath: `s3://${TOKEN}--x-s3`, KmsKeyId: 'key' }, { S3OutputPath: 's3://fast--x-s3' }],
  },
};

export const SERVERLESS_CASES: RuleCases = {
  'algorithm-unless-serverless': {
    broken: { RoleArn: 'role' },
    at: ['AlgorithmSpecification.TrainingImage'],
    kept: [SERVERLESS, { AlgorithmSpecification: {} }, { ServerlessJobConfig: Lazy.any({ produce: () => ({}) }) }],
  },
  'stopping-condition-unless-serverless': {
    broken: { AlgorithmSpecification: {}, ResourceConfig: {} },
    at: ['StoppingCondition'],
    kept: [SERVERLESS, { StoppingCondition: {} }],
  },
  'serverless-volume-size': {
    broken: { ...SERVERLESS, ResourceConfig: { VolumeSizeInGB: 30 } },
    at: ['ResourceConfig.VolumeSizeInGB'],
    kept: [SERVERLESS, { ResourceConfig: { VolumeSizeInGB: 30 } }],
  },
  'serverless-without-instances': {
    broken: {
      ...SERVERLESS,
      ResourceConfig: {
        InstanceType: 'ml.m5.large',
        InstanceCount: 1,
        InstanceGroups: [],
        InstancePreferences: [],
        InstancePlacementConfig: {},
        TrainingPlanArn: 'arn',
        KeepAlivePeriodInSeconds: 60,
      },
      EnableManagedSpotTraining: true,
    },
    at: [
      'ResourceConfig.InstanceType', 'ResourceConfig.InstanceCount', 'ResourceConfig.InstanceGroups', 'ResourceConfig.InstancePreferences',
      'ResourceConfig.InstancePlacementConfig', 'ResourceConfig.TrainingPlanArn', 'ResourceConfig.KeepAlivePeriodInSeconds',
      'EnableManagedSpotTraining',
    ],
    kept: [{ ...SERVERLESS, ResourceConfig: { VolumeKmsKeyId: 'key' }, EnableManagedSpotTraining: false }, { ResourceConfig: { InstanceType: 'ml.m5.large' } }],
  },
  'serverless-without-container': {
    broken: {
      ...SERVERLESS,
      AlgorithmSpecification: {},
      Environment: { A: 'b' },
      RetryStrategy: {},
      CheckpointConfig: {},
      DebugHookConfig: {},
      DebugRuleConfigurations: [],
      TensorBoardOutputConfig: {},
      ExperimentConfig: {},
      ProfilerConfig: {},
      ProfilerRuleConfigurations: [],
    },
    at: [
      'AlgorithmSpecification', 'Environment', 'RetryStrategy', 'CheckpointConfig', 'DebugHookConfig', 'DebugRuleConfigurations',
      'TensorBoardOutputConfig', 'ExperimentConfig', 'ProfilerConfig', 'ProfilerRuleConfigurations',
    ],
    kept: [{ ...SERVERLESS, HyperParameters: { epochs: '1' }, InputDataConfig: [], StoppingCondition: {} }, { AlgorithmSpecification: {} }],
  },
  'evaluation-needs-type': {
    broken: { JobType: 'Evaluation' },
    at: ['EvaluationType'],
    kept: [{ JobType: 'Evaluation', EvaluationType: TOKEN }, { JobType: 'FineTuning' }, { JobType: TOKEN }],
  },
  'model-package-of-serverless': {
    broken: { ModelPackageConfig: { ModelPackageGroupArn: 'arn' } },
    at: ['ModelPackageConfig'],
    kept: [{ ...SERVERLESS, ModelPackageConfig: {} }, {}],
  },
};

export const DEBUGGER_CASES: RuleCases = {
  'debug-rule-names-unique': {
    broken: { DebugRuleConfigurations: [{ RuleConfigurationName: 'a' }, { RuleConfigurationName: 'a' }] },
    at: ['DebugRuleConfigurations.1.RuleConfigurationName'],
    kept: [{ DebugRuleConfigurations: [{ RuleConfigurationName: 'a' }, { RuleConfigurationName: 'b' }] }],
  },
  'profiler-rule-names-unique': {
    broken: { ProfilerRuleConfigurations: [{ RuleConfigurationName: 'a' }, { RuleConfigurationName: 'a' }] },
    at: ['ProfilerRuleConfigurations.1.RuleConfigurationName'],
    kept: [{ DebugRuleConfigurations: [{ RuleConfigurationName: 'a' }], ProfilerRuleConfigurations: [{ RuleConfigurationName: 'a' }] }],
  },
  'collection-names-unique': {
    broken: { CollectionConfigurations: [{ CollectionName: 'losses' }, { CollectionName: 'losses' }] },
    at: ['CollectionConfigurations.1.CollectionName'],
    kept: [{ CollectionConfigurations: [{ CollectionName: 'losses' }, { CollectionName: 'weights' }] }],
  },
  'profiling-interval': {
    broken: { ProfilingIntervalInMilliseconds: 300 },
    at: ['ProfilingIntervalInMilliseconds'],
    kept: [{ ProfilingIntervalInMilliseconds: 60000 }, { ProfilingIntervalInMilliseconds: Token.asNumber({ Ref: 'Interval' }) }, {}],
  },
};

export const TAG_CASES: RuleCases = {
  'tag-keys-unique': {
    broken: { Tags: [{ Key: 'team', Value: 'a' }, { Key: 'team', Value: 'b' }] },
    at: ['Tags.1.Key'],
    kept: [{ Tags: [{ Key: 'team', Value: 'a' }, { Key: 'Team', Value: 'b' }] }, { Tags: [{ Key: TOKEN, Value: 'a' }, { Key: TOKEN, Value: 'b' }] }],
  },
  'tag-keys-reserved': {
    broken: { Tags: [{ Key: 'team', Value: 'a' }, { Key: 'aws:cloudformation:stack-name', Value: 'a' }] },
    at: ['Tags.1.Key'],
    kept: [{ Tags: [{ Key: 'awsome', Value: 'a' }, { Key: Token.asString({ Ref: 'Key' }), Value: 'a' }] }],
  },
  'tag-keys-of-ownership': {
    broken: { Tags: [{ Key: 'cdk-sagemaker-jobs:stack-id', Value: 'a' }] },
    at: ['Tags.0.Key'],
    kept: [{ Tags: [{ Key: 'cdk-sagemaker-jobs', Value: 'a' }, { Key: Token.asString({ Ref: 'Key' }), Value: 'a' }] }],
  },
};
