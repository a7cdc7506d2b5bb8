import { CONFIG, definitionsOf, TUNING } from './tuning-rules';
import type { Rule, Structure } from '../request-rule';
import { at, brokenAt, elements, given, givenTogether, isGiven, isKnown, isNotEmpty, literalNumber, literalString, repeatedIn, structures } from '../request-values';

const DEFINITION = ['HyperParameterTrainingJobDefinition'];
const SEVERAL = 'Create a Hyperparameter Optimization Tuning Job for One or More Algorithms';
const LAUNCH = 'Configure and Launch a Hyperparameter Tuning Job';
const DEFINITIONS = ['TrainingJobDefinition', 'TrainingJobDefinitions'];
const RESOURCES = ['ResourceConfig', 'HyperParameterTuningResourceConfig'];
const ONE_INSTANCE = ['InstanceType', 'InstanceCount', 'VolumeSizeInGB'];
const MAX_VARIABLES = 48;

/** The repositories of built-in algorithms, which define their metrics themselves. */
const BUILT_IN = [
  'blazingtext', 'factorization-machines', 'forecasting-deepar', 'image-classification', 'ipinsights', 'kmeans', 'knn', 'lda', 'linear-learner',
  'ntm', 'object-detection', 'object2vec', 'pca', 'randomcutforest', 'sagemaker-xgboost', 'semantic-segmentation', 'seq2seq', 'xgboost',
];

