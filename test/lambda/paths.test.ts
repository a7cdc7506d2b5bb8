import { omit, read, write } from '../../lambda/paths';

describe('a value is read', () => {
  test.each<[unknown, string[], unknown]>([
    [{ A: { B: 1 } }, ['A', 'B'], 1],
    [{ A: { B: 1 } }, ['A'], { B: 1 }],
    [{ A: 'text' }, ['A', 'length'], undefined],
    [{ A: ['element'] }, ['A', 'length'], undefined],
    [{ A: null }, ['A', 'B'], undefined],
    [{}, ['A', 'B'], undefined],
    [undefined, ['A'], undefined],
  ])('of %j at %j: %j', (value, path, expected) => {
    expect(read(value, path)).toEqual(expected);
  });
});

describe('a member is left out', () => {
  test.each<[Record<string, unknown>, string[], object]>([
    [{ A: 1, B: 2 }, ['A'], { B: 2 }],
    [{ A: { B: 1 }, D: 3 }, ['A'], { D: 3 }],
    [{ A: { B: 1, C: 2 }, D: 3 }, ['A', 'B'], { A: { C: 2 }, D: 3 }],
    [{ A: { B: 1 }, D: 3 }, ['A', 'B'], { D: 3 }],
    [{ A: { B: { C: 1 } } }, ['A', 'B', 'C'], {}],
    [{ A: { C: 2 } }, ['A', 'B'], { A: { C: 2 } }],
    [{ A: { B: undefined } }, ['A', 'B'], {}],
    [{ A: 'text' }, ['A', 'length'], { A: 'text' }],
    [{ A: ['element'] }, ['A', '0'], { A: ['element'] }],
    [{ A: null }, ['A', 'B'], { A: null }],
    [{ B: 1 }, ['A', 'B'], { B: 1 }],
  ])('of %j at %j: %j', (value, path, expected) => {
    const before = JSON.stringify(value);
    expect(omit(value, path)).toEqual(expected);
    expect(JSON.stringify(value)).toBe(before);
  });
});

describe('a value is written', () => {
  test.each<[Record<string, unknown>, string[], object]>([
    [{}, ['A'], { A: 'new' }],
    [{ A: 1, B: 2 }, ['A'], { A: 'new', B: 2 }],
    [{ A: { C: 1 } }, ['A', 'B'], { A: { B: 'new', C: 1 } }],
    [{}, ['A', 'B', 'C'], { A: { B: { C: 'new' } } }],
    [{ A: 'text' }, ['A', 'B'], { A: { B: 'new' } }],
    [{ A: ['element'] }, ['A', 'B'], { A: { B: 'new' } }],
  ])('into %j at %j: %j', (value, path, expected) => {
    const before = JSON.stringify(value);
    expect(write(value, path, 'new')).toEqual(expected);
    expect(JSON.stringify(value)).toBe(before);
  });
});
