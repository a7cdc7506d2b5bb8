import type { CreateTuningJobRequest, HyperParameters, NumericRange, Objective, ParameterRanges, TrainingJobDefinition } from './tuning-types';
import { fraction } from '../../fraction';

/** A training job definition with its search space and objective. */
export interface Trial {
  readonly definition: TrainingJobDefinition;
  readonly objective: Objective;
  readonly ranges: ParameterRanges;
}

/** Returns the definitions of a valid request with their objectives and ranges. */
export function trialsOf(request: CreateTuningJobRequest): Trial[] {
  const { HyperParameterTuningJobConfig: config, TrainingJobDefinition: single, TrainingJobDefinitions: several } = request;
  return (single ? [single] : several!).map((definition) => ({
    definition,
    objective: (config.HyperParameterTuningJobObjective ?? definition.TuningObjective)!,
    ranges: config.ParameterRanges ?? definition.HyperParameterRanges ?? {},
  }));
}

/** The number of combinations of ranges. Infinite with a continuous range, or with Autotune. */
export function combinations(ranges: ParameterRanges): number {
  const { IntegerParameterRanges: integers = [], ContinuousParameterRanges: reals = [], CategoricalParameterRanges: categories = [] } = ranges;
  if (reals.length > 0 || (ranges.AutoParameters ?? []).length > 0) return Infinity;
  const sizes = [
    ...integers.map(({ MinValue, MaxValue }) => Number(MaxValue) - Number(MinValue) + 1),
    ...categories.map(({ Values }) => new Set(Values).size),
  ];
  return sizes.length === 0 ? Infinity : sizes.reduce((product, size) => product * size, 1);
}

/** The combination of categories at an index of the grid. */
export function gridPoint(ranges: ParameterRanges, index: number): HyperParameters {
  let rest = index;
  return Object.fromEntries((ranges.CategoricalParameterRanges ?? []).map(({ Name, Values }) => {
    const values = [...new Set(Values)];
    const value = values[rest % values.length];
    rest = Math.floor(rest / values.length);
    return [Name, value];
  }));
}

/** A random combination from the ranges. The same seed returns the same one. */
export function sample(ranges: ParameterRanges, seed: string): HyperParameters {
  const chance = (name: string) => fraction(`${seed}/${name}`);
  const pick = (values: readonly string[], name: string) => values[Math.floor(chance(name) * values.length)];
  return Object.fromEntries([
    ...(ranges.IntegerParameterRanges ?? []).map((range) => [range.Name, integer(range, chance(range.Name))]),
    ...(ranges.ContinuousParameterRanges ?? []).map((range) => [range.Name, String(scaled(range, chance(range.Name)))]),
    ...(ranges.CategoricalParameterRanges ?? []).map(({ Name, Values }) => [Name, pick(Values, Name)]),
    ...(ranges.AutoParameters ?? []).map(({ Name, ValueHint }) => [Name, around(ValueHint, chance(Name))]),
  ]);
}

function integer(range: NumericRange, chance: number): string {
  const [min, max] = [Number(range.MinValue), Number(range.MaxValue)];
  // Half a step on both sides makes the bounds as likely as the values between them, unless a logarithm requires values above 0.
  const wide = range.ScalingType === 'Logarithmic' ? range : { ...range, MinValue: String(min - 0.5), MaxValue: String(max + 0.5) };
  return String(Math.min(max, Math.max(min, Math.round(scaled(wide, chance)))));
}

function scaled({ MinValue, MaxValue, ScalingType }: NumericRange, chance: number): number {
  const [min, max] = [Number(MinValue), Number(MaxValue)];
  const between = (from: number, to: number) => from + chance * (to - from);
  if (ScalingType === 'Logarithmic') return clamp(Math.exp(between(Math.log(min), Math.log(max))), min, max);
  if (ScalingType === 'ReverseLogarithmic') return clamp(1 - Math.exp(between(Math.log(1 - min), Math.log(1 - max))), min, max);
  return between(min, max);
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}

/** Autotune selects the range itself: half to twice the hint. */
function around(hint: string, chance: number): string {
  const number = Number(hint);
  if (hint.trim() === '' || Number.isNaN(number)) return hint;
  const value = number * 2 ** (2 * chance - 1);
  return String(Number.isInteger(number) ? Math.round(value) : value);
}
