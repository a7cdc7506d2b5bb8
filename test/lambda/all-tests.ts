import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import './script';

/** Its tests load the bundle, and no code that is mutated. */
const OF_THE_BUNDLE = 'bundle.test.ts';

const files = readdirSync(__dirname).filter((name) => name.endsWith('.test.ts') && name !== OF_THE_BUNDLE);

// Stryker runs all test files for each mutation. In one file, the handler is loaded once for each.
describe.each(files)('%s', (name) => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  require(join(__dirname, name));
});
