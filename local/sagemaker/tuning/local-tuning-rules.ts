import { combinations, trialsOf, type Trial } from './search-space';
import type { CreateTuningJobRequest, NumericRange, ParameterRanges } from './tuning-types';
import { checkRules, repeatedValue, type Rule } from '../local-request-rule';

type RequestRule = Rule<CreateTuningJobRequest>;
type TrialRule = Rule<Trial, CreateTuningJobRequest>;

const MAX_HYPERPARAMETERS = 100;
const MAX_RANGES = 30;
const MAX_ENVIRONMENT = 48;
const MAX_HYPERBAND_RESOURCE = 20_000;
/** The hyperparameters from which Hyperband infers its largest resource. */
const EPOCHS = ['epochs', 'numepochs', 'n-epochs', 'n_epochs', 'num_epochs'];
/** The repositories of algorithms with built-in metric definitions. */
const BUILT_IN = [
  'blazingtext', 'factorization-machines', 'forecasting-deepar', 'image-classification', 'ipinsights', 'kmeans', 'knn', 'lda', 'linear-learner',
  'ntm', 'object-detection', 'object2vec', 'pca', 'randomcutforest', 'sagemaker-xgboost', 'semantic-segmentation', 'seq2seq', 'xgboost',
];

const oneWayOfDefinition: RequestRule = ({ TrainingJobDefinition: single, TrainingJobDefinitions: several }) =>
  (single === undefined) === (several === undefined)
  && 'Exactly one of TrainingJobDefinition and TrainingJobDefinitions must be specified.';

const objectiveOfSingle: RequestRule = ({ TrainingJobDefinition: single, HyperParameterTuningJobConfig: config }) => single
  && (config.HyperParameterTuningJobObjective === undefined) === (single.TuningObjective === undefined)
  && 'With TrainingJobDefinition, the objective must be specified in HyperParameterTuningJobConfig or as TuningObjective.';

const rangesOfSingle: RequestRule = ({ TrainingJobDefinition: single, HyperParameterTuningJobConfig: config }) => single
  && config.ParameterRanges !== undefined && single.HyperParameterRanges !== undefined
  && 'With TrainingJobDefinition, the ranges must be specified either in HyperParameterTuningJobConfig or as HyperParameterRanges.';

const objectivesOfSeveral: RequestRule = ({ TrainingJobDefinitions: several, HyperParameterTuningJobConfig: config }) => several
  && (config.HyperParameterTuningJobObjective !== undefined || config.ParameterRanges !== undefined
    || several.some(({ TuningObjective }) => TuningObjective === undefined))
  && 'With TrainingJobDefinitions, each definition must specify its TuningObjective and HyperParameterRanges, and HyperParameterTuningJobConfig none.';

const differentDefinitionNames: RequestRule = ({ TrainingJobDefinitions: several }) => several
  && (several.some(({ DefinitionName }) => DefinitionName === undefined)
    || repeatedValue(several.map(({ DefinitionName }) => DefinitionName)) !== undefined)
  && 'TrainingJobDefinitions must have different values of DefinitionName.';

const environmentsOfAll: RequestRule = ({ TrainingJobDefinition: single, TrainingJobDefinitions: several = [] }) =>
  [...single ? [single] : [], ...several].reduce((sum, { Environment = {} }) => sum + Object.keys(Environment).length, 0) > MAX_ENVIRONMENT
  && `All definitions together can have ${MAX_ENVIRONMENT} environment variables.`;

const parallelWithinTotal: RequestRule = ({ HyperParameterTuningJobConfig: { ResourceLimits: limits } }) =>
  limits.MaxParallelTrainingJobs > (limits.MaxNumberOfTrainingJobs ?? Infinity)
  && 'MaxParallelTrainingJobs must be less than or equal to MaxNumberOfTrainingJobs.';

const strategyConfigOfHyperband: RequestRule = ({ HyperParameterTuningJobConfig: { Strategy, StrategyConfig } }) =>
  Strategy !== 'Hyperband' && StrategyConfig?.HyperbandStrategyConfig !== undefined
  && 'HyperbandStrategyConfig must only be specified with the Hyperband strategy.';

const hyperbandStopsItself: RequestRule = ({ HyperParameterTuningJobConfig: { Strategy, TrainingJobEarlyStoppingType } }) =>
  Strategy === 'Hyperband' && TrainingJobEarlyStoppingType === 'Auto'
  && 'TrainingJobEarlyStoppingType must be Off with the Hyperband strategy.';

