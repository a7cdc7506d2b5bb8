import { CONFIG, definitionsOf, rangesOf, TUNING } from './tuning-rules';
import type { Path, Rule, Structure } from '../request-rule';
import { at, brokenAt, elements, isEmpty, isGiven, repeated, structures, literalString } from '../request-values';

const NUMERIC = ['IntegerParameterRange', 'ContinuousParameterRange'];
const SEARCHED = ['IntegerParameterRanges', 'ContinuousParameterRanges', 'CategoricalParameterRanges'];
const RANGE_LISTS = [...SEARCHED, 'AutoParameters'];
const SCALING = 'Define Hyperparameter Ranges';
const MAX_RANGES = 30;

/** Rules of hyperparameter ranges. */
export const TUNING_RANGE_RULES: readonly Rule[] = [
  {
    id: 'something-to-tune',
    on: TUNING,
    level: 'warning',
    source: 'HyperParameterTuningJobConfig.ParameterRanges',
    rule: 'should contain at least one range, unless `Autotune` is specified',
    check: (request) => {
      const all = [at(request, CONFIG, 'ParameterRanges'), ...definitionsOf(request).map(([definition]) => at(definition, 'HyperParameterRanges'))];
      const nothing = all.every((ranges) => ranges && RANGE_LISTS.every((kind) => isEmpty(ranges[kind])));
      return brokenAt([CONFIG, 'ParameterRanges'], nothing && !isGiven(request.Autotune));
    },
  },
  {
    id: 'ranges-in-all',
    on: ['ParameterRanges'],
    level: 'error',
    source: 'ParameterRanges',
    rule: `must have at most ${MAX_RANGES} entries of all kinds together`,
    check: (ranges) => {
      const value = SEARCHED.reduce((sum, kind) => sum + elements(ranges[kind]).length, 0);
      return value > MAX_RANGES ? [{ path: [], value }] : [];
    },
  },
  {
    id: 'range-names-unique',
    on: ['ParameterRanges'],
    level: 'error',
    source: 'ParameterRanges',
    rule: 'must be unique',
    check: (ranges) => repeated(namesOf(ranges)),
  },
  {
    id: 'tuned-or-static',
    on: TUNING,
    level: 'error',
    source: 'HyperParameterTrainingJobDefinition.StaticHyperParameters',
    rule: 'cannot also be a tuned hyperparameter, which has a range',
    check: (request) => definitionsOf(request).flatMap(([definition, path]) => {
      const ranges = isGiven(definition.HyperParameterRanges)
        ? at(definition, 'HyperParameterRanges')
        : at(request, CONFIG, 'ParameterRanges');
      const tuned = namesOf(ranges ?? {}).map(([name]) => name);
      return Object.keys(at(definition, 'StaticHyperParameters') ?? {})
        .filter((name) => tuned.includes(name))
        .map((name) => ({ path: [...path, 'StaticHyperParameters', name] }));
    }),
  },
  {
    id: 'hints-for-autotune',
    on: TUNING,
    level: 'warning',
    source: 'ParameterRanges.AutoParameters',
    rule: 'is a range that SageMaker chooses, which requires `Autotune`',
    check: (request) => (isGiven(request.Autotune) ? [] : rangesOf(request).flatMap(([{ AutoParameters }, path]) =>
      structures(AutoParameters).map(([, index]) => ({ path: [...path, 'AutoParameters', index] })))),
  },
  {
    id: 'range-ordered',
    on: NUMERIC,
    level: 'error',
    source: 'IntegerParameterRange.MinValue',
    rule: 'must be at most `MaxValue`',
    needs: ['MaxValue', 'MinValue'],
    check: ({ MaxValue, MinValue }) => (numberOf(MinValue) > numberOf(MaxValue)
      ? [{ path: ['MinValue'], rule: `must be at most \`MaxValue\` (${MaxValue})` }]
      : []),
  },
  {
    id: 'integer-range',
    on: ['IntegerParameterRange'],
    level: 'error',
    source: 'IntegerParameterRange',
    rule: 'must be an integer',
    check: (range) => limitsThat(range, (value) => !Number.isInteger(value)),
  },
  {
    id: 'continuous-range',
    on: ['ContinuousParameterRange'],
    level: 'error',
    source: 'ContinuousParameterRange.MinValue',
    rule: 'must be a number',
    check: (range) => limitsThat(range, (value) => !Number.isFinite(value)),
  },
  {
    id: 'logarithmic-above-zero',
    on: NUMERIC,
    level: 'error',
    source: 'IntegerParameterRange.ScalingType',
    rule: 'must be greater than 0 if `ScalingType` is Logarithmic',
    needs: ['MinValue', 'ScalingType'],
    check: ({ MinValue, ScalingType }) => brokenAt(['MinValue'], ScalingType === 'Logarithmic' && numberOf(MinValue) <= 0),
  },
  {
    id: 'reverse-logarithmic-below-one',
    on: ['ContinuousParameterRange'],
    level: 'error',
    source: 'ContinuousParameterRange.ScalingType',
    rule: 'must be at least 0 and less than 1 if `ScalingType` is ReverseLogarithmic',
    needs: ['ScalingType'],
    check: (range) => (range.ScalingType === 'ReverseLogarithmic' ? limitsThat(range, (value) => value < 0 || value >= 1) : []),
  },
  {
    id: 'reverse-logarithmic-of-continuous',
    on: ['IntegerParameterRange'],
    level: 'error',
    source: SCALING,
    rule: 'ReverseLogarithmic is supported only for continuous ranges',
    needs: ['ScalingType'],
    check: ({ ScalingType }) => brokenAt(['ScalingType'], ScalingType === 'ReverseLogarithmic'),
  },
];

function namesOf(ranges: Structure): Array<[name: unknown, path: Path]> {
  return RANGE_LISTS.flatMap((kind) => structures(ranges[kind]).map(([{ Name }, index]): [unknown, Path] => [Name, [kind, index, 'Name']]));
}

function limitsThat(range: Structure, isWrong: (value: number) => boolean) {
  return ['MinValue', 'MaxValue'].filter((member) => literalString(range[member]) !== undefined && isWrong(numberOf(range[member]))).map((member) => ({ path: [member] }));
}

/** Returns the number in a string, or NaN for a token. */
function numberOf(value: unknown): number {
  const digits = literalString(value)?.trim();
  return digits ? Number(digits) : NaN;
}
