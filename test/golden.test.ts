import * as fs from 'fs';
import * as path from 'path';
import { REQUEST_FIXTURES } from './fixtures/kinds';
import { requestOf } from './fixtures/synth';

const GOLDEN = path.join(__dirname, 'golden');

const files = REQUEST_FIXTURES.flatMap((kind) => fs.readdirSync(path.join(GOLDEN, kind.name)).map((file) => ({ kind, file, name: `${kind.name} ${file}` })));

/** There is no switch that updates these files on purpose: what they hold is a promise to users. */
test.each(files)('$name: the request for given props stays what it is', ({ file, kind }) => {
  const golden = JSON.parse(fs.readFileSync(path.join(GOLDEN, kind.name, file), 'utf8'));

  const request = requestOf(kind.examples[path.basename(file, '.json')], kind.resourceType);

  if (JSON.stringify(request) !== JSON.stringify(golden)) {
    console.error('A changed request is a new job: every user of these props would run their jobs again with the next deployment.');
  }
  expect(request).toEqual(golden);
});
