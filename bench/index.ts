import { writeFileSync } from 'node:fs';
import { BUNDLE_COMPARISONS } from './bundle';
import { compare, type Comparison, type Result } from './measure';
import { SYNTHESIS } from './synthesis';

const PARTS: { readonly [name: string]: Comparison[] } = { synthesis: SYNTHESIS, bundle: BUNDLE_COMPARISONS };
const ROUNDS = 7;
const FILE = 'bench-results.json';

/** Runs all parts, or the one that is named, prints a table and writes a file for machines. */
async function main(name: string | undefined): Promise<void> {
  if (name !== undefined && !PARTS[name]) throw new Error(`There is no part '${name}'; there are: ${Object.keys(PARTS).join(', ')}.`);
  // CDK validates every template that it synthesizes, which takes longer than all that is compared here.
  process.env.CDK_VALIDATION = 'false';
  const results: Result[] = [];
  for (const comparison of name === undefined ? Object.values(PARTS).flat() : PARTS[name]) results.push(await compare(comparison, ROUNDS));
  console.table(results.map(({ measure, subject, against, ratio, medians, reach }) => ({
    'measure': measure,
    'a': `${subject}: ${round(medians[0])}`,
    'b': `${against}: ${round(medians[1])}`,
    'a / b (min to max)': `${round(ratio[0])} (${round(ratio[1])} to ${round(ratio[2])})`,
    'to reach': reach === undefined ? '' : `${reach}${ratio[0] <= reach ? '' : ' (missed)'}`,
  })));
  writeFileSync(FILE, `${JSON.stringify(results, undefined, 2)}\n`);
  console.log(`The same for machines: ${FILE}`);
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}

void main(process.argv[2]).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
