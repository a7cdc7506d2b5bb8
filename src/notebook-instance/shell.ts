import * as fs from 'fs';
import * as path from 'path';

/** Quotes a word for the shell. A quote inside a token would not be escaped. */
export function shellQuote(word: string): string {
  return `'${word.replace(/'/g, "'\\''")}'`;
}

/** Returns a here-document without expansions. */
export function hereDocument(text: string): string {
  const lines = text.replace(/\r\n/g, '\n').replace(/\n$/, '').split('\n');
  let end = 'END';
  while (lines.includes(end)) end += '_';
  return `<<'${end}'\n${lines.join('\n')}\n${end}`;
}

/**
 * Returns the source of a program in the package, without comments and indentation, because the size of a hook is limited. No
 * string of such a program may depend on the beginning of its lines.
 */
export function shippedProgram(name: string): string {
  const text = fs.readFileSync(path.join(__dirname, '..', '..', 'scripts', name), 'utf8');
  return text.split('\n').filter((line, index) => index === 0 || !/^\s*(#.*)?$/.test(line)).map((line) => line.trimStart()).join('\n');
}
