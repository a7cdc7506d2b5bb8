import type { Readable } from 'node:stream';

/** Reads a stream line by line. Unlike in node:readline, only a line feed ends a line. */
export function linesOf(stream: Readable, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    lines.forEach(onLine);
  });
  stream.on('end', () => { if (rest !== '') onLine(rest); });
}
