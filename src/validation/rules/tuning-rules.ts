import type { Path, Structure } from '../request-rule';
import { at, isGiven, isKnown, structure, structures } from '../request-values';

/** The request of a tuning job. */
export const TUNING = ['CreateHyperParameterTuningJobRequest'];

export const CONFIG = 'HyperParameterTuningJobConfig';

/** Returns the definitions of a tuning job with their paths. */
export function definitionsOf(request: Structure): Array<[definition: Structure, path: Path]> {
  const single: Array<[Structure, Path]> = isGiven(request.TrainingJobDefinition)
    ? structures([request.TrainingJobDefinition]).map(([definition]) => [definition, ['TrainingJobDefinition']])
    : [];
  return [...single, ...structures(request.TrainingJobDefinitions).map(([definition, index]): [Structure, Path] => [definition, ['TrainingJobDefinitions', index]])];
}

/** Returns all parameter ranges of a tuning job with their paths, without tokens. */
export function rangesOf(request: Structure): Array<[ranges: Structure, path: Path]> {
  return placesOfRanges(request).flatMap(([ranges, path]) => (ranges ? [[ranges, path]] : []));
}

/** Returns the number of combinations of the categorical ranges of a tuning job, if it is known. */
export function combinationsOf(request: Structure): number | undefined {
  const { TrainingJobDefinition: single = {}, TrainingJobDefinitions: several = [] } = request;
  if (!structure(single) || !isKnown(several)) return undefined;
  const total = placesOfRanges(request).reduce((sum, [ranges]) => sum + combinations(ranges), 0);
  return Number.isNaN(total) ? undefined : total;
}

function placesOfRanges(request: Structure): Array<[ranges: Structure | undefined, path: Path]> {
  return [
    [at(request, CONFIG, 'ParameterRanges'), [CONFIG, 'ParameterRanges']],
    ...definitionsOf(request).map(([definition, path]): [Structure | undefined, Path] =>
      [at(definition, 'HyperParameterRanges'), [...path, 'HyperParameterRanges']]),
  ];
}

function combinations(ranges: Structure | undefined): number {
  const categories = ranges ? ranges.CategoricalParameterRanges ?? [] : undefined;
  if (!isKnown(categories)) return NaN;
  return categories.length === 0 ? 0 : categories.reduce<number>((product, range) => product * valuesOf(range), 1);
}

function valuesOf(range: unknown): number {
  const values = structure(range)?.Values;
  return isKnown(values) ? values.length : NaN;
}
