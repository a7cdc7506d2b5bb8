import { exampleOf, textOf, wholeValue } from './values';
import { CREATE, SHAPES } from '../../src/validation/model.generated';
import { OPEN_VALUES, openValues } from '../../src/validation/open-values';
import { propertyOf } from '../../src/validation/property-names';
import { requestViolations } from '../../src/validation/request-violations';
import type { RequestKind, Shape } from '../../src/validation/shape-constraints';
import { messageOf } from '../../src/validation/violation';

type Path = ReadonlyArray<string | number>;

/** What breaks one constraint at one place, what just does not, and what is said. */
interface Case {
  readonly path: Path;
  readonly bad: unknown;
  readonly good: unknown;
  readonly says: string;
}

const NOTHING = Symbol('left out');

/** Every constraint of a shape and of all that it consists of. */
function casesOf(name: string, path: Path = []): Case[] {
  const shape = SHAPES[name];
  const { key, member, members = {}, required = [], value } = shape;
  return [
    ...ownCases(name, shape).map((each) => ({ ...each, path })),
    ...required.map((each): Case => ({ path: [...path, each], bad: NOTHING, good: wholeValue(members[each]), says: 'is required' })),
    ...Object.entries(members).flatMap(([each, memberName]) => casesOf(memberName, [...path, each])),
    ...member ? casesOf(member, [...path, 0]) : [],
    ...value ? casesOf(value, [...path, wholeValue(key!)]) : [],
    ...key ? ownCases(key, SHAPES[key]).filter(({ bad }) => typeof bad === 'string').map(({ bad, good, says }): Case => ({
      path, bad: { [bad as string]: wholeValue(value!) }, good: { [good as string]: wholeValue(value!) }, says: `keys ${says}`,
    })) : [],
  ];
}

/** The strings that users may also write as numbers and booleans. */
const SCALARS = ['HyperParameterValue', 'TrainingEnvironmentValue', 'HyperParameterTrainingJobEnvironmentValue', 'ProcessingEnvironmentValue', 'TransformEnvironmentValue'];

function ownCases(name: string, { enum: values, max, member, min, pattern, type, value }: Shape): Array<Pick<Case, 'bad' | 'good' | 'says'>> {
  const range = [min !== undefined && max === undefined && `at least ${min}`, max !== undefined && min === undefined && `at most ${max}`, `${min} to ${max}`].find(Boolean);
  const sized = (one: string, several: string, make: (size: number) => unknown) => {
    const says = `must have ${range} ${range === 'at most 1' || range === 'at least 1' ? one : several}`;
    return [
      ...min !== undefined && min > 0 ? [{ bad: make(min - 1), good: make(min), says }] : [],
      ...max !== undefined ? [{ bad: make(max + 1), good: make(max), says }] : [],
    ];
  };
  switch (type) {
    case 'string': return [
      { bad: 1, good: wholeValue(name), says: SCALARS.includes(name) ? 'must be a string, a number or a boolean' : 'must be a string' },
      ...sized('character', 'characters', (size) => textOf(size, pattern)),
      ...pattern === undefined ? [] : [{ bad: exampleOf(pattern).bad, good: wholeValue(name), says: exampleOf(pattern).says }],
      ...values ? [{
        bad: 'x',
        good: values.at(-1),
        says: OPEN_VALUES[name] ? `is not a value of ${openValues(name)} in this version` : `must be one of ${values.join(', ')}`,
      }] : [],
    ];
    case 'list': return [
      { bad: 'x', good: wholeValue(name), says: 'must be a list' },
      ...sized('entry', 'entries', (size) => Array.from({ length: size }, () => wholeValue(member!))),
    ];
    case 'map': return [
      { bad: ['x'], good: wholeValue(name), says: 'must be a map' },
      ...sized('entry', 'entries', (size) => Object.fromEntries(Array.from({ length: size }, (_, index) => [`k${index}`, wholeValue(value!)]))),
    ];
    case 'structure': return [{ bad: 'x', good: wholeValue(name), says: 'must be a structure' }];
    case 'boolean': return [{ bad: 'true', good: false, says: 'must be true or false' }];
    default: return [
      { bad: NaN, good: Math.max(min ?? 1, 1), says: 'must be a ' },
      ...type === 'integer' ? [{ bad: 2 ** 31, good: max ?? 2 ** 31 - 1, says: 'must be a whole number below 2147483648' }] : [],
      ...min === undefined ? [] : [{ bad: min - 1, good: min, says: `must be ${range}` }],
      ...max === undefined ? [] : [{ bad: max + 1, good: max, says: `must be ${range}` }],
    ];
  }
}

/** The request with something else at a path. */
function changed(part: any, [step, ...steps]: Path, value: unknown): any {
  if (step === undefined) return value;
  const copy = Array.isArray(part) ? [...part] : { ...part };
  copy[step] = changed(copy[step], steps, value);
  if (copy[step] === NOTHING) delete copy[step];
  return copy;
}

const kinds = Object.keys(CREATE) as RequestKind[];
const requests = kinds.map((kind) => ({ kind, request: CREATE[kind], cases: casesOf(CREATE[kind]).filter(({ path }) => path.length > 0) }));

test.each(requests.map((each) => ({ ...each, count: each.cases.length })))('$request: each of $count constraints refuses what breaks it and takes what just does not', (
  { cases, kind, request: name },
) => {
  const messages = (request: any) => requestViolations(kind, request, {}, {}).map(messageOf);
  const whole = wholeValue(name);
  const wrong = cases.flatMap(({ bad, good, path, says }) => {
    const refused = changed(whole, path, bad);
    const taken = changed(whole, path, good);
    // The rule goes on if it is about more than this value.
    const said = (request: any) => messages(request).filter((line) => {
      const message = `${propertyOf(kind, path, request)}: ${says}`;
      return line.startsWith(message) && !/^(,| of all kinds)/.test(line.slice(message.length));
    });
    return said(refused).length > 0 && said(taken).length === 0 ? [] : [{ path: path.join('.'), says, refused: messages(refused), taken: said(taken) }];
  });

  expect(wrong.slice(0, 5)).toEqual([]);
});

test('every constraint has its cases', () => {
  const count = requests.reduce((sum, { cases }) => sum + cases.length, 0);
  console.info(`${count} constraints of the model, each with what breaks it and what just does not`);

  expect(count).toBeGreaterThan(1400);
});
