import { writeFileSync } from 'node:fs';
import { COMMAND_LINE } from './command-line';
import { DEPLOYMENT } from './deployment';
import { BUNDLE } from './handler-bundle';
import { LOADING } from './loading';
import { compare, type Comparison, type Result } from './measure';
import { POLLING } from './polling';
import { SCALE } from './scale';
import { SYNTHESIS } from './synthesis';
import { TEMPLATE } from './template';

const PARTS: { readonly [name: string]: readonly Comparison[] } = {
  'synthesis': SYNTHESIS, 'loading': LOADING, 'template': TEMPLATE, 'bundle': BUNDLE, 'command-line': COMMAND_LINE, 'polling': POLLING, 'deployment': DEPLOYMENT, 'scale': SCALE,
};
/** Parts that take many minutes and run only by name. */
const ON_DEMAND = ['scale'];

const ROUNDS = 5;
const FILE = 'bench-results.json';

/** Runs the named parts, or all parts except the ones on demand. Prints the tables and writes a JSON file. */
async function main(given: readonly string[]): Promise<void> {
  const names = given.length === 0 ? Object.keys(PARTS).filter((part) => !ON_DEMAND.includes(part)) : given;
  for (const name of names) {
    if (PARTS[name]) continue;
    const advice = `available: ${Object.keys(PARTS).join(', ')}. Without a name, all parts except ${ON_DEMAND.join(', ')} run`;
    throw new Error(`unknown part '${name}'; ${advice}.`);
  }
  const results: (Result & { readonly part: string })[] = [];
  for (const part of names) {
    for (const comparison of PARTS[part]) {
      console.error(`${part}: ${comparison.measure}`);
      results.push({ part, ...await compare(comparison, ROUNDS) });
    }
  }
  print('Goals', results.filter(({ goal }) => goal !== undefined));
  print('Guards: values that were reached', results.filter(({ guard }) => guard !== undefined));
  print('Other figures', results.filter(({ goal, guard }) => goal === undefined && guard === undefined));
  writeFileSync(FILE, `${JSON.stringify(results, undefined, 2)}\n`);
  console.log(`JSON: ${FILE}`);
}

function print(title: string, results: readonly Result[]): void {
  if (results.length === 0) return;
  console.log(title);
  console.table(results.map(row));
}

function row(result: Result): { readonly [column: string]: string } {
  const { measure, subject, against, outcome: [median, min, max], medians: [a, b], goal, guard } = result;
  const figure = min === max ? round(median) : `${round(median)} (${round(min)} to ${round(max)})`;
  const limit = goal ?? guard;
  return {
    'measure': measure,
    'a': against === undefined ? `${subject}: ${figure}` : `${subject}: ${round(a)}`,
    'b': against === undefined ? '' : `${against}: ${round(b)}`,
    'a / b (min to max)': against === undefined ? '' : figure,
    ...limit !== undefined && { 'at most': `${round(limit)}${median <= limit ? '' : goal === undefined ? ' (exceeded)' : ' (missed)'}` },
  };
}

function round(value: number): string {
  if (value >= 100 || Number.isInteger(value)) return value.toFixed(0);
  return value < 0.1 ? value.toFixed(4) : value.toFixed(2);
}

void main(process.argv.slice(2)).catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
