import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Journal } from '../../../local/persistence/journal';

const directory = mkdtempSync(join(tmpdir(), 'journal-'));
const file = join(directory, 'journal');
const open = () => new Journal<object>(file, () => true);
afterEach(() => open().remove());
afterAll(() => rmSync(directory, { recursive: true }));

test('a journal that was never written is empty', () => {
  expect(open().read()).toEqual([]);
});

test('a line that was not written to its end is as if it had never been begun', () => {
  // given
  open().append({ first: 'ä\n' });
  appendFileSync(file, '{"second":"');
  // when
  const entries = open().read();
  open().append({ third: 3 });
  // then
  expect(entries).toEqual([{ first: 'ä\n' }]);
  expect(open().read()).toEqual([{ first: 'ä\n' }, { third: 3 }]);
});

test('entries take the place of all others', () => {
  // given
  const journal = open();
  journal.append({ old: 1 });
  // when
  journal.rewrite([{ fresh: 1 }, { fresh: 2 }]);
  // then
  expect(journal.read()).toEqual([{ fresh: 1 }, { fresh: 2 }]);
});

test('nothing is written when the guard forbids it', () => {
  // given
  const journal = open();
  const closed = new Journal<object>(file, () => false);
  journal.append({ kept: true });
  const before = readFileSync(file);
  // when
  closed.append({ lost: true });
  closed.rewrite([]);
  closed.remove();
  // then
  expect(readFileSync(file)).toEqual(before);
});
