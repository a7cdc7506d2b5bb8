import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import * as ts from 'typescript';
import { withEmulatedOperations } from '../../tools/constraints/emulated-operations';

const ROOT = resolve(__dirname, '../..');
const LOCAL = join(ROOT, 'local');
/** What gives a test, or a group of tests, its title. */
const TITLED = ['describe', 'test', 'testWithScripts'];

/** A row of a table that names tests. */
interface Row {
  readonly readme: string;
  readonly behavior: string;
  /** The paths in the heading above the table. */
  readonly above: readonly string[];
  /** What is in the column for tests: names of files without `.test.ts`, and the first words of titles. */
  readonly named: readonly string[];
}

const readmes = readdirSync(LOCAL, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('README.md')).sort();
const rows = readmes.flatMap((readme) => rowsOf(readme, readFileSync(join(LOCAL, readme), 'utf8')));

function rowsOf(readme: string, text: string): Row[] {
  let above: string[] = [];
  let hasTests = false;
  return text.split('\n').flatMap((line) => {
    if (line.startsWith('#')) above = quoted(line);
    if (!line.startsWith('|')) {
      hasTests = false;
      return [];
    }
    const cells = line.split('|').slice(1, -1).map((cell) => cell.trim());
    if (cells.at(-1) === 'test') hasTests = true;
    else if (hasTests && !/^-+$/.test(cells[0])) return [{ readme, behavior: cells[0], above, named: quoted(cells.at(-1)!) }];
    return [];
  });
}

function quoted(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, words]) => words);
}

/** The test files that a path stands for: a file, a file without its ending, or all of a directory. */
function filesAt(path: string): string[] {
  if (existsSync(`${path}.test.ts`)) return [`${path}.test.ts`];
  if (!existsSync(path)) return [];
  return statSync(path).isFile() ? [path] : readdirSync(path).filter((file) => file.endsWith('.test.ts')).map((file) => join(path, file));
}

/** The titles in a file; what differs from row to row of a table is an ellipsis. */
function titlesIn(file: string): string[] {
  const titles: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.arguments.length > 0 && TITLED.some((name) => node.expression.getText().startsWith(name))) {
      const [title] = node.arguments;
      if (ts.isStringLiteralLike(title) || ts.isTemplateExpression(title)) titles.push(title.getText().slice(1, -1).replace(/%[spij]|\$\w+|\$\{[^}]*\}/g, '…').replace(/\\(.)/g, '$1'));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
  return titles;
}

/** What a row names and there is not. */
function missing({ readme, above, named }: Row): string[] {
  const ofHeading = above.flatMap((path) => filesAt(join(ROOT, path)));
  const places = [join(ROOT, 'test', relative(ROOT, join(LOCAL, dirname(readme)))), ...new Set(ofHeading.map(dirname))];
  let files = ofHeading;
  return named.filter((words) => {
    const found = places.flatMap((place) => filesAt(join(place, words)));
    if (found.length > 0) {
      files = found;
      return false;
    }
    return !files.flatMap(titlesIn).some((title) => title.startsWith(words.replace(/ ?…$/, '')));
  });
}

test('there are tables of behaviors, and the places where they are tested', () => {
  expect(readmes).toContain('README.md');
  expect(rows.length).toBeGreaterThan(100);
});

test('the table of emulated operations is current', async () => {
  const page = readFileSync(join(LOCAL, 'README.md'), 'utf8');
  expect(page).toMatch(/^\| sagemaker \| .*CreateTrainingJob, /m);
  expect(await withEmulatedOperations(page)).toBe(page);
});

test.each(rows.map((row): [string, string, Row] => [row.readme, row.behavior, row]))('%s tells where it is tested: %s', (_readme, _behavior, row) => {
  expect(row.named).not.toEqual([]);
  expect(missing(row)).toEqual([]);
});
