import * as fs from 'fs';
import * as path from 'path';
import { requestOf } from './fixtures/synth';
import { EXAMPLES } from './fixtures/training-jobs';

const GOLDEN = path.join(__dirname, 'golden');

/** There is no switch that updates these files on purpose: what they hold is a promise to users. */
test.each(fs.readdirSync(GOLDEN))('%s: the request for given props stays what it is', (file) => {
  const golden = JSON.parse(fs.readFileSync(path.join(GOLDEN, file), 'utf8'));

  const request = requestOf(EXAMPLES[path.basename(file, '.json')]);

  if (JSON.stringify(request) !== JSON.stringify(golden)) {
    console.error('A changed request is a new job: every user of these props would train their models again with the next deployment.');
  }
  expect(request).toEqual(golden);
});
