import { Lazy, Token } from 'aws-cdk-lib';
import { CASES } from './cases';
import { SHAPES } from '../../../src/validation/model.generated';
import { canBreak, type Finding, type Rule, type Structure } from '../../../src/validation/request-rule';
import { isGiven } from '../../../src/validation/request-values';
import { allRules, rulesOn } from '../../../src/validation/rules';

const RULES = allRules();

/** What can stand for any value: tokens, and nothing. */
const TOKENS = [
  Token.asString({ Ref: 'Value' }), Token.asNumber({ Ref: 'Value' }), Token.asList({ Ref: 'Value' }), Lazy.any({ produce: () => undefined }), { Ref: 'Value' }, null,
];

function findingsOf(rule: Rule, structure: Structure): readonly Finding[] {
  const { environment = {} } = CASES[rule.id];
  return canBreak(rule, Object.keys(structure).filter((member) => isGiven(structure[member]))) ? rule.check(structure, environment) : [];
}

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test('is broken where the documentation says so', () => {
    const { at, broken } = CASES[id];

    expect(findingsOf(rule, broken).map(({ path }) => path.join('.'))).toEqual(at);
  });

  test('lets pass what keeps it', () => {
    expect(CASES[id].kept.map((structure) => findingsOf(rule, structure))).toEqual(CASES[id].kept.map(() => []));
  });

  test('bears tokens wherever they stand', () => {
    for (const structure of [CASES[id].broken, ...CASES[id].kept]) {
      for (const withToken of TOKENS.flatMap((token) => replacements(structure, token))) expect(() => findingsOf(rule, withToken)).not.toThrow();
    }
  });
});

test('every rule has a case, and every case a rule', () => {
  expect(Object.keys(CASES).sort()).toEqual(RULES.map(({ id }) => id).sort());
  expect(Object.values(CASES).filter(({ at, kept }) => at.length === 0 || kept.length === 0)).toEqual([]);

  const errors = RULES.filter(({ level }) => level === 'error').length;
  const passing = Object.values(CASES).reduce((count, { kept }) => count + kept.length, 0);
  process.stdout.write(`${RULES.length} rules between members: ${errors} errors, ${RULES.length - errors} warnings; ${RULES.length} violating and ${passing} passing requests\n`);
});

test('a rule is known by one id for ever', () => {
  const ids = RULES.map(({ id }) => id);

  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
});

test('a rule is about structures of the API and says where it is documented', () => {
  expect(RULES.flatMap(({ on }) => on).filter((name) => SHAPES[name]?.type !== 'structure')).toEqual([]);
  expect(RULES.filter(({ on, source }) => on.length === 0 || source === '')).toEqual([]);
  expect(RULES.map(({ source }) => /^(\w+)\.(\w+)$/.exec(source)).filter((member) => member && !SHAPES[member[1]]?.members?.[member[2]])).toEqual([]);
});

test('the members that a rule names are members of the API', () => {
  const members = new Set(Object.values(SHAPES).flatMap((shape) => Object.keys(shape.members ?? {})));
  const named = RULES.flatMap(({ rule }) => [...rule.matchAll(/`([A-Z][\w.]*)`/g)].flatMap(([, path]) => path.split('.')));

  expect(named.filter((member) => !members.has(member))).toEqual([]);
});

/** The structure with a token in the place of each value in turn. */
function replacements(value: unknown, token: unknown): Structure[] {
  if (typeof value !== 'object' || value === null || Token.isUnresolved(value)) return [];
  return Object.keys(value).flatMap((key) => [token, ...replacements((value as Structure)[key], token)].map((part) => (Array.isArray(value)
    ? Object.assign([...value], { [key]: part })
    : { ...value, [key]: part })));
}

test('a rule is found for each of its structures', () => {
  const missing = RULES.flatMap(({ id, on }) => on.filter((structure) => !rulesOn(structure).some((rule) => rule.id === id)).map((structure) => `${id} on ${structure}`));
  expect(missing).toEqual([]);
});
