import { algorithmOf } from './algorithm-images';
import { didYouMean } from './nearest-name';
import { CONFIG, definitionsOf } from './tuning-rules';
import { type AlgorithmInputs, type HyperparameterFact, hyperparametersOf, type ValueFact } from '../../images/algorithm-inputs';
import type { Finding, Path, Rule, Structure } from '../request-rule';
import { at, isGiven, isKnown, isToken, structures, literalString } from '../request-values';

const JOBS = ['CreateTrainingJobRequest', 'CreateHyperParameterTuningJobRequest'];
const PAGES = 'Use Amazon SageMaker Built-in Algorithms: the hyperparameters of the algorithm';
const RANGES = ['IntegerParameterRanges', 'ContinuousParameterRanges', 'CategoricalParameterRanges'];

/** Rules of the hyperparameters of built-in algorithms. */
export const HYPERPARAMETER_RULES: readonly Rule[] = [
  {
    id: 'algorithm-hyperparameter-name',
    on: JOBS,
    level: 'warning',
    source: PAGES,
    rule: 'must be a documented hyperparameter of the built-in algorithm',
    check: (request) => trainingsOf(request).flatMap((training) => [...entriesOf(training), ...training.tuned ?? []]
      .filter(([parameter]) => !isInternal(parameter) && !hyperparametersOf(training.inputs)[parameter])
      .map(([parameter, , path]) => ({
        path,
        rule: `unknown hyperparameter '${parameter}' of ${training.name}${didYouMean(parameter, Object.keys(hyperparametersOf(training.inputs)))}`,
        namesValue: true,
      }))),
  },
  {
    id: 'algorithm-hyperparameter-value',
    on: JOBS,
    level: 'error',
    source: PAGES,
    rule: 'must be a documented value of the hyperparameter',
    check: (request) => trainingsOf(request).flatMap((training) => (training.inputs.versioned ? [] : wrongValues(training))),
  },
  {
    id: 'algorithm-hyperparameter-value-of-version',
    on: JOBS,
    level: 'warning',
    source: 'XGBoost hyperparameters, and the hyperparameter validation of aws/sagemaker-xgboost-container',
    rule: 'must be a documented value of the hyperparameter; versions of the algorithm can differ',
    check: (request) => trainingsOf(request).flatMap((training) => (training.inputs.versioned ? wrongValues(training) : [])),
  },
  {
    id: 'algorithm-hyperparameter-required',
    on: JOBS,
    level: 'error',
    source: PAGES,
    rule: 'must include the hyperparameters that the built-in algorithm requires',
    check: (request) => trainingsOf(request).flatMap(({ inputs, name, parameters, path, tuned }) => {
      if (!parameters || !tuned || Object.keys(parameters).some(isToken)) return [];
      return Object.entries(hyperparametersOf(inputs))
        .filter(([parameter]) => !isGiven(parameters[parameter]) && !tuned.some(([other]) => other === parameter))
        .filter(([, fact]) => isRequired(fact, parameters))
        .map(([parameter, { required }]) => ({ path, rule: `must include \`${parameter}\`, which ${name} requires${reasonOf(required)}` }));
    }),
  },
];

/** A hyperparameter with its value, if specified, and its path. */
type Entry = readonly [parameter: string, value: unknown, path: Path];

/** A training job with a built-in algorithm. */
interface AlgorithmTraining {
  readonly name: string;
  readonly inputs: AlgorithmInputs;
  /** The hyperparameters, unless they are a token. */
  readonly parameters?: Structure;
  readonly path: Path;
  /** The tuned hyperparameters. Undefined if some are unknown. */
  readonly tuned?: readonly Entry[];
}