const hyperbandResources: RequestRule = ({ HyperParameterTuningJobConfig: { StrategyConfig } }) => {
  const { MinResource: min = 1, MaxResource: max = MAX_HYPERBAND_RESOURCE } = StrategyConfig?.HyperbandStrategyConfig ?? {};
  return (min > max || max > MAX_HYPERBAND_RESOURCE) && `MaxResource must be from MinResource to ${MAX_HYPERBAND_RESOURCE}.`;
};

const hyperbandKnowsItsResource: TrialRule = ({ definition }, { HyperParameterTuningJobConfig: { Strategy, StrategyConfig } }) =>
  Strategy === 'Hyperband' && StrategyConfig?.HyperbandStrategyConfig?.MaxResource === undefined
  && !EPOCHS.some((name) => definition.StaticHyperParameters?.[name] !== undefined)
  && `MaxResource cannot be inferred: specify it, or one of ${EPOCHS.join(', ')} in StaticHyperParameters.`;

const gridOfCategories: TrialRule = ({ ranges }, { HyperParameterTuningJobConfig: { Strategy } }) => Strategy === 'Grid'
  && [ranges.IntegerParameterRanges, ranges.ContinuousParameterRanges, ranges.AutoParameters].some((list = []) => list.length > 0)
  && 'Only categorical parameters are supported with the Grid strategy.';

const wholeGrid: RequestRule = (request) => {
  const { Strategy, ResourceLimits: { MaxNumberOfTrainingJobs: max } } = request.HyperParameterTuningJobConfig;
  if (Strategy !== 'Grid' || max === undefined) return undefined;
  const total = trialsOf(request).reduce((sum, { ranges }) => sum + combinations(ranges), 0);
  return max !== total && `With the Grid strategy, MaxNumberOfTrainingJobs must equal the number of combinations, ${total}.`;
};

const enoughCombinations: RequestRule = (request) => {
  const { MaxNumberOfTrainingJobs: max = 0 } = request.HyperParameterTuningJobConfig.ResourceLimits;
  const total = trialsOf(request).reduce((sum, { ranges }) => sum + combinations(ranges), 0);
  return total < max && "You don't have enough combinations of hyperparameter ranges. The total number of hyperparameter combinations for the provided "
    + `ranges [${total.toFixed(1)}] must be equal or greater than the value of MaxNumberOfJobs, [${max}]. Provide additional ranges.`;
};

const somethingToTune: TrialRule = ({ ranges }, { Autotune }) => !Autotune && namesOf(ranges).length === 0
  && 'At least one hyperparameter range must be specified.';

const namesOnce: TrialRule = ({ definition, ranges }) => {
  const names = [...namesOf(ranges), ...Object.keys(definition.StaticHyperParameters ?? {})];
  return repeatedValue(names) !== undefined && 'A hyperparameter must be specified once: in one range, or as a static hyperparameter.';
};

const countOfHyperParameters: TrialRule = ({ definition, ranges }) => {
  const tuned = namesOf(ranges).length;
  // The objective metric is passed to the algorithm as an additional static hyperparameter.
  const total = tuned + Object.keys(definition.StaticHyperParameters ?? {}).length + 1;
  return (tuned - (ranges.AutoParameters ?? []).length > MAX_RANGES || total > MAX_HYPERPARAMETERS)
    && `At most ${MAX_RANGES} hyperparameters can be tuned, and there can be ${MAX_HYPERPARAMETERS} in total.`;
};

const hintsForAutotune: TrialRule = ({ ranges }, { Autotune }) => !Autotune && (ranges.AutoParameters ?? []).length > 0
  && 'AutoParameters must only be specified with Autotune.';

const numbers: TrialRule = ({ ranges }) => {
  const { IntegerParameterRanges: integers = [], ContinuousParameterRanges: reals = [] } = ranges;
  const wrong = [...integers.filter((range) => !ordered(range, Number.isInteger)), ...reals.filter((range) => !ordered(range, Number.isFinite))];
  return wrong.length > 0 && `MinValue and MaxValue must be numbers of the range's type, the smaller one first: ${wrong[0].Name}.`;
};

