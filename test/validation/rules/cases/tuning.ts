import { Lazy, Token } from 'aws-cdk-lib';
import type { RuleCases } from './rule-case';

const TOKEN = Token.asString({ Ref: 'Text' });
const NUMBER = Token.asNumber({ Ref: 'Number' });
const UNKNOWN = Lazy.any({ produce: () => ({}) });
const INTEGER = { Name: 'depth', MinValue: '2', MaxValue: '8' };
const CATEGORIES = { Name: 'optimizer', Values: ['sgd', 'adam'] };
const OBJECTIVE = { Type: 'Maximize', MetricName: 'accuracy' };
const OWN = 'https://example.com/image';
const BUILT_IN = '685385470294.dkr.ecr.eu-west-1.amazonaws.com/xgboost:1';

const job = (config: object, definition: object = {}, others: object = {}) => ({
  HyperParameterTuningJobConfig: config, TrainingJobDefinition: definition, ...others,
});
const search = (algorithm: object) => job({ HyperParameterTuningJobObjective: OBJECTIVE }, { AlgorithmSpecification: algorithm });
const several = (...definitions: object[]) => ({ HyperParameterTuningJobConfig: {}, TrainingJobDefinitions: definitions });
const variables = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`V${index}`, '']));
const grid = (values: number, max?: unknown) => job({
  Strategy: 'Grid',
  ParameterRanges: { CategoricalParameterRanges: [CATEGORIES, { Name: 'size', Values: Array.from({ length: values }, String) }] },
  ResourceLimits: { MaxNumberOfTrainingJobs: max },
});

