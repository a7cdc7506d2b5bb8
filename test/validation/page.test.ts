import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CREATE, SHAPES } from '../../src/validation/model.generated';
import { withPropertyNames } from '../../src/validation/property-names';
import type { Path } from '../../src/validation/request-rule';
import { allRules } from '../../src/validation/rules';
import type { RequestKind } from '../../src/validation/shape-constraints';
import { CONSTRUCT_CHECKS } from '../../tools/constraints/construct-checks';
import { renderMembersPage } from '../../tools/constraints/members-page';
import { renderProperties } from '../../tools/constraints/properties';
import { renderPage } from '../../tools/constraints/rules-page';

const RULES = allRules();

const ROOT = join(__dirname, '../..');
const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const page = textOf('docs/validation-rules.md');

test('the page is what the tables make', () => {
  expect(page).toBe(renderPage());
});

test('the page of API members and the table of properties are made from the model and the declarations', () => {
  expect(textOf('docs/api-members.md')).toBe(renderMembersPage());
  expect(textOf('src/validation/property-types.generated.ts')).toBe(renderProperties());
});

test('every member of a create request has a row in the page of API members', () => {
  const members = textOf('docs/api-members.md').match(/^\| `[A-Z][^`]*` \| `[^`]+` \|$/gm) ?? [];

  expect(members.length).toBeGreaterThan(400);
  expect(members).toContain('| `ResourceConfig.InstanceType` | `instanceType` |');
  expect(members).toContain('| `TrainingJobDefinition.StaticHyperParameters` | `trainingJobDefinition.hyperParameters` |');
});

test('the page lists every warning of a construct, with its source', () => {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.includes('rules/'));
  const ids = files.flatMap((file) => [...textOf(join('src', file)).matchAll(/(?:warning(?::| =) |addWarningV2\(\s*)'(?:cdk-sagemaker-jobs:)?([a-z-]+)'/g)].map(([, id]) => id));

  expect([...new Set(ids)].sort()).toEqual(CONSTRUCT_CHECKS.flatMap(({ id }) => id ?? []).sort());
  expect(ids.filter((id) => !page.includes(`| \`${id}\` | warning |`))).toEqual([]);
});

test.each(RULES.map(({ id, level, source }) => [id, level, source]))('the page lists %s as %s', (id, level, source) => {
  expect(page).toMatch(new RegExp(`^\\| \`${id}\` \\| ${level} \\| .* \\| ${source.replace(/[()]/g, '\\$&')} \\|$`, 'm'));
});

test('no rule has this library as its source', () => {
  const sources = [...RULES, ...CONSTRUCT_CHECKS].map(({ source }) => source);

  expect(sources.filter((source) => /docs\/|\.md|library/i.test(source))).toEqual([]);
});

/** Where in a request a structure stands. */
function pathsOf(structure: string, name: string, path: Path = []): Path[] {
  const { member, members = {} } = SHAPES[name];
  return [
    ...name === structure ? [path] : [],
    ...Object.entries(members).flatMap(([each, shape]) => pathsOf(structure, shape, [...path, each])),
    ...member ? pathsOf(structure, member, [...path, 0]) : [],
  ];
}

test.each(RULES.map((rule) => [rule.id, rule] as const))('%s speaks of properties, wherever it is checked', (_id, { advice = '', on, rule }) => {
  const said = (Object.keys(CREATE) as RequestKind[]).flatMap((kind) => on
    .flatMap((structure) => pathsOf(structure, CREATE[kind]))
    .flatMap((path) => [rule, advice].map((words) => withPropertyNames(words, kind, path, ''))));

  expect(said.length).toBeGreaterThan(0);
  expect(said.filter((words) => /`[A-Z]/.test(words))).toEqual([]);
});