const scales: TrialRule = ({ ranges }) => {
  const { IntegerParameterRanges: integers = [], ContinuousParameterRanges: reals = [] } = ranges;
  const logarithm = [...integers, ...reals].find(({ ScalingType, MinValue }) => ScalingType === 'Logarithmic' && Number(MinValue) <= 0);
  if (logarithm) return `Logarithmic scaling needs values greater than 0: ${logarithm.Name}.`;
  const reverse = reals.find(({ ScalingType, MinValue, MaxValue }) => ScalingType === 'ReverseLogarithmic' && (Number(MinValue) < 0 || Number(MaxValue) >= 1));
  if (reverse) return `Reverse logarithmic scaling needs values from 0 to less than 1: ${reverse.Name}.`;
  return integers.some(({ ScalingType }) => ScalingType === 'ReverseLogarithmic') && 'Reverse logarithmic scaling is for continuous ranges only.';
};

const metricOfObjective: TrialRule = ({ definition: { AlgorithmSpecification: algorithm }, objective }) => {
  const defined = algorithm.MetricDefinitions ?? [];
  const ownMetrics = algorithm.AlgorithmName !== undefined || isBuiltIn(algorithm.TrainingImage ?? '');
  if (ownMetrics && defined.length > 0) {
    return "You can't override the metric definitions for Amazon SageMaker algorithms. Please retry the request without specifying metric definitions.";
  }
  return !ownMetrics && !defined.some(({ Name }) => Name === objective.MetricName)
    && 'A metric is required for this hyperparameter tuning job objective. Provide a metric in the metric definitions.';
};

const oneWayOfResources: TrialRule = ({ definition: { ResourceConfig, HyperParameterTuningResourceConfig } }) =>
  (ResourceConfig === undefined) === (HyperParameterTuningResourceConfig === undefined)
  && 'Exactly one of ResourceConfig and HyperParameterTuningResourceConfig must be specified.';

const oneWayOfInstances: TrialRule = ({ definition: { HyperParameterTuningResourceConfig: resources } }) => {
  if (!resources) return undefined;
  const { InstanceConfigs, InstanceType, InstanceCount, VolumeSizeInGB } = resources;
  if (!InstanceConfigs) return InstanceType === undefined && 'InstanceType must be specified unless InstanceConfigs is.';
  return (InstanceType ?? InstanceCount ?? VolumeSizeInGB) !== undefined
    && 'InstanceType, InstanceCount and VolumeSizeInGB must not be specified together with InstanceConfigs.';
};

const RULES = [
  oneWayOfDefinition, objectiveOfSingle, rangesOfSingle, objectivesOfSeveral, differentDefinitionNames, environmentsOfAll, parallelWithinTotal,
  strategyConfigOfHyperband, hyperbandStopsItself, hyperbandResources,
];
const RULES_OF_TRIALS = [
  somethingToTune, namesOnce, countOfHyperParameters, hintsForAutotune, numbers, scales, gridOfCategories, hyperbandKnowsItsResource,
  metricOfObjective, oneWayOfResources, oneWayOfInstances,
];
const RULES_OF_SPACE = [wholeGrid, enoughCombinations];

/** Rules in the documentation of CreateHyperParameterTuningJob that go beyond the constraints of single members. */
export function checkTuningJobRules(request: CreateTuningJobRequest): void {
  checkRules(RULES, request, request);
  trialsOf(request).forEach((trial) => checkRules(RULES_OF_TRIALS, trial, request));
  checkRules(RULES_OF_SPACE, request, request);
}

export function namesOf(ranges: ParameterRanges): string[] {
  const { IntegerParameterRanges = [], ContinuousParameterRanges = [], CategoricalParameterRanges = [], AutoParameters = [] } = ranges;
  return [...IntegerParameterRanges, ...ContinuousParameterRanges, ...CategoricalParameterRanges, ...AutoParameters].map(({ Name }) => Name);
}

function ordered({ MinValue, MaxValue }: NumericRange, isRight: (value: number) => boolean): boolean {
  return [MinValue, MaxValue].every((value) => value.trim() !== '' && isRight(Number(value))) && Number(MinValue) <= Number(MaxValue);
}

function isBuiltIn(image: string): boolean {
  return /^\d{12}\.dkr\.ecr\./.test(image) && BUILT_IN.includes(image.split('/').pop()!.split(/[:@]/)[0]);
}
