import { sentence } from '../../lambda/sentence';

test.each([
  ['It failed', 'It failed.'],
  ['It failed.', 'It failed.'],
  ['It failed!', 'It failed!'],
  ['Did it fail?', 'Did it fail?'],
  ['Version 1.2', 'Version 1.2.'],
  ['See https://example.com/a', 'See https://example.com/a'],
  ['See https://example.com/a for more', 'See https://example.com/a for more.'],
])('%p ends as %p', (text, expected) => {
  expect(sentence(text)).toBe(expected);
});
