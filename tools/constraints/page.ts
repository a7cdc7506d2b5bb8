import { CONSTRUCT_CHECKS } from './construct-checks';
import { CONSTRUCTS, memberAt, type PlaceOfShape, placesOf, REQUEST_KINDS, table, withoutIndices } from './places';
import { CREATE, SHAPES } from '../../src/validation/model.generated';
import { OPEN_VALUES, openValues, unknownValueId } from '../../src/validation/open-values';
import { withPropertyNames, propertyOf } from '../../src/validation/property-names';
import type { Path } from '../../src/validation/request-rule';
import { RULES } from '../../src/validation/rules';
import { constraintsOf, type RequestKind } from '../../src/validation/shape-constraints';
import { CASES } from '../../test/validation/rules/cases';

/** The page that lists all that is checked at synthesis. */
export function renderPage(): string {
  return `${[
    '# What is checked at synthesis',
    'This page is made by `npx projen constraints`.',
    'A request that the service would refuse is refused when the app is synthesized: with the path of the construct, the property, what must hold, and what was given. '
    + 'What only the deployment knows (tokens) passes. Values of hyperparameters, environment variables and arguments are never shown.',
    'A property with `[]` is one of every element of a list, and `*` stands for every key.',
    'A warning is acknowledged by its id: `Annotations.of(job).acknowledgeWarning(\'cdk-sagemaker-jobs:<id>\')`.',
    '## Rules between properties',
    ...REQUEST_KINDS.flatMap((kind) => rulesOf(kind)),
    '## Rules that no request shows',
    'These rules are about what constructs add to a request, or leave out of it.',
    table(['id', 'level', 'construct', 'property', 'what must hold', 'documented at'], CONSTRUCT_CHECKS.map(({ constructs, id, property, rule, source }) => [
      id === undefined ? '' : `\`${id}\``, id === undefined ? 'error' : 'warning', constructs, `\`${property}\``, rule, source,
    ])),
    '## Values that no release knows yet',
    'The classes with `of()` take any value. One that was not known when this version was released is a warning:',
    table(['class', 'id of the warning'], Object.keys(OPEN_VALUES).sort((a, b) => openValues(a).localeCompare(openValues(b)))
      .map((shape) => [openValues(shape).replace(/^\w+/, '`$&`'), `\`${unknownValueId(shape)}\``])),
    '## Limits of single properties',
    ...REQUEST_KINDS.flatMap((kind) => [`### ${CONSTRUCTS[kind]}`, table(['property', 'member of the API', 'limit'], limitsOf(kind))]),
  ].join('\n\n')}\n`;
}

function rulesOf(kind: RequestKind): string[] {
  const structures = placesOf(CREATE[kind]);
  const rows = RULES.flatMap(({ id, level, on, rule, source }) => {
    const [first, ...others] = on.flatMap((name) => structures.find((place) => place.name === name) ?? []);
    if (!first) return [];
    const properties = [first, ...others].flatMap((place) => propertiesAtFault(kind, place, id));
    return [[`\`${id}\``, level, asCode(properties), withPropertyNames(rule, kind, first.path, properties[0]), source]];
  });
  return rows.length === 0 ? [] : [`### ${CONSTRUCTS[kind]}`, table(['id', 'level', 'property', 'what must hold', 'documented at'], rows)];
}

/** The properties that break a rule in its case. */
function propertiesAtFault(kind: RequestKind, { name, path }: PlaceOfShape, id: string): string[] {
  return CASES[id].at.flatMap((at) => propertyOf(kind, [...path, ...inGeneral(name, at.split('.').filter(Boolean))]) ?? []);
}

/** A path that stands for all elements of a list and for all values of a map. */
function inGeneral(name: string, [step, ...steps]: readonly string[]): Path {
  if (step === undefined) return [];
  const { member, members = {}, value } = SHAPES[name];
  if (member) return [0, ...inGeneral(member, steps)];
  if (value) return ['*', ...inGeneral(value, steps)];
  return members[step] ? [step, ...inGeneral(members[step], steps)] : [step];
}

function asCode(properties: readonly string[]): string {
  return [...new Set(properties)].map((property) => `\`${withoutIndices(property)}\``).join(', ');
}

function limitsOf(kind: RequestKind): string[][] {
  return placesOf(CREATE[kind]).filter(({ path }) => path.length > 0).flatMap(({ name, path, required }) => {
    const { enum: values = [], key } = SHAPES[name];
    const limits = [
      ...required ? ['must be given'] : [],
      ...constraintsOf(SHAPES[name]).map(({ rule }) => rule),
      ...key ? constraintsOf(SHAPES[key]).map(({ rule }) => `keys ${rule}`) : [],
      ...values.length === 0 ? [] : [OPEN_VALUES[name] ? `must be a value of ${openValues(name)}` : `must be one of ${values.join(', ')}`],
    ];
    return limits.length === 0 ? [] : [[`\`${withoutIndices(propertyOf(kind, path)!)}\``, `\`${memberAt(path)}\``, limits.map(patternAsCode).join('; ')]];
  });
}

function patternAsCode(limit: string): string {
  return limit.replace(/^((?:keys )?must match )(.*)$/, '$1`$2`');
}
