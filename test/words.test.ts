import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

const ROOT = join(__dirname, '..');

/**
 * The folders and files of code whose comments, messages and names follow the rules. A folder is added once it is rewritten,
 * with the documents that are generated from it.
 */
const CODE: readonly string[] = ['bench', 'cli', 'examples', 'lambda', 'local', 'src', 'tools'];

const DOCUMENTS: readonly string[] = [
  'README.md', 'ARCHITECTURE.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'test/lambda/survivors.md',
  ...filesIn('docs', '.md'),
  ...filesIn('cli', '.md'),
  ...filesIn('local', '.md'),
];

/** Words to avoid, with the words to write instead. */
const TERMS: ReadonlyArray<readonly [RegExp, string]> = [
  [/\ballows? to\b/i, '"Grants permission to …" or "is allowed to"'],
  [/\b(?:taken?|takes|taking|took) up\b/i, 'reused; resumed'],
  [/\bstrays?\b/i, 'orphaned'],
  [/\bwho(?:m)?ever\b/i, 'the caller; another principal'],
  [/\bsomebody\b|\bsomeone\b/i, 'a principal; a user'],
  [/\b(?:is|are|was|were|be|been) told\b|\btold (?:to|apart|by)\b/i, 'configured; passed; specified; distinguished'],
  [/\bsa(?:id|ys|y) (?:otherwise|so)\b|\bis said\b|\bsaid once\b/i, 'configured; specified'],
  [/\bgo(?:es)? before\b|\bcomes? first\b/i, 'takes precedence'],
  [/\bknown everywhere\b|\bnot spread\b/i, 'not yet propagated'],
  [/\bas it was wanted\b/i, 'the job succeeded'],
  [/\bworthless\b|\bshortfall\b/i, 'without a result'],
  [/\bhad by\b|\bthat there (?:is|are)\b/i, 'available; existing'],
  [/\blook(?:s|ed|ing)? (?:at|after|for)\b/i, 'describe; poll; manage; search for'],
  [/\breasons? to run again\b/i, 'causes a new job'],
  [/\b(?:has|have|had) to be\b|\b(?:is|are) to be\b/i, 'must be'],
  [/\bleav(?:es?|ing) nothing behind\b/i, 'cleans up'],
  [/\bthe words of\b/i, 'the same props as; the messages of'],
  [/\ba text\b/i, 'a string'],
  [/\bquiet\b/i, 'drained; idle'],
  [/\bunder way\b/i, 'in progress'],
  [/\bclean-up\b/i, 'cleanup'],
  [/\bdeeds?\b/i, 'the call'],
  [/\b(?:he|him|his)\b/i, 'they'],
];

const BRITISH: ReadonlyArray<readonly [RegExp, string]> = [
  [/\b(?:behavi|col|fav|hon|neighb|lab|flav)our(?:s|ed|ing|able|ite)?\b/i, '-or'],
  [/\b(?:cancel|label|model|travel|signal)l(?:ed|ing)\b/i, 'one l'],
  [/\b\w*(?:organ|real|recogn|initial|normal|optim|minim|maxim|summar|author|custom|synthes|serial|util|special|categor|parallel)is(?:e|es|ed|ing|ation|ations)\b/i, '-iz-'],
  [/\banaly[s]e[sd]?\b|\bcatalogues?\b|\bcentres?\b|\bgrey\b|\bdefence\b|\blicences?\b|\bartefacts?\b|\bprogrammes?\b|\bwhilst\b|\bamongst\b|\bfulfil\b/i, 'American spelling'],
  [/\backnowledgements?\b|\bjudgements?\b/i, '-gment'],
];

/** A sentence whose subject is a clause. Questions and headings have no period. */
const CLAUSE_AS_SUBJECT = /(?:^|[.!?:] )((?:What|Who|Whoever|Whatever|How)\b(?! to\b)[^.?!]*\.)(?=\s|$)/gm;

/** The form of messages: `property: rule; got value`, and `unknown version '3'; available: 1, 2`. */
const MESSAGE_FORM: ReadonlyArray<readonly [RegExp, string]> = [
  [/, got\b/, '"; got"'],
  [/\b[Tt]here (?:is|are):/, '"available:"'],
];

/** Messages of AWS that the local cloud returns verbatim, by file. */
const VERBATIM: { readonly [path: string]: readonly string[] } = {
  'local/cloudformation/cloudformation.ts': ['No updates are to be performed.'],
  'local/cloudformation/operations.ts': ['No updates are to be performed.'],
  'local/cloudformation/stack-deployment.ts': ['Resource … cancelled'],
  'local/sagemaker/tuning/tuning-progress.ts': [
    'All training jobs failed. Please take a look at the training jobs failures to get more details.',
    'No training job succeeded after … attempts. Please take a look at the training job failures to get more details.',
  ],
};

/** Names that do not say what they stand for. */
const NAMES = new Set([
  'GrowingPermission', 'OwnPolicy', 'freeId', 'RoleAsItIs', 'takesNothing', 'inUsersWords', 'sentence', 'lookAfter', 'judge', 'take', 'troubles',
  'awaited', 'quietFrom', 'held', 'holds', 'explained', 'JobLimits', 'passing', 'creating', 'Place', 'Places', 'known', 'numeral', 'course',
]);

