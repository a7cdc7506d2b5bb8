import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CREATE, SHAPES } from '../../src/validation/model.generated';
import { withPropertyNames } from '../../src/validation/property-names';
import type { Path } from '../../src/validation/request-rule';
import { RULES } from '../../src/validation/rules';
import type { RequestKind } from '../../src/validation/shape-constraints';
import { renderPage } from '../../tools/constraints/page';

const page = readFileSync(join(__dirname, '../../docs/validation-rules.md'), 'utf8');

test('the page is what the tables make', () => {
  expect(page).toBe(renderPage());
});

test.each(RULES.map(({ id, level, source }) => [id, level, source]))('the page lists %s as %s', (id, level, source) => {
  expect(page).toMatch(new RegExp(`^\\| \`${id}\` \\| ${level} \\| .* \\| ${source.replace(/[()]/g, '\\$&')} \\|$`, 'm'));
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
