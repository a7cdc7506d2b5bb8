import { Lazy, Token } from 'aws-cdk-lib';
import type { RuleCases } from './rule-case';

const TOKEN = Token.asString({ Ref: 'Text' });
const XGBOOST = '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1';
const LINEAR = '382416733822.dkr.ecr.us-east-1.amazonaws.com/linear-learner:1';
const IMAGES = '811284229777.dkr.ecr.us-east-1.amazonaws.com/image-classification:1';
const OWN = '123456789012.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1';

const image = (uri: string) => ({ AlgorithmSpecification: { TrainingImage: uri } });
const train = (uri: string, parameters: unknown) => ({ ...image(uri), HyperParameters: parameters });
const tune = (uri: string, parameters: unknown, ranges: object = {}, more: object = {}) => ({
  HyperParameterTuningJobConfig: { ParameterRanges: ranges },
  TrainingJobDefinition: { ...image(uri), StaticHyperParameters: parameters },
  ...more,
});
const channels = (uri: string, ...list: object[]) => ({ ...image(uri), InputDataConfig: list });
const csv = { S3DataSource: { S3Uri: 's3://data/train.csv' } };

export const ALGORITHM_INPUT_CASES: RuleCases = {
  'algorithm-hyperparameter-name': {
    broken: {
      ...train(XGBOOST, { num_rounds: '10' }),
      ...tune(XGBOOST, { objectives: 'x' }, { IntegerParameterRanges: [{ Name: 'maxdepth' }] }),
    },
    at: ['HyperParameters.num_rounds', 'TrainingJobDefinition.StaticHyperParameters.objectives', 'HyperParameterTuningJobConfig.ParameterRanges.IntegerParameterRanges.0.Name'],
    kept: [
      train(XGBOOST, { num_round: '10', _tuning_objective_metric: 'validation:auc' }),
      train(OWN, { num_rounds: '10' }),
      train(XGBOOST, { num_rounds: '10', sagemaker_program: 'train.py' }),
      train(TOKEN, { num_rounds: '10' }),
      train(XGBOOST, { [TOKEN]: '10' }),
      train(XGBOOST, Lazy.any({ produce: () => ({}) })),
      { AlgorithmSpecification: { TrainingImage: XGBOOST, ContainerEntrypoint: ['bash'] }, HyperParameters: { num_rounds: '10' } },
    ],
  },
  'algorithm-hyperparameter-value': {
    broken: {
      ...train(LINEAR, { predictor_type: 'classifier', epochs: '0', beta_1: '1.5', use_bias: 'yes' }),
      ...tune(LINEAR, { predictor_type: 'binary' }),
    },
    at: [
      'HyperParameters.predictor_type', 'HyperParameters.epochs', 'HyperParameters.beta_1', 'HyperParameters.use_bias',
      'TrainingJobDefinition.StaticHyperParameters.predictor_type',
    ],
    kept: [
      train(LINEAR, { predictor_type: 'regressor', epochs: '15', beta_1: 'auto', use_bias: 'True' }),
      train(LINEAR, { predictor_type: '"regressor"', epochs: TOKEN }),
      train(XGBOOST, { objective: 'binary:logistics' }),
    ],
  },
  'algorithm-hyperparameter-value-of-version': {
    broken: { ...train(XGBOOST, { objective: 'binary:logistics', eta: '2' }), ...tune(XGBOOST, { booster: 'tree' }) },
    at: ['HyperParameters.objective', 'HyperParameters.eta', 'TrainingJobDefinition.StaticHyperParameters.booster'],
    kept: [
      train(XGBOOST, { objective: 'binary:logistic', eta: '0.3', eval_metric: 'auc' }),
      train(XGBOOST, { objective: TOKEN }),
      train(LINEAR, { predictor_type: 'x' }),
    ],
  },
  'algorithm-hyperparameter-required': {
    broken: { ...train(XGBOOST, { objective: 'multi:softmax' }), ...tune(XGBOOST, {}) },
    at: ['HyperParameters', 'HyperParameters', 'TrainingJobDefinition.StaticHyperParameters'],
    kept: [
      train(XGBOOST, { objective: 'multi:softmax', num_round: '10', num_class: '3' }),
      train(XGBOOST, { [TOKEN]: '10' }),
      train(XGBOOST, Lazy.any({ produce: () => ({}) })),
      tune(XGBOOST, {}, { IntegerParameterRanges: [{ Name: 'num_round' }] }),
      tune(XGBOOST, {}, { IntegerParameterRanges: [{ Name: TOKEN }] }),
      tune(XGBOOST, {}, {}, { Autotune: { Mode: 'Enabled' } }),
      train(TOKEN, {}),
    ],
  },
  'algorithm-channels-required': {
    broken: channels(IMAGES, { ChannelName: 'train' }),
    at: ['InputDataConfig'],
    kept: [
      channels(IMAGES, { ChannelName: 'train' }, { ChannelName: 'validation' }), channels(IMAGES, { ChannelName: TOKEN }),
      { ...image(IMAGES), InputDataConfig: Lazy.any({ produce: () => [] }) }, channels(OWN, { ChannelName: 'data' }),
    ],
  },
  'algorithm-channel-name': {
    broken: channels(XGBOOST, { ChannelName: 'train' }, { ChannelName: 'valid' }),
    at: ['InputDataConfig.1.ChannelName'],
    kept: [channels(XGBOOST, { ChannelName: 'train' }, { ChannelName: 'validation' }), channels(XGBOOST, { ChannelName: TOKEN }), channels(TOKEN, { ChannelName: 'x' })],
  },
  'algorithm-content-type': {
    broken: channels(IMAGES, { ChannelName: 'train' }, { ChannelName: 'validation', ContentType: 'text/csv' }),
    at: ['InputDataConfig.0.ContentType', 'InputDataConfig.1.ContentType'],
    kept: [
      channels(IMAGES, { ContentType: 'application/x-recordio' }), channels(XGBOOST, { DataSource: csv, ContentType: 'text/csv; label_size=1' }),
      channels(XGBOOST, { ChannelName: 'train' }), channels(IMAGES, { ContentType: TOKEN }),
      channels('156387875391.dkr.ecr.us-west-2.amazonaws.com/forecasting-deepar:1', { ContentType: 'json' }),
    ],
  },
};
