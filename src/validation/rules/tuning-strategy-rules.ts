import { combinationsOf, CONFIG, definitionsOf, rangesOf, TUNING } from './tuning-rules';
import type { Rule, Structure } from '../request-rule';
import { at, brokenAt, isGiven, isNotEmpty, literalNumber, literalString } from '../request-values';

const STRATEGIES = 'Understand the hyperparameter tuning strategies available in Amazon SageMaker AI';
const SEVERAL = 'Create a Hyperparameter Optimization Tuning Job for One or More Algorithms';
const MAX_EPOCHS = 20_000;
const MAX_GRID = 750;

/** The hyperparameters that Hyperband derives its maximum resource from. */
const EPOCHS = ['epochs', 'numepochs', 'n-epochs', 'n_epochs', 'num_epochs'];

/** Rules of the search strategy and the limits of a tuning job. */
export const TUNING_STRATEGY_RULES: readonly Rule[] = [
  {
    id: 'grid-of-categories',
    on: TUNING,
    level: 'error',
    source: STRATEGIES,
    rule: 'must contain only categorical parameters if `HyperParameterTuningJobConfig.Strategy` is Grid',
    needs: [CONFIG],
    check: (request) => rangesOf(request).flatMap(([ranges, path]) => ['IntegerParameterRanges', 'ContinuousParameterRanges']
      .filter((member) => strategyOf(request) === 'Grid' && isNotEmpty(ranges[member]))
      .map((member) => ({ path: [...path, member] }))),
  },
  {
    id: 'grid-counts-itself',
    on: TUNING,
    level: 'warning',
    source: STRATEGIES,
    rule: 'should be omitted if `HyperParameterTuningJobConfig.Strategy` is Grid, or equal the number of combinations of values',
    needs: [CONFIG],
    check: (request) => {
      const max = literalNumber(limitsOf(request).MaxNumberOfTrainingJobs);
      const combinations = combinationsOf(request);
      if (strategyOf(request) !== 'Grid' || max === undefined || !combinations || max === combinations) return [];
      const rule = `should be omitted if \`HyperParameterTuningJobConfig.Strategy\` is Grid, or equal the number of combinations of values (${combinations})`;
      return [{ path: [CONFIG, 'ResourceLimits', 'MaxNumberOfTrainingJobs'], rule }];
    },
  },
  {
    id: 'grid-within-quota',
    on: TUNING,
    level: 'warning',
    source: 'Resource Limits for Automatic Model Tuning',
    rule: `Grid launches at most ${MAX_GRID} training jobs, one for each combination of values`,
    needs: [CONFIG],
    check: (request) => {
      const combinations = combinationsOf(request) ?? 0;
      return strategyOf(request) === 'Grid' && combinations > MAX_GRID ? [{ path: [CONFIG, 'Strategy'], value: `${combinations} combinations` }] : [];
    },
  },
  {
    id: 'hyperband-stops-itself',
    on: ['HyperParameterTuningJobConfig'],
    level: 'error',
    source: 'HyperParameterTuningJobConfig.TrainingJobEarlyStoppingType',
    rule: 'must be Off if `Strategy` is Hyperband, which stops training jobs itself',
    needs: ['Strategy', 'TrainingJobEarlyStoppingType'],
    check: ({ Strategy, TrainingJobEarlyStoppingType }) =>
      brokenAt(['TrainingJobEarlyStoppingType'], Strategy === 'Hyperband' && TrainingJobEarlyStoppingType === 'Auto'),
  },
  {
    id: 'hyperband-config-of-hyperband',
    on: ['HyperParameterTuningJobConfig'],
    level: 'warning',
    source: 'HyperParameterTuningJobStrategyConfig.HyperbandStrategyConfig',
    rule: 'should only be specified if `Strategy` is Hyperband',
    needs: ['Strategy', 'StrategyConfig'],
    check: (config) => brokenAt(
      ['StrategyConfig', 'HyperbandStrategyConfig'],
      ['Bayesian', 'Random', 'Grid'].includes(config.Strategy) && isGiven(at(config, 'StrategyConfig')?.HyperbandStrategyConfig),
    ),
  },
  {
    id: 'hyperband-resources-ordered',
    on: ['HyperbandStrategyConfig'],
    level: 'error',
    source: 'HyperbandStrategyConfig.MinResource',
    rule: 'must be at most `MaxResource`',
    needs: ['MaxResource'],
    check: ({ MaxResource, MinResource }) => ((literalNumber(MinResource) ?? 0) > (literalNumber(MaxResource) ?? Infinity)
      ? [{ path: ['MinResource'], rule: `must be at most \`MaxResource\` (${MaxResource})` }]
      : []),
  },
  {
    id: 'hyperband-resource-limit',
    on: ['HyperbandStrategyConfig'],
    level: 'error',
    source: 'HyperbandStrategyConfig.MaxResource',
    rule: `must be at most ${MAX_EPOCHS} epochs`,
    needs: ['MaxResource'],
    check: ({ MaxResource }) => brokenAt(['MaxResource'], (literalNumber(MaxResource) ?? 0) > MAX_EPOCHS),
  },
  {
    id: 'hyperband-knows-its-resource',
    on: TUNING,
    level: 'error',
    source: 'HyperbandStrategyConfig.MaxResource',
    rule: `is required if \`HyperParameterTuningJobConfig.Strategy\` is Hyperband, unless \`TrainingJobDefinition.StaticHyperParameters\` contains one of ${EPOCHS.join(', ')}`,
    needs: [CONFIG],
    check: (request) => {
      const hyperband = at(request, CONFIG, 'StrategyConfig', 'HyperbandStrategyConfig');
      if (strategyOf(request) !== 'Hyperband' || isGiven(request.Autotune) || !hyperband || isGiven(hyperband.MaxResource)) return [];
      const parameters = definitionsOf(request).map(([definition]) => at(definition, 'StaticHyperParameters'));
      return brokenAt(
        [CONFIG, 'StrategyConfig', 'HyperbandStrategyConfig', 'MaxResource'],
        parameters.some((given) => given && !EPOCHS.some((name) => isGiven(given[name]))),
      );
    },
  },
  {
    id: 'parallel-within-total',
    on: ['ResourceLimits'],
    level: 'error',
    source: 'ResourceLimits.MaxParallelTrainingJobs',
    rule: 'must be at most `MaxNumberOfTrainingJobs`',
    needs: ['MaxNumberOfTrainingJobs'],
    check: ({ MaxNumberOfTrainingJobs: max, MaxParallelTrainingJobs: parallel }) => ((literalNumber(parallel) ?? 0) > (literalNumber(max) ?? Infinity)
      ? [{ path: ['MaxParallelTrainingJobs'], rule: `must be at most \`MaxNumberOfTrainingJobs\` (${max})` }]
      : []),
  },
  {
    id: 'early-stopping-of-one-algorithm',
    on: TUNING,
    level: 'warning',
    source: SEVERAL,
    rule: 'is available only when a single algorithm is tuned',
    needs: [CONFIG, 'TrainingJobDefinitions'],
    check: (request) => brokenAt(
      [CONFIG, 'TrainingJobEarlyStoppingType'],
      at(request, CONFIG)?.TrainingJobEarlyStoppingType === 'Auto' && hasSeveral(request),
    ),
  },
  {
    id: 'warm-start-of-one-algorithm',
    on: TUNING,
    level: 'warning',
    source: SEVERAL,
    rule: 'is available only when a single algorithm is tuned',
    needs: ['TrainingJobDefinitions', 'WarmStartConfig'],
    check: (request) => brokenAt(['WarmStartConfig'], hasSeveral(request)),
  },
  {
    id: 'warm-start-strategy',
    on: TUNING,
    level: 'warning',
    source: 'Run a Warm Start Hyperparameter Tuning Job',
    rule: 'should only be specified if `HyperParameterTuningJobConfig.Strategy` is Bayesian or Random',
    needs: [CONFIG, 'WarmStartConfig'],
    check: (request) => brokenAt(['WarmStartConfig'], /^(Grid|Hyperband)$/.test(strategyOf(request) ?? '')),
  },
];

function strategyOf(request: Structure): string | undefined {
  return literalString(at(request, CONFIG)?.Strategy);
}

function limitsOf(request: Structure): Structure {
  return at(request, CONFIG, 'ResourceLimits') ?? {};
}

function hasSeveral({ TrainingJobDefinitions }: Structure): boolean {
  return Array.isArray(TrainingJobDefinitions) && TrainingJobDefinitions.length > 1;
}
