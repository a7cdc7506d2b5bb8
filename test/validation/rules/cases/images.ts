import { Lazy, Token } from 'aws-cdk-lib';
import type { RuleCases } from './rule-case';

const TOKEN = Token.asString({ Ref: 'Text' });
const LOCAL = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/own:1';
const REMOTE = '123456789012.dkr.ecr.us-east-1.amazonaws.com/own:1';
const DLC = '763104351884.dkr.ecr.eu-west-1.amazonaws.com/pytorch-training';

const on = (uri: string, ...types: string[]) => ({
  AlgorithmSpecification: { TrainingImage: uri },
  ResourceConfig: { InstanceGroups: types.map((InstanceType) => ({ InstanceType })) },
});

export const IMAGE_CASES: RuleCases = {
  'image-in-ecr': {
    broken: { TrainingImage: 'docker.io/library/python:3.12', RuleEvaluatorImage: 'public.ecr.aws/docker/library/python:3.12' },
    at: ['TrainingImage', 'RuleEvaluatorImage'],
    kept: [
      { TrainingImage: LOCAL, RuleEvaluatorImage: '123456789012.dkr-ecr.eu-west-1.on.aws/own:1' }, { TrainingImage: TOKEN }, { AlgorithmName: 'own' },
      { TrainingImage: 'registry.example.com/t:1', TrainingImageConfig: { TrainingRepositoryAccessMode: 'Vpc' } },
      { TrainingImage: 'registry.example.com/t:1', TrainingImageConfig: Lazy.any({ produce: () => ({}) }) },
    ],
  },
  'image-in-region': {
    environment: { region: 'eu-west-1', regionOf: (uri) => (uri.endsWith('elsewhere:1') ? 'us-west-2' : undefined) },
    broken: { TrainingImage: REMOTE, RuleEvaluatorImage: `${TOKEN}/elsewhere:1` },
    at: ['TrainingImage', 'RuleEvaluatorImage'],
    kept: [{ TrainingImage: LOCAL }, { TrainingImage: TOKEN }, { TrainingImage: `123456789012.dkr.ecr.${TOKEN}.amazonaws.com/own:1` }],
  },
  'image-processor': {
    broken: on(`${DLC}:2.6.0-gpu-py312`, 'ml.g5.xlarge', 'ml.m5.xlarge'),
    at: ['AlgorithmSpecification.TrainingImage'],
    kept: [
      on(`${DLC}:2.6.0-gpu-py312`, 'ml.g5.xlarge'), on(`${DLC}:2.6.0-cpu-py312`, 'ml.m5.xlarge'), on(TOKEN, 'ml.m5.xlarge'),
      on(`${DLC}:2.6.0-gpu-py312`, TOKEN), on('123456789012.dkr.ecr.eu-west-1.amazonaws.com/mine:1-gpu', 'ml.m5.xlarge'),
      on('683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1', 'ml.g5.xlarge'),
    ],
  },
  'marketplace-network-isolation': {
    environment: { account: '123456789012' },
    broken: { AlgorithmSpecification: { AlgorithmName: 'arn:aws:sagemaker:us-east-1:865070037744:algorithm/bought' } },
    at: ['EnableNetworkIsolation'],
    kept: [
      { AlgorithmSpecification: { AlgorithmName: 'arn:aws:sagemaker:us-east-1:865070037744:algorithm/bought' }, EnableNetworkIsolation: true },
      { AlgorithmSpecification: { AlgorithmName: 'arn:aws:sagemaker:us-east-1:123456789012:algorithm/own' } },
      { AlgorithmSpecification: { AlgorithmName: 'own' } }, { AlgorithmSpecification: { AlgorithmName: TOKEN } },
    ],
  },
};

const BUCKETS: { readonly [uri: string]: string } = { 's3://here/a': 'eu-west-1', 's3://there/a': 'us-east-1' };
const environment = { region: 'eu-west-1', regionOf: (uri: string) => BUCKETS[uri] };

export const REGION_CASES: RuleCases = {
  'input-bucket-in-region': {
    environment,
    broken: { S3Uri: 's3://there/a' },
    at: ['S3Uri'],
    kept: [{ S3Uri: 's3://here/a' }, { S3Uri: 's3://unknown/a' }, { S3Uri: TOKEN }],
  },
  'output-bucket-in-region': {
    environment,
    broken: { S3Uri: 's3://there/a', S3OutputPath: 's3://there/a', S3OutputLocation: 's3://there/a' },
    at: ['S3Uri', 'S3OutputPath', 'S3OutputLocation'],
    kept: [{ S3Uri: 's3://here/a', S3OutputPath: 's3://here/a', S3OutputLocation: 's3://here/a' }, { S3OutputPath: 's3://unknown/a' }],
  },
};