export const TUNING_STRATEGY_CASES: RuleCases = {
  'grid-of-categories': {
    broken: job(
      { Strategy: 'Grid', ParameterRanges: { IntegerParameterRanges: [INTEGER] } }, { HyperParameterRanges: { ContinuousParameterRanges: [INTEGER] } },
    ),
    at: ['HyperParameterTuningJobConfig.ParameterRanges.IntegerParameterRanges', 'TrainingJobDefinition.HyperParameterRanges.ContinuousParameterRanges'],
    kept: [
      grid(3), job({ Strategy: 'Random', ParameterRanges: { IntegerParameterRanges: [INTEGER] } }),
      job({ Strategy: TOKEN, ParameterRanges: { IntegerParameterRanges: [INTEGER] } }), job({ Strategy: 'Grid', ParameterRanges: UNKNOWN }),
      job({ Strategy: 'Grid', ParameterRanges: { IntegerParameterRanges: UNKNOWN } }),
    ],
  },
  'grid-counts-itself': {
    broken: grid(3, 5),
    at: ['HyperParameterTuningJobConfig.ResourceLimits.MaxNumberOfTrainingJobs'],
    kept: [
      grid(3), grid(3, 6), grid(3, NUMBER), { ...grid(3, 5), TrainingJobDefinition: UNKNOWN },
      job({ Strategy: 'Grid', ParameterRanges: UNKNOWN, ResourceLimits: { MaxNumberOfTrainingJobs: 5 } }),
      job({
        Strategy: 'Grid',
        ParameterRanges: { CategoricalParameterRanges: [{ Name: 'a', Values: Token.asList({ Ref: 'Values' }) }] },
        ResourceLimits: { MaxNumberOfTrainingJobs: 5 },
      }),
    ],
  },
  'grid-within-quota': {
    broken: grid(376),
    at: ['HyperParameterTuningJobConfig.Strategy'],
    kept: [grid(375)],
  },
  'hyperband-stops-itself': {
    broken: { Strategy: 'Hyperband', TrainingJobEarlyStoppingType: 'Auto' },
    at: ['TrainingJobEarlyStoppingType'],
    kept: [
      { Strategy: 'Hyperband', TrainingJobEarlyStoppingType: 'Off' }, { Strategy: 'Bayesian', TrainingJobEarlyStoppingType: 'Auto' },
      { Strategy: 'Hyperband', TrainingJobEarlyStoppingType: TOKEN },
    ],
  },
  'hyperband-config-of-hyperband': {
    broken: { Strategy: 'Bayesian', StrategyConfig: { HyperbandStrategyConfig: { MaxResource: 9 } } },
    at: ['StrategyConfig.HyperbandStrategyConfig'],
    kept: [
      { Strategy: 'Hyperband', StrategyConfig: { HyperbandStrategyConfig: { MaxResource: 9 } } },
      { Strategy: TOKEN, StrategyConfig: { HyperbandStrategyConfig: { MaxResource: 9 } } },
    ],
  },
  'hyperband-resources-ordered': {
    broken: { MinResource: 10, MaxResource: 9 },
    at: ['MinResource'],
    kept: [
      { MinResource: 9, MaxResource: 9 }, { MinResource: 10 }, { MinResource: NUMBER, MaxResource: 1 }, { MinResource: 10, MaxResource: NUMBER },
    ],
  },
  'hyperband-resource-limit': {
    broken: { MaxResource: 20_001 },
    at: ['MaxResource'],
    kept: [{ MaxResource: 20_000 }, { MaxResource: NUMBER }],
  },
  'hyperband-knows-its-resource': {
    broken: job({ Strategy: 'Hyperband' }, { StaticHyperParameters: { lr: '0.1' } }),
    at: ['HyperParameterTuningJobConfig.StrategyConfig.HyperbandStrategyConfig.MaxResource'],
    kept: [
      job({ Strategy: 'Hyperband' }, { StaticHyperParameters: { num_epochs: TOKEN } }),
      job({ Strategy: 'Hyperband', StrategyConfig: { HyperbandStrategyConfig: { MaxResource: NUMBER } } }),
      job({ Strategy: 'Hyperband' }, { StaticHyperParameters: UNKNOWN }), job({ Strategy: 'Hyperband', StrategyConfig: UNKNOWN }),
      job({ Strategy: 'Hyperband' }, {}, { Autotune: { Mode: 'Enabled' } }), job({ Strategy: 'Random' }),
    ],
  },
  'parallel-within-total': {
    broken: { MaxNumberOfTrainingJobs: 2, MaxParallelTrainingJobs: 3 },
    at: ['MaxParallelTrainingJobs'],
    kept: [
      { MaxNumberOfTrainingJobs: 3, MaxParallelTrainingJobs: 3 }, { MaxParallelTrainingJobs: 3 },
      { MaxNumberOfTrainingJobs: NUMBER, MaxParallelTrainingJobs: 3 }, { MaxNumberOfTrainingJobs: 2, MaxParallelTrainingJobs: NUMBER },
    ],
  },
  'early-stopping-of-one-algorithm': {
    broken: { ...several({}, {}), HyperParameterTuningJobConfig: { TrainingJobEarlyStoppingType: 'Auto' } },
    at: ['HyperParameterTuningJobConfig.TrainingJobEarlyStoppingType'],
    kept: [{ ...several({}), HyperParameterTuningJobConfig: { TrainingJobEarlyStoppingType: 'Auto' } }, several({}, {})],
  },
  'warm-start-of-one-algorithm': {
    broken: { ...several({}, {}), WarmStartConfig: {} },
    at: ['WarmStartConfig'],
    kept: [job({}, {}, { WarmStartConfig: {} })],
  },
  'warm-start-strategy': {
    broken: job({ Strategy: 'Grid' }, {}, { WarmStartConfig: {} }),
    at: ['WarmStartConfig'],
    kept: [job({ Strategy: 'Bayesian' }, {}, { WarmStartConfig: {} }), job({ Strategy: TOKEN }, {}, { WarmStartConfig: {} })],
  },
};