function trainingsOf(request: Structure): AlgorithmTraining[] {
  const definitions = definitionsOf(request);
  const shared = definitions.length === 0 ? [] : rangesAt(request, [CONFIG, 'ParameterRanges']);
  return [
    ...algorithmTraining(request, ['HyperParameters'], []),
    ...definitions.flatMap(([definition, path]) => {
      const own = rangesAt(definition, ['HyperParameterRanges'], path);
      const tuned = isGiven(request.Autotune) || !shared || !own ? undefined : [...shared, ...own];
      return algorithmTraining(definition, [...path, 'StaticHyperParameters'], tuned);
    }),
  ];
}

function algorithmTraining(training: Structure, path: Path, tuned: readonly Entry[] | undefined): AlgorithmTraining[] {
  const algorithm = algorithmOf(training);
  return algorithm ? [{ ...algorithm, parameters: at(training, String(path.at(-1))), path, tuned }] : [];
}

/** The names of all ranges. Undefined if one is a token. */
function rangesAt(parent: Structure, members: readonly string[], before: Path = []): Entry[] | undefined {
  const ranges = at(parent, ...members);
  const lists = RANGES.map((kind) => ranges?.[kind] ?? []);
  if (!ranges || !lists.every(isKnown)) return undefined;
  const entries = lists.flatMap((list, kind) => structures(list).map(([{ Name }, index]): Entry => [literalString(Name) ?? '', undefined, [...before, ...members, RANGES[kind], index, 'Name']]));
  return entries.some(([parameter]) => parameter === '') ? undefined : entries;
}

function entriesOf({ parameters = {}, path }: AlgorithmTraining): Entry[] {
  return Object.entries(parameters)
    .filter(([parameter]) => !isToken(parameter))
    .map(([parameter, value]): Entry => [parameter, value, [...path, parameter]]);
}

/** Whether a hyperparameter is set by tools of SageMaker. */
function isInternal(parameter: string): boolean {
  return /^(_|sagemaker_)/.test(parameter);
}

function isRequired({ required }: HyperparameterFact, parameters: Structure): boolean {
  return required === true || (required !== undefined && required.values.includes(bare(literalString(parameters[required.hyperparameter]) ?? '')));
}

function reasonOf(required: HyperparameterFact['required']): string {
  return typeof required === 'object' ? ` where \`${required.hyperparameter}\` is ${required.values.join(' or ')}` : '';
}

function wrongValues(training: AlgorithmTraining): Finding[] {
  return entriesOf(training).flatMap(([parameter, given, path]) => {
    const values = hyperparametersOf(training.inputs)[parameter]?.values;
    const value = literalString(given);
    if (!values || value === undefined || values.some((fact) => accepts(fact, bare(value)))) return [];
    const literals = values.filter((fact) => typeof fact === 'string');
    return [{ path, rule: `must be ${values.map(inWords).join(values.length > 2 ? ', ' : ' or ')}${didYouMean(bare(value), literals)}` }];
  });
}

/** Removes the quotes that the SageMaker Python SDK puts around a value. */
function bare(value: string): string {
  return value.trim().replace(/^(["'])(.*)\1$/, '$2');
}

function accepts(fact: ValueFact, value: string): boolean {
  if (typeof fact === 'string') return fact === value || (/^[01]$/.test(fact) && /^(true|false)$/i.test(value));
  if ('boolean' in fact) return /^(true|false|0|1)$/i.test(value);
  const number = value === '' ? NaN : Number(value);
  const within = (fact.minExcluded ? number > fact.min : number >= fact.min) && (fact.maxExcluded ? number < fact.max : number <= fact.max);
  return within && (!fact.integer || Number.isInteger(number));
}

function inWords(fact: ValueFact): string {
  if (typeof fact === 'string') return fact;
  if ('boolean' in fact) return 'true or false';
  const limits = [
    ...fact.min === -Infinity ? [] : [fact.minExcluded ? `greater than ${fact.min}` : `at least ${fact.min}`],
    ...fact.max === Infinity ? [] : [fact.maxExcluded ? `less than ${fact.max}` : `at most ${fact.max}`],
  ];
  return `${fact.integer ? 'an integer' : 'a number'}${limits.length === 0 ? '' : ` ${limits.join(' and ')}`}`;
}
