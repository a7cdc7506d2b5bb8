import * as fs from 'fs';
import * as path from 'path';

/** A word that the shell takes as it is. A quote in a token would not be seen. */
export function shellQuote(word: string): string {
  return `'${word.replace(/'/g, "'\\''")}'`;
}

/** A here-document that the shell takes as it is. */
export function hereDocument(text: string): string {
  const lines = text.replace(/\r\n/g, '\n').replace(/\n$/, '').split('\n');
  let end = 'END';
  while (lines.includes(end)) end += '_';
  return `<<'${end}'\n${lines.join('\n')}\n${end}`;
}

/**
 * The text of a program that ships with the package, without comments and indentation: what a hook may hold is limited.
 * No text of such a program may depend on how its lines begin.
 */
export function shippedProgram(name: string): string {
  const text = fs.readFileSync(path.join(__dirname, '..', '..', 'scripts', name), 'utf8');
  return text.split('\n').filter((line, index) => index === 0 || !/^\s*(#.*)?$/.test(line)).map((line) => line.trimStart()).join('\n');
}
