import { App, Lazy, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import {
  AlgorithmMetric, BuiltInAlgorithm, ContainerImage, HyperParameterTrainingJobDefinition, HyperParameterTuningJob,
  HyperParameterTuningJobObjective, InputChannel, ParameterRange, S3Location, TrainingInputMode, MlInstanceType, TrainingJob,
} from '../../src';
import { algorithmChecks } from '../../src/training-job/training-checks';
import { objectiveChecks, tuningDefinitionChecks } from '../../src/tuning-job/tuning-checks';
import { withoutLocations } from '../fixtures/synth';

function definitionOf(algorithm: BuiltInAlgorithm, options: Partial<HyperParameterTrainingJobDefinition> = {}): HyperParameterTrainingJobDefinition {
  return {
    trainingImage: ContainerImage.fromBuiltInAlgorithm(algorithm, { version: algorithm.versions.at(-1) }),
    outputLocation: S3Location.fromUri('s3://bucket/models'),
    ...options,
  };
}

/** The definition with all that the algorithm requires. */
function completeDefinitionOf(
  algorithm: BuiltInAlgorithm, options: Partial<HyperParameterTrainingJobDefinition> = {},
): HyperParameterTrainingJobDefinition {
  return definitionOf(algorithm, {
    hyperParameters: REQUIRED[algorithm.toString()],
    inputDataConfig: [InputChannel.fromS3('train', S3Location.fromUri('s3://bucket/train'))],
    ...options,
  });
}

const REQUIRED: { readonly [algorithm: string]: { [name: string]: string } } = {
  'sagemaker-xgboost': { num_round: '10' },
  'lda': { num_topics: '2', feature_dim: '10', mini_batch_size: '100' },
  'forecasting-deepar': { context_length: '10', epochs: '5', prediction_length: '10', time_freq: 'D' },
};

function training(definition: HyperParameterTrainingJobDefinition, channelModes?: Array<string | undefined>) {
  return [...algorithmChecks(definition, channelModes), ...tuningDefinitionChecks(definition, { throughVpc: false })].flatMap((check) => check());
}

function tuning(definition: HyperParameterTrainingJobDefinition, objective: HyperParameterTuningJobObjective) {
  return objectiveChecks('objective', objective, definition).flatMap((check) => check());
}

const { BLAZING_TEXT, DEEP_AR, LDA, PCA, XGBOOST } = BuiltInAlgorithm;
const instanceType = MlInstanceType.ML_C5_XLARGE;

test.each<[string, Partial<HyperParameterTrainingJobDefinition>, string]>([
  ['the job', { instanceCount: 2 }, 'instanceCount'],
  ['the groups', { instanceGroups: [{ instanceGroupName: 'a', instanceType }, { instanceGroupName: 'b', instanceType }] }, 'instanceGroups'],
  ['a preference', { instancePreferences: [{ instanceType, instanceCount: 2 }] }, 'instancePreferences[0].instanceCount'],
  ['what is tuned on', { hyperParameterTuningResourceConfig: { instanceType, instanceCount: 2 } }, 'hyperParameterTuningResourceConfig.instanceCount'],
  ['an alternative to tune on', { hyperParameterTuningResourceConfig: { instanceConfigs: [{ instanceType, instanceCount: 2 }] } },
    'hyperParameterTuningResourceConfig.instanceConfigs[0].instanceCount'],
])('an algorithm that trains on one instance only is not given several by %s', (_where, options, property) => {
  expect(training(definitionOf(LDA, options))).toEqual([
    { property, rule: 'must be 1, because lda trains on one instance only', value: 2 },
  ]);
});

test.each<[string, BuiltInAlgorithm, Partial<HyperParameterTrainingJobDefinition>]>([
  ['an algorithm that can', XGBOOST, { instanceCount: 8 }],
  ['one that need not', LDA, { instanceCount: 1 }],
  ['a number that is a token', LDA, { instanceCount: Token.asNumber({ Ref: 'Count' }) }],
  ['BlazingText in the mode that can', BLAZING_TEXT, { instanceCount: 2, hyperParameters: { mode: 'batch_skipgram' } }],
  ['BlazingText whose mode is tuned', BLAZING_TEXT, { instanceCount: 2 }],
])('%s may train on several instances', (_what, algorithm, options) => {
  expect(training(definitionOf(algorithm, options))).toEqual([]);
});

test('BlazingText trains on one instance in its other modes', () => {
  expect(training(definitionOf(BLAZING_TEXT, { instanceCount: 2, hyperParameters: { mode: 'supervised' } }))).toEqual([{
    property: 'instanceCount', rule: 'must be 1 unless the hyperparameter `mode` is batch_skipgram, because blazingtext otherwise trains on one instance only', value: 2,
  }]);
});

test('an algorithm that does not read pipes is warned about, for the job and for a channel', () => {
  const rule = 'should be a mode that forecasting-deepar supports (File, FastFile)';

  expect(training(definitionOf(DEEP_AR, { trainingInputMode: TrainingInputMode.PIPE }), [undefined, 'Pipe', 'FastFile'])).toEqual([
    { property: 'trainingInputMode', rule, value: 'Pipe', warning: 'algorithm-input-mode' },
    { property: 'inputDataConfig[1].inputMode', rule, value: 'Pipe', warning: 'algorithm-input-mode' },
  ]);
});

test('an algorithm that reads pipes is given one', () => {
  expect(training(definitionOf(XGBOOST, { trainingInputMode: TrainingInputMode.PIPE }))).toEqual([]);
});

test('nothing is known of an image that holds no built-in algorithm', () => {
  const definition = { ...definitionOf(LDA, { instanceCount: 2 }), trainingImage: ContainerImage.fromUri('registry.example.com/lda') };

  expect(training(definition)).toEqual([]);
  expect(tuning(definition, HyperParameterTuningJobObjective.maximize('loss'))).toEqual([]);
});

test('an objective that the algorithm does not publish is warned about, with those that it does', () => {
  expect(tuning(definitionOf(DEEP_AR), HyperParameterTuningJobObjective.minimize('validation:auc'))).toEqual([{
    property: 'objective.metricName',
    rule: 'should be a metric that forecasting-deepar publishes (test:RMSE, test:mean_wQuantileLoss, train:final_loss), or one of `metricDefinitions`',
    value: 'validation:auc',
    warning: 'algorithm-objective',
  }]);
});

test('an algorithm without metrics has no objective of its own', () => {
  expect(tuning(definitionOf(PCA), AlgorithmMetric.VALIDATION_AUC)).toMatchObject([
    { rule: 'should be one of `metricDefinitions`, because pca publishes no metrics' },
  ]);
});

test('an objective in the wrong direction is warned about', () => {
  expect(tuning(definitionOf(XGBOOST), HyperParameterTuningJobObjective.maximize('validation:error'))).toEqual([{
    property: 'objective.objectiveType', rule: 'should be Minimize for validation:error', value: 'Maximize', warning: 'algorithm-objective-direction',
  }]);
});

test.each<[string, HyperParameterTuningJobObjective]>([
  ['a metric of the algorithm', AlgorithmMetric.VALIDATION_AUC],
  ['one that is defined', HyperParameterTuningJobObjective.minimize('own:loss')],
  ['a token', HyperParameterTuningJobObjective.maximize(Lazy.string({ produce: () => 'later' }))],
])('the objective may be %s', (_what, objective) => {
  expect(tuning(definitionOf(XGBOOST, { metricDefinitions: [{ name: 'own:loss', regex: 'loss: (.*)' }] }), objective)).toEqual([]);
});

test('each metric of an algorithm is an objective in its direction', () => {
  const { metrics } = XGBOOST;

  expect(metrics.map(({ metricName, objectiveType }) => `${objectiveType} ${metricName}`)).toEqual(expect.arrayContaining([
    'Maximize validation:auc', 'Minimize validation:rmse',
  ]));
  expect(metrics.flatMap((objective) => tuning(definitionOf(XGBOOST), objective))).toEqual([]);
});

test('an algorithm says on how many instances it trains, and how it takes its data', () => {
  expect(XGBOOST.supportsDistributedTraining).toBe(true);
  expect(LDA.supportsDistributedTraining).toBe(false);
  expect(DEEP_AR.inputModes.map(({ value }) => value)).toEqual(['File', 'FastFile']);
  expect(new Stack().resolve(`${XGBOOST}`)).toBe('sagemaker-xgboost');
});

describe('where the images are used', () => {
  const dataLocation = S3Location.fromUri('s3://bucket/data');
  const missing = ContainerImage.fromBuiltInAlgorithm(XGBOOST, { version: '9.9' });

  function stackIn(region: string): Stack {
    return new Stack(new App(), 'Stack', { env: { account: '111122223333', region } });
  }

  function complaintOf(stack: Stack): string {
    return stack.node.findAll().flatMap(({ node }) => node.validate().map((message) => `${node.path} ${withoutLocations(message)}`)).join('\n');
  }

  test('a training job names the property whose image there is not', () => {
    const stack = stackIn('eu-north-1');
    new TrainingJob(stack, 'Training', { ...completeDefinitionOf(LDA), inputDataConfig: [InputChannel.fromS3('train', dataLocation)] });

    expect(complaintOf(stack)).toMatch(/^Stack\/Training trainingImage: lda:1 is not available in the Region eu-north-1; available: .*$/);
  });

  test('a training job names the rules of Debugger whose images there are not', () => {
    const stack = stackIn('us-east-1');
    new TrainingJob(stack, 'Training', {
      ...completeDefinitionOf(XGBOOST),
      debugRuleConfigurations: [
        { ruleConfigurationName: 'known', ruleEvaluatorImage: ContainerImage.fromDebuggerRules() },
        { ruleConfigurationName: 'unknown', ruleEvaluatorImage: missing },
      ],
      profilerRuleConfigurations: [{ ruleConfigurationName: 'profiled', ruleEvaluatorImage: missing }],
    });

    expect(complaintOf(stack)).toMatch(new RegExp([
      "^Stack/Training debugRuleConfigurations\\[1\\]\\.ruleEvaluatorImage: unknown version '9\\.9'; available: .*",
      "Stack/Training profilerRuleConfigurations\\[0\\]\\.ruleEvaluatorImage: unknown version '9\\.9'; available: .*$",
    ].join('\n')));
  });

  test('a training job refuses several instances for an algorithm that trains on one', () => {
    const stack = stackIn('us-east-1');
    new TrainingJob(stack, 'Training', completeDefinitionOf(LDA, { instanceCount: 2 }));

    expect(complaintOf(stack)).toBe('Stack/Training instanceCount: must be 1, because lda trains on one instance only; got 2');
  });

  test('a training job warns about the mode of a channel', () => {
    const stack = stackIn('us-east-1');
    new TrainingJob(stack, 'Training', completeDefinitionOf(DEEP_AR, {
      inputDataConfig: [InputChannel.fromS3('train', dataLocation, { inputMode: TrainingInputMode.PIPE })],
    }));

    expect(complaintOf(stack)).toBe('');
    Annotations.fromStack(stack).hasWarning('/Stack/Training', Match.stringLikeRegexp('inputDataConfig\\[0\\]\\.inputMode: should be a mode that forecasting-deepar supports'));
  });

  test('a tuning job warns about its objective, and about those of its definitions', () => {
    const stack = stackIn('us-east-1');
    const tuned = { maxNumberOfTrainingJobs: 2, parameterRanges: [ParameterRange.integer('epochs', 1, 9)] };
    new HyperParameterTuningJob(stack, 'One', {
      ...tuned, hyperParameterTuningJobObjective: AlgorithmMetric.VALIDATION_AUC, trainingJobDefinition: completeDefinitionOf(DEEP_AR),
    });
    new HyperParameterTuningJob(stack, 'Several', {
      ...tuned,
      parameterRanges: undefined,
      trainingJobDefinitions: [completeDefinitionOf(DEEP_AR, {
        definitionName: 'deepar', hyperParameterRanges: tuned.parameterRanges, tuningObjective: AlgorithmMetric.VALIDATION_AUC,
      })],
    });

    expect(complaintOf(stack)).toBe('');
    Annotations.fromStack(stack).hasWarning('/Stack/One', Match.stringLikeRegexp('hyperParameterTuningJobObjective\\.metricName: should be'));
    Annotations.fromStack(stack).hasWarning('/Stack/Several', Match.stringLikeRegexp('trainingJobDefinitions\\[0\\]\\.tuningObjective\\.metricName: should be'));
  });
});
