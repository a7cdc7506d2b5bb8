import { writeFileSync } from 'node:fs';
import { DEPLOYMENT } from './deployment';
import { BUNDLE } from './handler-bundle';
import { LOADING } from './loading';
import { compare, type Comparison, type Result } from './measure';
import { POLLING } from './polling';
import { SCALE } from './scale';
import { SYNTHESIS } from './synthesis';
import { TEMPLATE } from './template';

const PARTS: { readonly [name: string]: readonly Comparison[] } = {
  synthesis: SYNTHESIS, loading: LOADING, template: TEMPLATE, bundle: BUNDLE, polling: POLLING, deployment: DEPLOYMENT, scale: SCALE,
};
/** Parts that take minutes and run only by name. */
const ON_DEMAND = ['scale'];

const ROUNDS = 5;
const FILE = 'bench-results.json';

/** Runs the named part, or all parts except the ones on demand. Prints a table and writes a JSON file. */
async function main(name: string | undefined): Promise<void> {
  const names = name === undefined ? Object.keys(PARTS).filter((part) => !ON_DEMAND.includes(part)) : [name];
  if (!PARTS[names[0]]) {
    throw new Error(`unknown part '${name}'; available: ${Object.keys(PARTS).join(', ')}. Without a name, all parts except ${ON_DEMAND.join(', ')} run.`);
  }
  // CDK validates every synthesized template, which takes longer than everything that is measured here.
  process.env.CDK_VALIDATION = 'false';
  const results: (Result & { readonly part: string })[] = [];
  for (const part of names) {
    for (const comparison of PARTS[part]) results.push({ part, ...await compare(comparison, ROUNDS) });
  }
  console.table(results.map(row));
  writeFileSync(FILE, `${JSON.stringify(results, undefined, 2)}\n`);
  console.log(`JSON: ${FILE}`);
}

function row({ measure, subject, against, outcome: [median, min, max], medians: [a, b], reach }: Result): { readonly [column: string]: string } {
  const figure = min === max ? round(median) : `${round(median)} (${round(min)} to ${round(max)})`;
  return {
    'measure': measure,
    'a': against === undefined ? `${subject}: ${figure}` : `${subject}: ${round(a)}`,
    'b': against === undefined ? '' : `${against}: ${round(b)}`,
    'a / b (min to max)': against === undefined ? '' : figure,
    'target': reach === undefined ? '' : `${round(reach)}${median <= reach ? '' : ' (missed)'}`,
  };
}

function round(value: number): string {
  return value >= 100 || Number.isInteger(value) ? value.toFixed(0) : value.toFixed(2);
}

void main(process.argv[2]).catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