interface Text {
  readonly line: number;
  readonly text: string;
}

function filesIn(folder: string, ending: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    // Without what is installed, and what the companion packages are compiled to.
    .filter((path) => path.endsWith(ending) && !/^(lib|node_modules)\//.test(path))
    .map((path) => `${folder}/${path}`)
    .sort();
}

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** The same text with spaces in place of what is not prose, so that positions stay. */
const blank = (text: string, pattern: RegExp) => text.replace(pattern, (part) => part.replace(/[^\n]/g, ' '));

/** Code, addresses and quotations are not prose. */
function prose(text: string): string {
  return [/`[^`\n]*`/g, /\]\([^)]*\)/g, /https?:\/\/\S+/g, /"[^"\n]*"/g].reduce(blank, text);
}

/** The paragraphs of a document, and the lines that they begin in. */
function proseOf(document: string): Text[] {
  const text = prose(blank(read(document), /^```[^]*?^```$/gm));
  return text.split('\n').map((line, index) => ({ line: index + 1, text: line }));
}

/** The comments, messages and declared names of a file. */
function partsOf(path: string): { readonly comments: readonly Text[]; readonly messages: readonly Text[]; readonly names: readonly Text[] } {
  const source = ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true);
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line + 1;
  const comments = new Map<number, Text>();
  const messages: Text[] = [];
  const names: Text[] = [];
  const visit = (node: ts.Node): void => {
    const leading = ts.getLeadingCommentRanges(source.text, node.getFullStart()) ?? [];
    const trailing = ts.getTrailingCommentRanges(source.text, node.getEnd()) ?? [];
    for (const { pos, end } of [...leading, ...trailing]) comments.set(pos, { line: lineOf(pos), text: commentText(source.text.slice(pos, end)) });
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if ((ts.isStringLiteralLike(node) && node.text.includes(' ')) || ts.isTemplateExpression(node)) {
      const text = messageText(node);
      if (!VERBATIM[path]?.includes(text)) messages.push({ line: lineOf(node.getStart()), text: prose(text) });
    }
    const { name } = node as ts.NamedDeclaration;
    if (name && ts.isIdentifier(name)) names.push({ line: lineOf(name.getStart()), text: name.text });
    node.getChildren(source).forEach(visit);
  };
  visit(source);
  return { comments: [...comments.values()], messages, names };
}

/** The prose of a comment in one line: without asterisks, tags and examples. */
function commentText(comment: string): string {
  const lines = comment.replace(/^\/\*\*?|\*\/$/g, '').split('\n').map((line) => line.replace(/^\s*(?:\*|\/\/)\s?/, '').trim());
  const text = lines.join(' ').replace(/@example .*?(?=@(?:param|returns|see|default|internal|deprecated)\b|$)/g, ' ');
  return prose(text.replace(/@see \S+/g, ' ').replace(/@param \w+ |@returns |@default (?:- )?/g, '. ')).trim();
}

function messageText(node: ts.StringLiteralLike | ts.TemplateExpression): string {
  return ts.isTemplateExpression(node) ? [node.head.text, ...node.templateSpans.map(({ literal }) => `…${literal.text}`)].join('') : node.text;
}

function findings(path: string, texts: readonly Text[], rules: ReadonlyArray<readonly [RegExp, string]>): string[] {
  return texts.flatMap(({ line, text }) => rules.flatMap(([pattern, instead]) => {
    const found = pattern.exec(text);
    return found ? [`${path}:${line}: '${found[0]}', write ${instead}`] : [];
  }));
}

function clauses(path: string, texts: readonly Text[]): string[] {
  return texts.flatMap(({ line, text }) => [...text.matchAll(CLAUSE_AS_SUBJECT)].map(([, sentence]) => `${path}:${line}: a clause is the subject of '${sentence}'`));
}

const WORDS = [...TERMS, ...BRITISH];

test.each(DOCUMENTS)('%s uses the terms of the glossary, American spelling and no clause as a subject', (path) => {
  const texts = proseOf(path);
  expect([...findings(path, texts, WORDS), ...clauses(path, texts)]).toEqual([]);
});

const code = CODE.flatMap((path) => (path.endsWith('.ts') ? [path] : filesIn(path, '.ts')));

test.each(code)('%s has comments, messages and names in the terms of the glossary', (path) => {
  const { comments, messages, names } = partsOf(path);
  expect([
    ...findings(path, comments, WORDS),
    ...clauses(path, comments),
    ...findings(path, messages, [...WORDS, ...MESSAGE_FORM]),
    ...names.filter(({ text }) => NAMES.has(text)).map(({ line, text }) => `${path}:${line}: the name '${text}'`),
  ]).toEqual([]);
});

test('the guard of words finds terms to avoid, British spelling, clauses as subjects and names to replace', () => {
  const texts = [{ line: 1, text: 'Allows to look at this behaviour. What the service would refuse is refused.' }];
  expect(findings('a.ts', texts, WORDS)).toHaveLength(3);
  expect(clauses('a.ts', texts)).toEqual(["a.ts:1: a clause is the subject of 'What the service would refuse is refused.'"]);
  expect(findings('a.ts', texts, MESSAGE_FORM)).toEqual([]);
});