export const TUNING_DEFINITION_CASES: RuleCases = {
  'warm-pool-of-tuning': {
    broken: { ResourceConfig: { KeepAlivePeriodInSeconds: 600 } },
    at: ['ResourceConfig.KeepAlivePeriodInSeconds'],
    kept: [{ ResourceConfig: { KeepAlivePeriodInSeconds: 0 } }, { ResourceConfig: {} }, { ResourceConfig: { KeepAlivePeriodInSeconds: Token.asNumber({ Ref: 'Seconds' }) } }],
  },
  'one-way-of-definition': {
    broken: { TrainingJobDefinition: {}, TrainingJobDefinitions: [{}] },
    at: ['TrainingJobDefinition'],
    kept: [job({}), several({})],
  },
  'some-definition': {
    broken: { HyperParameterTuningJobConfig: {} },
    at: ['TrainingJobDefinition'],
    kept: [job({}), several({}), { TrainingJobDefinitions: UNKNOWN }],
  },
  'definitions-have-names': {
    broken: several({ DefinitionName: 'a' }, {}),
    at: ['TrainingJobDefinitions.1.DefinitionName'],
    kept: [several({ DefinitionName: 'a' }, { DefinitionName: TOKEN }), several(UNKNOWN), job({})],
  },
  'definition-names-unique': {
    broken: several({ DefinitionName: 'a' }, { DefinitionName: 'a' }),
    at: ['TrainingJobDefinitions.1.DefinitionName'],
    kept: [several({ DefinitionName: 'a' }, { DefinitionName: 'b' }), several({ DefinitionName: TOKEN }, { DefinitionName: TOKEN })],
  },
  'definitions-have-objectives': {
    broken: several({ TuningObjective: OBJECTIVE }, {}),
    at: ['TrainingJobDefinitions.1.TuningObjective'],
    kept: [several({ TuningObjective: OBJECTIVE }), { ...several({}), Autotune: { Mode: 'Enabled' } }],
  },
  'single-definition-has-objective': {
    broken: job({ Strategy: 'Bayesian' }),
    at: ['HyperParameterTuningJobConfig.HyperParameterTuningJobObjective'],
    kept: [job({ HyperParameterTuningJobObjective: OBJECTIVE }), job({}, {}, { Autotune: { Mode: 'Enabled' } }), several({})],
  },
  'objective-and-ranges-of-job': {
    broken: job({}, { TuningObjective: OBJECTIVE, HyperParameterRanges: {} }),
    at: ['TrainingJobDefinition.TuningObjective', 'TrainingJobDefinition.HyperParameterRanges'],
    kept: [job({ HyperParameterTuningJobObjective: OBJECTIVE })],
  },
  'objective-and-ranges-of-definitions': {
    broken: { ...several({}), HyperParameterTuningJobConfig: { HyperParameterTuningJobObjective: OBJECTIVE, ParameterRanges: {} } },
    at: ['HyperParameterTuningJobConfig.HyperParameterTuningJobObjective', 'HyperParameterTuningJobConfig.ParameterRanges'],
    kept: [several({ TuningObjective: OBJECTIVE })],
  },
  'objective-metric-defined': {
    broken: search({ TrainingImage: OWN, MetricDefinitions: [{ Name: 'loss' }] }),
    at: ['TrainingJobDefinition.AlgorithmSpecification.MetricDefinitions'],
    kept: [
      search({ TrainingImage: OWN, MetricDefinitions: [{ Name: 'accuracy' }] }),
      search({ TrainingImage: OWN, MetricDefinitions: [{ Name: TOKEN }] }),
      search({ TrainingImage: BUILT_IN }),
      search({ AlgorithmName: 'algorithm' }),
    ],
  },
  'metrics-of-own-algorithms': {
    broken: { TrainingImage: BUILT_IN, MetricDefinitions: [{ Name: 'accuracy' }] },
    at: ['MetricDefinitions'],
    kept: [{ TrainingImage: OWN, MetricDefinitions: [{ Name: 'accuracy' }] }, { TrainingImage: BUILT_IN }],
  },
  'variables-of-all-definitions': {
    broken: several({ Environment: variables(24) }, { Environment: variables(25) }),
    at: ['TrainingJobDefinitions'],
    kept: [
      several({ Environment: variables(24) }, { Environment: variables(24) }), several({ Environment: variables(48) }, { Environment: UNKNOWN }),
    ],
  },
  'one-way-of-resources': {
    broken: { ResourceConfig: {}, HyperParameterTuningResourceConfig: {} },
    at: ['ResourceConfig'],
    kept: [{ ResourceConfig: {} }, { HyperParameterTuningResourceConfig: {} }],
  },
  'instance-configs-say-all': {
    broken: { InstanceConfigs: [{}, {}], InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30 },
    at: ['InstanceType', 'InstanceCount', 'VolumeSizeInGB'],
    kept: [{ InstanceConfigs: [{}, {}], VolumeKmsKeyId: 'key' }, { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30 }],
  },
  'some-tuning-instances': {
    broken: { VolumeSizeInGB: 30 },
    at: ['InstanceType'],
    kept: [{ InstanceType: TOKEN }, { InstanceConfigs: [{}] }],
  },
  'several-instance-configs': {
    broken: { InstanceConfigs: [{ InstanceType: 'ml.m5.large' }] },
    at: ['InstanceConfigs'],
    kept: [{ InstanceConfigs: [{ InstanceType: 'ml.m5.large' }, { InstanceType: 'ml.m5.xlarge' }] }, { InstanceConfigs: UNKNOWN }],
  },
  'allocation-of-instance-configs': {
    broken: { AllocationStrategy: 'Prioritized', InstanceType: 'ml.m5.large' },
    at: ['AllocationStrategy'],
    kept: [{ AllocationStrategy: 'Prioritized', InstanceConfigs: [{}, {}] }],
  },
};