/** Rules of the training job definitions of a tuning job. */
export const TUNING_DEFINITION_RULES: readonly Rule[] = [
  {
    id: 'warm-pool-of-tuning',
    on: ['HyperParameterTrainingJobDefinition'],
    level: 'warning',
    source: 'SageMaker AI Managed Warm Pools',
    rule: 'has no effect in a tuning job',
    needs: ['ResourceConfig'],
    check: (definition) => brokenAt(
      ['ResourceConfig', 'KeepAlivePeriodInSeconds'], (literalNumber(at(definition, 'ResourceConfig')?.KeepAlivePeriodInSeconds) ?? 0) > 0,
    ),
  },
  {
    id: 'one-way-of-definition',
    on: TUNING,
    level: 'error',
    source: 'CreateHyperParameterTuningJobRequest.TrainingJobDefinitions',
    rule: 'cannot be specified together with `TrainingJobDefinitions`',
    check: (request) => givenTogether(request, DEFINITIONS),
  },
  {
    id: 'some-definition',
    on: TUNING,
    level: 'error',
    source: SEVERAL,
    rule: 'is required unless `TrainingJobDefinitions` is specified',
    check: (request) => brokenAt(['TrainingJobDefinition'], given(request, DEFINITIONS).length === 0),
  },
  {
    id: 'definitions-have-names',
    on: TUNING,
    level: 'error',
    source: SEVERAL,
    rule: 'is required in a list of definitions',
    needs: ['TrainingJobDefinitions'],
    check: (request) => missingIn(request, 'DefinitionName'),
  },
  {
    id: 'definition-names-unique',
    on: TUNING,
    level: 'error',
    source: SEVERAL,
    rule: 'must be unique',
    needs: ['TrainingJobDefinitions'],
    check: (request) => repeatedIn(request, 'TrainingJobDefinitions', 'DefinitionName'),
  },
  {
    id: 'definitions-have-objectives',
    on: TUNING,
    level: 'error',
    source: SEVERAL,
    rule: 'is required in a list of definitions',
    needs: ['TrainingJobDefinitions'],
    check: (request) => (isGiven(request.Autotune) ? [] : missingIn(request, 'TuningObjective')),
  },
  {
    id: 'single-definition-has-objective',
    on: TUNING,
    level: 'warning',
    source: 'HyperParameterTuningJobConfig.HyperParameterTuningJobObjective',
    rule: 'should be specified with a single definition',
    needs: ['TrainingJobDefinition'],
    check: (request) => {
      const config = at(request, CONFIG);
      return brokenAt(
        [CONFIG, 'HyperParameterTuningJobObjective'],
        !isGiven(request.Autotune) && config !== undefined && !isGiven(config.HyperParameterTuningJobObjective),
      );
    },
  },
  {
    id: 'objective-and-ranges-of-job',
    on: TUNING,
    level: 'warning',
    source: SEVERAL,
    rule: 'should be specified in the tuning job, not in its only definition',
    needs: ['TrainingJobDefinition'],
    check: (request) => given(at(request, 'TrainingJobDefinition') ?? {}, ['TuningObjective', 'HyperParameterRanges'])
      .map(({ path }) => ({ path: ['TrainingJobDefinition', ...path] })),
  },
  {
    id: 'objective-and-ranges-of-definitions',
    on: TUNING,
    level: 'warning',
    source: SEVERAL,
    rule: 'should be specified in each definition of a list',
    needs: [CONFIG, 'TrainingJobDefinitions'],
    check: (request) => given(at(request, CONFIG) ?? {}, ['HyperParameterTuningJobObjective', 'ParameterRanges'])
      .map(({ path }) => ({ path: [CONFIG, ...path] })),
  },
  {
    id: 'objective-metric-defined',
    on: TUNING,
    level: 'warning',
    source: LAUNCH,
    rule: 'should define the metric of the objective, because only built-in algorithms define metrics themselves',
    check: (request) => definitionsOf(request).flatMap(([definition, path]) => {
      const algorithm = at(definition, 'AlgorithmSpecification');
      const metric = literalString((at(definition, 'TuningObjective') ?? {}).MetricName ?? at(request, CONFIG, 'HyperParameterTuningJobObjective')?.MetricName);
      const image = literalString(algorithm?.TrainingImage);
      const metrics = algorithm?.MetricDefinitions ?? [];
      if (metric === undefined || image === undefined || isBuiltIn(image) || !isKnown(metrics)) return [];
      const names = structures(metrics).map(([{ Name }]) => Name);
      return brokenAt([...path, 'AlgorithmSpecification', 'MetricDefinitions'], names.every((name) => literalString(name) !== undefined && name !== metric));
    }),
  },
  {
    id: 'metrics-of-own-algorithms',
    on: ['HyperParameterAlgorithmSpecification'],
    level: 'warning',
    source: LAUNCH,
    rule: 'should not be specified for a built-in algorithm, which defines its metrics itself',
    needs: ['MetricDefinitions', 'TrainingImage'],
    check: ({ MetricDefinitions, TrainingImage }) => brokenAt(['MetricDefinitions'], isNotEmpty(MetricDefinitions) && isBuiltIn(literalString(TrainingImage) ?? '')),
  },
  {
    id: 'variables-of-all-definitions',
    on: TUNING,
    level: 'error',
    source: 'HyperParameterTrainingJobDefinition.Environment',
    rule: `must have at most ${MAX_VARIABLES} environment variables in all definitions together`,
    needs: ['TrainingJobDefinitions'],
    check: (request) => {
      const count = structures(request.TrainingJobDefinitions)
        .reduce((sum, [definition]) => sum + Object.keys(at(definition, 'Environment') ?? {}).length, 0);
      return count > MAX_VARIABLES ? [{ path: ['TrainingJobDefinitions'], value: count }] : [];
    },
  },
  {
    id: 'one-way-of-resources',
    on: DEFINITION,
    level: 'error',
    source: 'HyperParameterTrainingJobDefinition.ResourceConfig',
    rule: 'cannot be specified together with `HyperParameterTuningResourceConfig`',
    check: (definition) => givenTogether(definition, RESOURCES),
  },
  {
    id: 'instance-configs-say-all',
    on: ['HyperParameterTuningResourceConfig'],
    level: 'error',
    source: 'HyperParameterTuningResourceConfig.InstanceConfigs',
    rule: 'cannot be specified together with `InstanceConfigs`',
    needs: ['InstanceConfigs'],
    check: (resources) => given(resources, ONE_INSTANCE),
  },
  {
    id: 'some-tuning-instances',
    on: ['HyperParameterTuningResourceConfig'],
    level: 'error',
    source: 'HyperParameterTuningResourceConfig.InstanceConfigs',
    rule: 'is required unless `InstanceConfigs` is specified',
    check: (resources) => brokenAt(['InstanceType'], given(resources, ['InstanceType', 'InstanceConfigs']).length === 0),
  },
  {
    id: 'several-instance-configs',
    on: ['HyperParameterTuningResourceConfig'],
    level: 'warning',
    source: 'HyperParameterTuningResourceConfig.InstanceConfigs',
    rule: 'should contain several configurations; specify a single one with `InstanceType`, `InstanceCount` and `VolumeSizeInGB`',
    needs: ['InstanceConfigs'],
    check: ({ InstanceConfigs }) => brokenAt(['InstanceConfigs'], elements(InstanceConfigs).length === 1 && isKnown(InstanceConfigs)),
  },
  {
    id: 'allocation-of-instance-configs',
    on: ['HyperParameterTuningResourceConfig'],
    level: 'warning',
    source: 'HyperParameterTuningResourceConfig.AllocationStrategy',
    rule: 'has no effect without `InstanceConfigs`',
    needs: ['AllocationStrategy'],
    check: ({ InstanceConfigs }) => brokenAt(['AllocationStrategy'], !isGiven(InstanceConfigs)),
  },
];

function missingIn(request: Structure, member: string) {
  return structures(request.TrainingJobDefinitions)
    .filter(([definition]) => !isGiven(definition[member]))
    .map(([, index]) => ({ path: ['TrainingJobDefinitions', index, member] }));
}

function isBuiltIn(image: string): boolean {
  return /^\d{12}\.dkr\.ecr\./.test(image) && BUILT_IN.includes(image.split('/').pop()!.split(/[:@]/)[0]);
}
