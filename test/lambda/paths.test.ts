import { read, readAll, write } from '../../lambda/paths';

describe('a value is read', () => {
  test.each<[unknown, string[], unknown]>([
    [{ A: { B: 1 } }, ['A', 'B'], 1],
    [{ A: { B: 1 } }, ['A'], { B: 1 }],
    [{ A: 'text' }, ['A', 'length'], undefined],
    [{ A: ['element'] }, ['A', 'length'], undefined],
    [{ A: [{ B: 1 }, { B: 2 }] }, ['A', '1', 'B'], 2],
    [{ A: null }, ['A', 'B'], undefined],
    [{}, ['A', 'B'], undefined],
    [undefined, ['A'], undefined],
  ])('of %j at %j: %j', (value, path, expected) => {
    expect(read(value, path)).toEqual(expected);
  });
});

describe('all values are read', () => {
  test.each<[unknown, string[], unknown[]]>([
    [{ A: { B: 1 } }, ['A', 'B'], [1]],
    [{ A: [{ B: 1 }, { B: 2 }, {}] }, ['A', 'B'], [1, 2]],
    [{ A: { B: ['b', 'a'] } }, ['A', 'B'], ['b', 'a']],
    [{ A: 'text' }, ['A', 'length'], []],
    [undefined, ['A'], []],
  ])('of %j at %j: %j', (value, path, expected) => {
    expect(readAll(value, path)).toEqual(expected);
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
    [{ A: [{ B: 1 }, { B: 2, C: 3 }] }, ['A', '1', 'B'], { A: [{ B: 1 }, { B: 'new', C: 3 }] }],
  ])('into %j at %j: %j', (value, path, expected) => {
    const before = JSON.stringify(value);
    expect(write(value, path, 'new')).toEqual(expected);
    expect(JSON.stringify(value)).toBe(before);
  });
});