export const TUNING_RANGE_CASES: RuleCases = {
  'something-to-tune': {
    broken: job({ ParameterRanges: { IntegerParameterRanges: [] } }),
    at: ['HyperParameterTuningJobConfig.ParameterRanges'],
    kept: [
      job({ ParameterRanges: { IntegerParameterRanges: [INTEGER] } }),
      job({}, { HyperParameterRanges: { CategoricalParameterRanges: [CATEGORIES] } }),
      job({}, {}, { Autotune: { Mode: 'Enabled' } }), job({ ParameterRanges: UNKNOWN }),
    ],
  },
  'ranges-in-all': {
    broken: { IntegerParameterRanges: Array(16).fill(INTEGER), ContinuousParameterRanges: Array(15).fill(INTEGER) },
    at: [''],
    kept: [
      { IntegerParameterRanges: Array(15).fill(INTEGER), CategoricalParameterRanges: Array(15).fill(CATEGORIES), AutoParameters: [{ Name: 'a' }] },
    ],
  },
  'range-names-unique': {
    broken: { IntegerParameterRanges: [INTEGER], CategoricalParameterRanges: [{ ...CATEGORIES, Name: 'depth' }] },
    at: ['CategoricalParameterRanges.0.Name'],
    kept: [
      { IntegerParameterRanges: [INTEGER], CategoricalParameterRanges: [CATEGORIES] },
      { IntegerParameterRanges: [{ ...INTEGER, Name: TOKEN }, { ...INTEGER, Name: TOKEN }] },
    ],
  },
  'tuned-or-static': {
    broken: job({ ParameterRanges: { IntegerParameterRanges: [INTEGER] } }, { StaticHyperParameters: { depth: '3', eta: '0.1' } }),
    at: ['TrainingJobDefinition.StaticHyperParameters.depth'],
    kept: [
      job({ ParameterRanges: { IntegerParameterRanges: [INTEGER] } }, { StaticHyperParameters: { eta: '0.1' } }),
      job({ ParameterRanges: { IntegerParameterRanges: [INTEGER] } }, { StaticHyperParameters: UNKNOWN }),
    ],
  },
  'hints-for-autotune': {
    broken: job({ ParameterRanges: { AutoParameters: [{ Name: 'a', ValueHint: '1' }] } }),
    at: ['HyperParameterTuningJobConfig.ParameterRanges.AutoParameters.0'],
    kept: [job({ ParameterRanges: { AutoParameters: [{ Name: 'a', ValueHint: '1' }] } }, {}, { Autotune: { Mode: 'Enabled' } })],
  },
  'range-ordered': {
    broken: { MinValue: '10', MaxValue: '9' },
    at: ['MinValue'],
    kept: [{ MinValue: '9', MaxValue: '10' }, { MinValue: '1e-3', MaxValue: '.1' }, { MinValue: TOKEN, MaxValue: '9' }, { MinValue: '10', MaxValue: TOKEN }],
  },
  'integer-range': {
    broken: { MinValue: '0.5', MaxValue: 'many' },
    at: ['MinValue', 'MaxValue'],
    kept: [{ MinValue: '-1', MaxValue: '10' }, { MinValue: TOKEN, MaxValue: TOKEN }],
  },
  'continuous-range': {
    broken: { MinValue: '', MaxValue: '1,5' },
    at: ['MinValue', 'MaxValue'],
    kept: [{ MinValue: '1e-3', MaxValue: '0.5' }, { MinValue: TOKEN, MaxValue: TOKEN }],
  },
  'logarithmic-above-zero': {
    broken: { MinValue: '0', MaxValue: '1', ScalingType: 'Logarithmic' },
    at: ['MinValue'],
    kept: [
      { MinValue: '0.1', MaxValue: '1', ScalingType: 'Logarithmic' }, { MinValue: '0', MaxValue: '1', ScalingType: 'Linear' },
      { MinValue: TOKEN, ScalingType: 'Logarithmic' },
    ],
  },
  'reverse-logarithmic-below-one': {
    broken: { MinValue: '-0.1', MaxValue: '1', ScalingType: 'ReverseLogarithmic' },
    at: ['MinValue', 'MaxValue'],
    kept: [{ MinValue: '0', MaxValue: '0.99', ScalingType: 'ReverseLogarithmic' }, { MinValue: '0', MaxValue: '1', ScalingType: 'Auto' }],
  },
  'reverse-logarithmic-of-continuous': {
    broken: { ...INTEGER, ScalingType: 'ReverseLogarithmic' },
    at: ['ScalingType'],
    kept: [{ ...INTEGER, ScalingType: 'Logarithmic' }, { ...INTEGER, ScalingType: TOKEN }],
  },
};
