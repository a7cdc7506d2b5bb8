import { constraintsOf } from '../../src/private/validation/constraints';
import { CREATE, SHAPES } from '../../src/private/validation/model';
import { OPEN_VALUES, unknownValueId } from '../../src/private/validation/open-values';
import { propertyOf } from '../../src/private/validation/properties';
import type { Path } from '../../src/private/validation/rule';
import { RULES } from '../../src/private/validation/rules';
import type { RequestKind } from '../../src/private/validation/shape';
import { inUsersWords } from '../../src/private/validation/words';

const CONSTRUCTS: { readonly [kind in RequestKind]: string } = {
  trainingJob: 'TrainingJob',
  hyperParameterTuningJob: 'HyperParameterTuningJob',
  compilationJob: 'CompilationJob',
  notebookInstance: 'NotebookInstance',
  notebookInstanceLifecycleConfig: 'NotebookInstanceLifecycleConfig',
};

const KINDS = Object.keys(CONSTRUCTS) as RequestKind[];

/** The page that lists all that is checked at synthesis. */
export function renderPage(): string {
  return `${[
    '# What is checked at synthesis',
    'This page is made by `npx projen constraints`.',
    'A request that the service would refuse is refused when the app is synthesized: with the path of the construct, the property, what must hold, and what was given. '
    + 'What only the deployment knows (tokens) passes. Values of hyperparameters, environment variables and arguments are never shown.',
    'A warning is acknowledged by its id: `Annotations.of(job).acknowledgeWarning(\'cdk-sagemaker-jobs:<id>\')`.',
    '## Rules between properties',
    ...KINDS.flatMap((kind) => rulesOf(kind)),
    '## Values that no release knows yet',
    'The classes with `of()` take any value. One that was not known when this version was released is a warning:',
    table(['class', 'id of the warning'], Object.values(OPEN_VALUES).sort().map((name) => [`\`${name}\``, `\`${unknownValueId(name)}\``])),
    '## Limits of single properties',
    ...KINDS.flatMap((kind) => [`### ${CONSTRUCTS[kind]}`, table(['property', 'member of the API', 'limit'], limitsOf(kind))]),
  ].join('\n\n')}\n`;
}

function rulesOf(kind: RequestKind): string[] {
  const structures = placesOf(CREATE[kind]);
  const rows = RULES.flatMap((rule) => {
    const places = structures.filter(({ name }) => rule.on.includes(name));
    if (places.length === 0) return [];
    const [{ path }] = places;
    const names = [...new Set(places.map(({ name }) => `\`${name}\``))].join(', ');
    return [[`\`${rule.id}\``, rule.level, names, inUsersWords(rule.rule, kind, path, `${propertyOf(kind, path)}.`), rule.source]];
  });
  return rows.length === 0 ? [] : [`### ${CONSTRUCTS[kind]}`, table(['id', 'level', 'checked in', 'what must hold', 'documented at'], rows)];
}

function limitsOf(kind: RequestKind): string[][] {
  return placesOf(CREATE[kind]).filter(({ path }) => path.length > 0).flatMap(({ name, path, required }) => {
    const { enum: values = [], key } = SHAPES[name];
    const limits = [
      ...required ? ['must be given'] : [],
      ...constraintsOf(SHAPES[name]).map(({ rule }) => rule),
      ...key ? constraintsOf(SHAPES[key]).map(({ rule }) => `keys ${rule}`) : [],
      ...values.length === 0 ? [] : [OPEN_VALUES[name] ? `must be a value of ${OPEN_VALUES[name]}` : `must be one of ${values.join(', ')}`],
    ];
    const member = path.map((step) => (step === 0 ? '[]' : step)).join('.').replace(/\.\[\]/g, '[]');
    return limits.length === 0 ? [] : [[`\`${withoutIndices(propertyOf(kind, path)!)}\``, `\`${member}\``, limits.map(patternAsCode).join('; ')]];
  });
}

function patternAsCode(limit: string): string {
  return limit.replace(/^((?:keys )?must match )(.*)$/, '$1`$2`');
}

interface PlaceOfShape {
  readonly name: string;
  readonly path: Path;
  readonly required: boolean;
}

/** Where in a request which shapes stand; the first element stands for all of a list, `*` for all values of a map. */
function placesOf(name: string, path: Path = [], required = false): PlaceOfShape[] {
  const { member, members = {}, required: demanded = [], value } = SHAPES[name];
  return [
    { name, path, required },
    ...Object.entries(members).flatMap(([each, shape]) => placesOf(shape, [...path, each], demanded.includes(each))),
    ...member ? placesOf(member, [...path, 0]) : [],
    ...value ? placesOf(value, [...path, '*']) : [],
  ];
}

function withoutIndices(property: string): string {
  return property.replace(/\[0\]/g, '[]');
}

function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}
